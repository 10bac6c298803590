"""The six drawn objects and the camera stamp.

Each function draws onto a brush whose local coordinates hold the object in about -1..1 on its
longer axis.
"""

import math

import numpy as np

from camaudit_demo.brush import curve, ellipse, hsv

INK = (38, 32, 36, 255)
CREAM = (246, 236, 214, 255)


def palette(rng):
    """Two bright colours that stand apart, as (hue, saturation, value)."""
    hue = rng.random()
    other = hue + rng.choice([0.33, 0.5, 0.62]) + rng.normal(0, 0.03)
    return (hue, rng.uniform(0.65, 0.95), rng.uniform(0.75, 0.95)), (
        other,
        rng.uniform(0.3, 0.9),
        rng.uniform(0.85, 1),
    )


def balloon(brush, rng):
    """A striped hot-air balloon with its basket."""
    first, second = palette(rng)
    arc = np.linspace(math.pi * 0.82, math.pi * 2.18, 40)
    dome = np.stack([0.7 * np.cos(arc), -0.3 + 0.7 * np.sin(arc)], axis=1)
    right = curve(dome[-1], (0.5, 0.3), (0.15, 0.6), 10)
    left = curve((-0.15, 0.6), (-0.5, 0.3), dome[0], 10)
    envelope = np.concatenate([dome, right, left])
    for x in (-0.13, 0.13):
        brush.line([(x * 1.1, 0.58), (x, 0.8)], 0.03, INK)
    brush.polygon(envelope * (1.03, 1.0) - (0, 0.02), hsv(first[0], 0.8, 0.35))
    for index, width in enumerate((1.0, 0.8, 0.56, 0.32, 0.11)):
        color = first if index % 2 == 0 else second
        brush.polygon(envelope * (width, 1), hsv(*color))
    brush.rectangle(-0.17, 0.54, 0.17, 0.61, hsv(second[0], 0.7, 0.5))
    brush.polygon([(-0.18, 0.76), (0.18, 0.76), (0.15, 1.0), (-0.15, 1.0)], (139, 90, 43, 255))
    brush.rectangle(-0.2, 0.74, 0.2, 0.8, (94, 58, 26, 255))
    for y in (0.86, 0.93):
        brush.rectangle(-0.16, y, 0.16, y + 0.02, (104, 66, 30, 255))


def butterfly(brush, rng):
    """Four patterned wings, body and antennae."""
    first, second = palette(rng)
    upper = np.concatenate(
        [
            curve((0.04, -0.1), (0.35, -0.95), (0.95, -0.8), 14),
            curve((0.95, -0.8), (1.05, -0.1), (0.04, 0.1), 14),
        ]
    )
    lower = np.concatenate(
        [
            curve((0.04, 0.0), (0.85, -0.05), (0.72, 0.45), 12),
            curve((0.72, 0.45), (0.4, 0.98), (0.04, 0.2), 12),
        ]
    )
    for side in (-1, 1):
        for wing, middle, color in ((lower, (0.42, 0.3), second), (upper, (0.56, -0.42), first)):
            mirrored, heart = wing * (side, 1), np.array(middle) * (side, 1)
            brush.polygon(mirrored, INK)
            brush.polygon((mirrored - heart) * 0.84 + heart, hsv(*color))
            brush.polygon((mirrored - heart) * 0.42 + heart, hsv(color[0] + 0.06, color[1] * 0.5, 1.0))
        for x, y in ((0.84, -0.68), (0.86, -0.5), (0.78, -0.32), (0.6, 0.48)):
            brush.ellipse(x * side, y, 0.045, 0.045, CREAM)
        brush.line(curve((0, -0.35), (0.05 * side, -0.7), (0.24 * side, -0.86), 8), 0.035, INK)
        brush.ellipse(0.24 * side, -0.86, 0.045, 0.045, INK)
    brush.ellipse(0, 0.08, 0.085, 0.5, INK)
    brush.ellipse(0, -0.38, 0.1, 0.1, INK)


