"""The end of the network: where its softmax is, and whether a closed form exists for its map."""

import dataclasses

import keras
import numpy as np

from camaudit_export.errors import ExportError
from camaudit_export.layers import is_transparent

SOFTMAX = keras.activations.softmax
SIGMOID = keras.activations.sigmoid


@dataclasses.dataclass(frozen=True)
class Logits:
    """Where a model's logits are.

    Attributes:
        value: int. Number of the value that holds them.
        softmax: `Step` to run without its softmax, or None where the value is linear already.
    """

    value: int
    softmax: object


def find_logits(network):
    """Finds the scores before any softmax.

    A layer with a softmax activation keeps its weights and loses the activation; a softmax
    of its own is left out; anything else is taken as logits already.
    """
    step = network.producer.get(network.output)
    while step is not None and is_transparent(step):
        step = network.producer.get(step.inputs[0])
    if step is None:
        raise ExportError(f'model "{network.model.name}" has no layers')
    activation = getattr(step.operation, "activation", None)
    if activation is SIGMOID or type(step.operation).__name__ == "Sigmoid":
        raise ExportError(
            f'layer "{step.name}" ends the model in a sigmoid, whose outputs are no scores of classes that'
            " exclude each other; a softmax or linear layer with one output a class is wanted"
            " (two for a yes-or-no model)"
        )
    if type(step.operation).__name__ == "Softmax" or (
        isinstance(step.operation, keras.layers.Activation) and activation is SOFTMAX
    ):
        return Logits(step.inputs[0], None)
    if activation is SOFTMAX:
        return Logits(step.output, step)
    return Logits(step.output, None)


def without_activation(step):
    """Function for `Network.run` that runs a layer as if its activation were linear."""

    def call(*inputs):
        with linear_activation(step.operation):
            (output,) = step.call(dict(zip(step.inputs, inputs, strict=True)))
        return output

    return call


class linear_activation:  # noqa: N801 - reads as a function
    """Context in which a layer has no activation; the layer is unchanged afterwards."""

    def __init__(self, layer):
        self._layer = layer
        self._activation = layer.activation

    def __enter__(self):
        self._layer.activation = keras.activations.linear

    def __exit__(self, *_):
        self._layer.activation = self._activation


def describe_head(network, logits, layers):
    """The card's `head`: average-pool-dense where the logits are affine in a layer's spatial mean.

    Matches layer, GlobalAveragePooling2D, Dense without activation; dropout and the like may
    stand between. For it, the raw map of the layer sums to logit - bias.
    """
    dense = _before_transparent(network, logits.value)
    linear = dense is not None and (
        dense is logits.softmax or getattr(dense.operation, "activation", None) is keras.activations.linear
    )
    if not linear or type(dense.operation) is not keras.layers.Dense:
        return {"kind": "other"}
    pool = _before_transparent(network, dense.inputs[0])
    if pool is None or type(pool.operation) is not keras.layers.GlobalAveragePooling2D:
        return {"kind": "other"}
    layer = _before_transparent(network, pool.inputs[0])
    if layer not in layers or pool.operation.data_format != "channels_last":
        return {"kind": "other"}
    bias = dense.operation.bias if dense.operation.use_bias else np.zeros(dense.operation.units)
    return {"kind": "average-pool-dense", "layer": layer.name, "bias": np.float32(bias).tolist()}


def _before_transparent(network, value):
    step = network.producer.get(value)
    while step is not None and is_transparent(step):
        step = network.producer.get(step.inputs[0])
    return step
