"""Maps of pytorch-grad-cam, and the ONNX file of the network they are of, made in PyTorch's environment.

    python pytorch_grad_cam_maps.py FOLDER KIND NETWORK MODULE [TOKENS_BEFORE_THE_GRID]
    python pytorch_grad_cam_maps.py FOLDER passes

FOLDER holds camaudit_torch.py, and gets network.onnx, its reference, and maps.npz: the pictures, as the network's
input or as they were, the targets, and by method the raw maps, before ReLU and scaling. `passes` stands for a network
of twelve channels and the methods that take a pass for each.
"""

import math
import pathlib
import sys

import numpy as np
import pytorch_grad_cam as peer
import torch
from pytorch_grad_cam.utils.model_targets import ClassifierOutputTarget

BY_GRADIENTS = {
    "gradcam": peer.GradCAM,
    "gradcam++": peer.GradCAMPlusPlus,
    "hirescam": peer.HiResCAM,
    "xgradcam": peer.XGradCAM,
    "layercam": peer.LayerCAM,
    "eigencam": peer.EigenCAM,
    "eigengradcam": peer.EigenGradCAM,
}
BY_PASSES = {"scorecam": peer.ScoreCAM, "ablationcam": peer.AblationCAM}
CLASSES, SIDE = 5, 64


def main(folder, kind, network, module, prefix=None):
    folder = pathlib.Path(folder)
    sys.path.insert(0, str(folder))
    import camaudit_torch

    model, preprocessing, _ = camaudit_torch.random_model(kind, network)
    head = [layer for layer in model.modules() if isinstance(layer, torch.nn.Linear)][-1]
    with torch.no_grad():
        # Their Grad-CAM++ adds 1e-6 to the square of each gradient, which is to be without weight.
        head.weight *= 10_000
    _, reference = camaudit_torch.save(model, folder / "network.onnx", preprocessing=preprocessing)
    arrays = np.load(reference)
    images = camaudit_torch._normalized(arrays["pictures"], arrays)
    layer = model.get_submodule(module)
    made = {
        method: np.stack([maps(cam, model, layer, images, column, prefix) for column in arrays["targets"].T], axis=1)
        for method, cam in BY_GRADIENTS.items()
    }
    np.savez(folder / "maps.npz", images=images.permute(0, 2, 3, 1).numpy(), targets=arrays["targets"], **made)


def by_passes(folder):
    """Maps of every class, for pictures of the input's size, which the program takes as they are."""
    folder = pathlib.Path(folder)
    sys.path.insert(0, str(folder))
    import camaudit_torch

    facts = {"scale": 1 / 255, "mean": [0.5, 0.45, 0.4], "std": [0.25, 0.2, 0.3], "geometry": "stretch"}
    pictures = camaudit_torch._pictures((SIDE, SIDE))
    images = camaudit_torch._normalized(pictures, facts)
    model = small_network()
    camaudit_torch.randomize(model.eval(), images, 5)
    with torch.no_grad():
        # The softmax over channels of Score-CAM is to be neither even nor of one channel alone.
        model.head.weight *= 3
        logits = model(images).numpy()
    camaudit_torch.save(model, folder / "network.onnx", SIDE, preprocessing=facts)
    # Their masks are enlarged with the corners' pixels at the corners' cells; half-pixel centres are wanted here.
    torch.nn.UpsamplingBilinear2d = lambda size: torch.nn.Upsample(size=size, mode="bilinear", align_corners=False)
    made = {
        method: np.stack(
            [maps(cam, model, model.body, images, [t] * len(images), None) for t in range(CLASSES)], axis=1
        )
        for method, cam in BY_PASSES.items()
    }
    np.savez(folder / "maps.npz", pictures=pictures, logits=logits, **made)


def small_network():
    torch.manual_seed(5)
    model = torch.nn.Sequential()
    model.stem = torch.nn.Sequential(torch.nn.Conv2d(3, 8, 3, 2, 1), torch.nn.BatchNorm2d(8), torch.nn.ReLU())
    model.body = torch.nn.Sequential(torch.nn.Conv2d(8, 12, 3, 2, 1), torch.nn.BatchNorm2d(12), torch.nn.ReLU())
    model.neck = torch.nn.Sequential(torch.nn.Conv2d(12, 12, 3, 2, 1), torch.nn.Tanh())
    model.pool = torch.nn.Sequential(torch.nn.AdaptiveAvgPool2d(1), torch.nn.Flatten())
    model.head = torch.nn.Linear(12, CLASSES)
    return model


def maps(kind, model, layer, images, targets, prefix):
    def in_grid(tokens):
        cells = tokens[:, int(prefix) :]
        side = math.isqrt(cells.shape[1])
        return cells.reshape(len(cells), side, side, -1).permute(0, 3, 1, 2)

    with kind(model=model, target_layers=[layer], reshape_transform=in_grid if prefix else None) as cam:
        made, make = [], cam.get_cam_image

        def kept(*arguments):
            made.append(make(*arguments))
            return made[0]

        cam.get_cam_image = kept
        cam(input_tensor=images.clone(), targets=[ClassifierOutputTarget(int(target)) for target in targets])
    return made[0]


if __name__ == "__main__":
    by_passes(sys.argv[1]) if sys.argv[2:] == ["passes"] else main(*sys.argv[1:])
