"""Exports Keras image classifiers as SavedModels with their Grad-CAM gradients inside.

Start with `export.export_model` (from Python) or `python -m camaudit_export --help`.
The exported directory's contract is `docs/model-contract.md`.
"""

__version__ = "0.1.0"
