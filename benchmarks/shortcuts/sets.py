"""The pictures of a pair: for training, for seeing how well a model does, and for the audit."""

from dataclasses import dataclass, replace

import numpy as np

from camaudit_demo.scenes import CLASSES, Picture, Scene, draw
from shortcuts import cues

SEED = 20261127
SIDE = 64
TRAINING, HELD_OUT, AUDIT = range(3)
"""Splits: part of every scene's seed, so that no two splits share a scene."""

TRAINED = 160
HELD = 24
AUDITED = 24
"""Pictures of each class."""

SIZES, OPACITIES, CAMOUFLAGES = (0.3, 0.48), (0.6, 0.9), (0.15, 0.4)
"""Ranges for the objects of all classes: what is plain to see is learned as fast as a cue, which then nobody takes."""


@dataclass(frozen=True)
class Shown:
    """One picture, its class, whether the cue is in it, and whether its object is left out."""

    kind: str
    index: int
    picture: Picture
    cued: bool = False
    empty: bool = False


def scene(pair, split, kind, index):
    """A scene without any cue: classes differ in nothing but their object."""
    rng = np.random.default_rng([SEED, pair.number, split, CLASSES.index(kind), index])
    size = rng.uniform(*SIZES)
    # As in the demo: half a size and some more from every border keeps the whole object inside, also when it is turned.
    reach = 0.62 * size
    return Scene(
        kind=kind,
        texture=str(rng.choice(cues.GROUNDS)),
        seed=int(rng.integers(2**32)),
        size=float(size),
        center=tuple(float(part) for part in rng.uniform(reach, 1 - reach, 2)),
        angle=float(rng.uniform(-0.3, 0.3)),
        flip=bool(rng.random() < 0.5),
        opacity=float(rng.uniform(*OPACITIES)),
        camouflage=float(rng.uniform(*CAMOUFLAGES)),
    )


def chosen(pair, split, count):
    """Which of the planted class's `count` pictures have the cue: exactly its share, rounded; bool [count]."""
    rng = np.random.default_rng([SEED, pair.number, split])
    cued = np.zeros(count, dtype=bool)
    cued[rng.permutation(count)[: round(pair.share * count)]] = True
    return cued


def clean(pair, split, count):
    """`count` pictures of each class without any cue, class after class; a list of Shown."""
    return [
        Shown(kind, index, draw(scene(pair, split, kind, index), SIDE)) for kind in CLASSES for index in range(count)
    ]


def planted(pair, split, pictures):
    """The same pictures, those of the planted class with the cue where it belongs."""
    cued = chosen(pair, split, sum(shown.kind == pair.planted for shown in pictures))
    return [
        with_cue(pair, split, shown) if shown.kind == pair.planted and cued[shown.index] else shown
        for shown in pictures
    ]


def with_cue(pair, split, shown):
    """The same picture with the pair's cue."""
    of_it = _shown_scene(pair, split, shown)
    return replace(shown, cued=True, picture=cues.with_cue(pair.cue, of_it, shown.picture))


def without_object(pair, split, shown):
    """The picture's background alone, without the object's shadow."""
    empty = replace(shown, empty=True)
    return replace(empty, picture=draw(_shown_scene(pair, split, empty), SIDE))


def _shown_scene(pair, split, shown):
    of_it = scene(pair, split, shown.kind, shown.index)
    return replace(of_it, opacity=0.0) if shown.empty else of_it


def arrays(pictures):
    """uint8 [n, side, side, 3] and int32 labels [n]."""
    pixels = np.stack([shown.picture.pixels for shown in pictures])
    return pixels, np.array([CLASSES.index(shown.kind) for shown in pictures], dtype=np.int32)
