"""Where on the input a layer's cells look: the centres of their receptive fields.

Padding decides it. In a ResNet-50 cell i of the last map looks at pixel 32 i, while resizing the map puts it at
32 i + 16; at the borders, where a field is cut off, its centre lies further inside.
"""

import numpy as np
import tensorflow as tf

from camaudit_export.verification import sample_pictures

PICTURES = 1
"""Of seeded noise, whose gradients are added up; a second one moves a ResNet-50's centres by half a pixel at most."""

TOGETHER = 4
"""Pictures in one call: gradients at the input keep every activation before the layer."""

AT_BORDERS = 3
"""Cells from either border that are measured; of those between one is, and straight lines give the others."""


def cell_centers(frozen, shapes, preprocessing, shape):
    """Measures the centres of the layers' cells, down and across.

    For a row of cells, g is the gradient, at the input, of the sum of all activations in it. Its centre is
    sum (y + 1/2) |g| / sum |g| over all pixels, channels and pictures of noise: in pixels of the input, from its upper
    edge. Columns likewise.

    Args:
        frozen: `FrozenForward`.
        shapes: dict from layer name to `(h, w, C)`.
        preprocessing: `Preprocessing`.
        shape: `InputShape`.

    Returns:
        dict from layer name to `{"y": [h numbers], "x": [w numbers]}`, ascending. Layers are left out that are
        tokens, whose attention takes in the whole picture; that have no gradient at the input; or whose centres do
        not ascend.
    """
    layers = [name for name in shapes if name not in frozen.prefixes]
    if not layers:
        return {}
    pictures = np.stack([preprocessing.apply(picture, shape) for picture in sample_pictures(shape)[:PICTURES]])
    weights = {f"{name}:0": array for name, array in frozen.weights.items()}
    centers = {}
    with tf.Graph().as_default() as graph:
        tf.graph_util.import_graph_def(frozen.graph, name="")
        with tf.compat.v1.Session(graph=graph) as session:
            for name in layers:
                images = graph.get_tensor_by_name(frozen.images)
                field = _Field.of(images, graph.get_tensor_by_name(frozen.layers[name]), shapes[name][:2])
                if field is None:
                    continue
                found = [field.centers(axis, pictures, weights, session) for axis in (0, 1)]
                if all(np.isfinite(places).all() and (np.diff(places) > 0).all() for places in found):
                    centers[name] = {key: places.round(2).tolist() for key, places in zip("yx", found, strict=True)}
    return centers


class _Field:
    """How much a chosen part of a layer depends on each row and each column of the input."""

    def __init__(self, images, chosen, gradient, grid):
        self._images, self._chosen, self._grid = images, chosen, grid
        share = tf.reduce_sum(tf.abs(gradient), axis=-1)
        self._along = tf.reduce_sum(share, axis=2), tf.reduce_sum(share, axis=1)

    @classmethod
    def of(cls, images, activation, grid):
        """None where the layer has no gradient at the input."""
        chosen = tf.compat.v1.placeholder(tf.float32, [None, *grid])
        try:
            (gradient,) = tf.gradients(activation, [images], grad_ys=chosen[..., tf.newaxis] * tf.ones_like(activation))
        except LookupError:
            return None
        return None if gradient is None else cls(images, chosen, gradient, grid)

    def centers(self, axis, pictures, weights, session):
        """Centres of the cells along an axis, in pixels; not finite where nothing depends on the input."""
        count = self._grid[axis]
        cells = sorted({*range(min(AT_BORDERS, count)), count // 2, *range(max(0, count - AT_BORDERS), count)})
        moments = np.zeros((2, len(cells)))
        for picture in pictures:
            for start in range(0, len(cells), TOGETHER):
                part = cells[start : start + TOGETHER]
                chosen = np.zeros((len(part), *self._grid), np.float32)
                for row, cell in enumerate(part):
                    chosen[(row, cell) if axis == 0 else (row, slice(None), cell)] = 1
                feeds = {self._images: picture[np.newaxis].repeat(len(part), axis=0), self._chosen: chosen}
                shares = session.run(self._along[axis], weights | feeds).astype(np.float64)
                moments[:, start : start + TOGETHER] += [
                    shares @ (np.arange(shares.shape[1]) + 0.5),
                    shares.sum(axis=1),
                ]
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.interp(np.arange(count), cells, moments[0] / moments[1])
