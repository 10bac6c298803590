"""The demo's run as a FiftyOne dataset: what stands in the files, and what FiftyOne itself makes of them."""

import filecmp
import json
import os
import subprocess
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import docs

HOME = Path(__file__).resolve().parents[1]
PYTHON = "CAMAUDIT_FIFTYONE_PYTHON"


@pytest.fixture(scope="module")
def reports(demo):
    lines = [line for file in sorted(demo.glob("records/*.jsonl")) for line in file.read_text("utf-8").splitlines()]
    return [json.loads(line) for line in lines]


def export(demo, folder):
    command = [HOME / "camaudit", "fiftyone", demo, "--output", folder]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="module")
def dataset(demo, tmp_path_factory):
    folder = tmp_path_factory.mktemp("fiftyone") / "demo"
    assert "FiftyOne: 109 samples in " in export(demo, folder)
    return folder


@pytest.fixture(scope="module")
def samples(dataset):
    return json.loads((dataset / "samples.json").read_text("utf-8"))["samples"]


def test_samples_say_what_the_records_say(samples, reports, demo):
    assert len(samples) == len(reports)
    flags = json.loads((demo / "classes.json").read_text("utf-8"))["flags"]
    suspects = {flag["class"]["name"] for flag in flags}
    proved = json.loads((demo / "proof.json").read_text("utf-8"))["classes"]
    levels = {row["class"]["name"]: row["evidence"]["level"] for row in proved}
    assert levels["butterfly"] == "confirmed"
    for sample, report in zip(samples, reports, strict=True):
        assert sample["filepath"] == str(HOME / "demo/images" / report["image"])
        assert Path(sample["filepath"]).is_file()
        assert sample["ground_truth"]["label"] == report["label"]["name"]
        first = report["predictions"][0]
        assert sample["prediction"]["label"] == first["name"]
        assert sample["prediction"]["confidence"] == pytest.approx(first["probability"], abs=1e-7)
        assert [one["label"] for one in sample["likeliest"]["classifications"]] == [
            one["name"] for one in report["predictions"]
        ]
        tags = {report["verdict"].lower().replace("_", "-")}
        assert set(sample["tags"]) == tags | ({"suspect-class"} if report["label"]["name"] in suspects else set())
        assert sample["region_lift"] == report["explanations"][0]["region"]["lift"]
        assert sample["class_evidence"] == levels[report["label"]["name"]]
    assert len({sample["_id"]["$oid"] for sample in samples}) == len(samples)


def test_heatmaps_lie_where_the_records_say(demo, dataset, samples, reports):
    centers = json.loads((demo / "run.json").read_text("utf-8"))["model"]["cellCenters"]
    for sample, report in zip(samples, reports, strict=True):
        heat = np.asarray(Image.open(dataset / sample["heatmap"]["map_path"]))
        assert heat.dtype == np.uint8 and heat.ndim == 2 and max(heat.shape) <= 128 and heat.max() > 240
        # The model sees the whole picture, 224 pixels a side: a value where a cell looks is the cell's.
        explained = report["explanations"][0]
        values = np.maximum(np.asarray(explained["map"]["values"]), 0)
        rows, columns = (
            (np.array(centers[explained["layer"]][axis]) * size / 224).astype(int)
            for axis, size in zip("yx", heat.shape, strict=True)
        )
        assert np.abs(heat[np.ix_(rows, columns)] / 255 - values / values.max()).max() < 0.12


def test_every_field_is_declared(dataset, samples):
    metadata = json.loads((dataset / "metadata.json").read_text("utf-8"))
    declared = {field["db_field"] for field in metadata["sample_fields"]}
    used = set().union(*samples)
    assert used <= declared
    assert len(declared) == len(metadata["sample_fields"])


def test_the_same_run_gives_the_same_bytes(demo, dataset, tmp_path):
    again = tmp_path / "demo"
    export(demo, again)
    files = sorted(path.relative_to(dataset) for path in dataset.rglob("*") if path.is_file())
    assert files == sorted(path.relative_to(again) for path in again.rglob("*") if path.is_file())
    assert filecmp.cmpfiles(dataset, again, files, shallow=False) == (files, [], [])


def test_the_command_of_the_page(demo, tmp_path):
    folder = docs.reader(tmp_path / "reader")
    (folder / "runs").mkdir()
    (folder / "runs/first").symlink_to(demo)
    docs.run(docs.block("fiftyone.md", "./camaudit fiftyone"), folder)
    assert (folder / "datasets/first/metadata.json").is_file()


@pytest.mark.fiftyone
def test_fiftyone_opens_it(dataset, samples):
    if PYTHON not in os.environ:
        pytest.skip(f"no Python with fiftyone: name one in {PYTHON}")
    script = HOME / "checks/open_with_fiftyone.py"
    done = subprocess.run([os.environ[PYTHON], script, dataset], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["media_type"] == "image"
    assert found["info"]["tool"].startswith("camaudit")
    assert len(found["samples"]) == len(samples)
    for opened, sample in zip(found["samples"], samples, strict=True):
        assert opened["filepath"] == sample["filepath"]
        assert opened["tags"] == sample["tags"]
        assert opened["ground_truth"] == [sample["ground_truth"]["label"], None]
        assert opened["prediction"] == [sample["prediction"]["label"], sample["prediction"]["confidence"]]
        for field in ("verdict", "correct", "region_lift", "class_flags", "class_evidence"):
            assert opened[field] == sample[field], field
        shape, greatest, ends = opened["heatmap"]
        assert max(shape) <= 128 and greatest > 240 and ends == [0, 255]
        assert opened["regions"] == [len(one["points"]) for one in sample["regions"]["polylines"]]
    assert sum(found["tags"].values()) == sum(len(sample["tags"]) for sample in samples)
    declared = {field["name"] for field in json.loads((dataset / "metadata.json").read_text("utf-8"))["sample_fields"]}
    assert {name for name in declared if not name.startswith("_")} <= set(found["schema"])
