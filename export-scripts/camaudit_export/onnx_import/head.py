"""The end of an ONNX graph: where the logits are, and whether the default layer's map has a closed form."""

import numpy as np

from camaudit_export.errors import ExportError
from camaudit_export.onnx_import.reading import attributes, describe

RESHAPES = ("Reshape", "Flatten", "Squeeze", "Identity", "Dropout")


def find_logits(source, inferred):
    """Name of the value that holds the scores before any softmax, and the number of classes."""
    producer = {name: node for node in source.nodes for name in node.output}
    name = source.output
    node = producer.get(name)
    while node is not None and node.op_type in ("Identity", "Softmax", "LogSoftmax"):
        name = node.input[0]
        node = producer.get(name)
    if node is None:
        raise ExportError(f"{source.path} computes nothing from its pictures")
    if node.op_type == "Sigmoid" and name == source.output:
        raise ExportError(
            f"{describe(node)} ends the model in a sigmoid, whose outputs are no scores of classes that exclude each"
            " other; a softmax or linear layer with one output a class is wanted (two for a yes-or-no model)"
        )
    few, many = inferred[name].shapes
    if len(few) != 2 or few[0] == many[0] or few[1] < 2:
        raise ExportError(
            f'{source.path}: the output "{name}" has the shape {few[1:]} without the batch; one score a class is'
            " wanted (two for a yes-or-no model)"
        )
    return name, few[1]


def describe_head(source, inferred, logits, default):
    """The card's `head`: average-pool-dense where the logits are affine in the spatial mean of the default layer."""
    producer = {name: node for node in source.nodes for name in node.output}
    node, bias = producer[logits], None
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
    if pool is None or pool.input[0] != default.value or not _averages_space(pool, inferred, default):
        return {"kind": "other"}
    classes = inferred[logits].shapes[0][1]
    bias = np.zeros(classes) if bias is None else np.broadcast_to(bias, (classes,))
    return {"kind": "average-pool-dense", "layer": default.name, "bias": np.float32(bias).tolist()}


def _fixed(inferred, name):
    known = inferred.get(name)
    return known.arrays[0] if known is not None and known.is_fixed else None


def _averages_space(node, inferred, layer):
    space = {2, 3} if layer.channels_first else {1, 2}
    if node.op_type == "GlobalAveragePool":
        return layer.channels_first
    if node.op_type != "ReduceMean":
        return False
    axes = attributes(node).get("axes") or (_fixed(inferred, node.input[1]) if len(node.input) > 1 else None)
    return axes is not None and {int(axis) % 4 for axis in axes} == space
