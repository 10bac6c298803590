"""Trains the demo's network, seeded: two stages, first at half the side, then at the full one."""

import json
import math
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf

from camaudit_demo import dataset
from camaudit_demo.network import copy_weights, narrow_resnet50
from camaudit_demo.scenes import CLASSES

BATCH = 32
STAGES = ((112, 14, 2e-3), (224, 2, 4e-4))
"""Input side, epochs and peak learning rate of each stage."""

WEIGHT_DECAY = 0.02


def train(output, cache, threads):
    """Trains; saves ``demo.keras`` (standard Keras model, softmax head) and ``labels.json``."""
    tf.config.threading.set_intra_op_parallelism_threads(threads)
    keras.utils.set_random_seed(dataset.SEED)
    images, labels = cached_pictures(cache, dataset.TRAINING, dataset.PICTURES_PER_CLASS, threads)
    seen = cached_pictures(cache, dataset.VALIDATION, 40, threads)
    model = None
    for side, epochs, rate in STAGES:
        fused = narrow_resnet50(len(CLASSES), side, fused=True)
        if model is not None:
            copy_weights(model, fused)
        model = fused
        steps = epochs * math.ceil(len(images) / BATCH)
        warmup = len(images) // BATCH
        schedule = keras.optimizers.schedules.CosineDecay(
            rate / 20, steps - warmup, warmup_target=rate, warmup_steps=warmup, alpha=0.01
        )
        optimizer = keras.optimizers.AdamW(schedule, weight_decay=WEIGHT_DECAY)
        optimizer.exclude_from_weight_decay(var_names=["bias", "gamma", "beta"])
        model.compile(optimizer, "sparse_categorical_crossentropy", metrics=["accuracy"], jit_compile=False)
        model.fit(
            _batches(images, labels, side, training=True),
            validation_data=_batches(*seen, side, training=False),
            epochs=epochs,
            verbose=2,
        )
    standard = copy_weights(model, narrow_resnet50(len(CLASSES)))
    output = Path(output)
    output.mkdir(parents=True, exist_ok=True)
    standard.save(output / "demo.keras")
    entries = [{"index": index, "id": name, "names": [name]} for index, name in enumerate(CLASSES)]
    (output / "labels.json").write_text(json.dumps(entries, indent=2) + "\n", encoding="utf-8")


def cached_pictures(cache, split, count, processes):
    """``dataset.pictures`` of a split, drawn once and then read from ``cache``."""
    path = Path(cache) / f"split-{split}-{count}.npz"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        images, labels = dataset.pictures(split, count, processes)
        np.savez(path, images=images, labels=labels)
    with np.load(path) as stored:
        return stored["images"], stored["labels"]


def preprocess(images):
    """``keras.applications.resnet`` (caffe): RGB to BGR, minus ImageNet's mean; float32."""
    return tf.cast(images, tf.float32)[..., ::-1] - tf.constant([103.939, 116.779, 123.68])


def _batches(images, labels, side, training):
    """Batches at ``side``; for training shuffled, mirrored and brightness jittered, all seeded."""
    data = tf.data.Dataset.from_tensor_slices((images, labels))
    if training:
        data = data.shuffle(len(images), seed=dataset.SEED, reshuffle_each_iteration=True)

    def prepare(pictures, targets):
        pictures = tf.cast(pictures, tf.float32)
        if training:
            mirrored = tf.random.uniform([tf.shape(pictures)[0], 1, 1, 1]) < 0.5
            pictures = tf.where(mirrored, pictures[:, :, ::-1], pictures)
            pictures *= tf.random.uniform([tf.shape(pictures)[0], 1, 1, 1], 0.9, 1.1)
        factor = dataset.INPUT_SIDE // side
        if factor > 1:
            pictures = tf.nn.avg_pool2d(pictures, factor, factor, "VALID")
        return preprocess(pictures), targets

    return data.batch(BATCH).map(prepare).prefetch(2)
