"""A scene is a picture's description; drawing it gives the pixels and where object and stamp are.

Everything is a pure function of the scene: same scene and side, same bytes.
"""

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageFilter

from camaudit_demo.brush import Brush, canvas, finish
from camaudit_demo.outline import bridged, outline
from camaudit_demo.textures import TEXTURES
from camaudit_demo.things import THINGS, stamp

CLASSES = tuple(THINGS)
"""The six classes in label order."""

BRIDGED = 0.02
"""Width of gaps between an object's parts that count as object, in object sizes.

A sail hangs 0.0175 away from its mast; wider gaps, as between sail and hull, stay background.
"""


@dataclass(frozen=True)
class Stamp:
    """A camera stamp: corner ((0, 0) upper left, (1, 0) upper right), size and margin in sides."""

    corner: tuple[int, int]
    size: float
    margin: float

    def box(self):
        """(x0, y0, x1, y1) in picture sides."""
        start = tuple(self.margin + at * (1 - 2 * self.margin - self.size) for at in self.corner)
        return (*start, start[0] + self.size, start[1] + self.size)


@dataclass(frozen=True)
class Scene:
    """What a picture shows.

    Attributes:
        kind: one of CLASSES.
        texture: one of textures.TEXTURES.
        seed: of the texture's and the object's details.
        size: of the object's longer axis, in picture sides.
        center: of the object, (x, y) in picture sides.
        angle: the object's turn, radians, clockwise.
        flip: whether the object is mirrored.
        opacity: of the object: 1 opaque, towards 0 blended into the background.
        camouflage: 0 the object's own colours, 1 the background's mean colour under it.
        stamp: the camera stamp, or None.
    """

    kind: str
    texture: str
    seed: int
    size: float
    center: tuple[float, float]
    angle: float = 0.0
    flip: bool = False
    opacity: float = 1.0
    camouflage: float = 0.0
    stamp: Stamp | None = None


@dataclass(frozen=True)
class Picture:
    """A drawn scene.

    Attributes:
        pixels: uint8 [side, side, 3], RGB.
        polygon: float64 [n, 2], the object's outline, (x, y) in pixels.
        box: (x, y, width, height) of the object, pixels.
        stamp_box: the same of the stamp, or None.
    """

    pixels: np.ndarray
    polygon: np.ndarray
    box: tuple[int, int, int, int]
    stamp_box: tuple[int, int, int, int] | None


def draw(scene, side, show_object=True):
    """Draws a scene at ``side`` x ``side`` pixels; if asked, of its object only the shadow."""
    texture_seed, object_seed = np.random.SeedSequence(scene.seed).spawn(2)
    ground = TEXTURES[scene.texture](side, np.random.default_rng(texture_seed))
    image = canvas(side)
    brush = Brush(image, scene.center, scene.size / 2, scene.angle, scene.flip)
    THINGS[scene.kind](brush, np.random.default_rng(object_seed))
    color, alpha = finish(image)
    pixels = np.clip(ground, 0, 255) * (1 - 0.38 * scene.opacity * _shadow(alpha, scene.size)[..., None])
    if show_object:
        color = _lit(color, scene, side)
        around = (ground * alpha[..., None]).sum(axis=(0, 1)) / alpha.sum()
        color += (around - color) * scene.camouflage
        cover = scene.opacity * alpha[..., None]
        pixels = pixels * (1 - cover) + color * cover
    stamp_box = None
    if scene.stamp:
        pixels, stamp_box = _stamped(pixels, scene.stamp, side)
    solid = alpha > 0.1
    return Picture(
        np.clip(np.rint(pixels), 0, 255).astype(np.uint8),
        outline(bridged(solid, BRIDGED * scene.size * side)),
        _box(solid),
        stamp_box,
    )


def _shadow(alpha, size):
    """A soft shadow below and right of the object, float32 [h, w] in 0..1."""
    side = alpha.shape[0]
    layer = Image.fromarray((alpha * 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(0.035 * size * side))
    shift = round(0.035 * size * side)
    moved = np.zeros_like(alpha)
    moved[shift:, shift:] = np.asarray(layer, dtype=np.float32)[: side - shift, : side - shift] / 255
    return moved


def _lit(color, scene, side):
    """Light from the upper left of the object."""
    y, x = np.mgrid[0:side, 0:side].astype(np.float32) / side
    along = ((x - scene.center[0]) + (y - scene.center[1])) / scene.size
    return np.clip(color * (1.0 - 0.28 * np.clip(along, -1, 1))[..., None], 0, 255)


def _stamped(pixels, mark, side):
    image = canvas(side)
    x0, y0, x1, y1 = mark.box()
    stamp(Brush(image, ((x0 + x1) / 2, (y0 + y1) / 2), mark.size / 2))
    color, alpha = finish(image)
    cover = alpha[..., None]
    return pixels * (1 - cover) + color * cover, _box(alpha > 0)


def _box(solid):
    rows, columns = np.nonzero(solid.any(axis=1))[0], np.nonzero(solid.any(axis=0))[0]
    x, y = int(columns[0]), int(rows[0])
    return x, y, int(columns[-1]) + 1 - x, int(rows[-1]) + 1 - y
