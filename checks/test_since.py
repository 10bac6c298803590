"""An audit that takes over what has not changed leaves the bytes of one that computes everything."""

import json
import os
import re
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from runs import blocks_of, digests, start_and_kill

HOME = Path(__file__).resolve().parent.parent
BEFORE = 110
NEW, CHANGED, GONE = 3, 3, 3
"""What change() does to the photographs; renamed is one gone and one new."""
UNCHANGED = BEFORE - GONE - CHANGED


def command(work, output, *more, photos="photos"):
    # Blocks of few images, so that what is taken over lies across the earlier ones.
    regions = ["--regions", work / "regions.json"]
    command = ["./camaudit", "audit", "--model", "demo/model", "--input", work / photos, "--output", output]
    return [*map(str, [*command, *regions, "--batch-size", 4, "--workers", 2, *more])]


def audit(work, output, *more, code=0, photos="photos"):
    done = subprocess.run(command(work, output, *more, photos=photos), cwd=HOME, capture_output=True, text=True)
    assert done.returncode == code, done.stderr
    assert "Exception" not in done.stderr
    return done


def summary(run):
    return json.loads((run / "run.json").read_text())


def assert_same(run, full, but=()):
    mine, wanted = digests(run), digests(full)
    assert mine.keys() == wanted.keys()
    assert [name for name in mine if mine[name] != wanted[name] and name not in but] == []
    for part in ("counts", "labels", "input", "options", "regionProblems"):
        assert summary(run)[part] == summary(full)[part]


def change(photos, regions):
    house = sorted((photos / "house").glob("house*"))
    balloon = sorted((photos / "balloon").glob("balloon*"))
    shutil.copy(balloon[0], photos / "balloon/a-new-one.jpg")  # sorts first
    shutil.copy(house[0], photos / "sailboat/zz-new.jpg")  # sorts last
    house[4].rename(photos / "balloon" / house[4].name)
    balloon[1].unlink()
    balloon[2].unlink()
    shutil.copy(house[1], house[2])  # other bytes
    os.utime(house[3], (1_700_000_000, 1_700_000_000))  # another time
    annotations = json.loads(regions.read_text())
    image = next(each["id"] for each in annotations["images"] if each["file_name"] == f"house/{house[5].name}")
    moved = [each for each in annotations["annotations"] if each["image_id"] == image]
    assert moved
    for each in moved:
        each["segmentation"] = [[x + 7 for x in ring] for ring in each["segmentation"]]
    regions.write_text(json.dumps(annotations))


@pytest.fixture(scope="module")
def earlier(work):
    shutil.copytree(HOME / "demo/images", work / "photos")
    shutil.copy(HOME / "demo/regions.json", work / "regions.json")
    (work / "photos/house/broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 no more than a beginning")
    audit(work, work / "earlier")
    assert summary(work / "earlier")["input"]["matched"] == BEFORE
    return work / "earlier"


@pytest.fixture(scope="module")
def full(work, earlier):
    change(work / "photos", work / "regions.json")
    audit(work, work / "full")
    return work / "full"


def test_what_changed_is_computed_and_the_rest_taken_over(work, earlier, full):
    run = work / "since"
    told = audit(work, run, "--since", earlier).stderr
    assert f"taking over {UNCHANGED} of 110 images from {earlier}; 6 are new or have changed, 3 are gone" in told
    assert_same(run, full)
    assert "since" not in summary(full)
    assert summary(run)["since"] == {
        "run": str(earlier),
        "takenOver": UNCHANGED,
        "computed": NEW + CHANGED,
        "dropped": GONE,
    }
    mine = {file.name: file.stat().st_ino for file in (run / "overlays").rglob("*.jpg")}
    before = {file.name: file.stat().st_ino for file in (earlier / "overlays").rglob("*.jpg")}
    shared = [name for name, inode in mine.items() if before.get(name) == inode]
    assert len(mine) - 20 < len(shared) < len(mine)
    # The taken over overlays stay when the earlier run goes, and a run of a run of a run is as good.
    shutil.copytree(run, work / "second")
    third = work / "third"
    audit(work, third, "--since", work / "second")
    shutil.rmtree(work / "second")
    assert_same(third, full)
    assert summary(third)["since"]["computed"] == 0


def test_verbose_says_each_block_on_a_dated_line(work, earlier, full):
    told = audit(work, work / "verbose", "--since", earlier, "--verbose", "--no-page").stderr
    lines = [line for line in told.splitlines() if " is done: " in line]
    assert len(lines) == len(list((full / "records").iterdir()))
    form = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\S+ INFO BlockExplainer - "
    form += r"block \d+ is done: (\d+) images, (\d+) of them taken over, \d+ failed, in \d+\.\d s"
    found = [re.fullmatch(form, line) for line in lines]
    assert all(found), lines
    assert sum(int(each[2]) for each in found) == UNCHANGED


