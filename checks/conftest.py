"""Checks of whole runs, from the command line to what it leaves."""

from pathlib import Path


def pytest_addoption(parser):
    parser.addoption("--demo", type=Path, help="run directory of the demo")
    parser.addoption("--without-regions", type=Path, help="run directory of the demo without regions")
    parser.addoption("--photos", type=Path, help="folder of photographs")
    parser.addoption("--work", type=Path, help="folder to make models and runs in")
    parser.addoption("--pictures", type=int, default=300, help="how many broken pictures")
