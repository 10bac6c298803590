"""The properties of a run's images, and what they tell apart, recomputed from the pictures and the Parquet files."""

import json
import math
from io import BytesIO
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from PIL import Image

SIDE = 96
# Two decoders of one JPEG differ by a level or two, most of all in its colours.
TOLERANCE = {"brightness": 0.003, "contrast": 0.003, "warmth": 0.006, "tint": 0.006, "sharpness": 0.02}
LEAST, LEVEL, DISTANCE = 5, 0.05, 0.3
Z = 1.959963984540054


def octaves(first, last, parts):
    return np.concatenate([(1 + np.arange(parts) / parts) * 2.0**octave for octave in range(first, last)])


EDGES = {
    "brightness": np.arange(128) / 128,
    "contrast": np.arange(128) / 256,
    "warmth": np.arange(256) / 256 - 0.5,
    "tint": np.arange(256) / 256 - 0.5,
    "sharpness": octaves(-8, 1, 16),
    "aspect": octaves(-3, 3, 32),
    "megapixels": octaves(-12, 8, 16),
    "jpegQuality": np.arange(1, 101),
}
FORMATS = ["Jpeg", "Png", "Bmp", "Gif", "Webp", "Tiff"]


@pytest.fixture(scope="module")
def rows(demo):
    """A row an image: what the Parquet files say of it."""
    table = pq.ParquetDataset(demo / "parquet").read().to_pylist()
    found = [row for row in table if not row["explanation"]]
    for row in found:
        width, height = row["file_width"], row["file_height"]
        row |= {name: row.get(f"file_{name}") for name in TOLERANCE}
        row |= {"jpegQuality": row["file_jpeg_quality"], "aspect": width / height, "megapixels": width * height / 1e6}
        row |= {f"format{name}": float(row["file_format"] == name.upper()) for name in FORMATS}
    return found


def middles(parts, pixels):
    return (2 * np.arange(parts) + 1) * pixels // (2 * parts)


def measure(path):
    """The measures by their definitions, over another decoder's pixels."""
    rgb = np.asarray(Image.open(path).convert("RGB")).astype(float) / 255
    height, width = rgb.shape[:2]
    ys, xs = middles(min(SIDE, height), height), middles(min(SIDE, width), width)
    luma = rgb @ [0.299, 0.587, 0.114]
    grid, red, green, blue = luma[np.ix_(ys, xs)], *np.moveaxis(rgb[np.ix_(ys, xs)], 2, 0)
    steps = [
        (luma[:, 1:] - luma[:, :-1])[np.ix_(ys, xs[xs < width - 1])],
        (luma[1:] - luma[:-1])[np.ix_(ys[ys < height - 1], xs)],
    ]
    difference = np.sqrt(np.mean(np.concatenate([step.ravel() for step in steps]) ** 2))
    return {
        "brightness": grid.mean(),
        "contrast": grid.std(),
        "warmth": (red - blue).mean(),
        "tint": (green - (red + blue) / 2).mean(),
        "sharpness": difference / grid.std(),
    }


def tables():
    """Pillow's own tables of every quality."""
    for quality in range(1, 101):
        file = BytesIO()
        Image.new("RGB", (8, 8)).save(file, "JPEG", quality=quality)
        yield np.array(Image.open(file).quantization[0])


def test_measures_are_those_of_the_pictures(demo, rows):
    root = Path(json.loads((demo / "run.json").read_text())["input"]["root"])
    known = list(tables())
    assert len(rows) > 100
    for row in rows:
        path = root / row["image"]
        for name, expected in measure(path).items():
            assert row[name] == pytest.approx(expected, abs=TOLERANCE[name]), f"{name} of {path}"
        table = np.array(Image.open(path).quantization[0])
        distances = [np.abs(table - each).sum() for each in known]
        assert distances[row["jpegQuality"] - 1] == min(distances), path


def auc(own, rest):
    """Share of pairs, by counting them."""
    own, rest = np.asarray(own)[:, None], np.asarray(rest)[None, :]
    return ((own > rest).sum() + (own == rest).sum() / 2) / (own.size * rest.size)


def p_value(own, rest):
    """Mann-Whitney by mid-ranks: the variance of a sum of ranks drawn without replacement."""
    both = np.concatenate([own, rest])
    ranks = np.array([(both < x).sum() + ((both == x).sum() + 1) / 2 for x in both])
    n, m = len(own), len(rest)
    sd = math.sqrt(n * m / (n + m) * ranks.var(ddof=1))
    distance = abs(ranks[:n].sum() - n * (n + m + 1) / 2) - 0.5
    return min(1, math.erfc(max(0, distance) / sd / math.sqrt(2)))


