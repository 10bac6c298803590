"""From a decoded picture of any size to the network's input, inside the exported graph.

Sizes are whole numbers, computed in 64-bit integers exactly as docs/model-contract.md says, so
that a map can be placed back on the photograph.
"""

import dataclasses
import math

import tensorflow as tf

from camaudit_export.errors import UsageError
from camaudit_export.normalization import Normalization

INTERPOLATIONS = {"nearest": 0, "bilinear": 1, "bicubic": 2, "lanczos3": 3, "lanczos5": 5}
"""Names of interpolations, and how many source pixels away each still looks."""

KERNELS = {"bilinear": "triangle", "bicubic": "keyscubic", "lanczos3": "lanczos3", "lanczos5": "lanczos5"}


@dataclasses.dataclass(frozen=True)
class Preprocessing:
    """How pictures were prepared in training.

    Attributes:
        normalization: `Normalization`.
        geometry: str. "stretch" scales each axis on its own; "crop" resizes the shorter side to
            `resize` and cuts the central square out; "letterbox" resizes the longer side to
            the input's and pads with `fill`.
        resize: int, for "crop" only. At least the input's side.
        fill: three ints from 0 to 255, RGB, for "letterbox" only.
        interpolation: str, a key of `INTERPOLATIONS`; pixel centres lie at halves.
        antialias: bool. Widens the interpolation's kernel when shrinking.
    """

    normalization: Normalization
    geometry: str = "stretch"
    resize: int | None = None
    fill: tuple = (0, 0, 0)
    interpolation: str = "bilinear"
    antialias: bool = False

    def check_fits(self, size):
        """Raises `UsageError` if a centre crop of side `size` does not fit in the resized picture."""
        if self.geometry == "crop" and self.resize < size:
            raise UsageError(f"--resize {self.resize} is less than the input's side, {size}; the crop would not fit")

    def card(self, size):
        """The card's `input`."""
        geometry = {"kind": self.geometry}
        if self.geometry == "crop":
            geometry["resize"] = self.resize
        if self.geometry == "letterbox":
            geometry["fill"] = list(self.fill)
        return {
            "size": size,
            "geometry": geometry,
            "interpolation": self.interpolation,
            "antialias": self.antialias,
            "normalization": self.normalization.description,
        }

    def apply(self, image, size):
        """The network's input for one picture.

        Args:
            image: tensor uint8 `(H, W, 3)`, RGB, H and W at least 1.
            size: int. Side S of the network's input.

        Returns:
            tensor float32 `(S, S, 3)`.
        """
        fit = {"stretch": self._stretch, "crop": self._crop, "letterbox": self._letterbox}[self.geometry]
        return self.normalization.apply(tf.ensure_shape(fit(image, size), [size, size, 3]))

    def _resize(self, image, height, width):
        resized = tf.image.resize(image, tf.stack([height, width]), method=self.interpolation, antialias=self.antialias)
        return tf.cast(resized, tf.float32)

    def _stretch(self, image, size):
        return self._resize(image, size, size)

    def _letterbox(self, image, size):
        sides = tf.shape(image, out_type=tf.int64)[:2]
        inner = tf.maximum(sides * size // tf.reduce_max(sides), 1)
        height, width = tf.unstack(tf.cast(inner, tf.int32))
        picture = self._resize(image, height, width)
        top, left = (size - height) // 2, (size - width) // 2
        fill = tf.constant(self.fill, tf.float32)
        # Padding adds zeros, so the fill is made the zero of the picture's values.
        padding = [[top, size - height - top], [left, size - width - left], [0, 0]]
        return tf.pad(picture - fill, padding) + fill

    def _crop(self, image, size):
        """The centre of the resized picture, without resizing what is cut off.

        A 1 x 60000 picture resized to 256 x 15360000 would not fit in memory, and its
        centre needs one pixel of it.
        """
        sides = tf.shape(image, out_type=tf.int64)[:2]
        resized = sides * self.resize // tf.reduce_min(sides)
        offset = (resized - size) // 2
        if self.interpolation == "nearest":
            return self._crop_nearest(image, size, sides, resized, offset)
        shrinking = tf.cast(sides, tf.float64) / tf.cast(resized, tf.float64)
        reach = INTERPOLATIONS[self.interpolation] * tf.maximum(shrinking, 1.0) + 1.0
        start = tf.cast(offset, tf.float64) * shrinking - reach
        stop = tf.cast(offset + size, tf.float64) * shrinking + reach
        first = tf.maximum(tf.cast(tf.floor(start), tf.int64), 0)
        last = tf.minimum(tf.cast(tf.math.ceil(stop), tf.int64), sides)
        window = tf.slice(image, tf.concat([first, [0]], 0), tf.concat([last - first, [3]], 0))
        # Pixel i of the output shows (i + 0.5 - translation) / scale of the window.
        scale = 1.0 / shrinking
        translation = tf.cast(first, tf.float64) * scale - tf.cast(offset, tf.float64)
        return tf.raw_ops.ScaleAndTranslate(
            images=window[tf.newaxis],
            size=[size, size],
            scale=tf.cast(scale, tf.float32),
            translation=tf.cast(translation, tf.float32),
            kernel_type=KERNELS[self.interpolation],
            antialias=self.antialias,
        )[0]

    def _crop_nearest(self, image, size, sides, resized, offset):
        steps = tf.range(size, dtype=tf.int64)
        for axis in (0, 1):
            # floor((i + 0.5) * side / resized) without rounding.
            index = (2 * (offset[axis] + steps) + 1) * sides[axis] // (2 * resized[axis])
            image = tf.gather(image, index, axis=axis)
        return tf.cast(image, tf.float32)


def default_resize(size):
    """The usual shorter side before a centre crop: 256 for 224."""
    return math.ceil(size * 8 / 7)
