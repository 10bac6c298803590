"""Every method against its formula in float64, and against closed forms of a head that averages."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from camaudit_export import testing
from camaudit_export.cam_methods import METHODS
from camaudit_export.export import export_model
from camaudit_export.saved_model import ExportedModel

LAYERS = ["block1_out", "block2_out"]
INDEX = np.array([0, 0, 1, 2, 2, 2], np.int32)
TARGETS = np.array([-1, 2, 0, 0, 1, 2], np.int32)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    """The tiny model, and a session of what was exported; its layers have more cells than channels."""
    directory = tmp_path_factory.mktemp("methods") / "tiny"
    model = testing.build_tiny_model()
    export_model(model, directory, testing.preprocessing(), layers=LAYERS, labels=testing.LABELS)
    with ExportedModel(directory) as exported:
        yield model, exported


def images(count=3):
    return np.random.default_rng(5).uniform(-1, 1, (count, testing.SIZE, testing.SIZE, 3)).astype(np.float32)


def run(exported, method, keys):
    return exported.run(method, keys, images=images(), image_index=INDEX, targets=TARGETS)


def parts(exported, layer):
    """Activations and gradients `(M, cells, C)` in float64."""
    got = run(exported, "gradients", [f"activations/{layer}", f"gradients/{layer}"])
    return [
        np.float64(got[f"{kind}/{layer}"]).reshape(len(INDEX), -1, got[f"{kind}/{layer}"].shape[-1])
        for kind in ("activations", "gradients")
    ]


def principal(values):
    """Cells projected on the direction of greatest variance, by numpy's own decomposition."""
    maps = []
    for cells in values:
        _, _, directions = np.linalg.svd(cells - cells.mean(axis=0), full_matrices=False)
        projected = cells @ directions[0]
        maps.append(projected if projected.sum() >= 0 else -projected)
    return np.array(maps)


def plus_plus(a, g):
    maps = []
    for cells, slopes in zip(a, g, strict=True):
        weights = np.zeros(cells.shape[1])
        for k in range(cells.shape[1]):
            for i in range(cells.shape[0]):
                divisor = 2 * slopes[i, k] ** 2 + cells[:, k].sum() * slopes[i, k] ** 3
                if slopes[i, k] != 0 and divisor != 0:
                    weights[k] += slopes[i, k] ** 2 / divisor * max(0, slopes[i, k])
        maps.append(cells @ weights)
    return np.array(maps)


def cross(a, g):
    sums = a.sum(axis=1)
    weights = np.divide((a * g).sum(axis=1), sums, out=np.zeros_like(sums), where=sums != 0)
    return np.einsum("mik,mk->mi", a, weights)


FORMULAS = {
    "gradcam": lambda a, g: np.einsum("mik,mk->mi", a, g.mean(axis=1)),
    "gradcam++": plus_plus,
    "hirescam": lambda a, g: (a * g).sum(axis=2),
    "xgradcam": cross,
    "layercam": lambda a, g: (np.maximum(g, 0) * a).sum(axis=2),
    "eigencam": lambda a, g: principal(a),
    "eigengradcam": lambda a, g: principal(a * g),
}


def test_every_method_has_a_formula_and_a_signature(tiny):
    _, exported = tiny
    assert set(FORMULAS) == set(METHODS)
    assert set(exported.signatures) == {"preprocess", "gradients", *METHODS}


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("method", METHODS)
def test_maps_are_what_the_formula_says(tiny, method, layer):
    _, exported = tiny
    got = run(exported, method, ["logits", "target", "score", f"map/{layer}"])
    want = FORMULAS[method](*parts(exported, layer))
    assert np.abs(want).max() > 0
    assert np.abs(got[f"map/{layer}"].reshape(want.shape) - want).max() <= 2e-5 * np.abs(want).max()
    plain = run(exported, "gradcam", ["logits", "target", "score"])
    for key in plain:
        np.testing.assert_array_equal(got[key], plain[key])


def test_before_an_average_methods_have_closed_forms(tiny):
    model, exported = tiny
    dense = model.get_layer("predictions")
    weights = np.float64(dense.kernel.numpy())
    got = {method: run(exported, method, ["target", "map/block2_out"]) for method in METHODS}
    maps = {method: np.float64(answer["map/block2_out"]) for method, answer in got.items()}
    activations = np.float64(run(exported, "gradients", ["activations/block2_out"])["activations/block2_out"])
    cells = activations.shape[1] * activations.shape[2]
    of_target = weights[:, got["gradcam"]["target"]].T / cells
    cam = np.einsum("mhwk,mk->mhw", activations, of_target)
    positive = np.maximum(of_target, 0)
    sums = activations.sum(axis=(1, 2))
    expected = {
        "gradcam": cam,
        "hirescam": cam,
        "xgradcam": cam,
        "layercam": np.einsum("mhwk,mk->mhw", activations, positive),
        "gradcam++": np.einsum("mhwk,mk->mhw", activations, cells * positive / (2 + sums * of_target)),
    }
    for method, want in expected.items():
        assert np.abs(maps[method] - want).max() <= 2e-5 * np.abs(want).max(), method


VERSUS = np.array([0, 0, 2, 1, 2, 0], np.int32)
"""What the targets, as classes, are explained rather than."""


