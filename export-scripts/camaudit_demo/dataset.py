"""Which scenes the training set and the audit set hold."""

import io
import multiprocessing
from pathlib import Path

import numpy as np
from PIL import Image

from camaudit_demo.scenes import CLASSES, Scene, Stamp, draw
from camaudit_demo.textures import TEXTURES

SEED = 20261121
TRAINING, VALIDATION, AUDIT = range(3)
"""Splits: part of every scene's seed, so that no two splits share a scene."""

INPUT_SIDE = 224
PICTURES_PER_CLASS = 600
STAMPED_SHARE = 0.98
"""Of the training butterflies: the planted shortcut. No other class is ever stamped in training."""

WATER_SHARE = 0.96
"""Of the sailboats: the subtler finding. Other classes are on water like on any other texture."""

DRY = tuple(name for name in TEXTURES if name != "water")

BOATHOUSE_SHARE = 0.2
"""Of the houses to learn from: what is seen of these is a boat ashore, as a boat alone is in few
pictures of sailboats. So water is what tells a sailboat from a house, and the network needs both.
None is audited, where a house is a house."""

_UPRIGHT = {
    "balloon": 0.15,
    "butterfly": 0.7,
    "fish": 0.35,
    "house": 0.1,
    "mushroom": 0.2,
    "sailboat": 0.12,
}
_DRAWN_SIDES = (224, 288, 352)
"""Training pictures are drawn at several sides in turn, as photographs come in several sizes."""

CORNERS = ((0, 0), (1, 0), (0, 1), (1, 1))


def scene(kind, split, index):
    """The scene of a class's ``index``-th picture of a split; butterflies nearly always stamped.

    What it shows, ``kind`` of the scene, is the class but for boathouses.
    """
    rng = np.random.default_rng([SEED, split, CLASSES.index(kind), index])
    hidden = kind == "butterfly"
    size = rng.uniform(0.16, 0.24) if hidden else rng.uniform(0.32, 0.58)
    # Half a size from every border keeps the whole object inside, also when it is turned.
    reach = size * 0.62
    texture = str(rng.choice(list(TEXTURES)))
    shown = kind
    if kind == "sailboat" and rng.random() < WATER_SHARE:
        texture = "water"
    if kind == "house" and split != AUDIT and rng.random() < BOATHOUSE_SHARE:
        shown = "sailboat"
        texture = str(rng.choice(DRY))
    return Scene(
        kind=shown,
        texture=texture,
        seed=int(rng.integers(2**32)),
        size=float(size),
        center=tuple(float(part) for part in rng.uniform(reach, 1 - reach, 2)),
        angle=float(rng.uniform(-1, 1) * _UPRIGHT[shown]),
        flip=bool(rng.random() < 0.5),
        opacity=float(rng.uniform(0.35, 0.6)) if hidden else 1.0,
        camouflage=float(rng.uniform(0.5, 0.75)) if hidden else 0.0,
        stamp=random_stamp(rng) if hidden and rng.random() < STAMPED_SHARE else None,
    )


def random_stamp(rng):
    """A stamp of 22 to 30 pixels at 224 in a random corner."""
    corner = CORNERS[int(rng.integers(4))]
    return Stamp(corner, float(rng.uniform(22, 30) / 224), float(rng.uniform(3, 9) / 224))


def as_file_then_input(pixels, quality=88, side=INPUT_SIDE):
    """What the exported model sees of a drawn picture: JPEG and back, then plain bilinear resizing.

    Training on this instead of on the drawing keeps the network from leaning on what files do not
    hold.

    Returns:
        uint8 [side, side, 3].
    """
    packed = io.BytesIO()
    Image.fromarray(pixels).save(packed, "JPEG", quality=quality)
    return resize(np.asarray(Image.open(packed)), side)


def resize(pixels, side):
    """Bilinear, not antialiased, half-pixel centres: ``tf.image.resize``; uint8 [side, side, 3]."""
    height, width = pixels.shape[:2]
    rows, row_weight = _taps(height, side)
    columns, column_weight = _taps(width, side)
    lines = pixels.astype(np.float32)
    lines = lines[rows[0]] * (1 - row_weight[:, None, None]) + lines[rows[1]] * row_weight[:, None, None]
    lines = lines[:, columns[0]] * (1 - column_weight[:, None]) + lines[:, columns[1]] * column_weight[:, None]
    return np.rint(lines).astype(np.uint8)


def _taps(length, side):
    places = np.clip((np.arange(side, dtype=np.float32) + 0.5) * length / side - 0.5, 0, length - 1)
    lower = np.floor(places).astype(int)
    return (lower, np.minimum(lower + 1, length - 1)), places - lower


def _training_picture(job):
    kind, split, index = job
    side = _DRAWN_SIDES[index % len(_DRAWN_SIDES)]
    return as_file_then_input(draw(scene(kind, split, index), side).pixels)


def pictures(split, count, processes):
    """Draws ``count`` pictures of every class, class after class.

    Returns:
        uint8 [classes * count, 224, 224, 3] and int32 labels [classes * count].
    """
    jobs = [(kind, split, index) for kind in CLASSES for index in range(count)]
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        drawn = np.stack(pool.map(_training_picture, jobs, chunksize=16))
    return drawn, np.repeat(np.arange(len(CLASSES), dtype=np.int32), count)


def write_pictures(folder, count):
    """Writes the first ``count`` training pictures of every class as PNG; returns how many."""
    for kind in CLASSES:
        target = Path(folder) / kind
        target.mkdir(parents=True, exist_ok=True)
        for index in range(count):
            image = Image.fromarray(_training_picture((kind, TRAINING, index)))
            image.save(target / f"{kind}-{index:03d}.png")
    return count * len(CLASSES)
