"""Batch normalisation folded into the convolution before it, in float64."""

import keras
import numpy as np
import tensorflow as tf

FOLDABLE = (keras.layers.Conv2D, keras.layers.DepthwiseConv2D)


def normalization_factors(layer):
    """Scale and offset that a batch norm applies to each channel at inference.

        scale = gamma / sqrt(variance + epsilon)        offset = beta - mean * scale

    Returns:
        two float64 arrays `(C,)`; gamma is 1 and beta 0 where the layer has none.
    """
    variance = np.float64(layer.moving_variance)
    scale = (np.float64(layer.gamma) if layer.scale else 1.0) / np.sqrt(variance + layer.epsilon)
    offset = (np.float64(layer.beta) if layer.center else 0.0) - np.float64(layer.moving_mean) * scale
    return scale, offset


def fold(kernel, bias, scale, offset, depthwise):
    """Kernel and bias of the convolution that equals convolution, then `x * scale + offset`.

    Args:
        kernel: float array `(kh, kw, in, out)`, depthwise `(kh, kw, in, multiplier)` where
            output channel `i * multiplier + j` comes from input channel i.
        bias: float array `(out,)`, or None.
        scale, offset: float64 arrays `(out,)`.

    Returns:
        float64 kernel and bias.
    """
    kernel = np.float64(kernel)
    shape = (1, 1, kernel.shape[2], kernel.shape[3]) if depthwise else (1, 1, 1, -1)
    bias = 0.0 if bias is None else np.float64(bias)
    return kernel * scale.reshape(shape), bias * scale + offset


def fold_batch_norms(network, kept):
    """Plans the network's convolutions and batch norms with constants in place of variables.

    A batch norm disappears into the convolution before it if that has no activation, is called
    once, and is read by nothing but the batch norm. Elsewhere it is one multiplication and
    one addition. A kept convolution stays as it is: folding would change its output.

    Args:
        network: `Network`.
        kept: set of int. Values that must come out unchanged.

    Returns:
        dict from `Step` to function, for `Network.run`.
    """
    plan = {}
    for step in network.steps:
        if type(step.operation) in FOLDABLE and network.calls_of(step.operation) == 1:
            plan[step] = _convolution(step.operation, step.operation.kernel, step.operation.bias)
        elif type(step.operation) is keras.layers.BatchNormalization and _on_channels(step):
            factors = normalization_factors(step.operation)
            convolution = network.producer.get(step.inputs[0])
            if convolution is not None and _can_fold(network, convolution, kept):
                layer = convolution.operation
                depthwise = isinstance(layer, keras.layers.DepthwiseConv2D)
                folded = fold(layer.kernel, layer.bias, *factors, depthwise)
                plan[convolution] = _convolution(layer, *folded)
                plan[step] = lambda inputs: inputs
            else:
                plan[step] = _affine(step.operation, *factors)
    return plan


def _on_channels(step):
    rank = len(step.node.outputs[0].shape)
    return step.operation.axis in (-1, rank - 1)


def _can_fold(network, step, kept):
    layer = step.operation
    return (
        type(layer) in FOLDABLE
        and layer.activation is keras.activations.linear
        and network.calls_of(layer) == 1
        and step.output not in kept
        and len(network.consumers(step.output)) == 1
    )


def _convolution(layer, kernel, bias):
    convolve = keras.ops.depthwise_conv if isinstance(layer, keras.layers.DepthwiseConv2D) else keras.ops.conv
    kernel = np.float32(kernel)
    bias = None if bias is None else np.float32(bias)

    def call(inputs):
        outputs = convolve(
            inputs,
            tf.constant(kernel, name=layer.name + "_kernel"),
            strides=layer.strides,
            padding=layer.padding,
            data_format=layer.data_format,
            dilation_rate=layer.dilation_rate,
        )
        if bias is not None:
            # Keras adds a reshaped bias; BiasAdd is what TensorFlow fuses into the convolution.
            outputs = tf.nn.bias_add(outputs, tf.constant(bias, name=layer.name + "_bias"))
        return layer.activation(outputs)

    return call


def _affine(layer, scale, offset):
    def call(inputs):
        scaled = inputs * tf.constant(np.float32(scale), name=layer.name + "_scale")
        return scaled + tf.constant(np.float32(offset), name=layer.name + "_offset")

    return call
