"""ONNX's operations in TensorFlow's, one short function each, in one table.

A function takes a `Call` and returns the node's output, or a list of outputs.
"""

import dataclasses
import math

import numpy as np
import tensorflow as tf

from camaudit_export.errors import ExportError
from camaudit_export.onnx_import import values
from camaudit_export.onnx_import.reading import describe
from camaudit_export.onnx_import.values import CHANNELS_LAST, Value, aligned, arranged, in_plain_order, plain

LOWEST = np.finfo(np.float32).min


@dataclasses.dataclass(frozen=True)
class Call:
    """One node with its operands.

    Attributes:
        node: `NodeProto`.
        inputs: list of `Value`, None for one that is left out.
        inferred: list of `Inferred` of the inputs.
        outputs: list of `Inferred` of the outputs.
        attributes: dict.
        batch: scalar tensor, the size of the batch.
        factors: scale and offset of a batch norm to fold into this convolution, or None.
    """

    node: object
    inputs: list
    inferred: list
    outputs: list
    attributes: dict
    batch: object
    factors: tuple | None = None

    def get(self, name, default=None):
        return self.attributes.get(name, default)

    def has(self, index):
        return index < len(self.inputs) and self.inputs[index] is not None

    def fixed(self, index, default=None):
        """The array of an input that must be constant."""
        if not self.has(index):
            return default
        if not self.inferred[index].is_fixed:
            raise self.refusal(f'its input "{self.node.input[index]}" is not constant, and only that is supported')
        return self.inferred[index].arrays[0]

    def refusal(self, words):
        return ExportError(f"{describe(self.node)}: {words}")

    @property
    def rank(self):
        """Rank of the first input."""
        return len(self.inferred[0].shapes[0])


def _unary(function):
    return lambda call: call.inputs[0].like(function(call.inputs[0].tensor))


def _elementwise(function):
    def run(call):
        operands, order = aligned(call.inputs)
        return Value(function(*operands), order)

    return run


def _folded(function):
    """For an operation with any number of operands, taken two at a time."""

    def run(call):
        operands, order = aligned(call.inputs)
        result = operands[0]
        for operand in operands[1:]:
            result = function(result, operand)
        return Value(result, order)

    return run


def _same(call):
    return call.inputs[0]


def _cast(call):
    if call.inferred[0].dtype == call.outputs[0].dtype:
        return call.inputs[0]
    if call.get("to") in (1, 10, 11, 16) and call.inputs[0].tensor.dtype.is_floating:
        return call.inputs[0]
    wanted = {1: tf.float32, 6: tf.int32, 7: tf.int64, 9: tf.bool}.get(call.get("to"))
    if wanted is None:
        raise call.refusal("it casts to a type of numbers that is not supported; export the model in float32")
    return call.inputs[0].like(tf.cast(call.inputs[0].tensor, wanted))


def _is_nan(call):
    """Never, as far as maps are concerned; PyTorch guards its softmax with it."""
    return plain(np.zeros((1,) * call.rank, bool))


def _where(call):
    condition, _, no = call.inputs
    if condition.is_constant and not condition.tensor.any() and no.rank == len(call.outputs[0].sizes):
        return no
    operands, order = aligned(call.inputs)
    return Value(tf.where(*operands), order)


def _hard_sigmoid(call):
    x, alpha, beta = call.inputs[0], call.get("alpha", 0.2), call.get("beta", 0.5)
    if math.isclose(alpha, 1 / 6, rel_tol=1e-6) and beta == 0.5:
        return x.like(tf.nn.relu6(x.tensor + 3.0) * np.float32(1 / 6))
    return x.like(tf.minimum(tf.nn.relu(x.tensor * np.float32(alpha) + np.float32(beta)), 1.0))


def _hard_swish(call):
    x = call.inputs[0]
    return x.like(x.tensor * (tf.nn.relu6(x.tensor + 3.0) * np.float32(1 / 6)))


