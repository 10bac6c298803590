"""Writes a PyTorch image classifier as an ONNX file that `camaudit export --onnx` reads.

This one file runs in the environment the model was trained in: torch 2.6 or later, onnx and
onnxscript, and nothing of camaudit. From a notebook:

    import camaudit_torch
    camaudit_torch.save(model, "mine.onnx", size=224, preprocessing={"mean": ..., "std": ...}, labels=["cat", "dog"])

or from a shell, for a network by name or a folder of transformers:

    python camaudit_torch.py --torchvision resnet50 --output mine.onnx
    python camaudit_torch.py --timm convnext_tiny --weights mine.pt --classes 2 --output mine.onnx
    python camaudit_torch.py --transformers ./my-finetuned-resnet --output mine.onnx

Two files are written. `mine.onnx` holds the graph with a batch dimension and, in its metadata,
what pictures went through before and what the classes are called. `mine.reference.npz` holds what
PyTorch computes for three seeded pictures: the logits and, for two classes a picture, the Grad-CAM
map of every module with a spatial output; of a vision transformer what its attentions say of the
tokens that went into the first. The export compares itself with these.
"""

import argparse
import collections
import contextlib
import copy
import difflib
import hashlib
import importlib.util
import io
import json
import math
import pathlib
import pickle
import sys
import unittest.mock

import numpy as np
import torch

FORMAT = 1
METADATA_KEY = "camaudit"
OPSET = 18
PICTURES = 3
IMAGENET = {"mean": [0.485, 0.456, 0.406], "std": [0.229, 0.224, 0.225]}
_AS_A_DICT = "give a dict with mean, std, geometry, resize, interpolation and antialias (True as Pillow resizes)"
PILLOW_FILTERS = {0: "nearest", 1: "lanczos3", 2: "bilinear", 3: "bicubic"}


class RefusedError(Exception):
    """What was asked for cannot be done; one sentence for the user."""


def save(
    model,
    output,
    size=None,
    *,
    preprocessing=None,
    labels=None,
    sigmoid=False,
    channels=None,
    name=None,
    source=None,
    weights="trained",
):
    """Writes `output` (.onnx) and beside it the reference (.reference.npz); returns both paths.

    Args:
        model: `torch.nn.Module` that takes float pictures `(N, channels, height, width)` and returns
            one logit a class; it is copied, and stays as it is.
        output: path ending in .onnx.
        size: int, or `(height, width)`, of the input; by default what the preprocessing says, or 224.
        preprocessing: how pictures became the input: torchvision's transforms of an evaluation, in
            one Compose or as they come with weights; or a pretrained_cfg of timm; or an image
            processor of transformers; or a dict with any of scale (1/255), mean, std, geometry
            (stretch, crop, letterbox), resize, interpolation (bilinear), antialias (True, as Pillow
            and torchvision resize; OpenCV does not). A timm model brings its own. Without one, the
            export asks for it.
        labels: list of str, in the order of the logits, or a dict from index to name or from name to
            index, such as the class_to_idx of a dataset of folders.
        sigmoid: bool. Whether a sigmoid, not a softmax, makes the logits probabilities: one logit is
            yes or no, several are labels that do not exclude each other.
        channels: int. 3, or 1 for grey pictures; by default as many as mean has numbers, or 3.
        name, source, weights: str. For the exported model's card.
    """
    output = pathlib.Path(output)
    _check_output(output)
    model = _bare(model)
    if not isinstance(model, torch.nn.Module):
        raise RefusedError(f"the model is a {type(model).__name__}; a torch.nn.Module is wanted")
    if preprocessing is None:
        preprocessing = getattr(model, "pretrained_cfg", None)
    facts, size = _facts(preprocessing, size)
    model = copy.deepcopy(model).cpu().float().eval()
    channels = channels or (len(facts["mean"]) if facts else 3)
    normalization = facts or {"scale": 1 / 255, **(IMAGENET if channels == 3 else {"mean": [0.0], "std": [1.0]})}
    if len(normalization["mean"]) != channels or len(normalization["std"]) != channels:
        raise RefusedError(
            f"pictures have {channels} channels, and mean and std {len(normalization['mean'])} and"
            f" {len(normalization['std'])} numbers; one number a channel is wanted"
        )
    pictures = _pictures(size, channels)
    images = _normalized(pictures, normalization)
    constants = {key: np.float64(normalization[key]) for key in ("scale", "mean", "std")}
    arrays = {"pictures": pictures, **constants, **_reference(model, images, sigmoid)}
    _check_independence(model, images, arrays["logits"])
    names = _names(labels, max(arrays["logits"].shape[1], 2))

    archive = io.BytesIO()
    np.savez_compressed(archive, **arrays)
    description = {
        "format": FORMAT,
        "name": name or type(model).__name__.lower(),
        "source": source or f"torch {type(model).__module__}.{type(model).__name__}",
        "weights": weights,
        "torch": torch.__version__,
        "preprocessing": facts,
        "sigmoid": sigmoid,
        "labels": names,
        "referenceSha256": hashlib.sha256(archive.getvalue()).hexdigest(),
    }
    _write_graph(model, images, description, output)
    reference = output.with_suffix(".reference.npz")
    reference.write_bytes(archive.getvalue())
    return output, reference


