"""The other side of recipes.py, in PyTorch's environment: reads `sweep` or `gae` a line, prints the seconds it took."""

import sys
import time

import torch


class Sweep:
    """pytorch-grad-cam once for each of a ResNet-50's 16 blocks, as published recipes go through the layers."""

    def __init__(self):
        import torchvision

        self._model = torchvision.models.resnet50(weights=None).eval()
        stages = (self._model.layer1, self._model.layer2, self._model.layer3, self._model.layer4)
        self._blocks = [block for stage in stages for block in stage]
        self._images = torch.randn(1, 3, 224, 224)

    def __call__(self):
        from pytorch_grad_cam import GradCAM

        for block in self._blocks:
            with GradCAM(model=self._model, target_layers=[block]) as cam:
                cam(input_tensor=self._images, targets=None)


class Relevance:
    """Chefer et al. 2021 (arXiv:2103.15679) over a transformers ViT: R <- R + E_h[(A * dy/dA)+] R, block by block."""

    def __init__(self):
        import transformers

        config = transformers.ViTConfig(num_labels=1000, attn_implementation="eager")
        self._model = transformers.ViTForImageClassification(config).eval()
        self._images = torch.randn(1, 3, 224, 224)

    def __call__(self):
        out = self._model(self._images, output_attentions=True)
        score = out.logits[0, out.logits[0].argmax()]
        gradients = torch.autograd.grad(score, out.attentions)
        relevance = torch.eye(out.attentions[0].shape[-1])
        for attention, gradient in zip(out.attentions, gradients, strict=True):
            relevance = relevance + (attention[0] * gradient[0]).clamp(min=0).mean(0) @ relevance
        return relevance[0, 1:].reshape(14, 14)


def main():
    kinds, made = {"sweep": Sweep, "gae": Relevance}, {}
    for line in sys.stdin:
        what = line.strip()
        if what not in made:
            made[what] = kinds[what]()
        start = time.perf_counter()
        made[what]()
        print(time.perf_counter() - start, flush=True)


if __name__ == "__main__":
    main()
