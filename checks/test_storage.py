"""Audits of images, models and regions on S3 and HDFS servers that are started here, with their run folders there."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

import docs
from runs import digests
from servers import Hdfs, Proxy, S3Server
from test_flink import Cluster

HOME = Path(__file__).resolve().parents[1]
DEADLINE_SECONDS = 300
IMAGES = 18
# Blocks of two images, so that there is a middle to be killed in.
SMALL_BLOCKS = ["--batch-size", "2", "--workers", "1"]


@pytest.fixture(scope="module")
def data(work):
    """Some of the demo's photographs, its regions and its model, as they are uploaded everywhere."""
    data = work / "data"
    for image in sorted((HOME / "demo/images").rglob("*.jpg"))[::6][:IMAGES]:
        to = data / "images" / image.relative_to(HOME / "demo/images")
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(image, to)
    shutil.copytree(HOME / "demo/model", data / "model")
    shutil.copyfile(HOME / "demo/regions.json", data / "regions.json")
    return data


class Program:
    """The program with the variables of a server; keeps all that it says."""

    def __init__(self, work, variables):
        without = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
        self.env = without | {"CAMAUDIT_CACHE": str(work / "cache"), "AWS_EC2_METADATA_DISABLED": "true"} | variables
        self.said = []

    def __call__(self, *arguments, code=0, variables=None):
        done = subprocess.run(
            [HOME / "camaudit", *map(str, arguments)],
            cwd=HOME,
            env=self.env | (variables or {}),
            capture_output=True,
            text=True,
            timeout=DEADLINE_SECONDS,
        )
        self.said += [done.stdout, done.stderr]
        assert done.returncode == code, done.stdout + done.stderr
        assert "\tat " not in done.stderr, "no stack trace"
        return done

    def begin(self, arguments, said):
        """Starts a command and leaves it; what it says is in a file."""
        with open(said, "w") as both:
            return subprocess.Popen(
                [HOME / "camaudit", *map(str, arguments)], cwd=HOME, env=self.env, stdout=both, stderr=both
            )

    def kill(self, arguments, blocks):
        """Starts a command, and kills it once blocks() says that it is in the middle."""
        process = subprocess.Popen(
            [HOME / "camaudit", *map(str, arguments)],
            cwd=HOME,
            env=self.env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        end = time.monotonic() + DEADLINE_SECONDS
        while not blocks():
            assert process.poll() is None, "the run ended before it could be killed"
            assert time.monotonic() < end, "the run does not get anywhere"
            time.sleep(0.02)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def audit(root, output, *more):
    return ["audit", "--model", f"{root}/model", "--input", f"{root}/images", "--regions", f"{root}/regions.json"] + [
        "--output", output, *SMALL_BLOCKS, *more
    ]  # fmt: skip


@pytest.fixture(scope="module")
def local(work, data):
    run = work / "local"
    Program(work, {})(*audit(data, run))
    return run


def results(run):
    """Every file but the listing, which says where images lie and when they were written."""
    return {name: digest for name, digest in digests(run).items() if name != "listing.jsonl"}


def names_no_secret(folder, program, secret):
    texts = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    assert all(secret.encode() not in text for text in texts + [said.encode() for said in program.said])


@contextlib.contextmanager
def passing_on(server, rule=lambda method, path: None):
    proxy = Proxy(server.port, rule)
    try:
        yield proxy
    finally:
        proxy.stop()


# S3


def test_no_server_is_asked_for_a_region_where_nothing_lies_on_s3(work, data):
    asked = []

    class Metadata(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        do_PUT = do_GET

        def log_message(self, *arguments):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Metadata) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        program = Program(work, {})
        del program.env["AWS_EC2_METADATA_DISABLED"]
        program.env["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = f"http://127.0.0.1:{server.server_port}"
        program("audit", "--model", data / "model", "--input", data / "images", "--output", work / "unasked")
        assert asked == []
        # That the server would be asked, the same command shows with an address on S3.
        program(
            "audit", "--model", data / "model", "--input", "s3://nowhere/images", "--output", work / "asked", code=2
        )
        assert asked
        server.shutdown()


@pytest.fixture(scope="module")
def s3(work, data):
    server = S3Server(work / "s3")
    shutil.copytree(data, server.buckets / "bucket")
    yield server
    server.stop()


@pytest.fixture(scope="module")
def on_s3(work, s3):
    return Program(work, s3.variables())


@pytest.fixture(scope="module")
def s3_run(s3, on_s3):
    """A run that was killed and gone on with; all of it on S3."""
    run = s3.buckets / "bucket/run"
    command = audit("s3://bucket", "s3://bucket/run")
    on_s3.kill(command, lambda: len(list(run.glob("records/part-*.jsonl"))) >= 3)
    done = on_s3(*command)
    assert "going on with a run that was cut off" in done.stderr
    return run


def test_a_killed_run_on_s3_goes_on_and_leaves_the_bytes_of_a_local_run(s3_run, local):
    assert results(s3_run) == results(local)
    assert not (s3_run / "unfinished").exists()


def test_the_summary_names_addresses_and_no_secret(s3, on_s3, s3_run):
    summary = json.loads((s3_run / "run.json").read_text())
    assert summary["input"]["location"] == "s3://bucket/images"
    assert summary["model"]["path"] == "s3://bucket/model"
    assert summary["timing"]["imagesTakenOver"] >= 4
    assert summary["timing"]["storageRetries"] == 0
    names_no_secret(s3_run, on_s3, s3.SECRET)


def test_report_diff_and_gate_on_s3(s3, on_s3, s3_run, local, work):
    page = digests(s3_run / "report")
    shutil.rmtree(s3_run / "report")
    on_s3("report", "s3://bucket/run")
    assert digests(s3_run / "report").keys() == page.keys()
    on_s3("diff", "s3://bucket/run", local, "--output", "s3://bucket/diff")
    difference = json.loads((s3.buckets / "bucket/diff/diff.json").read_text())
    assert difference["images"]["compared"] == IMAGES
    assert (s3.buckets / "bucket/diff/index.html").exists()
    gate = work / "gate.yaml"
    gate.write_text("failures: {maximum: 0}\n")
    on_s3("gate", "s3://bucket/run", "--gate", gate)
    assert (s3_run / "gate.xml").exists()


def test_a_run_on_s3_can_be_proved_there(s3, on_s3, s3_run, local, work):
    # What the gate of another test may have left is no part of it.
    shutil.copytree(s3_run, s3.buckets / "bucket/proved", ignore=shutil.ignore_patterns("gate.xml"))
    on_s3("prove", "s3://bucket/proved", "--prove-images", 2)
    shutil.copytree(local, work / "proved")
    Program(work, {})("prove", work / "proved", "--prove-images", 2)
    found = results(s3.buckets / "bucket/proved")
    assert {"proof.json", "proof/answers.jsonl", "proof/answers.parquet"} <= found.keys()
    assert found == results(work / "proved")


def test_an_image_costs_one_request_and_its_files_can_be_left_out(work, s3, data):
    with passing_on(s3) as proxy:
        program = Program(work, s3.variables(proxy.port))
        few = ["--overlays", "wrong", "--no-reports", "--no-page"]
        program(*audit("s3://bucket", "s3://bucket/few", *few))
    asked = [(method, path) for method, path in proxy.requests if path.startswith("/bucket/images/")]
    assert len(asked) == len(set(asked)) == IMAGES
    assert {method for method, _ in asked} == {"GET"}
    # The listing itself, and once for matching it to the regions; workers read what the run has written.
    assert len([path for _, path in proxy.requests if "list-type=2" in path and "prefix=images/" in path]) == 2
    under = ("/bucket/few/overlays/", "/bucket/few/records/")
    written = [(method, path) for method, path in proxy.requests if path.startswith(under)]
    puts = [path for method, path in written if method == "PUT"]
    assert len(puts) == len(set(puts)) > 1
    assert not [path for _, path in written if "upload" in path.lower()], "short files need no upload in parts"
    run = s3.buckets / "bucket/few"
    reports = [json.loads(line) for part in sorted(run.glob("records/*.jsonl")) for line in part.open()]
    drawn = {overlay["overlay"] for report in reports for overlay in report["explanations"] if overlay.get("overlay")}
    assert drawn == {path.relative_to(run).as_posix() for path in run.rglob("overlays/**/*.jpg")}
    assert {report["correct"] for report in reports if report["explanations"][0].get("overlay")} <= {False}
    assert not (run / "reports").exists()
    program = Program(work, s3.variables())
    program("report", "s3://bucket/few")
    assert (run / "report/index.html").exists()


def test_nights_on_s3_take_over_from_the_newest_run_and_are_kept_few(s3, on_s3, data):
    bucket = s3.buckets / "bucket"
    shutil.copytree(data / "images", bucket / "night-photos")

    def night(name, *more):
        command = audit("s3://bucket", f"s3://bucket/nights/{name}", "--since", "latest", "--no-page", *more)
        command[command.index("--input") + 1] = "s3://bucket/night-photos"
        return on_s3(*command)

    assert "no finished run lies beside s3://bucket/nights/2 yet" in night("2").stderr
    # An older run, one that is at work, and what is none.
    shutil.copytree(bucket / "nights/2", bucket / "nights/1")
    summary = json.loads((bucket / "nights/1/run.json").read_text())
    summary["timing"]["startedAt"] = "2020-01-01T00:00:00Z"
    (bucket / "nights/1/run.json").write_text(json.dumps(summary))
    shutil.copytree(bucket / "nights/1", bucket / "nights/at-work")
    (bucket / "nights/at-work/unfinished").mkdir()
    (bucket / "nights/at-work/unfinished/run.json").write_text("{}")
    (bucket / "nights/notes").mkdir()
    (bucket / "nights/notes/notes.txt").write_text("mine")
    first, second = sorted((bucket / "night-photos").rglob("*.jpg"))[:2]
    shutil.copyfile(second, first)
    said = night("3", "--keep", "1")
    assert f"taking over {IMAGES - 1} of {IMAGES} images from s3://bucket/nights/2; 1 are new" in said.stderr
    assert "Removed, to keep 1 run: s3://bucket/nights/1\n" in said.stdout
    assert "left alone, since a run is at work there or was cut off: s3://bucket/nights/at-work;" in said.stderr
    assert not [path for path in (bucket / "nights/1").rglob("*") if path.is_file()]
    for kept in ("2/run.json", "3/run.json", "at-work/run.json", "notes/notes.txt"):
        assert (bucket / "nights" / kept).exists()
    ours, theirs = digests(bucket / "nights/3/overlays"), digests(bucket / "nights/2/overlays")
    assert 1 <= len(ours.items() - theirs.items()) <= 2


def test_runs_that_cannot_be_looked_for_are_not_taken_for_gone(work, s3, data):
    def rule(method, path):
        return 503 if method == "GET" and "prefix=unlisted/&" in path + "&" else None

    with passing_on(s3, rule) as proxy:
        command = audit("s3://bucket", "s3://bucket/unlisted/2", "--since", "latest", "--no-page")
        said = Program(work, s3.variables(proxy.port))(*command, code=6).stderr
    assert "Cannot look for runs beside s3://bucket/unlisted/2: the server answered 503" in said
    assert not (s3.buckets / "bucket/unlisted").exists()


def test_errors_that_pass_are_tried_again_and_counted_and_others_are_the_images_status(work, s3, data, local):
    lost = sorted(path.name for path in (data / "images").rglob("*.jpg"))[0]
    failed = set()

    def rule(method, path):
        if method == "GET" and path.endswith(lost):
            return 403
        asked = (method, path.split("?")[0])
        if asked in failed or len(failed) >= 12 or (method == "GET" and "?" in path):
            return None
        failed.add(asked)
        return [503, "drop", 0.05, 500, "cut", 429][len(failed) % 6]

    with passing_on(s3, rule) as proxy:
        program = Program(work, s3.variables(proxy.port))
        program(*audit("s3://bucket", "s3://bucket/faults", "--no-page"))
    run = s3.buckets / "bucket/faults"
    summary = json.loads((run / "run.json").read_text())
    assert summary["counts"]["UNREADABLE"] == 1
    assert summary["counts"]["OK"] == IMAGES - 1
    # A connection that was dropped before it was used is opened again by the HTTP client itself, and not counted.
    assert summary["timing"]["storageRetries"] >= 3, failed
    (failure,) = [json.loads(line) for line in (run / "failures.jsonl").open()]
    assert failure["image"].endswith(lost) and "403" in failure["reason"]
    ours, theirs = digests(run / "overlays"), digests(local / "overlays")
    assert ours.items() <= theirs.items() and len(theirs) - len(ours) == 1


def test_a_second_run_in_a_folder_is_refused_and_a_dead_ones_lease_ends(work, s3, on_s3, local):
    # What a run of another machine left, of which nobody here can say whether it lives but by waiting.
    left = s3.buckets / "bucket/left/lease.json"
    left.parent.mkdir(parents=True)
    left.write_text(json.dumps({"owner": "gone", "machine": "another", "process": 1, "renewals": 7}))
    waiting = on_s3.begin(audit("s3://bucket", "s3://bucket/left", "--no-page"), work / "left.txt")
    go_on = threading.Event()

    def rule(method, path):
        if method == "GET" and path.startswith("/bucket/images/"):
            go_on.wait(25)

    started = time.monotonic()
    with passing_on(s3, rule) as proxy:
        program = Program(work, s3.variables(proxy.port))
        first = program.begin(audit("s3://bucket", "s3://bucket/both"), work / "both.txt")
        try:
            lease = s3.buckets / "bucket/both/lease.json"
            while not any(path.startswith("/bucket/images/") for _, path in proxy.requests):
                assert first.poll() is None, (work / "both.txt").read_text()
                assert time.monotonic() < started + DEADLINE_SECONDS
                time.sleep(0.05)
            assert lease.exists()
            second = on_s3(*audit("s3://bucket", "s3://bucket/both"), code=12)
            assert "Another run is under way in s3://bucket/both: wait for its end" in second.stderr
            assert first.poll() is None
        finally:
            go_on.set()
        assert first.wait(DEADLINE_SECONDS) == 0, (work / "both.txt").read_text()
    assert results(s3.buckets / "bucket/both") == results(local)
    assert waiting.wait(DEADLINE_SECONDS) == 0, (work / "left.txt").read_text()
    assert "another run has written in s3://bucket/left; looking for 45 s" in (work / "left.txt").read_text()
    assert time.monotonic() > started + 45 and not left.exists()


@pytest.mark.parametrize(
    ("wrong", "code", "sentence"),
    [
        ({"--input": "s3://bucket/nothing"}, 4, "No image matches s3://bucket/nothing"),
        ({"--input": "s3://nobucket/images"}, 2, "Cannot list s3://nobucket/images: "),
        (
            {"--model": "s3://bucket/nomodel"},
            3,
            "The model s3://bucket/nomodel cannot be fetched: there is no such file",
        ),
        ({"--regions": "s3://bucket/noregions.json"}, 2, "s3://bucket/noregions.json: there is no such file or folder"),
        (
            {"--output": "s3://nobucket/run"},
            6,
            "Cannot read the output folder s3://nobucket/run: the server answered 404",
        ),
        ({"--output": "s3://bucket/run"}, 2, "The output folder s3://bucket/run is not empty"),
        ({"--input": "s3:///images"}, 2, "--input s3:///images names no bucket; write s3://BUCKET/…."),
        ({"--input": "s3a://bucket/images"}, 2, "that is Hadoop's name for it; write s3://BUCKET/… here."),
        ({"--output": "xyz://bucket/run"}, 2, "--output xyz://bucket/run: no file system is known for xyz: addresses"),
    ],
)
def test_what_is_wrong_is_said_before_anything_is_computed(on_s3, s3, s3_run, wrong, code, sentence):
    command = audit("s3://bucket", "s3://bucket/never")
    for option, value in wrong.items():
        command[command.index(option) + 1] = value
    said = on_s3(*command, code=code).stderr
    assert sentence in said
    assert not (s3.buckets / "bucket/never").exists(), "the probe was removed again"


def test_a_server_that_does_not_answer_is_told_while_it_is_tried_again(work, s3):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and does not listen
        said = Program(work, s3.variables(taken.getsockname()[1]))(*audit("s3://bucket", work / "never"), code=6).stderr
    told, refused = said.splitlines()[-2:]
    assert told.startswith("camaudit: storage: ") and told.endswith("; trying again for a while")
    assert refused.startswith("camaudit: The model s3://bucket/model cannot be fetched: ")


def test_a_wrong_secret_is_said_and_not_shown(on_s3):
    wrong = "anotherSecretThatIsWrong987654321"
    done = on_s3("report", "s3://bucket/run", code=2, variables={"AWS_SECRET_ACCESS_KEY": wrong})
    assert "the server answered 403" in done.stderr and wrong not in done.stdout + done.stderr


def test_without_the_plug_in_it_is_said_what_to_build(work):
    jar = next((HOME / "pipeline/target").glob("camaudit-pipeline-*.jar"))
    command = ["java", "-jar", jar, "report", "s3://bucket/run"]
    done = subprocess.run(command, cwd=HOME, capture_output=True, text=True)
    assert done.returncode == 2
    assert "run mvn -Ps3 -DskipTests package once" in done.stderr and "\tat " not in done.stderr


@pytest.fixture(scope="module")
def bucket_of_the_page(s3, data):
    bucket = s3.buckets / "bucket"
    shutil.copytree(data / "model", bucket / "models/mine")
    shutil.copytree(data / "images", bucket / "photos")
    return bucket


def test_the_commands_of_the_page(work, on_s3, bucket_of_the_page):
    folder = docs.reader(work / "reader")
    (folder / "gate.yaml").write_text("failures: {maximum: 0}\n")
    docs.run(docs.block("storage.md", "--output s3://bucket/runs/first"), folder, on_s3.env)
    assert (bucket_of_the_page / "runs/first/gate.xml").exists()


def test_the_model_has_the_hash_that_the_page_says_how_to_find(work, on_s3, data):
    found = docs.run(docs.block("storage.md", "sha256sum"), data / "model").split()[0]
    assert found in on_s3("model", data / "model").stdout


def test_a_flink_cluster_reads_and_writes_s3_and_fetches_the_model_from_there(work, s3, on_s3, bucket_of_the_page):
    cluster = Cluster(work / "cluster", **on_s3.env)
    commands = docs.block("storage.md", "--runner flink").replace(":8081", f":{cluster.port}")
    try:
        docs.run(commands, docs.reader(work / "reader"), cluster.env)
    finally:
        cluster("stop", check=False)
    runs = bucket_of_the_page / "runs"
    assert (runs / "first").is_dir(), "test_the_commands_of_the_page leaves it"
    assert json.loads((runs / "flink/run.json").read_text())["environment"]["runner"] == "FlinkRunner"
    assert results(runs / "flink") == {
        name: digest for name, digest in results(runs / "first").items() if name != "gate.xml"
    }
    names_no_secret(work / "cluster", on_s3, s3.SECRET)


# HDFS


@pytest.fixture(scope="module")
def hdfs(work, data):
    cluster = Hdfs(work / "hdfs")
    cluster.upload(data, "/data")
    yield cluster
    cluster.stop()


def test_a_killed_run_on_hdfs_goes_on_and_leaves_the_bytes_of_a_local_run(work, hdfs, local):
    root = f"hdfs://127.0.0.1:{hdfs.port}/data"
    program = Program(work, {})
    command = audit(root, f"{root}/run")

    def blocks():
        try:
            return sum(name.startswith("records/part-") for name in hdfs.files("/data/run")) >= 3
        except OSError:
            return False  # the folder is not there yet

    program.kill(command, blocks)
    done = program(*command)
    assert "going on with a run that was cut off" in done.stderr
    hdfs.download("/data/run", work / "from-hdfs")
    assert results(work / "from-hdfs") == results(local), "no temporary file is left, either"
    again = program(*audit(root, f"{root}/again", "--since", "latest", "--keep", "1", "--no-page"))
    assert f"taking over {IMAGES} of {IMAGES} images from {root}/run" in again.stderr
    assert {"run/run.json", "again/run.json"} <= set(hdfs.files("/data"))
    program("report", f"{root}/run")
    program("diff", f"{root}/run", local)
    gate = work / "gate-hdfs.yaml"
    gate.write_text("failures: {maximum: 0}\n")
    program("gate", f"{root}/run", "--gate", gate)
    assert "gate.xml" in hdfs.files("/data/run")
    other = f"hdfs://127.0.0.1:{hdfs.port}/nothing"
    assert (
        f"No image matches {other}"
        in program(*audit(root, f"{root}/x")[:4], other, "--output", f"{root}/x", code=4).stderr
    )
    unnamed = program(*audit(root, "hdfs:///never"), code=6).stderr
    assert "which is meant by hdfs:///… unless HADOOP_CONF_DIR names a server" in unnamed


def test_a_flink_cluster_works_on_hdfs(work, hdfs, local):
    root = f"hdfs://127.0.0.1:{hdfs.port}/data"
    cluster = Cluster(work / "cluster-hdfs")
    try:
        cluster("start", "2")
        Program(work, {})(
            *audit(root, f"{root}/flink"), "--runner", "flink", "--flink-master", f"localhost:{cluster.port}"
        )
    finally:
        cluster("stop", check=False)
    hdfs.download("/data/flink", work / "from-flink")
    assert json.loads((work / "from-flink/run.json").read_text())["environment"]["runner"] == "FlinkRunner"
    assert results(work / "from-flink") == results(local)
