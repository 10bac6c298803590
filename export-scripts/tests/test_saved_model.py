"""The file that is written weight by weight, as TensorFlow's own loader reads it."""

import numpy as np
import pytest
import tensorflow as tf

from camaudit_export import saved_model, testing
from camaudit_export.errors import ExportError
from camaudit_export.export import export_model
from camaudit_export.saved_model import ExportedModel


@pytest.fixture(scope="module")
def directory(tmp_path_factory):
    directory = tmp_path_factory.mktemp("saved") / "tiny"
    export_model(testing.build_tiny_model(), directory, testing.preprocessing(), labels=testing.LABELS)
    return directory


def test_weights_are_constants_of_the_file(directory):
    with tf.Graph().as_default() as graph, tf.compat.v1.Session() as session:
        meta = tf.compat.v1.saved_model.load(session, ["serve"], str(directory))
        kinds = [node.op for node in meta.graph_def.node]
        assert sum(op.type == "Placeholder" for op in graph.get_operations()) == kinds.count("Placeholder") == 4
        sizes = [
            np.prod([dim.size for dim in node.attr["value"].tensor.tensor_shape.dim])
            for node in meta.graph_def.node
            if node.op == "Const"
        ]
        assert max(sizes) == 3 * 3 * 12 * 12
        feeds = {
            "images": np.random.default_rng(3).uniform(-1, 1, (2, 32, 32, 3)).astype(np.float32),
            "image_index": np.array([1, 0, 1], np.int32),
            "targets": np.array([-1, 2, 0], np.int32),
        }
        for method in ("gradcam", "gradcam++", "eigencam"):
            signature = meta.signature_def[method]
            keys = list(signature.outputs)
            got = session.run(
                {key: signature.outputs[key].name for key in keys},
                {signature.inputs[key].name: value for key, value in feeds.items()},
            )
            with ExportedModel(directory) as exported:
                want = exported.run(method, keys, **feeds)
            for key in keys:
                np.testing.assert_allclose(got[key], want[key], rtol=1e-5, atol=1e-6)


def test_a_model_that_no_protobuf_holds_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(saved_model, "LARGEST", 10_000)
    with pytest.raises(ExportError, match=r"the model takes .* GB, and a SavedModel .* holds 2.14 GB"):
        export_model(testing.build_tiny_model(), tmp_path / "large", testing.preprocessing(), labels=testing.LABELS)
    assert not (tmp_path / "large").exists()