def _gelu(call):
    x = call.inputs[0].tensor
    if call.get("approximate", b"none") == b"tanh":
        inner = np.float32(math.sqrt(2 / math.pi)) * (x + np.float32(0.044715) * x * x * x)
        return call.inputs[0].like(0.5 * x * (1.0 + tf.tanh(inner)))
    return call.inputs[0].like(0.5 * x * (1.0 + tf.math.erf(x * np.float32(math.sqrt(0.5)))))


def _clip(call):
    x, low, high = call.inputs[0].tensor, call.fixed(1), call.fixed(2)
    if low is not None and high is not None and (low, high) == (0, 6):
        return call.inputs[0].like(tf.nn.relu6(x))
    x = x if low is None else (tf.nn.relu(x) if low == 0 else tf.maximum(x, low))
    return call.inputs[0].like(x if high is None else tf.minimum(x, high))


def _leaky_relu(call):
    return call.inputs[0].like(tf.nn.leaky_relu(call.inputs[0].tensor, call.get("alpha", 0.01)))


def _elu(call):
    if call.get("alpha", 1.0) != 1.0:
        raise call.refusal("only alpha 1 is supported")
    return call.inputs[0].like(tf.nn.elu(call.inputs[0].tensor))


def _prelu(call):
    (x, slope), order = aligned(call.inputs)
    return Value(tf.nn.relu(x) - slope * tf.nn.relu(-x), order)


def _convolution(call):
    """Conv with constant weights over pictures; a batch norm behind it may be folded in."""
    kernel, bias = call.fixed(1), call.fixed(2)
    if call.rank == 3:
        return _convolution_of_rows(call)
    if call.rank != 4:
        raise call.refusal(f"it convolves {call.rank - 2} dimensions; only one or two are supported")
    if call.factors is not None:
        scale, offset = call.factors
        bias = (0.0 if bias is None else np.float64(bias)) * scale + offset
        kernel = np.float64(kernel) * scale.reshape(-1, 1, 1, 1)
    kernel = np.float32(kernel.transpose(2, 3, 1, 0))
    x = arranged(call.inputs[0], CHANNELS_LAST).tensor
    window = _window(call, kernel.shape[:2])
    groups, channels = call.get("group", 1), call.inferred[0].shapes[0][1]
    if groups == 1:
        y = _dense_convolution(x, kernel, window)
    elif groups == channels:
        y = _depthwise_convolution(x, kernel, window, channels)
    else:
        # Grouped convolutions have neither a gradient with explicit padding nor a fused form on a CPU.
        parts = zip(tf.split(x, groups, axis=3), np.split(kernel, groups, axis=3), strict=True)
        y = tf.concat([_dense_convolution(part, weights, window) for part, weights in parts], axis=3)
    return Value(y if bias is None else tf.nn.bias_add(y, np.float32(bias)), CHANNELS_LAST)


def _convolution_of_rows(call):
    """Conv over one dimension, as channel attention has it: over pictures of height 1."""

    def high(known):
        arrays = known.arrays if known.arrays is None else tuple(array[:, :, None] for array in known.arrays)
        return dataclasses.replace(known, shapes=tuple((*s[:2], 1, *s[2:]) for s in known.shapes), arrays=arrays)

    attributes = dict(call.attributes)
    for key in ("strides", "dilations"):
        attributes[key] = (1, *call.get(key, (1,)))
    begin, end = call.get("pads", (0, 0))
    attributes["pads"] = (0, begin, 0, end)
    x = tf.expand_dims(arranged(call.inputs[0], (0, 2, 1)).tensor, 1)
    picture = dataclasses.replace(
        call,
        inputs=[Value(x, CHANNELS_LAST), *call.inputs[1:]],
        inferred=[high(call.inferred[0]), high(call.inferred[1]), *call.inferred[2:]],
        outputs=[high(call.outputs[0])],
        attributes=attributes,
    )
    return Value(tf.squeeze(_convolution(picture).tensor, [1]), (0, 2, 1))


