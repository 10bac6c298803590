"""Takes over many results of an earlier run, to see how long it is until new work starts.

    python benchmarks/since.py --work /tmp/since --count 100000

makes the pictures (hard links to one) and an earlier run of them out of a run of that one, whose record, report and
overlay stand there under each name; adds some new pictures; and audits all of them with `--since`. Prints how long it
took until the first new picture was computed, and until the end.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
MODEL = HOME / "savedmodel/src/test/resources/tiny-model"
BATCH = 16
NEW = 64
MOST_NAMES = 20_000


def block_length(images):
    """Images in a block, as io.camaudit.input.ImageBlock cuts them."""
    return min(max(1, -(-images // (256 * BATCH))), 1024 // BATCH) * BATCH


def audit(photos, output, *more):
    command = [
        "./camaudit",
        "audit",
        "--model",
        MODEL,
        "--input",
        photos,
        "--output",
        output,
        "--labels",
        "none",
        "--verbose",
        *more,
    ]
    return subprocess.Popen(list(map(str, command)), cwd=HOME, stderr=subprocess.PIPE, text=True)


def name(number):
    return f"{number // 1000:04d}/{number:07d}.jpg"


def make(work, count):
    """The pictures, and the run that has explained them; the picture is the demo's first."""
    one = work / "one/0000/0000000.jpg"
    one.parent.mkdir(parents=True)
    shutil.copy(sorted((HOME / "demo/images/balloon").iterdir())[0], one)
    process = audit(work / "one", work / "small")
    if process.communicate() and process.returncode:
        sys.exit("the small run failed")
    small, run = work / "small", work / "earlier"
    record = (small / "records/part-00000.jsonl").read_text()
    listed = (small / "listing.jsonl").read_text()
    overlays = json.loads(record)["explanations"]
    length = block_length(count)
    (run / "records").mkdir(parents=True)
    with open(run / "listing.jsonl", "w") as listing:
        for start in range(0, count, length):
            with open(run / f"records/part-{start // length:05d}.jsonl", "w") as records:
                for number in range(start, min(start + length, count)):
                    records.write(record.replace("0000/0000000.jpg", name(number)))
                    listing.write(listed.replace("0000/0000000.jpg", name(number)))
                    link(one, work / "photos" / name(number))
                    link(small / "reports/0000/0000000.jpg.json", run / f"reports/{name(number)}.json")
                    for each in overlays:
                        overlay = each["overlay"]
                        link(small / overlay, run / overlay.replace("0000/0000000.jpg", name(number)))
    summary = json.loads((small / "run.json").read_text())
    summary["input"]["matched"] = count
    (run / "run.json").write_text(json.dumps(summary))
    for number in range(NEW):
        shutil.copy(one, work / "photos" / f"{number * 997 % (count // 1000 or 1):04d}/new-{number}.jpg")


def link(source, target):
    """A file has so many names at most, the new run's among them: then a copy takes its place."""
    if source.stat().st_nlink >= MOST_NAMES:
        copy = source.with_name(f"{source.name}.copy")
        shutil.copy2(source, copy)
        copy.replace(source)
    if not target.parent.is_dir():
        target.parent.mkdir(parents=True)
    os.link(source, target)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True, help="folder for pictures and runs, made anew")
    parser.add_argument("--count", type=int, default=100_000)
    arguments = parser.parse_args()
    work = arguments.work.resolve()
    shutil.rmtree(work, ignore_errors=True)
    make(work, arguments.count)
    start = time.monotonic()
    first = None
    process = audit(work / "photos", work / "run", "--since", work / "earlier")
    for line in process.stderr:
        done = re.search(r"is done: (\d+) images, (\d+) of them taken over", line)
        if first is None and done and int(done[1]) > int(done[2]):
            first = time.monotonic() - start
        elif not done:
            print(line, end="")
    if process.wait():
        sys.exit("the audit failed")
    end = time.monotonic() - start
    since = json.loads((work / "run/run.json").read_text())["since"]
    assert since["takenOver"] == arguments.count and since["computed"] == NEW, since
    print(f"{since['takenOver']} taken over, {since['computed']} computed")
    print(f"seconds from the command to the first block with new pictures: {first:.1f}; to the end: {end:.1f}")


if __name__ == "__main__":
    main()
