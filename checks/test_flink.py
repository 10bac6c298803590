"""Audits on a real Flink cluster, its JobManager and TaskManagers as processes, against the direct runner."""

import json
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

import pytest

import docs
from runs import digests

HOME = Path(__file__).resolve().parents[1]
# Blocks of two images, so that there is a middle for something to happen in.
AUDIT = [
    HOME / "camaudit",
    "audit",
    "--model",
    "demo/model",
    "--input",
    "demo/images",
    "--regions",
    "demo/regions.json",
    "--batch-size",
    "2",
]
DEADLINE_SECONDS = 300

STREAMS = "--useDataStreamForBatch=true"
"""Beam's other translation."""


def await_that(what, holds):
    end = time.monotonic() + DEADLINE_SECONDS
    while not holds():
        assert time.monotonic() < end, f"waited in vain for {what}"
        time.sleep(0.05)


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
    def __init__(self, folder, conf=None, **more):
        self.port = free_port()
        self.env = os.environ | {"CAMAUDIT_FLINK_DIR": str(folder), "CAMAUDIT_FLINK_PORT": str(self.port)} | more
        if conf:
            self.env["CAMAUDIT_FLINK_CONF"] = str(conf)
        self.folder = folder

    def __call__(self, *arguments, check=True, cwd=None):
        # Output goes to files: a pipe would be held open by the cluster's processes.
        with open(self.folder.with_suffix(".out"), "a+") as out:
            return subprocess.run(
                [HOME / "configs/flink/cluster", *arguments],
                env=self.env,
                stdout=out,
                stderr=out,
                check=check,
                cwd=cwd,
                timeout=2 * DEADLINE_SECONDS,
            )

    def command(self, output, *more):
        return [*AUDIT, "--output", output, "--runner", "flink", "--flink-master", f"localhost:{self.port}", *more]

    def audit(self, output, *more, code=0):
        done = subprocess.run(
            self.command(output, *more), cwd=HOME, capture_output=True, text=True, timeout=DEADLINE_SECONDS
        )
        assert done.returncode == code, done.stderr
        return done

    def begin(self, output, *more):
        """An audit that is left alone once it has done a few blocks; what it says is in a file."""
        with open(output.with_suffix(".err"), "w") as err:
            audit = subprocess.Popen(self.command(output, *more), cwd=HOME, stdout=err, stderr=err)
        await_that("the first blocks", lambda: len(blocks(output)) >= 5 or audit.poll() is not None)
        assert audit.poll() is None, said(output)
        return audit

    def get(self, path):
        with urllib.request.urlopen(f"http://localhost:{self.port}{path}", timeout=DEADLINE_SECONDS) as answer:
            return json.load(answer)

    def jobs(self):
        """All jobs, the last one first."""
        return sorted(self.get("/jobs/overview")["jobs"], key=lambda job: -job["start-time"])

    def subtasks(self, job):
        """Those of a job that explain blocks."""
        for vertex in self.get(f"/jobs/{job['jid']}")["vertices"]:
            if "ExplainBlocks" in vertex["name"]:
                yield from self.get(f"/jobs/{job['jid']}/vertices/{vertex['id']}")["subtasks"]

    def signal(self, worker, number):
        os.kill(int((self.folder / f"{worker}.pid").read_text()), number)

    def signal_workers(self, number):
        for worker in ("taskmanager-1", "taskmanager-2"):
            self.signal(worker, number)


def blocks(output):
    """When each block's records were written."""
    return {file: file.stat().st_mtime_ns for file in output.glob("records/part-*.jsonl")}


def said(output):
    return output.with_suffix(".err").read_text()


def configuration(folder, old, new):
    """The shipped configuration with one change."""
    folder.mkdir()
    text = (HOME / "configs/flink/config.yaml").read_text()
    assert old in text
    (folder / "config.yaml").write_text(text.replace(old, new))
    return folder


@pytest.fixture(scope="module")
def cluster(work):
    # Tests stop processes for longer than the shipped configuration would wait for them.
    patient = configuration(work / "patient", "heartbeat.timeout: 20000", "heartbeat.timeout: 600000")
    cluster = Cluster(work / "cluster", patient)
    try:
        # From elsewhere: paths of the command line are those of who typed them.
        cluster("start", "2", cwd=work)
        yield cluster
    finally:
        cluster("stop")


@pytest.fixture(scope="module")
def direct(work):
    output = work / "direct"
    subprocess.run([*AUDIT, "--output", output], cwd=HOME, check=True, capture_output=True, timeout=DEADLINE_SECONDS)
    return output


def assert_same(run, direct):
    mine, other = digests(run), digests(direct)
    assert mine.keys() == other.keys()
    assert [name for name in mine if mine[name] != other[name]] == []


