"""A multi-label model that takes grey pictures which are not square, from its export to gate, page and comparison.

Logits and maps are compared with Keras and GradientTape; labels, verdicts by class, precision, recall and F1 are
recomputed with numpy from the listing and the annotations, by the independent code of pipeline/src/test/python.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "export-scripts"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "pipeline/src/test/python"))
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import keras
import tensorflow as tf

import reference
import reference_cells
import reference_fill
import reference_variants

HOME = Path(__file__).resolve().parents[1]
NAMES = ["cat", "dog", "fish", "boat"]
HEIGHT, WIDTH = 24, 40
IMAGES = 24
THRESHOLD = 0.45
LAYER = "last"
FAITHFULNESS = 10


def camaudit(*arguments, code=0):
    done = subprocess.run([HOME / "camaudit", *map(str, arguments)], capture_output=True, text=True)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def network():
    keras.utils.set_random_seed(5)
    inputs = keras.Input((HEIGHT, WIDTH, 1))
    x = keras.layers.Conv2D(8, 5, strides=2, activation="relu")(inputs)
    x = keras.layers.Conv2D(12, 3, strides=2, activation="relu", name=LAYER)(x)
    x = keras.layers.Dense(len(NAMES), name="head")(keras.layers.GlobalAveragePooling2D()(x))
    return keras.Model(inputs, keras.layers.Activation("sigmoid")(x))


def labels_of(i, random):
    """What the manifest says of an image, and the classes that this means (None: unlabelled)."""
    chosen = sorted(random.choice(4, size=random.integers(1, 4), replace=False).tolist())
    names = [NAMES[k] for k in chosen]
    forms = [names, "; ".join(names), "|".join(names), [*names, "unicorn"]]
    if i % 8 == 6:
        return None, None
    return ([], set()) if i % 8 == 7 else (forms[i % 4], set(chosen))


@pytest.fixture(scope="module")
def made(request):
    """Model, pictures, manifest and annotations."""
    work = request.config.getoption("--work")
    shutil.rmtree(work, ignore_errors=True)
    (work / "photos").mkdir(parents=True)
    random = np.random.default_rng(31)
    pictures, said, annotations, images = {}, {}, [], []
    for i in range(IMAGES):
        width, height = (int(side) for side in random.integers(50, 140, 2))
        y, x = np.mgrid[0:height, 0:width]
        spot = np.exp(-(((x - random.uniform(0, width)) / 15) ** 2) - ((y - random.uniform(0, height)) / 15) ** 2)
        noise = random.integers(0, 90, (height, width, 3))
        pictures[f"{i:02}.png"] = np.uint8(noise + 160 * spot[..., np.newaxis])
        Image.fromarray(pictures[f"{i:02}.png"]).save(work / "photos" / f"{i:02}.png")
        said[f"{i:02}.png"] = labels_of(i, random)
        images.append({"id": i, "file_name": f"{i:02}.png", "width": width, "height": height})
        for category in range(4):
            if random.uniform() < 0.7:
                box = [random.uniform(0, width / 2), random.uniform(0, height / 2), width / 2, height / 2]
                annotations.append({"id": len(annotations), "image_id": i, "category_id": category, "bbox": box})
    with (work / "photos/list.jsonl").open("w") as manifest:
        for name, (label, _) in said.items():
            manifest.write(json.dumps({"image": name} | ({} if label is None else {"label": label})) + "\n")
    coco = {
        "images": images,
        "annotations": annotations,
        "categories": [{"id": k, "name": name} for k, name in enumerate(NAMES)],
    }
    (work / "regions.json").write_text(json.dumps(coco))
    model = network()
    inputs = {name: prepared(picture) for name, picture in pictures.items()}
    # The last layer is moved so that every class is predicted in about half of the pictures.
    head = model.get_layer("head")
    scores = keras.Model(model.input, head.output)(np.stack(list(inputs.values()))).numpy()
    kernel, _ = head.get_weights()
    spread = 2 / scores.std(axis=0)
    head.set_weights([kernel * spread, -np.median(scores, axis=0) * spread])
    model.save(work / "model.keras")
    export(work)
    return work, model, inputs, said, coco


def export(work):
    environment = {**os.environ, "PYTHONPATH": str(HOME / "export-scripts")}
    (work / "labels.txt").write_text("\n".join(NAMES))
    command = [sys.executable, "-m", "camaudit_export", "--keras-model", work / "model.keras", "--layers", LAYER]
    prepared_as = ["--scale", "1/255", "--mean", "0.5", "--std", "0.25", "--threshold", str(THRESHOLD)]
    subprocess.run(
        [*command, *prepared_as, "--labels", work / "labels.txt", "--output", work / "model"],
        check=True,
        env=environment,
        capture_output=True,
    )


def prepared(picture):
    """The network's input: stretched, grey, normalised."""
    resized = tf.image.resize(picture, (HEIGHT, WIDTH)).numpy()
    return ((resized @ np.float32([0.299, 0.587, 0.114]) / 255 - 0.5) / 0.25)[..., np.newaxis].astype(np.float32)


