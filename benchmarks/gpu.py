"""Measures audits on an NVIDIA GPU, for batches of several sizes.

    mvn -Pgpu -DskipTests package
    python benchmarks/gpu.py --model models/resnet50 --images photos --count 4000 --work /tmp/gpu [--pairs 3]

prints the images per second of whole audits, as run.json has them, for each `--batch-sizes` and `--workers`, in turn
`--pairs` times after one that warms up, and the GPU's greatest memory meanwhile as nvidia-smi tells it. Where the
program was not built for a GPU, or the machine has none, it says so and measures nothing.
"""

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import threading
from pathlib import Path

from pictures import repeated

HOME = Path(__file__).resolve().parents[1]
EXIT_WITHOUT = 3


def missing():
    """What keeps this machine from measuring, in a sentence; None if nothing does."""
    if not shutil.which("nvidia-smi"):
        return "this machine has no NVIDIA driver (no nvidia-smi)"
    asked = subprocess.run(["nvidia-smi", "-L"], capture_output=True, text=True)
    if asked.returncode or "GPU" not in asked.stdout:
        return "nvidia-smi finds no GPU"
    if not list((HOME / "pipeline/target/lib").glob("tensorflow-core-native-*-gpu.jar")):
        return "the program was built without TensorFlow's GPU runtime: mvn -Pgpu -DskipTests package"
    return None


class Watch:
    """The greatest memory in use on the first GPU, asked for twice a second."""

    def __init__(self):
        self.megabytes = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look)

    def __enter__(self):
        self._thread.start()
        return self

    def _look(self):
        command = ["nvidia-smi", "-i", "0", "--query-gpu=memory.used", "--format=csv,noheader,nounits"]
        while not self._ended.wait(0.5):
            self.megabytes = max(self.megabytes, int(subprocess.run(command, capture_output=True, text=True).stdout))

    def __exit__(self, *_):
        self._ended.set()
        self._thread.join()


def audit(options, images, batch, workers):
    run = options.work / "run"
    shutil.rmtree(run, ignore_errors=True)
    command = [HOME / "camaudit", "audit", "--model", options.model, "--input", images, "--output", run]
    command += ["--no-page", "--no-parquet", "--batch-size", batch, "--workers", workers]
    with Watch() as watch:
        subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL)
    return json.loads((run / "run.json").read_text())["timing"]["imagesPerSecond"], watch.megabytes


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--images", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True, help="is removed and made anew")
    parser.add_argument("--count", type=int, default=4000)
    parser.add_argument("--pairs", type=int, default=3)
    parser.add_argument("--batch-sizes", type=int, nargs="+", default=[16, 32, 64, 128])
    parser.add_argument("--workers", type=int, nargs="+", default=[2, 4])
    options = parser.parse_args()
    if lacks := missing():
        print(f"Nothing was measured: {lacks}.", file=sys.stderr)
        sys.exit(EXIT_WITHOUT)
    shutil.rmtree(options.work, ignore_errors=True)
    images = repeated(options.images, options.work / "images", options.count)
    settings = [(batch, workers) for batch in options.batch_sizes for workers in options.workers]
    rows = {setting: [] for setting in settings}
    for setting in settings:
        audit(options, images, *setting)
    for _ in range(options.pairs):
        for setting in settings:
            rows[setting].append(audit(options, images, *setting))
    print("| batch | workers | images/s, median | range | GPU memory, MB |\n| --- | --- | --- | --- | --- |")
    for (batch, workers), measured in rows.items():
        speeds = [speed for speed, _ in measured]
        memory = max(megabytes for _, megabytes in measured)
        middle = statistics.median(speeds)
        print(f"| {batch} | {workers} | {middle:.1f} | {min(speeds):.1f}–{max(speeds):.1f} | {memory} |")


if __name__ == "__main__":
    main()
