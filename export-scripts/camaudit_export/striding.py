"""Leaves out the positions of activations that nobody reads.

A 1 x 1 convolution with stride 2, as a stage of a ResNet begins with, reads every second row
and column; the block before it computed the others in vain. Here the stride moves up to where
the positions are made: through activations, biases and sums into the convolutions before them,
whose stride grows. Each number that is computed at all is the same sum over the same inputs.
A ResNet-50 has a tenth fewer multiplications then.
"""

import dataclasses
import math

import tensorflow as tf

from camaudit_export.freezing import full_name

POSITIONWISE = ("BiasAdd", "AddV2", "Add", "Sub", "Mul", "Maximum", "Minimum", "Relu", "Relu6", "LeakyRelu", "Elu")
"""Operations whose output at a position depends on their inputs at this position alone."""


@dataclasses.dataclass(frozen=True)
class Thinned:
    """What is computed of an activation when nothing but the logits is wanted.

    Attributes:
        tensor: str. Name of the tensor that holds rows and columns 0, stride, 2 * stride, ...
        stride: int.
    """

    tensor: str
    stride: int


def thin(frozen):
    """Moves strides of 1 x 1 convolutions up to the operations that make what they skip.

    Activations as a whole can still be fetched: their operations stay beside the thinned ones.

    Args:
        frozen: `FrozenForward`.

    Returns:
        `FrozenForward` with the same tensors and its `thinned` filled.
    """
    with tf.Graph().as_default() as graph:
        tf.graph_util.import_graph_def(frozen.graph, name="")
    logits = graph.get_tensor_by_name(frozen.logits)
    operations = _needed(graph, logits)
    rewriter = _Rewriter(frozen.graph, _strides_read(operations, logits))
    for operation in operations:
        rewriter.visit(operation)
    made = {name: rewriter.made[tensor] for name, tensor in frozen.layers.items() if tensor in rewriter.made}
    return dataclasses.replace(frozen, graph=rewriter.graph, thinned=made)


def _needed(graph, logits):
    """Operations that the logits are computed from, in an order in which they can run."""
    needed, todo = {logits.op}, [logits.op]
    while todo:
        for tensor in todo.pop().inputs:
            if tensor.op not in needed:
                needed.add(tensor.op)
                todo.append(tensor.op)
    return [operation for operation in graph.get_operations() if operation in needed]


def _strides_read(operations, logits):
    """A dict from tensor name to s, such that only positions that are multiples of s are read."""
    strides = {logits.name: 1}
    for operation in reversed(operations):
        planes = _planes(operation)
        for index, tensor in enumerate(operation.inputs):
            read = 1
            if _pointwise_convolution(operation) and index == 0:
                read = strides[operation.outputs[0].name] * _stride(operation)
            elif tensor in planes:
                read = strides[operation.outputs[0].name]
            strides[tensor.name] = math.gcd(strides.get(tensor.name, 0), read)
    return strides


def _planes(operation):
    """Inputs of a positionwise operation that have its output's height and width.

    None where another input differs from position to position, as a row of weights does.
    """
    if operation.type not in POSITIONWISE or not _channels_last(operation):
        return []
    size = _size(operation.outputs[0])
    planes = [tensor for tensor in operation.inputs if size is not None and _size(tensor) == size]
    others = [tensor for tensor in operation.inputs if tensor not in planes]
    return planes if all(_same_everywhere(tensor) for tensor in others) else []


def _same_everywhere(tensor):
    return tensor.shape.rank is not None and all(side == 1 for side in tensor.shape[-3:-1])


def _size(tensor):
    """Height and width, both more than 1, or None."""
    if tensor.shape.rank != 4 or None in tensor.shape[1:3] or 1 in tensor.shape[1:3]:
        return None
    return tuple(tensor.shape[1:3])


