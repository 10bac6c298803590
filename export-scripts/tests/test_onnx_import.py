import hashlib
import json
import pathlib
import re
import shutil

import numpy as np
import onnx
import pytest

from camaudit_export.cli import main
from camaudit_export.saved_model import ExportedModel

FILES = pathlib.Path(__file__).parent / "onnx"


@pytest.mark.parametrize(
    "name", ["resnet", "densenet", "grey", "tall", "convnext", "swin", "strided", "upsampling", "wrapped"]
)
def test_logits_and_maps_are_pytorchs(name, tmp_path, capsys):
    assert main(["--onnx", str(FILES / f"{name}.onnx"), "--output", str(tmp_path / "model")]) == 0
    summary = capsys.readouterr().out
    assert "checked against PyTorch" in summary
    assert "maps of 1 layer" in summary
    assert {"grey": "yes-no, labels from no to yes", "tall": "multi-label above 0.5, labels from cat to boat"}.get(
        name, "single-label, labels from cat to fish"
    ) in summary


def test_swin_is_explained_at_its_last_norm(tmp_path, capsys):
    """Not at the permutation behind it; the mean over its cells has a closed form."""
    assert main(["--onnx", str(FILES / "swin.onnx"), "--output", str(tmp_path / "model")]) == 0
    assert "default norm, head average-pool-dense" in (summary := capsys.readouterr().out)
    assert "map sums" in summary


def test_a_transformers_attentions_are_pytorchs(tmp_path, capsys):
    """For pictures wider than high; gae, attention, its way back and rollout of every block, by PyTorch's gradients."""
    for layers, names in (("auto", ["blocks.1"]), ("all-blocks", ["blocks.0", "blocks.1"]), ("blocks.0", ["blocks.0"])):
        path = tmp_path / layers
        assert main(["--onnx", str(FILES / "vit.onnx"), "--output", str(path), "--layers", layers]) == 0
        summary = capsys.readouterr().out
        assert "checked against PyTorch" in summary and "LibraGrad's maps against their formulas" in summary
        found = re.findall(r"([\w-]+) maps (\S+e[+-]\d+)", summary)
        balanced = ["libra-gae", "libra-gradcam", "libra-hirescam"]
        attentions = ["gae", "attention", "attention-back", "rollout"]
        assert [method for method, _ in found] == ["gradcam", "hirescam", *attentions, *balanced]
        assert max(float(difference) for _, difference in found) < 1e-5
        card = json.loads((path / "assets.extra" / "model-card.json").read_text())
        assert [layer["name"] for layer in card["layers"]] == names
        assert card["layers"][0] | {"name": ""} == {"name": "", "height": 3, "width": 5, "channels": 16}
        assert card["methods"][0]["name"] == "gae"


@pytest.mark.parametrize(
    "name, wanted, layers",
    [
        ("xcit", "auto", ["cls_attn_blocks.1"]),
        ("xcit", "all-blocks", ["cls_attn_blocks.0", "cls_attn_blocks.1"]),
        ("gathered", "auto", ["tokens"]),
    ],
)
def test_where_the_cells_are_read_at_the_end_they_are_explained_there(name, wanted, layers, tmp_path, capsys):
    """By a class token that comes late, after attention of channels to channels, or by a query."""
    path = tmp_path / "model"
    assert main(["--onnx", str(FILES / f"{name}.onnx"), "--output", str(path), "--layers", wanted]) == 0
    summary = capsys.readouterr().out
    assert "checked against PyTorch" in summary and "(maps against their formulas in NumPy)" in summary
    card = json.loads((path / "assets.extra" / "model-card.json").read_text())
    assert [layer["name"] for layer in card["layers"]] == layers
    assert card["layers"][-1] | {"name": ""} == {"name": "", "height": 3, "width": 5, "channels": 16}
    assert card["methods"][0]["name"] == "gradcam" and "gae" not in summary
    with ExportedModel(path) as exported:
        images = np.random.default_rng(3).normal(size=(2, 24, 40, 3)).astype(np.float32)
        keys = [f"map/{layer}" for layer in layers]
        maps = exported.run("gradcam", keys, images=images, image_index=[0, 1], targets=[0, 1])
    # Every cell counts: behind the last attention those of the grid would be 0.
    assert all((maps[key] != 0).all() for key in keys)


def test_blocks_bear_the_modules_names(tmp_path, capsys):
    assert refused(FILES / "resnet.onnx", tmp_path, capsys, "--layers", "body", code=0) == ""


def test_unknown_module(tmp_path, capsys):
    message = refused(FILES / "resnet.onnx", tmp_path, capsys, "--layers", "boddy", code=2)
    assert 'no module "boddy"; the nearest are body, ' in message
    message = refused(FILES / "densenet.onnx", tmp_path, capsys, "--layers", "denseblock", code=2)
    assert 'no module "denseblock"; the nearest are features.denseblock2, ' in message
    message = refused(FILES / "vit.onnx", tmp_path, capsys, "--layers", "block", code=2)
    assert 'no layer "block"; the nearest are blocks.1, blocks.0' in message
    message = refused(FILES / "resnet.onnx", tmp_path, capsys, "--layers", "zzz", code=2)
    assert 'no module "zzz"; the last ones with height and width are ' in message


