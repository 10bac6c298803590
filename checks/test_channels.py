"""The channels of the demo's run: by a closed form, from the model's tensors, and what classes are said to live by."""

import base64
import csv
import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

HOME = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(HOME / "pipeline/src/test/python"))

import docs  # noqa: E402
from test_numbers import Run  # noqa: E402

Z = 1.959963984540054
TOP, LIKED = 6, 12
HEAD = np.dtype(
    [("magic", "S8"), *((name, "<i4") for name in ["rows", "channels", "vectors", "heats", "height", "width"])]
)


def test_the_documented_lines_read_the_files(demo, rows):
    (code,) = re.findall(r"^```python\n(.*?)^```", (HOME / "docs/channels.md").read_text(), re.MULTILINE | re.DOTALL)
    known = {}
    exec(code, known)
    read = np.concatenate([known["channels"](file) for file in sorted(demo.glob("channels/part-*.bin"))])
    assert read.dtype == rows.dtype and read.tobytes() == rows.tobytes()


def vectors(file):
    """The rows of a file, by docs/channels.md."""
    bytes_ = file.read_bytes()
    head = np.frombuffer(bytes_, HEAD, 1)[0]
    assert head["magic"] == b"CAMCHAN1"
    names = ["relevance", "pooled", "inside"][: head["vectors"]]
    heat = np.dtype([("channel", "<i4"), ("peak", "<f4"), ("cells", "u1", (head["height"], head["width"]))])
    floats = [(name, "<f4", (head["channels"],)) for name in names]
    row = np.dtype([("target", "<i4"), *floats, ("heats", heat, (head["heats"],))])
    rows = np.frombuffer(bytes_, row, offset=HEAD.itemsize)
    assert len(rows) == head["rows"]
    return rows


@pytest.fixture(scope="module")
def rows(demo):
    return np.concatenate([vectors(file) for file in sorted(demo.glob("channels/part-*.bin"))])


@pytest.fixture(scope="module")
def run(demo):
    return Run(demo, HOME / "demo/regions.json", HOME / "demo/model", "label")


@pytest.fixture(scope="module")
def told(demo):
    return json.loads((demo / "channels.json").read_text("utf-8"))


def test_each_image_has_a_row_of_what_it_is_judged_by(rows, run):
    assert len(rows) == len(run.reports)
    for row, report in zip(rows, run.reports, strict=True):
        assert row["target"] == report["explanations"][0]["target"]["index"]


def test_channels_sum_to_the_logit_without_its_bias(rows, run):
    """The head is an average pool and a dense layer: relevance = weight x pooled activation, class by class."""
    card = json.loads((HOME / "demo/model/assets.extra/model-card.json").read_text())
    bias = np.array(card["head"]["bias"])
    scores = np.array([report["explanations"][0]["score"] for report in run.reports])
    sums = rows["relevance"].sum(1, dtype=np.float64)
    assert np.abs(sums - (scores - bias[rows["target"]])).max() <= 1e-5 * np.abs(scores).max()
    for target in np.unique(rows["target"]):
        own = rows[rows["target"] == target]
        relevance, pooled = own["relevance"].astype(float), own["pooled"].astype(float)
        crossed = relevance[0] * pooled - relevance * pooled[0]
        assert np.abs(crossed).max() <= 1e-5 * np.abs(relevance).max() * pooled.max()


