"""LibraGrad's gradients: where they are taken, and that they share out the logit, as the paper proves."""

import pathlib

import keras
import numpy as np
import onnx
import pytest
import tensorflow as tf

from camaudit_export import testing
from camaudit_export.balancing import held_tensors, with_held
from camaudit_export.cli import main
from camaudit_export.export import export_model
from camaudit_export.freezing import FrozenForward
from camaudit_export.pair_graph import METHODS
from camaudit_export.saved_model import ExportedModel

FILES = pathlib.Path(__file__).parent / "onnx"
T, C = 5, 4


def matrix(seed, rows=C, columns=C):
    return tf.constant(np.random.default_rng(seed).normal(size=(rows, columns)), tf.float32)


def frozen_of(network):
    """`FrozenForward` of tokens `(N, T, C)`, what a network makes of them, and its mean times weights."""
    with tf.Graph().as_default() as graph:
        pictures = tf.compat.v1.placeholder(tf.float32, [None, T, C], name="pictures")
        tokens = tf.matmul(pictures, matrix(0), name="tokens")
        tf.matmul(tf.reduce_mean(network(tokens), axis=1), matrix(1, C, 3), name="logits")
    return FrozenForward(graph.as_graph_def(), {}, "pictures:0", "logits:0", {"tokens": "tokens:0"})


def shared_out(frozen, graph_def):
    """Sum of x dy/dx over the pictures' values, and y, for each of two pictures and three logits."""
    pictures = np.float32(np.random.default_rng(2).normal(size=(2, T, C)))
    with tf.Graph().as_default() as graph, tf.compat.v1.Session(graph=graph) as session:
        tf.graph_util.import_graph_def(graph_def, name="")
        x, logits = (graph.get_tensor_by_name(name) for name in (frozen.images, frozen.logits))
        sums = [tf.reduce_sum(x * tf.gradients(logits[:, k], x)[0], axis=(1, 2)) for k in range(3)]
        return session.run([tf.stack(sums, axis=1), logits], {x: pictures})


def centred(x):
    return x - tf.reduce_mean(x, -1, keepdims=True)


def variance(x):
    return tf.reduce_mean(tf.square(centred(x)), -1, keepdims=True) + 1e-3


def attention(x):
    query, key, value = (x @ matrix(seed) for seed in (3, 4, 5))
    return tf.matmul(tf.nn.softmax(tf.matmul(query, key, transpose_b=True)), value)


FACTORS = {
    "attention": attention,
    "attention guarded as PyTorch does": lambda x: tf.matmul(
        tf.where(tf.math.is_nan(x @ tf.transpose(x, [0, 2, 1])), 0.0, tf.nn.softmax(x @ tf.transpose(x, [0, 2, 1]))), x
    ),
    "layer norm by its reciprocal": lambda x: centred(x) * tf.math.rsqrt(variance(x)),
    "layer norm by division": lambda x: centred(x) / tf.sqrt(variance(x)),
    "layer norm of TensorFlow": lambda x: tf.nn.batch_normalization(
        x, *tf.nn.moments(x, [-1], keepdims=True), None, matrix(6, 1, C), 1e-3
    ),
    "root mean square": lambda x: x * tf.math.rsqrt(tf.reduce_mean(x * x, -1, keepdims=True) + 1e-3) * matrix(6, 1, C),
    "gelu": tf.nn.gelu,
    "gelu by tanh": lambda x: tf.nn.gelu(x, approximate=True),
    "silu": lambda x: x * tf.sigmoid(x),
    "mish": lambda x: x * tf.tanh(tf.math.softplus(x)),
    "squeeze and excitation": lambda x: x * tf.sigmoid(tf.reduce_mean(x, axis=1, keepdims=True) @ matrix(6)),
    "a block": lambda x: x + tf.nn.gelu(centred(x + attention(x)) / tf.sqrt(variance(x))) @ matrix(6),
}


@pytest.mark.parametrize("name", FACTORS)
def test_factors_are_held_however_they_are_spelled(name):
    """Without anything added, the logit is shared out among the picture's values; by the plain gradient it is not."""
    frozen = frozen_of(lambda x: FACTORS[name](tf.nn.relu(x)))
    held = held_tensors(frozen)
    sums, logits = shared_out(frozen, with_held(frozen.graph, held))
    np.testing.assert_allclose(sums, logits, rtol=1e-4, atol=1e-5)
    plain, same = shared_out(frozen, frozen.graph)
    np.testing.assert_array_equal(same, logits)
    assert np.abs(plain - logits).max() > 1e-2 * np.abs(logits).max()


