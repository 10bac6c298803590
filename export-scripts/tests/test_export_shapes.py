"""Inputs that are grey or not square: what reaches the network, and maps against GradientTape."""

import keras
import numpy as np
import pytest
import tensorflow as tf
from PIL import Image

from camaudit_export import testing
from camaudit_export.errors import ExportError, UsageError
from camaudit_export.export import export_model
from camaudit_export.normalization import Normalization
from camaudit_export.preprocessing import Preprocessing
from camaudit_export.saved_model import ExportedModel

SHAPES = [(24, 40, 3), (40, 24, 3), (24, 40, 1), (32, 32, 1)]


def network(height, width, channels, head="softmax"):
    keras.utils.set_random_seed(6)
    inputs = keras.Input((height, width, channels))
    x = keras.layers.Conv2D(8, 3, strides=2, use_bias=False)(inputs)
    x = keras.layers.ReLU(name="early")(keras.layers.BatchNormalization()(x))
    x = keras.layers.ReLU(name="last")(keras.layers.Conv2D(8, 3, strides=2, padding="same")(x))
    model = keras.Model(inputs, keras.layers.Dense(4, activation=head)(keras.layers.Flatten()(x)))
    testing.randomize(model, 6)
    return model


def recipe(model, layer, picture, target):
    """Logits and one raw map by tf.GradientTape, on a copy whose head is linear."""
    copy = keras.models.clone_model(model)
    copy.set_weights(model.get_weights())
    copy.layers[-1].activation = keras.activations.linear
    parts = keras.Model(copy.inputs, [copy.get_layer(layer).output, copy.output])

    @tf.function(autograph=False)
    def taped(pictures):
        with tf.GradientTape() as tape:
            tape.watch(pictures)
            activations, logits = parts(pictures, training=False)
            score = logits[0, target]
        return logits, activations, tape.gradient(score, activations)

    logits, activations, gradients = taped(tf.constant(picture[np.newaxis]))
    weights = tf.reduce_mean(gradients, axis=(1, 2))
    return logits.numpy()[0], tf.einsum("nhwc,nc->nhw", activations, weights).numpy()[0]


@pytest.mark.parametrize("head", ["softmax", "sigmoid"])
@pytest.mark.parametrize("shape", SHAPES)
def test_maps_equal_the_recipe(tmp_path, shape, head):
    model = network(*shape, head)
    plain = Preprocessing(Normalization("none"))
    exported = export_model(model, tmp_path / "m", plain, layers=["early", "last"])
    assert [exported.card["input"][key] for key in ("height", "width", "channels")] == list(shape)
    pictures = np.random.default_rng(4).uniform(-1, 1, (3, *shape)).astype(np.float32)
    pairs = [(0, 1), (1, 3), (2, 0), (2, 2)]
    index, targets = np.array(pairs, np.int32).T
    with ExportedModel(tmp_path / "m") as session:
        keys = ["logits", "map/early", "map/last"]
        got = session.run("gradcam", keys, images=pictures, image_index=index, targets=targets)
    for number, (image, target) in enumerate(pairs):
        for layer in ("early", "last"):
            logits, wanted = recipe(model, layer, pictures[image], target)
            np.testing.assert_allclose(got["logits"][image], logits, rtol=1e-4, atol=1e-6)
            assert np.abs(got[f"map/{layer}"][number] - wanted).max() <= 1e-4 * np.abs(wanted).max() + 1e-6


