"""Positions that nobody reads are not computed, and nothing that is read changes."""

import keras
import numpy as np
import pytest
import tensorflow as tf
from test_export_maps import Exported, check_maps, shake_batch_norms

from camaudit_export.export import export_model
from camaudit_export.normalization import Normalization
from camaudit_export.preprocessing import Preprocessing

SIZE = 64


def exported(model, path, layers):
    export_model(model, path, layers=layers, preprocessing=Preprocessing(Normalization("none")))
    return Exported(path)


def stages(size, padding="same", strides=2, reads_all=False):
    """A residual block whose three-way sum is read by two strided 1 x 1 convolutions, as a stage of a ResNet begins."""
    keras.utils.set_random_seed(4)
    inputs = keras.Input((size, size, 3))
    shortcut = keras.layers.Conv2D(6, 3, padding="same", activation="relu", name="shortcut")(inputs)
    dilated = keras.layers.Conv2D(6, 3, padding="same", dilation_rate=2, name="dilated")(shortcut)
    x = keras.layers.Conv2D(4, 1, activation="relu", name="narrow")(shortcut)
    x = keras.layers.Conv2D(4, 3, padding="same", use_bias=False, name="wide")(x)
    x = keras.layers.ReLU(name="active")(keras.layers.BatchNormalization()(x))
    x = keras.layers.BatchNormalization(name="norm")(keras.layers.Conv2D(6, 1, name="widen")(x))
    x = keras.layers.ReLU(name="block")(keras.layers.Add(name="sum")([x, shortcut, dilated]))
    left = keras.layers.Conv2D(8, 1, strides, padding=padding, activation="relu", name="left")(x)
    left = keras.layers.Conv2D(8, 1, strides, padding=padding, name="left_again")(left)
    right = keras.layers.Conv2D(8, 1, strides * strides, padding=padding, name="right")(x)
    x = keras.layers.ReLU(name="last")(keras.layers.Add()([left, right]))
    if reads_all:
        whole = keras.layers.GlobalMaxPooling2D()(keras.layers.ReLU(name="whole")(shortcut + 0 * shortcut))
        x = keras.layers.Concatenate()([keras.layers.GlobalAveragePooling2D()(x), whole])
    else:
        x = keras.layers.GlobalAveragePooling2D()(x)
    model = keras.Model(inputs, keras.layers.Dense(5)(x))
    return shake_batch_norms(model, 6)


LAYERS = ["shortcut", "narrow", "active", "norm", "sum", "block", "left", "last"]


@pytest.mark.parametrize(("size", "padding", "strides"), [(32, "same", 2), (37, "same", 2), (30, "valid", 3)])
def test_maps_of_thinned_layers_equal_the_recipe(tmp_path, size, padding, strides):
    model = stages(size, padding, strides)
    got = exported(model, tmp_path / "m", LAYERS)
    check_maps(got, model, LAYERS, size, [(0, -1), (0, 2), (2, 4), (1, -3)])


def test_gradients_of_a_thinned_layer_are_whole(tmp_path):
    """Zero where nobody reads, as differentiating the original model gives."""
    model = stages(33)
    images = np.random.default_rng(1).uniform(0, 255, (2, 33, 33, 3)).astype(np.float32)
    got = exported(model, tmp_path / "m", LAYERS).run(
        "gradients",
        [f"{kind}/{name}" for name in LAYERS for kind in ("activations", "gradients")],
        images=images,
        image_index=np.array([0, 1], np.int32),
        targets=np.array([3, 3], np.int32),
    )
    parts = keras.Model(model.input, [*(model.get_layer(name).output for name in LAYERS), model.output])

    # In a function, so that no gradients of narrow kernels are computed (uxlfoundation/oneDNN#6035).
    @tf.function(autograph=False)
    def taped(pictures):
        with tf.GradientTape() as tape:
            tape.watch(pictures)
            *activations, logits = parts(pictures, training=False)
            score = tf.reduce_sum(logits[:, 3])
        return activations, tape.gradient(score, activations)

    for name, activation, gradient in zip(LAYERS, *taped(tf.constant(images)), strict=True):
        for kind, want in (("activations", activation.numpy()), ("gradients", gradient.numpy())):
            assert got[f"{kind}/{name}"].shape == want.shape
            np.testing.assert_allclose(got[f"{kind}/{name}"], want, atol=1e-5 * np.abs(want).max(), err_msg=name)
    assert np.count_nonzero(got["gradients/block"].any(axis=-1)) <= 2 * 9 * 9  # every fourth of 33


