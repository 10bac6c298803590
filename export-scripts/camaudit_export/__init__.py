"""Exports Keras image classifiers as SavedModels with their Grad-CAM gradients inside.

Start with `export.export_model` (from Python) or `python -m camaudit_export --help`.
The exported directory's contract is `docs/model-contract.md`.
"""

import os

# What TensorFlow does by itself where a processor has AVX-512: without oneDNN grouped convolutions have no gradients,
# and a model cannot be compared with its export. Read when TensorFlow computes for the first time.
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")

__version__ = "0.1.0"
