"""An image's numbers are the same to the bit wherever in a batch it lies, and whatever lies beside it."""

import keras
import numpy as np
import pytest

from camaudit_export import testing
from camaudit_export.export import export_model
from camaudit_export.normalization import Normalization
from camaudit_export.preprocessing import Preprocessing
from camaudit_export.saved_model import ExportedModel

IMAGES = 16
METHODS = ["gradcam", "gradcam++", "hirescam", "xgradcam", "layercam", "eigencam", "eigengradcam", "gradients"]


def squeezed(channels):
    """A network with a squeeze-and-excitation block, whose channels are no multiple of what is added at a time."""
    keras.utils.set_random_seed(5)
    inputs = keras.Input((33, 29, 3))
    x = keras.layers.Conv2D(channels, 3, strides=2, padding="same", activation="relu", name="stem")(inputs)
    gate = keras.layers.GlobalAveragePooling2D(keepdims=True)(x)
    gate = keras.layers.Conv2D(channels, 1, activation="sigmoid")(gate)
    x = keras.layers.Multiply()([x, gate])
    x = keras.layers.Conv2D(channels + 3, 3, strides=2, padding="same", activation="relu", name="last")(x)
    x = keras.layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, keras.layers.Dense(5, activation="softmax")(x))


@pytest.fixture(scope="module", params=["tiny", "10 channels", "21 channels"])
def exported(request, tmp_path_factory):
    directory = tmp_path_factory.mktemp("place") / "model"
    if request.param == "tiny":
        model, preprocessing = testing.build_tiny_model(), testing.preprocessing()
    else:
        model, preprocessing = squeezed(int(request.param.split()[0])), Preprocessing(Normalization("none"))
    export_model(model, directory, preprocessing, labels=None, layers=["auto"])
    with ExportedModel(directory, threads=1) as opened:
        yield opened, model.input_shape[1:]


@pytest.mark.parametrize("method", METHODS)
def test_numbers_do_not_depend_on_the_place(exported, method):
    model, shape = exported
    rng = np.random.default_rng(2)
    image = rng.uniform(-100, 130, shape).astype(np.float32)
    outputs = [key for key in model.signatures[method].outputs if key != "target"]
    pairs = {"image_index": np.arange(IMAGES, dtype=np.int32), "targets": np.full(IMAGES, 1, np.int32)}
    same = model.run(method, outputs, images=np.stack([image] * IMAGES), **pairs)
    for key in outputs:
        for place in range(1, IMAGES):
            np.testing.assert_array_equal(same[key][place], same[key][0], err_msg=f"{key} at {place}")
    others = rng.uniform(-100, 130, (IMAGES, *shape)).astype(np.float32)
    others[7] = image
    beside = model.run(method, outputs, images=others, **pairs)
    for key in outputs:
        np.testing.assert_array_equal(beside[key][7], same[key][0], err_msg=key)
