"""LibraGrad: gradients of a network whose softmaxes, normalisers and gates are held fixed.

An attention is softmax(q k) v, a layer norm (x - mean) / deviation, a GELU x Φ(x), a SiLU x sigmoid(x): each is a
product of what is passed on and of a factor that follows from the picture too. Where the way back takes
such factors for constants, every layer is affine, piecewise, and what a logit is made of is shared out
without a rest: with x for the picture, b for everything that is added, and y for the logit,

    y = sum of x ⊙ dy/dx + sum of b ⊙ dy/db

which Mehri, Soleymani Baghshah and Pilehvar 2024, arXiv:2411.16760, call FullGrad-completeness. With the
gradients of the network as it is, it does not hold. The forward pass stays as it is.

In a frozen graph all of these factors end in one of a few operations, however the product is spelled. So
the outputs of those are held, and what a tensor is made of says whether the rest is affine.
"""

import enum

import tensorflow as tf

from camaudit_export.freezing import full_name
from camaudit_export.rewiring import downstream

PREFIX = "libra-"
"""Stands before the name of a method that takes these gradients."""

BALANCED = ("gae", "gradcam", "hirescam")
"""Methods that there are with these gradients too, under `PREFIX` and their name."""

HELD = ("Softmax", "Rsqrt", "Sqrt", "Erf", "Erfc", "Tanh", "Sigmoid")
"""Operations that the factors end in: attentions, the deviations of norms, and Φ or sigmoid of gates."""

PRODUCTS = (
    *("Mul", "MatMul", "BatchMatMul", "BatchMatMulV2", "BatchMatMulV3", "Einsum"),
    *("Conv2D", "DepthwiseConv2dNative"),
)
QUOTIENTS = ("RealDiv", "DivNoNan")
AFFINE = (
    *("AddV2", "Add", "AddN", "BiasAdd", "Sub", "Neg", "Mean", "Sum", "AvgPool", "Cast"),
    *("Reshape", "Transpose", "Squeeze", "ExpandDims", "ConcatV2", "Pack", "Unpack", "Split", "SplitV"),
    *("StridedSlice", "Slice", "GatherV2", "GatherNd", "Tile", "BroadcastTo", "Pad", "PadV2", "MirrorPad"),
    *("Roll", "ReverseV2", "SpaceToDepth", "DepthToSpace", "SpaceToBatchND", "BatchToSpaceND"),
    *("ResizeBilinear", "ResizeNearestNeighbor"),
    *("Relu", "Relu6", "LeakyRelu", "Abs", "Max", "Min", "Maximum", "Minimum", "MaxPool", "Select", "SelectV2"),
)
"""Operations that are affine in all of their inputs at once, or piecewise so."""


class _Made(enum.Enum):
    """What a tensor is made of, once the factors are held."""

    CONSTANT = "weights alone"
    FACTOR = "held factors, and weights"
    PASSED = "an affine function of the picture"
    OTHER = "something else"


def held_tensors(frozen):
    """Names of the tensors that LibraGrad holds in a `FrozenForward` with layers.

    Empty where the logits would be no affine function of the picture: of gates that are products of two
    projections (SwiGLU), and of activations that are no product (ELU, a lone tanh). Empty too where it would
    make no difference, as nothing is held between the layers and the logits, or leave no gradient.
    """
    with tf.Graph().as_default() as graph:
        tf.graph_util.import_graph_def(frozen.graph, name="")
    images, logits = (graph.get_tensor_by_name(name).op for name in (frozen.images, frozen.logits))
    layers = [graph.get_tensor_by_name(name).op for name in frozen.layers.values()]
    dependent = downstream(images)
    held = [operation for operation in graph.get_operations() if operation in dependent and operation.type in HELD]
    if (
        _made_of(graph, images)[logits] is not _Made.PASSED
        or all(downstream(layer).isdisjoint(held) for layer in layers)
        or not all(logits in downstream(layer, held) for layer in layers)
    ):
        return ()
    return tuple(operation.outputs[0].name for operation in held)


def _made_of(graph, images):
    """What each operation's outputs are made of; operations come behind what they read."""
    made = {images: _Made.PASSED}
    for operation in graph.get_operations():
        if operation not in made:
            read = [made[tensor.op] for tensor in operation.inputs if tensor.dtype.is_floating]
            made[operation] = _combined(operation.type, read)
    return made


def _combined(kind, read):
    kinds = set(read) - {_Made.CONSTANT}
    if not kinds:
        return _Made.CONSTANT
    if kind in HELD:
        return _Made.FACTOR
    if _Made.OTHER in kinds:
        return _Made.OTHER
    if kinds == {_Made.FACTOR}:
        return _Made.FACTOR
    if kind in AFFINE:
        passed = kinds == {_Made.PASSED}
    else:
        multiplied = kind in PRODUCTS or (kind in QUOTIENTS and read[0] is _Made.PASSED)
        passed = multiplied and read.count(_Made.PASSED) == 1
    return _Made.PASSED if passed else _Made.OTHER


def prefixed(maps):
    """Of what `with_held` gives by method, the methods that are offered, under their names."""
    return {PREFIX + method: maps[method] for method in BALANCED if method in maps}


def held_name(tensor):
    """The name, in a graph of `with_held`, of what everybody reads in place of a held tensor."""
    return full_name(tensor.split(":")[0] + "/held")


def with_held(graph_def, held):
    """A `GraphDef` that computes the same, through whose tensors `held` no gradient passes."""
    result = tf.compat.v1.GraphDef()
    result.CopyFrom(graph_def)
    for node in result.node:
        node.input[:] = [held_name(full_name(name)) if full_name(name) in held else name for name in node.input]
    for name in held:
        stop = result.node.add(op="StopGradient", name=held_name(name).split(":")[0], input=[name])
        stop.attr["T"].type = tf.float32.as_datatype_enum
    return result