def test_what_others_read_whole_is_left_alone(tmp_path):
    model = stages(32, reads_all=True)
    got = exported(model, tmp_path / "m", ["shortcut", "last"])
    positions = multiplications(got, "last")
    # The shortcut's own convolution is read whole; the block's are thinned to every fourth position.
    assert positions["shortcut_kernel"] == 32 * 32 * 27 * 6
    assert positions["narrow_kernel"] == 32 * 32 * 6 * 4
    assert positions["wide_kernel"] == 8 * 8 * 36 * 4
    assert positions["widen_kernel"] == 8 * 8 * 4 * 6
    check_maps(got, model, ["shortcut", "last"], 32, [(0, -1), (1, 1)])


@pytest.mark.parametrize("shape", [(1, 16, 16, 4), (16, 16, 1), (16, 1), (1, 16, 1, 1), (1, 1, 4)])
def test_numbers_that_differ_by_position_stay_at_theirs(tmp_path, shape):
    places = np.random.default_rng(8).normal(0, 1, shape).astype(np.float32)
    inputs = keras.Input((16, 16, 3))
    # Added to the convolution itself, a row of weights makes TensorFlow 2.18 fuse it and die of an illegal instruction.
    x = keras.layers.Conv2D(4, 3, padding="same", activation="relu", name="conv")(inputs)
    x = keras.layers.ReLU(name="placed")(x + places)
    x = keras.layers.Conv2D(6, 1, 2, activation="relu", name="last")(x)
    model = keras.Model(inputs, keras.layers.Dense(3)(keras.layers.GlobalAveragePooling2D()(x)))
    got = exported(model, tmp_path / "m", ["conv", "placed", "last"])
    check_maps(got, model, ["conv", "placed", "last"], 16, [(0, -1), (1, 2)])


def multiplications(got, layer):
    """Multiplications an image of each convolution that a layer's map needs; dict from kernel's name."""
    name = got.signatures["gradcam"].outputs[f"map/{layer}"].name.split(":")[0]
    needed = tf.compat.v1.graph_util.extract_sub_graph(got.graph.as_graph_def(), [name])
    found = {}
    for node in needed.node:
        if node.op == "Conv2D":
            operation = got.graph.get_operation_by_name(node.name)
            _, height, width, channels = operation.outputs[0].shape
            kernel = operation.inputs[1]
            key = kernel.op.name.rsplit("/", 1)[-1]
            assert key not in found
            found[key] = height * width * channels * int(np.prod(kernel.shape[:3]))
    return found


def test_a_resnet50_skips_what_its_stages_skip(tmp_path):
    keras.utils.set_random_seed(7)
    model = keras.applications.ResNet50(weights=None, input_shape=(SIZE, SIZE, 3), classes=10)
    expected = {}
    for layer in model.layers:
        if isinstance(layer, keras.layers.Conv2D):
            _, height, width, channels = layer.output.shape
            expected[layer.name] = height * width * channels * int(np.prod(layer.kernel.shape[:3]))
    for block in ("conv2_block3", "conv3_block4", "conv4_block6"):
        for number in (2, 3):
            expected[f"{block}_{number}_conv"] //= 4
    found = multiplications(exported(model, tmp_path / "m", ["auto"]), "conv5_block3_out")
    assert found == {f"{name}_kernel": count for name, count in expected.items()}
