"""What an export tells its user beside the numbers: maps from before the attention, pixels normalised twice."""

import keras
import numpy as np
import tensorflow as tf

from camaudit_export.errors import UsageError
from camaudit_export.layers import is_transparent
from camaudit_export.normalization import Normalization
from camaudit_export.saved_model import ExportedModel
from camaudit_export.verification import sample_pictures

UNTOUCHED = ("Resizing", "CenterCrop", "ZeroPadding2D", "RandomFlip", "RandomRotation", "RandomZoom")
"""Layers at a model's start, beside the transparent ones, that leave values of pixels as they are."""

COLLAPSED = 0.1
"""Share of the spread over unprepared pictures below which answers count as the same for all pictures."""


def attention_notes(frozen, layer, automatic):
    """Says that a layer lies before attention: what its map shows is mixed with all places afterwards.

    Attention is a softmax over an axis of more than two-dimensional values between layer and logits.

    Args:
        frozen: `FrozenForward`.
        layer: str. Name of the default layer.
        automatic: bool. Whether the user left the choice to the exporter, which then refuses.

    Returns:
        list of at most one sentence.
    """
    with tf.Graph().as_default() as graph:
        tf.graph_util.import_graph_def(frozen.graph, name="")
    start, end = (graph.get_tensor_by_name(name).op for name in (frozen.layers[layer], frozen.logits))
    behind = _reached(start, lambda op: [reader for tensor in op.outputs for reader in tensor.consumers()])
    before = _reached(end, lambda op: [tensor.op for tensor in op.inputs])
    attention = [op for op in behind & before if op.type == "Softmax" and (op.outputs[0].shape.rank or 0) > 2]
    if not attention:
        return []
    sentence = (
        f'layer "{layer}" lies before the model\'s attention ({len(attention)} times'
        " a softmax over places follows it), which mixes all places of the picture: its map does not"
        " say where the model looked"
    )
    if automatic:
        raise UsageError(
            f"--layers auto: the last spatial {sentence}; there is no layer with height and width behind it. To have"
            f" that map all the same, say --layers {layer}"
        )
    return [sentence]


def _reached(start, neighbours):
    found, todo = {start}, [start]
    while todo:
        for operation in neighbours(todo.pop()):
            if operation not in found:
                found.add(operation)
                todo.append(operation)
    return found


def normalization_notes(directory, network, normalization, shape):
    """Says that the pixels are probably normalised twice: by `--preprocessing` and inside the model.

    Noticed by a Rescaling or Normalization layer at the start, or by answers that collapse. With
    logits y of pictures i, their spread is

        s = max over classes of (max_i y - min_i y) / max |y|

    and they collapse where s is less than a tenth of what it is without any preprocessing, as it
    is when pixels from -1 to 1 are scaled down to 0.99 to 1.01 of nothing.

    Args:
        directory: path of the exported model.
        network: `Network`, or None where no layers can be looked at.
        normalization: `Normalization`.
        shape: `InputShape`.

    Returns:
        list of at most one sentence.
    """
    if normalization.mode == "none":
        return []
    advice = "where layers of the model prepare the pixels, export it with --preprocessing none"
    layer = None if network is None else _first_that_changes_pixels(network)
    if layer is not None and type(layer.operation).__name__ in ("Rescaling", "Normalization"):
        return [
            f'pixels are normalised twice: by "{normalization.description}" and by the model\'s own first layer'
            f' "{layer.name}" ({type(layer.operation).__name__}); {advice}'
        ]
    pictures = sample_pictures(shape)
    plain_pixels = Normalization("none").fitted(shape.channels)
    with ExportedModel(directory) as exported:
        prepared = np.stack([exported.run("preprocess", ["input"], image=picture)["input"] for picture in pictures])
        unprepared = np.stack([plain_pixels.apply(np.float32(picture)) for picture in pictures])
        given, plain = (_spread(exported, batch) for batch in (prepared, unprepared))
    if given < COLLAPSED * plain:
        return [
            f'the model answers nearly the same for all pictures prepared by "{normalization.description}" (its'
            f" logits differ by {given:.1g} of the largest, and by {plain:.1g} for pixels as they are); {advice}"
        ]
    return []


def _first_that_changes_pixels(network):
    value = 0
    while True:
        readers = network.consumers(value)
        if len(readers) != 1:
            return None
        (step,) = readers
        unchanged = is_transparent(step) or type(step.operation).__name__ in UNTOUCHED
        if not unchanged or isinstance(step.operation, keras.layers.Activation):
            return step
        value = step.output


def _spread(exported, images):
    logits = exported.run("gradcam", ["logits"], images=images, image_index=[0], targets=[0])["logits"]
    largest = np.max(np.abs(logits))
    return float(np.max(np.ptp(logits, axis=0)) / largest) if np.isfinite(largest) and largest > 0 else 0.0
