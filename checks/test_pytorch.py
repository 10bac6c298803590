"""Networks of torchvision, timm and transformers, with seeded random weights, through ONNX against PyTorch itself.

Needs an environment with PyTorch, named in CAMAUDIT_TORCH_PYTHON (docs/pytorch.md), and about a minute a network;
./verify does without. Each network is written by camaudit_torch.py, which leaves the logits and maps that PyTorch
computes, and exported, which fails where its own differ by more than a thousandth of their maximum.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

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
NETWORKS = [("torchvision", name) for name in TORCHVISION] + [("timm", name) for name in TIMM]
# PyTorch writes their last pooling as a view by strides, which the importer does not read.
REFUSED = {"swin_t", "swin_v2_t"}


def cases():
    for source, name in NETWORKS:
        marks = pytest.mark.xfail(strict=True, reason="as_strided is not read") if name in REFUSED else ()
        yield pytest.param(source, name, id=name, marks=marks)


@pytest.mark.skipif(not TORCH, reason="no CAMAUDIT_TORCH_PYTHON: docs/pytorch.md says how to make one")
@pytest.mark.parametrize("source, name", cases())
def test_network_equals_pytorch(source, name, tmp_path):
    file = tmp_path / "network.onnx"
    # A copy: nothing but this file may be needed over there.
    script = shutil.copy(HOME / "export-scripts/camaudit_torch.py", tmp_path)
    # The program's own path, not what it links to, is what makes an environment.
    python = os.path.abspath(TORCH)
    run([python, script, f"--{source}", name, "--weights", "random", "--output", file], cwd=tmp_path)
    command = [
        sys.executable,
        "-m",
        "camaudit_export",
        "--onnx",
        file,
        "--layers",
        "auto",
        "--output",
        tmp_path / "model",
    ]
    said = run(command, cwd=HOME / "export-scripts")
    checked = re.search(r"checked against PyTorch .*largest relative difference: (.*)", said)
    assert checked, said
    differences = [float(number) for number in re.findall(r"(?<= )[0-9.e+-]+(?=,|$)", checked[1])]
    # Of logits and of at least one kind of maps.
    assert len(differences) >= 2, checked[1]
    assert max(differences) < 1e-3, checked[1]


def run(command, cwd):
    done = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout + done.stderr
