"""Grouped convolutions in a form that TensorFlow computes and differentiates on any processor.

Keras hands them to XLA as a function, which a frozen graph must not call; TensorFlow's own
grouped Conv2D has no gradient on a CPU with explicit padding and none at all without oneDNN.
"""

import contextlib

import numpy as np
import tensorflow as tf

from camaudit_export.weights import without_weights


@contextlib.contextmanager
def functions_inlined():
    """Context in which a traced `tf.function` leaves its operations instead of a call of itself."""
    before = tf.config.functions_run_eagerly()
    tf.config.run_functions_eagerly(True)
    try:
        yield
    finally:
        tf.config.run_functions_eagerly(before)


@contextlib.contextmanager
def convolutions_unfused():
    """Context in which a graph that runs for the first time does not fuse a convolution with its bias.

    Without AVX-512 TensorFlow has only its own kernel for the two, which knows no groups.
    """
    before = tf.config.optimizer.get_experimental_options().get("remapping", True)
    tf.config.optimizer.set_experimental_options({"remapping": False})
    try:
        yield
    finally:
        tf.config.optimizer.set_experimental_options({"remapping": before})


def ungroup(graph_def):
    """Rewrites grouped convolutions as depthwise ones or as one convolution a group.

    With G groups, input channels c and kernel K `(kh, kw, c / G, out)`, output channel o reads the
    input channels of group floor(o * G / out) only. Where every group has one channel, that is a
    depthwise convolution with the kernel `(kh, kw, c, out / c)`, K's numbers in K's order. Else
    the input is split into G parts, each convolved with its share of K, and the results joined.

    Args:
        graph_def: `GraphDef` whose convolutions are channels-last.

    Returns:
        `GraphDef` that computes the same under the same names.
    """
    light, _ = without_weights(graph_def)
    with tf.Graph().as_default() as graph:
        tf.graph_util.import_graph_def(light, name="")
    grouped = {}
    for operation in graph.get_operations():
        if operation.type == "Conv2D" and operation.get_attr("data_format") == b"NHWC":
            channels, (*sides, a_group, outputs) = operation.inputs[0].shape[3], operation.inputs[1].shape
            if None not in (channels, a_group) and channels != a_group:
                grouped[operation.name] = (channels, [*sides, a_group, outputs])
    if not grouped:
        return graph_def
    constants = {node.name: node for node in graph_def.node if node.op == "Const"}
    result = tf.compat.v1.GraphDef()
    result.versions.CopyFrom(graph_def.versions)
    for node in graph_def.node:
        if node.name not in grouped:
            result.node.add().CopyFrom(node)
            continue
        channels, kernel = grouped[node.name]
        rewrite = _depthwise if kernel[2] == 1 and _fits_depthwise(node) else _split
        result.node.extend(rewrite(node, channels, kernel, constants.get(node.input[1].removesuffix(":0"))))
    return result


def _fits_depthwise(node):
    """Whether TensorFlow's depthwise convolution can do it: equal strides, padding by name, not dilated.

    With explicit padding and a bias behind it the operation aborts the process (a fusion of oneDNN).
    """
    strides, dilations = node.attr["strides"].list.i, node.attr["dilations"].list.i
    return strides[1] == strides[2] and set(dilations) <= {1} and node.attr["padding"].s in (b"SAME", b"VALID")


def _depthwise(node, channels, kernel, constant):
    shape = [*kernel[:2], channels, kernel[3] // channels]
    name = node.name + "/depthwise_kernel"
    if constant is not None:
        made = [_constant(name, tf.make_ndarray(constant.attr["value"].tensor).reshape(shape))]
    else:
        made = [
            _constant(name + "/shape", np.array(shape, np.int32)),
            _node(name, "Reshape", [node.input[1], name + "/shape"]),
        ]
        made[-1].attr["T"].CopyFrom(node.attr["T"])
        made[-1].attr["Tshape"].type = tf.int32.as_datatype_enum
    convolution = _node(node.name, "DepthwiseConv2dNative", [node.input[0], name])
    for attribute in ("T", "strides", "padding", "data_format"):
        convolution.attr[attribute].CopyFrom(node.attr[attribute])
    return [*made, convolution]


def _split(node, channels, kernel, constant):
    groups = channels // kernel[2]
    axis = _constant(node.name + "/axis", np.int32(3))
    parts = _split_node(node.name + "/parts", axis.name, node.input[0], groups, node)
    made = [axis, parts]
    kernels = [f"{node.name}/kernel_{group}" for group in range(groups)]
    if constant is not None:
        shares = np.split(tf.make_ndarray(constant.attr["value"].tensor), groups, axis=3)
        made += [_constant(name, share) for name, share in zip(kernels, shares, strict=True)]
    else:
        made.append(_split_node(node.name + "/kernels", axis.name, node.input[1], groups, node))
        kernels = [f"{node.name}/kernels:{group}" for group in range(groups)]
    convolutions = []
    for group, share in enumerate(kernels):
        convolution = tf.compat.v1.NodeDef()
        convolution.CopyFrom(node)
        convolution.name = f"{node.name}/group_{group}"
        convolution.input[:] = [f"{parts.name}:{group}", share]
        convolutions.append(convolution)
    joined = _node(node.name, "ConcatV2", [*(convolution.name for convolution in convolutions), axis.name])
    joined.attr["N"].i = groups
    joined.attr["T"].CopyFrom(node.attr["T"])
    joined.attr["Tidx"].type = tf.int32.as_datatype_enum
    return [*made, *convolutions, joined]


def _split_node(name, axis, source, groups, like):
    node = _node(name, "Split", [axis, source])
    node.attr["num_split"].i = groups
    node.attr["T"].CopyFrom(like.attr["T"])
    return node


def _constant(name, value):
    node = _node(name, "Const", [])
    node.attr["value"].tensor.CopyFrom(tf.make_tensor_proto(value))
    node.attr["dtype"].type = node.attr["value"].tensor.dtype
    return node


def _node(name, operation, inputs):
    return tf.compat.v1.NodeDef(name=name, op=operation, input=inputs)
