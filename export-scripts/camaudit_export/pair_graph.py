"""The graph that explains pairs of (image, target) with one forward pass over the images.

TensorFlow differentiates a copy of the forward pass that runs over the pairs' images, with one
row a pair. The copy is scaffolding: `Rewiring` then takes every tensor from the real forward
pass, which runs once over the images, and the copy is dropped.
"""

import dataclasses

import tensorflow as tf
from tensorflow.python.framework import ops as tf_ops

from camaudit_export import attention_methods
from camaudit_export.cam_methods import METHODS
from camaudit_export.errors import ExportError
from camaudit_export.rewiring import Rewiring, row_shapes

FORWARD, COPY = "forward/", "copy/"

LOGIT_WEIGHTS = "one_hot_targets"
"""Name of the tensor `(M, K)` that weighs the logits in y: one-hot of the targets, unless a caller feeds another."""


@dataclasses.dataclass(frozen=True)
class Signature:
    """Tensor names by key."""

    inputs: dict
    outputs: dict


def methods_of(frozen):
    """Names of the methods that a `FrozenForward` allows, the default one first."""
    if frozen.attention is None:
        return list(METHODS)
    first, *others = attention_methods.METHODS
    return [first, *METHODS, *others]


def build_pair_graph(frozen, shapes, shape, classes):
    """Builds the signatures of all methods, and `gradients`.

    Args:
        frozen: `FrozenForward`.
        shapes: dict from layer name to `(h, w, C)`, of tokens that of their grid.
        shape: `InputShape`.
        classes: int. Number of logits.

    Returns:
        `GraphDef` with placeholders for the weights, a dict from their names to arrays, and a dict from
        signature name to `Signature`.
    """
    light = frozen.graph
    with tf.Graph().as_default() as graph:
        images = tf.compat.v1.placeholder(tf.float32, [None, *shape.tensor], name="images")
        image_index = tf.compat.v1.placeholder(tf.int32, [None], name="image_index")
        targets = tf.compat.v1.placeholder(tf.int32, [None], name="targets")
        inputs = {"images": images, "image_index": image_index, "targets": targets}

        _import(light, FORWARD, {frozen.images: images})
        shared = {name + ":0": graph.get_tensor_by_name(f"{FORWARD}{name}:0") for name in frozen.weights}
        pair_images = tf.gather(images, image_index, name="pairs/images")
        _import(light, COPY, {frozen.images: pair_images, **shared})

        logits = graph.get_tensor_by_name(f"{FORWARD}{frozen.logits}")
        target, score = _resolve_targets(logits, image_index, targets, classes)
        activations = {n: graph.get_tensor_by_name(f"{COPY}{t}") for n, t in frozen.layers.items()}
        read = {n: graph.get_tensor_by_name(f"{COPY}{thinned.tensor}") for n, thinned in frozen.thinned.items()}
        attentions = {f"softmax {t}": t for t in frozen.attention.probabilities} if frozen.attention else {}
        gradients = _differentiate(
            graph.get_tensor_by_name(f"{COPY}{frozen.logits}"),
            activations | read | {n: graph.get_tensor_by_name(f"{COPY}{t}") for n, t in attentions.items()},
            tf.one_hot(target, classes, name=LOGIT_WEIGHTS),
        )
        for name, thinned in frozen.thinned.items():
            gradients[name] = _spread(gradients[name], activations[name], thinned.stride)
        maps, rows = {method: {} for method in methods_of(frozen)}, {}
        if frozen.attention is not None:
            maps |= _attention_maps(graph, frozen.attention, [gradients[n] for n in attentions], shapes, image_index)
        for name, (height, width, channels) in shapes.items():
            with tf.name_scope(f"explain/{name}"):
                if name in frozen.prefixes:
                    sides, prefix = (height, width), frozen.prefixes[name]
                    activations[name] = _in_grid(activations[name], sides, prefix)
                    gradients[name] = _in_grid(gradients[name], sides, prefix)
                rows[f"activations/{name}"] = tf.reshape(
                    activations[name], [-1, height, width, channels], name="activations"
                )
                rows[f"gradients/{name}"] = tf.reshape(gradients[name], [-1, height, width, channels], name="gradients")
                for method, make_map in METHODS.items():
                    with tf.name_scope(method.replace("+", "plus")):
                        maps[method][f"map/{name}"] = make_map(activations[name], gradients[name])
        answers = {"logits": logits, "target": target, "score": score}
        signatures = {method: answers | by_layer for method, by_layer in maps.items()}
        signatures["gradients"] = {"logits": logits, **rows}
        rewiring = Rewiring(graph, FORWARD, COPY, pair_images, image_index, row_shapes(light, frozen.images))
        rewired = rewiring.run([tensor for keys in signatures.values() for tensor in keys.values()])

    def names(tensors):
        return {key: tensor.name for key, tensor in tensors.items()}

    weights = {FORWARD + name: array for name, array in frozen.weights.items()}
    return rewired, weights, {key: Signature(names(inputs), names(tensors)) for key, tensors in signatures.items()}


