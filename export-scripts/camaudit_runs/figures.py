"""Pictures of a run, by matplotlib."""

import io
import math

import matplotlib.image
import numpy as np
import pandas
from matplotlib.figure import Figure

SIDE_INCHES = 2.4


class Picture(Figure):
    """A figure that notebooks show without a backend of matplotlib being chosen."""

    def _repr_png_(self):
        content = io.BytesIO()
        self.savefig(content, format="png", dpi=100)
        return content.getvalue()


def gallery(path, rows, columns):
    """The overlays of rows, with file name, prediction and verdict over each."""
    figure, axes = _grid(len(rows), columns)
    for axis, (_, row) in zip(axes, rows.iterrows(), strict=False):
        axis.imshow(matplotlib.image.imread(path / row["overlay"]))
        verdict = "" if pandas.isna(row["verdict"]) else "\n" + row["verdict"].replace("_", " ").lower()
        name = row["image"].rsplit("/", 1)[-1]
        axis.set_title(f"{name}\n{row['predicted_name']} {row['confidence']:.2f}{verdict}", fontsize=7)
    return figure


def mean_maps(classes, columns, cells=None):
    """Mean maps on one scale from 0, so that classes can be compared.

    Args:
        cells: edges of rows (`y`) and columns (`x`); None for cells that share the input evenly.
    """
    figure, axes = _grid(len(classes), columns)
    greatest = max((np.max(row["maps"]["mean"]) for row in classes), default=1)
    for axis, row in zip(axes, classes, strict=False):
        if cells is None:
            axis.imshow(row["maps"]["mean"], cmap="viridis", vmin=0, vmax=greatest)
        else:
            axis.pcolormesh(cells["x"], cells["y"], row["maps"]["mean"], cmap="viridis", vmin=0, vmax=greatest)
            axis.set_aspect("equal")
            axis.invert_yaxis()
        axis.set_title(f"{row['class']['name']}, {row['maps']['count']} maps", fontsize=8)
    return figure


def _grid(count, columns):
    columns = max(1, min(columns, count))
    rows = max(1, math.ceil(count / columns))
    figure = Picture(figsize=(SIDE_INCHES * columns, (SIDE_INCHES + 0.5) * rows), layout="constrained")
    axes = figure.subplots(rows, columns, squeeze=False).ravel()
    for axis in axes:
        axis.set_axis_off()
    if count == 0:
        axes[0].set_title("no picture", fontsize=8)
    return figure, axes
