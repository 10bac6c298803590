"""The commands of docs/recipes.md, run as they stand there, and the pixels of keras.io's recipe."""

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


def test_depth():
    recipe("depth")
    (query,) = re.findall(r"```python\n(.+?)```", PAGE, re.DOTALL)
    done = subprocess.run([sys.executable, "-c", query], cwd=HOME, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "conv2_block1_out" in done.stdout


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
