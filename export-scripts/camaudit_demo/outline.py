"""From an object's mask to the polygon that COCO JSON wants."""

import math

import numpy as np
from PIL import Image, ImageFilter

_STEPS = ((1, 0), (0, 1), (-1, 0), (0, -1))  # right, down, left, up

_SIDES = (((0, 1), (1, 1)), ((1, 1), (1, 0)), ((1, 0), (0, 0)), ((0, 0), (0, 1)))
"""For each step, the pixels (row, column) left and right of the edge that leaves a corner.

In a mask padded by one, the corner's upper left pixel is (0, 0), its lower right one (1, 1).
"""


def bridged(mask, gap):
    """Closes gaps in a mask that are at most ``gap`` pixels wide, so that an object's parts become one component.

    Morphological closing by a square: a boat's sails hang a hair away from its mast and belong to it all the same.
    """
    size = 2 * math.ceil(gap / 2) + 1
    closed = Image.fromarray(mask).convert("L").filter(ImageFilter.MaxFilter(size)).filter(ImageFilter.MinFilter(size))
    return mask | (np.asarray(closed) > 0)


def outline(mask, tolerance=0.6):
    """The outer border of a mask's topmost component as a polygon.

    Walks the edges between pixels clockwise with the component at the right hand, so the polygon
    encloses whole pixels; holes are enclosed too. Then drops points that lie within ``tolerance``
    pixels of the simplified line.

    Args:
        mask: bool [h, w], at least one pixel set; 4-connected components count as separate.
        tolerance: pixels (Ramer-Douglas-Peucker).

    Returns:
        float64 [n, 2] of (x, y), pixel corners: 0 is the left or upper border of the picture.
    """
    rows, columns = np.nonzero(mask)
    if rows.size == 0:
        raise ValueError("the mask is empty: there is nothing to outline")
    solid = np.pad(mask, 1)
    x, y = start = int(columns[0]), int(rows[0])
    direction, path = 0, [start]
    while True:
        x, y = x + _STEPS[direction][0], y + _STEPS[direction][1]
        if (x, y) == start:
            break
        path.append((x, y))
        direction = next(turn % 4 for turn in (direction + 1, direction, direction + 3) if _open(solid, x, y, turn % 4))
    return _simplify(np.array([*path, start], dtype=np.float64), tolerance)[:-1]


def _open(solid, x, y, direction):
    """Whether the edge leaving corner (x, y) has the mask at its right and nothing at its left."""
    left, right = _SIDES[direction]
    return solid[y + right[0], x + right[1]] and not solid[y + left[0], x + left[1]]


def _simplify(points, tolerance):
    """Ramer-Douglas-Peucker without recursion; the first and last point stay."""
    keep = np.zeros(len(points), dtype=bool)
    keep[[0, -1]] = True
    spans = [(0, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        inner = points[first + 1 : last] - points[first]
        if len(inner) == 0:
            continue
        chord = points[last] - points[first]
        length = np.hypot(*chord)
        if length == 0:
            distance = np.hypot(inner[:, 0], inner[:, 1])
        else:
            distance = np.abs(inner[:, 0] * chord[1] - inner[:, 1] * chord[0]) / length
        worst = int(np.argmax(distance))
        if distance[worst] > tolerance:
            middle = first + 1 + worst
            keep[middle] = True
            spans += [(first, middle), (middle, last)]
    return points[keep]
