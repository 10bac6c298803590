"""Means over cells that come out the same wherever in the batch an image lies.

TensorFlow's `Mean` over height and width adds several neighbouring numbers at a time, eight or sixteen by the
processor, whichever image they belong to: where the channels are no multiple of that, the same image's mean is added
up in another order at another place in the batch, and differs in its last bits. A pooling window as large as the
plane does not.
"""

import dataclasses

import numpy as np
import tensorflow as tf

from camaudit_export.freezing import full_name

PLANE = (1, 2)


def mean_over_cells(values, name=None):
    """Mean over the plane of `(N, h, w, C)`, whose h, w and C are known: `(N, C)`."""
    _, height, width, channels = values.shape
    pooled = tf.nn.avg_pool2d(values, [height, width], 1, "VALID")
    return tf.reshape(pooled, [-1, channels], name=name)


def sum_over_cells(values):
    """Sum over the plane of `(N, h, w, C)`, whose h, w and C are known: `(N, C)`."""
    return mean_over_cells(values) * float(values.shape[1] * values.shape[2])


def pool_means(frozen):
    """Rewrites means over the plane as average pools of the whole plane.

    Args:
        frozen: `FrozenForward`.

    Returns:
        `FrozenForward` that computes the same under the same names.
    """
    with tf.Graph().as_default() as graph:
        tf.graph_util.import_graph_def(frozen.graph, name="")
    windows = {}
    for operation in graph.get_operations():
        if operation.type == "Mean" and (window := _window(operation)):
            windows[operation.name] = window
    result = tf.compat.v1.GraphDef()
    result.versions.CopyFrom(frozen.graph.versions)
    for node in frozen.graph.node:
        if node.name in windows:
            result.node.extend(_pool(node, windows[node.name]))
        else:
            result.node.add().CopyFrom(node)
    return dataclasses.replace(frozen, graph=result)


def _window(operation):
    """Height and width of the plane that a mean is over, or None if it is over something else."""
    values, axes = operation.inputs
    axes = tf.get_static_value(axes)
    if axes is None or values.shape.rank != 4 or values.dtype != tf.float32 or None in values.shape[1:]:
        return None
    if tuple(sorted(int(axis) % 4 for axis in np.ravel(axes))) != PLANE:
        return None
    return tuple(values.shape[1:3])


def _pool(node, window):
    """Nodes that compute what a `Mean` computes, the last of its name."""
    keeps = node.attr["keep_dims"].b
    pool = tf.compat.v1.NodeDef(op="AvgPool", name=node.name if keeps else node.name + "/pooled", input=node.input[:1])
    pool.attr["T"].type = tf.float32.as_datatype_enum
    pool.attr["padding"].s = b"VALID"
    pool.attr["data_format"].s = b"NHWC"
    pool.attr["ksize"].list.i.extend([1, *window, 1])
    pool.attr["strides"].list.i.extend([1, 1, 1, 1])
    if keeps:
        return [pool]
    squeeze = tf.compat.v1.NodeDef(op="Squeeze", name=node.name, input=[full_name(pool.name)])
    squeeze.attr["T"].type = tf.float32.as_datatype_enum
    squeeze.attr["squeeze_dims"].list.i.extend(PLANE)
    return [pool, squeeze]
