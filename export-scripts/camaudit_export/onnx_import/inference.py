"""Shapes of all values, and the values that no picture influences.

Nodes are looked at for two batch sizes. A value that depends on weights and on the size of the
batch alone is computed here and now, by ONNX's own reference implementation; of every other value
the shape is inferred. A size that differs between the two batches is a multiple of the batch.
"""

import dataclasses

import numpy as np
import onnx
from onnx import defs, helper, numpy_helper, shape_inference
from onnx.reference import ReferenceEvaluator

from camaudit_export.errors import ExportError, first_line
from camaudit_export.onnx_import.reading import describe

BATCHES = (5, 7)
SMALL = 4096
"""Elements up to which a constant may be a shape, an index or a range that inference reads."""


@dataclasses.dataclass(frozen=True)
class Inferred:
    """What is known of a value for the two batch sizes.

    Attributes:
        shapes: two tuples of int.
        arrays: two arrays, or None where pictures have an influence.
        dtype: int. ONNX's number of the element type.
    """

    shapes: tuple
    arrays: tuple | None
    dtype: int

    @property
    def is_fixed(self):
        """Whether it is one array whatever the batch."""
        return self.arrays is not None and (
            self.arrays[0] is self.arrays[1] or np.array_equal(self.arrays[0], self.arrays[1], equal_nan=False)
        )

    @property
    def sizes(self):
        """Pairs of sizes, one an axis."""
        return tuple(zip(*self.shapes, strict=True))


def infer(source):
    """A dict from value name to `Inferred`."""
    found = {name: _known(array, array) for name, array in source.constants.items()}
    shape = (source.shape.channels, *source.shape.sides)
    found[source.input] = Inferred(tuple((n, *shape) for n in BATCHES), None, onnx.TensorProto.FLOAT)
    for node in source.nodes:
        inputs = [found.get(name) for name in node.input]
        missing = [n for n, value in zip(node.input, inputs, strict=True) if n and value is None]
        if missing:
            raise ExportError(f'{describe(node)} reads "{missing[0]}", which nothing in the file computes')
        for name, value in zip(node.output, _outputs(node, inputs, source.opset), strict=True):
            if name:
                found[name] = value
    return found


def _known(few, many):
    dtype = helper.np_dtype_to_tensor_dtype(np.asarray(few).dtype)
    return Inferred((np.shape(few), np.shape(many)), (few, many), dtype)


def _outputs(node, inputs, opset):
    if node.op_type == "Shape":
        return [_shape(node, inputs[0])]
    if all(value is None or value.arrays is not None for value in inputs):
        few = _evaluate(node, inputs, 0, opset)
        same = all(value is None or value.arrays[0] is value.arrays[1] for value in inputs)
        many = few if same else _evaluate(node, inputs, 1, opset)
        return [_known(*pair) for pair in zip(few, many, strict=True)]
    both = [_infer(node, inputs, batch, opset) for batch in (0, 1)]
    return [
        None if kind is None else Inferred((kind[0], other[0]), None, kind[1])
        for kind, other in zip(*both, strict=True)
    ]


def _shape(node, value):
    attributes = {entry.name: entry.i for entry in node.attribute}
    part = slice(attributes.get("start", 0), attributes.get("end"))
    return _known(*(np.array(shape[part], np.int64) for shape in value.shapes))


def _evaluate(node, inputs, batch, opset):
    arrays = {name: value.arrays[batch] for name, value in zip(node.input, inputs, strict=True) if value is not None}
    graph = helper.make_graph(
        [node],
        "constant",
        [helper.make_empty_tensor_value_info(name) for name in arrays],
        [helper.make_empty_tensor_value_info(name) for name in node.output if name],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)])
    try:
        results = ReferenceEvaluator(model).run(None, arrays)
    except Exception as error:
        raise ExportError(f"{describe(node)} cannot be computed: {first_line(error)}") from error
    results = iter(results)
    return [np.asarray(next(results)) if name else None for name in node.output]


def _infer(node, inputs, batch, opset):
    """Shape and element type of each output for one batch size."""
    types, data = {}, {}
    for name, value in zip(node.input, inputs, strict=True):
        if value is None:
            continue
        types[name] = helper.make_tensor_type_proto(value.dtype, value.shapes[batch])
        if value.arrays is not None and value.arrays[batch].size <= SMALL:
            data[name] = numpy_helper.from_array(np.asarray(value.arrays[batch]), name)
    try:
        schema = defs.get_schema(node.op_type, opset, node.domain)
        kinds = shape_inference.infer_node_outputs(
            schema, node, types, data, opset_imports=[helper.make_opsetid("", opset)], ir_version=10
        )
    except Exception as error:
        raise ExportError(f"{describe(node)}: its shape cannot be inferred: {first_line(error)}") from error
    return [_read_type(node, kinds.get(name)) if name in kinds else None for name in node.output]


def _read_type(node, kind):
    tensor = kind.tensor_type
    dims = [dim.dim_value if dim.HasField("dim_value") else None for dim in tensor.shape.dim]
    if None in dims:
        raise ExportError(
            f"{describe(node)}: the size of its output depends on the values of its input; only sizes that follow"
            " from the picture's are supported"
        )
    return tuple(dims), tensor.elem_type