def fish(brush, rng):
    """A striped fish in profile."""
    first, second = palette(rng)
    fin = hsv(second[0], second[1], second[2] * 0.85)
    brush.polygon([(-0.55, 0), (-1, -0.5), (-0.86, 0), (-1, 0.5)], fin)
    brush.polygon(np.concatenate([curve((-0.35, -0.35), (0.0, -0.85), (0.3, -0.36), 10), [(0, -0.2)]]), fin)
    brush.polygon([(-0.1, 0.35), (-0.3, 0.7), (0.2, 0.36)], fin)
    top = curve((-0.72, -0.04), (0.15, -0.9), (0.95, -0.02), 24)
    low = curve((0.95, 0.02), (0.15, 0.9), (-0.72, 0.04), 24)
    body = np.concatenate([top, low])
    brush.polygon(body, hsv(first[0], 0.85, 0.4))
    brush.polygon(body * (0.95, 0.93) + (0.005, 0), hsv(*first))
    brush.polygon(
        np.concatenate([curve((-0.6, 0.09), (0.1, 0.8), (0.88, 0.07), 20), [(0.2, 0.16)]]),
        hsv(first[0], 0.25, 1),
    )
    for x, half in ((-0.38, 0.2), (-0.1, 0.34), (0.18, 0.36)):
        bend = curve((x, -half), (x + 0.16, 0), (x, half), 9)
        brush.polygon(np.concatenate([bend, (bend + (0.1, 0))[::-1]]), hsv(*second))
    brush.line(curve((0.5, -0.26), (0.38, 0), (0.5, 0.26), 8), 0.035, hsv(first[0], 0.9, 0.35))
    brush.polygon(np.concatenate([curve((0.3, 0.02), (0.1, 0.06), (0.06, 0.26), 8), [(0.32, 0.14)]]), fin)
    brush.ellipse(0.67, -0.09, 0.1, 0.1, (255, 255, 255, 255))
    brush.ellipse(0.69, -0.08, 0.055, 0.06, INK)
    brush.line([(0.93, 0.05), (0.8, 0.1)], 0.03, INK)


def house(brush, rng):
    """A cottage with roof, chimney, door and windows."""
    wall = hsv(rng.random(), rng.uniform(0.12, 0.5), rng.uniform(0.85, 0.98))
    roof_hue = rng.choice([0.0, 0.03, 0.06, 0.6, 0.38]) + rng.normal(0, 0.01)
    door = hsv(rng.random(), 0.7, 0.6)
    brush.rectangle(0.3, -0.88, 0.52, -0.2, (150, 82, 66, 255))
    brush.rectangle(0.26, -0.94, 0.56, -0.84, (112, 58, 48, 255))
    brush.rectangle(-0.72, -0.2, 0.72, 0.9, (90, 80, 76, 255))
    brush.rectangle(-0.69, -0.2, 0.69, 0.87, wall)
    brush.rectangle(-0.72, 0.8, 0.72, 0.92, (128, 122, 118, 255))
    brush.polygon([(-0.95, -0.08), (0, -0.95), (0.95, -0.08)], hsv(roof_hue, 0.75, 0.38))
    brush.polygon([(-0.84, -0.13), (0, -0.88), (0.84, -0.13)], hsv(roof_hue, 0.7, 0.68))
    for row in (0.3, 0.5, 0.7):
        y = -0.88 + 0.75 * row
        brush.line([(-0.84 * row, y), (0.84 * row, y)], 0.025, hsv(roof_hue, 0.75, 0.45))
    brush.rectangle(-0.16, 0.3, 0.16, 0.86, (70, 50, 42, 255))
    brush.rectangle(-0.13, 0.33, 0.13, 0.86, door)
    brush.ellipse(0.08, 0.6, 0.025, 0.025, (250, 220, 120, 255))
    for x in (-0.44, 0.44):
        brush.rectangle(x - 0.18, 0.1, x + 0.18, 0.48, (255, 255, 255, 255))
        brush.rectangle(x - 0.15, 0.13, x + 0.15, 0.45, (120, 176, 214, 255))
        brush.rectangle(x - 0.015, 0.12, x + 0.015, 0.46, (255, 255, 255, 255))
        brush.rectangle(x - 0.16, 0.275, x + 0.16, 0.305, (255, 255, 255, 255))


