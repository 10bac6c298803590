"""A run that is killed is gone on with by the same command, and leaves the bytes of an unbroken run."""

import json
import os
import shutil
import signal
import subprocess
from pathlib import Path

import pytest

from runs import DEADLINE_SECONDS, await_blocks, blocks_of, digests, start_and_kill

HOME = Path(__file__).resolve().parent.parent


def command(output, *more):
    # Blocks of two images, so that there is a middle to be killed in.
    return ["./camaudit", "audit", "--model", "demo/model", "--input", "demo/images", "--output", str(output)] + [
        "--batch-size", "2", "--workers", "1", "--regions", "demo/regions.json", *more
    ]  # fmt: skip


def audit(output, *more, env=None):
    return subprocess.run(command(output, *more), cwd=HOME, capture_output=True, text=True, env=env)


@pytest.fixture
def temporary(tmp_path):
    """A folder for temporary files and for what Java writes when it crashes, and the environment that names it."""
    options = f"-Djava.io.tmpdir={tmp_path} -XX:ErrorFile={tmp_path}/hs_err.log"
    options += " " + os.environ.get("CAMAUDIT_JAVA_OPTIONS", "")
    return tmp_path, {**os.environ, "CAMAUDIT_JAVA_OPTIONS": options}


@pytest.fixture(scope="module")
def unbroken(work):
    run = work / "unbroken"
    done = audit(run)
    assert done.returncode == 0, done.stderr
    return run


def test_a_killed_run_goes_on_and_leaves_the_same_bytes(work, unbroken):
    run = work / "killed"
    start_and_kill(command(run), blocks_of(run, 3))
    kept = {file: file.stat().st_mtime_ns for file in run.glob("records/part-*.jsonl")}
    assert 3 <= len(kept) < 55
    start_and_kill(command(run), blocks_of(run, len(kept) + 3))
    again = audit(run)
    assert again.returncode == 0, again.stderr
    assert "going on with a run that was cut off" in again.stderr
    for file, time_ns in kept.items():
        assert file.stat().st_mtime_ns == time_ns, f"{file.name} was computed again"
    assert digests(run) == digests(unbroken)
    summary = json.loads((run / "run.json").read_text())
    assert summary["timing"]["imagesTakenOver"] >= 2 * (len(kept) + 3) - 1
    whole = json.loads((unbroken / "run.json").read_text())
    assert "imagesTakenOver" not in whole["timing"]
    for part in ("counts", "labels", "input"):
        assert summary[part] == whole[part]
    assert not (run / "unfinished").exists()


def test_what_was_to_be_done_with_the_results_is_made_up_for(work, unbroken):
    run = work / "nights/2"
    shutil.copytree(unbroken, work / "nights/1")
    gate = work / "strict.yaml"
    gate.write_text("accuracy: {minimum: 1.0}\n")
    more = ["--prove", "--gate", str(gate), "--keep", "1"]
    start_and_kill(command(run, *more), (run / "run.json").exists)
    assert not any((run / name).exists() for name in ("proof.json", "report", "gate.xml"))
    # What others read is whole already, and who asks for something else is told so.
    assert json.loads((run / "run.json").read_text())["counts"]["OK"] == 109
    other = audit(run, "--targets", "predicted")
    assert other.returncode == 2 and "The run that was cut off in" in other.stderr
    again = audit(run, *more)
    assert again.returncode == 7, again.stderr
    assert "109 of 109 images are done" in again.stderr
    assert all((run / name).exists() for name in ("proof.json", "report/index.html", "gate.xml"))
    assert not any((run / name).exists() for name in ("unfinished", "lock"))
    assert not (work / "nights/1").exists()
    of_results = digests(unbroken)
    kept = digests(run)
    assert {name: kept[name] for name in of_results if not name.startswith("report/")} == {
        name: digest for name, digest in of_results.items() if not name.startswith("report/")
    }
    finished = audit(run, *more)
    assert finished.returncode == 2 and "it holds a finished run" in finished.stderr


def test_a_killed_run_is_not_mixed_with_another(work):
    run = work / "other"
    start_and_kill(command(run), blocks_of(run, 2))
    before = digests(run)
    assert before.pop("lock"), "which nobody holds any more"
    refused = audit(run, "--targets", "predicted")
    assert refused.returncode == 2
    assert "--targets (then [predicted, label], now [predicted])" in refused.stderr
    assert "Exception" not in refused.stderr
    assert digests(run) == before
    anew = audit(run, "--targets", "predicted", "--overwrite")
    assert anew.returncode == 0, anew.stderr
    assert "going on" not in anew.stderr


def test_two_runs_do_not_share_a_folder(work):
    run = work / "shared"
    first = subprocess.Popen(command(run), cwd=HOME, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    await_blocks(first, run, 1)
    first.send_signal(signal.SIGSTOP)  # so that it cannot end meanwhile
    try:
        for more in ([], ["--overwrite"]):
            second = audit(run, *more)
            assert second.returncode == 12, second.stderr
            assert "Another run is under way" in second.stderr
    finally:
        first.send_signal(signal.SIGCONT)
    assert first.wait(DEADLINE_SECONDS) == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_told_to_end_does_so_cleanly(work, temporary, number):
    folder, env = temporary
    run = work / number.name

    def heeds_signals():
        """Tests that are started in the background may have been told not to, and so would what they start."""
        signal.signal(number, signal.SIG_DFL)

    process = subprocess.Popen(
        command(run), cwd=HOME, env=env, stderr=subprocess.PIPE, text=True, preexec_fn=heeds_signals
    )
    await_blocks(process, run, 3)
    process.send_signal(number)
    _, said = process.communicate(timeout=DEADLINE_SECONDS)
    assert process.returncode == 128 + number, said
    assert "Exception" not in said
    assert not list(folder.iterdir())


def test_what_a_killed_run_left_of_temporary_files_is_removed_by_the_next(work, temporary):
    folder, env = temporary
    run = work / "left"
    start_and_kill(command(run), blocks_of(run, 1), env)
    # Beside it lies what libraries unpack for themselves, and remove unless they are killed.
    (left,) = folder.glob("camaudit-*")
    alive = subprocess.Popen(command(work / "alive"), cwd=HOME, env=env, stderr=subprocess.DEVNULL)
    await_blocks(alive, work / "alive", 1)
    alive.send_signal(signal.SIGSTOP)
    try:
        (its,) = folder.glob("camaudit-*")
        assert its != left
        again = audit(run, env=env)
        assert again.returncode == 0, again.stderr
        assert list(folder.glob("camaudit-*")) == [its]
    finally:
        alive.send_signal(signal.SIGCONT)
    assert alive.wait(DEADLINE_SECONDS) == 0
    assert not list(folder.glob("camaudit-*"))
