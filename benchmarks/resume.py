"""Kills an audit in the middle and ends it by the same command, to see what it costs to be cut off.

    python benchmarks/resume.py --model models/resnet50 --images photos --count 1000 --pairs 3 --work /tmp/resume

audits the same photographs without a break, then with `kill -9` when half of the blocks are done, in turn. Prints the
seconds of the whole run and of both parts, from the command's start to its end, how many images the second part took
over, and what the break cost: the seconds of the parts beyond those of the whole. Ends with an error if the broken
run's files are not the same to the byte. The folder is repeated until there are enough images. What follows `--` goes
to each audit.
"""

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HOME / "checks"))
from pictures import repeated  # noqa: E402

from runs import blocks_of, digests, start_and_kill  # noqa: E402


def command(arguments, images, output):
    words = [HOME / "camaudit", "audit", "--model", arguments.model, "--input", images, "--output", output]
    words += ["--no-page", *arguments.more]
    return list(map(str, words))


def whole(arguments, images, output):
    start = time.monotonic()
    if subprocess.run(command(arguments, images, output), cwd=HOME, stdout=subprocess.DEVNULL).returncode:
        sys.exit("the audit failed")
    return time.monotonic() - start


def broken(arguments, images, output, blocks):
    start = time.monotonic()
    start_and_kill(command(arguments, images, output), blocks_of(output, blocks), seconds=24 * 3600)
    first = time.monotonic() - start
    second = whole(arguments, images, output)
    return first, second, json.loads((output / "run.json").read_text())["timing"]["imagesTakenOver"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--images", type=Path, required=True)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--pairs", type=int, default=3)
    parser.add_argument("--work", type=Path, required=True, help="folder for pictures and runs; removed first")
    parser.add_argument("more", nargs="*", help="options for each audit, after --")
    arguments = parser.parse_args()
    arguments.model = arguments.model.resolve()
    shutil.rmtree(arguments.work, ignore_errors=True)
    arguments.work.mkdir(parents=True)
    images = repeated(arguments.images, arguments.work / "images", arguments.count)
    costs = []
    for _ in range(arguments.pairs):
        unbroken, cut = arguments.work / "unbroken", arguments.work / "cut"
        for run in (unbroken, cut):
            shutil.rmtree(run, ignore_errors=True)
        seconds = whole(arguments, images, unbroken)
        blocks = len(list(unbroken.glob("records/part-*.jsonl")))
        first, second, taken = broken(arguments, images, cut, blocks // 2)
        if digests(cut) != digests(unbroken):
            sys.exit("the broken run is not the same to the byte")
        costs.append(first + second - seconds)
        print(
            f"whole {seconds:.1f} s; {first:.1f} s to the kill, {second:.1f} s for the rest, "
            f"{taken} of {arguments.count} images taken over; the break cost {costs[-1]:.1f} s",
            flush=True,
        )
    print(f"median cost {statistics.median(costs):.1f} s of {arguments.pairs}")


if __name__ == "__main__":
    main()
