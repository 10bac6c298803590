"""The narrow network: ResNet-50's layers by name; its training layer equals the standard one."""

import keras
import numpy as np
import pytest

from camaudit_demo.network import FusedBatchNormalization, copy_weights, narrow_resnet50


@pytest.fixture(scope="module")
def narrow():
    keras.utils.set_random_seed(1)
    return narrow_resnet50(6)


@pytest.fixture(scope="module")
def published():
    return keras.applications.ResNet50(weights=None, classes=6)


def test_layers_and_spatial_shapes_are_those_of_resnet50(narrow, published):
    ours = [(layer.name, type(layer).__name__) for layer in narrow.layers[1:]]
    theirs = [(layer.name, type(layer).__name__) for layer in published.layers[1:]]
    assert sorted(ours) == sorted(theirs)
    for layer in published.layers[1:]:
        mine = narrow.get_layer(layer.name)
        assert tuple(mine.output.shape[:-1]) == tuple(layer.output.shape[:-1]), layer.name
        for option in ("strides", "kernel_size", "padding", "epsilon"):
            assert getattr(mine, option, None) == getattr(layer, option, None), (layer.name, option)


def test_full_width_computes_what_resnet50_computes(published):
    wide = copy_weights(published, narrow_resnet50(6, width=1))
    images = np.random.default_rng(0).uniform(-100, 150, (2, 224, 224, 3)).astype(np.float32)
    assert np.allclose(wide(images), published(images), atol=1e-5)


def test_quarter_of_the_filters_gives_a_small_model(narrow):
    assert narrow.get_layer("conv5_block3_out").output.shape == (None, 7, 7, 512)
    assert 1.4e6 < narrow.count_params() < 1.6e6


def test_weights_move_to_another_side_and_to_standard_layers(narrow):
    fused = copy_weights(narrow, narrow_resnet50(6, 112, fused=True))
    assert any(isinstance(layer, FusedBatchNormalization) for layer in fused.layers)
    standard = copy_weights(fused, narrow_resnet50(6, 112))
    images = np.random.default_rng(2).uniform(-100, 150, (2, 112, 112, 3)).astype(np.float32)
    assert np.allclose(fused(images), standard(images), atol=1e-5)


def test_fused_normalization_trains_like_keras():
    values = np.random.default_rng(3).normal(3, 2, (8, 5, 5, 4)).astype(np.float32)
    fused, standard = (
        FusedBatchNormalization(),
        keras.layers.BatchNormalization(momentum=0.9, epsilon=1.001e-5),
    )
    assert np.allclose(fused(values, training=True), standard(values, training=True), atol=1e-4)
    assert np.allclose(fused.mean, standard.moving_mean, atol=1e-5)
    # TensorFlow's kernel keeps the unbiased variance, n / (n - 1) times Keras'; n is 200 here.
    update = (np.asarray(standard.moving_variance) - 0.9) * 200 / 199
    assert np.allclose(fused.variance, 0.9 + update, atol=1e-4)