# Three submissions into one cluster, with both of Beam's translations of a batch pipeline.
@pytest.mark.parametrize("number, more", [(1, []), (2, ["--", STREAMS]), (3, [])])
def test_submissions_leave_the_bytes_of_a_direct_run(cluster, direct, work, number, more):
    cluster.audit(work / f"flink-{number}", *more)
    assert_same(work / f"flink-{number}", direct)
    assert cluster("status", check=False).returncode == 0
    assert json.loads((work / f"flink-{number}/run.json").read_text())["environment"]["workers"] == 2


def test_a_proof_on_the_cluster_leaves_the_bytes_of_a_direct_one(cluster, direct, work):
    """Of the same run, class by class on both workers."""
    runs = [Path(shutil.copytree(direct, work / name)) for name in ("proved-directly", "proved-on-flink")]
    command = [HOME / "camaudit", "prove", "--prove-images", "3"]
    for run, more in zip(runs, [[], ["--runner", "flink", "--flink-master", f"localhost:{cluster.port}"]], strict=True):
        done = subprocess.run(
            [*command, run, *more], cwd=HOME, capture_output=True, text=True, timeout=DEADLINE_SECONDS
        )
        assert done.returncode == 0, done.stderr
        assert "Proof: 18 images of 6 classes changed" in done.stdout
    assert {"proof.json", "proof/answers.jsonl", "proof/answers.parquet"} <= digests(runs[1]).keys()
    assert digests(runs[1]) == digests(runs[0])


def test_both_workers_did_blocks(cluster):
    did = {}
    for job in cluster.jobs():
        for subtask in cluster.subtasks(job):
            worker = subtask["taskmanager-id"]
            did[worker] = did.get(worker, 0) + subtask["metrics"]["write-records"]
    assert did.keys() == {"taskmanager-1", "taskmanager-2"}
    assert min(did.values()) > 0, did


def test_a_lost_worker_costs_its_open_block_only(cluster, direct, work):
    run = work / "worker-lost"
    audit = cluster.begin(run)
    cluster.signal("taskmanager-2", signal.SIGKILL)
    before = blocks(run)
    assert len(before) < 55, "the job was over too soon"
    assert audit.wait(DEADLINE_SECONDS) == 0, said(run)
    job = cluster.jobs()[0]
    assert max(subtask["attempt"] for subtask in cluster.subtasks(job)) == 1, "a part of it started again"
    assert blocks(run).items() >= before.items(), "a block that was done was done again"
    assert_same(run, direct)
    assert "has 1 TaskManagers, and had 2: the job goes on" in said(run)
    (cluster.folder / "taskmanager-2.pid").unlink()
    cluster("add", cwd=work)


def test_a_command_that_was_killed_finds_its_job_again(cluster, direct, work):
    run = work / "driver-killed"
    cluster.begin(run).kill()
    cluster.signal_workers(signal.SIGSTOP)  # so that there is something to follow
    before = blocks(run)
    try:
        assert len(before) < 55, "the job was over too soon"
        jobs = len(cluster.jobs())
        with open(run.with_suffix(".err"), "w") as err:
            again = subprocess.Popen(cluster.command(run), cwd=HOME, stdout=err, stderr=err)
        await_that("the job's progress", lambda: "images (" in said(run) or again.poll() is not None)
    finally:
        cluster.signal_workers(signal.SIGCONT)
    assert "still runs: following it" in said(run)
    assert again.wait(DEADLINE_SECONDS) == 0, said(run)
    assert len(cluster.jobs()) == jobs, "the command sent a job of its own"
    assert blocks(run).items() >= before.items()
    assert_same(run, direct)


def test_a_command_that_starts_anew_ends_the_job_that_was_left(cluster, direct, work):
    run = work / "anew"
    cluster.begin(run).kill()
    cluster.signal_workers(signal.SIGSTOP)
    try:
        left = cluster.jobs()[0]
        assert left["state"] == "RUNNING"
        with open(run.with_suffix(".err"), "w") as err:
            again = subprocess.Popen(cluster.command(run, "--overwrite"), cwd=HOME, stdout=err, stderr=err)
        state = lambda: next(job["state"] for job in cluster.jobs() if job["jid"] == left["jid"])  # noqa: E731
        await_that("the end of the job", lambda: state() == "CANCELLING" or again.poll() is not None)
    finally:
        cluster.signal_workers(signal.SIGCONT)
    assert again.wait(DEADLINE_SECONDS) == 0, said(run)
    assert "which an earlier command had left running" in said(run)
    assert state() == "CANCELED"
    assert_same(run, direct)


def test_a_command_that_is_ended_ends_its_job_and_goes_on_from_there(cluster, direct, work):
    run = work / "driver-ended"
    audit = cluster.begin(run)
    audit.terminate()
    assert audit.wait(DEADLINE_SECONDS) != 0
    assert "cancelled the job on the Flink cluster" in said(run)
    assert cluster.jobs()[0]["state"] == "CANCELED"
    before = blocks(run)
    again = cluster.audit(run)
    assert "going on with a run that was cut off" in again.stderr
    assert blocks(run).items() >= before.items()
    assert_same(run, direct)


