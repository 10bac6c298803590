"""What goes in: preprocessing of pictures of any size, labels, command line."""

import json
import subprocess
import sys
from pathlib import Path

import keras
import numpy as np
import pytest
import tensorflow as tf

from camaudit_export import testing
from camaudit_export.export import export_model
from camaudit_export.normalization import Normalization
from camaudit_export.preprocessing import Preprocessing

SCRIPTS = Path(__file__).parents[1]
SIZE = testing.SIZE


def preprocess(directory, picture):
    with tf.compat.v1.Session(graph=tf.Graph()) as session:
        meta = tf.compat.v1.saved_model.load(session, ["serve"], str(directory))
        signature = meta.signature_def["preprocess"]
        return session.run(signature.outputs["input"].name, {signature.inputs["image"].name: picture})


def expected(picture, preprocessing):
    """The same with NumPy's slicing and the public functions of TensorFlow and Keras."""
    height, width = picture.shape[:2]
    if preprocessing.geometry == "stretch":
        square = tf.image.resize(picture, (SIZE, SIZE)).numpy()
    elif preprocessing.geometry == "crop":
        shorter, resize = min(height, width), preprocessing.resize[0]
        new = (height * resize // shorter, width * resize // shorter)
        top, left = (new[0] - SIZE) // 2, (new[1] - SIZE) // 2
        square = tf.image.resize(picture, new).numpy()[top : top + SIZE, left : left + SIZE]
    else:
        longer = max(height, width)
        new = (max(1, height * SIZE // longer), max(1, width * SIZE // longer))
        top, left = (SIZE - new[0]) // 2, (SIZE - new[1]) // 2
        square = np.tile(np.array(preprocessing.fill, np.float32), (SIZE, SIZE, 1))
        square[top : top + new[0], left : left + new[1]] = tf.image.resize(picture, new).numpy()
    return keras.applications.imagenet_utils.preprocess_input(
        square.astype(np.float32), mode=preprocessing.normalization.mode
    )


@pytest.mark.parametrize("mode", ["caffe", "tf", "torch"])
@pytest.mark.parametrize("geometry", ["stretch", "crop", "letterbox"])
def test_preprocess_does_what_training_did(tmp_path, geometry, mode):
    extra = {"crop": {"resize": (36, 36)}, "letterbox": {"fill": (124, 116, 104)}}.get(geometry, {})
    preprocessing = Preprocessing(Normalization(mode), geometry, **extra)
    export_model(testing.build_tiny_model(), tmp_path / "m", preprocessing, layers=["auto"])
    random = np.random.default_rng(1)
    for shape in [(48, 64), (97, 31), (1, 1), (3, 200), (SIZE, SIZE)]:
        picture = random.integers(0, 256, (*shape, 3), dtype=np.uint8)
        got = preprocess(tmp_path / "m", picture)
        assert got.shape == (SIZE, SIZE, 3)
        np.testing.assert_allclose(got, expected(picture, preprocessing), atol=5e-3 if mode == "caffe" else 5e-5)


def run(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "camaudit_export", *map(str, arguments)], cwd=SCRIPTS, capture_output=True, text=True
    )


@pytest.fixture
def own_model(tmp_path):
    testing.build_tiny_model().save(tmp_path / "own.keras")
    return tmp_path / "own.keras"


def test_command_line_exports_a_model_of_ones_own(tmp_path, own_model):
    (tmp_path / "labels.txt").write_text("tabby cat\ndog\nfish\n")
    done = run(
        "--keras-model",
        own_model,
        "--preprocessing",
        "tf",
        "--labels",
        tmp_path / "labels.txt",
        "--output",
        tmp_path / "m",
    )
    assert done.returncode == 0, done.stderr
    card = json.loads((tmp_path / "m/assets.extra/model-card.json").read_text())
    assert card["contractVersion"] == 2
    assert [label["names"][0] for label in card["labels"]] == ["tabby cat", "dog", "fish"]
    assert card["defaultLayer"] == "block2_out"
    (layer,) = card["layers"]
    centers = layer.pop("centers")
    assert layer == {"name": "block2_out", "height": 8, "width": 8, "channels": 12}
    assert [len(centers["y"]), len(centers["x"])] == [8, 8]
    again = run("--keras-model", own_model, "--preprocessing", "tf", "--output", tmp_path / "m")
    assert again.returncode == 2
    assert "overwrite" in again.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["--architecture", "ResNet5O", "--output", "m"], 2, "ResNet50"),
        (
            ["--keras-model", "MODEL", "--preprocessing", "tf", "--layers", "block3_out", "--output", "m"],
            2,
            "block2_out",
        ),
        (["--keras-model", "missing.keras", "--preprocessing", "tf", "--output", "m"], 2, "missing.keras"),
        (["--keras-model", "MODEL", "--preprocessing", "tf", "--labels", "none.txt", "--output", "m"], 2, "none.txt"),
    ],
)
def test_mistakes_get_a_sentence_and_no_stack_trace(tmp_path, own_model, arguments, code, sentence):
    known = {"MODEL": own_model, "m": tmp_path / "m"}
    done = run(*(known.get(argument, argument) for argument in arguments))
    assert done.returncode == code, done.stderr
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "m").exists()


def test_help_and_version():
    assert "--architecture" in run("--help").stdout
    assert run("--version").stdout.strip()
