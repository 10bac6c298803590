"""Centres of receptive fields of convolutions of ones, whose paddings give them by hand."""

import json

import keras
import numpy as np
import pytest

from camaudit_export.export import export_model
from camaudit_export.normalization import Normalization
from camaudit_export.preprocessing import Preprocessing


@pytest.fixture(scope="module")
def layers(tmp_path_factory):
    inputs = keras.Input((32, 24, 3))
    x = keras.layers.Conv2D(4, 3, 2, "same", kernel_initializer="ones", name="same")(inputs)
    x = keras.layers.ZeroPadding2D(1)(x)
    x = keras.layers.Conv2D(5, 3, 2, "valid", kernel_initializer="ones", name="around")(x)
    x = keras.layers.Dense(3)(keras.layers.GlobalAveragePooling2D()(x))
    output = tmp_path_factory.mktemp("receptive") / "model"
    export_model(keras.Model(inputs, x), output, Preprocessing(Normalization("tf")), layers=["same", "around"])
    card = json.loads((output / "assets.extra/model-card.json").read_text())
    return {layer["name"]: layer["centers"] for layer in card["layers"]}


@pytest.mark.parametrize("axis, side", [("y", 32), ("x", 24)])
def test_padding_at_the_end_moves_cells_down_and_right(layers, axis, side):
    """Cell i covers the pixels 2 i to 2 i + 2, and the last one two of them."""
    want = np.arange(side // 2) * 2 + 1.5
    want[-1] = side - 1
    np.testing.assert_allclose(layers["same"][axis], want, atol=0.01)


@pytest.mark.parametrize("axis, side", [("y", 32), ("x", 24)])
def test_padding_around_leaves_the_next_layer_where_it_is(layers, axis, side):
    """Cell i takes the cells 2 i - 1 to 2 i + 1 of the layer before, and the first one two of them."""
    want = np.arange(side // 4) * 4 + 1.5
    want[0] = (0 + 1 + 2 * 2 + 3 + 4) / 6 + 0.5
    want[-1] = np.dot([6, 5, 4, 3, 2, 1], [1, 1, 2, 1, 2, 1]) / -8 + side + 0.5
    np.testing.assert_allclose(layers["around"][axis], want, atol=0.01)
