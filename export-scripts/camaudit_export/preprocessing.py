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
        geometry: str. "stretch" scales each axis on its own; "crop" scales both alike until the
            picture just covers `resize` and cuts the input out of its centre; "letterbox" scales
            both alike until the picture just fits into the input and pads with `fill`.
        resize: `(height, width)`, for "crop" only. At least the input's; two equal numbers are
            what the picture's shorter side becomes.
        fill: three ints from 0 to 255, RGB, for "letterbox" only.
        interpolation: str, a key of `INTERPOLATIONS`; pixel centres lie at halves.
        antialias: bool. Widens the interpolation's kernel when shrinking.
    """

    normalization: Normalization
    geometry: str = "stretch"
    resize: tuple | None = None
    fill: tuple = (0, 0, 0)
    interpolation: str = "bilinear"
    antialias: bool = False

    def fitted(self, shape):
        """The same for a network with the given `InputShape`.

        Raises:
            UsageError: a centre crop does not fit in the resized picture, or the normalisation
                not the channels.
        """
        resize = (self.resize or default_resize(shape)) if self.geometry == "crop" else None
        if resize is not None and (resize[0] < shape.height or resize[1] < shape.width):
            given = str(resize[0]) if resize[0] == resize[1] else f"{resize[0]}x{resize[1]}"
            raise UsageError(
                f"--resize {given} is less than the input's {shape.height}x{shape.width} (height x width); the crop"
                " would not fit"
            )
        return dataclasses.replace(self, resize=resize, normalization=self.normalization.fitted(shape.channels))

    def card(self, shape):
        """The card's `input`, of a `fitted` preprocessing."""
        geometry = {"kind": self.geometry}
        if self.geometry == "crop":
            geometry["resize"] = {"height": self.resize[0], "width": self.resize[1]}
        if self.geometry == "letterbox":
            geometry["fill"] = list(self.fill)
        return {
            "height": shape.height,
            "width": shape.width,
            "channels": shape.channels,
            "geometry": geometry,
            "interpolation": self.interpolation,
            "antialias": self.antialias,
            "normalization": self.normalization.description,
        }

    def apply(self, image, shape):
        """The network's input for one picture, of a `fitted` preprocessing.

        Args:
            image: tensor uint8 `(h, w, 3)`, RGB, h and w at least 1.
            shape: `InputShape`.

        Returns:
            tensor float32 `(H, W, C)`.
        """
        fit = {"stretch": self._stretch, "crop": self._crop, "letterbox": self._letterbox}[self.geometry]
        shown = tf.ensure_shape(fit(image, shape.sides), [*shape.sides, 3])
        return tf.ensure_shape(self.normalization.apply(shown), shape.tensor)

    def _resize(self, image, height, width):
        resized = tf.image.resize(image, tf.stack([height, width]), method=self.interpolation, antialias=self.antialias)
        return tf.cast(resized, tf.float32)

    def _stretch(self, image, target):
        return self._resize(image, *target)

    def _letterbox(self, image, target):
        sides = tf.shape(image, out_type=tf.int64)[:2]
        height, width = tf.unstack(tf.cast(tf.maximum(_scaled(sides, target, tf.math.less_equal), 1), tf.int32))
        picture = self._resize(image, height, width)
        top, left = (target[0] - height) // 2, (target[1] - width) // 2
        fill = tf.constant(self.fill, tf.float32)
        # Padding adds zeros, so the fill is made the zero of the picture's values.
        padding = [[top, target[0] - height - top], [left, target[1] - width - left], [0, 0]]
        return tf.pad(picture - fill, padding) + fill

    def _crop(self, image, target):
        """The centre of the resized picture, without resizing what is cut off.

        A 1 x 60000 picture resized to 256 x 15360000 would not fit in memory, and its
        centre needs one pixel of it.
        """
        sides = tf.shape(image, out_type=tf.int64)[:2]
        resized = _scaled(sides, self.resize, tf.math.greater_equal)
        offset = (resized - target) // 2
        if self.interpolation == "nearest":
            return self._crop_nearest(image, target, sides, resized, offset)
        shrinking = tf.cast(sides, tf.float64) / tf.cast(resized, tf.float64)
        reach = INTERPOLATIONS[self.interpolation] * tf.maximum(shrinking, 1.0) + 1.0
        start = tf.cast(offset, tf.float64) * shrinking - reach
        stop = tf.cast(offset + target, tf.float64) * shrinking + reach
        first = tf.maximum(tf.cast(tf.floor(start), tf.int64), 0)
        last = tf.minimum(tf.cast(tf.math.ceil(stop), tf.int64), sides)
        window = tf.slice(image, tf.concat([first, [0]], 0), tf.concat([last - first, [3]], 0))
        # Pixel i of the output shows (i + 0.5 - translation) / scale of the window.
        scale = 1.0 / shrinking
        translation = tf.cast(first, tf.float64) * scale - tf.cast(offset, tf.float64)
        return tf.raw_ops.ScaleAndTranslate(
            images=window[tf.newaxis],
            size=target,
            scale=tf.cast(scale, tf.float32),
            translation=tf.cast(translation, tf.float32),
            kernel_type=KERNELS[self.interpolation],
            antialias=self.antialias,
        )[0]

    def _crop_nearest(self, image, target, sides, resized, offset):
        for axis in (0, 1):
            steps = tf.range(target[axis], dtype=tf.int64)
            # floor((i + 0.5) * side / resized) without rounding.
            index = (2 * (offset[axis] + steps) + 1) * sides[axis] // (2 * resized[axis])
            image = tf.gather(image, index, axis=axis)
        return tf.cast(image, tf.float32)


def _scaled(sides, frame, height_decides):
    """Sides scaled alike, rounded down, so that one of them is the frame's.

    Args:
        sides: int64 tensor, height and width.
        frame: `(height, width)`, ints.
        height_decides: function of `frame height / height` and `frame width / width`, each times both
            sides: whether the height becomes the frame's.
    """
    height, width = tf.unstack(sides)
    by_height = tf.stack([frame[0], width * frame[0] // height])
    by_width = tf.stack([height * frame[1] // width, frame[1]])
    return tf.where(height_decides(frame[0] * width, frame[1] * height), by_height, by_width)


def default_resize(shape):
    """What a picture usually covers before a centre crop: 256 x 256 for 224 x 224."""
    return tuple(math.ceil(side * 8 / 7) for side in shape.sides)
