"""Transformers: layers, and each method against GradientTape on the Keras model and NumPy, in float64."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from camaudit_export import testing
from camaudit_export.errors import UsageError
from camaudit_export.export import export_model
from camaudit_export.pair_graph import METHODS
from camaudit_export.saved_model import ExportedModel

INDEX = np.array([2, 0, 0, 1], np.int32)
TARGETS = np.array([-1, 2, 0, 1], np.int32)
EXPORT = {"labels": testing.LABELS}
LIBRA = ["libra-gae", "libra-gradcam", "libra-hirescam"]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    directory = tmp_path_factory.mktemp("attention") / "tiny"
    model = testing.build_tiny_transformer()
    exported = export_model(model, directory, testing.preprocessing(), layers=["all-blocks"], **EXPORT)
    with ExportedModel(directory) as session:
        yield model, exported.card, session


def images(count=3):
    return np.random.default_rng(5).uniform(-1, 1, (count, 32, 48, 3)).astype(np.float32)


def run(session, method, keys):
    return session.run(method, keys, images=images(), image_index=INDEX, targets=TARGETS)


def recipe(model, image, target, held=tf.identity):
    """Attentions, normalised tokens and their gradients of one picture, from Keras' own weights, step by step.

    Attentions, the deviations of norms and the gates of activations are what `held` makes of them.
    """
    layer = model.get_layer

    def normalized(name, x):
        norm = layer(name)
        mean, variance = tf.nn.moments(x, -1, keepdims=True)
        return (x - mean) / held(tf.sqrt(variance + norm.epsilon)) * norm.gamma + norm.beta

    with tf.GradientTape() as tape:
        x = layer("place")(layer("class_token")(layer("cells")(layer("patches")(image[None]))))
        seen = []
        for number in (1, 2):
            normal = normalized(f"block{number}_norm1", x)
            tape.watch(normal)
            mixing = layer(f"block{number}_attention")
            query, key, value = (
                tf.einsum("ntc,chd->nhtd", normal, dense.kernel) + dense.bias[:, None]
                for dense in (mixing._query_dense, mixing._key_dense, mixing._value_dense)
            )
            scores = tf.einsum("nhid,nhjd->nhij", query, key) / np.sqrt(query.shape[-1])
            attention = held(tf.nn.softmax(scores))
            tape.watch(attention)
            mixed = tf.einsum("nhij,nhjd->nihd", attention, value)
            dense = mixing._output_dense
            x = x + tf.einsum("nihd,hdc->nic", mixed, dense.kernel) + dense.bias
            dense = layer(f"block{number}_mlp1")
            hidden = normalized(f"block{number}_norm2", x) @ dense.kernel + dense.bias
            x = x + layer(f"block{number}_mlp2")(hidden * held(tf.math.erfc(-hidden / np.sqrt(2)) / 2))
            seen.append((normal, attention))
        features = normalized("norm", x)[:, 0]
        dense = layer("predictions")
        logits = (features @ dense.kernel + dense.bias)[0]
        score = logits[target]
    flat = [tensor for pair in seen for tensor in pair]
    gradients = tape.gradient(score, flat)
    values = [np.float64(tensor[0]) for tensor in flat]
    slopes = [np.float64(tensor[0]) for tensor in gradients]
    return logits.numpy(), values[::2], slopes[::2], values[1::2], slopes[1::2]


def maps_by_formula(model, image, target, depth):
    maps = {}
    for prefix, held in (("", tf.identity), ("libra-", tf.stop_gradient)):
        _, tokens, slopes, attentions, gradients = recipe(model, image, target, held)
        relevance, flow = np.eye(25), np.eye(25)
        for attention, gradient in zip(attentions[:depth], gradients, strict=False):
            relevance = relevance + np.mean(np.maximum(attention * gradient, 0), axis=0) @ relevance
            flow = (0.5 * attention.mean(axis=0) + 0.5 * np.eye(25)) @ flow
        a, g = tokens[depth - 1][1:], slopes[depth - 1][1:]
        maps |= {
            f"{prefix}gae": relevance[0, 1:],
            f"{prefix}gradcam": a @ g.mean(axis=0),
            f"{prefix}hirescam": (a * g).sum(axis=1),
        }
    return maps | {
        "attention": attentions[depth - 1].mean(axis=0)[0, 1:],
        "attention-back": attentions[depth - 1].mean(axis=0)[1:, 0],
        "rollout": flow[0, 1:],
    }


def test_the_card_says_which_methods_there_are(tiny):
    _, card, session = tiny
    methods = [method["name"] for method in card["methods"]]
    assert methods == ["gae", *METHODS, "attention", "attention-back", "rollout", *LIBRA]
    assert {m["name"] for m in card["methods"] if not m.get("classSpecific", True)} == {
        "eigencam",
        "attention",
        "attention-back",
        "rollout",
    }
    assert set(session.signatures) == {"preprocess", "gradients", *methods}
    assert [(layer["name"], layer["height"], layer["width"]) for layer in card["layers"]] == [
        ("block1_attention", 4, 6),
        ("block2_attention", 4, 6),
    ]
    assert card["defaultLayer"] == "block2_attention"


@pytest.mark.parametrize("depth", [1, 2])
def test_maps_are_what_the_papers_say(tiny, depth):
    model, _, session = tiny
    key = f"map/block{depth}_attention"
    chosen = run(session, "gae", ["logits", "target", "score"])
    wanted = [
        maps_by_formula(model, images()[index], target, depth)
        for index, target in zip(INDEX, chosen["target"], strict=True)
    ]
    np.testing.assert_allclose(chosen["logits"][2], recipe(model, images()[2], 0)[0], rtol=1e-5, atol=1e-6)
    for method in wanted[0]:
        want = np.stack([maps[method] for maps in wanted]).reshape(-1, 4, 6)
        got = run(session, method, [key])[key]
        assert np.abs(want).max() > 1e-6
        assert np.abs(got - want).max() <= 1e-5 * np.abs(want).max(), method
    for method in LIBRA:
        plain, balanced = (run(session, name, [key])[key] for name in (method.removeprefix("libra-"), method))
        assert np.abs(balanced - plain).max() > 1e-2 * np.abs(plain).max(), method


def test_attention_and_rollout_look_at_no_target_and_gae_does(tiny):
    _, _, session = tiny
    key = "map/block2_attention"
    maps = {method: run(session, method, [key])[key] for method in ("gae", "attention", "attention-back", "rollout")}
    for method in ("attention", "attention-back", "rollout"):
        np.testing.assert_array_equal(maps[method][1], maps[method][2])
        assert maps[method].min() > 0 and maps[method].max() < 1
        assert method == "attention-back" or maps[method].sum(axis=(1, 2)).max() < 1
    assert np.abs(maps["gae"][1] - maps["gae"][2]).max() > 1e-2 * maps["gae"].max()


def test_by_itself_the_last_block_is_taken_and_named_blocks_are(tmp_path):
    model = testing.build_tiny_transformer()
    auto = export_model(model, tmp_path / "auto", testing.preprocessing(), **EXPORT)
    assert [layer["name"] for layer in auto.card["layers"]] == ["block2_attention"]
    assert auto.notes == []
    methods = ("gradcam", "hirescam", "gae", "attention", "attention-back", "rollout", *LIBRA)
    assert set(auto.differences) == {"logits", *(f"{method} maps" for method in methods)}
    assert max(auto.differences.values()) < 1e-5
    with pytest.raises(UsageError, match="block1_attention is a block of a transformer and patches is not"):
        export_model(
            model, tmp_path / "both", testing.preprocessing(), layers=["block1_attention", "patches"], **EXPORT
        )
    patches = export_model(model, tmp_path / "patches", testing.preprocessing(), layers=["patches"], **EXPORT)
    assert [method["name"] for method in patches.card["methods"]] == list(METHODS)
    assert "lies before the model's attention" in patches.notes[0]


def test_a_mean_over_tokens_has_the_family_of_cam_where_it_reads_them(tmp_path):
    """Grad-CAM is the closed form of a head that averages: what each token adds to the logit."""
    model = testing.build_tiny_transformer(pooled=True)
    exported = export_model(model, tmp_path / "mean", testing.preprocessing(), **EXPORT)
    assert [(layer["name"], layer["height"], layer["width"]) for layer in exported.card["layers"]] == [("tokens", 4, 6)]
    assert [method["name"] for method in exported.card["methods"]] == list(METHODS)
    with ExportedModel(tmp_path / "mean") as session:
        got = run(session, "gradcam", ["score", "target", "map/tokens"])
        bias = model.get_layer("predictions").bias.numpy()[got["target"]]
        np.testing.assert_allclose(got["map/tokens"].sum(axis=(1, 2)), got["score"] - bias, rtol=1e-4, atol=1e-5)


def test_windows_are_not_taken_for_attention_over_the_picture(tmp_path):
    """Two windows of 2 x 4 cells, then one over all 4 x 4: it alone looks like attention over the picture."""
    keras.utils.set_random_seed(8)
    inputs = keras.Input((32, 32, 3))
    x = keras.layers.Conv2D(16, 8, strides=8, name="patches")(inputs)
    x = keras.layers.Reshape((16, 16))(x)
    windows = Folded((8, 16))(x)
    windows = keras.layers.MultiHeadAttention(2, 8, name="windowed")(windows, windows)
    x = keras.layers.Add()([x, Folded((16, 16))(windows)])
    x = keras.layers.Add()([x, keras.layers.MultiHeadAttention(2, 8, name="whole")(x, x)])
    model = keras.Model(inputs, keras.layers.Dense(3)(keras.layers.GlobalAveragePooling1D()(x)))
    exported = export_model(model, tmp_path / "m", testing.preprocessing(), **EXPORT)
    assert [layer["name"] for layer in exported.card["layers"]] == ["tokens"]
    with pytest.raises(UsageError, match="no residual block"):
        export_model(model, tmp_path / "all", testing.preprocessing(), layers=["all-blocks"], **EXPORT)


class Folded(keras.layers.Layer):
    """Moves windows into the batch, or out of it."""

    def __init__(self, shape):
        super().__init__()
        self.shape = shape

    def call(self, inputs):
        return keras.ops.reshape(inputs, (-1, *self.shape))
