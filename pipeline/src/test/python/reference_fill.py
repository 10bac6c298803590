"""An independent computation of what takes the place of pixels that are taken out of a picture.

Written from docs/evidence.md with other means than the Java code: whole arrays, padding and reshaping for the
pyramid, matrices for the interpolation, sums of shifted arrays for the sweeps.
"""

import numpy as np

SWEEPS = 8


def smooth(picture, hole):
    """The picture `(h, w, c)` with the pixels of `hole` `(h, w)` filled in, float64."""
    picture = np.asarray(picture, dtype=np.float64)
    if hole.all():
        return np.broadcast_to(picture.mean(axis=(0, 1)), picture.shape).copy()
    weights = (~hole).astype(np.float64)
    return filled(picture * weights[..., None], weights)


def mean(picture, hole):
    """The same with the mean of all pixels."""
    picture = np.asarray(picture, dtype=np.float64)
    return np.where(hole[..., None], picture.mean(axis=(0, 1)), picture)


def filled(sums, weights):
    """A level of the pyramid, from the sums and numbers of the known pixels in each of its cells."""
    unknown = weights == 0
    values = sums / np.maximum(weights, 1)[..., None]
    if not unknown.any():
        return values
    above = filled(quartered(sums), quartered(weights))
    rows, columns = (doubling(n) for n in weights.shape)
    guess = np.tensordot(rows, np.tensordot(columns, above, (1, 1)), (1, 1))
    values = np.where(unknown[..., None], guess, values)
    share = around(np.ones((*weights.shape, 1)))
    for _ in range(SWEEPS):
        values = np.where(unknown[..., None], around(values) / share, values)
    return values


def around(values):
    """Sums of the direct neighbours / 6 and the diagonal ones / 12, those that there are."""
    padded = np.pad(values, [(1, 1), (1, 1), (0, 0)])
    rows = padded[:-2] + padded[2:]
    across = padded[1:-1, :-2] + padded[1:-1, 2:]
    return (rows[:, 1:-1] + across) / 6 + (rows[:, :-2] + rows[:, 2:]) / 12


def quartered(cells):
    """Sums over blocks of 2 x 2, fewer at the ends of odd sides."""
    height, width = cells.shape[:2]
    padded = np.pad(cells, [(0, height % 2), (0, width % 2)] + [(0, 0)] * (cells.ndim - 2))
    return padded.reshape(-(-height // 2), 2, -(-width // 2), 2, *cells.shape[2:]).sum(axis=(1, 3))


def doubling(size):
    """Matrix from the cells of the level above to the centres of this one's, linearly between centres."""
    above = -(-size // 2)
    at = np.clip((np.arange(size) + 0.5) / 2 - 0.5, 0, above - 1)
    return np.maximum(0, 1 - np.abs(at[:, None] - np.arange(above)))
