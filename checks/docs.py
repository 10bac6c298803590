"""The commands that pages of docs/ show, run as they stand but for the port of a cluster."""

import os
import re
import subprocess
import tempfile
from pathlib import Path

HOME = Path(__file__).resolve().parents[1]
DEADLINE_SECONDS = 300


def block(page, holds):
    """The one block of commands on a page that holds a text."""
    blocks = re.findall(r"^```\n(.*?)^```", (HOME / "docs" / page).read_text(), re.MULTILINE | re.DOTALL)
    (found,) = [each for each in blocks if holds in each]
    return found


def reader(folder):
    """A folder in which a reader's commands do what they do in the project's."""
    folder.mkdir(exist_ok=True)
    for name in ("camaudit", "configs", "demo"):
        if not (folder / name).exists():
            (folder / name).symlink_to(HOME / name)
    return folder


def run(commands, folder, env=None):
    # Output goes to a file: a pipe would be held open by processes that are started and left.
    with tempfile.TemporaryFile("w+") as said:
        done = subprocess.run(
            ["bash", "-euc", commands],
            cwd=folder,
            env=os.environ | (env or {}),
            stdout=said,
            stderr=said,
            timeout=DEADLINE_SECONDS,
        )
        said.seek(0)
        text = said.read()
    assert done.returncode == 0, text
    assert "\tat " not in text, "no stack trace"
    return text
