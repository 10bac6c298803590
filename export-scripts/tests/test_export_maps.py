"""Exported models against the plain GradientTape recipe on the unfolded Keras model."""

import json

import keras
import numpy as np
import pytest
import tensorflow as tf

from camaudit_export import testing
from camaudit_export.errors import ExportError
from camaudit_export.export import export_model
from camaudit_export.normalization import Normalization
from camaudit_export.preprocessing import Preprocessing

# Two orders of float32 sums over up to 2048 channels differ by about 1e-6 of the largest; folding adds as much a layer.
TOLERANCE = 2e-4
SIZE = 64
BLOCKS = [
    f"conv{stage}_block{block}_out"
    for stage, count in ((2, 3), (3, 4), (4, 6), (5, 3))
    for block in range(1, count + 1)
]


class Exported:
    """An exported model in a session of its own."""

    def __init__(self, directory):
        self.card = json.loads((directory / "assets.extra" / "model-card.json").read_text())
        self.graph = tf.Graph()
        self.session = tf.compat.v1.Session(graph=self.graph)
        with self.graph.as_default():
            meta = tf.compat.v1.saved_model.load(self.session, ["serve"], str(directory))
        self.signatures = meta.signature_def

    def run(self, signature, keys, **inputs):
        described = self.signatures[signature]
        feeds = {described.inputs[key].name: value for key, value in inputs.items()}
        return self.session.run({key: described.outputs[key].name for key in keys}, feeds)


def shake_batch_norms(model, seed):
    """Gives every batch norm statistics that are far from neutral, so that folding has something to get wrong."""
    random = np.random.default_rng(seed)
    for layer in model.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            gamma, beta, mean, variance = layer.get_weights()
            layer.set_weights(
                [
                    random.uniform(0.7, 1.3, gamma.shape),
                    random.normal(0, 0.2, beta.shape),
                    random.normal(0, 0.2, mean.shape),
                    random.uniform(0.6, 1.6, variance.shape),
                ]
            )
    return model


def taped_parts(logits_model, layers, images, image_index, targets):
    """Activations and gradients of the logit by tf.GradientTape, a list by layer each, one pair after the other."""
    parts = keras.Model(logits_model.inputs, [*(logits_model.get_layer(n).output for n in layers), logits_model.output])

    # In a function TensorFlow drops the gradients of the weights, which nobody wants and whose kernels overrun their
    # memory for some narrow layers (uxlfoundation/oneDNN#6035).
    @tf.function(autograph=False)
    def taped(picture, target):
        with tf.GradientTape() as tape:
            tape.watch(picture)
            *activations, logits = parts(picture, training=False)
            score = logits[0, target]
        return activations, tape.gradient(score, activations)

    for image, target in zip(image_index, targets, strict=True):
        yield taped(tf.constant(images[image : image + 1]), tf.constant(int(target)))


def recipe(logits_model, layers, images, image_index, targets):
    """Maps by tf.GradientTape, dict from layer to [M, h, w]."""
    maps = {name: [] for name in layers}
    for activations, gradients in taped_parts(logits_model, layers, images, image_index, targets):
        for name, activation, gradient in zip(layers, activations, gradients, strict=True):
            weights = tf.reduce_mean(gradient, axis=(1, 2))
            maps[name].append(tf.einsum("nhwc,nc->nhw", activation, weights)[0].numpy())
    return {name: np.stack(values) for name, values in maps.items()}


def without_softmax(model):
    """A copy that ends in logits, made here independently of the exporter."""

    def linear(layer):
        config = layer.get_config()
        if layer is model.layers[-1]:
            config["activation"] = "linear"
        return layer.__class__.from_config(config)

    copy = keras.models.clone_model(model, clone_function=linear)
    copy.set_weights(model.get_weights())
    return copy


