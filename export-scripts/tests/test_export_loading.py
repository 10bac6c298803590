"""Model files of Keras 2 and 3, with own layers and Python code inside, and files that are no models."""

import os
import subprocess
import sys
import warnings
import zipfile
from pathlib import Path

import keras
import numpy as np
import pytest
import tensorflow as tf
import tf_keras

from camaudit_export import loading
from camaudit_export.errors import ExportError, UsageError
from camaudit_export.export import export_model
from camaudit_export.normalization import Normalization
from camaudit_export.preprocessing import Preprocessing
from camaudit_export.saved_model import ExportedModel

SCRIPTS = Path(__file__).parents[1]


def old_model(**dense):
    """A model of Keras 2: functions as layers, a nested model, an activation that Keras 3 computes otherwise."""
    tf_keras.utils.set_random_seed(4)
    pixels = tf_keras.Input((32, 32, 3))
    x = tf_keras.layers.Conv2D(8, 3, strides=2, use_bias=False)(pixels)
    x = tf_keras.layers.BatchNormalization()(x)
    stem = tf_keras.Model(pixels, tf_keras.layers.Activation("hard_sigmoid", name="gate")(x), name="stem")
    inputs = tf_keras.Input((32, 32, 3))
    x = stem(inputs / 127.5 - 1.0)
    x = tf.nn.relu6(tf_keras.layers.Conv2D(8, 3, padding="same", name="body")(x)) + x
    x = tf_keras.layers.Dropout(0.3)(tf_keras.layers.GlobalAveragePooling2D()(x))
    return tf_keras.Model(inputs, tf_keras.layers.Dense(3, **dense)(x))


def maps_of_keras_2(model, end, pictures, classes):
    """Grad-CAM by GradientTape on the model of Keras 2 itself."""
    parts = tf_keras.Model(model.inputs, [end, model.output])
    with tf.GradientTape() as tape:
        activations, scores = parts(pictures, training=False)
        tape.watch(activations)
        activations, scores = parts(pictures, training=False)
        selected = tf.reduce_sum(tf.gather(scores, classes, axis=1, batch_dims=1))
    gradient = tape.gradient(selected, activations)
    return scores, tf.reduce_sum(tf.reduce_mean(gradient, (1, 2), keepdims=True) * activations, -1)


@pytest.mark.parametrize("form", ["h5", "keras", "savedmodel"])
def test_a_file_of_keras_2_is_exported_with_its_own_maps(tmp_path, form):
    model = old_model()
    file = tmp_path / f"old.{form}"
    model.save(file, save_format="tf" if form == "savedmodel" else None)
    loaded = loading.load_model(file)
    end = model.layers[-4].output
    exported = export_model(loaded, tmp_path / "m", Preprocessing(Normalization("none")))
    pictures = np.random.default_rng(3).uniform(0, 255, (2, 32, 32, 3)).astype(np.float32)
    scores, maps = maps_of_keras_2(model, end, pictures, [0, 2])
    with ExportedModel(tmp_path / "m") as session:
        name = exported.card["defaultLayer"]
        got = session.run("gradcam", ["logits", f"map/{name}"], images=pictures, image_index=[0, 1], targets=[0, 2])
    np.testing.assert_allclose(got["logits"], scores, atol=1e-5)
    np.testing.assert_allclose(got[f"map/{name}"], maps, atol=1e-5)


OWN_LAYER = """
from tensorflow import keras

class Scaled(keras.layers.Layer):
    def call(self, inputs):
        return inputs * 0.5
"""

MAKE = """
import os, sys
os.environ["TF_USE_LEGACY_KERAS"] = sys.argv[1]
import tensorflow as tf
sys.path.insert(0, sys.argv[2])
from tensorflow import keras
import own_layers
inputs = keras.Input((16, 16, 3))
x = own_layers.Scaled()(keras.layers.Conv2D(4, 3)(inputs))
x = keras.layers.GlobalAveragePooling2D()(x)
keras.Model(inputs, keras.layers.Dense(2)(x)).save(sys.argv[3])
"""


def export(*arguments, cwd):
    environment = {**os.environ, "PYTHONPATH": str(SCRIPTS), "CAMAUDIT_COMMAND": "camaudit export"}
    command = [sys.executable, "-m", "camaudit_export", "--preprocessing", "none", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, env=environment)


