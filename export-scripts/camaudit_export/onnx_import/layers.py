"""Layers of an ONNX graph by the names of PyTorch's modules."""

import dataclasses

from camaudit_export.errors import ExportError, UsageError
from camaudit_export.nearest import nearest_layers
from camaudit_export.onnx_import.reading import modules

ACTIVATIONS = ("Relu", "Clip", "LeakyRelu", "PRelu", "Elu", "HardSwish", "Sigmoid", "Gelu")


@dataclasses.dataclass(frozen=True)
class Layer:
    """A layer that is exported.

    Attributes:
        name: str.
        value: str. The ONNX value.
        channels_first: bool. Whether ONNX counts the channels before height and width.
        shape: (h, w, C).
        same: tuple of str. Other modules that hand the same value out.
    """

    name: str
    value: str
    channels_first: bool
    shape: tuple
    same: tuple = ()


class Layers:
    """All values of a graph that a map can be made of, and their names.

    The output of a module is the one value made in it that is read outside of it. The file
    shows modules as names at its nodes; a module that leaves no node behind, such as dropout,
    or that is called twice has no output here.

    Args:
        source: `Source`.
        inferred: dict of `infer`.
        logits: str. The value that is explained.
    """

    def __init__(self, source, inferred, logits):
        self._path = source.path
        self._inferred = inferred
        self._images = source.input
        self._aspect = source.shape.height / source.shape.width
        self._producer = {name: node for node in source.nodes for name in node.output}
        self._readers = {}
        for node in source.nodes:
            for name in node.input:
                self._readers.setdefault(name, []).append(node)
        self._influential = self._ancestors(logits)
        self._outputs = self._outputs_of_modules(source.nodes, source.output)

    def names(self):
        """A dict from all names that a layer can be wanted by to whether a map can be made of it, modules in order."""
        spatial = dict.fromkeys(self._modules_in_order(), True)
        return spatial | {name: False for name in (*self._outputs, *self._producer) if name not in spatial}

    def choose(self, wanted):
        """The layers wanted, in the graph's order, and the default one among them."""
        candidates = [name for name in self._producer if self._spatial(name) and name in self._influential]
        if not candidates:
            raise ExportError(
                f"{self._path}: nothing between the pictures and the logits has a height and a width, so there is no"
                " map to compute"
            )
        if wanted == ["auto"]:
            chosen = [self._auto(candidates)]
        elif wanted == ["all-blocks"]:
            chosen = self._blocks(candidates)
        else:
            chosen = [self._named(name) for name in dict.fromkeys(wanted)]
            place = list(self._producer)
            chosen.sort(key=lambda layer: place.index(layer.value))
        return chosen, chosen[-1]

    def _ancestors(self, name):
        found, todo = set(), [name]
        while todo:
            current = todo.pop()
            if current not in found:
                found.add(current)
                todo.extend(self._producer[current].input if current in self._producer else ())
        return found

    def _outputs_of_modules(self, nodes, output):
        inside = {id(node): modules(node) for node in nodes}
        outputs = {}
        for node in nodes:
            for name in node.output:
                readers = [set(inside[id(reader)]) for reader in self._readers.get(name, [])]
                for module in inside[id(node)]:
                    if name == output or any(module not in reader for reader in readers):
                        outputs.setdefault(module, []).append(name)
        return outputs

    def _spatial(self, name):
        """Whether ONNX counts channels first, or None where the value has no height and width."""
        known = self._inferred[name]
        shape = known.shapes[0]
        if known.arrays is not None or len(shape) != 4 or known.sizes[0] != (5, 7) or name == self._images:
            return None
        if self._fits(shape[2], shape[3]):
            return "first"
        return "last" if self._fits(shape[1], shape[2]) else None

    def _fits(self, height, width):
        """Whether two sizes are to each other as the pictures' height and width.

        They are so but for rounding, and for a border of two cells that convolutions may leave out.
        """
        aspect = self._aspect
        if aspect == 1:
            return height == width > 1
        return height * width > 1 and abs(height - width * aspect) <= max(1, aspect) + 2 * abs(1 - aspect)

    def _layer(self, name, value):
        shape = self._inferred[value].shapes[0][1:]
        first = self._spatial(value) == "first"
        same = tuple(module for module, outputs in self._outputs.items() if outputs == [value] and module != name)
        return Layer(name, value, first, (*shape[1:], shape[0]) if first else shape, same)

    def _auto(self, candidates):
        """The last spatial value that is a module's output, by the name of the outermost such module.

        Modules that only put the axes in another order are passed over for what they read.
        """
        for value in reversed(candidates):
            if (name := self._outermost(value)) is not None and not self._only_transposes(name):
                return self._layer(name, value)
        return self._layer(candidates[-1], candidates[-1])

    def _only_transposes(self, module):
        inside = {id(node): node for node in self._producer.values() if module in modules(node)}
        return [node.op_type for node in inside.values()] == ["Transpose"]

    def _outermost(self, value):
        named = [module for module, outputs in self._outputs.items() if outputs == [value]]
        return min(named, key=lambda module: module.count("."), default=None)

    def _blocks(self, candidates):
        """Sums of two branches, or the activation that alone reads a sum."""
        chosen = []
        for value in candidates:
            node = self._producer[value]
            branches = {name for name in node.input if self._spatial(name)}
            if node.op_type != "Add" or len(branches) != 2:
                continue
            if len({self._inferred[name].shapes for name in branches}) != 1:
                continue
            readers = self._readers.get(value, [])
            end = readers[0].output[0] if len(readers) == 1 and readers[0].op_type in ACTIVATIONS else value
            within = [module for module in reversed(modules(node)) if self._outputs.get(module) == [end]]
            chosen.append(self._layer(within[0] if within else self._outermost(end) or end, end))
        if not chosen:
            raise UsageError(
                f"--layers all-blocks: {self._path} has no residual block (no sum of two branches); name the layers"
                " wanted, or use auto"
            )
        last = self._auto(candidates)
        return chosen if last.value in {layer.value for layer in chosen} else [*chosen, last]

    def _modules_in_order(self):
        """Names of the modules with one spatial output; of those that hand out the same one the outermost last."""
        place = {value: number for number, value in enumerate(self._producer)}
        modules_there = {
            module: values[0]
            for module, values in self._outputs.items()
            if len(values) == 1 and self._spatial(values[0]) and values[0] in self._influential
        }
        return sorted(modules_there, key=lambda module: (place[modules_there[module]], -module.count(".")))

    def _named(self, name):
        values = self._outputs.get(name) or ([name] if name in self._producer else [])
        if not values:
            there = self._modules_in_order() or [value for value in self._producer if self._spatial(value)]
            raise UsageError(f'{self._path} has no module "{name}"; {nearest_layers(name, there)}')
        if len(values) > 1:
            raise UsageError(
                f'module "{name}" hands out {len(values)} tensors ({", ".join(values[:3])}), so it has no output that'
                " is one; name another module, or one of these"
            )
        if not self._spatial(values[0]):
            raise ExportError(
                f'module "{name}" has no spatial output: its shape without the batch is'
                f" {self._inferred[values[0]].shapes[0][1:]}; (channels, height, width) is wanted"
            )
        if values[0] not in self._influential:
            raise ExportError(f'module "{name}" does not influence the logits: nothing leads from it to the output')
        return self._layer(name, values[0])