def check_maps(exported, model, layers, size, pairs):
    random = np.random.default_rng(5)
    images = random.uniform(-60, 60, (3, size, size, 3)).astype(np.float32)
    image_index, targets = np.array(pairs, np.int32).T
    logits_model = without_softmax(model)
    expected_logits = logits_model(images, training=False).numpy()
    order = np.argsort(-expected_logits, axis=1, kind="stable")
    resolved = [t if t >= 0 else order[i, -t - 1] for i, t in pairs]
    keys = ["logits", "target", "score", *(f"map/{name}" for name in layers)]
    got = exported.run("gradcam", keys, images=images, image_index=image_index, targets=targets)
    assert np.abs(got["logits"] - expected_logits).max() <= TOLERANCE * np.abs(expected_logits).max()
    assert got["target"].tolist() == resolved
    assert np.array_equal(got["score"], got["logits"][image_index, resolved])
    expected = recipe(logits_model, layers, images, image_index, resolved)
    for name in layers:
        for actual, wanted in zip(got[f"map/{name}"], expected[name], strict=True):
            assert np.abs(actual - wanted).max() <= TOLERANCE * np.abs(wanted).max(), name


@pytest.fixture(scope="module")
def resnet(tmp_path_factory):
    keras.utils.set_random_seed(7)
    model = shake_batch_norms(keras.applications.ResNet50(weights=None, input_shape=(SIZE, SIZE, 3)), 1)
    path = tmp_path_factory.mktemp("resnet") / "model"
    export_model(model, path, layers=["all-blocks"], preprocessing=caffe())
    return model, path, Exported(path)


def caffe():
    return Preprocessing(Normalization("caffe"))


def test_resnet50_maps_of_all_blocks_equal_the_recipe(resnet):
    model, _, exported = resnet
    assert [layer["name"] for layer in exported.card["layers"]] == BLOCKS
    # Images with three, two and no targets; classes and ranks mixed.
    check_maps(exported, model, BLOCKS, SIZE, [(0, -1), (2, 17), (0, 999), (0, -2), (2, -1)])


def test_weights_are_stored_once(resnet):
    model, path, _ = resnet
    assert (path / "saved_model.pb").stat().st_size < 1.06 * 4 * model.count_params()


def test_targets_of_an_image_share_one_forward_pass(resnet):
    """What `map/…` of the last block needs holds each of the 53 convolutions once, and none of the second copy."""
    _, _, exported = resnet
    name = exported.signatures["gradcam"].outputs["map/conv5_block3_out"].name.split(":")[0]
    needed = tf.compat.v1.graph_util.extract_sub_graph(exported.graph.as_graph_def(), [name])
    assert sum(node.op == "Conv2D" for node in needed.node) == 53
    assert not any(node.op in ("FusedBatchNormV3", "Rsqrt") for node in needed.node)


def test_gradients_signature_holds_what_the_map_is_made_of(resnet):
    _, _, exported = resnet
    images = np.random.default_rng(2).uniform(-60, 60, (2, SIZE, SIZE, 3)).astype(np.float32)
    inputs = {"images": images, "image_index": np.array([1, 0], np.int32), "targets": np.array([-1, 3], np.int32)}
    layer = "conv4_block6_out"
    parts = exported.run("gradients", [f"activations/{layer}", f"gradients/{layer}"], **inputs)
    activations, gradients = parts[f"activations/{layer}"], parts[f"gradients/{layer}"]
    expected = np.einsum("mhwc,mc->mhw", activations, gradients.mean(axis=(1, 2)))
    got = exported.run("gradcam", [f"map/{layer}"], **inputs)[f"map/{layer}"]
    assert np.abs(got - expected).max() <= 1e-5 * np.abs(expected).max()


def test_channels_of_the_same_call_are_gradient_times_activation(resnet):
    """Of any layer, also where the gradient differs from cell to cell, and beside a map of another signature."""
    model, _, exported = resnet
    images = np.random.default_rng(8).uniform(-60, 60, (2, SIZE, SIZE, 3)).astype(np.float32)
    image_index, targets = np.array([1, 0, 1], np.int32), np.array([5, 3, 700], np.int32)
    layers = ["conv3_block4_out", "conv5_block3_out"]
    gradients, gradcam = exported.signatures["gradients"], exported.signatures["gradcam"]
    fetches = [gradients.outputs[f"{kind}/{name}"].name for name in layers for kind in ("activations", "gradients")]
    inputs = {"images": images, "image_index": image_index, "targets": targets}
    feeds = {gradcam.inputs[key].name: value for key, value in inputs.items()}
    *parts, last = exported.session.run([*fetches, gradcam.outputs[f"map/{layers[1]}"].name], feeds)
    taped = list(taped_parts(without_softmax(model), layers, images, image_index, targets))
    for place in range(len(layers)):
        got = (parts[2 * place] * parts[2 * place + 1]).sum(axis=(1, 2), dtype=np.float64)
        for pair, (activations, slopes) in enumerate(taped):
            wanted = (activations[place][0].numpy().astype(float) * slopes[place][0].numpy()).sum(axis=(0, 1))
            assert np.abs(got[pair] - wanted).max() <= TOLERANCE * np.abs(wanted).max()
    # After the last layer comes an average pool: the map's sum and the channels' are one number.
    np.testing.assert_allclose(got.sum(axis=1), last.sum(axis=(1, 2)), rtol=1e-3)