def test_a_job_that_is_cancelled_from_outside_is_told_in_a_sentence(cluster, work):
    run = work / "cancelled"
    audit = cluster.begin(run)
    job = cluster.jobs()[0]["jid"]
    request = urllib.request.Request(f"http://localhost:{cluster.port}/jobs/{job}", method="PATCH")
    urllib.request.urlopen(request, timeout=DEADLINE_SECONDS).close()
    assert audit.wait(DEADLINE_SECONDS) == 9
    assert "The job was ended from outside" in said(run)
    assert "\tat " not in said(run)


def test_a_jobmanager_that_is_lost_is_told_in_a_sentence(cluster, work):
    run = work / "jobmanager-lost"
    audit = cluster.begin(run)
    cluster.signal("jobmanager", signal.SIGKILL)
    assert audit.wait(DEADLINE_SECONDS) == 9
    assert f"The Flink cluster at localhost:{cluster.port} no longer answers" in said(run)
    assert "\tat " not in said(run)


def test_a_cluster_that_unpacks_libraries_anew_is_told_what_to_set(work):
    conf = configuration(work / "conf", "-Dorg.bytedeco.javacpp.cachedir.nosubdir=true", "")
    cluster = Cluster(work / "unconfigured", conf)
    try:
        cluster("start", "1")
        cluster.audit(work / "first", "--no-page")
        told = cluster.audit(work / "second", "--no-page", code=2).stderr
        assert "env.java.opts.taskmanager" in told and "\tat " not in told
        assert cluster("status", check=False).returncode == 0
    finally:
        cluster("stop")


def test_a_cluster_without_workers_is_told_in_a_sentence(work):
    cluster = Cluster(work / "empty")
    try:
        cluster("start", "0")
        assert "has no slots: start a TaskManager" in cluster.audit(work / "no-slots", code=2).stderr
        assert not (work / "no-slots").exists()
    finally:
        cluster("stop")


# One TaskManager of two slots, which share a model.
def test_an_application_leaves_the_bytes_of_a_direct_run(direct, work):
    cluster = Cluster(work / "application", CAMAUDIT_FLINK_SLOTS="2")
    cluster("application", "1", *AUDIT[1:], "--output", work / "applied", cwd=HOME)
    assert_same(work / "applied", direct)
    environment = json.loads((work / "applied/run.json").read_text())["environment"]
    assert environment["workers"] == 2 and environment["runner"] == "FlinkRunner"
    assert cluster("application", "1", *AUDIT[1:], "--output", work / "applied", check=False, cwd=HOME).returncode != 0
    assert "camaudit: The output folder" in cluster.folder.with_suffix(".out").read_text()
    assert cluster("status", check=False).returncode == 1, "nothing is left running"


def test_the_commands_of_the_page(work):
    cluster = Cluster(work / "documented")
    commands = docs.block("flink.md", "--output runs/flink").replace(":8081", f":{cluster.port}")
    folder = docs.reader(work / "reader")
    try:
        docs.run(commands, folder, cluster.env)
        assert cluster("status", check=False).returncode == 1, "nothing is left running"
    finally:
        cluster("stop", check=False)
    assert (folder / "runs/flink/report/index.html").exists()


def test_no_cluster_is_said_before_anything_is_computed(work):
    command = [*AUDIT, "--output", work / "nowhere", "--runner", "flink", "--flink-master", f"localhost:{free_port()}"]
    done = subprocess.run(command, cwd=HOME, capture_output=True, text=True, timeout=100)
    assert done.returncode == 2
    assert "No Flink cluster answers at localhost:" in done.stderr
    assert not (work / "nowhere").exists()


@pytest.mark.parametrize("more", [["--runner", "direct"], ["--runner", "flink"], ["--runner", "flink", "--", STREAMS]])
def test_a_model_that_cannot_be_loaded_is_one_sentence_on_any_runner_in_the_process(work, more):
    model = work / "half-a-model"
    shutil.copytree(HOME / "demo/model", model, dirs_exist_ok=True)
    (model / "saved_model.pb").write_bytes((HOME / "demo/model/saved_model.pb").read_bytes()[:100_000])
    command = [model if part == "demo/model" else part for part in AUDIT]
    command += ["--output", work / "no-model", "--overwrite", *more]
    done = subprocess.run(list(map(str, command)), cwd=HOME, capture_output=True, text=True, timeout=100)
    assert done.returncode == 3
    said = done.stderr.splitlines()
    assert all(line.startswith("camaudit: ") for line in said), done.stderr
    assert f"{model} cannot be loaded as a SavedModel" in said[-1], done.stderr
