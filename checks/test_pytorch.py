"""Networks of torchvision, timm and transformers, with seeded random weights, through ONNX against PyTorch itself.

Needs an environment with PyTorch, named in CAMAUDIT_TORCH_PYTHON (docs/pytorch.md), and about a minute a network;
./verify does without. Each network is written by camaudit_torch.py, which leaves the logits and maps that PyTorch
computes, and exported, which fails where its own differ by more than a thousandth of their maximum.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

HOME = Path(__file__).resolve().parent.parent
TORCH = os.environ.get("CAMAUDIT_TORCH_PYTHON")
TORCHVISION = [
    "resnet18",
    "resnet50",
    "resnext50_32x4d",
    "wide_resnet50_2",
    "regnet_y_400mf",
    "densenet121",
    "efficientnet_b0",
    "efficientnet_v2_s",
    "mobilenet_v2",
    "mobilenet_v3_small",
    "vgg11_bn",
    "alexnet",
    "squeezenet1_1",
    "googlenet",
    "inception_v3",
    "shufflenet_v2_x1_0",
    "mnasnet1_0",
    "convnext_tiny",
    "vit_b_32",
    "swin_t",
    "swin_v2_t",
    "maxvit_t",
]
TIMM = [
    "resnet26d",
    "seresnet50",
    "ecaresnet26t",
    "res2net50_26w_4s",
    "dpn68",
    "hrnet_w18_small",
    "dla34",
    "efficientnet_lite0",
    "mixnet_s",
    "ghostnet_100",
    "mobilenetv4_conv_small",
    "convnextv2_atto",
    "convnext_atto",
    "nfnet_f0",
    "vit_tiny_patch16_224",
    "deit_tiny_patch16_224",
    "vit_small_patch14_dinov2",
    "xcit_nano_12_p16_224",
    "pvt_v2_b0",
    "mobilevit_xxs",
    "edgenext_xx_small",
    "poolformer_s12",
]
TRANSFORMERS = {
    "resnet": {},
    "vit": {"hidden_size": 192, "num_attention_heads": 3, "intermediate_size": 768},
    "deit": {
        "architectures": ["DeiTForImageClassification"],
        "hidden_size": 192,
        "num_attention_heads": 3,
        "intermediate_size": 768,
    },
    "swin": {},
}
"""Of transformers, by kind: what a configuration says that differs from the kind's default."""
NETWORKS = [
    *(("torchvision", name) for name in TORCHVISION),
    *(("timm", name) for name in TIMM),
    *(("transformers", name) for name in TRANSFORMERS),
]
CONFIGURE = """
import json, sys, transformers
kind, changes, folder = sys.argv[1:]
transformers.AutoConfig.for_model(kind, **json.loads(changes)).save_pretrained(folder)
transformers.ViTImageProcessor().save_pretrained(folder)
"""


pytestmark = pytest.mark.skipif(not TORCH, reason="no CAMAUDIT_TORCH_PYTHON: docs/pytorch.md says how to make one")


def cases():
    for pair in NETWORKS:
        yield pytest.param(*pair, id="-".join(pair))


@pytest.mark.parametrize("source, name", list(cases()))
def test_network_equals_pytorch(source, name, tmp_path):
    file = tmp_path / "network.onnx"
    # A copy: nothing but this file may be needed over there.
    script = shutil.copy(HOME / "export-scripts/camaudit_torch.py", tmp_path)
    if source == "transformers":
        run([python(), "-c", CONFIGURE, name, json.dumps(TRANSFORMERS[name]), tmp_path / name], cwd=tmp_path)
    run([python(), script, f"--{source}", name, "--weights", "random", "--output", file], cwd=tmp_path)
    said = export(file, "auto", tmp_path / "model")
    checked = re.search(r"checked against PyTorch .*largest relative difference: (.*)", said)
    assert checked, said
    differences = [float(number) for number in re.findall(r"(?<= )[0-9.e+-]+(?=,|$)", checked[1])]
    # Of logits and of at least one kind of maps.
    assert len(differences) >= 2, checked[1]
    assert max(differences) < 1e-3, checked[1]


