"""The faithfulness of the demo's maps, recomputed from its pictures.

Holes, fills, orders and means come from NumPy, answers from TensorFlow's own session, all by docs/numbers.md.
"""

import json
import sys
from pathlib import Path

import numpy as np
import pytest

from exported import Model

HOME = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(HOME / "pipeline/src/test/python"))

import reference_fill  # noqa: E402
import test_numbers  # noqa: E402
from reference_cells import SHARES, by_chance, holes, most_relevant_first, sha256  # noqa: E402

Z = 1.959963984540054
# Means over the images of probabilities that differ by float32 sums in two orders.
TOLERANCE = 2e-3


@pytest.fixture(scope="module")
def found(demo):
    return json.loads((demo / "run.json").read_text("utf-8"))["faithfulness"]


@pytest.fixture(scope="module")
def sample(demo, found):
    return sampled(demo, found)


def sampled(demo, found):
    """The images with a usable map whose names have the least hashes."""
    lines = [line for file in sorted(demo.glob("records/*.jsonl")) for line in file.read_text("utf-8").splitlines()]
    usable = [report for report in map(json.loads, lines) if report["status"] == "OK"]
    usable.sort(key=lambda report: sha256(report["image"]))
    return usable[: found["images"]]


@pytest.fixture(scope="module")
def curves(demo, found, sample):
    run = test_numbers.Run(demo, HOME / "demo/regions.json", HOME / "demo/model", "label")
    layers = [found["maps"][0]["layer"], "conv2_block3_out"]
    return recomputed(found, sample, HOME / "demo/model", layers, run.cells)


def recomputed(found, sample, model, layers, cells):
    """For each image the untouched probability, and at each share those by chance and by the maps' orders.

    `cells` says of an explanation where its map's cells lie.
    """
    rows, columns = found["rows"], found["columns"]
    model = Model(model)
    all_curves = []
    for report in sample:
        picture = model.taken(HOME / "demo/images" / report["image"])
        target = report["explanations"][0]["target"]["index"]
        chance = by_chance(report["image"], rows, columns)
        orders = {"any": chance}
        for layer in layers:
            own = next(e for e in report["explanations"] if e["layer"] == layer and e["target"]["index"] == target)
            most = most_relevant_first(own["map"]["values"], chance, rows, columns, cells(own))
            orders |= {(layer, "most"): most, (layer, "least"): most[::-1]}
        pictures = [picture]
        for order in orders.values():
            pictures += [
                reference_fill.smooth(picture, hole) for hole in holes(order, rows, columns, picture.shape[:2])
            ]
        p = np.concatenate([model.probabilities(pictures[i : i + 16]) for i in range(0, len(pictures), 16)])[:, target]
        parts = p[1:].reshape(len(orders), len(SHARES))
        all_curves.append({"untouched": p[:1], **dict(zip(orders, parts, strict=True))})
    return {name: np.array([each[name] for each in all_curves]) for name in all_curves[0]}


def test_the_demos_maps_are_faithful(found):
    assert found["images"] in (10, 20) and found["fill"] == "smooth" and (found["rows"], found["columns"]) == (7, 7)
    assert found["removed"] == SHARES
    assert found["maps"][0]["gain"]["low"] > 0.1


def test_curves_are_means_of_the_models_answers(found, curves):
    assert found["untouched"] == pytest.approx(curves["untouched"].mean(), abs=TOLERANCE)
    assert found["anyFirst"] == pytest.approx(curves["any"].mean(axis=0), abs=TOLERANCE)
    compared = 0
    for maps in found["maps"]:
        if (maps["layer"], "most") in curves:
            assert maps["mostFirst"] == pytest.approx(curves[maps["layer"], "most"].mean(axis=0), abs=TOLERANCE)
            assert maps["leastFirst"] == pytest.approx(curves[maps["layer"], "least"].mean(axis=0), abs=TOLERANCE)
            compared += 1
    assert compared == 2


def test_gains_and_their_intervals(found, curves):
    def gains(maps):
        return (curves[maps["layer"], "least"] - curves[maps["layer"], "most"]).mean(axis=1)

    first, other = found["maps"][0], next(maps for maps in found["maps"] if maps["layer"] == "conv2_block3_out")
    for estimate, values in [
        (first["gain"], gains(first)),
        (other["gain"], gains(other)),
        (other["difference"], gains(other) - gains(first)),
    ]:
        half = Z * values.std(ddof=1) / np.sqrt(len(values))
        assert estimate["mean"] == pytest.approx(values.mean(), abs=TOLERANCE)
        assert estimate["low"] == pytest.approx(values.mean() - half, abs=TOLERANCE)
        assert estimate["high"] == pytest.approx(values.mean() + half, abs=TOLERANCE)
