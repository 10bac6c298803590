"""What SpRAy makes of a run's maps: spectral clustering of each class's maps, and the gap among the eigenvalues.

Lapuschkin et al., *Unmasking Clever Hans predictors and assessing what machines really learn*, Nature Communications
10 (2019) 1096, arXiv:1902.10178: a symmetric graph of nearest neighbours, k = log n, the normalised Laplacian, and the
number of clusters by the greatest gap between neighbouring eigenvalues. Here on Grad-CAM's maps, which are small
already, instead of relevance maps that are scaled down. The paper leaves the last step, which class to look at, to the
eye; here a class is as suspect as the gap is wide that makes more than one cluster of it.
"""

import math

import numpy as np

MOST_CLUSTERS = 9


def gap(maps):
    """(clusters, gap): the greatest gap between neighbouring eigenvalues behind the second or a later one.

    Args:
        maps: float [n, cells], the maps of one class after ReLU, of norm 1, at least 3.
    """
    values = np.linalg.eigvalsh(laplacian(np.asarray(maps, dtype=np.float64)))
    gaps = np.diff(values[: MOST_CLUSTERS + 1])[1:]
    place = int(np.argmax(gaps))
    return place + 2, float(gaps[place])


def laplacian(maps):
    """I - D^-1/2 A D^-1/2 of the graph that joins each map with its k nearest, in either direction; float64 [n, n]."""
    count = len(maps)
    neighbours = max(1, math.ceil(math.log(count)))
    squares = (maps**2).sum(axis=1)
    distances = squares[:, None] + squares[None, :] - 2 * maps @ maps.T
    np.fill_diagonal(distances, np.inf)
    nearest = np.argsort(distances, axis=1, kind="stable")[:, :neighbours]
    joined = np.zeros((count, count))
    joined[np.arange(count)[:, None], nearest] = 1
    joined = np.maximum(joined, joined.T)
    scale = 1 / np.sqrt(joined.sum(axis=1))
    return np.eye(count) - joined * scale[:, None] * scale[None, :]
