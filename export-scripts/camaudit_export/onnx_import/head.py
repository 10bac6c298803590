"""The end of an ONNX graph: where the logits are, and whether the default layer's map has a closed form."""

import numpy as np
import tensorflow as tf

from camaudit_export.errors import ExportError, UsageError
from camaudit_export.head import Logits
from camaudit_export.onnx_import.reading import attributes

RESHAPES = ("Reshape", "Flatten", "Squeeze", "Identity", "Dropout")


LINKS = {"Softmax": "softmax", "LogSoftmax": "log_softmax", "Sigmoid": "sigmoid"}


def find_logits(source, inferred, sigmoid=False):
    """The `Logits` of the file: the scores before a softmax, its logarithm or a sigmoid.

    Args:
        source: `Source`.
        inferred: dict of `infer`.
        sigmoid: bool. Whether the user says that sigmoids come after the model.
    """
    producer = {name: node for node in source.nodes for name in node.output}
    name, link = source.output, None
    node = producer.get(name)
    while node is not None and (node.op_type == "Identity" or (link is None and node.op_type in LINKS)):
        link = LINKS.get(node.op_type, link)
        name = node.input[0]
        node = producer.get(name)
    if node is None:
        raise ExportError(f"{source.path} computes nothing from its pictures")
    if sigmoid and link not in (None, "sigmoid"):
        raise UsageError(f"--sigmoid: {source.path} ends in a {link.replace('_', ' ')}, not in linear outputs")
    few, many = inferred[name].shapes
    if len(few) != 2 or few[0] == many[0]:
        raise ExportError(
            f'{source.path}: the output "{name}" has the shape {few[1:]} without the batch; one score a class is wanted'
        )
    stated = sigmoid and link is None
    link = "sigmoid" if stated else link
    if few[1] == 1 and link != "sigmoid":
        raise ExportError(
            f'{source.path}: the output "{name}" is one number and no class; if it is the logit of yes, export it with'
            " --sigmoid"
        )
    return Logits(name, None, link, stated, few[1])


def describe_head(source, inferred, logits, default):
    """The card's `head`: average-pool-dense where the logits are affine in the spatial mean of the default layer."""
    producer = {name: node for node in source.nodes for name in node.output}
    node, bias = producer[logits.value], None
    if node.op_type == "Add" and producer.get(node.input[0]) is not None:
        bias = _fixed(inferred, node.input[1])
        node = producer[node.input[0]]
    if node.op_type not in ("Gemm", "MatMul") or _fixed(inferred, node.input[1]) is None:
        return {"kind": "other"}
    if node.op_type == "Gemm":
        options = attributes(node)
        if options.get("transA", 0) or options.get("alpha", 1.0) != 1.0 or options.get("beta", 1.0) != 1.0:
            return {"kind": "other"}
        bias = _fixed(inferred, node.input[2]) if len(node.input) > 2 else None
    pool = producer.get(node.input[0])
    while pool is not None and pool.op_type in RESHAPES:
        pool = producer.get(pool.input[0])
    if pool is None or not _averages_space(pool, inferred, default, producer):
        return {"kind": "other"}
    outputs = logits.outputs_count
    bias = np.zeros(outputs) if bias is None else np.broadcast_to(bias, (outputs,))
    bias = logits.scores(tf.constant(np.float32(bias)[np.newaxis]))[0]
    return {"kind": "average-pool-dense", "layer": default.name, "bias": np.float32(bias).tolist()}


def _fixed(inferred, name):
    known = inferred.get(name)
    return known.arrays[0] if known is not None and known.is_fixed else None


def _averages_space(node, inferred, layer, producer):
    """Whether a node takes the mean over a layer's height and width, its axes in whatever order."""
    if node.op_type == "GlobalAveragePool":
        axes = (2, 3)
    elif node.op_type == "ReduceMean":
        axes = attributes(node).get("axes") or (_fixed(inferred, node.input[1]) if len(node.input) > 1 else None)
    else:
        return False
    value, order = node.input[0], (0, 1, 2, 3)
    while value != layer.value and value in producer and producer[value].op_type == "Transpose":
        perm = attributes(producer[value])["perm"]
        value, order = producer[value].input[0], tuple(perm[axis] for axis in order[: len(perm)])
    space = {2, 3} if layer.channels_first else {1, 2}
    return value == layer.value and axes is not None and {order[int(axis) % len(order)] for axis in axes} == space
