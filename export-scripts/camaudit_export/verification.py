"""The exported model against the Keras model it came from."""

import contextlib

import numpy as np
import tensorflow as tf

from camaudit_export.errors import ExportError
from camaudit_export.grouping import convolutions_unfused, functions_inlined
from camaudit_export.head import linear_activation
from camaudit_export.saved_model import ExportedModel
from camaudit_export.token_checking import token_maps

TOLERANCE = 1e-3
"""Largest difference, as a share of the largest logit or map value; rounding stays near 1e-5."""

IMAGES = 3


def verify(directory, network, logits, default, shape, closed_form_bias):
    """Checks an exported directory; raises `ExportError` naming what differs.

    The original model runs unfolded, its gradients taken by `GradientTape`, on seeded
    noise and on a smooth picture, which excite a network differently. Checked are:

    1. the logits, and that a softmax (its logarithm, a sigmoid) over them gives the original's output if it had one;
    2. the map of the default layer for the top class and one more;
    3. where the head has a closed form, that the map sums to logit - bias.

    Args:
        directory: path of the exported model.
        network: `Network` of the original model.
        logits: `Logits`.
        default: `Step`. The default layer.
        shape: `InputShape`.
        closed_form_bias: list of float, the head's bias, or None without a closed form.

    Returns:
        dict from check to the largest relative difference.
    """
    pictures = sample_pictures(shape)
    with ExportedModel(directory) as exported:
        prepared = np.stack([exported.run("preprocess", ["input"], image=p)["input"] for p in pictures])
        index = np.repeat(np.arange(IMAGES, dtype=np.int32), 2)
        targets = np.tile(np.array([-1, 0], np.int32), IMAGES)
        keys = ["logits", "target", f"map/{default.name}"]
        got = exported.run("gradcam", keys, images=prepared, image_index=index, targets=targets)
    want_logits, want_maps, outputs = reference(network, logits, default, prepared, index, got["target"])
    _check_probabilities(network, logits, want_logits, outputs)
    maps = got[f"map/{default.name}"]
    differences = {
        "logits": difference("logits", got["logits"], want_logits),
        "maps": difference(f'maps of layer "{default.name}"', maps, want_maps),
    }
    if closed_form_bias is not None:
        want = got["logits"][index, got["target"]] - np.float32(closed_form_bias)[got["target"]]
        differences["map sums"] = difference("sums of the maps", maps.sum(axis=(1, 2)), want)
    return differences


def verify_tokens(directory, network, logits, frozen, default, shape):
    """Checks an exported transformer; raises `ExportError` naming what differs.

    The logits are those of the original model. Maps, which are made of tokens and attentions that no
    layer of Keras hands out, are compared with those of `token_maps`.

    Args:
        directory: path of the exported model.
        network: `Network` of the original model.
        logits: `Logits`.
        frozen: `FrozenForward` with tokens for layers.
        default: str. The default layer.
        shape: `InputShape`.

    Returns:
        dict from check to the largest relative difference.
    """
    pictures = sample_pictures(shape)
    with ExportedModel(directory) as exported:
        prepared = np.stack([exported.run("preprocess", ["input"], image=p)["input"] for p in pictures])
        got = exported.run("gradcam", ["logits"], images=prepared, image_index=[0], targets=[0])["logits"]
        want, outputs = _original_logits(network, logits, prepared)
        _check_probabilities(network, logits, want, outputs)
        return {"logits": difference("logits", got, want)} | compare_tokens(exported, frozen, default, prepared)


def compare_tokens(exported, frozen, layer, images):
    """Largest relative difference of the maps of a layer of tokens from `token_maps`, by method.

    Args:
        exported: `ExportedModel`.
        frozen: `FrozenForward`.
        layer: str.
        images: float32 array `(N, H, W, C)`.
    """
    # Out of order, so that a row of another image would be noticed.
    index = np.arange(len(images), dtype=np.int32)[::-1].repeat(2)
    targets = np.tile(np.array([-1, 0], np.int32), len(images))
    feeds = {"images": images, "image_index": index, "targets": targets}
    classes = exported.run("gradcam", ["target"], **feeds)["target"]
    differences = {}
    wanted = token_maps(frozen, layer, images[index], classes)
    for method, got in exported.maps(list(wanted), layer, **feeds).items():
        want = wanted[method].reshape(got.shape)
        differences[f"{method} maps"] = difference(f'{method} maps of layer "{layer}"', got, want)
    return differences


def _original_logits(network, logits, images):
    """Logits of the original model, and its own output."""
    before_output = logits.step is None and logits.value != network.output
    seen = {}
    with contextlib.ExitStack() as stack:
        if logits.step is not None:
            stack.enter_context(linear_activation(logits.step.operation))
        if before_output:
            operation = network.producer[logits.value].operation
            stack.enter_context(_recorded(operation, seen))
        output = network.model(images, training=False)
        scores = logits.scores(seen[operation] if before_output else output)
    return scores.numpy(), network.model(images, training=False).numpy()