def mushroom(brush, rng):
    """A spotted cap on a pale stem."""
    hue = rng.choice([0.0, 0.02, 0.07, 0.11, 0.9]) + rng.normal(0, 0.012)
    cap = (hue, rng.uniform(0.7, 0.95), rng.uniform(0.65, 0.92))
    stem = np.concatenate(
        [
            curve((-0.2, -0.05), (-0.16, 0.5), (-0.32, 0.9), 12),
            curve((-0.32, 0.9), (0, 1.06), (0.32, 0.9), 8),
        ]
        + [curve((0.32, 0.9), (0.16, 0.5), (0.2, -0.05), 12)]
    )
    brush.polygon(stem * (1.12, 1.02), (140, 120, 98, 255))
    brush.polygon(stem, CREAM)
    brush.polygon(stem * (0.45, 0.96) + (0.11, 0), (226, 210, 184, 255))
    brush.polygon(
        np.concatenate([curve((-0.26, 0.2), (0, 0.42), (0.26, 0.2), 8), [(0, 0.2)]]),
        (250, 245, 232, 255),
    )
    brush.ellipse(0, -0.04, 0.9, 0.2, hsv(hue, 0.5, 0.35))
    brush.ellipse(0, -0.05, 0.82, 0.15, (224, 200, 172, 255))
    dome = np.concatenate(
        [
            curve((-0.94, -0.04), (-0.86, -0.98), (0, -0.98), 18),
            curve((0, -0.98), (0.86, -0.98), (0.94, -0.04), 18),
        ]
    )
    rim = curve((0.94, -0.04), (0, 0.14), (-0.94, -0.04), 18)
    shape = np.concatenate([dome, rim])
    brush.polygon(shape, hsv(hue, 0.9, cap[2] * 0.5))
    brush.polygon((shape - (0, -0.4)) * 0.955 + (0, -0.4), hsv(*cap))
    for x, y, size in (
        (-0.42, -0.55, 0.13),
        (0.08, -0.72, 0.12),
        (0.46, -0.46, 0.14),
        (-0.08, -0.32, 0.15),
        (-0.64, -0.2, 0.09),
        (0.7, -0.17, 0.08),
    ):
        jitter = rng.normal(0, 0.02, 2)
        brush.ellipse(
            x + jitter[0],
            y + jitter[1],
            size * rng.uniform(0.85, 1.15),
            size * 0.8,
            (255, 250, 238, 255),
        )


def sailboat(brush, rng):
    """Hull, mast and two sails."""
    first, second = palette(rng)
    hull = np.concatenate(
        [
            [(-0.85, 0.55), (0.95, 0.5)],
            curve((0.95, 0.5), (0.7, 0.98), (0.2, 0.95), 8),
            curve((0.2, 0.95), (-0.6, 0.98), (-0.85, 0.55), 10),
        ]
    )
    brush.line([(0.02, -0.98), (0.02, 0.58)], 0.05, (96, 64, 40, 255))
    main = np.concatenate([curve((-0.04, -0.9), (-0.28, -0.1), (-0.82, 0.4), 12), [(-0.04, 0.4)]])
    jib = np.concatenate(
        [
            curve((0.08, -0.8), (0.5, -0.3), (0.8, 0.36), 12),
            curve((0.8, 0.36), (0.4, 0.46), (0.08, 0.36), 6),
        ]
    )
    brush.polygon(main, (250, 248, 240, 255))
    brush.polygon([(-0.13, -0.62), (-0.04, -0.62), (-0.04, -0.42), (-0.22, -0.42)], hsv(*first))
    brush.polygon([(-0.35, -0.12), (-0.04, -0.12), (-0.04, 0.08), (-0.51, 0.08)], hsv(*first))
    brush.polygon(jib, hsv(*second))
    brush.polygon([(0.02, -1.0), (0.3, -0.92), (0.02, -0.84)], hsv(*first))
    brush.polygon(hull, hsv(first[0], 0.8, 0.3))
    brush.polygon((hull - (0, 0.7)) * (0.96, 0.84) + (0, 0.7), hsv(first[0], first[1], first[2] * 0.85))
    brush.polygon([(-0.8, 0.62), (0.9, 0.58), (0.86, 0.66), (-0.76, 0.7)], (255, 255, 255, 255))


def stamp(brush):
    """A camera in white on a dark tile; fills the square -1..1."""
    corner, steps = 0.75, np.linspace(0, math.pi / 2, 6)
    arcs = [
        np.stack(
            [x * corner + 0.25 * np.cos(steps + turn), y * corner + 0.25 * np.sin(steps + turn)],
            axis=1,
        )
        for x, y, turn in (
            (1, 1, 0),
            (-1, 1, math.pi / 2),
            (-1, -1, math.pi),
            (1, -1, 1.5 * math.pi),
        )
    ]
    brush.polygon(np.concatenate(arcs), (24, 24, 28, 255))
    white = (252, 252, 252, 255)
    brush.rectangle(-0.74, -0.4, 0.74, 0.58, white)
    brush.polygon([(-0.34, -0.4), (-0.22, -0.66), (0.22, -0.66), (0.34, -0.4)], white)
    brush.ellipse(0, 0.09, 0.36, 0.36, (24, 24, 28, 255))
    brush.ellipse(0, 0.09, 0.2, 0.2, white)
    brush.polygon(ellipse(0.54, -0.2, 0.09, 0.09), (225, 60, 50, 255))


THINGS = {
    "balloon": balloon,
    "butterfly": butterfly,
    "fish": fish,
    "house": house,
    "mushroom": mushroom,
    "sailboat": sailboat,
}
"""Every class by its name, in label order."""
