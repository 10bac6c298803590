"""The Parquet files hold what the records hold, value by value, and answer the README's question."""

import json
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

HOME = Path(__file__).resolve().parents[1]
# Left by ExplanationTableTest: failures, empty maps, infinities, hostile names, several layers and targets, row groups.
FIXTURES = HOME / "pipeline/target/parquet-fixtures"

TEXT, INT, LONG, FLOAT, DOUBLE, BOOL = pa.string(), pa.int32(), pa.int64(), pa.float32(), pa.float64(), pa.bool_()
CLASS = [("index", INT), ("id", TEXT), ("name", TEXT)]
FILE = [("format", TEXT), ("width", INT), ("height", INT), ("orientation", INT), ("bytes", LONG), ("sha256", TEXT)]
PROPERTIES = [
    *[(name, DOUBLE) for name in ("brightness", "contrast", "warmth", "tint", "sharpness")],
    ("jpegQuality", INT),
]
ATTENTION = [
    *("entropy", "gini", "effectiveArea", "centreX", "centreY", "dispersion"),
    *("borderShare", "borderLift", "cornerShare", "cornerLift", "peakX", "peakY"),
]
REGION = ["areaShare", "energyShare", "lift", "pointingHit", "rankAccuracy", "iou"]


def snake(name):
    return re.sub("([A-Z])", r"_\1", name).lower()


COLUMNS = dict(
    [
        *[("image", TEXT), ("model_kind", TEXT), ("status", TEXT), ("reason", TEXT)],
        *[(f"label_{name}", kind) for name, kind in CLASS],
        *[(f"predicted_{name}", kind) for name, kind in CLASS],
        *[("confidence", FLOAT), ("correct", BOOL), ("verdict", TEXT)],
        *[(f"file_{name}", kind) for name, kind in FILE],
        *[(f"file_{snake(name)}", kind) for name, kind in PROPERTIES],
        *[("explanation", INT), ("method", TEXT), ("layer", TEXT)],
        *[(f"target_{name}", kind) for name, kind in CLASS],
        *[("why", TEXT), ("score", FLOAT), ("explanation_status", TEXT), ("overlay", TEXT)],
        *[
            ("target_probability", FLOAT),
            ("target_predicted", BOOL),
            ("target_labelled", BOOL),
            ("target_verdict", TEXT),
        ],
        *[("map_height", INT), ("map_width", INT), ("map_min", FLOAT), ("map_max", FLOAT)],
        ("map", pa.list_(pa.field("element", FLOAT, nullable=False))),
        *[(snake(name), DOUBLE) for name in ATTENTION],
        *[(f"region_{snake(name)}", BOOL if name == "pointingHit" else DOUBLE) for name in REGION],
    ]
)


def expected(report):
    """The rows that a record should have become, from its JSON."""
    best = report["predictions"][0] if report["predictions"] else {}
    image = {name: report.get(name) for name in ("image", "status", "reason", "correct", "verdict")}
    image["model_kind"] = report.get("kind", "single-label")
    image |= {f"label_{name}": report.get("label", {}).get(name) for name, _ in CLASS}
    image |= {f"predicted_{name}": best.get(name) for name, _ in CLASS}
    image["confidence"] = best.get("probability")
    image |= {f"file_{name}": report.get("file", {}).get(name) for name, _ in FILE}
    properties = report.get("file", {}).get("properties", {})
    image |= {f"file_{snake(name)}": properties.get(name) for name, _ in PROPERTIES}
    rows = []
    for number, explanation in enumerate(report["explanations"]):
        row = {name: explanation.get(name) for name in ("method", "layer", "why", "score", "overlay")}
        row |= {f"target_{name}": explanation["target"].get(name) for name, _ in CLASS}
        outcome = next((o for o in report.get("classes", []) if o["class"] == explanation["target"]), {})
        row |= {f"target_{name}": outcome.get(name) for name in ("probability", "predicted", "labelled", "verdict")}
        row |= {f"map_{name}": explanation["map"].get(name) for name in ("height", "width", "min", "max")}
        row |= {snake(name): explanation.get("attention", {}).get(name) for name in ATTENTION}
        row |= {f"region_{snake(name)}": explanation.get("region", {}).get(name) for name in REGION}
        values = explanation["map"].get("values")
        row["map"] = None if values is None else [value for line in values for value in line]
        row["explanation"], row["explanation_status"] = number, explanation["status"]
        rows.append(image | row)
    return rows or [image]


def same(kind, actual, wanted):
    """Equal to the bit; a float column holds the float32 that the JSON's decimal means."""
    if actual is None or wanted is None:
        return actual is wanted
    if isinstance(wanted, list):
        return len(actual) == len(wanted) and all(map(same, [FLOAT] * len(wanted), actual, wanted))
    if kind == FLOAT:
        return np.float32(actual).tobytes() == np.float32(wanted).tobytes()
    return type(actual) is (float if kind == DOUBLE else type(wanted)) and actual == wanted


@pytest.fixture(params=["demo", "fixtures"])
def run(request):
    return request.config.getoption("--demo") if request.param == "demo" else FIXTURES


def records(run):
    return {path.stem: list(map(json.loads, path.open())) for path in sorted((run / "records").glob("*.jsonl"))}