def _bare(model):
    """The module itself, of one that is spread over devices or compiled."""
    while True:
        if isinstance(model, torch.nn.DataParallel | torch.nn.parallel.DistributedDataParallel):
            model = model.module
        elif hasattr(model, "_orig_mod"):
            model = model._orig_mod
        else:
            return model


def _check_output(output):
    """Refuses, before anything is computed, what would be refused at the end."""
    if output.suffix != ".onnx":
        raise RefusedError(f"{output}: a name that ends in .onnx is wanted")
    if not output.parent.is_dir():
        raise RefusedError(f"{output}: there is no folder {output.parent}; make it first")
    missing = [name for name in ("onnx", "onnxscript") if importlib.util.find_spec(name) is None]
    if missing:
        raise RefusedError(f"{' and '.join(missing)} not installed here: pip install {' '.join(missing)}")
    if tuple(map(int, torch.__version__.split(".")[:2])) < (2, 6):
        raise RefusedError(f"torch {torch.__version__} cannot write the file; 2.6 or later is wanted")


def _write_graph(model, images, description, output):
    # One example in the batch would be taken for a constant of the model.
    batch = torch.export.Dim("batch")
    pool = torch.nn.functional.adaptive_avg_pool2d
    with contextlib.ExitStack() as stack:
        stack.enter_context(torch.no_grad())
        stack.enter_context(unittest.mock.patch.object(torch.nn.functional, pool.__name__, _mean_or(pool)))
        # Where it fails, the exporter prints pages; its exception says it too.
        stack.enter_context(contextlib.redirect_stdout(io.StringIO()))
        stack.enter_context(contextlib.redirect_stderr(io.StringIO()))
        try:
            program = torch.onnx.export(
                model,
                (images[:2].clone(),),
                dynamo=True,
                dynamic_shapes=({0: batch},),
                opset_version=OPSET,
                optimize=True,
                verbose=False,
            )
        except Exception as error:
            raise RefusedError(
                f"PyTorch cannot write this model as ONNX: {_first_cause(error)}; what depends on the values of a"
                " picture (conditions, loops) or on the batch being of one size has to be written otherwise"
            ) from None
    graph = program.model.graph
    if len(graph.inputs) != 1 or len(graph.outputs) != 1:
        raise RefusedError(
            f"the model has {len(graph.inputs)} inputs and {len(graph.outputs)} outputs as ONNX; wrap it in a module"
            " that takes pictures and returns logits alone"
        )
    if isinstance(graph.inputs[0].shape[0], int):
        raise RefusedError(
            "the model fixes the number of pictures in a batch; write it so that it takes any number (reshape with -1"
            " where the batch stands)"
        )
    program.model.metadata_props[METADATA_KEY] = json.dumps(description)
    size = sum(parameter.numel() for parameter in model.parameters()) * 4
    # A protobuf holds 2 GB; larger weights go to a file of their own beside the graph.
    program.save(str(output), external_data=size > 1.8e9)


def _mean_or(pool):
    """Adaptive pooling with the mean over all cells in place of pooling to one cell.

    They are the same; but of pictures with the channels last PyTorch makes a view by strides behind
    that mean, which ONNX has not and spells out as a search for every number.
    """

    def call(values, output_size):
        return values.mean((-2, -1), keepdim=True) if output_size in (1, (1, 1), [1, 1]) else pool(values, output_size)

    return call


def _first_cause(error):
    """What an exporter says first went wrong, which it wraps in reports of its own."""
    while error.__cause__ is not None:
        error = error.__cause__
    return f"{type(error).__name__}: {_first_line(error)}"


def _pictures(size, channels=3):
    """Seeded noise, seeded blocks and a smooth picture, uint8 `(3, height, width, channels)`."""
    height, width = size
    random = np.random.default_rng(20)
    noise = random.integers(0, 256, (height, width, 3), dtype=np.uint8)
    blocks = random.integers(0, 256, (8, 8, 3), dtype=np.uint8)
    rows, columns = np.arange(height) * 8 // height, np.arange(width) * 8 // width
    y, x = np.mgrid[0:height, 0:width] / np.reshape(size, (2, 1, 1))
    waves = np.stack([np.sin(7 * x + 2 * y), np.cos(5 * y), np.sin(3 * x * y + 1)], axis=-1)
    return np.stack([noise, blocks[rows][:, columns], np.uint8(127.5 + 127 * waves)])[..., :channels]


def _normalized(pictures, facts):
    scaled = np.float64(pictures) * facts["scale"]
    values = (scaled - np.asarray(facts["mean"])) / np.asarray(facts["std"])
    # One channel lies alike in memory either way, and PyTorch would take it for channels last.
    return torch.from_numpy(np.float32(values)).permute(0, 3, 1, 2).clone(memory_format=torch.contiguous_format)