def test_mobilenet_maps_equal_the_recipe(tmp_path):
    keras.utils.set_random_seed(3)
    model = shake_batch_norms(keras.applications.MobileNetV2(weights=None, input_shape=(96, 96, 3), classes=10), 2)
    export_model(model, tmp_path / "m", layers=["auto"], preprocessing=Preprocessing(Normalization("tf")))
    exported = Exported(tmp_path / "m")
    assert exported.card["defaultLayer"] == "out_relu"
    check_maps(exported, model, ["out_relu"], 96, [(0, -1), (1, 4), (2, -10)])


def test_own_model_with_a_softmax_is_explained_by_its_logits(tmp_path):
    model = shake_batch_norms(testing.build_tiny_model(), 4)
    path = tmp_path / "tiny"
    export_model(model, path, layers=["all-blocks"], preprocessing=Preprocessing(Normalization("tf")))
    exported = Exported(path)
    layers = [layer["name"] for layer in exported.card["layers"]]
    check_maps(exported, model, layers, testing.SIZE, [(0, -1), (1, 0), (1, 1), (1, 2), (2, -3)])
    head = exported.card["head"]
    assert head["kind"] == "average-pool-dense"
    images = np.random.default_rng(0).uniform(-1, 1, (1, testing.SIZE, testing.SIZE, 3)).astype(np.float32)
    inputs = {"images": images, "image_index": np.zeros(3, np.int32), "targets": np.arange(3, dtype=np.int32)}
    got = exported.run("gradcam", ["score", f"map/{head['layer']}"], **inputs)
    sums = got[f"map/{head['layer']}"].sum(axis=(1, 2))
    np.testing.assert_allclose(sums, got["score"] - np.array(head["bias"]), atol=1e-4)


def test_a_folded_convolution_that_is_exported_keeps_its_own_output(tmp_path):
    inputs = keras.Input((16, 16, 3))
    x = keras.layers.Conv2D(8, 3, name="conv")(inputs)
    x = keras.layers.BatchNormalization(name="norm")(x)
    x = keras.layers.GlobalAveragePooling2D()(keras.layers.ReLU(name="relu")(x))
    model = keras.Model(inputs, keras.layers.Dense(2, activation="softmax")(x))
    shake_batch_norms(model, 9)
    export_model(model, tmp_path / "m", layers=["conv", "relu"], preprocessing=Preprocessing(Normalization("none")))
    check_maps(Exported(tmp_path / "m"), model, ["conv", "relu"], 16, [(0, 0), (1, -1), (2, 1)])


def test_a_model_without_a_spatial_layer_is_refused_in_a_sentence(tmp_path):
    inputs = keras.Input((8, 8, 3))
    model = keras.Model(inputs, keras.layers.Dense(2)(keras.layers.Flatten()(inputs)))
    with pytest.raises(ExportError, match="spatial"):
        export_model(model, tmp_path / "m", layers=["auto"], preprocessing=Preprocessing(Normalization("none")))
    assert not (tmp_path / "m").exists()


def test_a_layer_that_the_logits_do_not_depend_on_is_refused(tmp_path):
    inputs = keras.Input((8, 8, 3))
    used = keras.layers.Conv2D(2, 3, name="used")(inputs)
    cut = keras.layers.Lambda(tf.stop_gradient, name="cut")(used)
    pooled = keras.layers.GlobalAveragePooling2D()(keras.layers.Conv2D(2, 3, name="last")(cut))
    model = keras.Model(inputs, keras.layers.Dense(2)(pooled))
    with pytest.raises(ExportError, match=r"used.*gradient"):
        export_model(model, tmp_path / "m", layers=["used"], preprocessing=Preprocessing(Normalization("none")))