def test_channels_are_sums_over_cells_of_the_models_gradients_and_activations(rows, run):
    import tensorflow as tf

    session = tf.compat.v1.Session(graph=tf.Graph())
    with session.graph.as_default():
        signatures = tf.compat.v1.saved_model.load(session, ["serve"], str(HOME / "demo/model")).signature_def
    preprocess, gradients = signatures["preprocess"], signatures["gradients"]
    first = run.reports[0]["explanations"][0]
    layer, cells_of_layer = first["layer"], run.cells(first)
    some = range(0, len(rows), 10)
    for i in some:
        path = HOME / "demo/images" / run.reports[i]["image"]
        pixels = tf.io.decode_jpeg(path.read_bytes(), channels=3).numpy()
        taken = session.run(preprocess.outputs["input"].name, {preprocess.inputs["image"].name: pixels})
        given = {"images": taken[None], "image_index": [0], "targets": [rows["target"][i]]}
        activation, gradient = session.run(
            [gradients.outputs[f"{kind}/{layer}"].name for kind in ("activations", "gradients")],
            {gradients.inputs[key].name: value for key, value in given.items()},
        )
        product = activation[0].astype(float) * gradient[0]
        cells = cells_of_layer.coverage(run.region(run.reports[i])[0])
        close(rows["relevance"][i], product.sum((0, 1)))
        close(rows["pooled"][i], activation[0].mean((0, 1), dtype=float))
        close(rows["inside"][i], (cells[..., None] * product).sum((0, 1)))
        loudest = np.argsort(-rows["relevance"][i], kind="stable")[: len(rows["heats"][i])]
        assert rows["heats"][i]["channel"].tolist() == loudest.tolist()
        for heat in rows["heats"][i]:
            map_ = np.maximum(product[:, :, heat["channel"]], 0)
            close(heat["peak"], map_.max())
            assert np.abs(heat["cells"] - 255 * map_ / map_.max()).max() <= 0.6


def close(got, expected):
    """One picture's convolutions sum in another order than those of a batch."""
    assert np.abs(got - expected).max() <= 1e-4 * np.abs(expected).max()


def test_what_carries_a_class_is_recomputed(rows, told, run):
    assert told["images"] == len(rows) and told["channels"] == rows["relevance"].shape[1]
    assert [row["class"]["index"] for row in told["classes"]] == np.unique(rows["target"]).tolist()
    areas = np.array([report["explanations"][0]["region"]["areaShare"] for report in run.reports])
    for row in told["classes"]:
        own, area = rows[rows["target"] == row["class"]["index"]], areas[rows["target"] == row["class"]["index"]]
        relevance, inside = own["relevance"].astype(float), own["inside"].astype(float)
        positive = np.maximum(relevance, 0)
        shares = positive / positive.sum(1, keepdims=True)
        order = np.argsort(-shares.mean(0), kind="stable")
        assert [top["channel"] for top in row["top"]] == order[:TOP].tolist()
        assert row["images"] == row["withRegion"] == len(own)
        for top in row["top"]:
            y = shares[:, top["channel"]]
            mean, sd = y.mean(), y.std(ddof=1)
            expected = [mean, mean - Z * sd / np.sqrt(len(y)), mean + Z * sd / np.sqrt(len(y))]
            assert [top["share"][key] for key in ("mean", "low", "high")] == pytest.approx(expected, abs=1e-8)
            with np.errstate(invalid="ignore"):
                beyond = np.clip(1 - inside[:, top["channel"]] / relevance[:, top["channel"]], 0, 1)
            beyond[y == 0] = 0
            x = y * beyond
            value = x.sum() / y.sum()
            half = Z * (x - value * y).std(ddof=1) / np.sqrt(len(y)) / mean
            expected = [value, max(0, value - half), min(1, value + half)]
            assert [top["outside"][key] for key in ("value", "low", "high")] == pytest.approx(expected, abs=1e-6)
            assert top["chance"] == pytest.approx((y * (1 - area)).sum() / y.sum(), abs=1e-6)
            below = top["belowChance"]
            fewer = (y > 0) & (inside[:, top["channel"]] < area * relevance[:, top["channel"]])
            assert (below["count"], below["of"]) == (fewer.sum(), (y > 0).sum())
            high, chance = top["outside"]["high"], top["chance"]
            on_object = (1 - high) / high >= 2 * (1 - chance) / chance
            side = "surroundings" if below["low"] > 0.5 else "object" if on_object else "unclear"
            assert top["carriedBy"] == side


