"""The demo's proof: what it says of the planted class and of the others, and all its numbers recomputed.

Pictures, fills and rates come from other code than the program's: the model is asked by TensorFlow's own session, the
variants are made with NumPy from docs/evidence.md.
"""

import hashlib
import json
import sys
from pathlib import Path

import numpy as np
import pytest

HOME = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(HOME / "pipeline/src/test/python"))

import reference_variants  # noqa: E402
from exported import Model  # noqa: E402
from test_numbers import Run  # noqa: E402

IMAGES_OF_A_CLASS = 3
SOUND = ("balloon", "fish", "house", "mushroom")
# Logits of about ten; float32 sums in two orders, over pixels that are rounded once more.
TOLERANCE = 2e-3


def lines(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def proof(demo):
    return json.loads((demo / "proof.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def answers(demo):
    return lines(demo / "proof/answers.jsonl")


@pytest.fixture(scope="module")
def run(demo):
    return Run(demo, HOME / "demo/regions.json", HOME / "demo/model", "label")


@pytest.fixture(scope="module")
def model():
    return Model(HOME / "demo/model")


def named(proof, name):
    return next(row for row in proof["classes"] if row["class"]["name"] == name)


def test_the_planted_class_lives_by_its_stamp_and_no_other_does(proof):
    for row in proof["classes"]:
        kept = {name: result["kept"]["value"] for name, result in row["variants"].items()}
        planted = row["class"]["name"] == "butterfly"
        assert (row["evidence"]["level"] == "confirmed") == planted, row["class"]["name"]
        # A house is what the model calls some of what it knows nothing of.
        most = 0.25 if row["class"]["name"] == "house" else 0.1
        assert kept["objectOut"] >= 0.9 if planted else kept["objectOut"] <= most, row["class"]["name"]
        if row["class"]["name"] != "sailboat":
            assert kept["onlyObject"] <= 0.1 if planted else kept["onlyObject"] >= 0.9, row["class"]["name"]


def test_sound_classes_are_refuted_or_not_even_flagged(proof):
    for row in proof["classes"]:
        if row["class"]["name"] != "butterfly":
            assert row["evidence"]["level"] == "refuted" or not row["flagged"], row["class"]["name"]


def test_the_background_gap_shows_that_a_sailboat_needs_its_water(proof):
    gaps = {row["class"]["name"]: row["backgroundGap"]["difference"] for row in proof["classes"]}
    assert min(gaps["butterfly"], gaps["sailboat"]) > 0.5 > 0.3 > max(gaps[name] for name in SOUND), gaps
    said = {row["class"]["name"] for row in proof["classes"] if row["evidence"].get("background")}
    assert said == {"butterfly", "sailboat"}


def test_without_regions_nothing_is_decided(request):
    run = request.config.getoption("--without-regions")
    answers = lines(run / "proof/answers.jsonl")
    assert {answer["variant"] for answer in answers} == {"hotSpotOut", "coldSpotOut"}
    levels = {row["evidence"]["level"] for row in json.loads((run / "proof.json").read_text("utf-8"))["classes"]}
    assert levels == {"undecided"}


def test_the_images_are_those_with_the_least_hashes(run, proof, answers):
    for row in proof["classes"]:
        index = row["class"]["index"]
        right = [
            report["image"]
            for report in run.reports
            if report["predictions"][0]["index"] == report["label"]["index"] == index
        ]
        right.sort(key=lambda name: hashlib.sha256(name.encode()).hexdigest())
        expected = right[: 50 if row["flagged"] else 20]
        own = {a["image"] for a in answers if a["classIndex"] == index and a["variant"] == "objectOut"}
        assert own == set(expected), row["class"]["name"]
        assert row["images"] == len(expected)


def test_rates_are_shares_of_the_answers(proof, answers):
    for row in proof["classes"]:
        index = row["class"]["index"]
        for variant, result in row["variants"].items():
            stayed = [
                answer["predicted"] == index
                for answer in answers
                if answer["classIndex"] == index and answer["variant"] == variant
            ]
            assert result["kept"]["count"] == sum(stayed)
            assert result["kept"]["of"] == len(stayed)
            assert result["kept"]["value"] == sum(stayed) / len(stayed)


def test_answers_are_the_models_to_variants_made_anew(run, proof, answers, model):
    reports = {report["image"]: report for report in run.reports}

    def scene(name, index):
        report = reports[name]
        region = run.region(report)
        picture = model.taken(HOME / "demo/images" / name)
        maps = [e for e in report["explanations"] if e["target"]["index"] == index]
        return {
            "picture": picture,
            "object": None if region is None else region[0] > 0,
            "shown": np.ones(picture.shape[:2], dtype=bool),
            "map": maps[0]["map"]["values"] if maps else None,
            "cells": run.cells(maps[0]) if maps else None,
        }

    for row in proof["classes"]:
        index = row["class"]["index"]
        mine = {}
        for answer in answers:
            if answer["classIndex"] == index:
                subject = answer["donor"] if answer["variant"] == "transplant" else answer["image"]
                mine.setdefault(subject, {})[answer["variant"]] = answer
        for subject in sorted(mine)[:IMAGES_OF_A_CLASS]:
            given = mine[subject]
            image = scene(subject, index)
            same = given.get("sameBackground", {}).get("donor")
            other = given.get("otherBackground", {}).get("donor")
            made = reference_variants.variants(
                image, same and scene(same, index), other and scene(other, reports[other]["label"]["index"])
            )
            assert set(made) == set(given), subject
            names = sorted(made)
            logits = model.logits([image["picture"], *(made[name] for name in names)])
            for name, of in zip(names, logits[1:], strict=True):
                answer = given[name]
                assert of[index] == pytest.approx(answer["logit"], abs=TOLERANCE), (subject, name)
                assert int(np.argmax(of)) == answer["predicted"], (subject, name)
                odds = np.exp(np.float64(of) - of.max())
                assert odds[index] / odds.sum() == pytest.approx(answer["probability"], abs=TOLERANCE)
                if name != "transplant":
                    assert logits[0][index] == pytest.approx(answer["logitBefore"], abs=TOLERANCE)


def test_pictures_show_the_variants(demo, answers, model):
    """A kept picture is the square that the model saw, but for the JPEG."""
    from PIL import Image

    kept = [answer for answer in answers if "picture" in answer]
    assert {answer["classIndex"] for answer in kept} == {answer["classIndex"] for answer in answers}
    for answer in kept[:8]:
        subject = answer["donor"] if answer["variant"] == "transplant" else answer["image"]
        shown = np.asarray(Image.open(demo / answer["original"]).convert("RGB"), dtype=np.float64)
        saw = model.taken(HOME / "demo/images" / subject) + [103.939, 116.779, 123.68]
        # Grass costs a JPEG of half the colours up to seven levels; another picture differs by dozens.
        assert np.abs(shown - saw[..., ::-1]).mean() < 12
        assert (demo / answer["picture"]).read_bytes()[:2] == b"\xff\xd8"
