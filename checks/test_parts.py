"""The parts of ./verify: whatever is run at a time, no failure gets lost and nothing stays behind."""

import os
import re
import subprocess
import time
from pathlib import Path

import pytest

PARTS = Path(__file__).resolve().with_name("parts.bash")
FUNCTIONS = """
part good "A good one"
good() { sleep 0.2; echo well; }
part slow "A slow one"
slow() { sleep 0.8; echo slowly; }
part bad "A bad one"
bad() { echo before; false; echo after; }
part piped "One that fails in a pipe"
piped() { false | cat; echo after; }
part unsaid "One that takes what is not set"
unsaid() { echo "$nowhere"; echo after; }
part killed "One that is killed"
killed() { kill -9 $BASHPID; }
part lacking "One that cannot run here"
lacking() { not_run "the moon"; }
part hanging "One that does not end"
hanging() { sleep "$HANGING" & sleep "$HANGING"; }
"""


def script(folder, *lines):
    text = "\n".join(["set -euo pipefail", f". {PARTS} {folder / 'log'}", FUNCTIONS, *lines])
    (folder / "script").write_text(text)
    return ["bash", folder / "script"]


def run(folder, lanes, *lines):
    env = os.environ | {"CAMAUDIT_VERIFY_LANES": str(lanes)}
    done = subprocess.run(script(folder, *lines), capture_output=True, text=True, env=env, timeout=60)
    return done.returncode, done.stdout


@pytest.mark.parametrize("lanes", [1, 2])
def test_all_that_pass_are_shown_in_their_order(tmp_path, lanes):
    code, said = run(tmp_path, lanes, "alone good", "together slow good lacking", "alone good")
    assert code == 0
    assert re.findall(r"^== (.*)|^(well|slowly)$", said, re.MULTILINE) == [
        ("A good one", ""), ("", "well"), ("A slow one", ""), ("", "slowly"), ("A good one", ""), ("", "well"),
        ("One that cannot run here", ""), ("A good one", ""), ("", "well"), ("Seconds", ""),
    ]  # fmt: skip
    assert re.search(r"^ +[012]  A slow one$", said, re.MULTILINE)
    assert "NOT RUN: the moon" in said and said.endswith("every part that ran has passed\n")


@pytest.mark.parametrize("lanes", [1, 2])
@pytest.mark.parametrize("part", ["bad", "piped", "unsaid", "killed"])
@pytest.mark.parametrize("order", ["{} slow good", "slow {} good", "slow good {}"])
def test_one_that_fails_fails_all_and_nothing_is_begun_after_it(tmp_path, lanes, part, order):
    code, said = run(tmp_path, lanes, f"together {order.format(part)}", "alone good", "echo never")
    assert code != 0
    assert not re.search(r"^(after|never)$", said, re.MULTILINE)
    assert "passed" not in said
    assert said.count("== A good one") <= 1
    if lanes == 2:
        assert re.search(r"^-- FAILED with (1|127|137): One|^-- FAILED with 1: A bad one", said, re.MULTILINE)


def test_one_that_fails_alone_ends_the_script(tmp_path):
    for part in ("bad", "piped", "unsaid"):
        code, said = run(tmp_path, 2, f"alone {part} good", "echo never")
        assert code != 0 and "never" not in said and "well" not in said and said.endswith("FAILED\n")


def test_two_run_at_a_time(tmp_path):
    start = time.monotonic()
    code, _ = run(tmp_path, 2, "part other Another", "other() { sleep 5; }", "part third Third", "third() { sleep 5; }",
                  "together other third")  # fmt: skip
    assert code == 0
    assert time.monotonic() - start < 9


def test_what_is_no_part_is_a_failure(tmp_path):
    code, said = run(tmp_path, 2, "part nothing Nothing", "together good nothing")
    assert code != 0 and "FAILED with 127: Nothing" in said


def test_what_is_ended_leaves_nothing_behind(tmp_path):
    hanging = f"{1000000 + os.getpid()}"
    env = os.environ | {"CAMAUDIT_VERIFY_LANES": "2", "HANGING": hanging}
    process = subprocess.Popen(script(tmp_path, "together hanging slow"), stdout=subprocess.PIPE, env=env)
    time.sleep(1)
    assert subprocess.run(["pgrep", "-f", f"^sleep {hanging}"], capture_output=True).stdout
    process.terminate()
    said = process.communicate(timeout=30)[0].decode()
    assert process.returncode == 130
    assert said.endswith("FAILED\n")
    time.sleep(0.5)
    left = subprocess.run(["pgrep", "-f", f"^sleep {hanging}"], capture_output=True, text=True).stdout
    assert left == ""
