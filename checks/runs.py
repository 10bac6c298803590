"""What a run left, to compare runs by."""

import hashlib

RUNS_OWN = {"run.json", "report/index.html"}
"""They say when a run was made, how long it took and on what."""


def digests(run):
    """SHA-256 of every file of a run by its path, but for those that say how it was made."""
    files = {path.relative_to(run).as_posix(): path for path in run.rglob("*") if path.is_file()}
    return {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items() if name not in RUNS_OWN}
