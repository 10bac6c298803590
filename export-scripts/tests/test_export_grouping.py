"""Grouped convolutions of every kind, against Keras' own."""

import os
import subprocess
import sys

import keras
import numpy as np
import pytest

from camaudit_export.export import export_model
from camaudit_export.normalization import Normalization
from camaudit_export.preprocessing import Preprocessing
from camaudit_export.saved_model import ExportedModel


@pytest.mark.parametrize(
    ("groups", "filters", "strides", "padding", "operations"),
    [
        (8, 8, 1, "same", {"DepthwiseConv2dNative": 1}),
        (8, 16, 2, "same", {"DepthwiseConv2dNative": 1}),
        (8, 8, (2, 1), "valid", {"Conv2D": 9}),
        (4, 12, 2, "same", {"Conv2D": 5}),
        (2, 8, 1, "valid", {"Conv2D": 3}),
    ],
)
def test_a_grouped_convolution_becomes_one_that_every_processor_has(
    tmp_path, groups, filters, strides, padding, operations
):
    inputs = keras.Input((24, 24, 3))
    x = keras.layers.Conv2D(8, 3, activation="relu", name="first")(inputs)
    grouped = keras.layers.Conv2D(filters, 3, strides, padding, groups=groups, name="grouped")
    x = keras.layers.BatchNormalization(name="norm")(grouped(x))
    x = keras.layers.GlobalAveragePooling2D()(keras.layers.ReLU(name="last")(x))
    model = keras.Model(inputs, keras.layers.Dense(3)(x))
    random = np.random.default_rng(2)
    for weight in model.weights:
        weight.assign(random.uniform(0.2, 0.9, weight.shape))
    directory = tmp_path / "m"
    exported = export_model(model, directory, Preprocessing(Normalization("tf")), layers=["first", "last"])
    assert max(exported.differences.values()) < 1e-5
    with ExportedModel(directory) as session:
        assert not [op for op in session.operations if "Call" in op.type]
        made = [op.type for op in session.operations if op.name.startswith("forward/")]
    convolutions = {kind: made.count(kind) for kind in ("Conv2D", "DepthwiseConv2dNative") if made.count(kind)}
    assert convolutions == {"Conv2D": 1, **operations}
    pictures = random.uniform(-1, 1, (2, 24, 24, 3)).astype(np.float32)
    with ExportedModel(directory) as session:
        got = session.run("gradcam", ["logits"], images=pictures, image_index=[0, 1], targets=[0, 2])
    np.testing.assert_allclose(got["logits"], model(pictures, training=False), rtol=1e-4, atol=1e-5)


EXPORT_BEFORE_A_GROUPED_CONVOLUTION = """
import sys
if "exporter first" in sys.argv:
    import camaudit_export
import keras
from camaudit_export.errors import ExportError
from camaudit_export.export import export_model
from camaudit_export.normalization import Normalization
from camaudit_export.preprocessing import Preprocessing

inputs = keras.Input((16, 16, 3))
x = keras.layers.Conv2D(8, 3, activation="relu", name="first")(inputs)
x = keras.layers.Conv2D(8, 3, groups=8, name="grouped")(x)
model = keras.Model(inputs, keras.layers.Dense(3)(keras.layers.GlobalAveragePooling2D()(x)))
try:
    export_model(model, sys.argv[1], Preprocessing(Normalization("tf")), layers=["first"])
except ExportError as error:
    print(error)
"""


@pytest.mark.parametrize(
    ("onednn", "order", "said"),
    [(None, "exporter first", ""), ("0", "keras first", "grouped convolutions on this processor without oneDNN: set")],
)
def test_gradients_of_grouped_convolutions_want_onednn(tmp_path, onednn, order, said):
    env = {name: value for name, value in os.environ.items() if name != "TF_ENABLE_ONEDNN_OPTS"}
    if onednn:
        env["TF_ENABLE_ONEDNN_OPTS"] = onednn
    done = subprocess.run(
        [sys.executable, "-c", EXPORT_BEFORE_A_GROUPED_CONVOLUTION, tmp_path / "m", order],
        env=env,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert said in done.stdout
    assert (tmp_path / "m/saved_model.pb").exists() != bool(said)