@pytest.fixture(scope="module")
def run(made):
    work, *_ = made
    tested = ["--faithfulness", FAITHFULNESS, "--faithfulness-fill", "mean"]
    camaudit(*audit(work, "run"), "--workers", 3, *tested)
    return work / "run"


def audit(work, name, images="photos/list.jsonl"):
    given = ["--model", work / "model", "--input", work / images, "--regions", work / "regions.json"]
    return ["audit", *given, "--output", work / name, "--batch-size", 4]


def records(run):
    return [json.loads(line) for path in sorted((run / "records").iterdir()) for line in path.open()]


def cells(work):
    """Where the layer's cells look, by the model's card: maps are laid there unless something else is asked for."""
    (layer,) = json.loads((work / "model/assets.extra/model-card.json").read_text())["layers"]
    assert layer["name"] == LAYER
    found = reference.Cells((layer["height"], layer["width"]), layer["centers"], (HEIGHT, WIDTH))
    assert not found.even
    return found


def sigmoid(logits):
    return 1 / (1 + np.exp(-np.float64(logits)))


def maps_by_tape(model, picture):
    """Logits and the raw map of each class by tf.GradientTape."""
    parts = keras.Model(model.input, [model.get_layer(LAYER).output, model.get_layer("head").output])
    maps = []
    for target in range(len(NAMES)):
        with tf.GradientTape() as tape:
            activations, logits = parts(picture[np.newaxis], training=False)
            tape.watch(activations)
            # Pooling and the head again, from the watched activations on.
            score = model.get_layer("head")(tf.reduce_mean(activations, axis=(1, 2)))[0, target]
        weights = tf.reduce_mean(tape.gradient(score, activations), axis=(1, 2))
        maps.append(tf.einsum("nhwc,nc->nhw", activations, weights)[0].numpy())
    return logits[0].numpy(), maps


def test_logits_and_maps_are_those_of_gradient_tape(made, run):
    _, model, inputs, said, _ = made
    compared = 0
    for report in records(run):
        assert report["kind"] == "multi-label"
        logits, maps = maps_by_tape(model, inputs[report["image"]])
        for prediction in report["predictions"]:
            index = prediction["index"]
            assert prediction["logit"] == pytest.approx(logits[index], rel=1e-4, abs=1e-4)
            assert prediction["probability"] == pytest.approx(sigmoid(logits[index]), abs=1e-5)
        wanted = {int(k) for k in np.nonzero(sigmoid(logits) > THRESHOLD)[0]} | (said[report["image"]][1] or set())
        assert {explanation["target"]["index"] for explanation in report["explanations"]} == wanted
        for explanation in report["explanations"]:
            want = maps[explanation["target"]["index"]]
            got = np.float32(explanation["map"]["values"])
            assert got.shape == want.shape == (4, 8)
            assert np.abs(got - want).max() <= 1e-4 * np.abs(want).max() + 1e-6
            compared += 1
    assert compared > 2 * IMAGES


