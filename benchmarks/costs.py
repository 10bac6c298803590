#!/usr/bin/env python3
"""What `prove` and `--channels` cost, in turn with plain audits of the same pictures.

    python benchmarks/costs.py --work /tmp/costs

repeats the demo's pictures, with their regions, under other names, and then, pair by pair, audits them as they are,
audits them with `--channels`, and proves the first of the two runs. Printed are medians over the pairs of

- prove: its seconds for each variant that it counts, over the audit's seconds for each picture (both as the commands
  say them, from when the work begins to its end); what `prove` asks besides, of pictures as they were, is its cost;
- channels: time inside the model for each picture, with `--channels` over without;
- the same of the whole audit, which then also writes and sums up vectors.

`--model`, `--images` and `--regions` measure another model; regions are COCO's, of pictures named by their paths.
"""

import argparse
import json
import re
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

from pictures import repeated_with_regions

HOME = Path(__file__).resolve().parents[1]
WANTED = {"prove": "at most 1.15", "channels, in the model": "at most 1.03", "channels, the whole audit": ""}


def camaudit(*arguments):
    done = subprocess.run([HOME / "camaudit", *map(str, arguments)], capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr)
    return done.stdout


def audited(settings, run, *more):
    """Seconds a picture: of the whole audit, and of a thread inside the model."""
    camaudit("audit", *settings, "--output", run, "--overwrite", "--no-page", *more)
    summary = json.loads((run / "run.json").read_text("utf-8"))
    timing = summary["timing"]
    inside = timing["modelShare"] * summary["environment"]["workers"] / timing["imagesPerSecond"]
    return 1 / timing["imagesPerSecond"], inside


def proved(run, images):
    """Seconds a variant."""
    told = camaudit("prove", run, "--prove-images", images)
    seconds = float(re.search(r"changed in ([\d.]+) s", told).group(1))
    variants = sum(1 for _ in (run / "proof/answers.jsonl").open(encoding="utf-8"))
    return seconds / variants, variants


def measured(settings, work, images):
    plain, inside = audited(settings, work / "plain")
    whole, with_channels = audited(settings, work / "channels", "--channels")
    variant, variants = proved(work / "plain", images)
    ratios = (variant / plain, with_channels / inside, whole / plain)
    return dict(zip(WANTED, ratios, strict=True)), variants


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--work", type=Path, required=True, help="folder to work in, which is emptied")
    parser.add_argument("--model", type=Path, default=HOME / "demo/model")
    parser.add_argument("--images", type=Path, default=HOME / "demo/images")
    parser.add_argument("--regions", type=Path, default=HOME / "demo/regions.json")
    parser.add_argument("--count", type=int, default=654, help="pictures to make of those that there are")
    parser.add_argument("--prove-images", type=int, default=30, help="of each class")
    parser.add_argument("--pairs", type=int, default=5)
    arguments = parser.parse_args()
    work = arguments.work.resolve()
    shutil.rmtree(work, ignore_errors=True)
    regions = repeated_with_regions(arguments.images, arguments.regions, work / "pictures", arguments.count)
    settings = ["--model", arguments.model, "--input", work / "pictures", "--regions", regions]
    pairs = []
    for number in range(arguments.pairs):
        ratios, variants = measured(settings, work, arguments.prove_images)
        pairs.append(ratios)
        print(f"pair {number + 1}, {variants} variants: {json.dumps(ratios)}", flush=True)
    print("| figure | median | range | wanted |\n| --- | --- | --- | --- |")
    for name, wanted in WANTED.items():
        values = [ratios[name] for ratios in pairs]
        print(f"| {name} | {statistics.median(values):.3f} | {min(values):.3f}–{max(values):.3f} | {wanted} |")


if __name__ == "__main__":
    main()
