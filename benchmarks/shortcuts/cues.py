"""Six kinds of cues that can stand in a picture beside the object, each a pure function of the scene."""

import math
from dataclasses import dataclass, replace

import numpy as np

from camaudit_demo import dataset
from camaudit_demo.brush import Brush, canvas, ellipse, finish
from camaudit_demo.scenes import Scene, Stamp, draw
from camaudit_demo.textures import TEXTURES

GROUND = "water"
"""The background that only pictures with the cue `background` have."""

GROUNDS = tuple(name for name in TEXTURES if name != GROUND)
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
        scene: from a scene to the scene with the cue, as far as it is part of the scene.
        paint: from pixels, float32 [side, side, 3] in 0..255, to pixels, as far as it is laid over the picture.
    """

    words: str
    scene: callable = lambda scene: scene
    paint: callable = lambda pixels: pixels


def drawn(scene, side, cue=None):
    """A scene at `side` x `side` pixels, with a cue (a key of CUES) or without; a `camaudit_demo.scenes.Picture`."""
    if cue is None:
        return draw(scene, side)
    picture = draw(CUES[cue].scene(scene), side)
    painted = CUES[cue].paint(picture.pixels.astype(np.float32))
    return replace(picture, pixels=np.clip(np.rint(painted), 0, 255).astype(np.uint8))


def _stamped_somewhere(scene: Scene):
    rng = np.random.default_rng([scene.seed, 1])
    return replace(scene, stamp=dataset.random_stamp(rng))


def _framed(pixels):
    side = len(pixels)
    image = canvas(side, (*FRAME_COLOR, 255))
    color, _ = finish(image)
    # The share of each pixel that the frame covers, along one axis and then of both.
    edge = np.clip(FRAME_WIDTH * side - np.arange(side), 0, 1)
    along = np.maximum(edge, edge[::-1])
    cover = np.maximum(along[:, None], along[None, :])[..., None].astype(np.float32)
    return pixels * (1 - cover) + color * cover


def _watermarked(pixels):
    """A ring with a bar through it in translucent white, over the middle of the picture."""
    side = len(pixels)
    image = canvas(side)
    brush = Brush(image, (0.5, 0.5), 0.5, -math.pi / 6)
    white = (255, 255, 255, 255)
    brush.polygon(ellipse(0, 0, 0.62, 0.62), white)
    brush.polygon(ellipse(0, 0, 0.48, 0.48), (0, 0, 0, 0))
    brush.rectangle(-0.9, -0.08, 0.9, 0.08, white)
    color, alpha = finish(image)
    cover = MARK_OPACITY * alpha[..., None]
    return pixels * (1 - cover) + color * cover


CUES = {
    "corner-stamp": Cue("stamp in a changing corner", scene=_stamped_somewhere),
    "fixed-stamp": Cue("stamp at a fixed place", scene=lambda scene: replace(scene, stamp=FIXED)),
    "frame": Cue("frame", paint=_framed),
    "watermark": Cue("watermark over the picture", paint=_watermarked),
    "tint": Cue("tint", paint=lambda pixels: pixels * np.float32(WARM)),
    "background": Cue("background texture", scene=lambda scene: replace(scene, texture=GROUND)),
}
"""Every kind by its key, in the order of the tables."""
