"""Broken pictures of all formats through the whole program: each has a status, and nobody reads native remarks.

300 of them, or as many as `--pictures 10000` says; with thousands, memory has a limit.
"""

import json
import os
import random
import re
import socket
import subprocess
import threading
from collections import Counter
from pathlib import Path

import pytest
from PIL import Image

HOME = Path(__file__).resolve().parent.parent
MODEL = HOME / "savedmodel/src/test/resources/tiny-model"
CORPUS = HOME / "pipeline/src/test/resources/io/camaudit/image/corpus"
SEED = 20261126
SECONDS_EACH = 2
ENOUGH_TO_SEE_MEMORY_GROW = 5000
MOST_MEMORY = 1_700_000_000
"""Java's heap of a gigabyte, and the model and decoders beside it. The more pictures, the more broken headers that mean
large ones, for which the heap grows to its limit; what leaked 40 kB a picture would pass it."""
OWN_LINE = re.compile(r"camaudit: |[\d,]+/[\d,]+ images \(\d+ %\), ")


def whole_pictures(work):
    """The corpus, and photographs of the size that people have in what they have most."""
    noise = Image.effect_noise((1200, 900), 60)
    picture = Image.merge("RGB", [noise, noise.rotate(90).resize(noise.size), noise.rotate(180)])
    made = []
    for name, options in [
        ("large.jpg", {"quality": 90}),
        ("progressive.jpg", {"quality": 80, "progressive": True}),
        ("large.png", {}),
        ("large.webp", {"quality": 80}),
        ("large.tif", {"compression": "tiff_lzw"}),
        ("large.gif", {}),
        ("large.bmp", {}),
    ]:
        picture.save(work / name, **options)
        made.append((work / name).read_bytes())
    corpus = [file.read_bytes() for file in sorted(CORPUS.iterdir()) if file.suffix != ".json"]
    return made * 8 + [content for content in corpus if content]


def broken(content, others, chance):
    """Bits flipped, cut off, zeroed, or with another file's header or middle."""
    data = bytearray(content)
    match chance.randrange(5):
        case 0:
            for _ in range(chance.randint(1, 12)):
                data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        case 1:
            del data[chance.randrange(len(data)) :]
        case 2:
            start = chance.randrange(len(data))
            end = min(len(data), start + chance.randint(1, 4096))
            data[start:end] = bytes(end - start)
        case 3:
            other = chance.choice(others)
            length = chance.randrange(min(len(data), len(other), 2048) + 1)
            data[:length] = other[:length]
        case _:
            other = chance.choice(others)
            start = chance.randrange(len(data))
            data[start:start] = other[: chance.randint(1, 4096)]
    return bytes(data)


@pytest.fixture(scope="module")
def pictures(work, request):
    whole = whole_pictures(work)
    folder = work / "pictures"
    folder.mkdir(exist_ok=True)
    count = request.config.getoption("--pictures")
    for number in range(count):
        chance = random.Random(SEED * 1_000_003 + number)
        (folder / f"{number:05d}.jpg").write_bytes(broken(chance.choice(whole), whole, chance))
    return folder, count


def own_lines_only(text):
    return [line for line in text.splitlines() if line and not OWN_LINE.match(line)]


def audit(folder, run, count):
    """Audits so many pictures; what was said, and the most memory that the process had, in bytes."""
    said = run.with_suffix(".said")
    with said.open("w") as err:
        process = subprocess.Popen(
            [HOME / "camaudit", "audit", "--model", MODEL, "--input", folder, "--output", run, "--overwrite"]
            + ["--max-failures", "100%", "--no-page", "--workers", "2"],
            stdout=subprocess.DEVNULL, stderr=err,
        )  # fmt: skip
        too_long = threading.Timer(120 + SECONDS_EACH * count, process.kill)
        too_long.start()
        _, status, usage = os.wait4(process.pid, 0)
        too_long.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
    text = said.read_text(errors="replace")
    assert process.returncode == 0, text
    return text, usage.ru_maxrss * 1024


def records(run):
    for part in sorted(run.glob("records/part-*.jsonl")):
        with part.open() as lines:
            yield from map(json.loads, lines)


