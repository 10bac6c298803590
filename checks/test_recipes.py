"""The commands of docs/recipes.md, run as they stand there, and the pixels of keras.io's recipe."""

import functools
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageSequence

HOME = Path(__file__).resolve().parents[1]
PAGE = (HOME / "docs/recipes.md").read_text(encoding="utf-8")
OUT = HOME / "out/recipes"
COMMANDS = re.findall(r"^```\n(.+?)\n```$", PAGE, re.MULTILINE)

sys.path.insert(0, str(HOME / "export-scripts"))


@pytest.fixture(scope="module", autouse=True)
def empty():
    shutil.rmtree(OUT, ignore_errors=True)


@functools.cache
def recipe(word):
    """Runs the one command with this output folder, and returns the folder and what was printed."""
    (command,) = [c for c in COMMANDS if c.split("--output ")[-1].split()[0] == f"out/recipes/{word}"]
    # A transformer of two blocks stands for the one that the page exports.
    command = command.replace("models/vit", "savedmodel/src/test/resources/transformer-model")
    done = subprocess.run(["bash", "-c", command], cwd=HOME, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return OUT / word, done.stdout


def only(files):
    files = list(files)
    assert len(files) == 1, files
    return files[0]


def test_every_command_is_tried_here():
    assert {c.split("--output ")[-1].split()[0] for c in COMMANDS} == {
        *(f"out/recipes/{word}" for word in ("sweep", "depth", "torchvision", "keras-io", "classes", "triptych")),
        *(f"out/recipes/{word}" for word in ("versus", "all")),
        *("out/recipes/attention", "vit.onnx", "models/vit"),
        *("resnet50.onnx", "models/resnet50", "models/keras-resnet50"),
    }


def test_sweep():
    out, said = recipe("sweep")
    layers = [
        layer["name"] for layer in json.loads((HOME / "demo/model/assets.extra/model-card.json").read_text())["layers"]
    ]
    with Image.open(only((out / "overlays").iterdir())) as film:
        assert film.n_frames == len(layers) == 16
        assert film.info["loop"] == 0
        frames = {frame.convert("RGB").tobytes() for frame in ImageSequence.Iterator(film)}
    assert len(frames) == 16
    assert len(re.findall(r"^ +[\d.]+ %  ", said, re.MULTILINE)) == 5
    report = json.loads(only((out / "reports").iterdir()).read_text())
    assert {e["layer"] for e in report["explanations"]} == set(layers)
    assert {e["target"]["name"] for e in report["explanations"]} == {"butterfly"}


def run_python(holds):
    """What the one piece of Python on the page that holds a text prints."""
    (query,) = [code for code in re.findall(r"```python\n(.+?)```", PAGE, re.DOTALL) if holds in code]
    done = subprocess.run([sys.executable, "-c", query], cwd=HOME, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_depth():
    out, _ = recipe("depth")
    assert "conv2_block1_out" in run_python("duckdb")
    card = json.loads((HOME / "demo/model/assets.extra/model-card.json").read_text())
    layers = [layer["name"] for layer in card["layers"]]
    records = [json.loads(line) for part in sorted(out.glob("records/*.jsonl")) for line in part.open()]
    statistics = json.loads((out / "classes.json").read_text())
    rows = {None: statistics["dataset"], **{row["class"]["name"]: row for row in statistics["classes"]}}
    assert len(rows) == 7
    for name, row in rows.items():
        # Again from the records: mean and interval of the usable maps at each layer, in the network's order.
        assert [point["layer"] for point in row["layers"]] == layers
        own = [record for record in records if name in (None, record["label"]["name"])]
        for point in row["layers"]:
            maps = [e for r in own for e in r["explanations"] if e["layer"] == point["layer"] and e["status"] == "OK"]
            for field, part in (("entropy", "attention"), ("energyShare", "region"), ("lift", "region")):
                values = np.array([e[part][field] for e in maps])
                half = 1.959963985 * values.std(ddof=1) / np.sqrt(len(values))
                got = point[field]
                assert got["count"] == len(values) > 10
                wanted = [values.mean(), values.mean() - half, values.mean() + half]
                np.testing.assert_allclose([got["mean"], got["low"], got["high"]], wanted, atol=1e-6)
        assert row["layers"][-1]["lift"] == row["numbers"]["lift"]
    site = (out / "report/data/site.js").read_text()
    assert all(f'"{layer}"' in site for layer in layers)


def test_torchvision():
    out, _ = recipe("torchvision")
    with Image.open(only((out / "overlays").iterdir())) as overlay:
        assert overlay.format == "JPEG"


def test_keras_io_pixels():
    """The recipe's second half with Keras' and Pillow's own functions, from the report's map."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    import keras
    import tensorflow as tf

    out, _ = recipe("keras-io")
    report = json.loads(only((out / "reports").iterdir()).read_text())
    explanation = report["explanations"][0]
    # Decoded as camaudit does it; Pillow's pixels differ by a few levels in places.
    image = np.float32(tf.io.decode_jpeg((HOME / "demo/images/fish" / report["image"]).read_bytes(), channels=3))
    heat = np.maximum(np.float32(explanation["map"]["values"]), 0)
    heat = np.uint8(255 * (heat / heat.max()))
    tables = json.loads((HOME / "pipeline/src/test/resources/io/camaudit/image/colormaps.json").read_text())
    jet = np.frombuffer(bytes.fromhex(tables["jet"]), np.uint8).reshape(256, 3) / 255
    coloured = keras.utils.array_to_img(jet[heat]).resize((image.shape[1], image.shape[0]))
    expected = np.asarray(keras.utils.array_to_img(keras.utils.img_to_array(coloured) * 0.4 + image), int)
    with Image.open(out / explanation["overlay"]) as overlay:
        off = np.abs(np.asarray(overlay.convert("RGB"), int) - expected)
    share = np.mean(off.max(axis=-1) <= 2)
    print(f"\n{share:.5f} of the pixels within 2 levels, at most {off.max()} off")
    assert share >= 0.999


def test_classes():
    out, _ = recipe("classes")
    with Image.open(only((out / "overlays").iterdir())) as sheet:
        assert sheet.width > 4 * 300
    report = json.loads(only((out / "reports").iterdir()).read_text())
    assert [e["target"]["name"] for e in report["explanations"]] == ["butterfly", "house", "mushroom"]
    assert len({e["overlay"] for e in report["explanations"]}) == 1


def test_triptych():
    out, _ = recipe("triptych")
    with Image.open(only((out / "overlays").iterdir())) as row:
        assert row.width > 2.5 * row.height


def test_versus():
    out, said = recipe("versus")
    (name,) = (path.name for path in (out / "overlays").iterdir())
    assert "-versus-" in name
    assert "butterfly rather than mushroom" in said
    (explanation,) = json.loads(only((out / "reports").iterdir()).read_text())["explanations"]
    report = json.loads(only((recipe("classes")[0] / "reports").iterdir()).read_text())
    apart = {e["target"]["name"]: e for e in report["explanations"]}
    butterfly, mushroom, difference = (
        np.array(e["map"]["values"]) for e in (apart["butterfly"], apart["mushroom"], explanation)
    )
    assert np.abs(difference - (butterfly - mushroom)).max() <= 1e-5 * np.abs(difference).max()


def test_all_classes():
    out, _ = recipe("all")
    assert run_python("argmax").startswith("(6, 7, 7) of every class")
    maps = np.load(only((out / "raw").glob("*.npy")))
    assert maps.dtype == np.float32
    report = json.loads(only((out / "reports").iterdir()).read_text())
    assert len(report["explanations"]) == 5
    card = json.loads((HOME / "demo/model/assets.extra/model-card.json").read_text())
    for explanation in report["explanations"]:
        index = explanation["target"]["index"]
        np.testing.assert_allclose(maps[index], explanation["map"]["values"], atol=1e-6 * np.abs(maps).max())
        # Behind an average pool and a dense layer a map sums to its logit less the bias.
        assert abs(maps[index].sum() - (explanation["score"] - card["head"]["bias"][index])) <= 1e-4
    assert only((out / "overlays").iterdir()).name.endswith("side-by-side.jpg")


def test_attention():
    out, _ = recipe("attention")
    assert len(list((out / "overlays").iterdir())) == 2
    report = json.loads(only((out / "reports").iterdir()).read_text())
    assert {e["method"] for e in report["explanations"]} == {"attention"}
    assert {e["layer"] for e in report["explanations"]} == {"block1_attention", "block2_attention"}


def test_exports_are_what_the_exporter_takes():
    """Networks of these sizes are exported by other checks; here their options must be right."""
    from camaudit_export import arguments

    exports = [shlex.split(c)[2:] for c in COMMANDS if c.startswith("./camaudit export ")]
    assert len(exports) == 3
    for options in exports:
        arguments.parse(options)
    # They import torch, which is not here.
    torch = [shlex.split(c)[1:] for c in COMMANDS if c.startswith("python ")]
    assert len(torch) == 2
    for script, *options in torch:
        source = (HOME / script).read_text()
        assert all(f'"{option}"' in source for option in options if option.startswith("--"))
