"""Networks of `keras.applications`, and what any model's input must be."""

import inspect
import pathlib

import keras
import numpy as np

from camaudit_export.errors import ExportError, UsageError
from camaudit_export.input_shape import InputShape, check_channels
from camaudit_export.keras2 import Keras2Layer
from camaudit_export.loading import reason, warnings_once
from camaudit_export.nearest import nearest
from camaudit_export.network import check_functional


def architectures():
    """Names of the CNN builders of `keras.applications`."""
    return [
        name
        for name in dir(keras.applications)
        if inspect.isfunction(getattr(keras.applications, name))
        and "classifier_activation" in inspect.signature(getattr(keras.applications, name)).parameters
    ]


def architecture(name):
    """The builder called `name`; an unknown name is an error with the nearest ones."""
    known = {known.lower(): known for known in architectures()}
    if name.lower() not in known:
        near = nearest(name, known.values())
        hint = f"; the nearest are {', '.join(near)}" if near else ""
        raise UsageError(f'--architecture "{name}" is not in keras.applications{hint}')
    return getattr(keras.applications, known[name.lower()])


def build_architecture(name, weights, seed, size, classes):
    """Builds an architecture.

    Args:
        name: str. As in `keras.applications`, in any case.
        weights: "imagenet", "random", or the path of a weights file of this architecture. Random
            batch norms are as far from neutral as trained ones, so that folding them is put to
            the test and the graph costs what a trained one does.
        seed: int. Makes random weights repeatable.
        size: `(height, width)`, or None for the architecture's own.
        classes: int, or None for 1000.

    Returns:
        the model, and the card's words for source and weights.
    """
    builder = architecture(name)
    options = {"weights": None, "classes": classes or 1000}
    if size is not None:
        options["input_shape"] = (*size, 3)
    words = {"imagenet": "imagenet", "random": f"random, seed {seed}"}.get(weights, pathlib.Path(weights).name)
    if weights == "imagenet":
        options["weights"] = "imagenet"
    elif weights == "random":
        keras.utils.set_random_seed(seed)
    elif not pathlib.Path(weights).is_file():
        raise UsageError(f"--weights {weights}: no such file (nor imagenet, nor random)")
    try:
        model = builder(**options)
        if weights == "random":
            _randomise_batch_norms(model, seed)
        elif weights != "imagenet":
            with warnings_once():
                model.load_weights(weights)
    except Exception as error:
        offline = "; offline, give --weights FILE, or --weights random" if "URL fetch failure" in str(error) else ""
        raise ExportError(f"{builder.__name__} with weights {words}: {reason(error)}{offline}") from error
    return model, f"keras.applications.{builder.__name__}", words


def _randomise_batch_norms(model, seed):
    random = np.random.default_rng(seed)
    for layer in model.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            channels = layer.moving_mean.shape
            layer.moving_mean.assign(random.normal(0, 0.2, channels))
            layer.moving_variance.assign(random.uniform(0.6, 1.6, channels))
            if layer.scale:
                layer.gamma.assign(random.uniform(0.7, 1.3, channels))
            if layer.center:
                layer.beta.assign(random.normal(0, 0.2, channels))


def check_model(model, size=None):
    """Checks the model's input and makes it compute in float32.

    Args:
        model: `keras.Model`.
        size: `(height, width)` that the user stated, or None.

    Returns:
        `InputShape`.
    """
    shapes = [tuple(tensor.shape) for tensor in check_functional(model).inputs]
    if len(shapes) != 1:
        raise ExportError(f'model "{model.name}" has {len(shapes)} inputs; one image input is wanted')
    shape = shapes[0]
    if len(shape) != 4:
        raise ExportError(
            f'model "{model.name}" takes something else than pictures: {shape}; (batch, height, width, channels)'
            " is wanted"
        )
    if shape[1] in (1, 3) and shape[3] not in (1, 3):
        raise ExportError(
            f'model "{model.name}" takes pictures with the channels first, {shape}; only channels last,'
            " (batch, height, width, channels), are supported"
        )
    check_channels(shape[3], f'model "{model.name}", whose input is {shape},')
    if None in shape[1:3] and size is None:
        raise UsageError(
            f'model "{model.name}" takes pictures of any size: {shape}; choose one with --size PIXELS'
            " or --size HEIGHTxWIDTH"
        )
    sides = tuple(own or stated for own, stated in zip(shape[1:3], size or (None, None), strict=True))
    found = InputShape(*sides, shape[3])
    if size is not None and sides != tuple(size):
        raise UsageError(f'--size {size[0]}x{size[1]} (height x width): model "{model.name}" takes {found}')
    _check_channels_last(model)
    _use_float32(model)
    return found


def _check_channels_last(model):
    for layer in model._flatten_layers():
        if getattr(getattr(layer, "old", layer), "data_format", None) == "channels_first":
            raise ExportError(
                f'layer "{layer.name}" ({type(layer).__name__}) has data_format="channels_first", in which TensorFlow'
                " computes no convolutions on a CPU and a map's sides are not where they are looked for; build the"
                " model with channels_last (its weights stay as they are) and export that"
            )


def _use_float32(model):
    """Turns mixed precision off: weights are float32 already, and halves are slow on a CPU."""
    for layer in model._flatten_layers():
        if isinstance(layer, Keras2Layer):
            continue
        if getattr(layer, "quantization_mode", None):
            raise ExportError(f'layer "{layer.name}" is quantized ({layer.quantization_mode}); float32 is wanted')
        if layer.dtype_policy.variable_dtype != "float32":
            raise ExportError(
                f'layer "{layer.name}" has {layer.dtype_policy.variable_dtype} weights; float32 is wanted'
            )
        if layer.compute_dtype != "float32":
            layer.dtype_policy = "float32"
