"""The graph that explains pairs of (image, target) with one forward pass over the images.

TensorFlow differentiates a copy of the forward pass that runs over the pairs' images, with one
row a pair, and for LibraGrad another in which factors are held. The copies are scaffolding:
`Rewiring` then takes every tensor from the real forward pass, which runs once over the images, and
the copies are dropped.
"""

import dataclasses

import tensorflow as tf
from tensorflow.python.framework import ops as tf_ops

from camaudit_export import attention_methods, balancing
from camaudit_export.cam_methods import METHODS
from camaudit_export.errors import ExportError
from camaudit_export.rewiring import Rewiring, row_shapes

FORWARD, COPY, HELD_COPY = "forward/", "copy/", "held/"

LOGIT_WEIGHTS = "one_hot_targets"
"""Name of the tensor `(M, K)` that weighs the logits in y: one-hot of the targets, unless a caller feeds another."""


@dataclasses.dataclass(frozen=True)
class Signature:
    """Tensor names by key."""

    inputs: dict
    outputs: dict


def methods_of(frozen):
    """Names of the methods that a `FrozenForward` allows, the default one first."""
    names = list(METHODS)
    if frozen.attention is not None:
        first, *others = attention_methods.METHODS
        names = [first, *names, *others]
    if frozen.held:
        names += [balancing.PREFIX + name for name in balancing.BALANCED if name in names]
    return names


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
        of_pairs = {frozen.images: pair_images, **shared}

        logits = graph.get_tensor_by_name(f"{FORWARD}{frozen.logits}")
        target, score = _resolve_targets(logits, image_index, targets, classes)
        logit_weights = tf.one_hot(target, classes, name=LOGIT_WEIGHTS)
        _import(light, COPY, of_pairs)
        rows, maps = _explained(graph, frozen, COPY, logit_weights, shapes, "explain")
        if frozen.attention is not None:
            maps |= _attention_maps(graph, frozen.attention, shapes, image_index)
        if frozen.held:
            _import(balancing.with_held(light, frozen.held), HELD_COPY, of_pairs)
            _, balanced = _explained(
                graph, frozen, HELD_COPY, logit_weights, shapes, "explain/balanced", balancing.held_name
            )
            maps |= balancing.prefixed(balanced)
        answers = {"logits": logits, "target": target, "score": score}
        signatures = {method: answers | maps[method] for method in methods_of(frozen)}
        signatures["gradients"] = {"logits": logits, **rows}
        copies = (COPY, HELD_COPY)
        rewiring = Rewiring(graph, FORWARD, copies, pair_images, image_index, row_shapes(light, frozen.images))
        rewired = rewiring.run([tensor for keys in signatures.values() for tensor in keys.values()])

    def names(tensors):
        return {key: tensor.name for key, tensor in tensors.items()}

    weights = {FORWARD + name: array for name, array in frozen.weights.items()}
    return rewired, weights, {key: Signature(names(inputs), names(tensors)) for key, tensors in signatures.items()}


def _explained(graph, frozen, copy, logit_weights, shapes, scope, attention_name=str):
    """What the gradients of one copy of the forward pass give.

    Args:
        graph: `tf.Graph` with the copy.
        frozen: `FrozenForward`.
        copy: str. The copy's prefix.
        logit_weights: tensor `(M, K)`.
        shapes: dict from layer name to `(h, w, C)`.
        scope: str. Scope of the maps.
        attention_name: function from an attention's tensor name to the one that the copy reads.

    Returns:
        two dicts from output to tensor: activations and gradients, and, by method, maps.
    """

    def in_copy(name):
        return graph.get_tensor_by_name(copy + name)

    activations = {layer: in_copy(name) for layer, name in frozen.layers.items()}
    read = {layer: in_copy(thinned.tensor) for layer, thinned in frozen.thinned.items()}
    names = frozen.attention.probabilities if frozen.attention else ()
    attentions = {f"softmax {name}": in_copy(attention_name(name)) for name in names}
    gradients = _differentiate(in_copy(frozen.logits), activations | read | attentions, logit_weights)
    for layer, thinned in frozen.thinned.items():
        gradients[layer] = _spread(gradients[layer], activations[layer], thinned.stride)
    rows, maps = {}, {method: {} for method in METHODS}
    for layer, (height, width, channels) in shapes.items():
        with tf.name_scope(f"{scope}/{layer}"):
            if layer in frozen.prefixes:
                sides, prefix = (height, width), frozen.prefixes[layer]
                activations[layer] = _in_grid(activations[layer], sides, prefix)
                gradients[layer] = _in_grid(gradients[layer], sides, prefix)
            for key, tensors in (("activations", activations), ("gradients", gradients)):
                rows[f"{key}/{layer}"] = tf.reshape(tensors[layer], [-1, height, width, channels], name=key)
            for method, make_map in METHODS.items():
                with tf.name_scope(method.replace("+", "plus")):
                    maps[method][f"map/{layer}"] = make_map(activations[layer], gradients[layer])
    if frozen.attention is not None:
        with tf.name_scope(f"{scope}/attention"):
            matrices = [attention_methods.gae_matrix(a, gradients[name]) for name, a in attentions.items()]
            maps["gae"] = {
                f"map/{layer}": _of_cells(
                    attention_methods.propagated(matrices[: frozen.attention.depths[layer]], frozen.attention.token),
                    frozen.attention,
                    shape,
                    f"gae/{layer}",
                )
                for layer, shape in shapes.items()
            }
    return rows, maps


def _attention_maps(graph, attention, shapes, image_index):
    """Maps of the methods for transformers that need no gradient: a dict from method to one from output to tensor.

    They do not depend on the target, so they are computed for the images, and then taken for the pairs.
    """
    token = attention.token
    with tf.name_scope("explain/attention"):
        means = [
            attention_methods.mean_attention(graph.get_tensor_by_name(FORWARD + name))
            for name in attention.probabilities
        ]
        maps = {}
        for layer, shape in shapes.items():
            depth = attention.depths[layer]
            of_images = {
                "attention": means[depth - 1][:, token],
                "attention-back": means[depth - 1][:, :, token],
                "rollout": attention_methods.rolled_out(means[:depth], token),
            }
            for method, row in of_images.items():
                cells = _of_cells(tf.gather(row, image_index), attention, shape, f"{method}/{layer}")
                maps.setdefault(method, {})[f"map/{layer}"] = cells
    return maps


def _of_cells(row, attention, shape, name):
    """The map of a row `(M, T)` over all tokens."""
    return tf.reshape(row[:, attention.prefix :], [-1, *shape[:2]], name=name)


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
