"""A run's bytes do not depend on the language of the machine, and names beyond ASCII need no setting."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from runs import digests

HOME = Path(__file__).resolve().parent.parent
NAMES = ("ä ö.jpg", "日本.jpg", "٣ ملف.jpg", "plain.jpg")


def audit(work, name, variables=(), java=""):
    output = work / name
    environment = {key: value for key, value in os.environ.items() if not key.startswith("LC_") and key != "LANG"}
    environment |= dict(variables)
    environment["CAMAUDIT_JAVA_OPTIONS"] = f"{environment.get('CAMAUDIT_JAVA_OPTIONS', '')} {java}"
    command = [HOME / "camaudit", "audit", "--model", HOME / "demo/model", "--input", work / "photos"]
    done = subprocess.run([*command, "--output", output], env=environment, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return done, output


@pytest.fixture(scope="module")
def work(request):
    folder = Path(request.config.getoption("--work"))
    pictures = sorted((HOME / "demo/images").rglob("*.jpg"))
    for number, name in enumerate(NAMES):
        target = folder / "photos" / "house" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(pictures[number], target)
    (folder / "photos/house/broken 12.jpg").write_bytes(b"no picture")
    return folder


@pytest.fixture(scope="module")
def reference(work):
    done, output = audit(work, "reference", {"LC_ALL": "C.UTF-8"}, "-Duser.language=en")
    assert "4 OK" in done.stdout and "1 NOT_AN_IMAGE" in done.stdout
    return digests(output)


@pytest.mark.parametrize("language", ["ar -Duser.country=EG", "fa", "bn", "tr", "de"])
def test_digits_and_letters_of_the_machine_are_not_the_runs(work, reference, language):
    _, output = audit(work, f"run-{language[:2]}", {"LC_ALL": "C.UTF-8"}, f"-Duser.language={language}")
    assert digests(output) == reference


@pytest.mark.parametrize("name, variables", [("c", {"LC_ALL": "C"}), ("posix", {"LANG": "POSIX"}), ("unset", {})])
def test_names_beyond_ascii_need_no_setting(work, reference, name, variables):
    _, output = audit(work, f"run-{name}", variables)
    assert digests(output) == reference
