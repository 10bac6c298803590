"""Writes the directory of docs/model-contract.md, and runs its signatures again."""

import contextlib
import pathlib
import shutil
import tempfile

import numpy as np
import tensorflow as tf
from tensorflow.core.protobuf import meta_graph_pb2, saved_model_pb2

from camaudit_export.card import write_card
from camaudit_export.errors import ExportError, UsageError
from camaudit_export.pair_graph import LOGIT_WEIGHTS
from camaudit_export.weights import constant, without_weights

CARD = pathlib.PurePath("assets.extra", "model-card.json")
GRAPH = "saved_model.pb"
LARGEST = 2**31 - 1
"""Bytes that a protobuf may have."""


@contextlib.contextmanager
def directory_to_be(output, overwrite):
    """Yields a new directory beside `output` that takes its place if the block succeeds.

    A directory that is already there is an error unless `overwrite`, and it is replaced only
    if it is an exported model or empty: a mistyped path must not cost anybody's files.
    """
    output = pathlib.Path(output)
    check_output(output, overwrite)
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        temporary = pathlib.Path(tempfile.mkdtemp(prefix=f".{output.name}-", dir=output.parent))
    except OSError as error:
        raise UsageError(f"--output {output}: cannot be written: {error.strerror}") from error
    try:
        # mkdtemp makes private directories; a model is as readable as any new directory.
        umask_default = temporary / "model"
        umask_default.mkdir()
        yield umask_default
        if output.exists():
            shutil.rmtree(output)
        umask_default.rename(output)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def check_output(output, overwrite):
    """Refuses an output that must not be replaced; called before any long work too."""
    output = pathlib.Path(output)
    if not output.exists():
        return
    if not overwrite:
        raise UsageError(f"--output {output} exists already; choose another, or add --overwrite")
    if not output.is_dir() or (any(output.iterdir()) and not (output / CARD).exists()):
        raise UsageError(f"--output {output} is no exported model, so it is not overwritten; choose another")


def write_saved_model(graph_def, weights, signatures, card, directory):
    """Writes one graph, its signatures and the card, the card last.

    Args:
        graph_def: `GraphDef` without variables.
        weights: dict from the names of placeholders that become constants to arrays; those that the
            graph has not are left out.
        signatures: dict from signature name to `Signature`.
        card: dict of `make_card`.
        directory: path of an empty directory.
    """
    builder_directory = directory / "saving"
    builder = tf.compat.v1.saved_model.Builder(str(builder_directory))
    with tf.Graph().as_default() as graph, tf.compat.v1.Session(graph=graph) as session:
        tf.graph_util.import_graph_def(graph_def, name="")
        describe = tf.compat.v1.saved_model.build_tensor_info
        definitions = {
            name: tf.compat.v1.saved_model.build_signature_def(
                {key: describe(graph.get_tensor_by_name(t)) for key, t in signature.inputs.items()},
                {key: describe(graph.get_tensor_by_name(t)) for key, t in signature.outputs.items()},
                method_name="camaudit/" + name,
            )
            for name, signature in signatures.items()
        }
        builder.add_meta_graph_and_variables(
            session, [tf.saved_model.SERVING], signature_def_map=definitions, strip_default_attrs=True
        )
    builder.save()
    saved = _parsed(builder_directory)
    shutil.rmtree(builder_directory)
    _write(saved, weights, directory / GRAPH)
    (directory / CARD).parent.mkdir()
    write_card(card, directory / CARD)


def _parsed(directory):
    saved = saved_model_pb2.SavedModel()
    saved.ParseFromString((pathlib.Path(directory) / GRAPH).read_bytes())
    return saved


