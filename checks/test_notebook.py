"""The example notebook runs from its first cell to its last on the demo's run, and says what the run's records say."""

import itertools
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

import matplotlib
import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "export-scripts"))


from camaudit_runs import Run

HOME = Path(__file__).resolve().parent.parent
NOTEBOOK = HOME / "docs/notebooks/look-at-a-run.ipynb"


@pytest.fixture(scope="module")
def records(demo):
    return [json.loads(line) for part in sorted(demo.glob("records/*.jsonl")) for line in part.open()]


@pytest.fixture(scope="module")
def executed(demo):
    os.environ["CAMAUDIT_RUN"] = str(demo)
    os.environ["PYTHONPATH"] = str(HOME / "export-scripts")
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    assert all(not cell.outputs for cell in notebook.cells if cell.cell_type == "code"), "committed without outputs"
    NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": NOTEBOOK.parent}}
    ).execute()
    return [cell.outputs for cell in notebook.cells if cell.cell_type == "code"]


def test_every_cell_shows_something(executed):
    assert [sorted(set().union(*(output.data for output in outputs))) for outputs in executed] == [
        ["text/plain"],
        ["text/html", "text/plain"],
        ["text/plain"],
        ["image/png", "text/plain"],
        ["image/png", "text/plain"],
        ["text/html", "text/plain"],
        ["text/html", "text/plain"],
    ]


def lifts(records):
    by_class = {}
    for record in records:
        if record.get("correct"):
            region = record["explanations"][0].get("region")
            by_class.setdefault(record["label"]["name"], []).extend([region["lift"]] if region else [])
    return {name: statistics.fmean(values) for name, values in by_class.items() if values}


def test_numbers_are_those_of_the_records(executed, records):
    shown = executed[2][0].data["text/plain"].splitlines()[1:-1]
    found = {line.split()[0]: float(line.split()[1]) for line in shown}
    assert found == pytest.approx(lifts(records), abs=1e-5)
    assert next(iter(found)) == "butterfly"
    rows = {line.split()[1]: line.split()[2:] for line in executed[1][0].data["text/plain"].splitlines()[1:]}
    for name, (images, accuracy, _) in rows.items():
        own = [record for record in records if record["label"]["name"] == name]
        assert int(images) == len(own)
        assert float(accuracy) == pytest.approx(sum(r["correct"] for r in own) / len(own), abs=1e-5)


def test_galleries_hold_the_images_that_were_asked_for(demo, records):
    run = Run(demo)
    figure = run.gallery("butterfly", verdict="RIGHT_FOR_WRONG_REASONS", count=100)
    wanted = [r for r in records if r["label"]["name"] == "butterfly" and r["verdict"] == "RIGHT_FOR_WRONG_REASONS"]
    wanted.sort(key=lambda r: -r["predictions"][0]["probability"])
    drawn = [axis for axis in figure.axes if axis.get_images()]
    assert [axis.get_title().splitlines()[0] for axis in drawn] == [r["image"].rsplit("/", 1)[-1] for r in wanted]
    for axis, record in zip(drawn, wanted, strict=True):
        overlay = matplotlib.image.imread(demo / record["explanations"][0]["overlay"])
        assert np.array_equal(axis.get_images()[0].get_array(), overlay)
    assert not any(axis.get_images() for axis in run.gallery("butterfly", verdict="NO_REGION").axes)


def test_mean_maps_are_the_statistics(demo):
    figure = Run(demo).mean_maps()
    classes = json.loads((demo / "classes.json").read_text())["classes"]
    drawn = [axis for axis in figure.axes if axis.collections]
    assert len(drawn) == len(classes)
    for axis, row in zip(drawn, classes, strict=True):
        assert axis.get_title().startswith(row["class"]["name"])
        (cells,) = axis.collections
        np.testing.assert_array_equal(np.asarray(cells.get_array()).reshape(7, 7), row["maps"]["mean"])


def test_cells_meet_half_way_between_their_centers(demo):
    layer = "conv5_block3_out"
    centers = json.loads((demo / "run.json").read_text())["model"]["cellCenters"][layer]
    cells = Run(demo).cells(layer)
    for axis in "yx":
        between = [(first + second) / 2 for first, second in itertools.pairwise(centers[axis])]
        assert list(cells[axis]) == pytest.approx([0, *between, 224])
    with pytest.raises(KeyError, match="no map of layer conv9"):
        Run(demo).cells("conv9")


def test_proofs_and_answers_are_those_of_the_files(demo):
    run = Run(demo)
    proofs = run.proofs().set_index(["class_name", "variant"])
    assert proofs.loc[("butterfly", "objectOut"), "evidence"] == "confirmed"
    rows = run.answers()
    shares = rows[rows["counts"]].groupby(["class_name", "variant"])["kept"].agg(["mean", "size"])
    assert len(shares) == len(proofs) > 20
    for key, share in shares.iterrows():
        assert share["mean"] == proofs.loc[key, "kept"], key
        assert share["size"] == proofs.loc[key, "of"], key
    for row in run.proof["classes"]:
        assert set(rows[rows["class_name"] == row["class"]["name"]]["class_evidence"]) == {row["evidence"]["level"]}


def test_faithfulness_is_that_of_the_run(demo):
    found = Run(demo).faithfulness()
    maps = Run(demo).summary["faithfulness"]["maps"]
    assert list(found["gain"]) == [each["gain"]["mean"] for each in maps]
    assert found["difference"].isna().tolist() == [True] + [False] * (len(maps) - 1)


def test_mistakes_are_said_in_a_sentence(demo, tmp_path):
    with pytest.raises(FileNotFoundError, match="holds no finished run"):
        Run(tmp_path)
    (tmp_path / "run.json").write_text("{}")
    with pytest.raises(FileNotFoundError, match=r"holds no proof; make one with \./camaudit prove"):
        Run(tmp_path).answers()
    with pytest.raises(KeyError, match=r"the faithfulness of .* is not known"):
        Run(tmp_path).faithfulness()
    with pytest.raises(KeyError, match=r"no image of .* has the label 'buterfly'; there are balloon, butterfly"):
        Run(demo).gallery("buterfly")


def test_pip_installs_the_command_and_the_module(tmp_path):
    source = shutil.copytree(
        HOME / "export-scripts", tmp_path / "source", ignore=shutil.ignore_patterns("tests", "build")
    )
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    subprocess.run([*command, "--target", tmp_path / "site", source], check=True, capture_output=True)
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "site")}
    where = subprocess.run(
        [sys.executable, "-c", "import camaudit_runs; print(camaudit_runs.__file__)"],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert where.stdout.startswith(str(tmp_path / "site"))
    said = subprocess.run(
        [tmp_path / "site/bin/camaudit-export", "--version"],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    version = re.search(r"<version>([^<]+)", (HOME / "pom.xml").read_text())[1]
    assert version in said.stdout
