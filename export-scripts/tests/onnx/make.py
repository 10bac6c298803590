"""Makes the ONNX files beside it, in an environment with torch, torchvision and timm:

    python export-scripts/tests/onnx/make.py [NAME ...]

Tiny random networks with norms far from neutral; PyTorch's logits and maps stand beside each.
"""

import contextlib
import pathlib
import sys
import unittest.mock

import torch
import torchvision

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent.parent))

import camaudit_torch  # noqa: E402

FACTS = {"mean": [0.5, 0.45, 0.4], "std": [0.25, 0.2, 0.3], "geometry": "crop", "resize": 40}
LABELS = ["cat", "dog", "fish"]


def networks():
    models = torchvision.models
    block = models.convnext.CNBlockConfig
    yield "resnet", models.ResNet(models.resnet.BasicBlock, [1, 1, 0, 0], 3, width_per_group=64), True
    yield "densenet", models.DenseNet(8, (2, 2), 8, bn_size=2, num_classes=3), False
    yield "convnext", models.ConvNeXt([block(8, 16, 1), block(16, None, 2)], num_classes=3), False
    yield "strided", models.ConvNeXt([block(8, 8, 1), block(8, None, 1)], num_classes=3), False
    yield "upsampling", Upsampling(), False
    yield "wrapped", Wrapped(), False
    yield "swin", models.SwinTransformer([4, 4], 8, [2, 1], [1, 2], [4, 4], num_classes=3), False


def gathering():
    """Networks of timm whose class token, or a query, reads the cells at the end, for pictures wider than high."""
    import timm.models as models

    size = {"img_size": (24, 40), "patch_size": 8, "embed_dim": 16, "num_heads": 2, "mlp_ratio": 2, "num_classes": 3}
    yield "xcit", models.xcit.Xcit(depth=1, cls_attn_layers=2, **size)
    yield "gathered", models.VisionTransformer(depth=1, class_token=False, global_pool="map", **size)


class Upsampling(torch.nn.Module):
    """Channels with weights of their own; two resolutions added up: cells repeated, and between cells linearly."""

    def __init__(self):
        super().__init__()
        self.stem, self.down = torch.nn.Conv2d(3, 8, 3, 2, 1), torch.nn.Conv2d(8, 8, 3, 2, 1)
        self.nearest = torch.nn.Upsample(scale_factor=2, mode="nearest")
        self.bilinear = torch.nn.Upsample(size=(16, 16), mode="bilinear")
        self.corners = torch.nn.Upsample(size=(12, 20), mode="bilinear", align_corners=True)
        self.body = torch.nn.Conv2d(8, 8, 3, 2, 1)
        self.channels = torch.nn.Conv1d(1, 1, 3, padding=1, bias=False)
        self.head = torch.nn.Linear(8, 3)

    def forward(self, images):
        x = self.stem(images).tanh()
        x = x * self.channels(x.mean((2, 3))[:, None]).sigmoid()[:, 0, :, None, None]
        small = self.down(x)
        x = self.corners(x + self.nearest(small) + self.bilinear(small.tanh()))
        return self.head(self.bilinear(self.body(x)).mean((2, 3)))


class Wrapped(torch.nn.Module):
    """Its encoder's output is in a dictionary, as those of transformers' networks."""

    def __init__(self):
        super().__init__()
        self.encoder, self.head = Encoder(), torch.nn.Linear(12, 3)

    def forward(self, images):
        return self.head(self.encoder(images)["last"].mean((2, 3)))


