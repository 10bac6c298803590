"""The example gates, on the demo's run: exit codes, sentences and the file that CI systems show."""

import shutil
import subprocess
import xml.etree.ElementTree as ElementTree
from pathlib import Path

HOME = Path(__file__).resolve().parents[1]


def gate(run, rules, *more):
    command = [HOME / "camaudit", "gate", run, "--gate", HOME / "configs/gates" / rules, *more]
    done = subprocess.run(command, capture_output=True, text=True)
    suites = ElementTree.parse(run / "gate.xml").getroot()
    assert suites.tag == "testsuites"
    for counted in [suites, *suites]:
        cases = list(counted.iter("testcase"))
        assert int(counted.get("tests")) == len(cases) > 0
        assert int(counted.get("failures")) == len(list(counted.iter("failure")))
        assert int(counted.get("skipped")) == len(list(counted.iter("skipped")))
    return done, suites


def test_the_shortcut_stops_the_release(request):
    done, suites = gate(request.config.getoption("--demo"), "demo.yaml")
    assert done.returncode == 7
    violated = {case.get("name") for case in suites.iter("testcase") if case.find("failure") is not None}
    assert violated == {"class butterfly at least 60.0 %", "at most 0"}
    sentences = [failure.get("message") for failure in suites.iter("failure")]
    assert done.stderr.splitlines() == [f"camaudit: gate: {sentence}" for sentence in sentences]
    assert "Flagged classes are 1 (butterfly)" in done.stderr


def test_a_lenient_gate_lets_it_pass(request, tmp_path):
    demo = request.config.getoption("--demo")
    for name in ("run.json", "classes.json"):
        shutil.copy(demo / name, tmp_path)
    done, suites = gate(demo, "lenient.yaml", "--baseline", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert not list(suites.iter("failure"))


def test_a_run_without_regions_cannot_keep_what_is_asked_of_regions(request):
    done, suites = gate(request.config.getoption("--without-regions"), "demo.yaml")
    assert done.returncode == 7
    assert "Right-reason rate of all images is not known" in done.stderr
    names = {case.get("name"): case for case in suites.iter("testcase")}
    assert names["class fish at least 60.0 %"].find("skipped") is not None
