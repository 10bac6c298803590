"""From pixel values to the values that a network was trained on."""

import dataclasses
import sys

import keras
import numpy as np
import tensorflow as tf

from camaudit_export.errors import UsageError

NAMED = {
    "caffe": "keras.applications caffe: RGB to BGR, minus (103.939, 116.779, 123.68)",
    "tf": "keras.applications tf: divided by 127.5, minus 1",
    "torch": "keras.applications torch: divided by 255, minus (0.485, 0.456, 0.406), over (0.229, 0.224, 0.225)",
    "none": "none: pixel values from 0 to 255, RGB",
}
"""Normalisations by name; the first three are modes of `keras.applications.imagenet_utils`."""


IMAGENET_MEAN, IMAGENET_STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)

COEFFICIENTS = {
    "caffe": ("bgr", 1.0, (103.939, 116.779, 123.68), (1.0, 1.0, 1.0)),
    "tf": ("rgb", 1 / 127.5, (1.0, 1.0, 1.0), (1.0, 1.0, 1.0)),
    "torch": ("rgb", 1 / 255, IMAGENET_MEAN, IMAGENET_STD),
}
"""Channels, scale, mean and std of the named normalisations; values from `keras.applications.imagenet_utils`."""

GREY = (0.299, 0.587, 0.114)
"""Shares of red, green and blue in a grey value (ITU-R BT.601), as Pillow's mode L and TensorFlow have them."""


@dataclasses.dataclass(frozen=True)
class Normalization:
    """One normalisation: a named one, or `(channels * scale - mean) / std`.

    For a network with one channel the pixel is its grey value, which is not rounded to a whole
    level as in a grey file: at most half a level apart.

    Attributes:
        mode: str. A key of `NAMED`, or "affine".
        channels: str. "rgb", "bgr" or "grey"; `mean` and `std` stand in this order.
        scale: float. Times the pixel value, from 0 to 255.
        mean, std: three floats, one for grey.
    """

    mode: str
    channels: str = "rgb"
    scale: float = 1.0
    mean: tuple = (0.0, 0.0, 0.0)
    std: tuple = (1.0, 1.0, 1.0)

    @property
    def description(self):
        """The card's `normalization`."""
        grey = ", of grey values" if self.channels == "grey" else ""
        if self.mode in NAMED:
            return NAMED[self.mode].replace(", RGB", "") + grey if grey else NAMED[self.mode]
        channels = "grey" if grey else self.channels.upper()
        return f"{channels}, times {self.scale:.10g}, minus {_values(self.mean)}, over {_values(self.std)}"

    def fitted(self, channels):
        """The same for a network of so many channels, 3 or 1.

        Raises:
            UsageError: the normalisation treats channels differently, and the network has one.
        """
        if channels != 1 or self.channels == "grey":
            return self
        order, _, mean, std = COEFFICIENTS.get(self.mode, (self.channels, self.scale, self.mean, self.std))
        if order != "rgb" or len({*mean}) > 1 or len({*std}) > 1:
            name = f"--preprocessing {self.mode}" if self.mode in NAMED else "--mean, --std or --channels"
            raise UsageError(
                f"{name}: the model takes grey pictures, which have one channel; give --scale, and --mean and --std"
                " with one number each, as in --scale 1/255 --mean 0.5 --std 0.5"
            )
        if self.mode in NAMED:
            return dataclasses.replace(self, channels="grey")
        return dataclasses.replace(self, channels="grey", mean=mean[:1], std=std[:1])

    def apply(self, pixels):
        """Normalises a float32 tensor `(…, 3)` of RGB pixel values; returns `(…, C)`.

        Every normalisation is one matrix over the channels and one bias. As a product of matrices
        it takes a tenth of the time that channels cost which are taken apart and put together
        again. Zeros of the matrix add nothing, so swapping channels and subtracting means is exact.
        """
        if self.mode == "none" and self.channels != "grey":
            return pixels
        matrix, bias = self._matrix_and_bias()
        flat = tf.matmul(tf.reshape(pixels, [-1, 3]), tf.constant(matrix, tf.float32))
        shape = tf.concat([tf.shape(pixels)[:-1], [len(bias)]], axis=0)
        return tf.reshape(tf.nn.bias_add(flat, tf.constant(bias, tf.float32)), shape)

    def _matrix_and_bias(self):
        """Float64 arrays `(3, C)`, from RGB to the network's channels, and `(C,)`."""
        own = (self.channels, self.scale, self.mean, self.std)
        channels, scale, mean, std = COEFFICIENTS.get(self.mode, own)
        mean, std = np.asarray(mean), np.asarray(std)
        if self.channels == "grey":
            return np.array(GREY)[:, np.newaxis] * scale / std[:1], -mean[:1] / std[:1]
        order = np.eye(3)[:, ::-1] if channels == "bgr" else np.eye(3)
        return order * scale / std, -mean / std


def named_normalization(name):
    """The normalisation called `name`: a key of `NAMED`, or a module such as "mobilenet_v2"."""
    if name in NAMED:
        return Normalization(name)
    module = getattr(keras.applications, name, None)
    if not hasattr(module, "preprocess_input"):
        modules = [n for n in dir(keras.applications) if hasattr(getattr(keras.applications, n), "preprocess_input")]
        raise UsageError(
            f'--preprocessing "{name}" is not known; {", ".join(NAMED)} and the modules of keras.applications'
            f" are: {', '.join(modules)}"
        )
    return _of_module(module)


def architecture_normalization(builder):
    """The normalisation that belongs to a builder of `keras.applications`, such as `ResNet50`."""
    return _of_module(sys.modules[builder.__module__])


def _of_module(module):
    """Finds out by trial which of the named normalisations a `preprocess_input` is.

    Some networks normalise in their first layers and their module's function does nothing.
    """
    probe = np.random.default_rng(0).uniform(0, 255, (1, 4, 4, 3)).astype(np.float32)
    # Some of the functions change their argument in place.
    prepared = np.asarray(module.preprocess_input(probe.copy()))
    for mode in NAMED:
        candidate = Normalization(mode)
        if np.allclose(prepared, candidate.apply(tf.constant(probe)), atol=1e-4):
            return candidate
    raise UsageError(
        f"the preprocess_input of {module.__name__} is none of {', '.join(NAMED)}; give --scale, --mean and --std"
    )


def _values(values):
    return "(" + ", ".join(f"{value:.10g}" for value in values) + ")"