def outcomes(made, threshold):
    """By image: its predicted classes, its labels, and the verdict for each class of either."""
    work, model, inputs, said, coco = made
    sizes = {image["file_name"]: (image["width"], image["height"]) for image in coco["images"]}
    found = {}
    for name, (_, labels) in said.items():
        logits, maps = maps_by_tape(model, inputs[name])
        predicted = {int(k) for k in np.nonzero(sigmoid(logits) > threshold)[0]}
        verdicts = {}
        for k in predicted | (labels or set()):
            own = [a for a in coco["annotations"] if a["image_id"] == int(name[:2]) and a["category_id"] == k]
            frame = reference.Frame({"kind": "stretch"}, (*sizes[name], 1), (WIDTH, HEIGHT))
            region = reference.region(frame, own, sizes[name])
            verdicts[k] = None
            if labels is not None:
                right = (k in predicted) == (k in labels)
                verdicts[k] = verdict(maps[k], region, right, cells(work))
        found[name] = (predicted, labels, verdicts)
    return found


def verdict(raw, region, right, laid):
    if region is None:
        return "NO_REGION"
    if raw.max() <= 0:
        return "EMPTY_MAP"
    looked = reference.region_fit(raw, *region, laid)["pointingHit"]
    if right:
        return "RIGHT_FOR_RIGHT_REASONS" if looked else "RIGHT_FOR_WRONG_REASONS"
    return "WRONG_BUT_LOOKED_RIGHT" if looked else "WRONG_AND_LOOKED_ELSEWHERE"


def test_predictions_labels_and_verdicts_go_by_class(made, run):
    expected = outcomes(made, THRESHOLD)
    seen = set()
    for report in records(run):
        predicted, labels, verdicts = expected[report["image"]]
        known = [outcome for outcome in report["classes"] if "index" in outcome["class"]]
        assert {o["class"]["index"]: o.get("verdict") for o in known} == verdicts
        assert {o["class"]["index"] for o in known if o["predicted"]} == predicted
        assert report.get("correct") == (
            None if labels is None else predicted == labels and len(known) == len(report["classes"])
        )
        if labels is None:
            assert all("labelled" not in outcome for outcome in known)
        else:
            assert {o["class"]["index"] for o in known if o["labelled"]} == labels
        unknown = [outcome["class"]["name"] for outcome in report["classes"] if "index" not in outcome["class"]]
        given = made[3][report["image"]][0]
        assert unknown == (["unicorn"] if isinstance(given, list) and "unicorn" in given else [])
        seen |= set(verdicts.values())
    assert len(seen - {None}) >= 5, "the sample is worth comparing"


def counted(expected, k):
    """True positives, false positives and false negatives among labelled images."""
    labelled = [(predicted, labels) for predicted, labels, _ in expected.values() if labels is not None]
    found = sum(k in predicted and k in labels for predicted, labels in labelled)
    alarms = sum(k in predicted and k not in labels for predicted, labels in labelled)
    missed = sum(k not in predicted and k in labels for predicted, labels in labelled)
    return np.array([found, alarms, missed])


def assert_rates(row, found, alarms, missed):
    assert (row["precision"]["count"], row["precision"]["of"]) == (found, found + alarms)
    assert (row["recall"]["count"], row["recall"]["of"]) == (found, found + missed)
    precision, recall = found / (found + alarms), found / (found + missed)
    assert row["f1"] == pytest.approx(2 * precision * recall / (precision + recall), rel=1e-12)
    assert "accuracy" not in row


