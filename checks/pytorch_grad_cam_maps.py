"""Maps of pytorch-grad-cam, and the ONNX file of the network they are of, made in PyTorch's environment.

    python pytorch_grad_cam_maps.py FOLDER KIND NETWORK MODULE gradients|passes [TOKENS_BEFORE_THE_GRID]

FOLDER holds camaudit_torch.py, and gets network.onnx, its reference, and maps.npz: the pictures, as the network's
input and as they were, the targets, and by method the raw maps, before ReLU and scaling.
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


def main(folder, kind, network, module, by, prefix=None):
    folder = pathlib.Path(folder)
    sys.path.insert(0, str(folder))
    import camaudit_torch

    model, preprocessing, _ = camaudit_torch.random_model(kind, network)
    head = [layer for layer in model.modules() if isinstance(layer, torch.nn.Linear)][-1]
    with torch.no_grad():
        # Their Grad-CAM++ adds 1e-6 to the square of each gradient, which is to be without weight. The softmax over
        # channels of Score-CAM is to be neither even nor of one channel alone.
        head.weight *= 10_000 if by == "gradients" else 30
    if by == "passes":
        # Pictures of the input's size, which the program takes as they are.
        facts, _ = camaudit_torch._facts(preprocessing, None)
        preprocessing = {**{key: facts[key] for key in ("scale", "mean", "std")}, "geometry": "stretch"}
        # Their masks are enlarged with the corners' pixels at the corners' cells; half-pixel centres are wanted here.
        torch.nn.UpsamplingBilinear2d = lambda size: torch.nn.Upsample(size=size, mode="bilinear", align_corners=False)
    _, reference = camaudit_torch.save(model, folder / "network.onnx", preprocessing=preprocessing)
    arrays = np.load(reference)
    images = camaudit_torch._normalized(arrays["pictures"], arrays)
    layer = model.get_submodule(module)
    made = {
        method: np.stack([maps(cam, model, layer, images, column, prefix) for column in arrays["targets"].T], axis=1)
        for method, cam in (BY_GRADIENTS if by == "gradients" else BY_PASSES).items()
    }
    inputs = images.permute(0, 2, 3, 1).numpy()
    np.savez(folder / "maps.npz", images=inputs, pictures=arrays["pictures"], targets=arrays["targets"], **made)


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
    main(*sys.argv[1:])