def test_all_blocks_of_a_deep_network(tmp_path):
    """Whose early maps PyTorch's own 32-bit floats know to a percent."""
    file = tmp_path / "network.onnx"
    script = HOME / "export-scripts/camaudit_torch.py"
    run([python(), script, "--torchvision", "resnet50", "--weights", "random", "--output", file], cwd=tmp_path)
    with np.load(file.with_suffix(".reference.npz")) as kept:
        assert 1e-3 < kept["rounding/layer1.0"] < 0.1
        assert kept["rounding/layer4.2"] < 1e-3
    assert "maps of 16 layers" in export(file, "all-blocks", tmp_path / "model")


@pytest.mark.parametrize(
    "source, name, layer, module, prefix",
    [
        ("torchvision", "resnet18", "layer4", "layer4", ()),
        # The tokens that the last block's attention takes in.
        ("timm", "vit_tiny_patch16_224", "blocks.11", "blocks.11.norm1", ("1",)),
        # Those that the class token, alone, attends to in the end.
        ("timm", "xcit_nano_12_p16_224", "cls_attn_blocks.1", "cls_attn_blocks.1.norm1", ("1",)),
    ],
    ids=["last layer", "tokens", "class attention"],
)
def test_maps_are_those_of_pytorch_grad_cam(source, name, layer, module, prefix, tmp_path):
    """To 1e-3 of the largest value, on converted weights, before ReLU and scaling.

    Where no ReLU follows: at its kinks one rounding makes the gradient of a cell another.

    Their Eigen-CAM and Eigen-Grad-CAM take the mean off the cells for the projection too, and leave its sign to
    chance: such maps are compared without their mean, and up to sign. The divisor of Grad-CAM++ comes near 0 where
    activations are negative, and no two roundings agree there: it is compared behind a ReLU alone.
    """
    bring_peer(tmp_path)
    run([python(), "pytorch_grad_cam_maps.py", tmp_path, source, name, module, *prefix], cwd=tmp_path)
    export(tmp_path / "network.onnx", layer, tmp_path / "model")
    sys.path.insert(0, str(HOME / "export-scripts"))
    from camaudit_export.cam_methods import METHODS
    from camaudit_export.saved_model import ExportedModel

    theirs = np.load(tmp_path / "maps.npz")
    targets = theirs["targets"]
    pairs = {"image_index": np.arange(len(targets)).repeat(targets.shape[1]), "targets": targets.ravel()}
    with ExportedModel(tmp_path / "model") as exported:
        for method in METHODS:
            if method == "gradcam++" and layer != "layer4":
                continue
            got = exported.run(method, [f"map/{layer}"], images=theirs["images"], **pairs)[f"map/{layer}"]
            want = theirs[method].reshape(got.shape)
            if method.startswith("eigen"):
                got = got - got.mean(axis=(1, 2), keepdims=True)
                got = got * np.sign((got * want).sum(axis=(1, 2), keepdims=True))
            for a, b in zip(got, want, strict=True):
                assert np.abs(a - b).max() < 1e-3 * np.abs(b).max(), method


def test_maps_by_passes_are_those_of_pytorch_grad_cam(tmp_path):
    """Score-CAM and Ablation-CAM, as the program makes them, of every class of a small network, likewise.

    Their Ablation-CAM divides by the logit, so that its maps turn where that is negative; ours do not.
    """
    bring_peer(tmp_path)
    run([python(), "pytorch_grad_cam_maps.py", tmp_path, "passes"], cwd=tmp_path)
    export(tmp_path / "network.onnx", "body", tmp_path / "model")
    theirs = np.load(tmp_path / "maps.npz")
    for number, picture in enumerate(theirs["pictures"]):
        Image.fromarray(picture).save(tmp_path / f"{number}.png")
    pictures = [tmp_path / f"{number}.png" for number in range(len(theirs["pictures"]))]
    classes = theirs["logits"].shape[1]
    assert (theirs["logits"] < 0).any() and (theirs["logits"] > 0).any()
    for method in ("scorecam", "ablationcam"):
        options = ["--method", method, "--raw", "--overlays", "none", *(f"--target={t}" for t in range(classes))]
        command = [HOME / "camaudit", "explain", "--model", tmp_path / "model", *options]
        run([*command, "--output", tmp_path / method, *pictures], cwd=tmp_path)
        for number, target in np.ndindex(theirs["logits"].shape):
            got = np.load(tmp_path / method / f"raw/{number}.png.{method}-body-{target}.npy")
            want = theirs[method][number, target]
            if method == "ablationcam":
                want = want * np.sign(theirs["logits"][number, target])
            assert np.ptp(want) > 1e-3 * np.abs(want).max()
            assert np.abs(got - want).max() < 1e-3 * np.abs(want).max(), (method, number, target)


