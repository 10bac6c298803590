"""Large constants taken out of a GraphDef while a graph is built around them, and put back.

Building then copies kilobytes instead of the model, and a graph that holds the forward pass
twice stays below protobuf's 2 GB.
"""

import numpy as np
import tensorflow as tf

LARGE = 1024
"""Elements from which a constant is a weight; smaller ones may be shapes that inference reads."""


def without_weights(graph_def):
    """Splits a GraphDef.

    Returns:
        the GraphDef with placeholders for large constants, and a dict from node name to the
        constants' NodeDef.
    """
    light, weights = tf.compat.v1.GraphDef(), {}
    light.versions.CopyFrom(graph_def.versions)
    for node in graph_def.node:
        shape = node.attr["value"].tensor.tensor_shape if node.op == "Const" else None
        if shape is None or np.prod([d.size for d in shape.dim], dtype=np.int64) < LARGE:
            light.node.add().CopyFrom(node)
            continue
        weights[node.name] = node
        placeholder = light.node.add(name=node.name, op="Placeholder")
        placeholder.attr["dtype"].CopyFrom(node.attr["dtype"])
        placeholder.attr["shape"].shape.CopyFrom(shape)
    return light, weights


def with_weights(graph_def, weights, prefix):
    """Puts the constants back where their names, after `prefix`, stand in a GraphDef."""
    full = tf.compat.v1.GraphDef()
    full.versions.CopyFrom(graph_def.versions)
    for node in graph_def.node:
        weight = weights.get(node.name.removeprefix(prefix)) if node.op == "Placeholder" else None
        copy = full.node.add()
        copy.CopyFrom(node if weight is None else weight)
        copy.name = node.name
    return full