class Encoder(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.stem, self.last = torch.nn.Conv2d(3, 8, 3, 2, 1), torch.nn.Conv2d(8, 12, 3, 2)

    def forward(self, images):
        return {"last": self.last(self.stem(images).tanh())}


class Transformer(torch.nn.Module):
    """A vision transformer of two blocks with a class token, for pictures wider than high: 3 x 5 patches."""

    def __init__(self):
        super().__init__()
        self.patches = torch.nn.Conv2d(3, 16, 8, 8)
        self.token = torch.nn.Parameter(torch.randn(1, 1, 16))
        self.places = torch.nn.Parameter(torch.randn(1, 16, 16))
        self.blocks = torch.nn.Sequential(*(Block(16, 2) for _ in range(2)))
        self.norm = torch.nn.LayerNorm(16)
        self.head = torch.nn.Linear(16, 3)

    def forward(self, images):
        cells = self.patches(images).flatten(2).transpose(1, 2)
        tokens = torch.cat([self.token.expand(images.shape[0], -1, -1), cells], 1) + self.places
        return self.head(self.norm(self.blocks(tokens))[:, 0])


class Block(torch.nn.Module):
    def __init__(self, size, heads):
        super().__init__()
        self.heads = heads
        self.norm1, self.norm2 = torch.nn.LayerNorm(size), torch.nn.LayerNorm(size)
        self.qkv, self.out = torch.nn.Linear(size, 3 * size), torch.nn.Linear(size, size)
        self.mlp = torch.nn.Sequential(
            torch.nn.Linear(size, 2 * size), torch.nn.GELU(), torch.nn.Linear(2 * size, size)
        )

    def forward(self, x):
        count, tokens, size = x.shape
        parts = self.qkv(self.norm1(x)).reshape(count, tokens, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        mixed = torch.nn.functional.scaled_dot_product_attention(*parts.unbind(0))
        x = x + self.out(mixed.transpose(1, 2).reshape(count, tokens, size))
        return x + self.mlp(self.norm2(x))


def simple(channels, outputs):
    model = torch.nn.Sequential()
    model.stem = torch.nn.Conv2d(channels, 8, 3, 2, 1)
    model.body = torch.nn.Sequential(
        torch.nn.Conv2d(8, 12, 3, 2, bias=False), torch.nn.BatchNorm2d(12), torch.nn.ReLU()
    )
    model.pool = torch.nn.Sequential(torch.nn.AdaptiveAvgPool2d(1), torch.nn.Flatten())
    model.head = torch.nn.Linear(12, outputs)
    return model


def with_sigmoids():
    """Grey pictures wider than high with one logit, and high RGB ones with labels that do not exclude each other."""
    grey = {"scale": 1 / 255, "mean": [0.5], "std": [0.25], "geometry": "stretch"}
    yield "grey", simple(1, 1), (24, 44), grey, None
    yield "tall", simple(3, 4), (44, 24), {**FACTS, "resize": [52, 28]}, [*LABELS, "boat"]


def main(*wanted):
    for name, model, size, facts, labels in with_sigmoids():
        if wanted and name not in wanted:
            continue
        images = camaudit_torch._normalized(
            camaudit_torch._pictures(size, len(facts["mean"])), {"scale": 1 / 255, **facts}
        )
        camaudit_torch.randomize(model.eval(), images, 5)
        camaudit_torch.save(
            model, HERE / f"{name}.onnx", size, preprocessing=facts, labels=labels, name=name, sigmoid=True
        )
    for name, model, blocks in networks():
        if wanted and name not in wanted:
            continue
        if blocks:
            model = torch.nn.Sequential()
            model.stem = torch.nn.Conv2d(3, 8, 3, 2, 1)
            model.body = torchvision.models.resnet.BasicBlock(8, 8)
            model.pool = torch.nn.Sequential(torch.nn.AdaptiveAvgPool2d(1), torch.nn.Flatten())
            model.head = torch.nn.Linear(8, 3)
        facts, size = camaudit_torch._facts(FACTS, 32)
        images = camaudit_torch._normalized(camaudit_torch._pictures(size), facts)
        camaudit_torch.randomize(model.eval(), images, 5)
        with contextlib.ExitStack() as stack:
            if name == "strided":
                # As torch.onnx.export by itself writes a pooling behind a permutation.
                stack.enter_context(unittest.mock.patch.object(camaudit_torch, "_mean_or", lambda pool: pool))
            camaudit_torch.save(model, HERE / f"{name}.onnx", 32, preprocessing=FACTS, labels=LABELS, name=name)
    torch.manual_seed(5)
    for name, model in (("vit", Transformer()), *gathering()):
        if wanted and name not in wanted:
            continue
        facts = {**FACTS, "resize": [28, 48]}
        images = camaudit_torch._normalized(camaudit_torch._pictures((24, 40)), {"scale": 1 / 255, **facts})
        camaudit_torch.randomize(model.eval(), images, 5)
        camaudit_torch.save(model, HERE / f"{name}.onnx", (24, 40), preprocessing=facts, labels=LABELS, name=name)


if __name__ == "__main__":
    main(*sys.argv[1:])
