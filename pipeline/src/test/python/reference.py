"""An independent computation of every number of an explanation, from raw maps and COCO regions.

Written from docs/numbers.md with other algorithms than the Java code: matrices for the upsampling,
pairwise differences for the Gini coefficient, integral functions of polygons and masks for the
coverage, a flood fill for the components.
"""

import math
from fractions import Fraction

import numpy as np

FRAME = 1 / 7
TOLERANCE = 15 / 224
THRESHOLD = 0.15
STEPS = 2**20
LEAST_COVERAGE = 1e-3


# --- where cells lie


class Cells:
    """Centres and edges of a map's rows (y) and columns (x), as fractions of the input's height and width."""

    def __init__(self, shape, centers=None, size=None):
        """`centers` as in `run.json` and the input's `size` (h, w), or none for cells that share the input evenly."""
        self.even = centers is None
        for axis, n, of in zip("yx", shape, size or (1, 1), strict=True):
            middle = (np.arange(n) + 0.5) / n if self.even else np.asarray(centers[axis]) / of
            assert len(middle) == n
            between = np.arange(1, n) / n if self.even else (middle[1:] + middle[:-1]) / 2
            setattr(self, axis, middle)
            setattr(self, f"{axis}_edges", np.concatenate([[0], between, [1]]))

    def shares(self, axis, start, end):
        """Of each cell the share of its length that lies in [start, end]."""
        edges = getattr(self, f"{axis}_edges")
        return np.diff(np.clip(edges, start, end)) / np.diff(edges)

    def parts(self, axis, count):
        """Matrix `(count, n)`: of each of `count` equal parts of the side the share that each cell covers."""
        edges = getattr(self, f"{axis}_edges") * count
        return np.stack([np.diff(np.clip(edges, part, part + 1)) for part in range(count)])

    def upsampled(self, axis, size):
        """Matrix `(size, n)` that reads the cells at the middles of `size` pixels, bilinearly, held at the ends."""
        middle = getattr(self, axis)
        n = len(middle)
        if self.even:
            at = np.clip((np.arange(size) + 0.5) * n / size - 0.5, 0, n - 1)
        else:
            at = np.interp((np.arange(size) + 0.5) / size, middle, np.arange(n))
        return np.maximum(0, 1 - np.abs(at[:, None] - np.arange(n)[None, :]))

    def coverage(self, pixels):
        """Mean of pixels `(H, W)` over each cell."""
        down, across = (self.parts(axis, size).T for axis, size in zip("yx", pixels.shape, strict=True))
        return (down / down.sum(1, keepdims=True)) @ pixels @ (across / across.sum(1, keepdims=True)).T


# --- numbers of the map alone


def positive_part(raw):
    """ReLU of a raw map, float64. Records hold the shortest decimals of 32-bit numbers, which those stand for."""
    return np.maximum(np.asarray(raw, dtype=np.float32).astype(np.float64), 0)


def attention(raw, cells=None):
    """Numbers of a raw map `(h, w)` as a dict with the names of the report; without `cells` they are even."""
    x = positive_part(raw)
    cells = cells or Cells(x.shape)
    n = x.size
    p = x / x.sum()
    cx, cy = cells.x, cells.y
    mean_x = (p.sum(axis=0) * cx).sum()
    mean_y = (p.sum(axis=1) * cy).sum()
    squared = (cx[None, :] - mean_x) ** 2 + (cy[:, None] - mean_y) ** 2
    positive = p[p > 0]
    inner = np.outer(*(cells.shares(axis, FRAME, 1 - FRAME) for axis in "yx"))
    ends = np.outer(*(cells.shares(axis, 0, FRAME) + cells.shares(axis, 1 - FRAME, 1) for axis in "yx"))
    border = (p * (1 - inner)).sum()
    corner = (p * ends).sum()
    chance = (1 - (1 - 2 * FRAME) ** 2, 4 * FRAME**2) if cells.even else (1 - inner.mean(), ends.mean())
    row, column = np.unravel_index(np.argmax(x), x.shape)
    flat = x.ravel()
    return {
        "entropy": 1.0 if n == 1 else -(positive * np.log(positive)).sum() / np.log(n),
        "gini": np.abs(flat[:, None] - flat[None, :]).sum() / (2 * n * flat.sum()),
        "effectiveArea": 1 / (n * (p**2).sum()),
        "centreX": mean_x,
        "centreY": mean_y,
        "dispersion": np.sqrt((p * squared).sum()),
        "borderShare": border,
        "borderLift": border / chance[0],
        "cornerShare": corner,
        "cornerLift": corner / chance[1],
        "peakX": cx[column],
        "peakY": cy[row],
    }