@dataclasses.dataclass(frozen=True)
class Window:
    """Strides, dilations and padding of a convolution or pool.

    Attributes:
        strides, dilations: two ints each.
        pads: ((top, bottom), (left, right)).
        named: str. "VALID", "SAME", or "" where only explicit numbers say it.
    """

    strides: tuple
    dilations: tuple
    pads: tuple
    named: str


def _window(call, kernel):
    strides, dilations = tuple(call.get("strides", (1, 1))), tuple(call.get("dilations", (1, 1)))
    sides = call.inferred[0].shapes[0][2:]
    reach = [(k - 1) * d + 1 for k, d in zip(kernel, dilations, strict=True)]
    same = tuple(_same_pads(*numbers) for numbers in zip(sides, reach, strides, strict=True))
    auto = call.get("auto_pad", b"NOTSET")
    if auto == b"SAME_UPPER":
        pads = same
    elif auto == b"SAME_LOWER":
        pads = tuple(pair[::-1] for pair in same)
    else:
        top, left, bottom, right = call.get("pads", (0, 0, 0, 0)) if auto == b"NOTSET" else (0, 0, 0, 0)
        pads = ((top, bottom), (left, right))
    if call.get("ceil_mode", 0):
        # What the last window hangs over the edge is padding too.
        wanted = call.outputs[0].shapes[0][2:]
        numbers = zip(pads, wanted, strides, reach, sides, strict=True)
        pads = tuple((p[0], max(p[1], (w - 1) * s + r - side - p[0])) for p, w, s, r, side in numbers)
    named = "VALID" if not any(sum(pads, ())) else "SAME" if pads == same else ""
    return Window(strides, dilations, pads, named)