def _convolution(operation):
    """Whether it is a convolution as Keras makes them: one stride, padding by name, not dilated."""
    return (
        operation.type == "Conv2D"
        and _channels_last(operation)
        and _size(operation.inputs[0]) is not None
        and operation.get_attr("strides")[1] == operation.get_attr("strides")[2]
        and operation.get_attr("padding") in (b"SAME", b"VALID")
        and operation.get_attr("dilations") == [1, 1, 1, 1]
    )


def _pointwise_convolution(operation):
    return _convolution(operation) and tuple(operation.inputs[1].shape[:2]) == (1, 1)


def _stride(operation):
    return operation.get_attr("strides")[1]


def _channels_last(operation):
    return "data_format" not in operation.node_def.attr or operation.get_attr("data_format") == b"NHWC"


class _Rewriter:
    """Rewrites a copy of a GraphDef operation by operation; `made` holds what is thinned."""

    def __init__(self, graph, strides):
        self.graph = tf.compat.v1.GraphDef()
        self.graph.CopyFrom(graph)
        self.made = {}
        self._strides = strides
        self._nodes = {node.name: node for node in self.graph.node}

    def visit(self, operation):
        if len(operation.outputs) != 1:
            return
        stride = self._strides[operation.outputs[0].name]
        if _convolution(operation):
            self._visit_convolution(operation, stride)
            return
        planes = _planes(operation)
        if stride > 1 and any(self._available(tensor) > 1 for tensor in planes):
            node = self._copy(operation, stride)
            for index, tensor in enumerate(operation.inputs):
                if tensor in planes:
                    node.input[index] = self._at(tensor, stride)

    def _visit_convolution(self, operation, stride):
        images = operation.inputs[0]
        skipped = self._available(images)
        if stride == 1 and skipped == 1:
            return
        # What all readers want whole is computed under its own name, only from less.
        node = self._copy(operation, stride) if stride > 1 else self._nodes[operation.name]
        padding = _padding(operation)
        node.input[0] = self._at(images, skipped)
        steps = _stride(operation) * stride // skipped
        node.attr["strides"].list.i[:] = [1, steps, steps, 1]
        node.attr["padding"].s = b"EXPLICIT" if any(padding) else b"VALID"
        node.attr["explicit_paddings"].list.i[:] = [0, 0, *padding, 0, 0] if any(padding) else []

    def _copy(self, operation, stride):
        node = self.graph.node.add()
        node.CopyFrom(operation.node_def)
        node.name = f"{operation.name}/every_{stride}"
        self.made[operation.outputs[0].name] = Thinned(full_name(node.name), stride)
        return node

    def _available(self, tensor):
        made = self.made.get(tensor.name)
        return 1 if made is None else made.stride

    def _at(self, tensor, stride):
        """Name of a tensor that holds every `stride`th position of a tensor."""
        made = self.made.get(tensor.name, Thinned(tensor.name, 1))
        if made.stride == stride:
            return made.tensor.removesuffix(":0")
        step = stride // made.stride
        name = f"{tensor.op.name}/taken_{stride}"
        if name not in self._nodes:
            # An average over one position is that position, and much faster than a strided slice.
            node = self._nodes[name] = self.graph.node.add(name=name, op="AvgPool", input=[made.tensor])
            node.attr["T"].type = tensor.dtype.as_datatype_enum
            node.attr["ksize"].list.i[:] = [1, 1, 1, 1]
            node.attr["strides"].list.i[:] = [1, step, step, 1]
            node.attr["padding"].s = b"VALID"
        return name


def _padding(operation):
    """Rows and columns of zeros around a convolution's input: top, bottom, left, right."""
    if operation.get_attr("padding") == b"VALID":
        return [0, 0, 0, 0]
    stride, padding = _stride(operation), []
    for size, kernel in zip(_size(operation.inputs[0]), operation.inputs[1].shape[:2], strict=True):
        total = max((math.ceil(size / stride) - 1) * stride + kernel - size, 0)
        padding += [total // 2, total - total // 2]
    return padding
