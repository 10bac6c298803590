"""Maps of a transformer as its formulas say them: one picture at a time, in NumPy, in float64."""

import numpy as np
import tensorflow as tf

from camaudit_export import balancing


def token_maps(frozen, layer, images, classes):
    """Maps of a layer of tokens by the frozen network alone, without the graph of pairs.

    Args:
        frozen: `FrozenForward` with tokens for layers.
        layer: str.
        images: float32 array `(M, H, W, C)`, one a pair.
        classes: int array `(M,)`.

    Returns:
        dict from method to float64 array `(M, h * w)`: "gradcam", "hirescam" and, where a class token is read,
        those of `attention_methods`; with the gradients of LibraGrad too, where there are such.
    """
    maps = _maps(frozen, frozen.graph, str, layer, images, classes)
    if frozen.held:
        graph = balancing.with_held(frozen.graph, frozen.held)
        balanced = _maps(frozen, graph, balancing.held_name, layer, images, classes)
        maps |= balancing.prefixed(balanced)
    return maps


def _maps(frozen, graph_def, attention_name, layer, images, classes):
    reading = frozen.attention
    names = [] if reading is None else map(attention_name, reading.probabilities[: reading.depths[layer]])
    maps = {}
    with tf.Graph().as_default() as graph:
        tf.graph_util.import_graph_def(graph_def, name="")
        logits = graph.get_tensor_by_name(frozen.logits)
        fetched = [graph.get_tensor_by_name(name) for name in (frozen.layers[layer], *names)]
        chosen = tf.compat.v1.placeholder(tf.int32, [])
        slopes = tf.gradients(logits[0, chosen], fetched)
        weights = {f"{name}:0": array for name, array in frozen.weights.items()}
        with tf.compat.v1.Session(graph=graph) as session:
            for image, number in zip(images, classes, strict=True):
                feeds = {frozen.images: image[None], chosen: number, **weights}
                values, gradients = (
                    [np.float64(array[0]) for array in arrays] for arrays in session.run([fetched, slopes], feeds)
                )
                for method, row in _rows(values, gradients, frozen.prefixes[layer], reading).items():
                    maps.setdefault(method, []).append(row)
    return {method: np.stack(rows) for method, rows in maps.items()}


def _rows(values, gradients, prefix, reading):
    (tokens, *attentions), (slope, *slopes) = values, gradients
    rows = {
        "gradcam": tokens[prefix:] @ slope[prefix:].mean(axis=0),
        "hirescam": (tokens[prefix:] * slope[prefix:]).sum(axis=1),
    }
    if reading is None:
        return rows
    identity = np.eye(len(tokens))
    relevance, flow = identity, identity
    for attention, gradient in zip(attentions, slopes, strict=True):
        relevance = relevance + np.maximum(attention * gradient, 0).mean(axis=0) @ relevance
        mixed = attention.mean(axis=0) + identity
        flow = mixed / mixed.sum(axis=1, keepdims=True) @ flow
    mean = attentions[-1].mean(axis=0)
    of_tokens = {"gae": relevance, "attention": mean, "attention-back": mean.T, "rollout": flow}
    return rows | {method: matrix[reading.token, prefix:] for method, matrix in of_tokens.items()}
