"""Recomputes every number and verdict of a run from its records' raw maps and its regions."""

import json
import re

import pytest

import reference

# The records hold the shortest decimals of 64-bit results, so this is rounding and nothing else.
TOLERANCE = 1e-6


class Run:
    def __init__(self, folder, regions, model, region_classes):
        lines = [
            line for file in sorted(folder.glob("records/*.jsonl")) for line in file.read_text("utf-8").splitlines()
        ]
        self.reports = [json.loads(line) for line in lines]
        card = json.loads((model / "assets.extra" / "model-card.json").read_text("utf-8"))
        self.input = card["input"]
        self.size = self.input.get("height", self.input.get("size")), self.input.get("width", self.input.get("size"))
        made = folder / "run.json"
        laid = json.loads(made.read_text("utf-8"))["model"].get("cellCenters") if made.is_file() else None
        self.centers = laid or {}
        self.labels = card["labels"]
        self.region_classes = region_classes
        coco = json.loads(regions.read_text("utf-8"))
        self.images = {image["file_name"]: image for image in coco["images"]}
        self.categories = {c["id"]: c["name"] for c in coco["categories"]}
        self.regions = {}
        self.annotations = {}
        for annotation in coco["annotations"]:
            self.annotations.setdefault(annotation["image_id"], []).append(annotation)

    def cells(self, explanation):
        """Where the cells of an explanation's map lie."""
        shape = explanation["map"]["height"], explanation["map"]["width"]
        return reference.Cells(shape, self.centers.get(explanation["layer"]), self.size)

    def region(self, report):
        """Coverage and box on the input square, or `None`."""
        if report["image"] not in self.regions:
            self.regions[report["image"]] = self.compute_region(report)
        return self.regions[report["image"]]

    def compute_region(self, report):
        image = self.image(report["image"])
        if image is None:
            return None
        wanted = [a for a in self.annotations.get(image["id"], []) if self.counts(a, report.get("label"))]
        file = report["file"]
        photo = file["width"], file["height"], file.get("orientation", 1)
        frame = reference.Frame(self.input["geometry"], photo, self.size[::-1])
        return reference.region(frame, wanted, (image.get("width"), image.get("height")))

    def image(self, name):
        if name in self.images:
            return self.images[name]
        same = [i for n, i in self.images.items() if n.split("/")[-1] == name.split("/")[-1]]
        return same[0] if len(same) == 1 else None

    def counts(self, annotation, label):
        if self.region_classes == "any":
            return True
        if label is None or label.get("index") is None:
            return False
        entry = self.labels[label["index"]]
        names = {plain(name) for name in [entry["id"], *entry["names"]]}
        return plain(self.categories[annotation["category_id"]]) in names


def plain(name):
    return re.sub("[ _-]+", " ", name.strip().lower())


@pytest.fixture(scope="module")
def run(request):
    found = Run(*request.param)
    explained = [r for r in found.reports if r["explanations"]]
    assert explained, f"{request.param[0]} holds no record with an explanation"
    return found


def explanations(run):
    for report in run.reports:
        for explanation in report["explanations"]:
            yield report, explanation


def assert_same(got, expected, where):
    assert set(got) == set(expected), where
    for name, value in expected.items():
        if isinstance(value, bool):
            assert got[name] is value, f"{where}: {name}"
        else:
            assert got[name] == pytest.approx(value, rel=TOLERANCE, abs=TOLERANCE), f"{where}: {name}"


def test_attention(run):
    measured = 0
    for report, explanation in explanations(run):
        where = f"{report['image']} {explanation['layer']}"
        if explanation["status"] != "OK":
            assert "attention" not in explanation, where
            continue
        expected = reference.attention(explanation["map"]["values"], run.cells(explanation))
        assert_same(explanation["attention"], expected, where)
        measured += 1
    assert measured > 0


def test_region_fit(run):
    measured = 0
    for report, explanation in explanations(run):
        where = f"{report['image']} {explanation['layer']}"
        region = run.region(report)
        if region is None or explanation["status"] != "OK":
            assert "region" not in explanation, where
            continue
        expected = reference.region_fit(explanation["map"]["values"], *region, run.cells(explanation))
        assert "region" in explanation, where
        assert_same(explanation["region"], expected, where)
        measured += 1
    assert measured > 0, "no image of the run has a region"


def test_verdicts_of_the_default_rule(run):
    judged = 0
    for report in run.reports:
        if not report["explanations"] or report.get("correct") is None:
            assert "verdict" not in report, report["image"]
            continue
        first = report["explanations"][0]
        region = run.region(report)
        if region is None:
            expected = "NO_REGION"
        elif first["status"] != "OK":
            expected = "EMPTY_MAP"
        else:
            hit = reference.region_fit(first["map"]["values"], *region, run.cells(first))["pointingHit"]
            expected = {
                (True, True): "RIGHT_FOR_RIGHT_REASONS",
                (True, False): "RIGHT_FOR_WRONG_REASONS",
                (False, True): "WRONG_BUT_LOOKED_RIGHT",
                (False, False): "WRONG_AND_LOOKED_ELSEWHERE",
            }[report["correct"], hit]
        assert report["verdict"] == expected, report["image"]
        judged += 1
    assert judged > 0
