"""Writes the directory of docs/model-contract.md, and runs its signatures again."""

import contextlib
import pathlib
import shutil
import tempfile

import tensorflow as tf

from camaudit_export.card import write_card
from camaudit_export.errors import UsageError
from camaudit_export.pair_graph import LOGIT_WEIGHTS

CARD = pathlib.PurePath("assets.extra", "model-card.json")


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


def write_saved_model(graph_def, signatures, card, directory):
    """Writes one graph, its signatures and the card, the card last.

    Args:
        graph_def: `GraphDef` without variables.
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
    (builder_directory / "saved_model.pb").rename(directory / "saved_model.pb")
    shutil.rmtree(builder_directory)
    (directory / CARD).parent.mkdir()
    write_card(card, directory / CARD)


class ExportedModel:
    """An exported model in a session, for checks; a context manager that closes it.

    Args:
        directory: path of the exported model.
        threads: int. Threads within an operation; 0 leaves it to TensorFlow.
    """

    def __init__(self, directory, threads=0):
        config = tf.compat.v1.ConfigProto(intra_op_parallelism_threads=threads)
        self._session = tf.compat.v1.Session(graph=tf.Graph(), config=config)
        with self._session.graph.as_default():
            meta = tf.compat.v1.saved_model.load(self._session, [tf.saved_model.SERVING], str(directory))
        self._signatures = meta.signature_def

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._session.close()

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
        definition = self._signatures[signature]
        fetches = {key: definition.outputs[key].name for key in keys}
        feeds = {definition.inputs[key].name: value for key, value in inputs.items()}
        if logit_weights is not None:
            feeds[f"{LOGIT_WEIGHTS}:0"] = logit_weights
        return self._session.run(fetches, feeds)