def _reference(model, images, sigmoid):
    """Logits, two targets a picture (one where there is one logit), and the map of every spatial module for them.

    The map is the sum over channels of activation times spatially averaged gradient, before any
    ReLU. A module that is called twice has no output of its own and is left out.
    """
    attentions = []
    with _recorded_attentions(attentions), torch.enable_grad():
        logits, spatial = _spatial_outputs(model, images)
        if logits.dim() != 2 or logits.shape[1] < (1 if sigmoid else 2):
            raise RefusedError(
                f"the model returns {tuple(logits.shape)}; one logit a class is wanted: (batch, classes); one alone,"
                " the logit of yes, goes with sigmoid"
            )
        if type(logits.grad_fn).__name__.startswith("Sigmoid"):
            raise RefusedError(
                "the model ends in a sigmoid; save it without, so that it returns logits, and say sigmoid"
            )
        if not sigmoid and (logits >= 0).all() and torch.allclose(logits.sum(1), torch.ones(len(logits)), atol=1e-4):
            raise RefusedError("the model ends in a softmax; save it without, so that it returns logits")
        if not spatial:
            raise RefusedError(
                f"no module of the model hands out anything with a height and a width of more than 1 for pictures of"
                f" {images.shape[2]} x {images.shape[3]}, so there is no map; give the model's own size"
            )
        top = logits.argmax(1)
        # The predicted class, and class 0 or its neighbour.
        targets = torch.stack([top, torch.where(top == 0, 1, 0)], 1)[:, : logits.shape[1]]
        of_tokens = _token_maps(logits, attentions, targets) if _over_tokens(attentions) else {}
        maps = _maps(logits, spatial, targets, images)
    arrays = {name: np.float32(array.detach().numpy()) for name, array in of_tokens.items()}
    targets, answers = targets.detach(), logits.detach().numpy()
    # What autograd has kept of all modules goes before the like in 64 bits comes.
    del logits, spatial, top, of_tokens
    attentions.clear()
    stacked = {f"map/{name}": array for name, array in maps.items()}
    rounding = {f"rounding/{name}": share for name, share in _rounding(model, images, targets, maps).items()}
    return {"logits": answers, "targets": targets.int().numpy(), **arrays, **stacked, **rounding}


def _spatial_outputs(model, images):
    """The logits, and by module what it hands out if that has rows and columns and comes from one call."""
    outputs, calls = {}, {}
    aspect = images.shape[2] / images.shape[3]

    def keep(name):
        def hook(_module, _inputs, output):
            calls[name] = calls.get(name, 0) + 1
            if _is_spatial(output, aspect, len(images)):
                outputs[name] = output
                # What follows may write into its input; the copy takes that.
                return output.clone()
            return None

        return hook

    with contextlib.ExitStack() as stack:
        for name, module in model.named_modules():
            if name:
                stack.callback(module.register_forward_hook(keep(name)).remove)
        logits = _logits(_answer(model, images.clone().requires_grad_(True)))
    return logits, {name: output for name, output in outputs.items() if calls[name] == 1 and output.requires_grad}


def _maps(logits, spatial, targets, images):
    """By module, `(pictures, targets, height, width)`; none of a module that no logit depends on."""
    aspect = images.shape[2] / images.shape[3]
    maps = {name: [] for name in spatial}
    for column in targets.T:
        score = logits.gather(1, column[:, None]).sum()
        gradients = torch.autograd.grad(score, list(spatial.values()), retain_graph=True, allow_unused=True)
        for (name, output), gradient in zip(spatial.items(), gradients, strict=True):
            if gradient is not None:
                maps[name].append(_map(output.detach(), gradient, aspect))
    return {name: torch.stack(of_targets, 1).numpy() for name, of_targets in maps.items() if of_targets}


def _rounding(model, images, targets, maps):
    """How far 32-bit floats alone move the maps: by module, max |map - map in 64 bits| / max |map in 64 bits|.

    A ReLU near its kink passes a gradient or does not by the last bit of what it is given, so the
    maps of a deep network's early modules are known to a percent or two. Nothing of a model that
    cannot be computed in 64 bits.
    """
    try:
        with torch.enable_grad():
            twin = copy.deepcopy(model).double()
            # A picture at a time, for everything takes twice the memory.
            pictures = zip(images.double().split(1), targets.split(1), strict=True)
            singly = [_maps(*_spatial_outputs(twin, picture), target, picture) for picture, target in pictures]
    except Exception:
        # A module of one's own may hold 32-bit tensors that no conversion reaches, or refuse to be copied.
        return {}
    shares = {}
    for name, rounded in maps.items():
        exact = np.concatenate([of_picture[name] for of_picture in singly if name in of_picture] or [rounded[:0]])
        if exact.shape == rounded.shape and np.abs(exact).max() > 0:
            shares[name] = np.float32(np.abs(rounded - exact).max() / np.abs(exact).max())
    return shares


