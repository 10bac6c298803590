"""Large constants kept out of a GraphDef, as arrays, until it is written.

Building then copies kilobytes instead of the model: a protobuf is copied, as text and as objects, at
each step that reads it, and a network's weights would stand in memory ten times.
"""

import numpy as np
import tensorflow as tf

LARGE = 1024
"""Elements from which a constant is a weight; smaller ones may be shapes that inference reads."""
ALIGNED = 64
"""Bytes of which the address of a tensor is a multiple."""


class GraphWithoutWeights(tf.Graph):
    """A graph in which every large constant that is made becomes a placeholder.

    Attributes:
        weights: dict from the placeholders' names to arrays.
    """

    def __init__(self):
        super().__init__()
        self.weights = {}

    def _create_op_internal(self, op_type, inputs, dtypes=None, input_types=None, name=None, attrs=None, **others):
        array = None
        if op_type == "Const" and _is_weight(attrs["value"].tensor):
            array = _array(attrs["value"].tensor)
            op_type, attrs = "Placeholder", {"dtype": attrs["dtype"], "shape": _shape_of(attrs["value"].tensor)}
        made = super()._create_op_internal(op_type, inputs, dtypes, input_types, name or "Const", attrs, **others)
        if array is not None:
            self.weights[made.name] = array
        return made


def without_weights(graph_def):
    """Splits a GraphDef.

    Returns:
        the GraphDef with placeholders for large constants, and a dict from their names to arrays.
    """
    light, weights = tf.compat.v1.GraphDef(), {}
    light.versions.CopyFrom(graph_def.versions)
    for node in graph_def.node:
        if node.op != "Const" or not _is_weight(node.attr["value"].tensor):
            light.node.add().CopyFrom(node)
            continue
        weights[node.name] = _array(node.attr["value"].tensor)
        placeholder = light.node.add(name=node.name, op="Placeholder")
        placeholder.attr["dtype"].CopyFrom(node.attr["dtype"])
        placeholder.attr["shape"].CopyFrom(_shape_of(node.attr["value"].tensor))
    return light, weights


def constant(name, array):
    """The NodeDef of a weight."""
    node = tf.compat.v1.NodeDef(name=name, op="Const")
    node.attr["value"].tensor.CopyFrom(tf.make_tensor_proto(array))
    node.attr["dtype"].type = node.attr["value"].tensor.dtype
    return node


def _array(tensor):
    """The numbers of a TensorProto, where TensorFlow takes them from as they lie: elsewhere it copies what is fed."""
    array = tf.make_ndarray(tensor)
    buffer = np.empty(array.nbytes + ALIGNED, np.uint8)
    start = -buffer.ctypes.data % ALIGNED
    aligned = buffer[start : start + array.nbytes].view(array.dtype).reshape(array.shape)
    aligned[...] = array
    return aligned


def _is_weight(tensor):
    return np.prod([dim.size for dim in tensor.tensor_shape.dim], dtype=np.int64) >= LARGE


def _shape_of(tensor):
    value = tf.compat.v1.AttrValue()
    value.shape.CopyFrom(tensor.tensor_shape)
    return value
