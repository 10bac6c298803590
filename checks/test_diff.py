"""Two runs of the demo compared: the same model with and without regions, and explaining another class."""

import json
import subprocess
from pathlib import Path

import pytest

HOME = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def other(request):
    """The demo's images with maps of the mushroom instead of the predicted class."""
    run = request.config.getoption("--work") / "mushrooms"
    audit = [HOME / "camaudit", "audit", "--config", HOME / "configs/demo.yaml", "--overwrite", "--no-page"]
    subprocess.run([*audit, "--targets", "mushroom", "--output", run], check=True, cwd=HOME)
    return run


@pytest.fixture(scope="module")
def diff(request, other):
    out = request.config.getoption("--work") / "diff"
    command = [HOME / "camaudit", "diff", request.config.getoption("--demo"), other, "--output", out, "--overwrite"]
    subprocess.run(command, check=True)
    return json.loads((out / "diff.json").read_text())


def reports(run):
    lines = [line for path in sorted((run / "records").iterdir()) for line in path.open()]
    return {report["image"]: report for report in map(json.loads, lines)}


def test_changes_add_up(request, diff, other):
    before, after = reports(request.config.getoption("--demo")), reports(other)
    assert diff["images"]["compared"] == len(before) == len(after)
    flipped = {name for name in before if before[name]["verdict"] != after[name]["verdict"]}
    assert diff["flipped"]["count"] == len(flipped) > 0
    assert {image["image"] for image in diff["flipped"]["first"]} <= flipped
    assert sum(sum(row.values()) for row in diff["verdicts"].values()) == len(before)
    assert diff["predictionChanges"] == 0
    assert diff["dataset"]["accuracy"]["difference"] == 0
    assert diff["dataset"]["rightReasonRate"]["high"] < 0


def test_mushrooms_did_not_move(diff):
    """All were called so, and their own class was explained before too; nothing about the model changed."""
    rows = {row["class"]["name"]: row for row in diff["classes"]}
    assert rows["mushroom"]["rightReasonRate"]["difference"] == 0
    assert rows["mushroom"]["numbers"]["lift"]["difference"]["mean"] == 0
    found = {(finding["class"]["name"], finding["worse"]) for finding in diff["findings"]}
    assert ("fish", True) in found
    assert all(name != "mushroom" for name, _ in found)


def test_a_run_against_itself_has_not_changed(request):
    demo = request.config.getoption("--demo")
    done = subprocess.run([HOME / "camaudit", "diff", demo, demo], check=True, capture_output=True, text=True)
    assert "0 verdicts flipped" in done.stdout
    assert "0 maps of the same class moved" in done.stdout