def standard_error(theta, n, m):
    spread = (1 - theta) / (2 - theta) + theta / (1 + theta)
    return math.sqrt(theta * (1 - theta) * (1 + ((n + m) / 2 - 1) * spread) / (n * m))


def compare(found, name, own, rest):
    """Checks one separation; answers its p-value and AUC if it was tested."""
    if not own or not rest or len({bin_of(name, x) for x in [*own, *rest]}) == 1:
        assert found is None
        return None
    binned = [[bin_of(name, x) for x in side] for side in (own, rest)]
    expected = auc(*binned)
    assert (found["count"], found["others"]) == (len(own), len(rest))
    assert found["auc"] == pytest.approx(expected, abs=1e-12)
    if min(len(own), len(rest)) >= LEAST:
        assert found["auc"] == pytest.approx(auc(own, rest), abs=0.03), "bins cost no more than this"
    assert found["pValue"] == pytest.approx(p_value(*binned), rel=1e-6, abs=1e-300)
    for end, extreme in (("low", 0), ("high", 1)):
        away = abs(found[end] - expected) - Z * standard_error(found[end], len(own), len(rest))
        assert found[end] == extreme == expected or abs(away) < 1e-8
    assert found["low"] <= expected <= found["high"]
    return (found["pValue"], expected, found) if min(len(own), len(rest)) >= LEAST else None


def bin_of(name, value):
    return int(value) if name.startswith("format") else int(np.clip(np.digitize(value, EDGES[name]) - 1, 0, None))


def benjamini_hochberg(p):
    p = np.asarray(p)
    order = np.argsort(p)
    adjusted = np.minimum.accumulate((p[order] * len(p) / np.arange(1, len(p) + 1))[::-1])[::-1]
    result = np.empty_like(p)
    result[order] = adjusted
    return np.minimum(result, 1)


def test_what_they_tell_apart_is_recomputed(demo, rows):
    statistics = json.loads((demo / "classes.json").read_text())
    tests = {"CLASS_AGAINST_REST": [], "RIGHT_AGAINST_WRONG": []}
    shown = [name for name in [*EDGES, *(f"format{name}" for name in FORMATS)]]
    for row in [statistics["dataset"], *statistics["classes"]]:
        label = row.get("class", {}).get("name")
        for name in shown:
            values = [(r["label_name"], r["correct"], r[name]) for r in rows if r[name] is not None]
            own = [(correct, x) for other, correct, x in values if label in (None, other)]
            if name not in row["properties"]:
                assert name.startswith("format") and len({x for *_, x in values}) == 1
                continue
            found = row["properties"][name]
            assert found["mean"]["count"] == len(own)
            assert found["mean"]["mean"] == pytest.approx(np.mean([x for _, x in own]), abs=1e-9)
            pairs = {
                "CLASS_AGAINST_REST": ([x for _, x in own], [x for other, _, x in values if other != label]),
                "RIGHT_AGAINST_WRONG": ([x for right, x in own if right], [x for right, x in own if right is False]),
            }
            for kind, key in (("CLASS_AGAINST_REST", "againstRest"), ("RIGHT_AGAINST_WRONG", "rightAgainstWrong")):
                if label is None and kind == "CLASS_AGAINST_REST":
                    assert key not in found
                    continue
                tested = compare(found.get(key), name, *pairs[kind])
                if tested:
                    tests[kind].append((label, name, *tested))
    flags = set()
    for kind, family in tests.items():
        assert len(family) > 10
        adjusted = benjamini_hochberg([p for _, _, p, _, _ in family])
        significant = []
        for (label, name, _, area, found), expected in zip(family, adjusted, strict=True):
            assert found["adjustedPValue"] == pytest.approx(expected, rel=1e-9)
            if expected <= LEVEL:
                significant.append((label, name, area, max(found["low"] - 0.5, 0.5 - found["high"])))
        # The sort is stable, and rounding keeps two sides that are each other's rest equal.
        significant.sort(key=lambda test: -round(test[3], 8))
        odd = {name: set() for name in shown}
        for label, name, area, _ in significant:
            if kind == "CLASS_AGAINST_REST":
                own = [r[name] for r in rows if r["label_name"] == label and r[name] is not None]
                left = [r[name] for r in rows if r["label_name"] not in odd[name] | {label} and r[name] is not None]
                if len(left) < LEAST or p_value(*([bin_of(name, x) for x in side] for side in (own, left))) > LEVEL:
                    continue
                area = auc(*([bin_of(name, x) for x in side] for side in (own, left)))
            if abs(area - 0.5) >= DISTANCE:
                odd[name].add(label)
                flags.add((label, name, kind))
    said = [(f.get("class", {}).get("name"), f["property"], f["comparison"]) for f in statistics["propertyFlags"]]
    assert len(said) == len(set(said)) and set(said) == flags
