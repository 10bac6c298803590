"""Opens report pages in the system's Chromium, from the file system, as a reader would.

    python -m pytest browser-tests --report RUN_DIR/report/index.html --diff DIFF_DIR/index.html

Exit code 77 and a sentence say that no browser could be had: nothing was tested then.
"""

import os
import shutil
from pathlib import Path

import pytest

NOT_RUN = 77
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

# Nothing but the page may reach for the network: the browser's own services are off.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_addoption(parser):
    parser.addoption(
        "--report", action="append", default=[], metavar="INDEX_HTML", help="a report page to test; repeatable"
    )
    parser.addoption(
        "--diff", action="append", default=[], metavar="INDEX_HTML", help="a comparison's page; repeatable"
    )


def pytest_configure(config):
    missing = None
    if _browser() is None:
        missing = "no Chromium on this machine (apt-get install chromium, or name one in CAMAUDIT_CHROMIUM)"
    try:
        import playwright.sync_api  # noqa: F401
    except ImportError:
        missing = "the Python package playwright is missing (pip install -r browser-tests/requirements.txt)"
    if missing:
        pytest.exit(f"BROWSER TESTS NOT RUN: {missing}", returncode=NOT_RUN)
    reports = config.getoption("--report") + config.getoption("--diff")
    if not reports:
        raise pytest.UsageError("say which page to test: --report RUN_DIR/report/index.html")
    for report in reports:
        if not Path(report).is_file():
            raise pytest.UsageError(f"{report} is not there: make it with ./camaudit report RUN_DIR")


def pytest_generate_tests(metafunc):
    if "report" in metafunc.fixturenames:
        reports = [Path(path).resolve() for path in metafunc.config.getoption("--report")]
        metafunc.parametrize("report", reports, ids=[path.parent.parent.name for path in reports])
    if "diff" in metafunc.fixturenames:
        diffs = [Path(path).resolve() for path in metafunc.config.getoption("--diff")]
        metafunc.parametrize("diff", diffs, ids=[path.parent.name for path in diffs])


def _browser():
    named = os.environ.get("CAMAUDIT_CHROMIUM")
    if named:
        return named if shutil.which(named) else None
    return next(filter(None, map(shutil.which, BROWSERS)), None)


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_browser(), args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def open_page(watched, report):
    """Opens the report at an address."""
    return lambda address="#/", **settings: watched(report.as_uri() + address, **settings)


@pytest.fixture
def open_diff(watched, diff):
    """Opens a comparison's page."""
    return lambda **settings: watched(diff.as_uri(), **settings)


@pytest.fixture
def watched(browser):
    """Opens a page; afterwards nothing may have gone wrong unseen."""
    troubles, requests, contexts = [], [], []

    def open_at(address, **settings):
        context = browser.new_context(**{"viewport": {"width": 1360, "height": 900}, **settings})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("request", lambda request: requests.append(request.url))
        page.on("requestfailed", lambda request: troubles.append(f"not loaded: {request.url}"))
        page.on("pageerror", lambda error: troubles.append(f"error: {error}"))
        page.on("console", lambda message: troubles.append(f"console {message.type}: {message.text}"))
        page.on("dialog", lambda dialog: (troubles.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.goto(address)
        page.wait_for_selector("body.scripted")
        return page

    yield open_at
    for context in contexts:
        context.close()
    assert troubles == []
    elsewhere = [url for url in requests if not url.startswith(("file:", "data:"))]
    assert elsewhere == []
    assert requests, "the page was opened"
