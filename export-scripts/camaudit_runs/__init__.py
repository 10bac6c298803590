"""Finished runs of camaudit as data frames and pictures, for notebooks.

`docs/notebooks/look-at-a-run.ipynb` shows what there is. Needs pandas, pyarrow and matplotlib:
`pip install "./export-scripts[notebook]"`; neither Keras nor TensorFlow is loaded.
"""

from camaudit_runs.run import Run

__all__ = ["Run"]
