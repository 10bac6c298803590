"""A tiny classifier with a known head, for tests here and in Java.

    python -m camaudit_export.testing OUTPUT [stretch|crop|letterbox|multi-label]

exports it: 32 x 32 pixels, three classes, random weights, a softmax, and the layers
`block1_out` (16 x 16 x 8) and `block2_out` (8 x 8 x 12), the latter under average pool and dense.
The multi-label one takes grey pictures of 40 x 24 pixels (w x h) and ends in a sigmoid a class.
"""

import sys

import keras
import numpy as np

from camaudit_export.export import export_model
from camaudit_export.normalization import Normalization
from camaudit_export.preprocessing import Preprocessing

SIZE = 32
LABELS = [
    {"index": 0, "id": "n02121808", "names": ["cat", "house cat"]},
    {"index": 1, "id": "n02084071", "names": ["dog"]},
    {"index": 2, "id": "n02512053", "names": ["fish"]},
]


def build_tiny_model(seed=3, shape=(SIZE, SIZE, 3), activation="softmax"):
    """Builds the model: a convolution block, a residual block with batch norm, a softmax or sigmoids."""
    keras.utils.set_random_seed(seed)
    inputs = keras.Input(shape, name="picture")
    x = _convolution(inputs, 8, "block1", strides=2)
    shortcut = x = keras.layers.ReLU(name="block1_out")(x)
    x = _convolution(x, 12, "block2_1", strides=2)
    x = keras.layers.ReLU(name="block2_1_relu")(x)
    x = _convolution(x, 12, "block2_2")
    shortcut = keras.layers.Conv2D(12, 1, strides=2, name="block2_0_conv")(shortcut)
    x = keras.layers.Add(name="block2_add")([shortcut, x])
    x = keras.layers.ReLU(name="block2_out")(x)
    x = keras.layers.GlobalAveragePooling2D(name="avg_pool")(x)
    outputs = keras.layers.Dense(3, activation=activation, name="predictions")(x)
    model = keras.Model(inputs, outputs, name="tiny")
    randomize(model, seed)
    return model


def randomize(model, seed):
    """Gives biases and batch norms values that no folding can mistake for 0 or 1."""
    random = np.random.default_rng(seed)
    ranges = {"gamma": (0.5, 1.5), "moving_variance": (0.5, 2.0)}
    for weight in model.weights:
        if weight.name in ("gamma", "moving_variance", "beta", "moving_mean", "bias"):
            weight.assign(random.uniform(*ranges.get(weight.name, (-0.5, 0.5)), weight.shape))


def preprocessing(geometry="stretch"):
    """Preprocessing with the given geometry; pixels from -1 to 1."""
    normalization = Normalization("tf")
    if geometry == "crop":
        return Preprocessing(normalization, "crop", resize=(36, 36))
    if geometry == "letterbox":
        return Preprocessing(normalization, "letterbox", fill=(124, 116, 104))
    return Preprocessing(normalization)


def _convolution(x, filters, name, strides=1):
    x = keras.layers.Conv2D(filters, 3, strides, padding="same", use_bias=False, name=name + "_conv")(x)
    return keras.layers.BatchNormalization(name=name + "_bn")(x)


def main(output, geometry="stretch"):
    """Exports the model, replacing an earlier one at `output`."""
    several = geometry == "multi-label"
    model = build_tiny_model(shape=(24, 40, 1), activation="sigmoid") if several else build_tiny_model()
    export_model(
        model,
        output,
        preprocessing("letterbox" if several else geometry),
        source="camaudit_export.testing",
        weights="random, seed 3",
        layers=["block1_out", "block2_out"],
        labels=LABELS,
        overwrite=True,
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
