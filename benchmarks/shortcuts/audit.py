"""One model from its export to what camaudit says of it."""

import csv
import json
import os
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
from PIL import Image

from camaudit_demo.scenes import CLASSES
from shortcuts import spray
from shortcuts.sets import SIDE

HOME = Path(__file__).resolve().parents[2]


def image_name(shown):
    return f"{shown.kind}/{shown.kind}-{shown.index:03d}.png"


def write_pictures(pictures, folder):
    """`images/<class>/<name>.png` and `regions.json`, COCO's form."""
    images, annotations = [], []
    for number, shown in enumerate(pictures, start=1):
        name = image_name(shown)
        path = folder / "images" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(shown.picture.pixels).save(path)
        images.append({"id": number, "file_name": name, "width": SIDE, "height": SIDE})
        annotations.append(
            {
                "id": number,
                "image_id": number,
                "category_id": CLASSES.index(shown.kind) + 1,
                "segmentation": [np.round(shown.picture.polygon, 1).ravel().tolist()],
                "bbox": list(shown.picture.box),
                "iscrowd": 0,
            }
        )
    categories = [{"id": index, "name": name} for index, name in enumerate(CLASSES, start=1)]
    regions = {"images": images, "annotations": annotations, "categories": categories}
    (folder / "regions.json").write_text(json.dumps(regions), encoding="utf-8")


def export(model, folder):
    from camaudit_export.export import export_model
    from camaudit_export.normalization import named_normalization
    from camaudit_export.preprocessing import Preprocessing

    labels = [{"index": index, "id": name, "names": [name]} for index, name in enumerate(CLASSES)]
    export_model(model, folder, Preprocessing(named_normalization("caffe")), labels=labels)


def audited(folder, page):
    """Audits and proves the model and pictures in a folder with the defaults; the run's folder."""
    run = folder / "run"
    command = [HOME / "camaudit", "audit", "--model", folder / "model", "--input", folder / "images", "--output", run]
    command += ["--regions", folder / "regions.json", "--channels", "--prove", "--workers", "1"]
    if not page:
        command += ["--no-overlays", "--no-page", "--no-parquet"]
    options = f"-XX:TieredStopAtLevel=1 {os.environ.get('CAMAUDIT_JAVA_OPTIONS', '')}"
    environment = os.environ | {"CAMAUDIT_JAVA_OPTIONS": options}
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, env=environment)
    if done.returncode:
        sys.exit(f"camaudit ended with {done.returncode}:\n{done.stderr}")
    return run


def findings(run, cued):
    """What a run says of its classes, by name; `cued` are the names of the images that have the cue."""
    statistics = json.loads((run / "classes.json").read_text("utf-8"))
    proof = json.loads((run / "proof.json").read_text("utf-8"))
    strategies = json.loads((run / "strategies.json").read_text("utf-8"))
    return {
        "flags": [[flag["class"]["name"], flag["kind"]] for flag in statistics["flags"]],
        "properties": [
            [flag["class"]["name"], flag["property"]]
            for flag in statistics["propertyFlags"]
            if flag["comparison"] == "CLASS_AGAINST_REST"
        ],
        "levels": {row["class"]["name"]: row["evidence"]["level"] for row in proof["classes"]},
        "kept": {
            row["class"]["name"]: {
                name: [result["kept"]["count"], result["kept"]["of"]] for name, result in row["variants"].items()
            }
            for row in proof["classes"]
        },
        "withoutObject": {
            row["class"]["name"]: {one["predicted"]["name"]: one["count"] for one in row["withoutObject"]}
            for row in proof["classes"]
        },
        "gaps": {
            row["class"]["name"]: [row["backgroundGap"]["difference"], row["backgroundGap"]["pValue"]]
            for row in proof["classes"]
            if "backgroundGap" in row
        },
        "strategies": {row["class"]["name"]: _with_cue(run / row["file"], cued) for row in strategies["classes"]},
        "spray": {kind: spray.gap(maps) for kind, maps in _maps(run).items()},
    }


def _with_cue(file, cued):
    """Of each strategy of a class the number of its images that have the cue, and of its images: [count, of]."""
    counts = defaultdict(lambda: [0, 0])
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            counts[int(row["strategy"])][0] += row["image"] in cued
            counts[int(row["strategy"])][1] += 1
    return [counts[number] for number in sorted(counts)]


def _maps(run):
    """The maps of each label's images after ReLU, of norm 1, [n, cells], in the order of the images' names."""
    maps = defaultdict(dict)
    for part in sorted((run / "records").glob("*.jsonl")):
        for line in part.read_text("utf-8").splitlines():
            record = json.loads(line)
            values = np.maximum(np.array(record["explanations"][0]["map"]["values"]), 0).ravel()
            maps[record["label"]["name"]][record["image"]] = values / max(np.linalg.norm(values), 1e-12)
    return {kind: np.stack([of_kind[name] for name in sorted(of_kind)]) for kind, of_kind in sorted(maps.items())}
