"""A narrow ResNet-50: layers named as in ``keras.applications``, a quarter of the filters.

He et al. 2015, arXiv:1512.03385. Every layer that camaudit's documentation names
(``conv2_block1_out`` to ``conv5_block3_out``) is there, in a file of 6 MB.
"""

import keras
import tensorflow as tf
from keras import layers

STACKS = ((3, 64), (4, 128), (6, 256), (3, 512))
"""ResNet-50's stages conv2 to conv5: blocks, and filters of a 3x3 convolution at full width."""

EPSILON = 1.001e-5
MOMENTUM = 0.9
"""Keras' default of 0.99 lags behind in a training of some hundred steps an epoch."""


@keras.saving.register_keras_serializable("camaudit_demo")
class FusedBatchNormalization(layers.Layer):
    """TensorFlow's fused batch normalisation, with the weights of ``BatchNormalization``.

    Keras' own layer is not fused in training on CPUs, which makes a step two to four times slower.
    Only for training: ``copy_weights`` puts the trained weights into a standard model.
    """

    def build(self, input_shape):
        shape = (input_shape[-1],)
        self.gamma = self.add_weight(name="gamma", shape=shape, initializer="ones")
        self.beta = self.add_weight(name="beta", shape=shape, initializer="zeros")
        self.mean = self.add_weight(name="moving_mean", shape=shape, initializer="zeros", trainable=False)
        self.variance = self.add_weight(name="moving_variance", shape=shape, initializer="ones", trainable=False)

    def call(self, inputs, training=False):
        if not training:
            scale = self.gamma * tf.math.rsqrt(self.variance + EPSILON)
            return inputs * scale + (self.beta - self.mean * scale)
        normalized, mean, variance, *_ = tf.raw_ops.FusedBatchNormV3(
            x=inputs,
            scale=self.gamma,
            offset=self.beta,
            mean=tf.zeros([0]),
            variance=tf.zeros([0]),
            epsilon=EPSILON,
            is_training=True,
        )
        self.mean.assign(MOMENTUM * self.mean + (1 - MOMENTUM) * mean)
        self.variance.assign(MOMENTUM * self.variance + (1 - MOMENTUM) * variance)
        return normalized


def narrow_resnet50(classes, input_side=224, width=0.25, fused=False):
    """Builds the network; softmax head, input already preprocessed (``keras.applications.resnet``).

    Args:
        classes: K; the output is float32 [N, K], probabilities.
        input_side: S; the input is float32 [N, S, S, 3].
        width: share of ResNet-50's filters.
        fused: whether batch normalisation is FusedBatchNormalization, for training.
    """

    def normalize(tensor, name):
        if fused:
            return FusedBatchNormalization(name=name)(tensor)
        return layers.BatchNormalization(epsilon=EPSILON, momentum=MOMENTUM, name=name)(tensor)

    def block(tensor, filters, stride, shortcut, name):
        if shortcut:
            passed = layers.Conv2D(4 * filters, 1, strides=stride, name=name + "_0_conv")(tensor)
            passed = normalize(passed, name + "_0_bn")
        else:
            passed = tensor
        tensor = layers.Conv2D(filters, 1, strides=stride, name=name + "_1_conv")(tensor)
        tensor = layers.Activation("relu", name=name + "_1_relu")(normalize(tensor, name + "_1_bn"))
        tensor = layers.Conv2D(filters, 3, padding="same", name=name + "_2_conv")(tensor)
        tensor = layers.Activation("relu", name=name + "_2_relu")(normalize(tensor, name + "_2_bn"))
        tensor = normalize(layers.Conv2D(4 * filters, 1, name=name + "_3_conv")(tensor), name + "_3_bn")
        return layers.Activation("relu", name=name + "_out")(layers.Add(name=name + "_add")([passed, tensor]))

    images = keras.Input((input_side, input_side, 3), name="input_layer")
    tensor = layers.ZeroPadding2D(3, name="conv1_pad")(images)
    tensor = layers.Conv2D(round(64 * width), 7, strides=2, name="conv1_conv")(tensor)
    tensor = layers.Activation("relu", name="conv1_relu")(normalize(tensor, "conv1_bn"))
    tensor = layers.ZeroPadding2D(1, name="pool1_pad")(tensor)
    tensor = layers.MaxPooling2D(3, strides=2, name="pool1_pool")(tensor)
    for stage, (blocks, filters) in enumerate(STACKS, start=2):
        for index in range(1, blocks + 1):
            stride = 2 if index == 1 and stage > 2 else 1
            tensor = block(tensor, round(filters * width), stride, index == 1, f"conv{stage}_block{index}")
    tensor = layers.GlobalAveragePooling2D(name="avg_pool")(tensor)
    probabilities = layers.Dense(classes, activation="softmax", name="predictions")(tensor)
    return keras.Model(images, probabilities, name="narrow_resnet50")


def copy_weights(source, target):
    """Copies weights by layer name; input side and kind of batch normalisation may differ."""
    for layer in target.layers:
        # The input has none, and a name of its own in each network of a process.
        if layer.weights:
            layer.set_weights(source.get_layer(layer.name).get_weights())
    return target