def test_fixed_batch(tmp_path, capsys):
    def change(model):
        model.graph.input[0].type.tensor_type.shape.dim[0].dim_value = 1

    assert "its batch is fixed" in refused(edited(tmp_path, change), tmp_path, capsys)


def test_unknown_operation_is_named(tmp_path, capsys):
    def change(model):
        next(node for node in model.graph.node if node.op_type == "Relu").op_type = "Mish"

    message = refused(edited(tmp_path, change), tmp_path, capsys)
    assert "(Mish) in module body.relu" in message


def test_control_flow(tmp_path, capsys):
    def change(model):
        model.graph.node[0].op_type = "If"

    assert "control flow" in refused(edited(tmp_path, change), tmp_path, capsys)


def test_training_mode(tmp_path, capsys):
    def normalize(model):
        node = next(node for node in model.graph.node if node.op_type == "Relu")
        channels = ["scale", "offset", "mean", "variance"]
        model.graph.initializer.extend(onnx.numpy_helper.from_array(np.ones(8, np.float32), name) for name in channels)
        norm = onnx.helper.make_node("BatchNormalization", [node.input[0], *channels], list(node.output))
        norm.attribute.append(onnx.helper.make_attribute("training_mode", 1))
        node.CopyFrom(norm)

    def drop(model):
        node = next(node for node in model.graph.node if node.op_type == "Relu")
        model.graph.initializer.append(onnx.numpy_helper.from_array(np.array(True), "training"))
        node.CopyFrom(onnx.helper.make_node("Dropout", [node.input[0], "", "training"], list(node.output)))

    for change in (normalize, drop):
        assert "call model.eval() before" in refused(edited(tmp_path, change), tmp_path, capsys)


def test_what_another_program_wrote_into_the_metadata(tmp_path, capsys):
    def change(model):
        model.metadata_props[0].value = "none of ours"

    assert 'its metadata "camaudit" is not what' in refused(edited(tmp_path, change), tmp_path, capsys)


def test_no_operations_of_onnx(tmp_path, capsys):
    def change(model):
        model.opset_import[0].domain = "ai.onnx.ml"

    assert "is of opset 0; 13 or later is wanted" in refused(edited(tmp_path, change), tmp_path, capsys)


def test_missing_reference(tmp_path, capsys):
    path = shutil.copy(FILES / "resnet.onnx", tmp_path)
    assert "resnet.reference.npz is missing" in refused(path, tmp_path, capsys)


def test_maps_may_differ_by_a_few_times_what_pytorchs_own_rounding_moves_them(tmp_path, capsys):
    assert "differ by 0.003" in refused(moved(tmp_path, by=0.003, rounding=0.0002), tmp_path, capsys)
    path = moved(tmp_path, by=0.003, rounding=0.002)
    assert main(["--onnx", str(path), "--layers", "body", "--output", str(tmp_path / "model")]) == 0
    assert "(whose own maps move by up to 0.002 from 64 to 32 bits)" in capsys.readouterr().out


def test_no_rounding_excuses_maps_of_something_else(tmp_path, capsys):
    assert "at most 0.1 is allowed" in refused(moved(tmp_path, by=0.3, rounding=0.5), tmp_path, capsys)


def test_without_reference_it_says_what_it_was_checked_against(tmp_path, capsys):
    def change(model):
        del model.metadata_props[:]

    path = edited(tmp_path, change)
    assert "add --preprocessing" in refused(path, tmp_path, capsys, code=2)
    assert main(["--onnx", str(path), "--preprocessing", "torch", "--output", str(tmp_path / "model")]) == 0
    assert "checked against onnx.reference" in capsys.readouterr().out


def moved(folder, by, rounding):
    """The ResNet with a reference in which one cell of a map is another by a share of the largest."""
    with np.load(FILES / "resnet.reference.npz") as kept:
        arrays = dict(kept)
    cells = arrays["map/body"].ravel()
    cells[0] += by * np.abs(cells).max()
    np.savez(folder / "edited.reference.npz", **arrays | {"rounding/body": np.float32(rounding)})
    content = (folder / "edited.reference.npz").read_bytes()

    def change(model):
        for fact in model.metadata_props:
            if fact.key == "camaudit":
                facts = json.loads(fact.value)
                fact.value = json.dumps(facts | {"referenceSha256": hashlib.sha256(content).hexdigest()})

    path = edited(folder, change)
    (folder / "edited.reference.npz").write_bytes(content)
    return path


def edited(folder, change):
    model = onnx.load(str(FILES / "resnet.onnx"))
    change(model)
    onnx.save(model, str(folder / "edited.onnx"))
    shutil.copy(FILES / "resnet.reference.npz", folder / "edited.reference.npz")
    return folder / "edited.onnx"


def refused(path, folder, capsys, *more, code=3):
    assert main(["--onnx", str(path), "--output", str(folder / "refused"), "--verbose", *more]) == code
    return capsys.readouterr().err
