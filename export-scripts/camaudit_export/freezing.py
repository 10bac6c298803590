"""The network's forward pass as one GraphDef whose weights are constants."""

import dataclasses

import tensorflow as tf
from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2

from camaudit_export.errors import ExportError
from camaudit_export.folding import fold_batch_norms
from camaudit_export.grouping import functions_inlined, ungroup
from camaudit_export.head import without_activation
from camaudit_export.weights import without_weights

LINKS = {"Sigmoid": "sigmoids", "Softmax": "a softmax", "LogSoftmax": "a log softmax"}
CALLS = ("PartitionedCall", "StatefulPartitionedCall", "If", "StatelessIf", "While", "StatelessWhile")


@dataclasses.dataclass(frozen=True)
class FrozenForward:
    """A forward pass without variables.

    Attributes:
        graph: `GraphDef` without Identity nodes and function calls, with placeholders for the weights.
        weights: dict from the names of these placeholders to arrays.
        images: str. Tensor name of the input, float32 `(None, S, S, 3)`.
        logits: str. Tensor name of the logits.
        layers: dict from layer name to tensor name of its output.
        thinned: dict from layer name to `Thinned`, for layers of which the logits need less.
        prefixes: dict from layer name to the number of tokens before the grid's, for layers that are
            tokens `(N, T, C)`.
        softmaxes: dict from the name of a softmax to that of the layer it was made in.
        attention: `AttentionRead`, where the layers are blocks of a transformer with a class token.
        held: tuple of `held_tensors`, for layers that are tokens.
    """

    graph: object
    weights: dict
    images: str
    logits: str
    layers: dict
    thinned: dict = dataclasses.field(default_factory=dict)
    prefixes: dict = dataclasses.field(default_factory=dict)
    softmaxes: dict = dataclasses.field(default_factory=dict)
    attention: object = None
    held: tuple = ()


def freeze(network, logits, layers, shape):
    """Traces a network with folded batch norms and linear head, and freezes it.

    Args:
        network: `Network`.
        logits: `Logits`.
        layers: list of `Step` whose outputs keep their values.
        shape: `InputShape`.

    Returns:
        `FrozenForward`.
    """
    kept = {step.output for step in layers} | {logits.value}
    replacements = fold_batch_norms(network, kept)
    if logits.step is not None:
        replacements[logits.step] = without_activation(logits.step)

    softmaxes = {}

    def forward(images):
        values = network.run(images, replacements, softmaxes)
        return [logits.scores(values[logits.value])] + [values[step.output] for step in layers]

    with functions_inlined():
        function = tf.function(forward, autograph=False).get_concrete_function(
            tf.TensorSpec([None, *shape.tensor], tf.float32, name="images")
        )
    frozen = convert_variables_to_constants_v2(function, lower_control_flow=False)
    graph, resolve = _without_identities(frozen.graph.as_graph_def())
    for node in graph.node:
        if node.op in CALLS:
            raise ExportError(
                f'the graph calls a function (op {node.op} "{node.name}"), as a loop or condition in a layer'
                " does; gradients inside one frozen graph need straight-line layers"
            )
    graph = ungroup(graph)
    names = [resolve(tensor.name) for tensor in frozen.outputs]
    ends = [LINKS[node.op] for node in graph.node if full_name(node.name) == names[0] and node.op in LINKS]
    if ends:
        raise ExportError(
            f"the model ends in {ends[0]} inside another layer, so that what comes out are no logits; end it"
            " in a Dense layer with a softmax activation, or in logits"
        )
    light, weights = without_weights(graph)
    return FrozenForward(
        graph=light,
        weights=weights,
        images=frozen.inputs[0].name,
        logits=names[0],
        layers={step.name: name for step, name in zip(layers, names[1:], strict=True)},
        softmaxes=softmaxes,
    )


def _without_identities(graph):
    """Drops Identity and IdentityN nodes.

    IdentityN is how TensorFlow marks a custom gradient (swish has one, to save memory). The
    marked Python function belongs to the traced graph and cannot be called from another, so
    the gradient is taken of the plain operations instead; verification compares the two.
    """
    sources = {}
    for node in graph.node:
        if node.op in ("Identity", "IdentityN"):
            data = [name for name in node.input if not name.startswith("^")]
            sources |= {f"{node.name}:{i}": full_name(name) for i, name in enumerate(data)}

    def resolve(name):
        name = full_name(name)
        while name in sources:
            name = sources[name]
        return name

    cleaned = tf.compat.v1.GraphDef()
    cleaned.CopyFrom(graph)
    del cleaned.node[:]
    for node in graph.node:
        if node.op in ("Identity", "IdentityN", "NoOp"):
            continue
        copy = cleaned.node.add()
        copy.CopyFrom(node)
        # Control inputs only order side effects, and a frozen forward pass has none.
        copy.input[:] = [resolve(name) for name in node.input if not name.startswith("^")]
    return cleaned, resolve


def full_name(name):
    """`node` or `node:i` as `node:i`."""
    return name if ":" in name else name + ":0"
