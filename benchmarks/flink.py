"""Measures audits on Flink, side by side.

    python benchmarks/flink.py --images FOLDER [--model demo/model] [--count 2000] [--pairs 3] [--work FOLDER]

Two questions, each by pairs in turn and the median of their ratios: how much faster two TaskManagers of one slot are
than one, as the time from starting the command to its end and as the time of the job alone; and how fast Flink inside
the process is against the direct runner. Reports and overlays are written, the page and Parquet are not. The folder's
pictures are repeated by links until there are enough.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import time
import urllib.request
from pathlib import Path

from pictures import repeated

HOME = Path(__file__).resolve().parents[1]
FEW = 64  # pictures that warm a machine up


class Bench:
    def __init__(self, arguments):
        self.work = arguments.work.resolve()
        shutil.rmtree(self.work, ignore_errors=True)
        self.images = repeated(arguments.images, self.work / "images", arguments.count)
        self.few = repeated(arguments.images, self.work / "few", FEW)
        self.model = arguments.model
        self.port = arguments.port

    def audit(self, *more, images=None):
        """Seconds from the command's start to its end, and those of the run alone as it counts them itself."""
        output = self.work / "run"
        shutil.rmtree(output, ignore_errors=True)
        command = ["./camaudit", "audit", "--model", self.model, "--input", images or self.images, "--output", output]
        command += ["--no-page", "--no-parquet", *more]
        start = time.monotonic()
        subprocess.run(command, cwd=HOME, check=True, capture_output=True)
        wall = time.monotonic() - start
        return wall, json.loads((output / "run.json").read_text())["timing"]["seconds"]

    def cluster(self, *arguments):
        env = os.environ | {"CAMAUDIT_FLINK_DIR": str(self.work / "cluster"), "CAMAUDIT_FLINK_PORT": str(self.port)}
        with open(self.work / "cluster.out", "a") as out:
            subprocess.run([HOME / "configs/flink/cluster", *arguments], env=env, stdout=out, stderr=out, check=True)

    def last_job(self):
        with urllib.request.urlopen(f"http://localhost:{self.port}/jobs/overview") as answer:
            return max(json.load(answer)["jobs"], key=lambda job: job["start-time"])["duration"] / 1000

    def on_cluster(self, workers):
        """The same on so many TaskManagers, which have done an audit of a few pictures before."""
        self.cluster("start", str(workers))
        try:
            remote = ["--runner", "flink", "--flink-master", f"localhost:{self.port}"]
            self.audit(*remote, images=self.few)
            wall, _ = self.audit(*remote)
            return wall, self.last_job()
        finally:
            self.cluster("stop")


def ratio(name, pairs):
    ratios = [first / second for first, second in pairs]
    print(f"{name}: {statistics.median(ratios):.2f} (pairs {', '.join(f'{r:.2f}' for r in ratios)})", flush=True)
    return statistics.median(ratios)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--images", type=Path, required=True)
    parser.add_argument("--model", default="demo/model")
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--pairs", type=int, default=3)
    parser.add_argument("--port", type=int, default=18181)
    parser.add_argument("--work", type=Path, default=HOME / "out/flink-benchmark")
    bench = Bench(parser.parse_args())
    pairs = parser.parse_args().pairs
    processors = os.cpu_count()
    print(f"{processors} processors, load {os.getloadavg()[0]:.1f} before the first run", flush=True)
    local = []
    bench.audit(images=bench.few)
    for _ in range(pairs):
        flink = bench.audit("--runner", "flink")
        direct = bench.audit()
        print(f"  Flink [local] {flink[0]:.1f} s, direct {direct[0]:.1f} s", flush=True)
        local.append((direct[0], flink[0]))
    ratio("throughput of Flink [local] over the direct runner, from start to end", local)
    wall, job = [], []
    for _ in range(pairs):
        one, two = bench.on_cluster(1), bench.on_cluster(2)
        print(f"  one TaskManager {one[0]:.1f} s (job {one[1]:.1f}), two {two[0]:.1f} s (job {two[1]:.1f})", flush=True)
        wall.append((one[0], two[0]))
        job.append((one[1], two[1]))
    ratio("two TaskManagers of one slot over one, from start to end", wall)
    ratio("the same, the job alone", job)
    print(f"load {os.getloadavg()[0]:.1f} after the last run")


if __name__ == "__main__":
    main()