def test_the_images_that_a_channel_likes_are_the_first_of_all(rows, told, run):
    names = [report["image"] for report in run.reports]
    assert {each["channel"] for each in told["liked"]} == {t["channel"] for row in told["classes"] for t in row["top"]}
    for each in told["liked"]:
        relevance = rows["relevance"][:, each["channel"]]
        first = sorted((-value, name) for value, name in zip(relevance.tolist(), names, strict=True) if value > 0)
        assert [(-np.float32(one["relevance"]), one["image"]) for one in each["images"]] == first[:LIKED]
        for one in each["images"]:
            row = rows[names.index(one["image"])]
            (known,) = np.nonzero(row["heats"]["channel"] == each["channel"])
            assert ("heat" in one) == bool(len(known))
            if len(known):
                cells = np.frombuffer(base64.b64decode(one["heat"]["cells"]), np.uint8)
                assert cells.tolist() == row["heats"]["cells"][known[0]].ravel().tolist()


def test_the_planted_class_lives_by_the_stamp(told):
    liked = {each["channel"]: [one["image"] for one in each["images"]] for each in told["liked"]}
    sides = {row["class"]["name"]: [top["carriedBy"] for top in row["top"]] for row in told["classes"]}
    (butterfly,) = [row for row in told["classes"] if row["class"]["name"] == "butterfly"]
    stamped = [sum("-stamped" in name for name in liked[top["channel"]]) for top in butterfly["top"]]
    assert min(stamped) >= 11 and max(stamped) == 12, stamped
    own = sides.pop("butterfly")
    assert "object" not in own and own.count("surroundings") >= 3, own
    # A house is what the model calls much of what it knows nothing of, which no region holds.
    house = sides.pop("house")
    assert "object" in house and house.count("surroundings") < 2, house
    for name, others in sides.items():
        assert "surroundings" not in others and others.count("object") >= 3, (name, others)


def greater(first, second):
    """Share of pairs whose first is greater, ties counted half."""
    return np.mean((first[:, None] > second) + 0.5 * (first[:, None] == second))


@pytest.fixture(scope="module")
def listed(demo, run, tmp_path_factory):
    """Butterflies with a stamp, whose cue is followed."""
    listed = [
        r["image"] for r in run.reports if r["verdict"] == "RIGHT_FOR_WRONG_REASONS" and "butterfly" in r["image"]
    ]
    file = tmp_path_factory.mktemp("cue") / "list.txt"
    file.write_text("\n".join(listed))
    subprocess.run([HOME / "camaudit", "cue", demo, "--images", file], check=True, capture_output=True)
    return listed