@pytest.mark.parametrize(("legacy", "module"), [("1", "own_layers"), ("0", "own_layers.py")])
def test_own_layers_come_from_the_module_that_is_named(tmp_path, legacy, module):
    (tmp_path / "own_layers.py").write_text(OWN_LAYER)
    file = tmp_path / "own.keras"
    subprocess.run([sys.executable, "-c", MAKE, legacy, tmp_path, file], check=True, capture_output=True)
    refused = export("--keras-model", file, "--output", "m", cwd=tmp_path)
    assert refused.returncode == 3
    (sentence,) = refused.stderr.strip().splitlines()
    assert sentence.startswith("camaudit export: ")
    assert '"Scaled" is not one of Keras' in sentence and "--import MODULE" in sentence
    done = export("--keras-model", file, "--import", module, "--output", "m", cwd=tmp_path)
    assert done.returncode == 0, done.stderr


def test_python_code_inside_a_file_runs_only_when_trusted(tmp_path):
    for kit in (keras, tf_keras):
        for suffix in ("keras", "h5"):
            inputs = kit.Input((16, 16, 3))
            x = kit.layers.Lambda(lambda pixels: pixels / 255.0)(inputs)
            x = kit.layers.GlobalAveragePooling2D()(kit.layers.Conv2D(4, 3)(x))
            file = tmp_path / f"{kit.__name__}.{suffix}"
            kit.Model(inputs, kit.layers.Dense(2)(x)).save(file)
            with pytest.raises(ExportError, match=r"Lambda layer, which is Python code.*--trust"):
                loading.load_model(file)
            assert loading.load_model(file, trust=True).output_shape == (None, 2)


def test_weights_of_another_network_are_refused_in_one_line(tmp_path):
    inputs = keras.Input((32, 32, 3))
    x = keras.layers.GlobalAveragePooling2D()(keras.layers.Conv2D(4, 3)(inputs))
    keras.Model(inputs, keras.layers.Dense(3)(x)).save_weights(tmp_path / "other.weights.h5")
    given = ["--architecture", "MobileNetV2", "--weights", "other.weights.h5", "--output", "m"]
    command = [sys.executable, "-m", "camaudit_export", *given]
    environment = {**os.environ, "PYTHONPATH": str(SCRIPTS), "CAMAUDIT_COMMAND": "camaudit export"}
    refused = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, env=environment)
    assert refused.returncode == 3
    (sentence,) = refused.stderr.strip().splitlines()
    assert sentence.startswith("camaudit export: MobileNetV2 with weights other.weights.h5: ")


def test_of_a_layer_that_cannot_be_made_the_reason_is_said(tmp_path):
    inputs = keras.Input((16, 16, 3))
    x = keras.layers.GlobalAveragePooling2D()(keras.layers.Conv2D(4, 3)(inputs))
    keras.Model(inputs, keras.layers.Dense(3)(x)).save(tmp_path / "whole.keras")
    with zipfile.ZipFile(tmp_path / "whole.keras") as whole, zipfile.ZipFile(tmp_path / "newer.keras", "w") as newer:
        for name in whole.namelist():
            newer.writestr(name, whole.read(name).replace(b'"filters": 4', b'"filters": 4, "novel_argument": 1'))
    with pytest.raises(ExportError) as refused:
        loading.load_model(tmp_path / "newer.keras")
    assert str(refused.value).count("\n") == 0
    assert "novel_argument" in str(refused.value) and "config=" not in str(refused.value)


def test_warnings_are_said_once_a_kind(capsys):
    with loading.warnings_once():
        for name in ("'a'", "'b'"):
            warnings.warn(f"Skipping {name}. More follows", UserWarning, stacklevel=1)
        warnings.warn("Something else", UserWarning, stacklevel=1)
    assert [line.split("note: ")[1] for line in capsys.readouterr().err.splitlines()] == [
        "Skipping 'a'",
        "Something else",
    ]
    with pytest.raises(ValueError, match="the reason"), loading.warnings_once():
        warnings.warn("not said", UserWarning, stacklevel=1)
        raise ValueError("the reason")
    assert capsys.readouterr().err == ""


def test_files_that_are_no_models_are_refused_in_a_sentence(tmp_path):
    (tmp_path / "text.keras").write_text("hello")
    (tmp_path / "folder").mkdir()
    old_model().save_weights(tmp_path / "weights.h5")
    tf.saved_model.save(tf.Module(), str(tmp_path / "plain"))
    for name, words in [
        ("text.keras", "neither a .keras nor an HDF5 file"),
        ("folder", "it is a directory"),
        ("weights.h5", "it holds weights alone"),
        ("plain", "a SavedModel without Keras' layers"),
    ]:
        with pytest.raises(ExportError, match=words):
            loading.load_model(tmp_path / name)
    with pytest.raises(UsageError, match=r"--import nowhere: cannot be imported"):
        loading._own_objects(["nowhere"], old=False)