def test_every_value_of_the_records_is_there(run):
    reports = [report for _, part in sorted(records(run).items()) for report in part]
    files = sorted((run / "parquet").iterdir())
    # A file holds whole blocks of records, so there are no more files than of those.
    assert 0 < len(files) <= len(records(run))
    table = [row for path in files for row in pq.read_table(path).to_pylist()]
    wanted = [row for report in reports for row in expected(report)]
    assert len(table) == len(wanted) >= len(reports)
    compared = 0
    for actual, row in zip(table, wanted, strict=True):
        assert set(actual) == set(COLUMNS)
        for column, kind in COLUMNS.items():
            wrong = f"{column} of {actual['image']}: {actual[column]}, not {row.get(column)}"
            assert same(kind, actual[column], row.get(column)), wrong
            compared += actual[column] is not None
    assert compared > 1000


def test_columns_have_their_types(run):
    for path in (run / "parquet").iterdir():
        schema = pq.read_schema(path)
        assert {field.name: field.type for field in schema} == COLUMNS
        assert schema.names == list(COLUMNS)
        assert [field.name for field in schema if not field.nullable] == ["image", "model_kind", "status"]
        assert schema.metadata == {b"camaudit.schema": b"1"}


def test_every_image_is_accounted_for(run):
    table = pq.ParquetDataset(run / "parquet").read(["image", "status", "explanation"]).to_pylist()
    first = [(row["image"], row["status"]) for row in table if not row["explanation"]]
    reports = [report for shard in records(run).values() for report in shard]
    assert first == [(report["image"], report["status"]) for report in reports]


def test_the_documentation_lists_the_columns():
    text = (HOME / "docs/parquet.md").read_text().split("## Proofs")[0]
    rows = re.findall(r"^\| `(\w+)` \| ([\w<>]+) \|", text, re.MULTILINE)
    kinds = {TEXT: "string", INT: "int32", LONG: "int64", FLOAT: "float", DOUBLE: "double", BOOL: "bool"}
    assert rows == [(name, kinds.get(kind, "list<float>")) for name, kind in COLUMNS.items()]


def test_the_question_of_the_readme_is_answered(request, tmp_path):
    demo = request.config.getoption("--demo").resolve()
    question = re.search(r"```python\n(import duckdb\n.*?)```", (HOME / "README.md").read_text(), re.DOTALL)[1]
    assert question.count("\n") == 3
    (tmp_path / "out").mkdir()
    (tmp_path / "out/demo").symlink_to(demo)
    answer = subprocess.run([sys.executable, "-c", question], cwd=tmp_path, check=True, capture_output=True, text=True)
    cells = [re.findall(r"[\w.]+", line) for line in answer.stdout.splitlines() if line.startswith("│")]
    assert cells[0] == ["label_name", "images", "lift"]
    lifts = defaultdict(list)
    for shard in records(demo).values():
        for report in shard:
            if report.get("correct") and "region" in report["explanations"][0]:
                lifts[report["label"]["name"]].append(report["explanations"][0]["region"]["lift"])
    wanted = sorted((float(np.mean(values)), name, len(values)) for name, values in lifts.items())
    assert wanted[0][1] == "butterfly"
    assert [(name, int(images)) for name, images, _ in cells[2:]] == [(name, images) for _, name, images in wanted]
    assert [float(lift) for *_, lift in cells[2:]] == pytest.approx([lift for lift, *_ in wanted], abs=0.006)


def test_answers_of_the_proof_are_those_of_its_lines(request):
    run = request.config.getoption("--demo")
    lines = [json.loads(line) for line in (run / "proof/answers.jsonl").read_text("utf-8").splitlines()]
    proofs = {row["class"]["index"]: row for row in json.loads((run / "proof.json").read_text("utf-8"))["classes"]}
    names = {index: row["class"]["name"] for index, row in proofs.items()}
    rows = pq.read_table(run / "proof/answers.parquet").to_pylist()
    assert len(rows) == len(lines) > 500
    for row, line in zip(rows, lines, strict=True):
        proof = proofs[line["classIndex"]]
        before, after = line["predictedBefore"], line["predicted"]
        kept = after == line["classIndex"]
        expected = {
            "class_index": line["classIndex"],
            "class_id": proof["class"].get("id"),
            "class_name": proof["class"]["name"],
            "class_flagged": proof["flagged"],
            "class_evidence": proof["evidence"]["level"],
            **{name: line.get(name) for name in ("image", "variant", "donor", "picture", "original")},
            "counts": (before == line["classIndex"]) != (line["variant"] == "transplant"),
            "kept": kept,
            "predicted_before_index": before,
            "predicted_index": after,
            **{snake(name): line[name] for name in ("logitBefore", "logit", "probabilityBefore", "probability")},
        }
        assert {name: row[name] for name in expected} == expected
        assert row["predicted_name"] == names.get(after, row["predicted_name"])
        assert row["predicted_before_name"] == names.get(before, row["predicted_before_name"])


def test_the_documentation_lists_the_columns_of_answers(request):
    text = (HOME / "docs/parquet.md").read_text().split("## Proofs")[1]
    named = []
    for cell in re.findall(r"^\| (`.+?) \|", text, re.MULTILINE):
        names = re.findall(r"`(\S+)`", cell)
        # `a_before_index`, `…_id`, `…_name`: the first says how the others begin.
        named += [name.replace("…", names[0].rsplit("_", 1)[0]) for name in names]
    assert sorted(named) == sorted(pq.read_schema(request.config.getoption("--demo") / "proof/answers.parquet").names)