def _token_maps(logits, attentions, targets):
    """What attentions give: relevance by gradients, means over heads, and rollout."""
    relevances = []
    for column in targets.T:
        score = logits.gather(1, column[:, None]).sum()
        slopes = torch.autograd.grad(score, attentions, retain_graph=True)
        pairs = zip(attentions, slopes, strict=True)
        relevances.append(_first_rows([(a * g).detach().clamp(min=0).mean(1) for a, g in pairs]))
    means = [attention.detach().mean(1) for attention in attentions]
    halves = 0.5 ** torch.arange(1, len(means) + 1)[:, None]
    return {
        "gae": torch.stack(relevances, 1),
        "attention": torch.stack([mean[:, 0] for mean in means], 1),
        "attention-back": torch.stack([mean[:, :, 0] for mean in means], 1),
        "rollout": _first_rows(means) * halves,
    }


@contextlib.contextmanager
def _recorded_attentions(found):
    """Context in which softmaxes over more than two dimensions are kept in a list, also those of fused attention."""
    functional, fused = torch.nn.functional, torch.nn.functional.scaled_dot_product_attention

    def kept(softmax):
        def call(values, *args, **kwargs):
            result = softmax(values, *args, **kwargs)
            if result.dim() > 2:
                found.append(result)
            return result

        return call

    def attend(query, key, value, attn_mask=None, dropout_p=0.0, is_causal=False, scale=None, **others):
        if is_causal or others.get("enable_gqa"):
            return fused(query, key, value, attn_mask, dropout_p, is_causal, scale=scale, **others)
        scores = query @ key.transpose(-2, -1) * (query.shape[-1] ** -0.5 if scale is None else scale)
        if attn_mask is not None:
            mask = attn_mask
            scores = scores.masked_fill(~mask, -math.inf) if mask.dtype == torch.bool else scores + mask
        return scores.softmax(-1) @ value

    with contextlib.ExitStack() as stack:
        for place, name, function in (
            (torch, "softmax", kept(torch.softmax)),
            (torch.Tensor, "softmax", kept(torch.Tensor.softmax)),
            (functional, "scaled_dot_product_attention", attend),
        ):
            stack.enter_context(unittest.mock.patch.object(place, name, function))
        yield


def _over_tokens(attentions):
    """Whether there are attentions, and all are of every token to every token: (pictures, heads, T, T)."""
    sizes = {attention.shape[-1] for attention in attentions}
    return len(sizes) == 1 and all(
        attention.dim() == 4 and attention.shape[0] == PICTURES and attention.shape[2] == attention.shape[3]
        for attention in attentions
    )


def _first_rows(matrices):
    """First rows of I + B_1, (I + B_2)(I + B_1), ... for matrices `(pictures, T, T)`: `(pictures, blocks, T)`."""
    product, rows = torch.eye(matrices[0].shape[-1], dtype=torch.float64), []
    for matrix in matrices:
        product = product + matrix.double() @ product
        rows.append(product[:, 0])
    return torch.stack(rows, 1)


def _check_independence(model, images, logits):
    # Each of them: what the first one gives to the others, it need not miss itself.
    for index in range(len(images)):
        with torch.no_grad():
            alone = _logits(_answer(model, images[index : index + 1])).numpy()
        among = logits[index : index + 1]
        if alone.shape != among.shape or not np.abs(alone - among).max() <= 1e-3 * np.abs(logits).max():
            raise RefusedError(
                "the model answers another thing for a picture by itself than for the same picture among others (as a"
                " norm does that takes its statistics over the batch); pictures must not depend on each other"
            )


def _answer(model, images):
    try:
        return model(images)
    except Exception as error:
        batch, channels, height, width = images.shape
        raise RefusedError(
            f"the model cannot take {batch} pictures of {channels} channels, {height} x {width}, as its only input:"
            f" {_first_line(error)}"
        ) from None


def _logits(output):
    if isinstance(output, dict) and "logits" in output:
        output = output["logits"]
    elif isinstance(output, list | tuple) and output:
        output = output[0]
    if not isinstance(output, torch.Tensor):
        raise RefusedError(
            f"the model returns a {type(output).__name__}; logits are wanted, a tensor (batch, classes): wrap it in a"
            " module that returns them alone"
        )
    return output


def _is_spatial(output, aspect, pictures):
    return (
        isinstance(output, torch.Tensor)
        and output.is_floating_point()
        and output.dim() == 4
        and output.shape[0] == pictures
        and _height_width(output.shape, aspect) is not None
    )


def _height_width(shape, aspect):
    """Axes of height and width: (2, 3), or (1, 2) where channels are last; None where neither fits.

    They are to each other as the input's are, but for what rounding, or a border that a
    convolution leaves out, makes of a few cells.
    """
    for axes in ((2, 3), (1, 2)):
        height, width = (shape[axis] for axis in axes)
        rounding = max(1, aspect) + 2 * abs(1 - aspect)
        equal = height == width if aspect == 1 else abs(height - width * aspect) <= rounding
        if height * width > 1 and equal:
            return axes
    return None


def _map(output, gradient, aspect):
    axes = _height_width(output.shape, aspect)
    alpha = gradient.mean(axes, keepdim=True)
    return (alpha * output).sum(6 - sum(axes))


