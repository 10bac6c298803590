"""Values of the graph being built: a tensor and the order in which it holds its ONNX axes.

Pictures lie channels last, as TensorFlow's convolutions want them, while ONNX counts batch,
channels, height, width. A Transpose in ONNX changes only the order; an axis is moved in memory
where an operation cannot do without.
"""

import dataclasses
import math

import numpy as np
import tensorflow as tf

from camaudit_export.onnx_import.inference import BATCHES

CHANNELS_LAST = (0, 2, 3, 1)


@dataclasses.dataclass(frozen=True)
class Value:
    """A tensor, or an array where it is constant.

    Attributes:
        tensor: tensor or array.
        order: tuple of int. Entry i is the ONNX axis that the tensor's axis i holds.
    """

    tensor: object
    order: tuple

    @property
    def is_constant(self):
        return isinstance(self.tensor, np.ndarray)

    @property
    def rank(self):
        return len(self.order)

    def axis(self, onnx_axis):
        """The tensor's axis that holds an ONNX axis, which may count from the end."""
        return self.order.index(onnx_axis % self.rank)

    def like(self, tensor):
        return Value(tensor, self.order)


def plain(tensor):
    """A value whose axes stand in ONNX's order."""
    return Value(tensor, tuple(range(len(tensor.shape))))


def arranged(value, order):
    """The value with its axes in another order."""
    order = tuple(order)
    if value.order == order:
        return value
    axes = [value.order.index(axis) for axis in order]
    if value.is_constant:
        return Value(np.transpose(value.tensor, axes), order)
    shape = value.tensor.shape
    long = [axis for axis in axes if shape[axis] != 1]
    if long == sorted(long):
        # Only axes of size 1 change places.
        return Value(tf.reshape(value.tensor, static_shape([shape[axis] for axis in axes])), order)
    return Value(tf.transpose(value.tensor, axes), order)


def in_plain_order(value):
    return arranged(value, range(value.rank))


def static_shape(dims):
    """A shape for `tf.reshape` with at most one open size."""
    return [-1 if dim is None else int(dim) for dim in dims]


def lifted(value, rank):
    """The value with axes of size 1 before its first ONNX axis, as broadcasting adds them."""
    more = rank - value.rank
    if more == 0:
        return value
    order = tuple(range(more)) + tuple(axis + more for axis in value.order)
    if value.is_constant:
        return Value(value.tensor.reshape((1,) * more + value.tensor.shape), order)
    return Value(tf.reshape(value.tensor, static_shape([1] * more + list(value.tensor.shape))), order)


def aligned(values):
    """Operands of an elementwise operation, ready to broadcast, and the order they have in common.

    That is the order of the largest operand that is no constant; among equals, of one that has
    the batch first.
    """
    rank = max(value.rank for value in values)
    values = [lifted(value, rank) for value in values]
    order = max((value for value in values if not value.is_constant), key=_weight).order
    return [_broadcastable(arranged(value, order)) for value in values], order


def _weight(value):
    return (math.prod(dim or BATCHES[0] for dim in value.tensor.shape), value.order[:1] == (0,))


def _broadcastable(value):
    """A constant without leading sizes of 1, which TensorFlow's fused kernels do not know."""
    if not value.is_constant:
        return value.tensor
    shape = value.tensor.shape
    while len(shape) > 0 and shape[0] == 1:
        shape = shape[1:]
    return value.tensor.reshape(shape)


def reshaped(value, source, target, batch):
    """Reshapes in the order that the tensor has, where that is the same reshape.

    ONNX axes are matched in blocks of equal product, such as (heads, depth) and channels. If the
    axes of every block lie next to each other in the tensor, it can stay as it lies.

    Args:
        value: `Value`.
        source, target: pairs of sizes, of `Inferred.sizes`.
        batch: scalar tensor, the size of the batch.
    """
    order = _order_after(value.order, source, target)
    if order is None:
        value, order = in_plain_order(value), tuple(range(len(target)))
    if value.is_constant:
        return Value(value.tensor.reshape([target[axis][0] for axis in order]), order)
    return Value(tf.reshape(value.tensor, sizes_as_shape([target[axis] for axis in order], batch)), order)


def _order_after(order, source, target):
    blocks = _blocks(source, target)
    if blocks is None:
        return None
    lying = [axis for axis in order if source[axis] != (1, 1)]
    start = {axes[0]: (axes, wanted) for axes, wanted in blocks}
    result, position = [], 0
    while position < len(lying):
        axes, wanted = start.get(lying[position], ((), ()))
        if not axes or lying[position : position + len(axes)] != axes:
            return None
        result += wanted
        position += len(axes)
    for axis, sizes in enumerate(target):
        if sizes == (1, 1):
            result.insert(result.index(axis - 1) + 1 if axis > 0 else 0, axis)
    return tuple(result)


def _blocks(source, target):
    """Lists of source axes and target axes with equal products, sizes of 1 left out; None if there are none."""
    left = [axis for axis, sizes in enumerate(source) if sizes != (1, 1)]
    right = [axis for axis, sizes in enumerate(target) if sizes != (1, 1)]
    blocks = []
    while left and right:
        axes, wanted = [left.pop(0)], [right.pop(0)]
        while (have := _product(source, axes)) != (want := _product(target, wanted)):
            shorter, rest = (axes, left) if have <= want else (wanted, right)
            if not rest:
                return None
            shorter.append(rest.pop(0))
        blocks.append((axes, wanted))
    return None if left or right else blocks


def _product(sizes, axes):
    return tuple(math.prod(sizes[axis][i] for axis in axes) for i in (0, 1))


def sizes_as_shape(sizes, batch):
    """Sizes for two batches as a shape: constants, -1 for one that follows the batch, or multiples of it."""
    varying = [few != many for few, many in sizes]
    if sum(varying) <= 1:
        return [-1 if varies else int(few) for varies, (few, _) in zip(varying, sizes, strict=True)]
    return tf.stack([batch * (few // BATCHES[0]) if few != many else tf.constant(few) for few, many in sizes])