def fitted(picture, height, width, preprocessing):
    """The network's input by slicing and tf.image.resize; sizes by whole-number arithmetic of their own."""
    h, w = picture.shape[:2]
    if preprocessing.geometry == "stretch":
        return tf.image.resize(picture, (height, width)).numpy()
    if preprocessing.geometry == "crop":
        # The smaller of the two pictures that cover the frame.
        rows, columns = preprocessing.resize
        new = min(
            [(rows, w * rows // h), (h * columns // w, columns)], key=lambda s: (s[0] < rows or s[1] < columns, s)
        )
        top, left = (new[0] - height) // 2, (new[1] - width) // 2
        return tf.image.resize(picture, new).numpy()[top : top + height, left : left + width]
    # The larger of the two that fit inside.
    new = max([(height, w * height // h), (h * width // w, width)], key=lambda s: (s[0] <= height and s[1] <= width, s))
    new = tuple(max(1, side) for side in new)
    top, left = (height - new[0]) // 2, (width - new[1]) // 2
    framed = np.tile(np.array(preprocessing.fill, np.float32), (height, width, 1))
    framed[top : top + new[0], left : left + new[1]] = tf.image.resize(picture, new).numpy()
    return framed


PREPARED = {
    "stretch": {},
    "crop": {"resize": (36, 48)},
    "letterbox": {"fill": (124, 116, 104)},
}


def prepare(directory, picture):
    with ExportedModel(directory) as session:
        return session.run("preprocess", ["input"], image=picture)["input"]


@pytest.mark.parametrize("geometry", PREPARED)
@pytest.mark.parametrize("sides", [(24, 40), (30, 20)])
def test_pictures_become_the_frame(tmp_path, geometry, sides):
    preprocessing = Preprocessing(Normalization("torch"), geometry, **PREPARED[geometry])
    export_model(network(*sides, 3), tmp_path / "m", preprocessing)
    random = np.random.default_rng(1)
    for shape in [(48, 64), (97, 31), (1, 1), (3, 200), (200, 3), sides]:
        picture = random.integers(0, 256, (*shape, 3), dtype=np.uint8)
        wanted = fitted(picture, *sides, preprocessing).astype(np.float32)
        wanted = keras.applications.imagenet_utils.preprocess_input(wanted, mode="torch")
        got = prepare(tmp_path / "m", picture)
        assert got.shape == (*sides, 3)
        np.testing.assert_allclose(got, wanted, atol=5e-5)


def test_a_crop_of_two_equal_sides_is_the_shorter_side(tmp_path):
    crop = Preprocessing(Normalization("none"), "crop", resize=(44, 44))
    card = export_model(network(24, 40, 3), tmp_path / "m", crop).card
    assert card["input"]["geometry"] == {"kind": "crop", "resize": {"height": 44, "width": 44}}
    picture = np.random.default_rng(2).integers(0, 256, (50, 100, 3), dtype=np.uint8)
    wanted = tf.image.resize(picture, (44, 88)).numpy()[10:34, 24:64]
    np.testing.assert_allclose(prepare(tmp_path / "m", picture), wanted, atol=1e-3)
    with pytest.raises(UsageError, match=r"--resize 30 is less than the input's 24x40"):
        export_model(network(24, 40, 3), tmp_path / "n", Preprocessing(Normalization("none"), "crop", resize=(30, 30)))


@pytest.mark.parametrize(
    ("normalization", "affine"),
    [
        (Normalization("none"), (1.0, 0.0)),
        (Normalization("tf"), (1 / 127.5, -1.0)),
        (Normalization("affine", scale=1 / 255, mean=(0.5,), std=(0.25,)), (1 / 255 / 0.25, -2.0)),
        (Normalization("affine", scale=1 / 255), (1 / 255, 0.0)),
    ],
)
def test_grey_values_are_pillows(tmp_path, normalization, affine):
    export_model(network(32, 32, 1), tmp_path / "m", Preprocessing(normalization))
    random = np.random.default_rng(3)
    scale, shift = affine
    colourful = random.integers(0, 256, (32, 32, 3), dtype=np.uint8)
    wanted = np.float32(Image.fromarray(colourful).convert("L"))[..., np.newaxis]
    # Pillow rounds to a whole level.
    np.testing.assert_allclose(prepare(tmp_path / "m", colourful), wanted * scale + shift, atol=0.51 * scale)
    grey = np.repeat(random.integers(0, 256, (32, 32, 1), dtype=np.uint8), 3, axis=2)
    np.testing.assert_allclose(prepare(tmp_path / "m", grey), grey[..., :1] * scale + shift, atol=1e-4 * scale)


def test_what_fits_no_channel_or_size_is_refused_in_a_sentence(tmp_path):
    with pytest.raises(UsageError, match=r"--preprocessing torch: the model takes grey pictures"):
        export_model(network(24, 40, 1), tmp_path / "m", Preprocessing(Normalization("torch")))
    with pytest.raises(ExportError, match=r"pictures of 5 channels; RGB pictures \(3 channels\) or grey ones"):
        export_model(network(24, 40, 5), tmp_path / "m", Preprocessing(Normalization("none")))
    with pytest.raises(UsageError, match=r"--size 40x24 \(height x width\).* takes 40 x 24 pixels"):
        export_model(network(24, 40, 3), tmp_path / "m", Preprocessing(Normalization("none")), size=(40, 24))
    inputs = keras.Input((None, None, 1))
    pooled = keras.layers.GlobalAveragePooling2D()(keras.layers.Conv2D(4, 3)(inputs))
    open_sizes = keras.Model(inputs, keras.layers.Dense(3)(pooled))
    with pytest.raises(UsageError, match=r"choose one with --size PIXELS or --size HEIGHTxWIDTH"):
        export_model(open_sizes, tmp_path / "m", Preprocessing(Normalization("none")))
    card = export_model(open_sizes, tmp_path / "m", Preprocessing(Normalization("none")), size=(20, 30)).card
    assert (card["input"]["height"], card["input"]["width"]) == (20, 30)
