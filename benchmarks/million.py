"""Audits very many small pictures with the tiny test model, to see whether a run of any length stays within its memory.

    python benchmarks/million.py --work /tmp/million --count 1000000

makes the pictures (hard links to two thousand different ones), audits the first ten thousand and then all of them with
the launcher's default heap, and prints peak memory of both and the images per second of the first and the last tenth.
What follows `--` goes to each audit, for instance `-- --runner flink`.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
from PIL import Image

HOME = Path(__file__).resolve().parent.parent
MODEL = HOME / "savedmodel/src/test/resources/tiny-model"
DISTINCT = 2000
PER_FOLDER = 1000
SIDE = 64


def make_pictures(folder, count):
    """Pictures of random rectangles; names differ for each, contents for the first two thousand."""
    folder.mkdir(parents=True, exist_ok=True)
    sources = folder.parent / "sources"
    sources.mkdir(exist_ok=True)
    random = np.random.default_rng(1)
    originals = []
    for i in range(min(DISTINCT, count)):
        pixels = np.full((SIDE, SIDE, 3), random.integers(0, 256, 3), np.uint8)
        for _ in range(4):
            x, y, width, height = random.integers(0, SIDE, 4)
            pixels[y : y + height, x : x + width] = random.integers(0, 256, 3)
        file = sources / f"{i:04d}.jpg"
        Image.fromarray(pixels).save(file, quality=85)
        originals.append(file)
    for i in range(count):
        target = folder / f"{i // PER_FOLDER:04d}" / f"{i:07d}.jpg"
        if i % PER_FOLDER == 0:
            target.parent.mkdir(exist_ok=True)
        if not target.exists():
            os.link(originals[i % len(originals)], target)


def audit(pictures, output, more):
    """Runs one audit; the figures that it leaves."""
    command = ["./camaudit", "audit", "--model", MODEL, "--input", pictures, "--output", output]
    command += ["--no-overlays", "--overwrite", "--gallery-images", "2"]
    process = subprocess.Popen([*map(str, command), *more], cwd=HOME)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"the audit ended with {os.waitstatus_to_exitcode(status)}")
    summary = json.loads((output / "run.json").read_text())
    done = sorted(file.stat().st_mtime for file in (output / "records").iterdir())
    tenth = max(2, len(done) // 10)
    first, last = done[tenth - 1] - done[0], done[-1] - done[-tenth]
    return {
        "images": summary["input"]["matched"],
        "seconds": summary["timing"]["seconds"],
        "peak megabytes": round(usage.ru_maxrss / 1024),
        "rate of the last tenth over the first": round(first / last, 3) if last else None,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True, help="folder for pictures and runs; some gigabytes")
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("more", nargs="*", help="options for each audit, after --")
    arguments = parser.parse_args()
    work = arguments.work.resolve()
    few = min(10_000, arguments.count)
    make_pictures(work / "few", few)
    make_pictures(work / "all", arguments.count)
    small = audit(work / "few", work / "run-few", arguments.more)
    print(small, flush=True)
    large = audit(work / "all", work / "run-all", arguments.more)
    print(large)
    print("peak memory over that of the few:", round(large["peak megabytes"] / small["peak megabytes"], 3))


if __name__ == "__main__":
    main()
