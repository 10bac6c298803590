"""What configs/ says to systemd, Kubernetes and Flink is what they take, and the nightly script does what it says."""

import copy
import datetime
import json
import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import kubernetes_validate
import pytest
import yaml
from jsonschema import Draft7Validator

import docs
from runs import await_blocks, blocks_of, start_and_kill

HOME = Path(__file__).resolve().parent.parent
KUBERNETES = HOME / "configs/kubernetes"
NIGHTLY = HOME / "configs/nightly/nightly"
OPERATOR = "flink-kubernetes-operator-api", "1.10.0"
SCHEMA_OF_KUBERNETES = "1.31"


def deployment():
    return yaml.safe_load((KUBERNETES / "flinkdeployment.yaml").read_text().replace("DATE", "2026-11-30"))


def closed(schema):
    """The schema with unknown keys refused, which the server would drop without a word."""
    if isinstance(schema, list):
        return [closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {key: closed(value) for key, value in schema.items()}
    open_ended = {"additionalProperties", "x-kubernetes-preserve-unknown-fields"} & inner.keys()
    if isinstance(schema.get("properties"), dict) and not open_ended:
        inner["additionalProperties"] = False
    if inner.pop("x-kubernetes-int-or-string", False):
        inner.pop("type", None)
    return inner


@pytest.fixture(scope="module")
def operator(work):
    name, version = OPERATOR
    goal = f"org.apache.maven.plugins:maven-dependency-plugin:{plugin_version()}:copy"
    artifact = f"-Dartifact=org.apache.flink:{name}:{version}"
    subprocess.run(
        ["mvn", "-B", "-q", "-ntp", "-N", goal, artifact, f"-DoutputDirectory={work}"],
        cwd=HOME,
        check=True,
        timeout=300,
    )
    with zipfile.ZipFile(work / f"{name}-{version}.jar") as jar:
        definition = yaml.safe_load(jar.read("META-INF/fabric8/flinkdeployments.flink.apache.org-v1.yml"))
    (served,) = [each for each in definition["spec"]["versions"] if each["name"] == "v1beta1"]
    schema = closed(served["schema"]["openAPIV3Schema"])
    schema["properties"] |= {"apiVersion": {"const": "flink.apache.org/v1beta1"}, "kind": {"const": "FlinkDeployment"}}
    schema["properties"]["metadata"] = {"type": "object"}
    return Draft7Validator(schema)


def plugin_version():
    pom = (HOME / "pom.xml").read_text()
    return re.search(r"<artifactId>maven-dependency-plugin</artifactId>\s*<version>([^<]+)", pom)[1]


def test_the_operator_takes_the_deployment(operator):
    assert [error.message for error in operator.iter_errors(deployment())] == []


@pytest.mark.parametrize("path", [["spec", "flinkVersoin"], ["spec", "job", "argz"], ["spec", "podTemplate", "spk"]])
def test_a_misspelt_key_would_be_seen(operator, path):
    wrong = copy.deepcopy(deployment())
    place = wrong
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = {}
    assert [error.message for error in operator.iter_errors(wrong)] != []


@pytest.mark.parametrize("file", ["nightly.yaml", "nightly-flink.yaml", "volume.yaml", "upload.yaml"])
def test_kubernetes_takes_the_manifests(file):
    for manifest in yaml.safe_load_all((KUBERNETES / file).read_text()):
        kubernetes_validate.validate(manifest, SCHEMA_OF_KUBERNETES, strict=True)
        manifest.get("spec", manifest)["misspelt"] = {}
        with pytest.raises(kubernetes_validate.ValidationError):
            kubernetes_validate.validate(manifest, SCHEMA_OF_KUBERNETES, strict=True)


def nightly_on_flink():
    """The parts of the manifest by their kinds, and what its pod runs."""
    parts = {each["kind"]: each for each in yaml.safe_load_all((KUBERNETES / "nightly-flink.yaml").read_text())}
    pod = parts["CronJob"]["spec"]["jobTemplate"]["spec"]["template"]["spec"]
    return parts, pod, pod["containers"][0]


def test_each_night_has_a_flink_cluster_of_its_own(work, operator):
    bin = work / "bin"
    bin.mkdir()
    # A server on which tonight's deployment is one state further each time it is asked for.
    (bin / "kubectl").write_text("""#!/bin/sh
        printf "%s\\n" "$*" >>"$SAID"
        case "$1 $2" in
          "get flinkdeployments") cat "$THERE" ;;
          "get flinkdeployment") head -n 1 "$STATES"; sed -i 1d "$STATES" ;;
          apply*) cat >"$APPLIED" ;;
        esac
    """)
    (bin / "sleep").write_text("#!/bin/sh\n")
    for command in bin.iterdir():
        command.chmod(0o755)
    _, pod, container = nightly_on_flink()
    (command, flags, script) = container["command"]
    assert pod["volumes"][0]["configMap"]["name"] == "camaudit-flinkdeployment"
    mounted = container["volumeMounts"][0]["mountPath"]
    script = script.replace(f"{mounted}/", f"{KUBERNETES}/")
    env = {name.upper(): work / name for name in ("said", "there", "states", "applied")}
    env = os.environ | {name: str(path) for name, path in env.items()} | {"PATH": f"{bin}:{os.environ['PATH']}"}
    env["JOB"] = "camaudit-nightly-flink-29395320"

    def night(*there, states=("", "RUNNING", "FINISHED")):
        for name in ("said", "applied"):
            (work / name).unlink(missing_ok=True)
        (work / "there").write_text("".join(f"{each}\n" for each in there))
        (work / "states").write_text("".join(f"{each}\n" for each in states))
        done = subprocess.run([command, flags, script], env=env, capture_output=True, text=True)
        return done, (work / "said").read_text().splitlines()

    done, said = night("camaudit-2026-01-01=FINISHED", "camaudit-2026-01-02=FAILED")
    assert done.returncode == 0, done.stderr
    assert said[1:3] == ["delete flinkdeployment camaudit-2026-01-01", "apply -f -"]
    assert len(said) == 6, "it waits for the end"
    applied = yaml.safe_load((work / "applied").read_text())
    assert [error.message for error in operator.iter_errors(applied)] == []
    tonight = applied["metadata"]["name"]
    assert tonight == "camaudit-2025-11-21", "the job's night, whatever day it is"
    assert f"-l app={applied['metadata']['labels']['app']} " in said[0]
    for state in ("FAILED", "CANCELED"):
        done, _ = night(states=("RUNNING", state))
        assert done.returncode == 1 and f"{tonight} has {state}" in done.stderr
    # Who cannot ask does not start anything.
    (work / "there").unlink()
    assert subprocess.run([command, flags, script], env=env, capture_output=True).returncode != 0
    # A pod that is started again finds what it made.
    assert night(f"{tonight}=")[0].returncode == 0
    for state in ("RUNNING", "RECONCILING", ""):
        done, said = night(f"camaudit-2026-01-03={state}")
        assert done.returncode == 1 and "camaudit-2026-01-03 is still under way" in done.stderr
        assert len(said) == 1


def test_a_pod_that_is_started_again_goes_on_with_its_jobs_night(work):
    nightly = yaml.safe_load((KUBERNETES / "nightly.yaml").read_text())
    (container,) = nightly["spec"]["jobTemplate"]["spec"]["template"]["spec"]["containers"]
    (command, flags, script) = container["command"]
    assert container["env"][0]["name"] == "JOB"
    night = work / "what-night"
    night.write_text('#!/bin/sh\necho "$CAMAUDIT_DATE"\n')
    night.chmod(0o755)
    script = script.replace("/opt/camaudit/configs/nightly/nightly", str(night))

    def date(job):
        env = os.environ | {"JOB": job}
        return subprocess.run([command, flags, script], env=env, capture_output=True, text=True, check=True).stdout

    assert date("camaudit-nightly-29395320") == "2025-11-21\n"
    today = datetime.datetime.now(datetime.UTC).date()
    for job in ("by-hand", "by-hand-2", ""):
        assert date(job).strip() in {str(today), str(today - datetime.timedelta(days=1))}


def test_the_night_may_do_what_it_does():
    parts, pod, _ = nightly_on_flink()
    account = parts["ServiceAccount"]["metadata"]["name"]
    assert pod["serviceAccountName"] == account == parts["RoleBinding"]["subjects"][0]["name"]
    assert parts["RoleBinding"]["roleRef"]["name"] == parts["Role"]["metadata"]["name"]
    (rule,) = parts["Role"]["rules"]
    assert rule["apiGroups"] == [deployment()["apiVersion"].split("/")[0]]
    assert set(rule["verbs"]) == {"get", "list", "create", "patch", "delete"}


def test_versions_are_one():
    pom = (HOME / "pom.xml").read_text()
    flink = re.search(r"<flink.version>([^<]+)", pom)[1]
    line = flink.rsplit(".", 1)[0]
    camaudit = re.search(r"<version>([^<]+)", pom)[1]
    assert f"<artifactId>beam-runners-flink-{line}</artifactId>" in (HOME / "pipeline/pom.xml").read_text()
    dockerfile = (KUBERNETES / "Dockerfile").read_text()
    assert f"FROM flink:{flink}-scala_2.12-java17" in dockerfile
    image = f"camaudit:{camaudit}-flink{line}"
    assert f"-t {image} ." in dockerfile
    assert deployment()["spec"]["flinkVersion"] == "v" + line.replace(".", "_")
    assert deployment()["spec"]["image"] == image
    nightly = yaml.safe_load((KUBERNETES / "nightly.yaml").read_text())
    assert nightly["spec"]["jobTemplate"]["spec"]["template"]["spec"]["containers"][0]["image"] == image
    upload = yaml.safe_load((KUBERNETES / "upload.yaml").read_text())
    assert upload["spec"]["containers"][0]["image"] == image


def test_every_file_names_the_version_of_the_pom():
    camaudit = re.search(r"<version>([^<]+)", (HOME / "pom.xml").read_text())[1]
    named = {
        "camaudit": r"camaudit-pipeline-([\d.]+)\.jar",
        "configs/flink/cluster": r"camaudit-flink-([\d.]+)\.jar",
        "configs/kubernetes/Dockerfile": r"camaudit-(?:pipeline|flink)-([\d.]+)\.jar",
        "docs/flink.md": r"camaudit-flink-([\d.]+)\.jar",
        "docs/storage.md": r"camaudit-flink-([\d.]+)\.jar",
        "docs/model-contract.md": r'"exporter": "([^"]+)"',
        "pipeline/src/main/java/io/camaudit/cli/FlinkOptions.java": r"camaudit-flink-([\d.]+)\.jar",
        "configs/kubernetes/flinkdeployment.yaml": r"camaudit-flink-([\d.]+)\.jar",
        "export-scripts/camaudit_export/__init__.py": r'__version__ = "([^"]+)"',
        "CHANGELOG.md": r"(?m)^## ([\d.]+)",
    }
    for file, pattern in named.items():
        # The first, but of jars every one: a changelog has earlier versions below.
        found = re.findall(pattern, (HOME / file).read_text())
        assert set(found if "jar" in pattern else found[:1]) == {camaudit}, file
    for pom in HOME.glob("*/**/pom.xml"):
        if "target" not in pom.parts:
            assert re.search(r"<parent>.*?<version>([^<]+)", pom.read_text(), re.DOTALL)[1] == camaudit, pom


def test_the_image_is_made_of_what_is_there():
    dockerfile = (KUBERNETES / "Dockerfile").read_text()
    copies = re.findall(r"^COPY --from=build (.+)$", dockerfile, re.MULTILINE)
    sources = [source for line in copies for source in line.split()[:-1]]
    assert len(sources) >= 8
    for source in sources:
        assert (HOME / source.removeprefix("/camaudit/")).exists(), source
    # Numbers do not depend on what starts the program.
    launcher = (HOME / "camaudit").read_text()
    assert "TF_ENABLE_ONEDNN_OPTS:-1" in launcher and "ENV TF_ENABLE_ONEDNN_OPTS=1" in dockerfile
    # What the launcher looks at to see whether it has to build.
    assert '"$home/pom.xml" "$home"/{savedmodel,pipeline}/{pom.xml,src/main} "$home/flink/pom.xml"' in launcher
    jar = deployment()["spec"]["job"]["jarURI"]
    assert f"{jar.removeprefix('local://')} " in f"{dockerfile} ".replace("\n", " ")


def test_flink_is_configured_as_elsewhere():
    here = deployment()["spec"]["flinkConfiguration"]
    there = yaml.safe_load((HOME / "configs/flink/config.yaml").read_text())
    for key in ("env.java.opts.taskmanager", "env.java.opts.jobmanager"):
        assert here[key] == there.get(key, there["env.java.opts.taskmanager"])


def test_the_cluster_can_audit_what_it_is_told(work):
    photos = work / "data/photos"
    (photos / "house").mkdir(parents=True)
    for photo in sorted((HOME / "demo/images/house").iterdir())[:2]:
        shutil.copy(photo, photos / "house")
    shutil.copytree(HOME / "demo/model", work / "data/model")
    gate = (HOME / "configs/gates/nightly.yaml").read_text()
    assert "minimum: 30}" in gate
    (work / "data/gate.yaml").write_text(gate.replace("minimum: 30}", "minimum: 2}"))
    arguments = [each.replace("/data/", f"{work}/data/") for each in deployment()["spec"]["job"]["args"]]
    done = subprocess.run([HOME / "camaudit", *arguments], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    assert (work / "data/runs/2026-11-30/gate.xml").exists()


def test_systemd_takes_the_units(work):
    if not shutil.which("systemd-analyze"):
        pytest.skip("no systemd-analyze here")
    units = work / "units"
    units.mkdir()
    for unit in (HOME / "configs/systemd").glob("camaudit-nightly.*"):
        # It looks whether what is started is there.
        (units / unit.name).write_text(unit.read_text().replace("/opt/camaudit/", f"{HOME}/"))
    names = [units / "camaudit-nightly.timer", units / "camaudit-nightly.service"]
    done = subprocess.run(["systemd-analyze", "verify", *names], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "nknown" not in done.stderr
    service = units / "camaudit-nightly.service"
    service.write_text(service.read_text().replace("ExecStart=", "ExecStrat="))
    assert subprocess.run(["systemd-analyze", "verify", service], capture_output=True).returncode != 0


def test_the_settings_of_the_nights_are_those_that_the_script_reads():
    script = NIGHTLY.read_text()
    read = set(re.findall(r"\$\{(CAMAUDIT_\w+)", script))
    named = set(re.findall(r"^#   (CAMAUDIT_\w+)", script, re.MULTILINE))
    assert read == named
    lines = (HOME / "configs/systemd/nightly.env").read_text().splitlines()
    assert {line.split("=")[0] for line in lines if not line.startswith("#")} <= read
    nightly = yaml.safe_load((KUBERNETES / "nightly.yaml").read_text())
    container = nightly["spec"]["jobTemplate"]["spec"]["template"]["spec"]["containers"][0]
    assert {each["name"] for each in container["env"]} <= read | {"JOB"}


def test_the_night_of_the_page(work):
    folder = docs.reader(work / "reader")
    docs.run(docs.block("operators.md", "configs/nightly/nightly"), folder)
    (run,) = (folder / "runs/nightly").glob("2*")
    assert (run / "gate.xml").exists()


def settings(runs, date, photos=HOME / "demo/images", options="", **more):
    """The environment of a night without a page."""
    return os.environ | {
        "CAMAUDIT_MODEL": str(HOME / "demo/model"),
        "CAMAUDIT_INPUT": str(photos),
        "CAMAUDIT_RUNS": str(runs),
        "CAMAUDIT_DATE": date,
        "CAMAUDIT_OPTIONS": f"--no-page {options}",
        **more,
    }


def test_nights(work):
    photos = work / "photos"
    shutil.copytree(HOME / "demo/images/house", photos / "house")
    shutil.copytree(HOME / "demo/images/fish", photos / "fish")
    strict = work / "strict.yaml"
    strict.write_text("accuracy: {minimum: 1.0}\n")

    def night(date, gate=HOME / "configs/gates/nightly.yaml", code=0, more="", **other):
        judged = {"CAMAUDIT_GATE": str(gate), "CAMAUDIT_KEEP": "2"} | other
        options = f"--regions {HOME}/demo/regions.json {more}"
        env = settings(work / "nights", date, photos, options, **judged)
        done = subprocess.run([NIGHTLY], env=env, capture_output=True, text=True, timeout=300)
        assert done.returncode == code, done.stderr
        return done

    def runs():
        return sorted(each.name for each in (work / "nights").iterdir() if each.is_dir())

    assert "no finished run lies beside" in night("2026-11-01").stderr
    shutil.copy(next((photos / "fish").iterdir()), photos / "house/a-fish.jpg")
    night("2026-11-02")
    since = json.loads((work / "nights/2026-11-02/run.json").read_text())["since"]
    assert (since["computed"], since["dropped"]) == (1, 0)
    assert runs() == ["2026-11-01", "2026-11-02"]
    night("2026-11-03", strict, code=7)
    assert runs() == ["2026-11-02", "2026-11-03"]
    # Started once more it judges once more, and does not hide what it found.
    again = night("2026-11-03", strict, code=7)
    assert "is finished already, and ended with 7" in again.stderr
    assert night("2026-11-03").returncode == 0, "by another gate"
    night("2026-11-03", work / "no-gate.yaml", code=2)
    assert night("2026-11-03").returncode == 0, "a mistake of tonight is none of the night's"
    # Cut off when all was done but to write how it ended.
    (work / "nights/.2026-11-03.ended").unlink()
    assert "judging it again" in night("2026-11-03", strict, code=7).stderr
    # A night that lost too many images does not pass when it is started again, whatever the gate says.
    (photos / "fish/broken.jpg").write_bytes(b"no picture")
    passing = work / "passing.yaml"
    passing.write_text("accuracy: {minimum: 0.0}\n")
    # It may be stopped early; then it goes on, and in the end is finished all the same.
    while not (work / "nights/2026-11-04/run.json").exists():
        night("2026-11-04", passing, code=5, more="--max-failures 0")
    assert "ended with 5" in night("2026-11-04", passing, code=5).stderr
    (photos / "fish/broken.jpg").unlink()
    assert "set CAMAUDIT_MODEL" in night("2026-11-05", code=2, CAMAUDIT_MODEL="").stderr
    assert "has to be a local folder" in night("2026-11-05", code=2, CAMAUDIT_RUNS="s3://bucket/runs").stderr


def test_a_night_that_was_killed_before_the_photographs_changed_is_done_all_the_same(work):
    photos = work / "changing"
    shutil.copytree(HOME / "demo/images", photos)
    env = settings(work / "changed", "2026-12-01", photos, "--batch-size 2")
    start_and_kill([NIGHTLY], blocks_of(work / "changed/2026-12-01", 3), env)
    (photos / "house/added.jpg").write_bytes(next((photos / "fish").iterdir()).read_bytes())
    done = subprocess.run([NIGHTLY], env=env, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    assert "The run that was cut off in" in done.stderr and "starting it anew" in done.stderr
    assert json.loads((work / "changed/2026-12-01/run.json").read_text())["input"]["matched"] == 110


def test_a_night_that_was_killed_between_its_results_and_its_page_makes_up_for_it(work):
    run = work / "concluded/2026-12-01"
    gate = work / "never.yaml"
    gate.write_text("accuracy: {minimum: 1.0}\n")
    env = settings(work / "concluded", run.name, CAMAUDIT_GATE=str(gate), CAMAUDIT_OPTIONS="")
    start_and_kill([NIGHTLY], (run / "run.json").exists, env)
    assert not (run / "report").exists()
    done = subprocess.run([NIGHTLY], env=env, capture_output=True, text=True, timeout=300)
    assert done.returncode == 7, done.stderr
    assert "going on with a run that was cut off: 109 of 109 images are done" in done.stderr
    assert (run / "report/index.html").exists() and (run / "gate.xml").exists()
    assert (run.parent / ".2026-12-01.ended").read_text() == "7\n"


def test_a_night_that_is_told_to_end_ends_its_audit(work):
    env = settings(work / "ended", "2026-12-02", options="--batch-size 1")
    night = subprocess.Popen([NIGHTLY], env=env, stderr=subprocess.PIPE, text=True)
    await_blocks(night, work / "ended/2026-12-02", 2)
    night.terminate()
    assert night.wait(60) == 143
    assert not (work / "ended/2026-12-02/run.json").exists()
