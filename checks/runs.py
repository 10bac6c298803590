"""What a run leaves, to compare runs by and to stop them in the middle."""

import hashlib
import os
import signal
import subprocess
import time
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
DEADLINE_SECONDS = 120

RUNS_OWN = {"run.json", "report/index.html"}
"""They say when a run was made, how long it took and on what."""


def digests(run):
    """SHA-256 of every file of a run by its path, but for those that say how it was made."""
    files = {path.relative_to(run).as_posix(): path for path in run.rglob("*") if path.is_file()}
    return {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items() if name not in RUNS_OWN}


def await_that(process, reached, seconds=DEADLINE_SECONDS):
    """Waits until an audit that is under way has come so far."""
    end = time.monotonic() + seconds
    while not reached():
        said = process.stderr.read() if process.poll() is not None and process.stderr else ""
        assert process.poll() is None, "the run ended before anything could happen to it: " + said
        assert time.monotonic() < end, "the run does not get anywhere"
        time.sleep(0.002)


def blocks_of(run, count):
    """Whether a run has left the records of so many blocks, to be asked again and again."""
    return lambda: len(list(run.glob("records/part-*.jsonl"))) >= count


def await_blocks(process, run, count):
    """Waits until an audit that is under way has left the records of so many blocks."""
    await_that(process, blocks_of(run, count))


def start_and_kill(command, reached, env=None, seconds=DEADLINE_SECONDS):
    """Kills an audit as nobody can refuse once it has come so far."""
    process = subprocess.Popen(
        command, cwd=HOME, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    await_that(process, reached, seconds)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
