"""An ONNX file, checked as far as its form goes."""

import ast
import dataclasses
import hashlib
import json
import pathlib

import numpy as np
import onnx
from onnx import inliner, numpy_helper

from camaudit_export.errors import ExportError, UsageError, first_line
from camaudit_export.input_shape import InputShape, check_channels

METADATA_KEY = "camaudit"
FORMAT = 1
OLDEST_OPSET = 13
CONTROL_FLOW = ("If", "Loop", "Scan")
HOW_TO_MAKE = "export-scripts/camaudit_torch.py makes one of a PyTorch model"
HOW_TO_EXPORT = "write the file with export-scripts/camaudit_torch.py, which sees to that"


@dataclasses.dataclass(frozen=True)
class Source:
    """An ONNX file with one image input and one output.

    Attributes:
        path: `pathlib.Path`.
        nodes: list of `NodeProto` in an order in which they can run.
        constants: dict from name to array, the weights.
        input, output: str. Names of the values.
        shape: `InputShape`.
        opset: int.
        facts: dict that `camaudit_torch.py` wrote into the file, empty if another program wrote it.
    """

    path: pathlib.Path
    nodes: list
    constants: dict
    input: str
    output: str
    shape: InputShape
    opset: int
    facts: dict

    def digest(self):
        """SHA-256 over all weights, in the file's order, as little-endian float32."""
        digest = hashlib.sha256()
        for array in self.weights():
            digest.update(np.ascontiguousarray(array, "<f4"))
        return digest.hexdigest()

    def forget_weights(self):
        """Frees the memory of the weights, once the graph is built."""
        self.constants.clear()

    def parameters(self):
        return int(sum(array.size for array in self.weights()))

    def weights(self):
        return [array for array in self.constants.values() if array.dtype.kind == "f"]


def read(path, size=None):
    """Reads and checks a file; `size` is the input's height and width where the file leaves them open."""
    path = pathlib.Path(path)
    if not path.is_file():
        raise UsageError(f"--onnx {path}: no such file")
    model = _load(path)
    graph = model.graph
    constants = {tensor.name: _array(tensor, path) for tensor in graph.initializer}
    inputs = [value for value in graph.input if value.name not in constants]
    if len(inputs) != 1 or len(graph.output) != 1:
        names = ", ".join(value.name for value in [*inputs, *graph.output])
        raise ExportError(
            f"{path} has {len(inputs)} inputs and {len(graph.output)} outputs ({names}); one input of pictures and one"
            " output of class scores are wanted: export a module that takes pictures and returns logits alone"
        )
    for node in graph.node:
        _check(node)
    _check_evaluating(graph, constants)
    return Source(
        path=path,
        # A node that is part of the model would keep all of it, its weights too, in memory.
        nodes=[onnx.NodeProto.FromString(node.SerializeToString()) for node in graph.node],
        constants=constants,
        input=inputs[0].name,
        output=graph.output[0].name,
        shape=_shape(inputs[0], path, size),
        opset=_opset(model, path),
        facts=_facts(model, path),
    )


def _load(path):
    try:
        model = onnx.load(str(path))
    except (FileNotFoundError, onnx.checker.ValidationError) as error:
        raise ExportError(
            f"{path} keeps its weights in a file beside it that is missing or cannot be read"
            f" ({first_line(error)}); put that file back, or {HOW_TO_EXPORT}"
        ) from error
    except Exception as error:
        raise ExportError(
            f"{path} is no ONNX file that onnx {onnx.__version__} can read ({first_line(error)}); {HOW_TO_MAKE}"
        ) from error
    if not model.graph.node:
        raise ExportError(f"{path} is no ONNX file: it has no nodes; {HOW_TO_MAKE}")
    return inliner.inline_local_functions(model) if model.functions else model


def _array(tensor, path):
    try:
        array = numpy_helper.to_array(tensor, str(path.parent))
    except Exception as error:
        raise ExportError(
            f'{path}: the data of tensor "{tensor.name}" cannot be read ({first_line(error)}); {HOW_TO_EXPORT}'
        ) from error
    return array.astype(np.float32) if array.dtype in (np.float16, np.float64) else array


def _check(node):
    if node.op_type in CONTROL_FLOW:
        raise ExportError(
            f"{describe(node)} is control flow, which has no gradients here; export the model with torch.export"
            " (dynamo=True) and without conditions that depend on its data"
        )
    if node.domain not in ("", "ai.onnx"):
        raise ExportError(
            f'{describe(node)} is of the domain "{node.domain}", not of ONNX itself; export the model as it is before'
            " a runtime or quantiser rewrites it"
        )


