"""Audits the same photographs from the local disk and from S3 with a delay added to each request, in turn.

    python benchmarks/storage.py --model models/resnet50 --images photos --count 1000 --pairs 3 --work /tmp/storage

starts an S3 server on this machine and a proxy before it that waits 50 ms (`--delay`) with every request, and prints
the images per second of both, as run.json has them, and their ratio. Images, model and output are on S3; the folder is
repeated until there are enough images. The audits have half of the processors, and server and proxy the others, so
that they do not take time from what is measured. Needs `mvn -Pstorage-tests -DskipTests package`.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HOME / "checks"))
from pictures import repeated  # noqa: E402

from servers import Proxy, S3Server  # noqa: E402


def audit(model, images, output, more, variables=None):
    command = [HOME / "camaudit", "audit", "--model", model, "--input", images, "--output", output, "--overwrite"]
    command += ["--no-page", "--no-parquet", *more]
    ours, _ = halves()
    done = subprocess.run(
        list(map(str, command)),
        cwd=HOME,
        env=os.environ | (variables or {}),
        preexec_fn=lambda: os.sched_setaffinity(0, ours),
    )
    if done.returncode:
        sys.exit(f"the audit ended with {done.returncode}")


def halves():
    """The machine's processors: those of the audit, and those of the servers."""
    processors = range(os.cpu_count())
    middle = max(1, len(processors) // 2)
    return processors[:middle], processors[middle:] or processors


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--images", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True, help="is removed and made anew")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--pairs", type=int, default=3)
    parser.add_argument("--delay", type=float, default=0.05, help="seconds")
    parser.add_argument("more", nargs="*", help="options for each audit, after --")
    options = parser.parse_args()
    work = options.work.resolve()
    shutil.rmtree(work, ignore_errors=True)
    repeated(options.images, work / "images", options.count)
    # The server's process and the proxy's threads are as this one is.
    os.sched_setaffinity(0, halves()[1])
    server = S3Server(work / "s3")
    proxy = Proxy(server.port, lambda method, path: options.delay)
    bucket = server.buckets / "bucket"
    bucket.mkdir()
    shutil.copytree(work / "images", bucket / "images")
    shutil.copytree(options.model, bucket / "model")
    local, remote = [], []
    try:
        for _ in range(options.pairs):
            audit(options.model.resolve(), work / "images", work / "run", options.more)
            local.append(json.loads((work / "run/run.json").read_text())["timing"]["imagesPerSecond"])
            variables = server.variables(proxy.port) | {"CAMAUDIT_CACHE": str(work / "cache")}
            audit("s3://bucket/model", "s3://bucket/images", "s3://bucket/run", options.more, variables)
            remote.append(json.loads((bucket / "run/run.json").read_text())["timing"]["imagesPerSecond"])
    finally:
        proxy.stop()
        server.stop()
    ratios = [there / here for here, there in zip(local, remote, strict=True)]
    print("local, images/s:", *local)
    print(f"S3 with {options.delay * 1000:g} ms, images/s:", *remote)
    print(f"ratio, median of {len(ratios)}: {statistics.median(ratios):.3f} ({min(ratios):.3f}-{max(ratios):.3f})")


if __name__ == "__main__":
    main()
