"""Seven procedural backgrounds that the demo's classes share.

Each function takes a side in pixels and a seeded generator and returns float32 [side, side, 3] in
0..255. Randomness is drawn in unit coordinates only, so the same seed shows the same texture at
every resolution.
"""

import math

import numpy as np
from PIL import Image

from camaudit_demo.brush import Brush, canvas, curve, finish, hsv


def noise(side, rng, cells, octaves=4, stretch=1.0):
    """Smooth fractal noise, float32 [side, side], about 0..1.

    ``cells`` is the number of bumps across; ``stretch`` > 1 draws them out horizontally.
    """
    total = np.zeros((side, side), dtype=np.float32)
    for octave in range(octaves):
        rows = cells * 2**octave + 3
        columns = max(3, round(cells * 2**octave / stretch) + 3)
        grid = Image.fromarray(rng.random((rows, columns), dtype=np.float32))
        total += np.asarray(grid.resize((side, side), Image.Resampling.BICUBIC)) * 0.5**octave
    return total / sum(0.5**octave for octave in range(octaves))


def mix(first, second, weight):
    """Blends two RGB(A) colours by a weight image [h, w] in 0..1; float32 [h, w, 3]."""
    first, second = (np.asarray(color[:3], dtype=np.float32) for color in (first, second))
    return first + (second - first) * np.clip(weight, 0, 1)[..., None]


def gradient(side, stops):
    """A vertical gradient through evenly spaced colours; float32 [side, side, 3]."""
    rows = np.linspace(0, 1, side)
    places = np.linspace(0, 1, len(stops))
    columns = [np.interp(rows, places, [stop[channel] for stop in stops]) for channel in range(3)]
    return np.repeat(np.stack(columns, axis=1)[:, None, :], side, axis=1).astype(np.float32)


def leaves(side, rng):
    """Overlapping leaves, green or autumnal."""
    hue = rng.choice([0.23, 0.28, 0.33, 0.09]) + rng.normal(0, 0.015)
    image = canvas(side, hsv(hue, 0.7, 0.16))
    size = rng.uniform(0.07, 0.12)
    count = int(2.6 / size**2)
    for layer in range(count):
        depth = layer / count
        tone = hsv(
            hue + rng.normal(0, 0.02),
            rng.uniform(0.5, 0.8),
            0.2 + 0.4 * depth + rng.normal(0, 0.06),
        )
        brush = Brush(
            image,
            rng.uniform(-0.03, 1.03, 2),
            size * rng.uniform(0.7, 1.2),
            rng.uniform(0, 2 * math.pi),
        )
        blade = np.concatenate([curve((-1, 0), (0, -0.75), (1, 0), 9), curve((1, 0), (0, 0.75), (-1, 0), 9)])
        brush.polygon(blade * 1.06 + (0.03, 0.05), tuple(int(part * 0.55) for part in tone[:3]) + (255,))
        brush.polygon(blade, tone)
        brush.line([(-0.95, 0), (0.85, 0)], 0.05, tuple(int(part * 0.8) for part in tone[:3]) + (255,))
    return finish(image)[0]


def pebbles(side, rng):
    """Rounded stones in greys and browns."""
    hue, warmth = rng.uniform(0.04, 0.12), rng.uniform(0.05, 0.25)
    image = canvas(side, hsv(hue, 0.25, 0.16))
    step = rng.uniform(0.06, 0.1)
    spots = [(x, y) for y in np.arange(-step, 1 + step, step * 0.8) for x in np.arange(-step, 1 + step, step)]
    for x, y in spots:
        center = np.array([x, y]) + rng.normal(0, step * 0.14, 2)
        value, tint = (
            rng.uniform(0.4, 0.85),
            hue + rng.normal(0, 0.03) + (0.5 if rng.random() < 0.15 else 0),
        )
        angles = np.linspace(0, 2 * math.pi, 22, endpoint=False)
        wobble = 1 + 0.1 * np.cos(angles * 2 + rng.uniform(0, 6)) + 0.06 * np.cos(angles * 3 + rng.uniform(0, 6))
        stone = np.stack([np.cos(angles) * 1.05, np.sin(angles) * 0.85], axis=1) * wobble[:, None]
        brush = Brush(image, center, step * rng.uniform(0.48, 0.66), rng.uniform(-0.6, 0.6))
        for part, light in ((1.0, 0.62), (0.88, 0.85), (0.7, 1.0), (0.35, 1.12)):
            brush.polygon(stone * part - (0.12, 0.16) * np.array(1 - part), hsv(tint, warmth, value * light))
    return finish(image)[0] * (0.9 + 0.2 * noise(side, rng, 40, 2)[..., None])


