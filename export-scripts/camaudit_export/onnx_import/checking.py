"""The exported model against what PyTorch had computed when the ONNX file was written."""

import hashlib
import io

import numpy as np
import onnx
import tensorflow as tf
from onnx.reference import ReferenceEvaluator

from camaudit_export.attention_methods import METHODS
from camaudit_export.errors import ExportError
from camaudit_export.onnx_import.reading import HOW_TO_EXPORT
from camaudit_export.saved_model import ExportedModel
from camaudit_export.verification import TOLERANCE, compare_tokens, difference, sample_pictures

ROUNDINGS = 4
"""How many times PyTorch's own distance from 64 bits two programs in 32 bits may lie apart."""

MOST_ALLOWED = 0.1
"""What no rounding excuses, as a share of the largest value."""

NO_MAPS = " (logits of one picture; maps were not compared, for the file has no reference of PyTorch's)"


def reference_of(source):
    """Arrays of the reference file beside an ONNX file, or None where that file never had one."""
    wanted = source.facts.get("referenceSha256")
    if wanted is None:
        return None
    path = source.path.with_suffix(".reference.npz")
    if not path.is_file():
        raise ExportError(
            f"{path} is missing, which camaudit_torch.py wrote beside {source.path.name}: what PyTorch computed, to"
            " compare with; put it back under this name"
        )
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != wanted:
        raise ExportError(f"{path} is not the reference that belongs to {source.path.name}; {HOW_TO_EXPORT}")
    with np.load(io.BytesIO(content)) as arrays:
        return dict(arrays)


def check(directory, source, logits, reference, layers, bias, normalization):
    """Checks an exported directory.

    Args:
        directory: path of the exported model.
        source: `Source`.
        logits: `Logits`.
        reference: dict of `reference_of`, or None.
        layers: list of `Layer`.
        bias: list of float, the bias of a head with a closed form, or None.
        normalization: `Normalization`, for pictures where there is no reference.

    Returns:
        what the model was checked against, in words, and a dict from check to the largest
        relative difference.
    """
    with ExportedModel(directory) as exported:
        if reference is None:
            return _against_evaluator(exported, source, logits, normalization)
        return _against_pytorch(exported, source, logits, reference, layers, bias)


def check_tokens(directory, frozen, layer, reference, normalization, shape):
    """Checks the maps of a transformer's layer.

    Args:
        directory: path of the exported model.
        frozen: `FrozenForward` with tokens for layers.
        layer: str.
        reference: dict of `reference_of`, or None.
        normalization: `Normalization`.
        shape: `InputShape`.

    Returns:
        what was checked otherwise than the logits, in words, and a dict from check to the largest
        relative difference.
    """
    images = np.stack([np.asarray(normalization.apply(np.float32(picture))) for picture in sample_pictures(shape)])
    with ExportedModel(directory) as exported:
        differences = compare_tokens(exported, frozen, layer, images)
        if frozen.attention is None or reference is None or "gae" not in reference:
            return " (maps against their formulas in NumPy)", differences
        return (
            " (gradcam, hirescam and LibraGrad's maps against their formulas in NumPy)",
            differences | _attentions_of_pytorch(exported, frozen.attention, layer, reference),
        )


def _attentions_of_pytorch(exported, attention, layer, reference):
    """Largest relative difference, by method, of maps that PyTorch's own attentions and gradients make."""
    images, index, targets = _pairs(reference)
    feeds = {"images": images, "image_index": index, "targets": targets}
    depth, differences = attention.depths[layer], {}
    methods = [method for method in METHODS if method in reference]
    for method, got in exported.maps(methods, layer, **feeds).items():
        rows = reference[method][..., depth - 1, attention.prefix :]
        want = rows.reshape(len(index), -1) if method == "gae" else rows[index]
        differences[f"{method} maps"] = _difference(f'{method} maps of "{layer}"', got, want.reshape(got.shape))
    return differences


def _pairs(reference):
    """Pictures as the input, and the pairs of picture and target, of a reference."""
    pictures = np.float64(reference["pictures"]) * reference["scale"]
    images = np.float32((pictures - reference["mean"]) / reference["std"])
    index = np.repeat(np.arange(len(images), dtype=np.int32), reference["targets"].shape[1])
    return images, index, reference["targets"].ravel()


def _against_pytorch(exported, source, logits, reference, layers, bias):
    images, index, targets = _pairs(reference)
    yes_or_no = logits.kind == "yes-no"
    # PyTorch's one logit z is that of yes, whose score here is z / 2.
    targets = np.ones(len(images), np.int32) if yes_or_no else targets
    scale = 0.5 if yes_or_no else 1.0
    modules = {layer.name: _module_of(layer, reference) for layer in layers}
    compared = [layer for layer in layers if modules[layer.name]]
    keys = ["logits", *(f"map/{layer.name}" for layer in compared)]
    got = exported.run("gradcam", keys, images=images, image_index=index, targets=targets)
    differences = {"logits": _difference("logits", got["logits"], logits.scores(tf.constant(reference["logits"])))}
    maps = []
    rounding = {layer.name: float(reference.get(f"rounding/{modules[layer.name]}", 0)) for layer in compared}
    for layer in compared:
        want = scale * reference[f"map/{modules[layer.name]}"]
        maps.append(
            _difference(
                f'maps of module "{layer.name}"',
                got[f"map/{layer.name}"],
                want.reshape(-1, *want.shape[2:]),
                allowed=max(TOLERANCE, min(ROUNDINGS * rounding[layer.name], MOST_ALLOWED)),
            )
        )
    if maps:
        differences[f"maps of {len(maps)} layer{'s' if len(maps) > 1 else ''}"] = max(maps)
    if bias is not None and compared and compared[-1] is layers[-1]:
        sums = got[f"map/{layers[-1].name}"].sum(axis=(1, 2))
        want = got["logits"][index, targets] - np.float32(bias)[targets]
        differences["map sums"] = _difference("sums of the maps", sums, want)
    left = [layer.name for layer in layers if layer not in compared]
    words = f"PyTorch {source.facts.get('torch', '')}".strip()
    if maps and max(maps) > TOLERANCE:
        largest = max(rounding.values())
        words += f" (whose own maps move by up to {largest:.2g} from 64 to 32 bits)"
    return words + (f" (but for the maps of {', '.join(left)}, which no module hands out)" if left else ""), differences


def _module_of(layer, reference):
    """The module whose map the reference has for a layer, or None.

    A module that returns its output within something else, as encoders of transformers do, has none by itself; what
    is last in it hands the same value out.
    """
    return next((name for name in (layer.name, *layer.same) if f"map/{name}" in reference), None)


def _against_evaluator(exported, source, logits, normalization):
    """The logits of one picture by ONNX's own reference implementation."""
    picture = sample_pictures(source.shape)[-1]
    image = np.asarray(normalization.apply(np.float32(picture)))[None]
    got = exported.run("gradcam", ["logits"], images=image, image_index=[0], targets=[-1])["logits"]
    model = onnx.load(str(source.path))
    (want,) = ReferenceEvaluator(model).run([source.output], {source.input: image.transpose(0, 3, 1, 2)})
    if logits.link is not None:
        # The file ends in a softmax or sigmoid, which was left out.
        got = np.asarray(logits.outputs(got))
    return (
        "onnx.reference" + NO_MAPS,
        {"logits": _difference("logits", got, want)},
    )


def _difference(what, got, want, allowed=TOLERANCE):
    return difference(what, got, want, original="original", allowed=allowed)
