"""A small convolutional network with maps of 8 x 8 cells, and its training in some seconds of one processor."""

import keras
import numpy as np
from keras import layers

from camaudit_demo.network import EPSILON, MOMENTUM, FusedBatchNormalization, copy_weights
from camaudit_demo.train import preprocess
from shortcuts.sets import SIDE

CONVOLUTIONS = ((16, 2), (32, 2), (64, 2), (64, 1), (64, 1))
"""Filters and stride of each 3x3 convolution; the last one sees 47 pixels of 64."""

EPOCHS = 8
BATCH = 32
RATE = 3e-3
"""Peak of the learning rate."""


def network(classes, fused=False):
    """float32 [N, 64, 64, 3], preprocessed as by `keras.applications.resnet`, to probabilities [N, classes]."""
    images = keras.Input((SIDE, SIDE, 3), name="images")
    tensor = images
    for number, (filters, stride) in enumerate(CONVOLUTIONS, start=1):
        tensor = layers.Conv2D(filters, 3, stride, padding="same", use_bias=False, name=f"conv{number}")(tensor)
        name = f"norm{number}"
        if fused:
            tensor = FusedBatchNormalization(name=name)(tensor)
        else:
            tensor = layers.BatchNormalization(epsilon=EPSILON, momentum=MOMENTUM, name=name)(tensor)
        tensor = layers.Activation("relu", name=f"relu{number}")(tensor)
    tensor = layers.GlobalAveragePooling2D(name="pool")(tensor)
    return keras.Model(images, layers.Dense(classes, activation="softmax", name="predictions")(tensor), name="small")


def trained(pixels, labels, classes, seed):
    """Trains; returns a standard Keras model. Not mirrored: a fixed place would become two."""
    keras.backend.clear_session()
    keras.utils.set_random_seed(seed)
    model = network(classes, fused=True)
    steps = EPOCHS * -(-len(pixels) // BATCH)
    schedule = keras.optimizers.schedules.CosineDecay(
        RATE / 20, steps - steps // EPOCHS, warmup_target=RATE, warmup_steps=steps // EPOCHS, alpha=0.01
    )
    optimizer = keras.optimizers.AdamW(schedule, weight_decay=0.02)
    optimizer.exclude_from_weight_decay(var_names=["bias", "gamma", "beta"])
    model.compile(optimizer, "sparse_categorical_crossentropy", jit_compile=False)
    model.fit(preprocess(pixels).numpy(), labels, batch_size=BATCH, epochs=EPOCHS, verbose=0)
    return copy_weights(model, network(classes))


def predicted(model, pixels):
    """First predictions, int [n]."""
    return np.argmax(model.predict(preprocess(pixels).numpy(), batch_size=120, verbose=0), axis=1)