def sample_pictures(shape):
    """Two pictures of seeded noise and a smooth one, RGB, uint8 `(H, W, 3)` for an `InputShape`."""
    random = np.random.default_rng(20)
    noise = random.integers(0, 256, (IMAGES - 1, *shape.sides, 3), dtype=np.uint8)
    y, x = np.mgrid[0 : shape.height, 0 : shape.width] / np.reshape(shape.sides, (2, 1, 1))
    waves = np.stack([np.sin(7 * x + 2 * y), np.cos(5 * y), np.sin(3 * x * y + 1)], axis=-1)
    return [*noise, np.uint8(127.5 + 127 * waves)]


def reference(network, logits, layer, images, index, targets):
    """Logits and raw Grad-CAM maps of the original model, by the plain recipe.

    Args:
        network: `Network`.
        logits: `Logits`.
        layer: `Step`.
        images: float32 array `(N, H, W, C)`.
        index, targets: int arrays `(M,)`, targets resolved to classes.

    Returns:
        logits `(N, K)`, maps `(M, h, w)`, and the model's own output `(N, K)`.
    """
    ends_before_output = logits.step is None and logits.value != network.output
    scores_from = network.producer[logits.value].operation if ends_before_output else None

    # In a function, gradients of weights, which nobody reads, are not computed. Eagerly they would
    # be, and oneDNN's overruns its memory for some narrow layers (uxlfoundation/oneDNN#6035).
    @tf.function(autograph=False)
    def explain(pictures, classes):
        with tf.GradientTape() as tape:
            tape.watch(pictures)
            output = network.model(pictures, training=False)
            scores = logits.scores(seen[scores_from] if scores_from is not None else output)
            # Rows of a batch do not influence each other, so one sum serves all pairs.
            selected = tf.reduce_sum(tf.gather(scores, classes, axis=1, batch_dims=1))
        activations = seen[layer.operation]
        alpha = tf.reduce_mean(tape.gradient(selected, activations), axis=(1, 2), keepdims=True)
        return scores, tf.reduce_sum(alpha * activations, axis=-1)

    seen = {}
    with contextlib.ExitStack() as stack:
        stack.enter_context(_recorded(layer.operation, seen))
        if logits.step is not None:
            stack.enter_context(linear_activation(logits.step.operation))
        if scores_from not in (None, layer.operation):
            stack.enter_context(_recorded(scores_from, seen))
        pairs = tf.constant(images[index]), tf.constant(targets)
        # Keras compiles grouped convolutions with XLA, which has no gradient of theirs on a CPU.
        with functions_inlined():
            traced = explain.get_concrete_function(*pairs)
        with convolutions_unfused():
            try:
                scores, maps = traced(*pairs)
            except tf.errors.InvalidArgumentError as error:
                if "grouped convolutions" not in error.message:
                    raise
                raise ExportError(
                    "TensorFlow has no gradients of grouped convolutions on this processor without oneDNN: set"
                    " TF_ENABLE_ONEDNN_OPTS=1 before TensorFlow is imported"
                ) from error
    outputs = network.model(images, training=False).numpy()
    first = np.unique(index, return_index=True)[1]
    return scores.numpy()[first], maps.numpy(), outputs


@contextlib.contextmanager
def _recorded(operation, seen):
    """Context in which the operation's last output is kept in `seen`."""
    original = operation.call

    def call(*args, **kwargs):
        seen[operation] = original(*args, **kwargs)
        return seen[operation]

    object.__setattr__(operation, "call", call)
    try:
        yield
    finally:
        object.__delattr__(operation, "call")


def _check_probabilities(network, logits, scores, outputs):
    if logits.link is not None:
        difference(f"outputs, made from the logits by {logits.link},", logits.outputs(scores), outputs)
        return
    logarithms = np.max(outputs) <= 0 and np.allclose(np.exp(np.float64(outputs)).sum(axis=1), 1, atol=1e-4)
    if logarithms or (np.min(outputs) >= 0 and np.allclose(outputs.sum(axis=1), 1, atol=1e-4)):
        raise ExportError(
            f'the outputs of model "{network.model.name}" are {"logarithms of " if logarithms else ""}probabilities,'
            " but its last layer is no softmax that can be left out; end the model in a Dense layer with a softmax"
            " activation, or in logits"
        )


def difference(what, got, want, original="Keras model", allowed=TOLERANCE):
    """Largest difference of two arrays as a share of the largest wanted value; of the value itself where all are 0.

    Raises:
        ExportError: it is more than is allowed, or the arrays have different shapes.
    """
    got, want = np.asarray(got), np.asarray(want)
    if got.shape != want.shape:
        raise ExportError(f"the exported model's {what} have the shape {got.shape}, and the {original}'s {want.shape}")
    largest = np.max(np.abs(want))
    share = float(np.max(np.abs(got - want)) / largest) if largest > 0 else float(np.max(np.abs(got)))
    if not share <= allowed:
        raise ExportError(
            f"the exported model does not compute what the {original} does: its {what} differ by"
            f" {share:.2g} of the largest value, at most {allowed:.2g} is allowed"
        )
    return share
