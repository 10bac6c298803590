"""Large photographs at any number of workers stay within the default heap."""

import json
import os
import subprocess
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

HOME = Path(__file__).resolve().parent.parent
MODEL = HOME / "savedmodel/src/test/resources/tiny-model"
ORIENTATION_TAG = 0x0112
MEGAPIXELS = {12: (4000, 3000, 24), 48: (8000, 6000, 8), 90: (10000, 9000, 2)}


@pytest.fixture(scope="module")
def photos(request):
    folder = Path(request.config.getoption("--work")) / "photos" / "cat"
    folder.mkdir(parents=True, exist_ok=True)
    for size, (width, height, count) in MEGAPIXELS.items():
        across = np.linspace(0, 255, width, dtype=np.uint8)[None, :, None]
        down = np.linspace(0, 255, height, dtype=np.uint8)[:, None, None]
        pixels = np.concatenate([across + 0 * down, down + 0 * across, 0 * across + 0 * down + 90], axis=2)
        picture = Image.fromarray(pixels)
        exif = Image.Exif()
        exif[ORIENTATION_TAG] = 6
        first = folder / f"{size}-00.jpg"
        picture.save(first, quality=90, exif=exif)
        for number in range(1, count):
            (folder / f"{size}-{number:02d}.jpg").write_bytes(first.read_bytes())
    return folder.parent


@pytest.mark.parametrize("workers", [8, 16])
def test_large_photographs_fit_in_the_default_heap(photos, workers):
    run = photos.parent / f"run-{workers}"
    # A block is a batch here: with one image in each, all workers have large ones at the same time.
    command = [HOME / "camaudit", "audit", "--model", MODEL, "--input", photos, "--output", run, "--batch-size", "1"]
    done = subprocess.run([*command, "--workers", str(workers)], capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    total = sum(count for _, _, count in MEGAPIXELS.values())
    assert json.loads((run / "run.json").read_text())["counts"]["OK"] == total
    reports = [json.loads(file.read_text()) for file in run.glob("reports/cat/*.json")]
    assert len(reports) == total
    for size, (width, height, count) in MEGAPIXELS.items():
        of_size = [
            report for report in reports if (report["file"]["width"], report["file"]["height"]) == (height, width)
        ]
        assert len(of_size) == count, f"{size} megapixels, turned upright"
    assert (run / "report/index.html").exists()


def test_a_model_that_takes_more_than_the_machine_has_is_told(tmp_path):
    """The machine's memory is that of JavaCPP's guard, which is made as small as the program's start."""
    command = [HOME / "camaudit", "audit", "--model", HOME / "demo/model", "--input", HOME / "demo/images/fish"]
    done = subprocess.run(
        [*command, "--output", tmp_path / "run"],
        env=os.environ | {"CAMAUDIT_JAVA_OPTIONS": "-Dorg.bytedeco.javacpp.maxPhysicalBytes=300m"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 11, done.stderr
    assert "there was not enough memory" in done.stderr
    assert "--batch-size" in done.stderr
    assert "\tat " not in done.stderr
