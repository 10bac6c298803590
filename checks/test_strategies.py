"""The strategies of the demo's run, recomputed with NumPy from the run's channels and records."""

import csv
import hashlib
import json

import numpy as np
import pytest

from test_channels import vectors

Z = 1.959963984540054
LEAST, MOST, LEAST_GAP = 20, 8, 0.85
"""As docs/strategies.md has them."""


@pytest.fixture(scope="module")
def told(demo):
    return json.loads((demo / "strategies.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def images(demo):
    """By label: record and shares of relevance of each image that has any, in the order of the names' hashes."""
    rows = np.concatenate([vectors(file) for file in sorted(demo.glob("channels/part-*.bin"))])
    lines = [line for file in sorted(demo.glob("records/*.jsonl")) for line in file.read_text("utf-8").splitlines()]
    by_label = {}
    for report, row in zip(map(json.loads, lines), rows, strict=True):
        positive = np.maximum(row["relevance"].astype(float), 0)
        if row["target"] >= 0 and positive.sum() > 0:
            by_label.setdefault(report["label"]["name"], []).append((report, positive / positive.sum()))
    for found in by_label.values():
        found.sort(key=lambda each: hashlib.sha256(each[0]["image"].encode()).hexdigest())
    return by_label


def laplacian(roots):
    """Of the graph of nearest neighbours, and the degrees."""
    n = len(roots)
    k = int(np.ceil(np.log2(n)))
    distances = ((roots[:, None] - roots[None]) ** 2).sum(2)
    np.fill_diagonal(distances, np.inf)
    near = np.zeros((n, n))
    near[np.arange(n)[:, None], np.argsort(distances, axis=1, kind="stable")[:, :k]] = 1
    weights = (near + near.T) / 2
    degrees = weights.sum(1)
    return np.eye(n) - weights / np.sqrt(np.outer(degrees, degrees)), degrees, k


def spread(points, labels):
    """Sum of squared distances to the groups' means."""
    return sum(((points[labels == g] - points[labels == g].mean(0)) ** 2).sum() for g in np.unique(labels))


def kmeans(points, groups, random):
    """Labels of a plain k-means from points drawn at random."""
    centres = points[random.choice(len(points), groups, replace=False)]
    for _ in range(100):
        labels = ((points[:, None] - centres[None]) ** 2).sum(2).argmin(1)
        centres = np.array([points[labels == g].mean(0) if (labels == g).any() else centres[g] for g in range(groups)])
    return labels


def assigned(demo, row):
    with open(demo / row["file"], encoding="utf-8", newline="") as file:
        return {line["image"]: line for line in csv.DictReader(file)}


def test_each_class_has_its_row_and_each_image_its_strategy(demo, told, images):
    assert told["groupedBy"] == "label"
    assert {row["class"]["name"] for row in told["classes"]} == set(images)
    for row in told["classes"]:
        found = images[row["class"]["name"]]
        assert row["images"] == row["sampled"] == len(found)
        lines = assigned(demo, row)
        assert set(lines) == {report["image"] for report, _ in found}
        for strategy in row["strategies"]:
            own = sum(line["strategy"] == str(strategy["number"]) for line in lines.values())
            assert strategy["images"] == own
            assert strategy["share"]["value"] == pytest.approx(own / len(found))


def test_the_spectrum_decides_how_many_there_are(demo, told, images):
    random = np.random.default_rng(1)
    clustered = 0
    for row in told["classes"]:
        found = images[row["class"]["name"]]
        shares = np.array([each for _, each in found])
        assert row["distinct"] == len(np.unique(shares, axis=0))
        if row["distinct"] < LEAST:
            assert row["neighbours"] == 0 and row["eigenvalues"] == [] and len(row["strategies"]) == 1
            continue
        clustered += 1
        assert row["distinct"] == len(found), "the demo has no copies"
        matrix, degrees, k = laplacian(np.sqrt(shares))
        values, bases = np.linalg.eigh(matrix)
        assert row["neighbours"] == k
        assert row["eigenvalues"] == pytest.approx(np.maximum(values[: MOST + 1], 0), abs=1e-9)
        known = np.where(values < 1e-9, 0, values)[1 : MOST + 1]
        relative = 1 - known[:-1] / known[1:]
        gaps = np.where(relative >= LEAST_GAP, np.diff(known), 0)
        groups = 2 + int(gaps.argmax()) if gaps.max() > 0 else 1
        assert row["gap"] == pytest.approx(relative.max(), abs=1e-7)
        assert len(row["strategies"]) == groups
        lines = assigned(demo, row)
        labels = np.array([int(lines[report["image"]]["strategy"]) for report, _ in found])
        points = bases[:, :groups] / np.linalg.norm(bases[:, :groups], axis=1, keepdims=True)
        best = min(spread(points, kmeans(points, groups, random)) for _ in range(50))
        assert spread(points, labels) == pytest.approx(best, abs=1e-9)
        # A place in the scatter solves the eigenvector's equation, whichever basis equal eigenvalues have.
        for i, axis in enumerate("xy", 1):
            place = np.array([float(lines[report["image"]][axis]) for report, _ in found])
            assert np.abs(place).max() == pytest.approx(1)
            vector = place * np.sqrt(degrees)
            assert np.abs(matrix @ vector - values[i] * vector).max() < 1e-8
    assert clustered >= 1


def wilson(count, of):
    p, zz = count / of, Z * Z / of
    half = np.sqrt(zz * (p * (1 - p) + zz / 4))
    return p, (p + zz / 2 - half) / (1 + zz), (p + zz / 2 + half) / (1 + zz)


def test_numbers_of_each_strategy_are_its_images(demo, told, images):
    for row in told["classes"]:
        lines = assigned(demo, row)
        for strategy in row["strategies"]:
            own = [
                lines[report["image"]]["strategy"] == str(strategy["number"])
                for report, _ in images[row["class"]["name"]]
            ]
            sides = [
                [each for each, inside in zip(images[row["class"]["name"]], own, strict=True) if inside == s]
                for s in (True, False)
            ]
            right = [[report["correct"] for report, _ in side if "correct" in report] for side in sides]
            looked = [
                [
                    v in ("RIGHT_FOR_RIGHT_REASONS", "WRONG_BUT_LOOKED_RIGHT")
                    for v in (report.get("verdict") for report, _ in side)
                    if v not in (None, "NO_REGION", "EMPTY_MAP")
                ]
                for side in sides
            ]
            for name, (here, there) in {"accuracy": right, "rightReasonRate": looked}.items():
                p, low, high = wilson(sum(here), len(here))
                rate = strategy[name]
                assert [rate["value"], rate["low"], rate["high"]] == pytest.approx([p, low, high], abs=1e-12)
                if len(row["strategies"]) > 1:
                    q, low2, high2 = wilson(sum(there), len(there))
                    expected = [p - q, p - q - np.hypot(p - low, high2 - q), p - q + np.hypot(high - p, q - low2)]
                    difference = strategy["against"][name]
                    assert [difference[key] for key in ("difference", "low", "high")] == pytest.approx(
                        expected, abs=1e-12
                    )
            lifts = [
                r["explanations"][0]["attention"]["borderLift"]
                for r, _ in sides[0]
                if "attention" in r["explanations"][0]
            ]
            assert strategy["borderLift"]["mean"] == pytest.approx(np.mean(lifts), abs=1e-8)
            shares = np.array([each for _, each in sides[0]])
            centre = shares.mean(0)
            order = np.argsort(-centre, kind="stable")
            told_channels = [(each["channel"], each["share"]) for each in strategy["channels"]]
            assert [c for c, _ in told_channels] == [c for c in order[:64].tolist() if centre[c] >= 0.001]
            assert [s for _, s in told_channels] == pytest.approx([centre[c] for c, _ in told_channels], abs=1e-12)
            away = np.linalg.norm(np.sqrt(shares) - np.sqrt(shares).mean(0), axis=1)
            nearest = [sides[0][i][0]["image"] for i in np.argsort(away, kind="stable")[:6]]
            assert strategy["typical"] == nearest
            if len(row["strategies"]) > 1:
                others = np.array([each for _, each in sides[1]]).mean(0)
                telling = np.argsort(others - centre, kind="stable")[:5].tolist()
                assert [each["channel"] for each in strategy["against"]["channels"]] == telling
                for each in strategy["against"]["channels"]:
                    expected = centre[each["channel"]] - others[each["channel"]]
                    assert each["share"]["difference"] == pytest.approx(expected, abs=1e-8)


def test_the_butterflys_ways_are_with_and_without_the_stamp(demo, told):
    (row,) = (row for row in told["classes"] if row["class"]["name"] == "butterfly")
    ways = {}
    for name, line in assigned(demo, row).items():
        ways.setdefault("-stamped" in name, set()).add(line["strategy"])
    assert len(row["strategies"]) == 2
    assert ways == {True: {"1"}, False: {"2"}}