def _same_pads(side, reach, stride):
    total = max((math.ceil(side / stride) - 1) * stride + reach - side, 0)
    return (total // 2, total - total // 2)


def _dense_convolution(x, kernel, window):
    padding = window.named or [(0, 0), *window.pads, (0, 0)]
    return tf.nn.conv2d(x, kernel, window.strides, padding, dilations=window.dilations)


def _depthwise_convolution(x, kernel, window, channels):
    multiplier = kernel.shape[3] // channels
    kernel = kernel.reshape(*kernel.shape[:2], channels, multiplier)
    x, padding = _padded(x, window, 0.0)
    # TensorFlow wants equal strides, and strides of 1 where there is dilation.
    if window.strides[0] == window.strides[1] and (window.dilations == (1, 1) or window.strides == (1, 1)):
        return tf.nn.depthwise_conv2d(x, kernel, (1, *window.strides, 1), padding, dilations=window.dilations)
    y = tf.nn.depthwise_conv2d(x, kernel, (1, 1, 1, 1), "VALID", dilations=window.dilations)
    return y[:, :: window.strides[0], :: window.strides[1]]


def _padded(x, window, value):
    """Pads where a name does not say it: explicit padding aborts oneDNN's fused depthwise convolution."""
    equal = window.strides[0] == window.strides[1]
    if window.named == "VALID" or (window.named == "SAME" and equal and window.dilations == (1, 1)):
        return x, window.named
    return tf.pad(x, [(0, 0), *window.pads, (0, 0)], constant_values=value), "VALID"


def _max_pool(call):
    x = arranged(call.inputs[0], CHANNELS_LAST).tensor
    kernel = call.get("kernel_shape")
    window = _window(call, kernel)
    if window.dilations != (1, 1):
        raise call.refusal("dilated pooling is not supported")
    x, padding = _padded(x, window, LOWEST)
    return Value(tf.nn.max_pool2d(x, kernel, window.strides, padding), CHANNELS_LAST)


def _average_pool(call):
    x = arranged(call.inputs[0], CHANNELS_LAST).tensor
    kernel = call.get("kernel_shape")
    window = _window(call, kernel)
    y = tf.nn.avg_pool2d(
        tf.pad(x, [(0, 0), *window.pads, (0, 0)]) if window.named != "VALID" else x, kernel, window.strides, "VALID"
    )
    if window.named != "VALID":
        y = y * _share_of_window(call, kernel, window)
    return Value(y, CHANNELS_LAST)


def _share_of_window(call, kernel, window):
    """Cells of a window over cells that count, for each position of an average pool with padding."""
    inside = np.ones(call.inferred[0].shapes[0][2:])
    top, left, bottom, right = call.get("pads", (0, 0, 0, 0))
    counted = np.pad(inside, ((top, bottom), (left, right)), constant_values=call.get("count_include_pad", 0))
    (_, below), (_, beside) = window.pads
    counted = np.pad(counted, ((0, below - bottom), (0, beside - right)))
    cells = np.lib.stride_tricks.sliding_window_view(counted, kernel)[:: window.strides[0], :: window.strides[1]]
    return np.float32(math.prod(kernel) / cells.sum((2, 3)))[:, :, None]


def _over_space(function):
    def run(call):
        x = call.inputs[0]
        axes = [x.axis(axis) for axis in range(2, x.rank)]
        return x.like(function(x.tensor, axes, keepdims=True))

    return run


def _reduction(function):
    def run(call):
        x = call.inputs[0]
        axes = call.get("axes") if "axes" in call.attributes else call.fixed(1)
        if axes is None or len(axes) == 0:
            if call.get("noop_with_empty_axes", 0):
                return x
            axes = range(x.rank)
        onnx_axes = {int(axis) % x.rank for axis in axes}
        y = function(x.tensor, [x.axis(axis) for axis in sorted(onnx_axes)], keepdims=bool(call.get("keepdims", 1)))
        return x.like(y) if call.get("keepdims", 1) else Value(y, _without(x.order, onnx_axes))

    return run


def _without(order, axes):
    """The order when ONNX axes are gone."""
    return tuple(axis - sum(gone < axis for gone in axes) for axis in order if axis not in axes)


def _l2(x, axes, keepdims):
    return tf.sqrt(tf.reduce_sum(tf.square(x), axes, keepdims=keepdims))


def _batch_norm(call):
    """What is left of it where it could not be folded into a convolution."""
    scale, offset = batch_norm_factors(call.node, call.attributes, [call.fixed(i) for i in range(1, 5)])
    x = call.inputs[0]
    shape = [-1 if axis == 1 else 1 for axis in x.order]
    scale, offset = (
        values._broadcastable(Value(np.float32(factor).reshape(shape), x.order)) for factor in (scale, offset)
    )
    return x.like(x.tensor * scale + offset)


def batch_norm_factors(_node, attributes, weights):
    """Scale and offset by channel, in float64."""
    gamma, beta, mean, variance = (np.float64(weight) for weight in weights)
    scale = gamma / np.sqrt(variance + attributes.get("epsilon", 1e-5))
    return scale, beta - mean * scale


def _normalized(x, axes, epsilon):
    mean = tf.reduce_mean(x, axes, keepdims=True)
    centred = x - mean
    return centred * tf.math.rsqrt(tf.reduce_mean(tf.square(centred), axes, keepdims=True) + np.float32(epsilon))


def _layer_norm(call):
    x = call.inputs[0]
    first = call.get("axis", -1) % x.rank
    y = x.like(_normalized(x.tensor, [x.axis(a) for a in range(first, x.rank)], call.get("epsilon", 1e-5)))
    for index, function in ((1, tf.multiply), (2, tf.add)):
        if call.has(index):
            operands, _ = aligned([y, call.inputs[index]])
            y = y.like(function(*operands))
    return y


def _instance_norm(call):
    x = call.inputs[0]
    y = x.like(_normalized(x.tensor, [x.axis(a) for a in range(2, x.rank)], call.get("epsilon", 1e-5)))
    for index, function in ((1, tf.multiply), (2, tf.add)):
        weight = plain(call.fixed(index).reshape([-1] + [1] * (x.rank - 2)))
        operands, _ = aligned([y, weight])
        y = y.like(function(*operands))
    return y


def _softmax(call):
    x = call.inputs[0]
    return x.like(tf.nn.softmax(x.tensor, axis=x.axis(call.get("axis", -1))))


def _log_softmax(call):
    x = call.inputs[0]
    return x.like(tf.nn.log_softmax(x.tensor, axis=x.axis(call.get("axis", -1))))


def _reshape(call):
    return values.reshaped(call.inputs[0], call.inferred[0].sizes, call.outputs[0].sizes, call.batch)


def _transpose(call):
    x = call.inputs[0]
    axes = call.get("perm", range(x.rank)[::-1])
    return Value(x.tensor, tuple(list(axes).index(axis) for axis in x.order))


def _expand(call):
    x = in_plain_order(call.inputs[0])
    return plain(tf.broadcast_to(x.tensor, _full_shape(call.outputs[0].sizes, call.batch)))


def _full_shape(sizes, batch):
    return tf.stack([batch * (few // values.BATCHES[0]) if few != many else tf.constant(few) for few, many in sizes])


def _concat(call):
    rank = call.inputs[0].rank
    order = max((value for value in call.inputs if not value.is_constant), key=values._weight).order
    parts = [arranged(value, order).tensor for value in call.inputs]
    return Value(tf.concat(parts, axis=order.index(call.get("axis") % rank)), order)


def _split(call):
    x, axis = call.inputs[0], call.get("axis", 0) % call.rank
    sizes = [output.shapes[0][axis] for output in call.outputs]
    return [x.like(part) for part in tf.split(x.tensor, sizes, axis=x.axis(axis))]


def _slice(call):
    x, sizes = call.inputs[0], call.inferred[0].sizes
    axes = call.fixed(3, np.arange(call.inferred[1].shapes[0][0]))
    steps = call.fixed(4, np.ones(len(axes), int))
    parts = [slice(None)] * x.rank
    for i, (axis, step) in enumerate(zip(axes, steps, strict=True)):
        start, stop = (call.inferred[k].arrays[0][i] for k in (1, 2))
        if sizes[axis][0] != sizes[axis][1]:
            if call.outputs[0].sizes[axis] != sizes[axis]:
                raise call.refusal("it takes a part of the batch, whose pictures must not depend on each other")
            continue
        begin, end, step = slice(int(start), int(stop), int(step)).indices(sizes[axis][0])
        parts[x.axis(axis)] = slice(begin, end if end >= 0 else None, step)
    return x if all(part == slice(None) for part in parts) else x.like(x.tensor[tuple(parts)])


def _gather(call):
    if call.inferred[1].arrays is not None and not call.inferred[1].is_fixed:
        return _view_by_strides(call)
    x, indices, axis = call.inputs[0], call.fixed(1), call.get("axis", 0) % call.rank
    indices = np.where(indices < 0, indices + call.inferred[0].shapes[0][axis], indices)
    if indices.ndim == 0:
        parts = [slice(None)] * x.rank
        parts[x.axis(axis)] = int(indices)
        return Value(x.tensor[tuple(parts)], _without(x.order, {axis}))
    if indices.ndim == 1:
        return x.like(tf.gather(x.tensor, indices, axis=x.axis(axis)))
    return plain(tf.gather(in_plain_order(x).tensor, indices, axis=axis))


def _view_by_strides(call):
    """Elements of all pictures in a row, taken by their numbers: PyTorch's `as_strided`, the same in every picture."""
    taken = []
    for (total, *others), indices, batch in zip(
        call.inferred[0].shapes, call.inferred[1].arrays, values.BATCHES, strict=True
    ):
        if others or indices.ndim == 0 or len(indices) != batch or total % batch:
            raise call.refusal("it picks from the batch, whose pictures must not depend on each other")
        length = total // batch
        first = np.arange(batch).reshape(-1, *[1] * (indices.ndim - 1)) * length
        taken.append(np.where(indices < 0, indices + total, indices) - first)
    within = taken[0][0]
    if any((numbers != within).any() for numbers in taken) or within.min() < 0 or within.max() >= length:
        raise call.refusal("it picks from the batch, whose pictures must not depend on each other")
    x = in_plain_order(call.inputs[0]).tensor
    if np.array_equal(within.ravel(), np.arange(length)):
        return plain(tf.reshape(x, [-1, *within.shape]))
    return plain(tf.gather(tf.reshape(x, [-1, length]), within, axis=1))


def _pad(call):
    x, pads, rank = call.inputs[0], call.fixed(1), call.rank
    axes = call.fixed(3, np.arange(rank))
    widths = [(0, 0)] * rank
    for i, axis in enumerate(axes):
        widths[x.axis(int(axis))] = (int(pads[i]), int(pads[i + len(axes)]))
    mode = call.get("mode", b"constant").decode()
    if mode not in ("constant", "reflect"):
        raise call.refusal(f"padding by {mode} is not supported")
    if min(min(pair) for pair in widths) < 0:
        inner = tuple(slice(max(-a, 0), -max(-b, 0) or None) for a, b in widths)
        x, widths = x.like(x.tensor[inner]), [(max(a, 0), max(b, 0)) for a, b in widths]
    fill = float(call.fixed(2, np.float32(0)))
    return x.like(
        tf.pad(x.tensor, widths, mode.upper(), constant_values=fill)
        if mode == "constant"
        else tf.pad(x.tensor, widths, "REFLECT")
    )


def _resize(call):
    """Pictures to another height and width, nearest or bilinear, as PyTorch's Upsample and interpolate write it."""
    before, after = call.inferred[0].sizes, call.outputs[0].sizes
    if call.rank != 4 or before[:2] != after[:2]:
        raise call.refusal("it changes other sizes than height and width, and only these are supported")
    if call.get("antialias", 0) or call.get("exclude_outside", 0):
        raise call.refusal("antialiasing is not supported")
    mode = call.get("mode", b"nearest").decode()
    places = call.get("coordinate_transformation_mode", b"half_pixel").decode()
    rounding = call.get("nearest_mode", b"round_prefer_floor").decode()
    size = np.int32([few for few, _ in after[2:]])
    half_pixel = places == "half_pixel" or (places == "pytorch_half_pixel" and size.min() > 1)
    x = arranged(call.inputs[0], CHANNELS_LAST).tensor
    if mode == "nearest" and (places, rounding) == ("asymmetric", "floor"):
        y = tf.raw_ops.ResizeNearestNeighbor(images=x, size=size)
    elif mode == "linear" and (half_pixel or places in ("asymmetric", "align_corners")):
        y = tf.raw_ops.ResizeBilinear(
            images=x, size=size, half_pixel_centers=half_pixel, align_corners=places == "align_corners"
        )
    else:
        raise call.refusal(f"resizing by {mode} ({places}, {rounding}) is not supported; bilinear and nearest are")
    return Value(y, CHANNELS_LAST)


def _matmul(call):
    a, b = call.inputs
    if b.is_constant and b.rank == 2 and not a.is_constant and a.rank > 1:
        return _times_matrix(call, a, b)
    return plain(tf.matmul(in_plain_order(a).tensor, in_plain_order(b).tensor))


def _times_matrix(call, a, b):
    """Times one matrix of weights, whatever the order of the other axes."""
    if a.order[-1] != a.rank - 1:
        a = in_plain_order(a)
    matrix = in_plain_order(b).tensor
    if a.rank == 2:
        return a.like(tf.matmul(a.tensor, matrix))
    sizes = [call.outputs[0].sizes[axis] for axis in a.order]
    flat = tf.matmul(tf.reshape(a.tensor, [-1, matrix.shape[0]]), matrix)
    return a.like(tf.reshape(flat, values.sizes_as_shape(sizes, call.batch)))


def _gemm(call):
    a, b = (in_plain_order(value).tensor for value in call.inputs[:2])
    if call.get("transA", 0):
        a = tf.transpose(a)
    if call.get("transB", 0):
        b = np.ascontiguousarray(b.T) if isinstance(b, np.ndarray) else tf.transpose(b)
    y = tf.matmul(a, b)
    if call.get("alpha", 1.0) != 1.0:
        y = y * np.float32(call.get("alpha"))
    if not call.has(2):
        return plain(y)
    bias = in_plain_order(call.inputs[2]).tensor
    if call.get("beta", 1.0) != 1.0:
        bias = bias * np.float32(call.get("beta"))
    return plain(tf.nn.bias_add(y, bias) if isinstance(bias, np.ndarray) and bias.ndim == 1 else y + bias)


def _einsum(call):
    operands = [in_plain_order(value).tensor for value in call.inputs]
    return plain(tf.einsum(call.get("equation").decode(), *operands))


OPERATIONS = {
    "Abs": _unary(tf.abs),
    "Add": _elementwise(tf.add),
    "And": _elementwise(tf.logical_and),
    "AveragePool": _average_pool,
    "BatchNormalization": _batch_norm,
    "Cast": _cast,
    "Clip": _clip,
    "Concat": _concat,
    "Conv": _convolution,
    "Cos": _unary(tf.cos),
    "Div": _elementwise(tf.divide),
    "Dropout": _same,
    "Einsum": _einsum,
    "Elu": _elu,
    "Equal": _elementwise(tf.equal),
    "Erf": _unary(tf.math.erf),
    "Exp": _unary(tf.exp),
    "Expand": _expand,
    "Flatten": _reshape,
    "Gather": _gather,
    "Gelu": _gelu,
    "Gemm": _gemm,
    "GlobalAveragePool": _over_space(tf.reduce_mean),
    "GlobalMaxPool": _over_space(tf.reduce_max),
    "Greater": _elementwise(tf.greater),
    "HardSigmoid": _hard_sigmoid,
    "HardSwish": _hard_swish,
    "Identity": _same,
    "InstanceNormalization": _instance_norm,
    "IsNaN": _is_nan,
    "LayerNormalization": _layer_norm,
    "LeakyRelu": _leaky_relu,
    "Less": _elementwise(tf.less),
    "Log": _unary(tf.math.log),
    "LogSoftmax": _log_softmax,
    "MatMul": _matmul,
    "Max": _folded(tf.maximum),
    "MaxPool": _max_pool,
    "Min": _folded(tf.minimum),
    "Mul": _elementwise(tf.multiply),
    "Neg": _unary(tf.negative),
    "Not": _unary(tf.logical_not),
    "Or": _elementwise(tf.logical_or),
    "PRelu": _prelu,
    "Pad": _pad,
    "Pow": _elementwise(tf.pow),
    "Reciprocal": _unary(tf.math.reciprocal),
    "ReduceL2": _reduction(_l2),
    "ReduceMax": _reduction(tf.reduce_max),
    "ReduceMean": _reduction(tf.reduce_mean),
    "ReduceMin": _reduction(tf.reduce_min),
    "ReduceSum": _reduction(tf.reduce_sum),
    "Relu": _unary(tf.nn.relu),
    "Reshape": _reshape,
    "Resize": _resize,
    "Sigmoid": _unary(tf.sigmoid),
    "Sin": _unary(tf.sin),
    "Slice": _slice,
    "Softmax": _softmax,
    "Softplus": _unary(tf.math.softplus),
    "Split": _split,
    "Sqrt": _unary(tf.sqrt),
    "Squeeze": _reshape,
    "Sub": _elementwise(tf.subtract),
    "Sum": _folded(tf.add),
    "Tanh": _unary(tf.tanh),
    "Transpose": _transpose,
    "Unsqueeze": _reshape,
    "Where": _where,
}
"""Every operation that can be read, by ONNX's name."""