def _names(labels, classes):
    if labels is None:
        return None
    if isinstance(labels, str) or not hasattr(labels, "__iter__"):
        raise RefusedError(f"labels are a {type(labels).__name__}; a list of names is wanted, one a logit")
    if isinstance(labels, dict):
        labels = _in_order(labels)
    labels = [str(label) for label in labels]
    if len(labels) != classes:
        raise RefusedError(f"{len(labels)} labels for {classes} logits; one a class is wanted")
    twice = sorted(name for name, count in collections.Counter(labels).items() if count > 1)
    if twice:
        print(f"camaudit_torch: {len(twice)} labels name several classes, such as {twice[0]}", file=sys.stderr)
    return labels


def _in_order(labels):
    """Names by their index, of a dict from index to name or the other way around."""
    names = {str(index): name for index, name in labels.items()}
    if not any(key.isdecimal() for key in names):
        names = {str(index): name for name, index in labels.items()}
    wanted = [str(i) for i in range(len(labels))]
    if set(names) != set(wanted):
        raise RefusedError(f"labels: a name for each index from 0 to {len(labels) - 1} is wanted")
    return [names[i] for i in wanted]


def _facts(preprocessing, size):
    """Preprocessing of any kind as one dict, and the input's height and width."""
    if preprocessing is None:
        return None, _sides(size or 224)
    if isinstance(preprocessing, dict) and "input_size" not in preprocessing:
        stated = preprocessing.get("mean", preprocessing.get("std"))
        channels = len(stated) if isinstance(stated, list | tuple | np.ndarray) else 3
        facts = {"scale": 1 / 255, "mean": [0.0] * channels, "std": [1.0] * channels, **preprocessing}
        facts.setdefault("antialias", facts.get("interpolation", "bilinear") not in ("nearest", "area"))
        size = _sides(size or 224)
        return _checked(facts, size), size
    if isinstance(preprocessing, dict):
        facts, own = _of_timm(preprocessing)
    elif hasattr(preprocessing, "image_mean"):
        facts, own = _of_transformers(preprocessing)
    elif hasattr(preprocessing, "resize_size"):
        facts, own = _of_torchvision(preprocessing)
    elif hasattr(preprocessing, "transforms") or isinstance(preprocessing, list | tuple | torch.nn.Sequential):
        facts, own = _of_compose(getattr(preprocessing, "transforms", preprocessing), size)
    else:
        raise RefusedError(f"preprocessing of type {type(preprocessing).__name__} is not understood; {_AS_A_DICT}")
    own = _sides(own)
    given = _sides(size) if size else own
    if given != own and "resize" in facts:
        resized = [math.floor(r * new / old) for r, new, old in zip(_sides(facts["resize"]), given, own, strict=True)]
        facts["resize"] = resized[0] if given[0] == given[1] else resized
    return facts, given


def _checked(facts, size):
    """Preprocessing that somebody wrote down, of which the export could make something else or nothing."""
    wanted = {
        "geometry": ("stretch", "crop", "letterbox"),
        "interpolation": ("nearest", "bilinear", "bicubic", "lanczos3", "area"),
    }
    known = ("scale", "mean", "std", "channels", "resize", "fill", "antialias", *wanted)
    for key, value in facts.items():
        if key not in known:
            raise RefusedError(f'preprocessing has "{key}", which is none of {", ".join(known)}')
        if value not in wanted.get(key, (value,)):
            raise RefusedError(f'preprocessing: {key} "{value}" is none of {", ".join(wanted[key])}')
    for key in ("mean", "std"):
        values = facts[key]
        if not isinstance(values, list | tuple | np.ndarray) or not np.isfinite(np.float64(values)).all():
            raise RefusedError(f"preprocessing: {key} is {values}; a list of numbers is wanted, one a channel")
        facts[key] = [float(value) for value in values]
    if not isinstance(facts["scale"], int | float) or not facts["scale"] > 0:
        raise RefusedError(f"preprocessing: scale is {facts['scale']}; what pixels are multiplied by is wanted")
    if 0 in facts["std"]:
        raise RefusedError("preprocessing: std has a zero; pixels are divided by it")
    if max(facts["mean"]) > 255.5 * facts["scale"]:
        raise RefusedError(
            f"preprocessing: mean is {max(facts['mean']):g}, and pixels times scale at most {255 * facts['scale']:g};"
            " give scale 1 if mean and std are of pixels from 0 to 255"
        )
    if facts.get("geometry") == "crop" and "resize" in facts:
        resize = _sides(facts["resize"])
        if resize[0] < size[0] or resize[1] < size[1]:
            raise RefusedError(
                f"preprocessing: resize {facts['resize']} is less than the input's {size[0]} x {size[1]} (height x"
                " width), which could not be cut out"
            )
    return facts


def _sides(size):
    """`(height, width)` of one number or of two."""
    sides = (size, size) if isinstance(size, int) else size
    if not isinstance(sides, list | tuple) or len(sides) != 2 or not all(isinstance(s, int) and s > 0 for s in sides):
        raise RefusedError(f"size {size!r}: a number of pixels, or (height, width), is wanted")
    return tuple(sides)


