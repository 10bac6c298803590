"""Checks of whole runs, from the command line to what it leaves."""

import os
import shutil
from pathlib import Path

import pytest

# As the exporter's command has it, which tests import after TensorFlow.
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")


def pytest_addoption(parser):
    parser.addoption("--demo", type=Path, help="run directory of the demo")
    parser.addoption("--without-regions", type=Path, help="run directory of the demo without regions")
    parser.addoption("--photos", type=Path, help="folder of photographs")
    parser.addoption("--work", type=Path, help="folder to make models and runs in")
    parser.addoption("--pictures", type=int, default=300, help="how many broken pictures")


@pytest.fixture(scope="module")
def work(request):
    """The folder of --work, empty but for what cannot be removed."""
    folder = Path(request.config.getoption("--work")).resolve()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def demo(request):
    """The folder of the demo's run."""
    return request.config.getoption("--demo").resolve()


def pytest_configure(config):
    config.addinivalue_line("markers", "fiftyone: needs a Python with fiftyone, named in CAMAUDIT_FIFTYONE_PYTHON")
