"""A model whose numbers overflow on one picture: that picture says so, and the others are as ever."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

HOME = Path(__file__).resolve().parents[1]
SIZE = 16


@pytest.fixture(scope="module")
def run(request):
    import keras

    work = request.config.getoption("--work")
    pictures = work / "pictures"
    pictures.mkdir(parents=True)
    # A white picture's cells come out as exp(92), which is infinite in 32 bits; a grey one's as exp(0).
    inputs = keras.Input((SIZE, SIZE, 3))
    cells = keras.layers.Conv2D(
        2, 4, 4, activation="exponential", kernel_initializer=keras.initializers.Constant(92 / 48), name="cells"
    )(inputs)
    model = keras.Model(inputs, keras.layers.Dense(2, name="scores")(keras.layers.GlobalAveragePooling2D()(cells)))
    model.get_layer("scores").set_weights([np.float32([[1, 2], [3, -4]]), np.float32([0, 1])])
    model.save(work / "overflowing.keras")
    export = [sys.executable, "-m", "camaudit_export", "--keras-model", work / "overflowing.keras"]
    subprocess.run(
        [*export, "--preprocessing", "mobilenet_v2", "--output", work / "model"],
        check=True,
        env={**os.environ, "PYTHONPATH": str(HOME / "export-scripts")},
    )
    random = np.random.default_rng(3)
    for number in range(3):
        noise = random.integers(60, 190, (20, 30, 3), dtype=np.uint8)
        Image.fromarray(noise).save(pictures / f"grey{number}.png")
    Image.new("RGB", (30, 20), "white").save(pictures / "white.png")
    audit = [HOME / "camaudit", "audit", "--model", work / "model", "--input", pictures, "--output", work / "run"]
    done = subprocess.run([*audit, "--batch-size", "2"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return work / "run"


def records(run):
    return {
        r["image"]: r
        for r in (
            json.loads(line) for part in sorted(run.glob("records/*.jsonl")) for line in part.read_text().splitlines()
        )
    }


def test_the_overflow_is_a_status_of_its_own(run):
    found = records(run)
    assert {name: record["status"] for name, record in found.items()} == {
        "grey0.png": "OK",
        "grey1.png": "OK",
        "grey2.png": "OK",
        "white.png": "NOT_FINITE",
    }
    assert "not finite" in found["white.png"]["reason"]
    assert json.loads((run / "run.json").read_text())["counts"]["NOT_FINITE"] == 1


def test_everything_that_is_written_is_json_without_nan(run):
    def refuse(constant):
        raise AssertionError(constant)

    files = [*run.rglob("*.json"), *run.rglob("*.jsonl")]
    assert len(files) > 5
    for file in files:
        for line in file.read_text().splitlines() if file.suffix == ".jsonl" else [file.read_text()]:
            json.loads(line, parse_constant=refuse)


def test_neighbours_in_the_batch_are_untouched(run):
    for name, record in records(run).items():
        if name != "white.png":
            assert record["explanations"][0]["map"]["max"] > 0
            assert (run / record["explanations"][0]["overlay"]).exists()