def _of_torchvision(transforms):
    facts = {
        "scale": 1 / 255,
        "mean": list(transforms.mean),
        "std": list(transforms.std),
        "geometry": "crop",
        "resize": transforms.resize_size[0],
        **_resampling(transforms.interpolation),
    }
    crop = transforms.crop_size
    return facts, (crop[0], crop[-1])


def _of_compose(transforms, size):
    """Of transforms one after another, as an evaluation has them, and the height and width that they leave."""
    facts = {"geometry": "stretch", **_resampling("bilinear")}
    channels, scale, sides = 3, 1.0, None
    for transform in transforms:
        kind = type(transform).__name__
        if kind == "Resize":
            wanted = [transform.size] if isinstance(transform.size, int) else list(transform.size)
            facts |= _resampling(transform.interpolation)
            if len(wanted) == 1:
                facts |= {"geometry": "crop", "resize": wanted[0]}
            else:
                sides = _sides(wanted)
        elif kind == "CenterCrop" and "resize" in facts:
            sides = _sides(transform.size)
        elif kind in ("ToTensor", "MaybeToTensor", "ConvertImageDtype") or (kind == "ToDtype" and transform.scale):
            scale = 1 / 255
        elif kind == "Normalize":
            facts |= {key: np.ravel(getattr(transform, key)).tolist() for key in ("mean", "std")}
        elif kind == "Grayscale" and transform.num_output_channels == 1:
            channels = 1
        elif kind not in ("PILToTensor", "ToImage", "ToPureTensor", "ToDtype", "Identity"):
            raise RefusedError(f"preprocessing: {kind} is not understood here; {_AS_A_DICT}")
    if sides is None and "resize" in facts:
        raise RefusedError(
            f"preprocessing: Resize({facts['resize']}) leaves pictures of different shapes; CenterCrop is wanted after"
            " it, or Resize of height and width"
        )
    facts = {"scale": scale, "mean": [0.0] * channels, "std": [1.0] * channels, **facts}
    sides = sides or _sides(size or 224)
    return _checked(facts, sides), sides


def _resampling(way):
    """How is resized, of its name as libraries have it: a word, an enumeration's value, or Pillow's number."""
    way = getattr(way, "value", way)
    way = {"lanczos": "lanczos3", **PILLOW_FILTERS}.get(way, way)
    return {"interpolation": way, "antialias": way != "nearest"}


def _of_timm(config):
    _, height, width = config["input_size"]
    facts = {
        "scale": 1 / 255,
        "mean": list(config["mean"]),
        "std": list(config["std"]),
        **_resampling(config["interpolation"]),
    }
    if config.get("crop_mode") == "squash":
        facts["geometry"] = "stretch"
    elif config.get("crop_mode") == "border":
        facts["geometry"] = "letterbox"
        facts["fill"] = [round(255 * mean) for mean in config["mean"]]
    else:
        resized = [math.floor(side / (config.get("crop_pct") or 0.875)) for side in (height, width)]
        facts |= {"geometry": "crop", "resize": resized[0] if height == width else resized}
    return facts, (height, width)


def _of_transformers(processor):
    wanted = _plain(processor.size)
    interpolation = PILLOW_FILTERS.get(int(processor.resample if processor.resample is not None else 2), "bilinear")
    normalizes = processor.do_normalize is not False
    facts = {
        "scale": processor.rescale_factor if getattr(processor, "do_rescale", True) else 1.0,
        "mean": list(processor.image_mean) if normalizes else [0.0] * 3,
        "std": list(processor.image_std) if normalizes else [1.0] * 3,
        **_resampling(interpolation),
    }
    crop = _plain(getattr(processor, "crop_size", None)) if getattr(processor, "do_center_crop", False) else None
    if "shortest_edge" in wanted:
        shorter = wanted["shortest_edge"]
        sides = (crop["height"], crop["width"]) if crop else (shorter, shorter)
        fraction = getattr(processor, "crop_pct", None)
        resize = math.floor(shorter / fraction) if fraction and not crop else shorter
        return facts | {"geometry": "crop", "resize": resize}, sides
    if crop and crop != wanted:
        raise RefusedError(
            f"the image processor stretches to {wanted['height']} x {wanted['width']} and cuts {crop['height']} x"
            f" {crop['width']} out, which the export cannot do; give preprocessing as a dict of what comes nearest"
        )
    return facts | {"geometry": "stretch"}, (wanted["height"], wanted["width"])


def _plain(size):
    if size is None:
        return None
    if isinstance(size, int):
        return {"height": size, "width": size}
    return {key: value for key, value in dict(size).items() if value is not None}


