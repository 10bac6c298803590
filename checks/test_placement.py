"""Everything that speaks of a place goes by where cells look, recomputed with NumPy and TensorFlow.

The demo's model gets other centres than its own, which are made up. They need not be right: what is checked is that
regions, channels, cues, holes, variants and the page go by the same cells, whatever they are.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

HOME = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(HOME / "pipeline/src/test/python"))
sys.path.insert(0, str(HOME / "export-scripts"))

import test_channels  # noqa: E402
import test_faithfulness  # noqa: E402
import test_numbers  # noqa: E402
import test_proof  # noqa: E402
from camaudit_runs import Run  # noqa: E402
from exported import Model  # noqa: E402

SIDE = 224
LAST, EARLY = "conv5_block3_out", "conv4_block1_out"
CLASSES, OF_A_CLASS = ("butterfly", "fish"), 4


def laid(cells):
    """Centres that are further up and left than even ones, closer together at one end than at the other."""
    even = (np.arange(cells) + 0.5) / cells
    return {axis: (SIDE * (0.04 + 0.82 * even**bend)).round(2).tolist() for axis, bend in (("y", 1.15), ("x", 0.9))}


@pytest.fixture(scope="module")
def folder(work):
    """A model that says where its cells look, a few photographs, and a run of them."""
    shutil.copytree(HOME / "demo/model", work / "model")
    card = work / "model/assets.extra/model-card.json"
    facts = json.loads(card.read_text("utf-8"))
    for layer in facts["layers"]:
        layer["centers"] = laid(layer["height"])
    card.write_text(json.dumps(facts), "utf-8")
    for name in CLASSES:
        (work / "photos" / name).mkdir(parents=True)
        for path in sorted((HOME / "demo/images" / name).iterdir())[-OF_A_CLASS:]:
            shutil.copy(path, work / "photos" / name)
    command = ["./camaudit", "audit", "--model", work / "model", "--input", work / "photos"]
    command += ["--regions", HOME / "demo/regions.json", "--layers", f"{LAST},{EARLY}", "--output", work / "run"]
    command += ["--channels", "--faithfulness", "2", "--overlays", "none"]
    command += ["--prove", "--prove-images", "2"]
    done = subprocess.run([*map(str, command)], cwd=HOME, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return work


@pytest.fixture(scope="module")
def run(folder):
    found = test_numbers.Run(folder / "run", HOME / "demo/regions.json", folder / "model", "label")
    assert set(found.centers) == {LAST, EARLY}
    options = json.loads((folder / "run/run.json").read_text("utf-8"))["options"]
    assert options["placement"] == "receptive-field"
    return found


def test_numbers_of_maps_and_regions(run):
    test_numbers.test_attention(run)
    test_numbers.test_region_fit(run)
    test_numbers.test_verdicts_of_the_default_rule(run)


def test_they_differ_from_those_of_even_cells(run):
    """Or nothing would be checked here."""
    for report in run.reports:
        run.reports, kept = [report], run.reports
        laid_cells, run.centers = run.centers, {}
        with pytest.raises(AssertionError):
            test_numbers.test_attention(run)
        run.reports, run.centers = kept, laid_cells


@pytest.fixture(scope="module")
def rows(folder):
    return np.concatenate([test_channels.vectors(file) for file in sorted((folder / "run").glob("channels/*.bin"))])


def test_channels_go_by_what_cells_cover(rows, run):
    assert np.isfinite(rows["inside"]).all()
    test_channels.test_channels_are_sums_over_cells_of_the_models_gradients_and_activations(rows, run)


def test_cues_are_masked_where_cells_look(folder, rows, run, tmp_path):
    listed = [report["image"] for report in run.reports if report["image"].startswith("butterfly/")]
    (tmp_path / "list.txt").write_text("\n".join(listed))
    command = ["./camaudit", "cue", folder / "run", "--images", tmp_path / "list.txt"]
    done = subprocess.run([*map(str, command)], cwd=HOME, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert test_channels.check_masks(folder / "run", folder / "model", rows, run, listed, 1)


def test_faithfulness_orders_equal_holes_by_laid_maps(folder, run):
    found = json.loads((folder / "run/run.json").read_text("utf-8"))["faithfulness"]
    assert (found["rows"], found["columns"]) == (7, 7)
    sample = test_faithfulness.sampled(folder / "run", found)
    layers = [maps["layer"] for maps in found["maps"]]
    assert layers == [LAST, EARLY]
    curves = test_faithfulness.recomputed(found, sample, folder / "model", layers, run.cells)
    for maps in found["maps"]:
        for end in ("most", "least"):
            expected = curves[maps["layer"], end].mean(axis=0)
            assert maps[f"{end}First"] == pytest.approx(expected, abs=test_faithfulness.TOLERANCE)


def test_proofs_take_out_what_laid_maps_are_hot_at(folder, run):
    proof = json.loads((folder / "run/proof.json").read_text("utf-8"))
    answers = test_proof.lines(folder / "run/proof/answers.jsonl")
    assert {"hotSpotOut", "coldSpotOut", "transplant", "control"} <= {answer["variant"] for answer in answers}
    model = Model(folder / "model")
    test_proof.test_answers_are_the_models_to_variants_made_anew(run, proof, answers, model)


def test_the_page_and_the_notebook_lay_mean_maps(folder, run):
    card = json.loads((folder / "model/assets.extra/model-card.json").read_text("utf-8"))
    (layer,) = [layer for layer in card["layers"] if layer["name"] == LAST]
    wanted = {axis: np.array(at) / SIDE for axis, at in layer["centers"].items()}
    pages = sorted((folder / "run/report/data").glob("*.js"))
    assert len(pages) == 1 + len(CLASSES)
    for path in pages:
        text = path.read_text("utf-8")
        data = json.loads(text[text.index("{") : text.rindex("}") + 1])
        shown = [row["map"] for row in data["classes"]] if path.name == "site.js" else [data["mean"], data["deviation"]]
        for map_ in shown:
            for axis in "yx":
                assert map_[axis] == pytest.approx(wanted[axis], abs=1e-4)
        if path.name != "site.js":
            heats = [picture.get("heat") for channel in data["channels"] for picture in channel["pictures"]]
            assert any(heats)
            for heat in filter(None, heats):
                assert heat["x"] == pytest.approx(wanted["x"], abs=1e-4)
    edges = Run(folder / "run").cells(LAST)
    for axis in "yx":
        expected = getattr(run.cells(run.reports[0]["explanations"][0]), f"{axis}_edges") * SIDE
        assert edges[axis] == pytest.approx(expected)
    drawn = [axis for axis in Run(folder / "run").mean_maps().axes if axis.collections]
    assert len(drawn) == len(CLASSES)
    for axis in drawn:
        corners = axis.collections[0].get_coordinates()
        np.testing.assert_allclose(np.asarray(corners[0, :, 0]), edges["x"])
        np.testing.assert_allclose(np.asarray(corners[:, 0, 1]), edges["y"])
        assert axis.yaxis_inverted()