def test_statistics_are_precision_and_recall_by_class(made, run):
    expected = outcomes(made, THRESHOLD)
    statistics = json.loads((run / "classes.json").read_text())
    assert statistics["kind"] == "multi-label"
    assert statistics["dataset"]["images"] == sum(statistics["dataset"]["byStatus"].values()) == IMAGES
    rows = {row["class"].get("index"): row for row in statistics["classes"]}
    total = np.zeros(3, int)
    for k in range(len(NAMES)):
        assert_rates(rows[k], *counted(expected, k))
        total += counted(expected, k)
        verdicts = [v[k] for _, labels, v in expected.values() if labels is not None and k in labels]
        assert rows[k]["images"] == len(verdicts)
        assert {name: n for name, n in rows[k]["byVerdict"].items() if n} == {
            name: verdicts.count(name) for name in set(verdicts)
        }
        right = sum(name in ("RIGHT_FOR_RIGHT_REASONS", "WRONG_BUT_LOOKED_RIGHT") for name in verdicts)
        assert rows[k]["rightReasonRate"]["count"] == right
    assert_rates(statistics["dataset"], *total)
    assert rows[None]["class"]["name"] == "unicorn"


def test_faithfulness_goes_by_the_class_that_is_explained_first(made, run):
    work, model, inputs, _, _ = made
    found = json.loads((run / "run.json").read_text())["faithfulness"]
    assert (found["rows"], found["columns"], found["fill"], found["images"]) == (4, 8, "mean", FAITHFULNESS)
    usable = [report for report in records(run) if report["status"] == "OK" and report["explanations"]]
    sample = sorted(usable, key=lambda report: reference_cells.sha256(report["image"]))[:FAITHFULNESS]
    scores = keras.Model(model.input, model.get_layer("head").output)
    curves = {"any": [], "least": [], "most": []}
    for report in sample:
        first, picture = report["explanations"][0], inputs[report["image"]]
        chance = reference_cells.by_chance(report["image"], 4, 8)
        most = reference_cells.most_relevant_first(first["map"]["values"], chance, 4, 8, cells(work))
        for name, order in [("any", chance), ("least", most[::-1]), ("most", most)]:
            holes = reference_cells.holes(order, 4, 8, (HEIGHT, WIDTH))
            pictures = np.stack([reference_fill.mean(picture, hole) for hole in holes])
            logits = scores(pictures.astype(np.float32)).numpy()[:, first["target"]["index"]]
            curves[name].append(sigmoid(logits))
    maps = found["maps"][0]
    assert found["anyFirst"] == pytest.approx(np.mean(curves["any"], axis=0), abs=1e-4)
    assert maps["leastFirst"] == pytest.approx(np.mean(curves["least"], axis=0), abs=1e-4)
    assert maps["mostFirst"] == pytest.approx(np.mean(curves["most"], axis=0), abs=1e-4)
    gain = np.mean(np.subtract(curves["least"], curves["most"]))
    assert maps["gain"]["mean"] == pytest.approx(gain, abs=1e-4)


def test_fiftyone_gets_all_labels_and_predictions_with_their_verdicts(made, run):
    work, *_ = made
    camaudit("fiftyone", run, "--output", work / "fiftyone")
    samples = json.loads((work / "fiftyone/samples.json").read_text())["samples"]
    expected = outcomes(made, THRESHOLD)
    for sample, report in zip(samples, records(run), strict=True):
        predicted, labels, verdicts = expected[report["image"]]
        given = {label["label"]: label["tags"] for label in sample["ground_truth"]["classifications"]}
        assert {name for name in given if name in NAMES} == {NAMES[k] for k in labels or ()}
        found = {label["label"]: label["tags"] for label in sample["prediction"]["classifications"]}
        assert set(found) == {NAMES[k] for k in predicted}
        for k in predicted:
            tag = verdicts[k] and verdicts[k].lower().replace("_", "-")
            assert found[NAMES[k]] == ([tag] if tag else [])
        assert len(sample["regions"]["polylines"] if "regions" in sample else []) <= len(verdicts)
    metadata = json.loads((work / "fiftyone/metadata.json").read_text())
    types = {field["name"]: field["embedded_doc_type"] for field in metadata["sample_fields"]}
    assert types["prediction"] == types["ground_truth"] == "fiftyone.core.labels.Classifications"