def _check_evaluating(graph, constants):
    """Refuses what computes as in training: dropout by chance, and norms of the batch that is fed."""
    switches = {
        node.output[0]: attribute.t.raw_data
        for node in graph.node
        if node.op_type == "Constant"
        for attribute in node.attribute
        if attribute.name == "value"
    }
    for node in graph.node:
        on = any(attribute.name == "training_mode" and attribute.i for attribute in node.attribute)
        if node.op_type == "Dropout" and len(node.input) == 3:
            switch = node.input[2]
            on = bool(np.any(constants[switch])) if switch in constants else any(switches.get(switch, b""))
        if on:
            raise ExportError(
                f"{describe(node)} computes as in training; call model.eval() before the model is written as ONNX"
            )


def _shape(value, path, size):
    kind = value.type.tensor_type
    dims = [dim.dim_value if dim.HasField("dim_value") else None for dim in kind.shape.dim]
    words = ", ".join(str(d.dim_value if d.HasField("dim_value") else d.dim_param or "?") for d in kind.shape.dim)
    takes = f'{path}: the input "{value.name}" is {onnx.TensorProto.DataType.Name(kind.elem_type)} ({words})'
    if kind.elem_type != onnx.TensorProto.FLOAT or len(dims) != 4:
        raise ExportError(f"{takes}; FLOAT (batch, channels, height, width) is wanted: pictures, channels first")
    # A file that leaves the channels open takes RGB: nothing else is as common.
    channels = 3 if dims[1] is None else dims[1]
    if channels not in (1, 3) and dims[3] in (1, 3):
        raise ExportError(f"{takes}; pictures with the channels first are wanted: (batch, channels, height, width)")
    check_channels(channels, f"{takes}; it")
    if dims[0] is not None:
        raise ExportError(
            f"{takes}, so its batch is fixed; export it with two pictures as example and"
            ' dynamic_shapes=({0: torch.export.Dim("batch")},), or ' + HOW_TO_EXPORT
        )
    if None in dims[2:] and size is None:
        raise UsageError(f"{takes}: its sizes are open; choose one with --size PIXELS or --size HEIGHTxWIDTH")
    sides = tuple(own or stated for own, stated in zip(dims[2:], size or (None, None), strict=True))
    if size is not None and sides != tuple(size):
        raise UsageError(f"{takes}; --size {size[0]}x{size[1]} (height x width) is another")
    return InputShape(*sides, channels)


def _opset(model, path):
    opset = next((entry.version for entry in model.opset_import if entry.domain in ("", "ai.onnx")), 0)
    if opset < OLDEST_OPSET:
        raise ExportError(
            f"{path} is of opset {opset}; {OLDEST_OPSET} or later is wanted: give opset_version=18 when exporting it"
        )
    return opset


def _facts(model, path):
    texts = [entry.value for entry in model.metadata_props if entry.key == METADATA_KEY]
    if not texts:
        return {}
    try:
        facts = dict(json.loads(texts[0]))
    except (ValueError, TypeError) as error:
        raise ExportError(
            f'{path}: its metadata "{METADATA_KEY}" is not what camaudit_torch.py writes ({error}); write it again'
        ) from error
    if facts.get("format") != FORMAT:
        raise ExportError(
            f"{path} was written by a camaudit_torch.py of another version (format {facts.get('format')}, {FORMAT} is"
            " wanted); write it again with this one"
        )
    return facts


def modules(node):
    """Names of the PyTorch modules a node lies in, outermost first."""
    metadata = {entry.key: entry.value for entry in node.metadata_props}
    if "pkg.torch.onnx.name_scopes" in metadata:
        # The list's last entry is the operation itself.
        scopes = ast.literal_eval(metadata["pkg.torch.onnx.name_scopes"])
        return [scope for scope in scopes[:-1] if scope]
    return _modules_of_name(node.name)


def _modules_of_name(name):
    """Modules by a node name as the older exporter makes it: /layer1/layer1.0/downsample/downsample.0/Conv."""
    found, path, last = [], "", ""
    for part in name.split("/")[1:-1] if name.startswith("/") else []:
        path = path + part[len(last) :] if last and part.startswith(last + ".") else f"{path}.{part}".lstrip(".")
        last = part
        found.append(path)
    return found


def describe(node):
    """The node in words, for a sentence about it."""
    inside = modules(node)
    place = f" in module {inside[-1]}" if inside else ""
    return f'node "{node.name or node.output[0]}" ({node.op_type}){place}'


def attributes(node):
    return {entry.name: onnx.helper.get_attribute_value(entry) for entry in node.attribute}
