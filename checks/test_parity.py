"""Raw maps of an audit equal the Keras GradientTape recipe on the unfolded model, on real photographs.

The network is a full-width ResNet-50 with seeded random weights and batch norms that are far from neutral, so that
folding has something to get wrong. Keras sees each photograph as the audit did: decoded by TensorFlow, turned upright,
stretched to 224 x 224 bilinearly, caffe-normalised. It runs in float32 like the export.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

HOME = Path(__file__).resolve().parents[1]
SIZE = 224
LAYER = "conv5_block3_out"
# Largest difference of a map, relative to its own largest value. Two orders of float32 sums over 2048 channels and
# fifty folded layers differ by about 1e-6 to 1e-5.
TOLERANCE = 1e-4


@pytest.fixture(scope="module")
def keras_model(request):
    import keras

    work = request.config.getoption("--work")
    work.mkdir(parents=True, exist_ok=True)
    keras.utils.set_random_seed(11)
    model = keras.applications.ResNet50(weights=None)
    random = np.random.default_rng(11)
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
    model.save(work / "resnet50.keras")
    return model


@pytest.fixture(scope="module")
def reports(request, keras_model):
    work, photos = request.config.getoption("--work"), request.config.getoption("--photos")
    environment = {**os.environ, "PYTHONPATH": str(HOME / "export-scripts")}
    export = [sys.executable, "-m", "camaudit_export", "--keras-model", work / "resnet50.keras"]
    subprocess.run(
        [*export, "--preprocessing", "resnet50", "--output", work / "model", "--overwrite"],
        check=True,
        env=environment,
    )
    audit = [HOME / "camaudit", "audit", "--model", work / "model", "--input", photos, "--output", work / "run"]
    subprocess.run([*audit, "--overwrite", "--no-overlays"], check=True)
    return [json.loads(line) for path in sorted((work / "run/records").iterdir()) for line in path.open()]


def upright(pixels, orientation):
    """Turns stored pixels by their EXIF orientation (EXIF 2.32, tag 274)."""
    steps = {
        1: (0, False),
        2: (0, True),
        3: (2, False),
        4: (2, True),
        5: (3, True),
        6: (3, False),
        7: (1, True),
        8: (1, False),
    }
    turns, mirrored = steps[orientation]
    pixels = np.rot90(pixels, turns)
    return np.fliplr(pixels) if mirrored else pixels


def recipe(model, batch, targets):
    """The keras.io recipe for several images: gradients of the logits, pooled for each image, no ReLU."""
    import keras
    import tensorflow as tf

    head = model.layers[-1]
    parts = keras.Model(model.inputs, [model.get_layer(LAYER).output, head.input])
    kernel, bias = head.get_weights()
    with tf.GradientTape() as tape:
        activations, pooled = parts(batch, training=False)
        tape.watch(activations)
        features = tf.reduce_mean(activations, axis=[1, 2])
        logits = features @ kernel + bias
        score = tf.reduce_sum(tf.gather(logits, targets, batch_dims=1))
    np.testing.assert_allclose(features, pooled, rtol=1e-4, atol=1e-5)
    weights = tf.reduce_mean(tape.gradient(score, activations), axis=[1, 2])
    return tf.einsum("nhwc,nc->nhw", activations, weights).numpy(), logits.numpy()


def test_every_photograph_has_a_report(request, reports):
    photos = request.config.getoption("--photos")
    images = [path for path in photos.rglob("*") if path.suffix.lower() in (".jpg", ".jpeg", ".png")]
    assert len(reports) == len(images) > 0
    assert {report["status"] for report in reports} <= {"OK", "EMPTY_MAP"}


def test_maps_equal_the_recipe(request, reports, keras_model):
    import tensorflow as tf

    photos = request.config.getoption("--photos")
    mean = np.array([103.939, 116.779, 123.68], np.float32)
    worst, other_peak = 0.0, []
    for start in range(0, len(reports), 16):
        part = reports[start : start + 16]
        inputs = []
        for report in part:
            stored = tf.io.decode_image((photos / report["image"]).read_bytes(), channels=3, expand_animations=False)
            pixels = upright(stored.numpy(), report["file"]["orientation"])
            resized = tf.image.resize(pixels, (SIZE, SIZE)).numpy()
            inputs.append(resized[..., ::-1] - mean)
        explanations = [report["explanations"][0] for report in part]
        targets = [explanation["target"]["index"] for explanation in explanations]
        maps, logits = recipe(keras_model, np.stack(inputs), targets)
        for report, explanation, expected, row in zip(part, explanations, maps, logits, strict=True):
            actual = np.array(explanation["map"]["values"])
            worst = max(worst, np.abs(actual - expected).max() / np.abs(expected).max())
            if actual.argmax() != expected.argmax():
                other_peak.append(report["image"])
            best = report["predictions"][0]
            assert row.max() - row[best["index"]] <= 1e-4 * np.abs(row).max()
    print(f"\n{len(reports)} photographs, largest difference {worst:.1e} of the map's maximum")
    assert worst <= TOLERANCE
    assert not other_peak