def test_annotations_are_labels_where_no_list_says_any(made, run):
    work, model, inputs, _, coco = made
    annotated = {
        name: {a["category_id"] for a in coco["annotations"] if a["image_id"] == int(name[:2])} for name in inputs
    }
    said = camaudit(*audit(work, "annotated", "photos"), "--no-page", "--no-overlays")
    none = sum(not classes for classes in annotated.values())
    assert f"The labels of {IMAGES} images are the categories of their annotations, {none} of which" in said
    expected = outcomes((work, model, inputs, {name: (None, k) for name, k in annotated.items()}, coco), THRESHOLD)
    rows = {
        row["class"].get("index"): row for row in json.loads((work / "annotated/classes.json").read_text())["classes"]
    }
    for k in range(len(NAMES)):
        assert_rates(rows[k], *counted(expected, k))


def test_nothing_depends_on_the_number_of_workers(made, run):
    work, *_ = made
    camaudit(*audit(work, "single"), "--workers", 1, "--no-page", "--no-overlays")
    assert (work / "single/classes.json").read_bytes() != b""
    single, several = (json.loads((folder / "classes.json").read_text()) for folder in (work / "single", run))
    for statistics in (single, several):
        for row in [statistics["dataset"], *statistics["classes"]]:
            for examples in ("mostTypical", "mostDeviant", "mostSuspicious"):
                for example in row[examples]:
                    example.pop("overlay", None)
    assert single == several


def test_run_parquet_and_page_say_the_kind(made, run):
    import pyarrow.parquet

    work, *_ = made
    summary = json.loads((run / "run.json").read_text())
    model = {key: summary["model"][key] for key in ("kind", "inputHeight", "inputWidth", "inputChannels")}
    assert model == {"kind": "multi-label", "inputHeight": HEIGHT, "inputWidth": WIDTH, "inputChannels": 1}
    assert summary["options"]["threshold"] == THRESHOLD
    assert summary["options"]["placement"] == "receptive-field"
    (layer,) = json.loads((work / "model/assets.extra/model-card.json").read_text())["layers"]
    assert summary["model"]["cellCenters"] == {LAYER: layer["centers"]}
    table = pyarrow.parquet.read_table(run / "parquet").to_pylist()
    expected = outcomes(made, THRESHOLD)
    for row in table:
        predicted, labels, verdicts = expected[row["image"]]
        assert row["model_kind"] == "multi-label"
        if row["target_index"] is not None:
            assert row["target_predicted"] == (row["target_index"] in predicted)
            assert row["target_labelled"] == (None if labels is None else row["target_index"] in labels)
            assert row["target_verdict"] == verdicts[row["target_index"]]
    page = (run / "report/index.html").read_text()
    assert "multi-label model" in page and "Precision" in page and "Recall" in page and "Accuracy" not in page
    shard = (run / "report/data/class-0.js").read_text()
    assert "False alarms" in shard


def test_gate_bounds_precision_and_recall(made, run):
    work, *_ = made
    found, alarms, missed = sum(counted(outcomes(made, THRESHOLD), k) for k in range(len(NAMES)))
    precision, recall = found / (found + alarms), found / (found + missed)
    gate = work / "gate.json"
    gate.write_text(json.dumps({"precision": {"minimum": precision}, "recall": {"minimum": recall}}))
    camaudit("gate", run, "--gate", gate)
    gate.write_text(json.dumps({"precision": {"minimum": precision}, "recall": {"minimum": recall + 0.01}}))
    assert "Recall of all images is" in camaudit("gate", run, "--gate", gate, code=7)
    gate.write_text(json.dumps({"accuracy": {"minimum": 0.1}}))
    assert "a multi-label model has no accuracy, give precision and recall" in camaudit(
        "gate", run, "--gate", gate, code=7
    )


