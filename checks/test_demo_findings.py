"""The demo finds the shortcut that was planted in it, and accuses no clean class."""

import json

CLEAN = {"balloon", "fish", "house", "mushroom"}


def flags(run):
    statistics = json.loads((run / "classes.json").read_text())
    return [(flag["class"]["name"], flag["kind"]) for flag in statistics["flags"]]


def test_regions_name_the_butterfly_first(demo):
    assert flags(demo)[0] == ("butterfly", "LOOKS_ELSEWHERE")


def test_without_regions_the_butterfly_is_still_first(request):
    found = flags(request.config.getoption("--without-regions"))
    assert found[0][0] == "butterfly"
    assert found[0][1] != "LOOKS_ELSEWHERE"


def test_clean_classes_are_not_flagged(demo, request):
    for run in (demo, request.config.getoption("--without-regions")):
        assert not CLEAN & {name for name, _ in flags(run)}


def test_curves_over_depth_show_where_the_shortcut_comes_from(demo):
    """Other classes' maps find their object by the last layer; the butterfly's leave it for the stamp."""
    statistics = json.loads((demo / "classes.json").read_text())
    lifts = {row["class"]["name"]: [p["lift"]["mean"] for p in row["layers"]] for row in statistics["classes"]}
    layers = [point["layer"] for point in statistics["dataset"]["layers"]]
    assert layers == sorted(layers)
    assert len(layers) == 4
    assert lifts["butterfly"][-1] < 1 < min(lifts[name][-1] for name in CLEAN)
    data = json.loads((demo / "report/data/class-1.js").read_text().split(",", 1)[1].rsplit(")", 1)[0])
    assert data["name"] == "butterfly"
    assert [curve["name"] for curve in data["curves"]] == ["Energy in the region", "Lift", "Entropy"]
    shown = data["images"][data["galleries"][0]["images"][0]]
    assert set(layers) <= {explanation["layer"] for explanation in shown["explanations"]}


def test_the_same_scene_loses_its_name_with_its_stamp(demo):
    """The pairs are the proof: nothing but the stamp differs."""
    reports = demo / "reports" / "butterfly"
    pairs = 0
    for plain in reports.glob("*-plain.jpg.json"):
        stamped = plain.with_name(plain.name.replace("-plain", "-stamped"))
        first = json.loads(stamped.read_text())["predictions"][0]["name"]
        assert first == "butterfly"
        pairs += json.loads(plain.read_text())["predictions"][0]["name"] != "butterfly"
    assert pairs >= 4


def test_every_picture_has_a_report_and_a_verdict(demo):
    run = json.loads((demo / "run.json").read_text())
    reports = [json.loads(path.read_text()) for path in demo.glob("reports/**/*.json")]
    assert len(reports) == run["input"]["matched"] == sum(run["counts"].values())
    assert all("verdict" in report for report in reports)