def bring_peer(folder):
    """The scripts that run beside pytorch-grad-cam."""
    probe = "import importlib.util, sys; sys.exit(importlib.util.find_spec('pytorch_grad_cam') is None)"
    if subprocess.run([python(), "-c", probe], check=False).returncode != 0:
        pytest.skip("no pytorch-grad-cam beside PyTorch: pip install grad-cam")
    for script in ("export-scripts/camaudit_torch.py", "checks/pytorch_grad_cam_maps.py"):
        shutil.copy(HOME / script, folder)


def python():
    """The program's own path, not what it links to, is what makes an environment."""
    return os.path.abspath(TORCH)


def export(file, layers, output):
    command = [sys.executable, "-m", "camaudit_export", "--onnx", file, "--layers", layers, "--output", output]
    return run(command, cwd=HOME / "export-scripts")


def run(command, cwd):
    done = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout + done.stderr


NETWORK = """
import camaudit_torch, torch, torchvision
import torchvision.transforms as T

class Network(torch.nn.Module):
    def __init__(self, classes=3):
        super().__init__()
        self.stem, self.head = torch.nn.Conv2d(3, 8, 3), torch.nn.Linear(8, classes)
    def forward(self, images):
        return self.head(self.stem(images).mean((2, 3)))
"""
PREPARED = (
    NETWORK
    + """
import json, onnx
import torchvision.transforms.v2 as T2

def facts(preprocessing, model=None, labels=None, **more):
    model = Network(2) if model is None else model
    camaudit_torch.save(model, "p.onnx", preprocessing=preprocessing, labels=labels, **more)
    return json.loads({p.key: p.value for p in onnx.load("p.onnx").metadata_props}["camaudit"])

mean, std = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]
preset = facts(torchvision.transforms._presets.ImageClassification(crop_size=32, resize_size=36))["preprocessing"]
written = {"mean": mean, "std": std, "geometry": "crop", "resize": 36}
old = T.Compose([T.Resize(36), T.CenterCrop(32), T.ToTensor(), T.Normalize(mean, std)])
new = T2.Compose([T2.ToImage(), T2.Resize(36), T2.CenterCrop(32), T2.ToDtype(torch.float32, scale=True),
                  T2.Normalize(mean, std)])
for one in (facts(written, size=32), facts(old), facts(new)):
    assert {"interpolation": "bilinear", **one["preprocessing"]} == preset, (one, preset)
assert facts({**written, "antialias": False}, size=32)["preprocessing"]["antialias"] is False
stretched = facts(T.Compose([T.Resize((24, 32)), T.PILToTensor()]))["preprocessing"]
assert (stretched["geometry"], stretched["scale"], stretched["mean"]) == ("stretch", 1.0, [0.0] * 3)
for model in (torch.nn.DataParallel(Network(2)), torch.compile(Network(2))):
    assert facts(old, model, {"cat": 0, "dog": 1})["labels"] == ["cat", "dog"]
assert facts(old, labels={1: "dog", 0: "cat"})["labels"] == ["cat", "dog"]
"""
)


def test_preprocessing_and_labels_in_every_form(tmp_path):
    """As people have them: what torchvision's own preset says is what stands in the file."""
    shutil.copy(HOME / "export-scripts/camaudit_torch.py", tmp_path)
    run([python(), "-c", PREPARED], cwd=tmp_path)