def test_another_threshold_and_a_comparison(made, run):
    work, *_ = made
    assert "--threshold 1.5: must lie between 0 and 1" in camaudit(*audit(work, "no"), "--threshold", 1.5, code=2)
    camaudit(*audit(work, "strict"), "--threshold", 0.8, "--no-page", "--no-overlays")
    strict = outcomes(made, 0.8)
    for report in records(work / "strict"):
        chosen = {o["class"]["index"] for o in report["classes"] if o.get("predicted") and "index" in o["class"]}
        assert chosen == strict[report["image"]][0]
    said = camaudit("diff", run, work / "strict", "--output", work / "diff")
    before, after = (sum(counted(found, k) for k in range(len(NAMES))) for found in (outcomes(made, THRESHOLD), strict))
    assert f"False alarms: {before[1]} -> {after[1]}" in said
    assert "The models are multi-label." in said and "another --threshold" in said
    accuracy = json.loads((work / "diff/diff.json").read_text())["dataset"]["accuracy"]
    assert (accuracy["before"]["count"], accuracy["after"]["count"]) == (before[0], after[0])
    # The same records as a model with one answer would have them.
    (work / "other/records").mkdir(parents=True)
    with (work / "other/records/records-00000-of-00001.jsonl").open("w") as file:
        for report in records(run):
            file.write(json.dumps({k: v for k, v in report.items() if k not in ("kind", "classes")}) + "\n")
    refused = camaudit("diff", run, work / "other", code=2)
    assert "is of a multi-label model" in refused and "cannot be compared" in refused


def test_proofs_go_by_class_too(made, run):
    work, model, inputs, _, coco = made
    camaudit("prove", run)
    answers = [json.loads(line) for line in (run / "proof/answers.jsonl").read_text().splitlines()]
    expected = outcomes(made, THRESHOLD)
    sizes = {image["file_name"]: (image["width"], image["height"]) for image in coco["images"]}
    explained = {report["image"]: report["explanations"] for report in records(run)}

    def scene(name, k):
        maps = [each["map"]["values"] for each in explained[name] if each["target"]["index"] == k]
        own = [a for a in coco["annotations"] if a["image_id"] == int(name[:2]) and a["category_id"] == k]
        frame = reference.Frame({"kind": "stretch"}, (*sizes[name], 1), (WIDTH, HEIGHT))
        region = reference.region(frame, own, sizes[name])
        return {
            "picture": inputs[name],
            "object": None if region is None else region[0] > 0,
            "shown": np.ones((HEIGHT, WIDTH), dtype=bool),
            "map": maps[0] if maps else None,
            "cells": cells(work),
        }

    scores = keras.Model(model.input, model.get_layer("head").output)
    compared = 0
    for k in range(len(NAMES)):
        mine = {}
        for answer in (answer for answer in answers if answer["classIndex"] == k):
            assert (answer["predicted"] == k) == (answer["probability"] > THRESHOLD)
            assert answer["probability"] == pytest.approx(sigmoid(answer["logit"]), abs=1e-6)
            subject = answer["donor"] if answer["variant"] == "transplant" else answer["image"]
            mine.setdefault(subject, {})[answer["variant"]] = answer
        assert set(mine) <= {
            name for name, (predicted, labels, _) in expected.items() if k in predicted & (labels or set())
        }
        for name, given in mine.items():
            same = given.get("sameBackground", {}).get("donor")
            other = given.get("transplant", {}).get("image")
            made_anew = reference_variants.variants(
                scene(name, k), same and scene(same, k), other and {"picture": inputs[other], "object": None}
            )
            assert set(made_anew) == set(given) - {"otherBackground"}, name
            for variant, picture in made_anew.items():
                logit = scores(picture[np.newaxis].astype(np.float32)).numpy()[0, k]
                assert logit == pytest.approx(given[variant]["logit"], abs=1e-3), (name, variant)
                compared += 1
    assert compared > 40
    pictures = list(run.glob("proof/*/0/original.jpg"))
    assert pictures and all(Image.open(picture).size == (WIDTH, HEIGHT) for picture in pictures)