def test_flink_takes_over_the_same(work, earlier, full):
    run = work / "flink"
    audit(work, run, "--since", earlier, "--runner", "flink")
    assert_same(run, full)
    assert summary(run)["since"]["takenOver"] == UNCHANGED


def test_a_killed_run_goes_on_and_takes_over(work, earlier, full):
    for folder in ("butterfly", "fish", "mushroom"):
        for photo in (work / "photos" / folder).iterdir():
            os.utime(photo, (1_700_000_000, 1_700_000_000))
    run = work / "killed"
    start_and_kill(command(work, run, "--since", earlier), blocks_of(run, 12))
    kept = len(list(run.glob("records/part-*.jsonl")))
    assert 12 <= kept < 28
    told = audit(work, run, "--since", earlier).stderr
    assert "going on with a run that was cut off" in told
    assert_same(run, full, but={"listing.jsonl"})
    since = summary(run)["since"]
    touched = 58
    assert (since["takenOver"], since["computed"]) == (UNCHANGED - touched, NEW + CHANGED + touched)
    assert not (run / "unfinished").exists()


def test_a_run_that_differs_is_said_and_nothing_is_taken_over(work, earlier):
    run = work / "other-targets"
    told = audit(work, run, "--since", earlier, "--targets", "predicted", photos="photos/house").stderr
    assert f"nothing is taken over from {earlier}, which differs in" in told
    assert "--targets (then [predicted, label], now [predicted])" in told
    since = summary(run)["since"]
    assert since["takenOver"] == 0
    assert "--targets (then [predicted, label], now [predicted])" in since["differences"]


def test_a_damaged_listing_of_the_earlier_run_costs_what_would_be_taken_over(work, earlier):
    damaged = work / "damaged"
    shutil.copytree(earlier, damaged)
    listing = (damaged / "listing.jsonl").read_bytes()
    (damaged / "listing.jsonl").write_bytes(listing[: listing.rindex(b"{") + 20])
    done = audit(work, work / "all-computed", "--since", damaged)
    assert f"nothing is taken over from {damaged}, whose listing.jsonl is damaged" in done.stderr
    since = summary(work / "all-computed")["since"]
    assert since["takenOver"] == 0 and "dropped" not in since


def test_what_cannot_be_meant_is_refused_before_anything_is_computed(work, earlier):
    wrong = [
        (["--since", work / "nowhere"], "holds no finished run"),
        (["--since", work / "refused"], "is the output folder itself"),
        (["--keep", "0"], "--keep 0: must be at least 1"),
    ]
    for options, sentence in wrong:
        assert sentence in audit(work, work / "refused", *options, code=2).stderr
        assert not (work / "refused").exists()


def test_a_folder_of_runs_is_kept_short(work, earlier):
    nights = work / "nights"

    def night(name, *more):
        time.sleep(1.1)  # runs say their start to the second
        return audit(work, nights / name, "--since", "latest", *more, "--no-page", photos="photos/house")

    def runs():
        return sorted(each.name for each in nights.iterdir())

    assert "no finished run lies beside" in night("1").stderr
    (nights / "notes").mkdir()
    (nights / "notes/run.json").write_text("{}")
    (nights / "cut-off/unfinished").mkdir(parents=True)
    (nights / "link").symlink_to("1")
    others = ["cut-off", "link", "notes"]
    assert f"from {nights}/1;" in night("2", "--keep", "2").stderr
    assert runs() == ["1", "2", *others]
    (nights / "damaged").mkdir()
    (nights / "damaged/run.json").write_text('{"tool": {"na')
    third = night("3", "--keep", "2").stderr
    assert f"from {nights}/2;" in third
    assert f"run.json that is damaged or may not be read: {nights}/damaged; make these" in third
    assert f"left alone, since a run is at work there or was cut off: {nights}/cut-off;" in third
    shutil.rmtree(nights / "damaged")
    assert runs() == ["2", "3", *others]
    # The run that is taken over from is needed whatever its age; and what is not a run's stays.
    (nights / "3/mine.txt").write_text("mine")
    fourth = audit(work, nights / "4", "--since", nights / "2", "--keep", "1", "--no-page", photos="photos/house")
    assert f"Removed, to keep 1 run: {nights}/3 (but for other files)" in fourth.stdout
    assert runs() == ["2", "3", "4", *others]
    assert [each.name for each in (nights / "3").iterdir()] == ["mine.txt"]
    assert_same(nights / "4", nights / "2")
    # One that was cut off with its results whole is taken over from, and not removed.
    (nights / "4/unfinished").mkdir()
    fifth = night("5", "--keep", "1")
    assert f"from {nights}/4;" in fifth.stderr and f"{nights}/4, {nights}/cut-off;" in fifth.stderr
    assert runs() == ["3", "4", "5", *others]
