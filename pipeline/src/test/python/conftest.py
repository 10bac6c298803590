"""Which runs the numbers are recomputed from."""

from pathlib import Path

import pytest

SAMPLES = Path(__file__).parents[3] / "target" / "sample-runs"


def pytest_addoption(parser):
    group = parser.getgroup("camaudit")
    group.addoption("--run", type=Path, help="run directory with records/*.jsonl")
    group.addoption("--regions", type=Path, help="COCO JSON that the run was made with")
    group.addoption("--model", type=Path, help="exported model that the run was made with")
    group.addoption("--region-classes", choices=["label", "any"], default="label")


def pytest_generate_tests(metafunc):
    if "run" not in metafunc.fixturenames:
        return
    option = metafunc.config.getoption
    given = [option("--run"), option("--regions"), option("--model")]
    if any(given):
        if not all(given):
            raise pytest.UsageError("--run, --regions and --model go together")
        runs = [(*given, option("--region-classes"))]
    else:
        # Without a run, the records that the Java tests write.
        folders = sorted(folder for folder in SAMPLES.glob("*") if folder.is_dir())
        if not folders:
            raise pytest.UsageError(f"{SAMPLES} is empty: run the Java tests first, or give --run")
        runs = [(f, f / "regions.json", f / "model", "label") for f in folders]
    metafunc.parametrize("run", runs, ids=[str(run[0].name) for run in runs], indirect=True)