def randomize(model, images, seed):
    """Gives a model seeded random weights with norms far from neutral, yet values that stay in range.

    Batch norms take the statistics of the given pictures, and are then moved away from them: a
    mistake in folding or reading a norm shows in the logits.
    """
    torch.manual_seed(seed)
    norms = [m for m in model.modules() if isinstance(m, torch.nn.modules.batchnorm._BatchNorm)]
    with torch.no_grad():
        for module in model.modules():
            for key, value in module.named_parameters(recurse=False):
                if value.dim() == 1 and key == "weight":
                    value.uniform_(0.7, 1.3)
                elif value.dim() == 1 and key in ("bias", "beta"):
                    value.normal_(0, 0.2)
                elif value.abs().max() < 1e-3:
                    # Scales of layers and position tables that training starts near zero.
                    value.uniform_(0.1, 0.5)
        for norm in norms:
            norm.train().momentum = 1.0
        _answer(model, images)
        for norm in norms:
            norm.eval()
            norm.running_mean += torch.randn_like(norm.running_mean) * norm.running_var.sqrt() * 0.2
            norm.running_var *= torch.empty_like(norm.running_var).uniform_(0.7, 1.5)


def random_model(kind, name, classes=None, size=None, seed=0):
    """As `load`, with the seeded random weights of `randomize`, for pictures of a size."""
    torch.manual_seed(seed)
    model, preprocessing, labels = load(kind, name, "random", classes)
    facts, size = _facts(preprocessing, size)
    randomize(model.eval(), _normalized(_pictures(size), facts or {"scale": 1 / 255, **IMAGENET}), seed)
    return model, preprocessing, labels


def load(kind, name, weights="pretrained", classes=None):
    """A model of torchvision, timm or transformers; returns it, its preprocessing and its labels."""
    try:
        return {"torchvision": _torchvision, "timm": _timm, "transformers": _transformers}[kind](name, weights, classes)
    except RefusedError:
        raise
    except ImportError as error:
        raise RefusedError(f"{kind} is not installed here ({error}): pip install {kind}") from None
    except Exception as error:
        # The libraries, and what they fetch with, have exceptions of many kinds.
        advice = (
            "offline, give a folder that holds config.json and the weights"
            if kind == "transformers"
            else "offline, give --weights FILE, or --weights random"
        )
        raise RefusedError(f"--{kind} {name}: {_first_line(error)} ({advice})") from None


def _nearest(name, known):
    """Words on what somebody probably meant: names that begin so, or have it in them, before names alike in letters."""
    typed = name.lower()
    within = [each for each in known if typed in each]
    within.sort(key=lambda each: (not each.startswith(typed), len(each)))
    near = (within + [each for each in difflib.get_close_matches(typed, known, n=3) if each not in within])[:3]
    return f"; the nearest are {', '.join(near)}" if near else ""


def _torchvision(name, weights, classes):
    import torchvision

    classifiers = torchvision.models.list_models(module=torchvision.models)
    if name not in classifiers:
        raise RefusedError(
            f"--torchvision {name}: torchvision has no such image classifier{_nearest(name, classifiers)}"
        )
    published = torchvision.models.get_model_weights(name)
    default = getattr(published, "DEFAULT", None) or next(iter(published), None)
    preprocessing = default.transforms() if default else None
    labels = default.meta.get("categories") if default else None
    if weights == "pretrained":
        if default is None:
            raise RefusedError(f"--torchvision {name}: there are no published weights; give --weights FILE")
        return torchvision.models.get_model(name, weights=default), preprocessing, labels
    options = {"num_classes": classes} if classes else {}
    if name in ("inception_v3", "googlenet"):
        options["init_weights"] = False
    model = torchvision.models.get_model(name, weights=None, **options)
    return model, preprocessing, labels if not classes or classes == len(labels or ()) else None


def _timm(name, weights, classes):
    import timm

    if not timm.is_model(name.split(".")[0]) and not name.startswith("hf"):
        raise RefusedError(f"--timm {name}: timm has no such network{_nearest(name, timm.list_models())}")
    options = {"num_classes": classes} if classes else {}
    model = timm.create_model(name, pretrained=weights == "pretrained", **options)
    return model, model.pretrained_cfg, None


def _transformers(name, weights, classes):
    import transformers

    options = {"num_labels": classes} if classes else {}
    auto = transformers.AutoModelForImageClassification
    if weights == "pretrained":
        model = auto.from_pretrained(name, **options)
    else:
        model = auto.from_config(transformers.AutoConfig.from_pretrained(name, **options))
    try:
        processor = transformers.AutoImageProcessor.from_pretrained(name)
    except (OSError, ValueError, ImportError):
        processor = None
    return model, processor, model.config.id2label


def _is_multi_label(model):
    """What transformers' configurations say of how a model was trained."""
    return getattr(getattr(model, "config", None), "problem_type", None) == "multi_label_classification"


