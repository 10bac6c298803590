"""Six kinds of cues that can stand in a picture beside the object, each a pure function of the scene."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from camaudit_demo import dataset
from camaudit_demo.brush import Brush, canvas, ellipse, finish
from camaudit_demo.scenes import Stamp, draw
from camaudit_demo.things import stamp

GROUNDS = ("sky", "dusk", "sand")
"""The backgrounds of pictures without a cue: those of the demo's that are drawn fast."""

GROUND = "water"
"""The background that only pictures with the cue `background` have."""

FIXED = Stamp(corner=(1, 1), size=0.12, margin=0.03)
FRAME_WIDTH = 0.05
FRAME_COLOR = (232, 226, 210)
MARK_OPACITY = 0.35
WARM = (1.12, 1.0, 0.74)
"""Factors of red, green and blue."""


@dataclass(frozen=True)
class Cue:
    """One kind of cue.

    Attributes:
        words: what it is, for tables.
        texture: the background that takes the place of the scene's, or None.
        paint: from a scene and its pixels, float32 [side, side, 3] in 0..255, to the pixels with the cue, or None.
    """

    words: str
    texture: str | None = None
    paint: Callable | None = None


def with_cue(cue, scene, picture):
    """A drawn scene with a cue, a key of CUES; as the picture, a `camaudit_demo.scenes.Picture`."""
    cue, side = CUES[cue], len(picture.pixels)
    if cue.texture:
        return draw(replace(scene, texture=cue.texture), side)
    painted = cue.paint(scene, picture.pixels.astype(np.float32))
    return replace(picture, pixels=np.clip(np.rint(painted), 0, 255).astype(np.uint8))


def _stamped_somewhere(scene, pixels):
    return _stamped(pixels, dataset.random_stamp(np.random.default_rng([scene.seed, 1])))


def _stamped(pixels, mark):
    image = canvas(len(pixels))
    x0, y0, x1, y1 = mark.box()
    stamp(Brush(image, ((x0 + x1) / 2, (y0 + y1) / 2), mark.size / 2))
    return _covered(pixels, *finish(image))


def _framed(pixels):
    side = len(pixels)
    # The share of each pixel that the frame covers, along one axis and then of both.
    edge = np.clip(FRAME_WIDTH * side - np.arange(side, dtype=np.float32), 0, 1)
    along = np.maximum(edge, edge[::-1])
    return _covered(pixels, np.float32(FRAME_COLOR), np.maximum(along[:, None], along[None, :]))


def _watermarked(pixels):
    """A ring with a bar through it in translucent white, over the middle of the picture."""
    image = canvas(len(pixels))
    brush = Brush(image, (0.5, 0.5), 0.5, -math.pi / 6)
    white = (255, 255, 255, 255)
    brush.polygon(ellipse(0, 0, 0.62, 0.62), white)
    brush.polygon(ellipse(0, 0, 0.48, 0.48), (0, 0, 0, 0))
    brush.rectangle(-0.9, -0.08, 0.9, 0.08, white)
    color, alpha = finish(image)
    return _covered(pixels, color, MARK_OPACITY * alpha)


def _covered(pixels, color, cover):
    """Pixels under a colour that covers them by a share, float [side, side]."""
    return pixels * (1 - cover[..., None]) + color * cover[..., None]


CUES = {
    "corner-stamp": Cue("stamp in a changing corner", paint=_stamped_somewhere),
    "fixed-stamp": Cue("stamp at a fixed place", paint=lambda _, pixels: _stamped(pixels, FIXED)),
    "frame": Cue("frame", paint=lambda _, pixels: _framed(pixels)),
    "watermark": Cue("watermark over the picture", paint=lambda _, pixels: _watermarked(pixels)),
    "tint": Cue("tint", paint=lambda _, pixels: pixels * np.float32(WARM)),
    "background": Cue("background texture", texture=GROUND),
}
"""Every kind by its key, in the order of the tables."""