def _write(saved, weights, path):
    """Writes a SavedModel weight by weight, so that never more than one of them is in memory twice.

    The nodes are a repeated field, which a file may hold in several pieces; what each message is
    within, states its length.

    Args:
        saved: `SavedModel` with placeholders for the weights; it loses them.
        weights: dict from the placeholders' names to arrays.
        path: file to write.
    """
    (meta,) = saved.meta_graphs
    names = [node.name for node in meta.graph_def.node if node.name in weights]
    others = tf.compat.v1.GraphDef()
    others.CopyFrom(meta.graph_def)
    del others.node[:]
    others.node.extend(node for node in meta.graph_def.node if node.name not in weights)
    meta.ClearField("graph_def")
    rest, about = others.SerializeToString(), meta.SerializeToString()
    del saved.meta_graphs[:]
    sizes = {name: constant(name, weights[name]).ByteSize() for name in names}
    graph_size = len(rest) + sum(len(_head(GRAPH_NODE, size)) + size for size in sizes.values())
    graph_head = _head(META_GRAPH_GRAPH, graph_size)
    meta_size = len(about) + len(graph_head) + graph_size
    if meta_size > LARGEST - 1024:
        raise ExportError(
            f"the model takes {meta_size / 1e9:.3g} GB, and a SavedModel with its weights inside holds 2.14 GB; export"
            " a smaller variant of the network"
        )
    with open(path, "wb") as file:
        file.write(saved.SerializeToString())
        file.write(_head(SAVED_MODEL_META_GRAPH, meta_size) + about + graph_head + rest)
        for name in names:
            file.write(_head(GRAPH_NODE, sizes[name]))
            file.write(constant(name, weights[name]).SerializeToString())


SAVED_MODEL_META_GRAPH = saved_model_pb2.SavedModel.META_GRAPHS_FIELD_NUMBER
META_GRAPH_GRAPH = tf.compat.v1.MetaGraphDef.GRAPH_DEF_FIELD_NUMBER
GRAPH_NODE = tf.compat.v1.GraphDef.NODE_FIELD_NUMBER


def _head(field, size):
    """What stands before a message of a size in bytes: the field's number and kind, and the size, as varints."""
    head = bytearray()
    for number in (field << 3 | 2, size):
        while number > 127:
            head.append(number & 127 | 128)
            number >>= 7
        head.append(number)
    return bytes(head)


class ExportedModel:
    """An exported model in a session, for checks; a context manager that closes it.

    The file's weights are fed to the session at each run: as constants they would be copied for every
    signature that is run.

    Args:
        directory: path of the exported model.
        threads: int. Threads within an operation; 0 leaves it to TensorFlow.
    """

    def __init__(self, directory, threads=0):
        (meta,) = _parsed(directory).meta_graphs
        graph_def, weights = without_weights(meta.graph_def)
        self._signatures = {}
        for name, definition in meta.signature_def.items():
            self._signatures[name] = meta_graph_pb2.SignatureDef()
            self._signatures[name].CopyFrom(definition)
        with tf.Graph().as_default() as graph:
            tf.graph_util.import_graph_def(graph_def, name="")
        config = tf.compat.v1.ConfigProto(intra_op_parallelism_threads=threads)
        self._session = tf.compat.v1.Session(graph=graph, config=config)
        self._weights = {f"{name}:0": array for name, array in weights.items()}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._session.close()
        self._weights.clear()

    @property
    def signatures(self):
        return self._signatures

    @property
    def operations(self):
        return self._session.graph.get_operations()

    def run(self, signature, keys, logit_weights=None, **inputs):
        """Runs a signature and returns the outputs named by `keys` as a dict of arrays.

        Args:
            signature: str.
            keys: names of outputs.
            logit_weights: float32 array `(M, K)`, what y weighs the logits with; None for one-hot targets.
            **inputs: arrays by the names of inputs.
        """
        more = {} if logit_weights is None else {f"{LOGIT_WEIGHTS}:0": logit_weights}
        fetches = {key: self._signatures[signature].outputs[key].name for key in keys}
        return self._run(fetches, signature, inputs, more)

    def maps(self, methods, layer, images, image_index, targets):
        """Maps of a layer by several methods, a dict from method to `(M, h, w)`.

        Two pairs at a time: what stands in memory grows with the pairs, and a transformer's `gae` keeps
        all of its attentions.
        """
        made = {method: [] for method in methods}
        fetches = {method: self._signatures[method].outputs[f"map/{layer}"].name for method in methods}
        for start in range(0, len(targets), 2):
            part = slice(start, start + 2)
            inputs = {"images": images, "image_index": image_index[part], "targets": targets[part]}
            for method, array in self._run(fetches, methods[0], inputs).items():
                made[method].append(array)
        return {method: np.concatenate(arrays) for method, arrays in made.items()}

    def _run(self, fetches, signature, inputs, more=None):
        feeds = {self._signatures[signature].inputs[key].name: value for key, value in inputs.items()}
        return self._session.run(fetches, feeds | self._weights | (more or {}))
