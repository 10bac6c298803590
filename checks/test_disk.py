"""A disk that fills up, permission that is taken away and a folder that is deleted, all in the middle of a run.

The run ends with one sentence and its exit code, what was written is whole, and the same command goes on from there to
the bytes of an unbroken run.
"""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from runs import await_blocks, digests

HOME = Path(__file__).resolve().parent.parent
CANNOT_WRITE = 6
DEADLINE_SECONDS = 120


def command(output):
    # Blocks of two images, so that there is a middle to fail in.
    return ["./camaudit", "audit", "--model", "demo/model", "--input", "demo/images", "--output", str(output)] + [
        "--batch-size", "2", "--workers", "2", "--no-page"
    ]  # fmt: skip


def audit(output):
    return subprocess.run(command(output), cwd=HOME, capture_output=True, text=True, timeout=300)


@pytest.fixture(scope="module")
def unbroken(work):
    run = work / "unbroken"
    shutil.rmtree(run, ignore_errors=True)
    done = audit(run)
    assert done.returncode == 0, done.stderr
    return run


def start(output, blocks):
    """An audit that has left so many blocks."""
    process = subprocess.Popen(command(output), cwd=HOME, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    await_blocks(process, output, blocks)
    return process


def assert_clear_end(code, stderr):
    own = [line for line in stderr.splitlines() if line.startswith("camaudit: ")]
    assert code == CANNOT_WRITE, stderr
    assert own[-1].startswith(("camaudit: Cannot write ", "camaudit: Cannot copy ")), stderr
    assert "\tat " not in stderr, stderr


def assert_whole(run):
    """Every file that is there can be read to its end, and no half one has a name that counts."""
    reports = list(run.glob("reports/*/*.json"))
    records = list(run.glob("records/part-*.jsonl"))
    for file in reports:
        json.loads(file.read_text())
    for file in records:
        assert file.read_text().endswith("\n")
        [json.loads(line) for line in file.read_text().splitlines()]
    assert not (run / "run.json").exists()
    return len(records)


def assert_goes_on(run, unbroken, blocks):
    done = audit(run)
    assert done.returncode == 0, done.stderr
    if blocks:
        assert "going on with a run that was cut off" in done.stderr
    assert digests(run) == digests(unbroken)


@pytest.fixture
def small_disk(work):
    """A file system in memory of a given size; needs the right to mount one."""
    place = work / "disk"
    place.mkdir(exist_ok=True)
    subprocess.run(["umount", place], capture_output=True)

    def mount(megabytes, *more):
        options = ",".join([f"size={megabytes}m", *more])
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", place], capture_output=True, text=True)
        if done.returncode:
            pytest.skip("NOT RUN: no file system can be mounted here: " + done.stderr.strip())
        return place

    yield mount
    subprocess.run(["umount", "-l", place], capture_output=True)


def test_a_disk_that_fills_up_ends_the_run_and_more_room_lets_it_go_on(small_disk, unbroken):
    size = sum(path.stat().st_size for path in unbroken.rglob("*") if path.is_file())
    place = small_disk(max(1, size // 2 // 2**20))
    run = place / "run"
    done = audit(run)
    assert_clear_end(done.returncode, done.stderr)
    assert "No space left on device" in done.stderr
    blocks = assert_whole(run)
    assert blocks > 0
    again = audit(run)
    assert_clear_end(again.returncode, again.stderr)
    subprocess.run(["mount", "-o", f"remount,size={4 * size // 2**20 + 64}m", place], check=True)
    assert_goes_on(run, unbroken, blocks)


def test_a_temporary_folder_that_fills_up_is_named(small_disk, work):
    place = small_disk(1)
    (place / "ballast").write_bytes(bytes(2**20 - 2**15))
    env = os.environ | {"CAMAUDIT_JAVA_OPTIONS": f"-Djava.io.tmpdir={place}"}
    run = work / "no-room"
    done = subprocess.run(command(run), cwd=HOME, env=env, capture_output=True, text=True, timeout=300)
    assert done.returncode == CANNOT_WRITE, done.stderr
    assert f"No room is left in the temporary folder {place}: make some, or name another" in done.stderr
    assert "\tat " not in done.stderr and not run.exists()


def test_permission_that_is_taken_away_ends_the_run_and_given_back_lets_it_go_on(work, unbroken):
    run = work / "immutable"
    subprocess.run(["chattr", "-R", "-i", run], capture_output=True)
    shutil.rmtree(run, ignore_errors=True)
    process = start(run, blocks=2)
    if os.geteuid() == 0:  # permissions do not bind the superuser
        taken = subprocess.run(["chattr", "+i", run / "records"], capture_output=True, text=True)
        if taken.returncode:
            process.kill()
            pytest.skip("NOT RUN: folders cannot be made immutable here: " + taken.stderr.strip())
    else:
        (run / "records").chmod(0o500)
    _, stderr = process.communicate(timeout=DEADLINE_SECONDS)
    if os.geteuid() == 0:
        subprocess.run(["chattr", "-i", run / "records"], check=True)
    else:
        (run / "records").chmod(0o700)
    assert_clear_end(process.returncode, stderr)
    assert_goes_on(run, unbroken, assert_whole(run))


def test_a_disk_that_turns_read_only_ends_the_run(small_disk, unbroken):
    run = small_disk(512) / "run"
    process = start(run, blocks=2)
    # The disk itself cannot be made read-only while a run holds its lock there, but what is seen of it from now on.
    subprocess.run(["mount", "--bind", run.parent, run.parent], check=True)
    subprocess.run(["mount", "-o", "remount,bind,ro", run.parent], check=True)
    _, stderr = process.communicate(timeout=DEADLINE_SECONDS)
    subprocess.run(["umount", run.parent], check=True)
    assert_clear_end(process.returncode, stderr)
    assert "Read-only file system" in stderr
    assert_goes_on(run, unbroken, assert_whole(run))


def test_a_folder_that_is_deleted_ends_the_run_and_the_same_command_makes_it_anew(work, unbroken):
    run = work / "deleted"
    shutil.rmtree(run, ignore_errors=True)
    process = start(run, blocks=2)
    moved = work / "moved"
    shutil.rmtree(moved, ignore_errors=True)
    run.rename(moved)  # at once and whole, as no deletion is while files are still being made
    _, stderr = process.communicate(timeout=DEADLINE_SECONDS)
    assert process.returncode == CANNOT_WRITE, stderr
    assert "\tat " not in stderr, stderr
    # What was made after that is no run, and stands in nobody's way.
    shutil.rmtree(run, ignore_errors=True)
    assert_goes_on(run, unbroken, 0)
    # What was there is whole, and goes on where it is; a file that was being written had nobody left to remove it.
    for temporary in moved.rglob(".*.tmp"):
        temporary.unlink()
    assert_goes_on(moved, unbroken, assert_whole(moved))
