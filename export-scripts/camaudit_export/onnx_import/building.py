"""Runs an ONNX graph's nodes through the table of operations into one frozen TensorFlow graph."""

import re

import numpy as np
import tensorflow as tf

from camaudit_export.errors import ExportError, first_line
from camaudit_export.freezing import FrozenForward
from camaudit_export.onnx_import.inference import BATCHES
from camaudit_export.onnx_import.operations import OPERATIONS, Call, batch_norm_factors
from camaudit_export.onnx_import.reading import attributes, describe
from camaudit_export.onnx_import.values import CHANNELS_LAST, Value, arranged, in_plain_order, plain
from camaudit_export.weights import GraphWithoutWeights

CHANNELS_LAST_ALREADY = (0, 1, 2, 3)


def build(source, inferred, logits, layers):
    """The forward pass as the Keras side's `freeze` makes it.

    Args:
        source: `Source`.
        inferred: dict of `infer`.
        logits: `Logits`. The ONNX value that is explained.
        layers: list of `Layer`.

    Returns:
        `FrozenForward`.
    """
    with GraphWithoutWeights().as_default() as graph:
        images = tf.compat.v1.placeholder(tf.float32, [None, *source.shape.tensor], name="images")
        builder = _Builder(source, inferred, {layer.value: layer for layer in layers}, images)
        for node in needed(source.nodes, logits.value):
            builder.visit(node)
        scores = logits.scores(in_plain_order(builder.value(logits.value)).tensor)
        return FrozenForward(
            graph=graph.as_graph_def(),
            weights=graph.weights,
            images=images.name,
            logits=scores.name,
            layers={layer.name: builder.value(layer.value).tensor.name for layer in layers},
        )


def needed(nodes, name):
    """Nodes that a value is computed from, in their order."""
    wanted, kept = {name}, []
    for node in reversed(nodes):
        if wanted & set(node.output):
            wanted |= set(node.input)
            kept.append(node)
    return kept[::-1]


class _Builder:
    def __init__(self, source, inferred, layers, images):
        self._inferred = inferred
        self._layers = layers
        self._values = {source.input: Value(images, CHANNELS_LAST)}
        self._batch = tf.shape(images, name="batch")[0]
        self._factors = _folded_norms(source.nodes, inferred, layers)

    def visit(self, node):
        outputs = [self._inferred[name] for name in node.output if name]
        if all(output.arrays is not None for output in outputs):
            return
        if node.op_type not in OPERATIONS:
            raise ExportError(
                f"{describe(node)}: camaudit does not read this operation; write the module in PyTorch with others"
                f" ({', '.join(OPERATIONS)} are read), or report it"
            )
        folded = self._factors.get(node.output[0])
        call = Call(
            node=node,
            inputs=[self.value(name) if name and not self._is_shape(name) else None for name in node.input],
            inferred=[self._inferred.get(name) for name in node.input],
            outputs=outputs,
            attributes=attributes(node),
            batch=self._batch,
            factors=folded if node.op_type == "Conv" else None,
        )
        with tf.name_scope(_scope(node)):
            if node.op_type == "BatchNormalization" and folded is not None:
                results = [call.inputs[0]]
            else:
                results = self._run(call)
            for name, result in zip(node.output, results, strict=False):
                self._values[name] = self._kept(name, result)

    def value(self, name):
        if name not in self._values:
            self._values[name] = self._constant(name)
        return self._values[name]

    def _is_shape(self, name):
        """Whether it is whole numbers that follow the batch, which operations take from `Call.inferred`."""
        known = self._inferred[name]
        return known.arrays is not None and not known.is_fixed and known.arrays[0].dtype.kind == "i"

    def _run(self, call):
        try:
            results = OPERATIONS[call.node.op_type](call)
        except ExportError:
            raise
        except Exception as error:
            raise ExportError(
                f"{describe(call.node)} cannot be translated ({type(error).__name__}: {first_line(error)}); write the"
                " module in PyTorch with others, or report it"
            ) from error
        return results if isinstance(results, list) else [results]

    def _kept(self, name, value):
        """The value; where it is an exported layer, channels last, for all that read it."""
        layer = self._layers.get(name)
        if layer is None:
            return value
        return arranged(value, CHANNELS_LAST if layer.channels_first else CHANNELS_LAST_ALREADY)

    def _constant(self, name):
        known = self._inferred[name]
        few, many = known.arrays
        if known.is_fixed:
            return plain(np.float32(few) if few.dtype in (np.float64, np.float16) else np.asarray(few))
        # The same rows for every picture, such as masks of its windows.
        own = few[: len(few) // BATCHES[0]] if few.ndim else few[None][:0]
        if len(own) and all(
            np.array_equal(array, np.tile(own, (batch, *[1] * (own.ndim - 1))))
            for array, batch in zip((few, many), BATCHES, strict=True)
        ):
            tiled = tf.tile(own, [self._batch, *[1] * (own.ndim - 1)])
            return plain(tf.ensure_shape(tiled, [None, *own.shape[1:]]))
        raise ExportError(
            f'the value "{name}" depends on how many pictures stand in a batch; pictures must not depend on each other'
        )


def _folded_norms(nodes, inferred, layers):
    """Factors of batch norms that disappear into the convolution before them, by both nodes' outputs."""
    producer = {name: node for node in nodes for name in node.output}
    reads = [name for node in nodes for name in node.input]
    factors = {}
    for node in nodes:
        if node.op_type != "BatchNormalization":
            continue
        convolution = producer.get(node.input[0])
        if convolution is None or convolution.op_type != "Conv" or node.input[0] in layers:
            continue
        if reads.count(node.input[0]) == 1 and all(inferred[name].is_fixed for name in node.input[1:5]):
            weights = [inferred[name].arrays[0] for name in node.input[1:5]]
            factors[node.output[0]] = factors[node.input[0]] = batch_norm_factors(node, attributes(node), weights)
    return factors


def _scope(node):
    """The node's name as TensorFlow allows names."""
    return re.sub(r"[^A-Za-z0-9_.\-/]", "_", node.name or node.output[0]).strip("/_.-") or node.op_type
