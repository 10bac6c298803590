"""An independent computation of which cells are taken out of a picture, and in which orders.

Written from docs/numbers.md with other means than the Java code: repeated arrays for the averages, plain sorting.
"""

import hashlib

import numpy as np

SHARES = [0.1, 0.3, 0.5, 0.7, 0.9]


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def averaged(values, rows, columns, cells=None):
    """A map on the grid: each value is repeated until both grids fit, then blocks are averaged.

    Values whose cells do not share the picture evenly count by the parts that they cover, to the precision of the map.
    """
    if cells is not None and not cells.even:
        down, across = cells.parts("y", rows), cells.parts("x", columns)
        return (down @ np.asarray(values, dtype=np.float64) @ across.T).astype(np.float32)
    fine = np.repeat(np.repeat(np.asarray(values, dtype=np.float64), rows, axis=0), columns, axis=1)
    return fine.reshape(rows, fine.shape[0] // rows, columns, fine.shape[1] // columns).mean(axis=(1, 3))


def by_chance(image, rows, columns):
    hashes = [sha256(f"{image}\n{cell}") for cell in range(rows * columns)]
    return sorted(range(rows * columns), key=lambda cell: hashes[cell])


def most_relevant_first(values, chance, rows, columns, cells=None):
    relevance = averaged(values, rows, columns, cells).ravel()
    return sorted(range(rows * columns), key=lambda cell: (-relevance[cell], chance.index(cell)))


def holes(order, rows, columns, size):
    """Of each share the pixels of the cells that come first."""
    y, x = (np.arange(side) * cells // side for side, cells in zip(size, (rows, columns), strict=True))
    for share in SHARES:
        gone = np.zeros(rows * columns, dtype=bool)
        gone[order[: int(share * rows * columns + 0.5)]] = True
        yield gone.reshape(rows, columns)[np.ix_(y, x)]
