"""An audit of photographs with many regions each, from a manifest: COCO boxes, polygons and run lengths.

The network is a full-width ResNet-50 with seeded random weights over COCO's 80 categories, so nothing is said about its
accuracy; every photograph is labelled with the category that covers most of it.
"""

import csv
import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

HOME = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def coco(request):
    return json.loads((request.config.getoption("--photos") / "coco/instances.json").read_text())


@pytest.fixture(scope="module")
def labels(coco):
    """Name of the category with most annotated area, by file name; photographs without annotations have none."""
    names = {category["id"]: category["name"] for category in coco["categories"]}
    areas = {image["id"]: Counter() for image in coco["images"]}
    for annotation in coco["annotations"]:
        areas[annotation["image_id"]][names[annotation["category_id"]]] += annotation["area"]
    return {
        image["file_name"]: max(sorted(areas[image["id"]]), key=areas[image["id"]].get)
        for image in coco["images"]
        if areas[image["id"]]
    }


@pytest.fixture(scope="module")
def run(request, coco, labels):
    import keras

    work, photos = request.config.getoption("--work"), request.config.getoption("--photos") / "coco/images"
    work.mkdir(parents=True, exist_ok=True)
    keras.utils.set_random_seed(5)
    keras.applications.ResNet50(weights=None, classes=len(coco["categories"])).save(work / "coco.keras")
    (work / "labels.txt").write_text("".join(category["name"] + "\n" for category in coco["categories"]))
    with (work / "photographs.csv").open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["image", "label"])
        rows.writerows([photos / name, labels.get(name, "")] for name in sorted(path.name for path in photos.iterdir()))
    export = [
        sys.executable,
        "-m",
        "camaudit_export",
        "--keras-model",
        work / "coco.keras",
        "--preprocessing",
        "resnet50",
    ]
    export += ["--labels", work / "labels.txt", "--output", work / "model", "--overwrite"]
    subprocess.run(export, check=True, env={**os.environ, "PYTHONPATH": str(HOME / "export-scripts")})
    audit = [HOME / "camaudit", "audit", "--model", work / "model", "--input", work / "photographs.csv", "--overwrite"]
    audit += ["--allow-outside"]  # the photographs stay where they are
    regions = ["--regions", request.config.getoption("--photos") / "coco/instances.json"]
    subprocess.run([*audit, *regions, "--output", work / "run"], check=True)
    return work / "run"


@pytest.fixture(scope="module")
def reports(run):
    return [json.loads(line) for path in sorted((run / "records").iterdir()) for line in path.open()]


def test_every_photograph_is_accounted_for(run, reports, coco):
    counts = json.loads((run / "run.json").read_text())["counts"]
    assert len(reports) == len(coco["images"]) == sum(counts.values())
    assert counts == {**dict.fromkeys(counts, 0), **Counter(report["status"] for report in reports)}
    assert {report["status"] for report in reports} <= {"OK", "EMPTY_MAP"}


def test_labelled_photographs_have_a_region_and_a_verdict(reports, labels):
    for report in reports:
        name = report["image"].rsplit("/", 1)[-1]
        assert report.get("label", {}).get("name") == labels.get(name)
        assert ("verdict" in report) == (name in labels)
        if name in labels and report["status"] == "OK":
            assert report["verdict"] != "NO_REGION"
            assert 0 < report["explanations"][0]["region"]["areaShare"] <= 1


def test_classes_add_up(run, reports, labels):
    classes = json.loads((run / "classes.json").read_text())
    assert {row["class"]["name"]: row["images"] for row in classes["classes"]} == Counter(labels.values())
    assert classes["dataset"]["images"] == len(reports)
    verdicts = Counter(report["verdict"] for report in reports if "verdict" in report)
    assert {verdict: count for verdict, count in classes["dataset"]["byVerdict"].items() if count} == verdicts


def test_there_is_a_page(run):
    assert (run / "report/index.html").stat().st_size > 0
