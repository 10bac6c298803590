"""The export of an ONNX file, step by step."""

import dataclasses
import functools

from camaudit_export import preprocessing as preparing
from camaudit_export.card import make_card
from camaudit_export.decision import describe_decision
from camaudit_export.errors import ExportError
from camaudit_export.export import Exported, unnamed, write_model
from camaudit_export.normalization import Normalization
from camaudit_export.notes import attention_notes, normalization_notes
from camaudit_export.onnx_import.building import build, needed
from camaudit_export.onnx_import.checking import NO_MAPS, check, check_tokens, reference_of
from camaudit_export.onnx_import.head import describe_head, find_logits
from camaudit_export.onnx_import.inference import infer
from camaudit_export.onnx_import.layers import Layers
from camaudit_export.onnx_import.reading import modules
from camaudit_export.pair_graph import methods_of
from camaudit_export.receptive import cell_centers
from camaudit_export.saved_model import directory_to_be
from camaudit_export.token_layers import choose_token_layers


def export_onnx(
    source,
    output,
    preprocessing,
    *,
    name=None,
    layers=("auto",),
    labels=None,
    sigmoid=False,
    threshold=None,
    overwrite=False,
):
    """Exports an ONNX file as docs/model-contract.md describes.

    Args:
        source: `Source` of `reading.read`.
        output: path of the directory to make.
        preprocessing: `Preprocessing`.
        name: str. By default what the file says, or the file's name.
        layers: names of PyTorch modules, or `["auto"]`, or `["all-blocks"]`.
        labels: function from the number of classes to a list of labels, or None for the file's own.
        sigmoid: bool. Whether linear outputs are what sigmoids make probabilities of.
        threshold: float. Probability above which a class of a multi-label model counts as predicted.
        overwrite: bool. Whether an exported model at `output` is replaced.

    Returns:
        `Exported`.
    """
    reference = reference_of(source)
    inferred = infer(source)
    logits = find_logits(source, inferred, sigmoid or source.facts.get("sigmoid", False))
    preprocessing = preprocessing.fitted(source.shape)
    graph_layers = Layers(source, inferred, logits.value)
    tokens = _token_layers(source, inferred, logits, list(layers), graph_layers.names())
    if tokens:
        chosen, frozen, shapes, default, head = [], tokens.frozen, tokens.shapes, tokens.default, {"kind": "other"}
        notes = []
    else:
        chosen, last = graph_layers.choose(list(layers))
        shapes, default = {layer.name: layer.shape for layer in chosen}, last.name
        head = describe_head(source, inferred, logits, last)
        frozen = build(source, inferred, logits, chosen)
        notes = attention_notes(frozen, default, automatic=list(layers) == ["auto"])
    card = make_card(
        name=name or source.facts.get("name") or source.path.stem,
        source=source.facts.get("source") or f"ONNX file {source.path.name}",
        weights=source.facts.get("weights", "trained"),
        weights_sha256=source.digest(),
        parameters=source.parameters(),
        input_card=preprocessing.card(source.shape),
        classes=logits.classes,
        decision=describe_decision(logits.kind, threshold),
        layers=shapes,
        centers=cell_centers(frozen, shapes, preprocessing, source.shape),
        default=default,
        methods=methods_of(frozen),
        head=head,
        labels=(labels or functools.partial(own_labels, source))(logits.classes) or unnamed(logits),
    )
    del inferred, graph_layers
    source.forget_weights()
    with directory_to_be(output, overwrite) as directory:
        write_model(frozen, card, shapes, preprocessing, source.shape, directory)
        against, differences = check(
            directory, source, logits, reference, chosen, head.get("bias"), preprocessing.normalization
        )
        if tokens:
            words, of_maps = check_tokens(
                directory, frozen, default, reference, preprocessing.normalization, source.shape
            )
            against, differences = against.removesuffix(NO_MAPS) + words, differences | of_maps
        notes += normalization_notes(directory, None, preprocessing.normalization, source.shape)
    return Exported(card, differences, notes, against)


def _token_layers(source, inferred, logits, wanted, others):
    """`TokenLayers` where the network is a transformer whose blocks or tokens are wanted, else None."""
    softmaxes = [
        node
        for node in needed(source.nodes, logits.value)
        if node.op_type == "Softmax"
        and inferred[node.output[0]].arrays is None
        and len(inferred[node.output[0]].shapes[0]) > 2
    ]
    if not softmaxes:
        return None
    # Blocks come in the order of their softmaxes, as the nodes do; where not all are blocks, the last ones are.
    return choose_token_layers(
        build(source, inferred, logits, []),
        source.shape,
        wanted,
        lambda blocks: [modules(node) for node in softmaxes][-len(blocks) :],
        others,
    )


def own_labels(source, classes):
    """Labels by the names that stand in the file, or None; equal names get their index as identifier."""
    names = source.facts.get("labels")
    if not names:
        return None
    if len(names) == 1 and classes == 2:
        names = [f"no {names[0]}", names[0]]
    if len(names) != classes:
        raise ExportError(f"{source.path} has {len(names)} labels for {classes} classes; give --labels")
    unique = len(set(names)) == len(names)
    return [{"index": i, "id": n if unique else str(i), "names": [n]} for i, n in enumerate(names)]


def own_preprocessing(source):
    """How pictures were prepared in training, as the file says, or None."""
    facts = source.facts.get("preprocessing")
    if not facts:
        return None
    try:
        geometry = facts.get("geometry", "stretch")
        resize = facts.get("resize") if geometry == "crop" else None
        if isinstance(resize, int):
            resize = (resize, resize)
        return preparing.Preprocessing(
            Normalization(
                "affine",
                channels=facts.get("channels", "rgb"),
                scale=float(facts["scale"]),
                mean=tuple(map(float, facts["mean"])),
                std=tuple(map(float, facts["std"])),
            ),
            geometry=geometry,
            resize=tuple(resize) if resize else None,
            fill=tuple(facts.get("fill", (0, 0, 0))),
            interpolation=facts.get("interpolation", "bilinear"),
            antialias=bool(facts.get("antialias", False)),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ExportError(f"{source.path}: the preprocessing in the file is not understood: {error}") from error


def changed(preprocessing, **given):
    """The preprocessing with what the command line says in its place."""
    return dataclasses.replace(preprocessing, **{key: value for key, value in given.items() if value is not None})
