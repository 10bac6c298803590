"""Anti-aliased drawing in unit coordinates: content does not depend on resolution."""

import colorsys
import itertools
import math

import numpy as np
from PIL import Image, ImageDraw

OVERSAMPLING = 2
"""Shapes are drawn this many times larger and averaged down; PIL itself draws hard edges."""


class Brush:
    """Draws filled shapes onto a square image through a similarity transform.

    Local coordinates have x to the right and y down. A point p lands on the canvas at
    ``center + scale * R(angle) @ p``, in fractions of the canvas side, with x mirrored first if
    ``flip``.
    """

    def __init__(self, image, center=(0.0, 0.0), scale=1.0, angle=0.0, flip=False):
        self._draw = ImageDraw.Draw(image)
        self._side = image.size[0]
        self._center = np.asarray(center, dtype=np.float64)
        mirror = np.diag([-1.0 if flip else 1.0, 1.0])
        cos, sin = math.cos(angle), math.sin(angle)
        self._matrix = scale * np.array([[cos, -sin], [sin, cos]]) @ mirror

    def polygon(self, points, fill):
        """Fills a closed polygon; ``points`` is [n, 2] in local coordinates."""
        placed = (np.asarray(points) @ self._matrix.T + self._center) * self._side
        self._draw.polygon(placed.ravel().tolist(), fill=fill)

    def ellipse(self, x, y, rx, ry, fill, angle=0.0):
        """Fills an ellipse with radii ``rx`` and ``ry``, turned by ``angle`` (radians)."""
        self.polygon(ellipse(x, y, rx, ry, angle), fill)

    def rectangle(self, x0, y0, x1, y1, fill):
        """Fills an axis-parallel (in local coordinates) rectangle."""
        self.polygon([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], fill)

    def line(self, points, width, fill):
        """Draws a polyline of the given width with round joints and ends."""
        points = np.asarray(points, dtype=np.float64)
        for (x0, y0), (x1, y1) in itertools.pairwise(points):
            length = math.hypot(x1 - x0, y1 - y0) or 1.0
            nx, ny = -(y1 - y0) / length * width / 2, (x1 - x0) / length * width / 2
            self.polygon(
                [(x0 + nx, y0 + ny), (x1 + nx, y1 + ny), (x1 - nx, y1 - ny), (x0 - nx, y0 - ny)],
                fill,
            )
        for x, y in points:
            self.polygon(ellipse(x, y, width / 2, width / 2, steps=10), fill)


def ellipse(x, y, rx, ry, angle=0.0, steps=40):
    """Points [steps, 2] of an ellipse."""
    t = np.linspace(0, 2 * math.pi, steps, endpoint=False)
    u, v = rx * np.cos(t), ry * np.sin(t)
    cos, sin = math.cos(angle), math.sin(angle)
    return np.stack([x + u * cos - v * sin, y + u * sin + v * cos], axis=1)


def curve(start, control, end, steps=12):
    """Points [steps, 2] of a quadratic Bezier curve."""
    t = np.linspace(0, 1, steps)[:, None]
    p, q, r = (np.asarray(point, dtype=np.float64) for point in (start, control, end))
    return (1 - t) ** 2 * p + 2 * t * (1 - t) * q + t**2 * r


def hsv(hue, saturation, value, alpha=255):
    """An RGBA tuple of bytes; hue wraps around, saturation and value are clipped to 0..1."""
    clipped = (min(max(part, 0.0), 1.0) for part in (saturation, value))
    rgb = colorsys.hsv_to_rgb(hue % 1.0, *clipped)
    return (*(round(255 * part) for part in rgb), alpha)


def canvas(side, color=(0, 0, 0, 0)):
    """An oversampled RGBA canvas for a picture of ``side`` pixels."""
    return Image.new("RGBA", (side * OVERSAMPLING, side * OVERSAMPLING), color)


def finish(image):
    """Averages an oversampled canvas down.

    Returns:
        colour, float32 [side, side, 3] in 0..255, of what was drawn, and its coverage, float32
        [side, side] in 0..1.
    """
    pixels = np.asarray(image, dtype=np.float32)
    side, factor = image.size[0] // OVERSAMPLING, OVERSAMPLING
    blocks = (side, factor, side, factor, -1)
    coverage = pixels[..., 3:] / 255
    alpha = coverage.reshape(blocks).mean(axis=(1, 3))
    weighted = (pixels[..., :3] * coverage).reshape(blocks).mean(axis=(1, 3))
    return weighted / np.maximum(alpha, 1e-6), alpha[..., 0]
