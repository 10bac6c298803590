"""The export, step by step."""

import dataclasses

import tensorflow as tf

from camaudit_export.card import make_card, weights_digest
from camaudit_export.decision import describe_decision
from camaudit_export.freezing import freeze
from camaudit_export.head import describe_head, find_logits, with_kind
from camaudit_export.labels import numbered_labels
from camaudit_export.layers import choose_layers, layers_there
from camaudit_export.models import check_model
from camaudit_export.network import Network
from camaudit_export.notes import attention_notes, normalization_notes
from camaudit_export.pair_graph import Signature, build_pair_graph, methods_of
from camaudit_export.pooling import pool_means
from camaudit_export.receptive import cell_centers
from camaudit_export.saved_model import directory_to_be, write_saved_model
from camaudit_export.striding import thin
from camaudit_export.token_layers import choose_token_layers, scopes_in
from camaudit_export.verification import verify, verify_tokens


@dataclasses.dataclass(frozen=True)
class Exported:
    """What an export made.

    Attributes:
        card: dict. The model card as written.
        differences: dict from check to the largest relative difference from the original model.
        against: str. What the exported model was compared with.
        notes: list of str. Sentences about what the user ought to know.
    """

    card: dict
    differences: dict
    notes: list
    against: str = "Keras"


def export_model(
    model,
    output,
    preprocessing,
    *,
    name=None,
    source=None,
    weights="trained",
    layers=("auto",),
    labels=None,
    size=None,
    sigmoid=False,
    threshold=None,
    overwrite=False,
):
    """Exports a Keras image classifier as docs/model-contract.md describes.

    Args:
        model: `keras.Model`, functional or Sequential, ending in softmax, log softmax, logits or sigmoids.
        output: path of the directory to make.
        preprocessing: `Preprocessing`. How pictures were prepared in training.
        name: str. Defaults to the model's name.
        source, weights: str. Where model and weights come from, for the card.
        layers: layer names, or `["auto"]` (last spatial layer, of a transformer the last block), or
            `["all-blocks"]`.
        labels: list of `{"index", "id", "names"}`, one a class, or a function of the number of
            classes that returns it. None: the indices, or no and yes for one sigmoid output.
        size: `(height, width)` of the input, for models that leave it open.
        sigmoid: bool. Whether linear outputs are what sigmoids make probabilities of.
        threshold: float. Probability above which a class of a multi-label model counts as predicted.
        overwrite: bool. Whether an exported model at `output` is replaced.

    Returns:
        `Exported`.

    Raises:
        ExportError: the model cannot be handled, or the exported one differs from it.
        UsageError: the arguments do not fit the model.
    """
    shape = check_model(model, size)
    network = Network(model)
    logits = find_logits(network, sigmoid)
    shapes, attends = network.traced(shape)
    logits = with_kind(network, logits, shapes[logits.value], sigmoid)
    classes = logits.classes
    preprocessing = preprocessing.fitted(shape)
    tokens = None
    if attends:
        whole = freeze(network, logits, [], shape)
        tokens = choose_token_layers(
            whole, shape, list(layers), scopes_in(whole), layers_there(network, shapes, logits.value)
        )
    if tokens:
        frozen, layer_shapes, default, head = tokens.frozen, tokens.shapes, tokens.default, {"kind": "other"}
    else:
        steps, last = choose_layers(network, shapes, logits.value, list(layers))
        layer_shapes, default = {step.name: shapes[step.output] for step in steps}, last.name
        head = describe_head(network, logits, steps)
        frozen = freeze(network, logits, steps, shape)
    card = make_card(
        name=name or model.name,
        source=source or f"keras.Model {model.name}",
        weights=weights,
        weights_sha256=weights_digest(model),
        parameters=model.count_params(),
        input_card=preprocessing.card(shape),
        classes=classes,
        decision=describe_decision(logits.kind, threshold),
        layers=layer_shapes,
        centers=cell_centers(frozen, layer_shapes, preprocessing, shape),
        default=default,
        methods=methods_of(frozen),
        head=head,
        labels=(labels(classes) if callable(labels) else labels) or unnamed(logits),
    )
    with directory_to_be(output, overwrite) as directory:
        notes = [] if tokens else attention_notes(frozen, default, automatic=list(layers) == ["auto"])
        write_model(frozen, card, layer_shapes, preprocessing, shape, directory)
        if tokens:
            differences = verify_tokens(directory, network, logits, frozen, default, shape)
        else:
            differences = verify(directory, network, logits, last, shape, head.get("bias"))
        notes += normalization_notes(directory, network, preprocessing.normalization, shape)
    return Exported(card, differences, notes)


def unnamed(logits):
    """Labels where nobody gave any."""
    if logits.kind == "yes-no":
        return [{"index": index, "id": name, "names": [name]} for index, name in enumerate(("no", "yes"))]
    return numbered_labels(logits.classes)


def write_model(frozen, card, layer_shapes, preprocessing, shape, directory):
    """Writes the frozen network, its gradients and its preprocessing, whichever front it came from.

    Args:
        frozen: `FrozenForward`.
        card: dict of `make_card`.
        layer_shapes: dict from layer name to `(h, w, C)`.
        preprocessing: `Preprocessing`.
        shape: `InputShape`.
        directory: path to write into.
    """
    graph_def, weights, signatures = build_pair_graph(thin(pool_means(frozen)), layer_shapes, shape, card["classes"])
    preprocess_def, signatures["preprocess"] = build_preprocess_graph(preprocessing, shape)
    graph_def.node.extend(preprocess_def.node)
    write_saved_model(graph_def, weights, signatures, card, directory)


def build_preprocess_graph(preprocessing, shape):
    """GraphDef and `Signature` of `preprocess`."""
    with tf.Graph().as_default() as graph, tf.name_scope("preprocess"):
        image = tf.compat.v1.placeholder(tf.uint8, [None, None, 3], name="image")
        prepared = tf.identity(preprocessing.apply(image, shape), name="input")
        return graph.as_graph_def(), Signature({"image": image.name}, {"input": prepared.name})