# --- where a region lies on the input


def placement(geometry, photo, size):
    """`(left, top, scale_x, scale_y)`: photograph = left + input * scale, as the contract says; sizes are (w, h)."""
    width, height = photo
    kind = geometry["kind"]
    if kind == "stretch":
        new, offset = size, (0, 0)
    elif kind == "crop":
        resize = geometry["resize"]
        cover = (resize, resize) if isinstance(resize, int) else (resize["width"], resize["height"])
        scale = max(Fraction(cover[0], width), Fraction(cover[1], height))
        new = [math.floor(side * scale) for side in photo]
        offset = [(side - shown) // 2 for side, shown in zip(new, size, strict=True)]
    else:
        scale = min(Fraction(size[0], width), Fraction(size[1], height))
        new = [max(1, math.floor(side * scale)) for side in photo]
        offset = [-((shown - side) // 2) for side, shown in zip(new, size, strict=True)]
    scale = width / new[0], height / new[1]
    return offset[0] * scale[0], offset[1] * scale[1], *scale


def upright(points, stated, photo):
    """Points `(n, 2)` of the annotation's picture as points of the upright photograph."""
    width, height, orientation = photo
    if not (stated[0] and stated[1]):
        return points
    u, v = points[:, 0] / stated[0], points[:, 1] / stated[1]
    if orientation >= 5 and width != height and tuple(stated) == (height, width):
        u, v = {5: (v, u), 6: (1 - v, u), 7: (1 - v, 1 - u), 8: (v, 1 - u)}[orientation]
    return np.stack([u * width, v * height], axis=1)


class Frame:
    """The model's input, of size (w, h), and the part of it that shows photograph."""

    def __init__(self, geometry, photo, size):
        self.photo, self.size = photo, size
        self.shape = size[1], size[0]
        left, top, self.scale_x, self.scale_y = placement(geometry, photo[:2], size)
        self.left, self.top = left, top
        low = self.place(np.array([[0.0, 0.0]]))[0].clip(0, size)
        high = self.place(np.array([photo[:2]], dtype=np.float64))[0].clip(0, size)
        self.window = (*low, *high)
        # Pixel borders drawn in to the window: between two of them lies what shows of a pixel.
        self.x = np.arange(size[0] + 1.0).clip(low[0], high[0])
        self.y = np.arange(size[1] + 1.0).clip(low[1], high[1])

    def place(self, points):
        return (points - [self.left, self.top]) / [self.scale_x, self.scale_y]


def polygon(frame, ring, stated):
    """Coverage and box of one polygon, by integrals of its edges."""
    points = frame.place(upright(ring, stated, frame.photo))
    below = np.zeros((len(frame.y), len(frame.x)))  # area left of x and above y
    for start, end in zip(points, np.roll(points, -1, axis=0), strict=True):
        if start[1] != end[1]:
            below += edge_integral(frame.x[None, :], frame.y[:, None], start, end)
    coverage = np.abs(np.diff(np.diff(below, axis=0), axis=1)).clip(0, 1)
    return coverage, polygon_box(frame.window, points)


def edge_integral(x, y, start, end):
    """Signed integral of min(x, edge's x) over the edge's heights up to y."""
    (x0, y0), (x1, y1) = start, end
    low = np.clip(y, min(y0, y1), max(y0, y1))
    height = low - min(y0, y1)
    first = x0 if y0 < y1 else x1
    last = first + height * (x1 - x0) / (y1 - y0)
    # min(x, e) = x - max(0, x - e), and x - e falls linearly from a to b.
    a, b = x - first, x - last
    halves = np.maximum(a, 0) ** 2 / 2 - np.maximum(b, 0) ** 2 / 2
    excess = np.where(a == b, np.maximum(a, 0), halves / np.where(a == b, 1, a - b))
    return np.sign(y1 - y0) * height * (x - excess)


def polygon_box(window, points):
    """Box of the polygon's part in the window: its edges' parts there and the corners it holds."""
    left, top, right, bottom = window
    inside = []
    for start, end in zip(points, np.roll(points, -1, axis=0), strict=True):
        step = end - start
        enter, leave = 0.0, 1.0
        for axis, (low, high) in enumerate([(left, right), (top, bottom)]):
            if step[axis] == 0:
                if not low <= start[axis] <= high:
                    leave = -1.0
                continue
            t = sorted([(low - start[axis]) / step[axis], (high - start[axis]) / step[axis]])
            enter, leave = max(enter, t[0]), min(leave, t[1])
        if enter <= leave:
            inside += [start + enter * step, start + leave * step]
    for corner in [(left, top), (right, top), (left, bottom), (right, bottom)]:
        if winding(points, corner):
            inside.append(np.array(corner))
    if not inside:
        return None
    inside = np.array(inside)
    return (*inside.min(axis=0), *inside.max(axis=0))


def winding(points, at):
    angles = np.arctan2(points[:, 1] - at[1], points[:, 0] - at[0])
    turns = (np.diff(np.append(angles, angles[0])) + np.pi) % (2 * np.pi) - np.pi
    return round(turns.sum() / (2 * np.pi)) != 0


def mask(frame, pixels, stated):
    """Coverage and box of a mask `(height, width)` of 0 and 1, by its summed-area function."""
    height, width = pixels.shape
    x0, y0 = frame.x, frame.y
    # Back from the frame's borders to the mask's own pixels, through two corners of the picture.
    corners = np.array([[0.0, 0.0], [width, 0], [0, height]])
    placed = frame.place(upright(corners, stated, frame.photo))
    origin, along_x, along_y = placed[0], placed[1] - placed[0], placed[2] - placed[0]
    swapped = abs(along_x[0]) < abs(along_x[1])
    table = np.zeros((height + 1, width + 1))
    table[1:, 1:] = pixels.cumsum(axis=0).cumsum(axis=1)
    if swapped:
        columns = (y0 - origin[1]) / along_x[1] * width
        rows = (x0 - origin[0]) / along_y[0] * height
    else:
        columns = (x0 - origin[0]) / along_x[0] * width
        rows = (y0 - origin[1]) / along_y[1] * height
    summed = interpolation(rows, height) @ table @ interpolation(columns, width).T
    area = np.abs(np.diff(np.diff(summed, axis=0), axis=1))
    area = area.T if swapped else area
    # A mask's pixel in the frame's pixels.
    unit = abs(along_x[0] * along_y[1] - along_x[1] * along_y[0]) / (width * height)
    # Its box surrounds what shows of each of its pixels.
    rows, columns = np.nonzero(pixels)
    ends = [np.stack([columns + end, rows + end], axis=1).astype(np.float64) for end in (0, 1)]
    ends = [frame.place(upright(end, stated, frame.photo)) for end in ends]
    low = np.maximum(np.minimum(*ends), frame.window[:2])
    high = np.minimum(np.maximum(*ends), frame.window[2:])
    shown = (low < high).all(axis=1)
    box = (*low[shown].min(axis=0), *high[shown].max(axis=0)) if shown.any() else None
    return (area * unit).clip(0, 1), box


def interpolation(at, cells):
    """Matrix that reads a table of `cells + 1` values at fractional places, clamped."""
    at = np.clip(at, 0, cells)
    first = np.minimum(at.astype(int), cells - 1)
    matrix = np.zeros((len(at), cells + 1))
    rows = np.arange(len(at))
    matrix[rows, first] = 1 - (at - first)
    matrix[rows, first + 1] = at - first
    return matrix


def clip_box(points, window):
    left, top = np.maximum(points.min(axis=0), window[:2])
    right, bottom = np.minimum(points.max(axis=0), window[2:])
    return (left, top, right, bottom) if left < right and top < bottom else None


def rectangle(frame, bbox, stated):
    x, y, width, height = bbox
    ends = np.array([[x, y], [x + width, y + height]], dtype=np.float64)
    box = clip_box(frame.place(upright(ends, stated, frame.photo)), frame.window)
    if box is None:
        return np.zeros(frame.shape), None
    along_x = np.diff(np.arange(frame.size[0] + 1.0).clip(box[0], box[2]))
    along_y = np.diff(np.arange(frame.size[1] + 1.0).clip(box[1], box[3]))
    return np.outer(along_y, along_x), box


def decode_runs(runs):
    """COCO run lengths, compressed or not, as pixels `(height, width)`."""
    height, width = runs["size"]
    counts = runs["counts"]
    if isinstance(counts, str):
        numbers, value, shift = [], 0, 0
        for character in counts:
            bits = ord(character) - 48
            value |= (bits & 31) << shift
            shift += 5
            if not bits & 32:
                if bits & 16:
                    value -= 1 << shift
                numbers.append(value + (numbers[-2] if len(numbers) > 2 else 0))
                value, shift = 0, 0
        counts = numbers
    values = np.arange(len(counts)) % 2
    return np.repeat(values, counts).reshape(width, height).T


def shapes(frame, annotation, stated):
    """Coverage and box of each shape of an annotation."""
    segmentation = annotation.get("segmentation")
    if isinstance(segmentation, dict):
        return [mask(frame, decode_runs(segmentation), stated)]
    rings = [
        np.array(ring, dtype=np.float32).astype(np.float64).reshape(-1, 2)
        for ring in segmentation or []
        if len(ring) >= 6
    ]
    if rings:
        return [polygon(frame, ring, stated) for ring in rings]
    if annotation.get("bbox"):
        return [rectangle(frame, annotation["bbox"], stated)]
    return []


def region(frame, annotations, stated):
    """Union of annotations: coverage `(H, W)` and box, or `None` if nothing shows."""
    union = np.zeros(frame.shape)
    boxes = []
    for annotation in annotations:
        for coverage, box in shapes(frame, annotation, stated):
            coverage = np.where(coverage < LEAST_COVERAGE, 0, coverage)
            if coverage.any():
                union = np.maximum(union, coverage)
                boxes.append(intersection(box, touched(coverage)))
    if not boxes:
        return None
    boxes = np.array(boxes)
    return union, (*boxes[:, :2].min(axis=0), *boxes[:, 2:].max(axis=0))


def touched(coverage):
    rows, columns = np.nonzero(coverage)
    return columns.min(), rows.min(), columns.max() + 1, rows.max() + 1


def intersection(a, b):
    return max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3])


# --- numbers of the map and the region


def region_fit(raw, coverage, box, cells=None):
    x = positive_part(raw)
    cells = cells or Cells(x.shape)
    height, width = coverage.shape
    upsampled = cells.upsampled("y", height) @ x @ cells.upsampled("x", width).T
    area = coverage.mean()
    energy = (upsampled * coverage).sum() / upsampled.sum()
    steps = np.floor(upsampled / x.max() * STEPS + 0.5).astype(int)
    component = largest_component(steps >= THRESHOLD * STEPS)
    return {
        "areaShare": area,
        "energyShare": energy,
        "lift": energy / area,
        "pointingHit": points_at(x, coverage, cells),
        "rankAccuracy": rank_accuracy(steps.ravel(), coverage.ravel()),
        "iou": 0.0 if component is None else box_iou(touched(component), box),
    }


def points_at(x, coverage, cells):
    row, column = np.unravel_index(np.argmax(x), x.shape)
    peak = np.array([cells.x[column], cells.y[row]])
    rows, columns = np.nonzero(coverage)
    corner = np.stack([columns, rows], axis=1)
    # In fractions of the width and the height.
    sides = np.array(coverage.shape[::-1], dtype=np.float64)
    nearest = np.clip(peak, corner / sides, (corner + 1) / sides)
    return bool((np.linalg.norm(nearest - peak, axis=1) <= TOLERANCE + 1e-11).any())


def rank_accuracy(values, coverage):
    wanted = coverage.sum()
    left, hits = wanted, 0.0
    levels, members, counts = np.unique(values, return_inverse=True, return_counts=True)
    inside = np.bincount(members, weights=coverage)
    for level in range(len(levels) - 1, -1, -1):
        taken = min(left, counts[level])
        hits += inside[level] * taken / counts[level]
        left -= taken
        if left <= 0:
            break
    return hits / wanted


def largest_component(above):
    """The largest 8-connected component of a boolean picture; the first of equals; or `None`."""
    left = above.copy()
    best = None
    while left.any():
        component = np.zeros_like(left)
        component.flat[np.argmax(left)] = True
        grown = dilate(component) & above
        while (grown != component).any():
            component, grown = grown, dilate(grown) & above
        if best is None or component.sum() > best.sum():
            best = component
        left &= ~component
    return best


def dilate(pixels):
    height, width = pixels.shape
    padded = np.pad(pixels, 1)
    return np.logical_or.reduce([padded[y : y + height, x : x + width] for y in range(3) for x in range(3)])


def box_iou(a, b):
    common = intersection(a, b)
    overlap_area = max(0, common[2] - common[0]) * max(0, common[3] - common[1])
    union = sum((box[2] - box[0]) * (box[3] - box[1]) for box in (a, b)) - overlap_area
    return overlap_area / union
