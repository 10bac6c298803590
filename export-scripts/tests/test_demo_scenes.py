"""The drawn pictures: repeatable, and their regions are where the pixels say they are."""

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageDraw

from camaudit_demo import dataset
from camaudit_demo.audit_set import polygon_area
from camaudit_demo.outline import bridged, outline
from camaudit_demo.scenes import CLASSES, Scene, Stamp, draw
from camaudit_demo.textures import TEXTURES

SIDE = 160
LARGEST = 448
"""The largest side of the audit set: what touches here touches in smaller pictures too."""


def inside(polygon, side):
    """Pixels whose centre lies in the polygon, by the even-odd rule; bool [side, side]."""
    centers = np.arange(side) + 0.5
    filled = np.zeros((side, side), dtype=bool)
    for (x0, y0), (x1, y1) in zip(polygon, np.roll(polygon, -1, axis=0), strict=True):
        crossed = (y0 <= centers) != (y1 <= centers)
        with np.errstate(divide="ignore", invalid="ignore"):
            at = x0 + (centers - y0) * (x1 - x0) / (y1 - y0)
        filled ^= crossed[:, None] & (centers[None, :] > at[:, None])
    return filled


@pytest.mark.parametrize("texture", TEXTURES)
def test_same_scene_gives_same_bytes_and_another_seed_others(texture):
    scene = Scene("fish", texture, seed=7, size=0.4, center=(0.5, 0.5))
    first = draw(scene, SIDE).pixels
    assert np.array_equal(first, draw(scene, SIDE).pixels)
    assert not np.array_equal(first, draw(replace(scene, seed=8), SIDE).pixels)


@pytest.mark.parametrize("texture", TEXTURES)
def test_content_does_not_depend_on_the_side(texture):
    scene = Scene("house", texture, seed=3, size=0.5, center=(0.4, 0.6))
    small = draw(scene, 96).pixels.astype(float)
    large = draw(scene, 192).pixels.astype(float).reshape(96, 2, 96, 2, 3).mean(axis=(1, 3))
    other = draw(replace(scene, seed=4), 96).pixels.astype(float)
    # Strokes thinner than a pixel differ between sides; another seed differs by much more.
    assert np.abs(small - large).mean() < 0.35 * np.abs(small - other).mean()


@pytest.mark.parametrize("kind", CLASSES)
def test_polygon_covers_exactly_what_the_object_changes(kind):
    scene = replace(
        dataset.scene(kind, dataset.AUDIT, 5),
        texture="pebbles",
        size=0.45,
        center=(0.45, 0.5),
        opacity=1.0,
        camouflage=0.0,
        stamp=None,
    )
    picture = draw(scene, LARGEST)
    changed = (picture.pixels != draw(scene, LARGEST, show_object=False).pixels).any(axis=2)
    region = inside(picture.polygon, LARGEST)
    assert (changed & region).sum() >= 0.97 * changed.sum()
    # Gaps count as object (between a balloon's ropes, or a mast and its sails), and a pixel may match its background by
    # chance.
    assert (changed & region).sum() >= 0.85 * region.sum()
    x, y, width, height = picture.box
    rows, columns = np.nonzero(changed)
    assert abs(columns.min() - x) <= 1
    assert abs(columns.max() + 1 - (x + width)) <= 1
    assert abs(rows.min() - y) <= 1
    assert abs(rows.max() + 1 - (y + height)) <= 1


@pytest.mark.parametrize("corner", [(0, 0), (1, 0), (0, 1), (1, 1)])
def test_stamp_box_is_exactly_what_the_stamp_changes(corner):
    plain = Scene("house", "dusk", seed=1, size=0.4, center=(0.5, 0.5))
    stamped = draw(replace(plain, stamp=Stamp(corner, size=0.12, margin=0.03)), SIDE)
    changed = (stamped.pixels != draw(plain, SIDE).pixels).any(axis=2)
    rows, columns = np.nonzero(changed)
    x, y, width, height = stamped.stamp_box
    assert (columns.min(), rows.min()) == (x, y)
    assert (columns.max() + 1, rows.max() + 1) == (x + width, y + height)
    assert changed[y : y + height, x : x + width].mean() > 0.9
    assert ((x + width / 2 > SIDE / 2), (y + height / 2 > SIDE / 2)) == (
        bool(corner[0]),
        bool(corner[1]),
    )


def test_bridging_joins_near_parts_and_leaves_far_ones():
    mask = np.zeros((20, 40), dtype=bool)
    mask[5:15, [*range(5, 10), *range(12, 17), *range(25, 30)]] = True
    expected = mask.copy()
    expected[5:15, 10:12] = True
    assert np.array_equal(bridged(mask, 2), expected)


def test_outline_of_a_known_shape():
    mask = np.zeros((6, 8), dtype=bool)
    mask[1:5, 2:7] = True
    assert sorted(map(tuple, outline(mask))) == [(2, 1), (2, 5), (7, 1), (7, 5)]


def test_outline_without_simplification_encloses_every_pixel():
    rng = np.random.default_rng(0)
    image = Image.new("1", (60, 60))
    pen = ImageDraw.Draw(image)
    pen.ellipse((15, 15, 45, 45), fill=1)
    for _ in range(40):
        x, y = rng.integers(15, 40, 2).tolist()
        pen.rectangle((x, y, x + 6, y + 6), fill=1)
    mask = np.asarray(image)
    polygon = outline(mask, tolerance=0)
    assert np.array_equal(inside(polygon, 60), mask)
    assert polygon_area(polygon) == mask.sum()


def test_outline_of_pixels_that_touch_at_a_corner_stops_at_the_corner():
    polygon = outline(np.array([[1, 0], [0, 1]], dtype=bool))
    assert polygon_area(polygon) == 1


def test_outline_of_nothing_is_refused():
    with pytest.raises(ValueError, match="mask is empty"):
        outline(np.zeros((3, 3), dtype=bool))