def direction_of(listed, names, pooled):
    """From half of them and of the others: which images those are, the others' mean, and the way to these."""
    digests = np.array([hashlib.sha256(name.encode()).hexdigest() for name in names])
    shows = np.isin(names, listed)
    makers = sorted(listed, key=lambda name: hashlib.sha256(name.encode()).hexdigest())[: (len(listed) + 1) // 2]
    made = np.where(shows, np.isin(names, makers), digests < "8")
    centre = pooled[made & ~shows].mean(0)
    return made, shows, centre, pooled[made & shows].mean(0) - centre


def test_a_cue_is_followed_and_taken_out(demo, rows, run, listed):
    """From half of the butterflies with a stamp: their direction, and what the model says without it."""
    names = np.array([report["image"] for report in run.reports])
    told = json.loads((demo / "cue/cue.json").read_text("utf-8"))
    pooled = rows["pooled"].astype(float)
    made, shows, centre, direction = direction_of(listed, names, pooled)
    scores = (pooled - centre) @ direction / (direction @ direction)
    assert (told["madeBy"], told["madeAgainst"]) == ((made & shows).sum(), (made & ~shows).sum())
    assert told["separation"]["auc"] == pytest.approx(greater(scores[~made & shows], scores[~made & ~shows]), abs=1e-9)
    assert told["separation"]["auc"] > 0.9
    with (demo / "cue/ranking.csv").open(newline="") as file:
        ranking = list(csv.DictReader(file))
    assert [row["image"] for row in ranking] == names[np.lexsort([names, -scores])].tolist()
    assert [float(row["score"]) for row in ranking] == pytest.approx(np.sort(scores)[::-1].tolist(), abs=1e-6)

    # The dense layer, from relevance = weight x pooled activation.
    bias = np.array(json.loads((HOME / "demo/model/assets.extra/model-card.json").read_text())["head"]["bias"])
    own = [rows["target"] == target for target in range(len(bias))]
    weights = np.stack([rows["relevance"][o].sum(0, dtype=float) / pooled[o].sum(0).clip(1e-9) for o in own])
    moved = pooled - scores[:, None] * direction
    before, after = (np.argmax(x @ weights.T + bias, axis=1) for x in (pooled, moved))
    assert before.tolist() == [report["predictions"][0]["index"] for report in run.reports]
    labels = np.array([report["label"]["index"] for report in run.reports])
    for row in told["classes"]:
        for key, group in (("withCue", shows), ("others", ~shows)):
            of = ~made & group & (labels == row["class"]["index"])
            assert (key in row) == bool(of.any())
            if of.any():
                right = [(answer[of] == labels[of]).sum() for answer in (before, after)]
                assert [row[key][when]["count"] for when in ("before", "after")] == right
    (butterfly,) = [row for row in told["classes"] if row["class"]["name"] == "butterfly"]
    assert butterfly["withCue"]["before"]["value"] == 1 and butterfly["withCue"]["after"]["value"] == 0
    others = [row["others"] for row in told["classes"] if row["class"]["name"] != "butterfly"]
    assert all(change["lost"] == 0 for change in others)


def mask_of(map_, cells, side):
    """The cue's pixels on the model's input, by docs/channels.md; `cells` is where the map's lie."""
    heat = np.maximum(map_, 0)
    down, across = (cells.upsampled(axis, side) for axis in "yx")
    sigma = side / len(map_) / 2
    distance = np.arange(side)[:, None] - np.arange(side)
    blur = np.where(np.abs(distance) <= np.ceil(3 * sigma), np.exp(-(distance**2) / (2 * sigma**2)), 0)
    blur /= blur.sum(1, keepdims=True)
    values = blur @ down @ heat @ across.T @ blur.T
    levels = np.rint(255 * values / values.max())
    between = [
        np.mean(low := levels <= t) * np.mean(~low) * (levels[low].mean() - levels[~low].mean()) ** 2
        for t in range(255)
        if (levels <= t).any()
    ]
    return levels > (255 - len(between)) + int(np.argmax(between))


def masks(regions):
    """Of a COCO file with run lengths: bool [height, width] by name."""
    made = {}
    for image, annotation in zip(regions["images"], regions["annotations"], strict=True):
        counts = annotation["segmentation"]["counts"]
        inside = np.repeat(np.arange(len(counts)) % 2 == 1, counts).reshape(image["width"], image["height"]).T
        assert annotation["area"] == inside.sum()
        rows, columns = np.nonzero(inside)
        left, top, width, height = annotation["bbox"]
        assert (left, left + width) == (columns.min(), columns.max() + 1)
        assert (top, top + height) == (rows.min(), rows.max() + 1)
        made[image["file_name"]] = inside
    return made


def check_masks(folder, model, rows, run, listed, step):
    """The masks of a run's cue again from the model's activations, placed back; every so many of them."""
    import tensorflow as tf

    names = np.array([report["image"] for report in run.reports])
    pooled = rows["pooled"].astype(float)
    _, shows, centre, direction = direction_of(listed, names, pooled)
    scores = (pooled - centre) @ direction / (direction @ direction)
    told = json.loads((folder / "cue/cue.json").read_text("utf-8"))
    found = masks(json.loads((folder / "cue/regions.json").read_text("utf-8")))
    bearing = [names[i] for i in np.lexsort([names, -scores]) if shows[i] or scores[i] >= 0.5]
    assert list(found) == bearing and told["bearing"] == len(bearing)
    assert told["masks"] == {"images": len(bearing), "masked": len(bearing), "withoutPlace": 0, "lost": []}

    session = tf.compat.v1.Session(graph=tf.Graph())
    with session.graph.as_default():
        signatures = tf.compat.v1.saved_model.load(session, ["serve"], str(model)).signature_def
    preprocess, gradients = signatures["preprocess"], signatures["gradients"]
    activations = gradients.outputs[f"activations/{told['layer']}"].name
    cells = run.cells(next(e for e in run.reports[0]["explanations"] if e["layer"] == told["layer"]))
    for name in bearing[::step]:
        pixels = tf.io.decode_jpeg((HOME / "demo/images" / name).read_bytes(), channels=3).numpy()
        taken = session.run(preprocess.outputs["input"].name, {preprocess.inputs["image"].name: pixels})
        given = {gradients.inputs["images"].name: taken[None], gradients.inputs["image_index"].name: [0]}
        map_ = (session.run(activations, given)[0].astype(float) - centre) @ direction / (direction @ direction)
        assert map_.mean() == pytest.approx(scores[names == name][0], abs=1e-4)
        expected, got = mask_of(map_, cells, len(taken)), found[name]
        down, across = ((np.arange(size) + 0.5) * len(taken) // size for size in got.shape)
        expected = expected[np.ix_(down.astype(int), across.astype(int))]
        assert (expected & got).sum() / (expected | got).sum() > 0.99, name
    return found


def test_a_cue_is_masked_where_it_is(demo, rows, run, listed):
    """By the model's activations; and on the stamps, as they were drawn."""
    found = check_masks(demo, HOME / "demo/model", rows, run, listed, 5)
    stamps = {}
    coco = json.loads((HOME / "demo/regions.json").read_text("utf-8"))
    (stamp,) = [category["id"] for category in coco["categories"] if category["name"] == "stamp"]
    files = {image["id"]: image["file_name"] for image in coco["images"]}
    for annotation in coco["annotations"]:
        if annotation["category_id"] == stamp:
            stamps[files[annotation["image_id"]]] = [round(value) for value in annotation["bbox"]]
    covered, overlap, share = [], [], []
    for name in set(stamps) & set(found):
        left, top, width, height = stamps[name]
        drawn = np.zeros_like(found[name])
        drawn[top : top + height, left : left + width] = True
        covered.append((drawn & found[name]).sum() / drawn.sum())
        overlap.append((drawn & found[name]).sum() / (drawn | found[name]).sum())
        share.append(found[name].mean())
    told = f"{len(covered)} stamps of {len(stamps)}, covered {np.mean(covered):.3f} (least {min(covered):.3f}), "
    told += f"IoU {np.mean(overlap):.3f}, area of a mask {np.mean(share):.3f}"
    print(told, len(found), len(set(found) - set(stamps)))
    assert np.mean(np.array(covered) > 0.9) > 0.9, told


def test_cue_masks_are_regions_of_a_second_audit(demo, listed, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out/demo").symlink_to(demo)
    page = (HOME / "docs/channels.md").read_text("utf-8")
    (command,) = re.findall(r"^(\./camaudit audit .*cue/regions\.json.*)$", page, re.MULTILINE)
    docs.run(command, docs.reader(tmp_path))
    (output,) = re.findall(r"--output (\S+)", command)
    judged = json.loads((tmp_path / output / "classes.json").read_text("utf-8"))
    told = json.loads((demo / "cue/cue.json").read_text("utf-8"))
    (butterfly,) = [row for row in judged["classes"] if row["class"]["name"] == "butterfly"]
    assert judged["dataset"]["pointingHitRate"]["of"] == told["masks"]["masked"]
    print(butterfly["pointingHitRate"], butterfly["numbers"]["lift"])
    assert butterfly["numbers"]["lift"]["mean"] > 2


def test_a_flags_suspicious_images_are_a_cue(demo):
    subprocess.run(
        [HOME / "camaudit", "cue", demo, "--flag", "butterfly", "--masks", "0"], check=True, capture_output=True
    )
    told = json.loads((demo / "cue/cue.json").read_text("utf-8"))
    (row,) = [
        row for row in json.loads((demo / "classes.json").read_text())["classes"] if row["class"]["name"] == "butterfly"
    ]
    elsewhere = {"RIGHT_FOR_WRONG_REASONS", "WRONG_AND_LOOKED_ELSEWHERE"}
    assert told["images"] == sum(each.get("verdict") in elsewhere for each in row["mostSuspicious"]) > 2
    assert told["separation"]["auc"] > 0.9