REFUSALS = (
    NETWORK
    + """
import contextlib, io

class Dependent(Network):
    def forward(self, images):
        x = self.stem(images)
        return self.head((x - x[0]).mean((2, 3)))

class Conditional(Network):
    def forward(self, images):
        x = self.stem(images)
        return self.head((x * 2 if x.sum() > 0 else x).mean((2, 3)))

class Dictionary(Network):
    def forward(self, images):
        return {"scores": self.head(self.stem(images).mean((2, 3)))}

state = torchvision.models.resnet18(num_classes=2).state_dict()
torch.save({key: value for key, value in state.items() if key != "fc.bias"}, "missing.pt")
torch.save({**state, "extra": torch.zeros(1)}, "extra.pt")
torch.save(state, "two.pt")
torch.save([1, 2], "list.pt")
open("text.pt", "w").write("hello")
open("two.txt", "w").write("cat\\ndog\\n")
net = ["--torchvision", "resnet18", "--output", "x.onnx"]
for options in (
    [*net, "--classes", "2", "--weights", "missing.pt"],
    [*net, "--classes", "2", "--weights", "extra.pt"],
    [*net, "--weights", "two.pt"],
    [*net, "--weights", "list.pt"],
    [*net, "--weights", "text.pt"],
    [*net, "--weights", "random", "--labels", "two.txt"],
    [*net, "--weights", "random", "--size", "2"],
    ["--torchvision", "resnet19", "--output", "x.onnx"],
    ["--torchvision", "vit_b_32", "--weights", "random", "--size", "256", "--output", "x.onnx"],
    ["--transformers", "./nothing", "--output", "x.onnx"],
    ["--torchvision", "resnet18", "--output", "nowhere/x.onnx"],
):
    with contextlib.redirect_stderr(io.StringIO()) as said:
        assert camaudit_torch.main(options) == 2, options
    print(said.getvalue().strip().splitlines()[-1])
for model, options in (
    (Dependent(), {}),
    (Conditional(), {}),
    (Dictionary(), {}),
    (Dependent(), {"preprocessing": {"geometry": "zoom"}}),
    (Dependent(), {"preprocessing": {"std": [0, 1, 1]}}),
    (Dependent(), {"size": (32, 32, 3)}),
    (Dependent(), {"preprocessing": {"mean": [123.7] * 3}}),
    (Dependent(), {"preprocessing": {"geometry": "crop", "resize": 20}}),
    (Dependent(), {"preprocessing": T.Compose([T.Resize(36), T.ToTensor()])}),
    (Dependent(), {"preprocessing": T.Compose([T.RandomResizedCrop(32), T.ToTensor()])}),
    (Network(), {"labels": {"cat": 0, "dog": 1, "fish": 3}}),
):
    try:
        camaudit_torch.save(model, "x.onnx", **{"size": 32, **options})
        print("written")
    except camaudit_torch.RefusedError as error:
        print(error)
"""
)
REFUSED = [
    "1 missing (fc.bias",
    "1 unknown (extra",
    "does --classes fit?",
    "holds no state dict",
    "no checkpoint that torch.load can read",
    "2 labels for 1000 logits",
    "give the model's own size",
    "no such image classifier; the nearest are resnet18",
    "cannot take 3 pictures of 3 channels, 256 x 256",
    "give a folder that holds config.json",
    "there is no folder nowhere",
    "pictures must not depend on each other",
    "cannot write this model as ONNX",
    "returns a dict; logits are wanted",
    'geometry "zoom" is none of stretch',
    "std has a zero",
    "a number of pixels, or (height, width)",
    "give scale 1 if mean and std are of pixels from 0 to 255",
    "resize 20 is less than the input's 32 x 32",
    "CenterCrop is wanted after it",
    "RandomResizedCrop is not understood here; give a dict with",
    "a name for each index from 0 to 2 is wanted",
]


def test_what_cannot_be_done_is_said_in_one_sentence(tmp_path):
    shutil.copy(HOME / "export-scripts/camaudit_torch.py", tmp_path)
    done = subprocess.run(
        [python(), "-c", REFUSALS],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env={**os.environ, "HF_HUB_OFFLINE": "1"},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    said = done.stdout.strip().splitlines()
    assert len(said) == len(REFUSED), said
    for sentence, words in zip(said, REFUSED, strict=True):
        assert words in sentence
    assert not (tmp_path / "x.onnx").exists()
