"""The end of the network: where its logits are, and whether a closed form exists for its map."""

import dataclasses

import keras
import numpy as np
import tensorflow as tf

from camaudit_export.decision import kind_of
from camaudit_export.errors import ExportError, UsageError
from camaudit_export.layers import is_transparent

LINKS = {
    keras.activations.softmax: "softmax",
    keras.activations.log_softmax: "log_softmax",
    keras.activations.sigmoid: "sigmoid",
}
LINK_LAYERS = {"Softmax": "softmax", "LogSoftmax": "log_softmax", "Sigmoid": "sigmoid"}
"""Classes of layers, and of functions used as layers, that are nothing but a link."""


@dataclasses.dataclass(frozen=True)
class Logits:
    """Where a model's logits are, and what the model makes of them.

    Attributes:
        value: int. Number of the value that holds them.
        step: `Step` to run without its activation, or None where the value is linear already.
        link: str. "softmax", "log_softmax" or "sigmoid" for what stands after the logits; None for nothing.
        stated: bool. Whether the sigmoid is not in the model: the user says that it comes afterwards.
        outputs_count: int. Number of the model's outputs.
    """

    value: int
    step: object
    link: str | None
    stated: bool = False
    outputs_count: int = 0

    @property
    def kind(self):
        """The card's kind of decision."""
        return kind_of(self.link, self.outputs_count)

    @property
    def classes(self):
        """Number of classes: one an output, but no and yes for one sigmoid."""
        return 2 if self.kind == "yes-no" else self.outputs_count

    def scores(self, values):
        """One score a class: the value itself, and for one sigmoid output z the scores of no and yes.

            no = -z / 2        yes = z / 2        softmax(no, yes) = (1 - sigmoid(z), sigmoid(z))

        Args:
            values: tensor `(N, K)`, or `(N, 1)` before a sigmoid.
        """
        return tf.concat([values * -0.5, values * 0.5], axis=1) if self.kind == "yes-no" else values

    def outputs(self, scores):
        """What the model answers, made from the scores `(N, K)`."""
        if self.stated:
            return scores[:, 1:] - scores[:, :1] if self.kind == "yes-no" else scores
        if self.kind == "yes-no":
            return keras.ops.softmax(scores)[:, 1:]
        functions = {
            "softmax": keras.ops.softmax,
            "log_softmax": keras.ops.log_softmax,
            "sigmoid": keras.ops.sigmoid,
        }
        return functions[self.link](scores)


def find_logits(network, sigmoid=False):
    """Finds the scores before a softmax, its logarithm, or a sigmoid.

    A layer with such an activation keeps its weights and loses the activation; a layer or
    function that is nothing else is left out; anything else is taken as logits already, of
    sigmoids where `sigmoid` says so.
    """
    step = network.producer.get(network.output)
    while step is not None and is_transparent(step):
        step = network.producer.get(step.inputs[0])
    if step is None:
        raise ExportError(f'model "{network.model.name}" has no layers')
    if type(step.operation).__name__ in LINK_LAYERS:
        return Logits(step.inputs[0], None, LINK_LAYERS[type(step.operation).__name__])
    link = LINKS.get(getattr(step.operation, "activation", None))
    if link is None:
        return Logits(step.output, None, "sigmoid" if sigmoid else None, stated=sigmoid)
    if isinstance(step.operation, keras.layers.Activation):
        return Logits(step.inputs[0], None, link)
    return Logits(step.output, step, link)


def with_kind(network, logits, shape, sigmoid=False):
    """The logits with the number of the model's outputs; another shape than one score a class is an error.

    Args:
        network: `Network`.
        logits: `Logits`.
        shape: shape of the logits without the batch.
        sigmoid: bool. Whether the user says that sigmoids come after the model.
    """
    name = network.model.name
    if len(shape) != 1 or shape[0] is None:
        raise ExportError(
            f'the logits of model "{name}" have the shape {shape} without the batch; one score a class is wanted'
        )
    if sigmoid and logits.link != "sigmoid":
        raise UsageError(f'--sigmoid: model "{name}" ends in a {logits.link.replace("_", " ")}, not in linear outputs')
    if shape[0] == 1 and logits.link != "sigmoid":
        raise ExportError(
            f'model "{name}" has one output and no sigmoid behind it, which is a number and no class; if it is the'
            " logit of yes, export it with --sigmoid"
        )
    return dataclasses.replace(logits, outputs_count=shape[0])


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
        dense is logits.step or getattr(dense.operation, "activation", None) is keras.activations.linear
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
    bias = logits.scores(tf.constant(np.float32(bias)[np.newaxis]))[0]
    return {"kind": "average-pool-dense", "layer": layer.name, "bias": np.float32(bias).tolist()}


def _before_transparent(network, value):
    step = network.producer.get(value)
    while step is not None and is_transparent(step):
        step = network.producer.get(step.inputs[0])
    return step