@pytest.mark.parametrize(
    "network",
    [
        pytest.param(lambda x: tf.nn.silu(x @ matrix(3)) * (x @ matrix(4)), id="a gate of two projections"),
        pytest.param(lambda x: tf.tanh(x) @ matrix(3), id="an activation that is no product"),
        pytest.param(lambda x: x + tf.sigmoid(x), id="a factor that is added"),
        pytest.param(lambda x: tf.nn.elu(attention(x)), id="an exponential"),
        pytest.param(lambda x: x / tf.nn.relu(x + 9) * tf.sigmoid(x), id="a divisor that is not held"),
        pytest.param(lambda x: x @ matrix(3), id="nothing to hold"),
        pytest.param(
            lambda x: tf.sigmoid(x) * (x.graph.get_tensor_by_name("pictures:0") @ matrix(3)),
            id="a layer of factors alone",
        ),
    ],
)
def test_there_are_none_where_the_logit_would_not_be_shared_out(network):
    assert held_tensors(frozen_of(network)) == ()


def test_there_are_none_where_they_would_be_the_plain_ones(tmp_path):
    """Between the tokens that the head takes the mean of and the logits nothing is held; nor are there any of a CNN."""
    for name, model in (("mean", testing.build_tiny_transformer(pooled=True)), ("cnn", testing.build_tiny_model())):
        exported = export_model(model, tmp_path / name, testing.preprocessing(), labels=testing.LABELS)
        assert [method["name"] for method in exported.card["methods"]] == list(METHODS)


def test_the_cells_of_a_keras_model_add_up_to_the_logit(tmp_path):
    """At the only block of a transformer whose tokens are not added to what it makes of them, without biases."""
    keras.utils.set_random_seed(4)
    inputs = keras.Input((32, 48, 3))
    x = keras.layers.Reshape((24, 16))(keras.layers.Conv2D(16, 8, strides=8)(inputs))
    x = keras.layers.MultiHeadAttention(2, 8, use_bias=False, name="mixed")(x, x)
    x = keras.layers.LayerNormalization(center=False)(x)
    x = keras.layers.Dense(16, "gelu", use_bias=False)(x)
    x = keras.layers.Dense(16, "silu", use_bias=False)(x)
    outputs = keras.layers.Dense(3, use_bias=False)(keras.layers.GlobalAveragePooling1D()(x))
    model = keras.Model(inputs, outputs)
    export_model(model, tmp_path / "m", testing.preprocessing(), layers=["all-blocks"], labels=testing.LABELS)
    assert_cells_add_up(tmp_path / "m", "mixed", (32, 48))


def test_the_cells_of_a_pytorch_model_add_up_to_the_logit(tmp_path):
    """At the cells that a query gathers, a norm and a GELU behind it, its biases set to 0."""
    model = onnx.load(FILES / "gathered.onnx")
    for tensor in model.graph.initializer:
        if tensor.name.startswith(("attn_pool", "fc_norm", "head")) and tensor.name.endswith("bias"):
            zero = onnx.numpy_helper.from_array(np.zeros_like(onnx.numpy_helper.to_array(tensor)), tensor.name)
            tensor.CopyFrom(zero)
    # What PyTorch computed with the biases is no reference for it.
    del model.metadata_props[:]
    onnx.save(model, tmp_path / "gathered.onnx")
    arguments = ["--onnx", str(tmp_path / "gathered.onnx"), "--preprocessing", "torch"]
    assert main([*arguments, "--output", str(tmp_path / "m")]) == 0
    assert_cells_add_up(tmp_path / "m", "tokens", (24, 40))


def assert_cells_add_up(directory, layer, sides):
    feeds = {
        "images": np.random.default_rng(6).normal(size=(2, *sides, 3)).astype(np.float32),
        "image_index": [0, 0, 1, 1],
        "targets": [0, 1, 1, 2],
    }
    with ExportedModel(directory) as session:
        sums = {}
        for method in ("hirescam", "libra-hirescam"):
            got = session.run(method, ["score", f"map/{layer}"], **feeds)
            sums[method] = got[f"map/{layer}"].sum(axis=(1, 2))
    score = got["score"]
    np.testing.assert_allclose(sums["libra-hirescam"], score, rtol=1e-4, atol=1e-4 * np.abs(score).max())
    assert np.abs(sums["hirescam"] - score).max() > 1e-2 * np.abs(score).max()