def differences(targets):
    return np.eye(3, dtype=np.float32)[targets] - np.eye(3, dtype=np.float32)[VERSUS]


def taped(model, targets):
    """Each layer's activations for the pairs, and GradientTape's gradients of the difference of two logits."""
    parts = keras.Model(
        model.inputs, [*(model.get_layer(name).output for name in LAYERS), model.get_layer("avg_pool").output]
    )
    dense = model.get_layer("predictions")

    # In a function, gradients of weights, which nobody reads, are not computed (see test_export_maps).
    @tf.function(autograph=False)
    def differentiate(pictures):
        with tf.GradientTape() as tape:
            tape.watch(pictures)
            *activations, pooled = parts(pictures, training=False)
            scores = pooled @ dense.kernel + dense.bias
            rows = tf.range(len(INDEX))
            of_target, of_other = (tf.gather_nd(scores, tf.stack([rows, k], axis=1)) for k in (targets, VERSUS))
            difference = tf.reduce_sum(of_target - of_other)
        return activations, tape.gradient(difference, activations)

    return differentiate(tf.constant(images()[INDEX]))


@pytest.mark.parametrize("method", METHODS)
def test_a_class_rather_than_another_is_the_gradient_of_the_difference(tiny, method):
    """Fed with +1 and -1, every method is its formula of what GradientTape says of the difference of two logits."""
    model, exported = tiny
    targets = run(exported, "gradcam", ["target"])["target"]
    assert (targets != VERSUS).all()
    activations, gradients = taped(model, targets)
    for name, activation, gradient in zip(LAYERS, activations, gradients, strict=True):
        a, g = (np.float64(x).reshape(len(INDEX), -1, x.shape[-1]) for x in (activation, gradient))
        want = FORMULAS[method](a, g)
        got = exported.run(
            method,
            [f"map/{name}"],
            logit_weights=differences(targets),
            images=images(),
            image_index=INDEX,
            targets=targets,
        )[f"map/{name}"].reshape(want.shape)
        assert np.abs(got - want).max() <= 5e-5 * np.abs(want).max(), name
        apart = exported.run(method, [f"map/{name}"], images=images(), image_index=INDEX, targets=VERSUS)
        if method in ("gradcam", "hirescam", "xgradcam"):
            # Linear in the gradient: the maps of the two classes subtract.
            alone = run(exported, method, [f"map/{name}"])[f"map/{name}"] - apart[f"map/{name}"]
            assert np.abs(got - alone.reshape(want.shape)).max() <= 5e-5 * np.abs(want).max(), name


def test_the_difference_before_an_average_has_a_closed_form(tiny):
    model, exported = tiny
    weights = np.float64(model.get_layer("predictions").kernel.numpy())
    targets = run(exported, "gradcam", ["target"])["target"]
    activations = np.float64(run(exported, "gradients", ["activations/block2_out"])["activations/block2_out"])
    cells = activations.shape[1] * activations.shape[2]
    want = np.einsum("mhwk,mk->mhw", activations, (weights[:, targets] - weights[:, VERSUS]).T / cells)
    feeds = {"images": images(), "image_index": INDEX, "targets": targets}
    key = "map/block2_out"
    got = exported.run("gradcam", [key], logit_weights=differences(targets), **feeds)[key]
    assert np.abs(got - want).max() <= 2e-5 * np.abs(want).max()


def test_eigen_cam_looks_at_no_target_and_eigen_grad_cam_does(tiny):
    _, exported = tiny
    free, bound = (
        run(exported, method, ["map/block1_out"])["map/block1_out"] for method in ("eigencam", "eigengradcam")
    )
    np.testing.assert_allclose(free[3], free[4], atol=1e-6 * np.abs(free).max())
    assert np.abs(bound[3] - bound[4]).max() > 1e-2 * np.abs(bound).max()
    assert (free.sum(axis=(1, 2)) >= 0).all() and (bound.sum(axis=(1, 2)) >= -1e-6).all()


def test_more_channels_than_cells(tmp_path):
    """The other of the two decompositions: 2 x 2 cells of 12 channels."""
    keras.utils.set_random_seed(8)
    inputs = keras.Input((16, 16, 3), name="picture")
    x = keras.layers.Conv2D(12, 3, strides=8, padding="same", activation="relu", name="few")(inputs)
    x = keras.layers.Conv2D(4, 1, activation="tanh")(x)
    model = keras.Model(inputs, keras.layers.Dense(3)(keras.layers.Flatten()(x)))
    export_model(model, tmp_path / "few", testing.preprocessing(), layers=["few"], labels=testing.LABELS)
    with ExportedModel(tmp_path / "few") as exported:
        batch = np.random.default_rng(1).uniform(-1, 1, (2, 16, 16, 3)).astype(np.float32)
        feeds = {"images": batch, "image_index": np.array([0, 1], np.int32), "targets": np.array([0, 2], np.int32)}
        got = exported.run("gradients", ["activations/few", "gradients/few"], **feeds)
        a, g = (np.float64(got[f"{kind}/few"]).reshape(2, 4, 12) for kind in ("activations", "gradients"))
        for method in ("eigencam", "eigengradcam"):
            maps = exported.run(method, ["map/few"], **feeds)["map/few"].reshape(2, 4)
            want = FORMULAS[method](a, g)
            assert np.abs(maps - want).max() <= 2e-5 * np.abs(want).max(), method
