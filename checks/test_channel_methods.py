"""Score-CAM and Ablation-CAM of the program, recomputed with NumPy and the Keras model that was exported."""

import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "export-scripts"))

import keras
import numpy as np
import pytest
from PIL import Image

from camaudit_export import testing

HOME = Path(__file__).resolve().parents[1]
# Of the map's maximum: two orders of float32 sums, and batch norms folded on one side alone.
TOLERANCE = 1e-4
LAYERS = ("block1_out", "block2_out")


@pytest.fixture(scope="module")
def work(tmp_path_factory):
    folder = tmp_path_factory.mktemp("channels")
    testing.main(folder / "model")
    pixels = np.random.default_rng(5).integers(0, 256, (testing.SIZE, testing.SIZE, 3), dtype=np.uint8)
    Image.fromarray(pixels).save(folder / "p.png")
    for method in ("scorecam", "ablationcam"):
        command = [HOME / "camaudit", "explain", "--model", folder / "model", "--method", method, "--layers", "all"]
        options = ["--raw", "--overlays", "none", "--target", "0", "--target", "2", "--output", folder / method]
        subprocess.run([*command, *options, folder / "p.png"], check=True)
    return folder, np.float32(pixels)[np.newaxis] / 127.5 - 1


@pytest.fixture(scope="module")
def network():
    """Activations of a layer from pictures, and logits from these."""
    model = testing.build_tiny_model()
    model.get_layer("predictions").activation = None

    def head(name, activations):
        if name == LAYERS[0]:
            x = model.get_layer("block2_1_bn")(model.get_layer("block2_1_conv")(activations))
            x = model.get_layer("block2_2_conv")(model.get_layer("block2_1_relu")(x))
            x = model.get_layer("block2_2_bn")(x) + model.get_layer("block2_0_conv")(activations)
            activations = keras.ops.relu(x)
        return np.array(model.get_layer("predictions")(keras.ops.mean(activations, axis=(1, 2))))

    return lambda name: keras.Model(model.inputs, model.get_layer(name).output), head


@pytest.mark.parametrize("target", [0, 2])
@pytest.mark.parametrize("name", LAYERS)
def test_scorecam(work, network, name, target):
    folder, image = work
    layer, head = network
    activations = np.array(layer(name)(image))[0]
    masks = np.stack([enlarged(channel, testing.SIZE) for channel in activations.transpose(2, 0, 1)])
    least, greatest = masks.min(axis=(1, 2), keepdims=True), masks.max(axis=(1, 2), keepdims=True)
    masks = np.where(greatest > least, (masks - least) / np.where(greatest > least, greatest - least, 1), 0)
    logits = head(name, layer(name)(np.float32(image * masks[..., np.newaxis])))[:, target].astype(np.float64)
    weights = np.exp(logits - logits.max())
    check(folder, "scorecam", name, target, activations @ (weights / weights.sum()))


@pytest.mark.parametrize("target", [0, 2])
@pytest.mark.parametrize("name", LAYERS)
def test_ablationcam(work, network, name, target):
    folder, image = work
    layer, head = network
    activations = np.array(layer(name)(image))
    y = head(name, activations)[0, target]
    without = activations * (1 - np.eye(activations.shape[-1]))[:, np.newaxis, np.newaxis]
    lost = y - head(name, np.float32(without))[:, target]
    check(folder, "ablationcam", name, target, activations[0] @ (lost / abs(y)))


def enlarged(channel, side):
    """Bilinear with half-pixel centres, edges held."""
    places = [np.clip((np.arange(side) + 0.5) * cells / side - 0.5, 0, cells - 1) for cells in channel.shape]
    rows = np.stack([np.interp(places[0], np.arange(channel.shape[0]), column) for column in channel.T], axis=1)
    return np.stack([np.interp(places[1], np.arange(channel.shape[1]), row) for row in rows])


def check(folder, method, name, target, want):
    got = np.load(folder / method / f"raw/p.png.{method}-{name}-{target}.npy")
    assert np.abs(got - want).max() <= TOLERANCE * np.abs(want).max()