def _attention_maps(graph, attention, gradients, shapes, image_index):
    """Maps of the methods for transformers: a dict from method to a dict from output to tensor.

    What does not depend on the target is computed for the images, and then taken for the pairs.
    """
    token, names = attention.token, attention.probabilities
    with tf.name_scope("explain/attention"):
        means = [attention_methods.mean_attention(graph.get_tensor_by_name(FORWARD + name)) for name in names]
        relevances = [
            attention_methods.gae_matrix(graph.get_tensor_by_name(COPY + name), gradient)
            for name, gradient in zip(names, gradients, strict=True)
        ]
        maps = {method: {} for method in attention_methods.METHODS}
        for layer, (height, width, _) in shapes.items():
            depth = attention.depths[layer]
            of_images = {
                "attention": means[depth - 1][:, token],
                "attention-back": means[depth - 1][:, :, token],
                "rollout": attention_methods.rolled_out(means[:depth], token),
            }
            rows = {method: tf.gather(row, image_index) for method, row in of_images.items()}
            rows["gae"] = attention_methods.propagated(relevances[:depth], token)
            for method, row in rows.items():
                cells = row[:, attention.prefix :]
                maps[method][f"map/{layer}"] = tf.reshape(cells, [-1, height, width], name=f"{method}/{layer}")
    return maps


def _in_grid(tokens, sides, prefix):
    return tf.reshape(tokens[:, prefix:], [-1, *sides, tokens.shape[-1]])


def _import(graph_def, name, input_map):
    tf.graph_util.import_graph_def(graph_def, name=name.removesuffix("/"), input_map=input_map)


def _resolve_targets(logits, image_index, targets, classes):
    """Class indices and logits of the targets; target -r is the class of rank r.

    Ranks are by descending logit, ties by ascending index, which is `top_k`'s order.
    """
    ranking = tf.math.top_k(logits, k=classes, name="ranking").indices
    rank = tf.maximum(-targets - 1, 0)
    ranked = tf.gather_nd(ranking, tf.stack([image_index, rank], axis=1))
    target = tf.where(targets < 0, ranked, targets, name="target")
    score = tf.gather_nd(logits, tf.stack([image_index, target], axis=1), name="score")
    return target, score


def _spread(gradient, activation, stride):
    """The gradient with respect to a whole activation: zero at the positions that nobody reads."""
    return tf.raw_ops.AvgPoolGrad(
        orig_input_shape=tf.shape(activation),
        grad=gradient,
        ksize=[1, 1, 1, 1],
        strides=[1, stride, stride, 1],
        padding="VALID",
    )


def _differentiate(logits, activations, output_gradients):
    """Gradients of the selected logits with respect to each layer's output."""
    try:
        gradients = tf.gradients(logits, list(activations.values()), grad_ys=output_gradients, name="gradients")
    except LookupError as error:
        gradients = [None]
        if "No gradient defined" not in str(error):
            raise
    for (name, activation), gradient in zip(activations.items(), gradients, strict=False):
        if gradient is None:
            stop = _first_without_gradient(activation, logits)
            raise ExportError(
                f'layer "{name}": the gradient of the logits stops at op {stop},'
                " which has no derivative; choose a layer after it"
            )
    return dict(zip(activations, gradients, strict=True))


def _first_without_gradient(start, end):
    """The operation nearest to the logits, on a path from a layer, that passes no gradient on."""
    downstream, todo = set(), [start.op]
    while todo:
        for tensor in todo.pop().outputs:
            for operation in tensor.consumers():
                if operation not in downstream:
                    downstream.add(operation)
                    todo.append(operation)
    visited, todo = {end.op}, [end.op]
    while todo:
        operation = todo.pop(0)
        if operation in downstream and not _passes_gradients(operation):
            return f'{operation.type} "{operation.name.removeprefix(COPY)}"'
        for tensor in operation.inputs:
            if tensor.op not in visited:
                visited.add(tensor.op)
                todo.append(tensor.op)
    return f'{start.op.type} "{start.op.name.removeprefix(COPY)}"'


def _passes_gradients(operation):
    if operation.type in ("StopGradient", "PreventGradient"):
        return False
    if not any(tensor.dtype.is_floating for tensor in operation.outputs):
        return False
    try:
        return tf_ops.get_gradient_function(operation) is not None
    except LookupError:
        return False