def test_each_broken_picture_has_a_status_and_the_terminal_stays_readable(work, pictures):
    folder, count = pictures
    run = work / "run"
    said, memory = audit(folder, run, count)
    assert own_lines_only(said) == []
    counts = json.loads((run / "run.json").read_text())["counts"]
    assert sum(counts.values()) == count
    assert counts["INTERNAL_ERROR"] == 0
    statuses = {record["image"]: record["status"] for record in records(run)}
    assert sorted(statuses) == sorted(os.listdir(folder))
    assert Counter(statuses.values()) == {status: found for status, found in counts.items() if found}
    # Neither all good nor all bad, else nothing was tried.
    assert counts["CORRUPT"] > count / 5 and counts["OK"] + counts["EMPTY_MAP"] > count / 20
    if count >= ENOUGH_TO_SEE_MEMORY_GROW:
        tenth = work / "tenth"
        tenth.mkdir(exist_ok=True)
        for name in sorted(os.listdir(folder))[: count // 10]:
            os.link(folder / name, tenth / name)
        _, before = audit(tenth, work / "run-tenth", count // 10)
        print(f"statuses: {dict(sorted(counts.items()))}")
        print(f"peak memory of {count}: {memory / 1e6:.0f} MB, of {count // 10}: {before / 1e6:.0f} MB")
        assert memory <= MOST_MEMORY


def test_explaining_broken_jpegs_says_what_is_wrong_and_no_more(work, pictures):
    whole = (work / "large.jpg").read_bytes()
    damaged = {
        "cut.jpg": whole[: len(whole) // 2],
        "table.jpg": whole.replace(b"\xff\xc4", b"\xff\xc4\x00", 1),
        "ended.jpg": whole[: len(whole) // 2] + b"\xff\xd9",
        "more.jpg": whole[:-2] + b"\x12\x34" + whole[-2:],
    }
    files = []
    for name, content in damaged.items():
        file = work / name
        file.write_bytes(content)
        files.append(file)
    done = subprocess.run(
        [HOME / "camaudit", "explain", "--model", MODEL, "--output", work / "explained", *files],
        capture_output=True, text=True, errors="replace", timeout=120,
    )  # fmt: skip
    assert done.returncode == 5
    assert own_lines_only(done.stderr) == []
    for name in ["cut.jpg", "table.jpg", "ended.jpg"]:
        assert f"{name}: CORRUPT, " in done.stdout
    assert "more.jpg\n" in done.stdout, "bytes between the picture and its end are no damage"


def test_what_is_no_file_is_a_status_and_never_waited_for(work):
    folder = work / "special"
    folder.mkdir(exist_ok=True)
    (folder / "good.jpg").write_bytes((CORPUS / "q95-s0.jpg").read_bytes())
    (folder / "folder.jpg").mkdir(exist_ok=True)
    names = ["pipe.jpg", "socket.jpg", "device.jpg", "itself.jpg"]
    for name in names:
        (folder / name).unlink(missing_ok=True)
    os.mkfifo(folder / "pipe.jpg")
    here = os.getcwd()
    os.chdir(folder)  # an address of a socket may have a hundred bytes
    listening = socket.socket(socket.AF_UNIX)
    listening.bind("socket.jpg")
    os.chdir(here)
    (folder / "device.jpg").symlink_to("/dev/zero")
    (folder / "itself.jpg").symlink_to("itself.jpg")
    done = subprocess.run(
        [HOME / "camaudit", "audit", "--model", MODEL, "--input", folder, "--output", work / "special-run"]
        + ["--overwrite", "--max-failures", "100%", "--no-page"],
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    failures = {
        line["image"]: line for line in map(json.loads, (work / "special-run/failures.jsonl").read_text().splitlines())
    }
    assert all(line["status"] == "UNREADABLE" for line in failures.values())
    assert "pipe.jpg" in failures and "socket.jpg" in failures


@pytest.mark.parametrize("option", ["--input", "--regions", "--config", "--gate", "--region-mapping"])
def test_a_pipe_where_a_file_is_wanted_is_refused_in_one_sentence(work, option):
    names = {"--input": "list.csv", "--regions": "regions.json", "--config": "config.yaml", "--gate": "gate.yaml"}
    pipe = work / ("pipe-" + names.get(option, "mapping.csv"))
    pipe.unlink(missing_ok=True)
    os.mkfifo(pipe)
    command = [HOME / "camaudit", "audit", "--model", MODEL, "--output", work / "none", option, pipe]
    if option != "--input":
        command += ["--input", HOME / "demo/images"]
    if option == "--region-mapping":
        command += ["--regions", HOME / "demo/regions.json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2, done.stderr
    assert pipe.name in done.stderr and "no regular file" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not (work / "none").exists()


def test_results_and_messages_share_a_file(tmp_path):
    """As in `camaudit … > log 2>&1`: neither is written over the other."""
    (tmp_path / "images").mkdir()
    Image.effect_noise((64, 64), 60).convert("RGB").save(tmp_path / "images/noise.png")
    (tmp_path / "images/notes.txt").write_text("no image")
    command = [HOME / "camaudit", "audit", "--model", MODEL, "--input", tmp_path / "images"]
    command += ["--output", tmp_path / "run", "--no-page"]
    with (tmp_path / "log").open("w") as both:
        both.write("before\n")
        both.flush()
        subprocess.run(command, stdout=both, stderr=both, cwd=HOME, check=True)
    text = (tmp_path / "log").read_text()
    assert text.startswith("before\ncamaudit: input: ")
    assert "1 images in " in text and text.rstrip().endswith(f"Written to {tmp_path / 'run'}")
