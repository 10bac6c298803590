"""Heads, and what the export tells: yes or no, log softmax, pixels normalised twice, maps before attention."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from camaudit_export.errors import ExportError, UsageError
from camaudit_export.export import export_model
from camaudit_export.normalization import Normalization
from camaudit_export.preprocessing import Preprocessing
from camaudit_export.saved_model import ExportedModel

SIZE = 24
PLAIN = Preprocessing(Normalization("none"))
PICTURES = np.random.default_rng(6).uniform(-1, 1, (2, SIZE, SIZE, 3)).astype(np.float32)


def model_with(head, first=None):
    keras.utils.set_random_seed(12)
    inputs = keras.Input((SIZE, SIZE, 3))
    x = first(inputs) if first else inputs
    x = keras.layers.Conv2D(6, 5, activation="relu", bias_initializer="ones", name="last")(x)
    return keras.Model(inputs, head(keras.layers.GlobalAveragePooling2D()(x)))


def run(directory, targets):
    with ExportedModel(directory) as session:
        keys = ["logits", "target", "score", "map/last"]
        return session.run("gradcam", keys, images=PICTURES, image_index=[0, 1], targets=targets)


def test_one_sigmoid_becomes_no_and_yes(tmp_path):
    model = model_with(keras.layers.Dense(1, activation="sigmoid", bias_initializer="ones"))
    card = export_model(model, tmp_path / "m", PLAIN).card
    assert (card["classes"], [label["id"] for label in card["labels"]]) == (2, ["no", "yes"])
    got = run(tmp_path / "m", [1, 0])
    yes = model(PICTURES).numpy()
    np.testing.assert_allclose(tf.nn.softmax(got["logits"]), np.concatenate([1 - yes, yes], axis=1), atol=1e-6)
    kernel, bias = (weight.numpy() for weight in model.layers[-1].weights)
    activations = keras.Model(model.input, model.get_layer("last").output)(PICTURES).numpy()
    # The class activation map of the head's weights: half of it for yes, minus half of it for no.
    cam = activations @ kernel[:, 0] / np.prod(activations.shape[1:3])
    np.testing.assert_allclose(got["map/last"], [cam[0] / 2, -cam[1] / 2], atol=1e-6)
    assert card["head"]["kind"] == "average-pool-dense"
    np.testing.assert_allclose(card["head"]["bias"], [-bias[0] / 2, bias[0] / 2])


def test_several_sigmoids_are_a_multi_label_model(tmp_path):
    model = model_with(keras.layers.Dense(4, activation="sigmoid", bias_initializer="ones"))
    card = export_model(model, tmp_path / "m", PLAIN).card
    assert card["decision"] == {"kind": "multi-label", "threshold": 0.5}
    assert card["classes"] == 4
    got = run(tmp_path / "m", [3, 0])
    np.testing.assert_allclose(tf.nn.sigmoid(got["logits"]), model(PICTURES), atol=1e-6)
    kernel = model.layers[-1].weights[0].numpy()
    activations = keras.Model(model.input, model.get_layer("last").output)(PICTURES).numpy()
    cam = [activations[0] @ kernel[:, 3], activations[1] @ kernel[:, 0]]
    np.testing.assert_allclose(got["map/last"], np.array(cam) / cam[0].size, atol=1e-6)
    assert export_model(model, tmp_path / "t", PLAIN, threshold=0.3).card["decision"]["threshold"] == 0.3


@pytest.mark.parametrize(("outputs", "kind"), [(1, "yes-no"), (3, "multi-label")])
def test_linear_outputs_are_logits_of_sigmoids_where_the_user_says_so(tmp_path, outputs, kind):
    model = model_with(keras.layers.Dense(outputs, bias_initializer="ones"))
    card = export_model(model, tmp_path / "m", PLAIN, sigmoid=True).card
    assert card["decision"]["kind"] == kind
    got, want = run(tmp_path / "m", [1, 0])["logits"], model(PICTURES).numpy()
    np.testing.assert_allclose(got[:, 1:] - got[:, :1] if outputs == 1 else got, want, atol=1e-6)


def test_what_does_not_go_with_a_head_is_refused(tmp_path):
    with pytest.raises(UsageError, match=r"--threshold 0.4 goes with multi-label models; this one is single-label"):
        export_model(model_with(keras.layers.Dense(3)), tmp_path / "m", PLAIN, threshold=0.4)
    softmax = model_with(keras.layers.Dense(3, activation="softmax"))
    with pytest.raises(UsageError, match=r"--sigmoid: .* ends in a softmax"):
        export_model(softmax, tmp_path / "m", PLAIN, sigmoid=True)
    hidden = model_with(lambda x: keras.layers.Lambda(tf.math.sigmoid)(keras.layers.Dense(3)(x)))
    with pytest.raises(ExportError, match=r"ends in sigmoids inside another layer"):
        export_model(hidden, tmp_path / "m", PLAIN)


def test_labels_of_a_yes_or_no_model_are_two(tmp_path):
    model = model_with(keras.layers.Dense(1, activation="sigmoid"))

    def labels(classes):
        return [{"index": index, "id": f"class {index}", "names": [f"class {index}"]} for index in range(classes)]

    assert len(export_model(model, tmp_path / "m", PLAIN, labels=labels).card["labels"]) == 2


@pytest.mark.parametrize("kind", ["activation", "layer", "function"])
def test_log_softmax_is_taken_off(tmp_path, kind):
    heads = {
        "activation": keras.layers.Dense(3, activation="log_softmax", name="head"),
        "layer": lambda x: keras.layers.Activation("log_softmax")(keras.layers.Dense(3, name="head")(x)),
        "function": lambda x: keras.ops.log_softmax(keras.layers.Dense(3, name="head")(x)),
    }
    model = model_with(heads[kind])
    export_model(model, tmp_path / "m", PLAIN)
    activations = keras.Model(model.input, model.get_layer("last").output)(PICTURES).numpy()
    kernel, bias = (weight.numpy() for weight in model.get_layer("head").weights)
    got = run(tmp_path / "m", [2, 1])
    np.testing.assert_allclose(got["logits"], activations.mean(axis=(1, 2)) @ kernel + bias, atol=1e-6)
    cam = [activations[0] @ kernel[:, 2], activations[1] @ kernel[:, 1]]
    np.testing.assert_allclose(got["map/last"], np.array(cam) / cam[0].size, atol=1e-6)


def test_pixels_normalised_twice_are_told(tmp_path):
    def shifted(pixels):
        return keras.ops.add(keras.ops.multiply(pixels, 1 / 127.5), -1.0)

    dense = keras.layers.Dense(3)
    twice = Preprocessing(Normalization("tf"))
    rescaling = keras.layers.Rescaling(1 / 127.5, -1, name="own")
    (note,) = export_model(model_with(dense, rescaling), tmp_path / "layer", twice).notes
    assert 'own first layer "own" (Rescaling)' in note and "--preprocessing none" in note
    dense = keras.layers.Dense(3)
    (note,) = export_model(model_with(dense, shifted), tmp_path / "answers", twice).notes
    assert "answers nearly the same for all pictures" in note and "--preprocessing none" in note
    for name, first, preprocessing in [
        ("once", None, twice),
        ("inside", shifted, PLAIN),
        ("layer only", rescaling, PLAIN),
    ]:
        assert export_model(model_with(keras.layers.Dense(3), first), tmp_path / name, preprocessing).notes == []


def test_a_map_before_the_attention_is_refused_and_made_when_asked_for(tmp_path):
    keras.utils.set_random_seed(12)
    inputs = keras.Input((SIZE, SIZE, 3))
    # Of pixels up to 255 a softmax is as good as a choice, and its gradient all rounding.
    x = keras.layers.Conv2D(16, 8, strides=8, name="patches")(keras.layers.Rescaling(1 / 255)(inputs))
    x = keras.layers.Reshape((9, 16))(x)
    # Two queries: neither attention of every cell nor one query that gathers them all.
    x = keras.layers.MultiHeadAttention(2, 8)(x[:, :2], x)
    model = keras.Model(inputs, keras.layers.Dense(3)(keras.layers.Flatten()(x)))
    with pytest.raises(UsageError, match=r'"patches" lies before the model\'s attention.*say --layers patches'):
        export_model(model, tmp_path / "m", PLAIN)
    (note,) = export_model(model, tmp_path / "m", PLAIN, layers=["patches"]).notes
    assert "lies before the model's attention" in note
