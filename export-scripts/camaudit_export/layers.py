"""Which layers are exported: the last spatial one, every residual block's, or named ones."""

import keras

from camaudit_export.errors import ExportError, UsageError
from camaudit_export.nearest import nearest_layers

TRANSPARENT = (
    keras.layers.Dropout,
    keras.layers.SpatialDropout2D,
    keras.layers.GaussianDropout,
    keras.layers.GaussianNoise,
    keras.layers.AlphaDropout,
    keras.layers.ActivityRegularization,
    keras.layers.Identity,
)
"""Layers whose output is their input at inference."""


def choose_layers(network, shapes, logits, wanted):
    """Chooses the steps whose activations and maps are exported.

    Args:
        network: `Network`.
        shapes: dict from value number to shape, of `Network.shapes`.
        logits: int. The value that is explained.
        wanted: list of layer names, or `["auto"]` or `["all-blocks"]`.

    Returns:
        list of `Step` in the network's order, and the default one among them.
    """
    candidates = _spatial_steps(network, shapes, logits)
    if not candidates:
        raise ExportError(
            f'model "{network.model.name}" has no layer with a spatial output: nothing between its input and'
            " its logits has the shape (batch, height, width, channels), so there is no map to compute"
        )
    if wanted == ["auto"]:
        return [candidates[-1]], candidates[-1]
    if wanted == ["all-blocks"]:
        blocks = _residual_blocks(network, candidates)
        if candidates[-1] not in blocks:
            blocks.append(candidates[-1])
        return blocks, blocks[-1]
    there = [step.name for step in candidates]
    chosen = {_named(network, name, there) for name in wanted}
    for step in chosen:
        _check(network, shapes, logits, step)
    ordered = [step for step in network.steps if step in chosen]
    return ordered, ordered[-1]


def layers_there(network, shapes, logits):
    """A dict from the names of all layers, in order, to whether a map can be made of them."""
    spatial = _spatial_steps(network, shapes, logits)
    return {step.name: step in spatial for step in network.steps}


def _spatial_steps(network, shapes, logits):
    influential = network.ancestors(logits)
    return [
        step
        for step in network.steps
        if step.output in influential
        and _is_spatial(shapes[step.output])
        and shapes[step.output] != shapes[0]
        and not is_transparent(step)
    ]


def _is_spatial(shape):
    return len(shape) == 3 and shape[0] * shape[1] > 1


def is_transparent(step):
    """Whether a step hands its input through at inference, as dropout does."""
    layer = step.operation
    linear = keras.activations.linear
    return isinstance(layer, TRANSPARENT) or (isinstance(layer, keras.layers.Activation) and layer.activation is linear)


def _residual_blocks(network, candidates):
    """Ends of the residual blocks: sums, or the activation that alone reads a sum."""
    blocks = []
    for step in candidates:
        if type(step.operation).__name__ == "Add" and len(set(step.inputs)) == 2 and 0 not in step.inputs:
            readers = network.consumers(step.output)
            only_activation = len(readers) == 1 and isinstance(
                readers[0].operation, keras.layers.Activation | keras.layers.ReLU
            )
            blocks.append(readers[0] if only_activation else step)
    if not blocks:
        raise UsageError(
            f'--layers all-blocks: model "{network.model.name}" has no residual block (no sum of two'
            " branches); name the layers wanted, or use auto"
        )
    return blocks


def _named(network, name, there):
    found = [step for step in network.steps if step.name == name]
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(f'layer "{name}" is called {len(found)} times, so its output is not one tensor')
    raise UsageError(f'model "{network.model.name}" has no layer "{name}"; {nearest_layers(name, there)}')


def _check(network, shapes, logits, step):
    shape = shapes[step.output]
    if len(step.outputs) != 1 or not _is_spatial(shape):
        raise ExportError(
            f'layer "{step.name}" has no spatial output: its shape without the batch is {shape},'
            " (height, width, channels) is wanted"
        )
    if step.output not in network.ancestors(logits):
        raise ExportError(f'layer "{step.name}" does not influence the logits: nothing leads from it to the output')