def load_weights(model, path):
    """Loads a checkpoint; every tensor must have its place, and every place its tensor."""
    path = pathlib.Path(path)
    if not path.is_file():
        raise RefusedError(f"--weights {path}: no such file (nor pretrained, nor random)")
    state = _read_checkpoint(path)
    for key in ("state_dict", "model_state_dict", "model"):
        if isinstance(state, dict) and isinstance(state.get(key), dict):
            state = state[key]
    if not isinstance(state, dict) or not state or not all(isinstance(value, torch.Tensor) for value in state.values()):
        raise RefusedError(f"--weights {path} holds no state dict, tensors by name; save model.state_dict()")
    for prefix in ("module.", "_orig_mod."):
        if all(key.startswith(prefix) for key in state):
            state = {key.removeprefix(prefix): value for key, value in state.items()}
    try:
        missing, extra = model.load_state_dict(state, strict=False)
    except RuntimeError as error:
        wrong = str(error).splitlines()[-1].strip()
        raise RefusedError(f"--weights {path}: {wrong} (is it of this network, and does --classes fit?)") from None
    if missing or extra:
        words = [
            f"{len(keys)} {what} ({keys[0]} …)" for what, keys in (("missing", missing), ("unknown", extra)) if keys
        ]
        raise RefusedError(f"--weights {path} does not fit the network: tensors {' and '.join(words)}")


def _read_checkpoint(path):
    try:
        if path.suffix == ".safetensors":
            from safetensors.torch import load_file

            return load_file(str(path))
        return torch.load(path, map_location="cpu", weights_only=True)
    except pickle.UnpicklingError:
        raise RefusedError(
            f"--weights {path}: it is no checkpoint, or holds Python objects besides tensors, which could run code;"
            " save model.state_dict()"
        ) from None
    except Exception as error:
        reader = "safetensors" if path.suffix == ".safetensors" else "torch.load"
        raise RefusedError(
            f"--weights {path} is no checkpoint that {reader} can read ({type(error).__name__}: {_first_line(error)})"
        ) from None


def _read_labels(path):
    try:
        return pathlib.Path(path).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not text in UTF-8"
        raise RefusedError(f"--labels {path}: {reason}; a text with one name a line is wanted") from None


def _first_line(error):
    line = next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)
    return line.rstrip(".") if len(line) <= 300 else line[:297] + "..."


def _parser():
    parser = argparse.ArgumentParser(
        prog="camaudit_torch", description="Writes a PyTorch image classifier as ONNX for camaudit.", allow_abbrev=False
    )
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--torchvision", metavar="NAME", help="a network of torchvision, such as resnet50")
    which.add_argument("--timm", metavar="NAME", help="a network of timm, such as convnext_tiny")
    which.add_argument("--transformers", metavar="DIR_OR_ID", help="an image classifier of transformers")
    parser.add_argument(
        "--weights",
        default="pretrained",
        metavar="WHICH",
        help="pretrained (default: as published), a checkpoint file, or random",
    )
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="for --weights random (default 0)")
    parser.add_argument("--classes", type=int, metavar="N", help="classes of your own weights")
    parser.add_argument(
        "--size", type=_given_size, metavar="PIXELS", help="the input's side, or HEIGHTxWIDTH (default: its own)"
    )
    parser.add_argument(
        "--sigmoid",
        action="store_true",
        help="a sigmoid makes the logits probabilities: one is yes or no, several are labels that do not exclude"
        " each other",
    )
    parser.add_argument("--labels", metavar="FILE", help="names of the classes, one a line")
    parser.add_argument("--output", required=True, metavar="FILE.onnx")
    return parser


def _given_size(text):
    parts = text.lower().split("x")
    if len(parts) > 2 or not all(part.isdecimal() and int(part) > 0 for part in parts):
        raise argparse.ArgumentTypeError(f"{text} is no size: PIXELS or HEIGHTxWIDTH is wanted")
    return int(parts[0]), int(parts[-1])


def main(argv=None):
    options = _parser().parse_args(argv)
    kind = next(kind for kind in ("torchvision", "timm", "transformers") if getattr(options, kind))
    name = getattr(options, kind)
    try:
        _check_output(pathlib.Path(options.output))
        if options.classes and options.weights == "pretrained" and kind == "torchvision":
            raise RefusedError(
                "--classes goes with --weights FILE (or random): published weights have their own classes"
            )
        if options.weights == "random":
            words = f"random, seed {options.seed}"
            model, preprocessing, labels = random_model(kind, name, options.classes, options.size, options.seed)
        else:
            words = "pretrained" if options.weights == "pretrained" else pathlib.Path(options.weights).name
            model, preprocessing, labels = load(kind, name, options.weights, options.classes)
            if options.weights != "pretrained":
                load_weights(model, options.weights)
        if options.labels:
            labels = _read_labels(options.labels)
        output, reference = save(
            model,
            options.output,
            options.size,
            preprocessing=preprocessing,
            labels=labels,
            sigmoid=options.sigmoid or _is_multi_label(model),
            name=pathlib.PurePath(name).name.replace(".", "_"),
            source=f"{kind} {name}",
            weights=words,
        )
    except (RefusedError, OSError) as error:
        print(f"camaudit_torch: {error}", file=sys.stderr)
        return 2
    maps = sum(key.startswith("map/") for key in np.load(reference).files)
    print(f"wrote {output} ({output.stat().st_size / 1e6:.3g} MB) and {reference.name}: {maps} modules with maps")
    return 0


if __name__ == "__main__":
    sys.exit(main())