def grass(side, rng):
    """Curved blades, taller towards the viewer."""
    hue = rng.uniform(0.2, 0.32)
    image = canvas(side, hsv(hue, 0.75, 0.25))
    count = 1500
    for base in np.sort(rng.uniform(-0.02, 1.15, count)):
        height = (0.05 + 0.13 * max(base, 0)) * rng.uniform(0.7, 1.3)
        x, lean = rng.uniform(-0.05, 1.05), rng.normal(0, 0.45) * height
        width = height * rng.uniform(0.05, 0.09)
        tip = (x + lean, base - height)
        left = curve((x - width, base), (x - width / 2, base - height / 2), tip, 6)
        right = curve(tip, (x + width / 2, base - height / 2), (x + width, base), 6)
        tone = hsv(hue + rng.normal(0, 0.018), rng.uniform(0.6, 0.85), rng.uniform(0.28, 0.72))
        Brush(image).polygon(np.concatenate([left, right]), tone)
    return finish(image)[0]


def sky(side, rng):
    """A blue gradient with clouds."""
    hue = rng.uniform(0.54, 0.6)
    air = gradient(side, [hsv(hue, 0.7, 0.78), hsv(hue, 0.45, 0.92), hsv(hue - 0.02, 0.2, 0.97)])
    puffs = noise(side, rng, int(rng.integers(2, 4)), 6, stretch=1.6)
    cover = np.clip((puffs - rng.uniform(0.44, 0.54)) * 5, 0, 1)[..., None]
    shade = mix((205, 213, 226), (255, 255, 255), np.clip((puffs - 0.5) * 6, 0, 1))
    return air * (1 - cover) + shade * cover


def dusk(side, rng):
    """An evening gradient with streaks of cloud."""
    hue = rng.uniform(0.68, 0.8)
    stops = [
        hsv(hue, 0.6, 0.3),
        hsv(hue + 0.1, 0.5, 0.55),
        hsv(hue + 0.22, 0.55, 0.85),
        hsv(0.09, 0.6, 0.97),
    ]
    air = gradient(side, stops)
    streaks = np.clip((noise(side, rng, 10, 4, stretch=7.0) - 0.5) * 4, 0, 1)[..., None]
    glow = mix((120, 60, 110), (255, 170, 120), np.linspace(0, 1, side)[:, None].repeat(side, axis=1))
    return air * (1 - 0.65 * streaks) + glow * 0.65 * streaks


def water(side, rng):
    """Waves that widen towards the viewer."""
    hue = rng.uniform(0.5, 0.6)
    depth = gradient(side, [hsv(hue, 0.45, 0.8), hsv(hue, 0.65, 0.62), hsv(hue + 0.02, 0.75, 0.45)])
    swell = noise(side, rng, 14, 3, stretch=4.0) - 0.5
    image = canvas(side)
    for y in np.sort(rng.uniform(0, 1.02, 330)):
        length = (0.015 + 0.06 * y) * rng.uniform(0.6, 1.5)
        x, rise, thick = rng.uniform(-0.05, 1.05), length * 0.16, length * 0.1
        top = curve((x - length, y), (x, y - rise * 2), (x + length, y), 8)
        low = curve((x + length, y), (x, y - rise * 2 + thick * 2), (x - length, y), 8)
        tone = hsv(hue, rng.uniform(0.1, 0.3), 0.98, 150) if rng.random() < 0.6 else hsv(hue + 0.02, 0.85, 0.3, 120)
        Brush(image).polygon(np.concatenate([top, low]), tone)
    color, alpha = finish(image)
    cover = alpha[..., None]
    return (depth * (1 + 0.45 * swell[..., None])) * (1 - cover) + color * cover


def sand(side, rng):
    """Rippled sand with grain."""
    hue = rng.uniform(0.08, 0.12)
    y, x = np.mgrid[0:side, 0:side].astype(np.float32) / side
    warp = noise(side, rng, 3, 3) * rng.uniform(0.12, 0.2)
    tilt = rng.uniform(-0.3, 0.3)
    ripples = 0.5 + 0.5 * np.sin(2 * math.pi * rng.uniform(11, 17) * (y + tilt * x + warp))
    base = mix(hsv(hue, 0.5, 0.62), hsv(hue, 0.32, 0.93), 0.2 + 0.6 * ripples)
    return base * (0.82 + 0.36 * noise(side, rng, 60, 2)[..., None])


TEXTURES = {
    "leaves": leaves,
    "pebbles": pebbles,
    "grass": grass,
    "sky": sky,
    "dusk": dusk,
    "water": water,
    "sand": sand,
}
"""Every texture by its name, in the order in which seeds choose among them."""
