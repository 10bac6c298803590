"""Maps of pytorch-grad-cam, and the ONNX file of the network they are of, made in PyTorch's environment.

    python pytorch_grad_cam_maps.py FOLDER KIND NETWORK MODULE [TOKENS_BEFORE_THE_GRID]

FOLDER holds camaudit_torch.py, and gets network.onnx, its reference, and maps.npz: the pictures as the network's
input, the targets, and by method the raw maps, before ReLU and scaling.
"""

import math
import pathlib
import sys

import numpy as np
import pytorch_grad_cam as peer
import torch
from pytorch_grad_cam.utils.model_targets import ClassifierOutputTarget

METHODS = {
    "gradcam": peer.GradCAM,
    "gradcam++": peer.GradCAMPlusPlus,
    "hirescam": peer.HiResCAM,
    "xgradcam": peer.XGradCAM,
    "layercam": peer.LayerCAM,
    "eigencam": peer.EigenCAM,
    "eigengradcam": peer.EigenGradCAM,
}


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
        for method, cam in METHODS.items()
    }
    np.savez(folder / "maps.npz", images=images.permute(0, 2, 3, 1).numpy(), targets=arrays["targets"], **made)


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
