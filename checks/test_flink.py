"""Audits on a real Flink cluster, its JobManager and TaskManagers as processes, against the direct runner."""

import json
import os
import shutil
import socket
import subprocess
import urllib.request
from pathlib import Path

import pytest

from runs import digests

HOME = Path(__file__).resolve().parents[1]
AUDIT = [
    HOME / "camaudit",
    "audit",
    "--model",
    "demo/model",
    "--input",
    "demo/images",
    "--regions",
    "demo/regions.json",
]


def free_port():
    """A port whose next one is free too: the JobManager takes both."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("localhost", 0))
            port = first.getsockname()[1]
            try:
                second.bind(("localhost", port + 1))
                return port
            except (OSError, OverflowError):
                continue


class Cluster:
    def __init__(self, folder, conf=None):
        self.port = free_port()
        self.env = os.environ | {"CAMAUDIT_FLINK_DIR": str(folder), "CAMAUDIT_FLINK_PORT": str(self.port)}
        if conf:
            self.env["CAMAUDIT_FLINK_CONF"] = str(conf)
        self.folder = folder

    def __call__(self, *arguments, check=True):
        # Output goes to files: a pipe would be held open by the cluster's processes.
        with open(self.folder.with_suffix(".out"), "a+") as out:
            return subprocess.run(
                [HOME / "configs/flink/cluster", *arguments],
                env=self.env,
                stdout=out,
                stderr=out,
                check=check,
                timeout=180,
            )

    def audit(self, output, *more, code=0):
        command = [*AUDIT, "--output", output, "--runner", "flink", "--flink-master", f"localhost:{self.port}", *more]
        done = subprocess.run(command, cwd=HOME, capture_output=True, text=True, timeout=400)
        assert done.returncode == code, done.stderr
        return done

    def get(self, path):
        with urllib.request.urlopen(f"http://localhost:{self.port}{path}", timeout=10) as answer:
            return json.load(answer)

    def workers_of_jobs(self):
        """The TaskManagers that ran a part of each job."""
        for job in self.get("/jobs/overview")["jobs"]:
            detail = self.get(f"/jobs/{job['jid']}")
            yield {
                worker["taskmanager-id"]
                for vertex in detail["vertices"]
                for worker in self.get(f"/jobs/{job['jid']}/vertices/{vertex['id']}/taskmanagers")["taskmanagers"]
            }


@pytest.fixture(scope="module")
def work(request):
    folder = request.config.getoption("--work").resolve()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


@pytest.fixture(scope="module")
def cluster(work):
    cluster = Cluster(work / "cluster")
    try:
        cluster("start", "2")
        yield cluster
    finally:
        cluster("stop")


@pytest.fixture(scope="module")
def direct(work):
    output = work / "direct"
    subprocess.run([*AUDIT, "--output", output], cwd=HOME, check=True, capture_output=True, timeout=400)
    return output


def assert_same(run, direct):
    mine, other = digests(run), digests(direct)
    assert mine.keys() == other.keys()
    assert [name for name in mine if mine[name] != other[name]] == []


# Three submissions into one cluster, with both of Beam's translations of a batch pipeline.
@pytest.mark.parametrize("number, more", [(1, []), (2, ["--", "--useDataStreamForBatch=true"]), (3, [])])
def test_submissions_leave_the_bytes_of_a_direct_run(cluster, direct, work, number, more):
    cluster.audit(work / f"flink-{number}", *more)
    assert_same(work / f"flink-{number}", direct)
    assert cluster("status", check=False).returncode == 0
    assert all(workers == {"taskmanager-1", "taskmanager-2"} for workers in cluster.workers_of_jobs())


def test_a_cluster_that_unpacks_libraries_anew_is_told_what_to_set(work):
    conf = work / "conf"
    conf.mkdir()
    text = (HOME / "configs/flink/config.yaml").read_text()
    (conf / "config.yaml").write_text(text.replace("-Dorg.bytedeco.javacpp.cachedir.nosubdir=true", ""))
    cluster = Cluster(work / "unconfigured", conf)
    try:
        cluster("start", "1")
        cluster.audit(work / "first", "--no-page")
        told = cluster.audit(work / "second", "--no-page", code=2).stderr
        assert "env.java.opts.taskmanager" in told and "\tat " not in told
        assert cluster("status", check=False).returncode == 0
    finally:
        cluster("stop")


def test_no_cluster_is_said_before_anything_is_computed(work):
    command = [*AUDIT, "--output", work / "nowhere", "--runner", "flink", "--flink-master", f"localhost:{free_port()}"]
    done = subprocess.run(command, cwd=HOME, capture_output=True, text=True, timeout=100)
    assert done.returncode == 2
    assert "No Flink cluster answers at localhost:" in done.stderr
    assert not (work / "nowhere").exists()
