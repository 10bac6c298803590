"""A tiny classifier with a known head, for tests here and in Java.

    python -m camaudit_export.testing OUTPUT [stretch|crop|letterbox|multi-label|transformer]

exports it: 32 x 32 pixels, three classes, random weights, a softmax, and the layers
`block1_out` (16 x 16 x 8) and `block2_out` (8 x 8 x 12), the latter under average pool and dense.
The multi-label one takes grey pictures of 40 x 24 pixels (w x h) and ends in a sigmoid a class. The
transformer takes RGB ones of 48 x 32 in patches of 8 and has the blocks `block1_attention` and
`block2_attention`, 4 x 6 x 16.
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


@keras.saving.register_keras_serializable("camaudit")
class ClassToken(keras.layers.Layer):
    """Puts a token of its own before the others."""

    def build(self, shape):
        self.token = self.add_weight(shape=(1, 1, shape[-1]), initializer="random_normal", name="token")

    def call(self, tokens):
        own = keras.ops.broadcast_to(self.token, (keras.ops.shape(tokens)[0], 1, tokens.shape[-1]))
        return keras.ops.concatenate([own, tokens], axis=1)


@keras.saving.register_keras_serializable("camaudit")
class Place(keras.layers.Layer):
    """Adds to each token what stands for its place."""

    def build(self, shape):
        self.table = self.add_weight(shape=shape[1:], initializer=keras.initializers.RandomNormal(0, 0.5), name="table")

    def call(self, tokens):
        return tokens + self.table


def build_tiny_transformer(seed=3, pooled=False):
    """Builds a vision transformer of two blocks whose head reads a class token, or the mean of all tokens."""
    keras.utils.set_random_seed(seed)
    inputs = keras.Input((SIZE, 48, 3), name="picture")
    x = keras.layers.Conv2D(16, 8, strides=8, name="patches")(inputs)
    x = keras.layers.Reshape((24, 16), name="cells")(x)
    x = Place(name="place")(x if pooled else ClassToken(name="class_token")(x))
    for block in ("block1", "block2"):
        normal = keras.layers.LayerNormalization(name=f"{block}_norm1")(x)
        x = x + keras.layers.MultiHeadAttention(2, 8, name=f"{block}_attention")(normal, normal)
        normal = keras.layers.LayerNormalization(name=f"{block}_norm2")(x)
        hidden = keras.layers.Dense(32, activation="gelu", name=f"{block}_mlp1")(normal)
        x = x + keras.layers.Dense(16, name=f"{block}_mlp2")(hidden)
    x = keras.layers.LayerNormalization(name="norm")(x)
    x = keras.layers.GlobalAveragePooling1D(name="mean")(x) if pooled else x[:, 0]
    outputs = keras.layers.Dense(3, activation="softmax", name="predictions")(x)
    model = keras.Model(inputs, outputs, name="transformer")
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
    several, attends = geometry == "multi-label", geometry == "transformer"
    if attends:
        model = build_tiny_transformer()
    else:
        model = build_tiny_model(shape=(24, 40, 1), activation="sigmoid") if several else build_tiny_model()
    export_model(
        model,
        output,
        preprocessing("letterbox" if several else "stretch" if attends else geometry),
        source="camaudit_export.testing",
        weights="random, seed 3",
        layers=["all-blocks"] if attends else ["block1_out", "block2_out"],
        labels=LABELS,
        overwrite=True,
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
