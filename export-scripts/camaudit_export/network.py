"""A Keras model as a flat list of steps, and questions about which step feeds which."""

import dataclasses
import functools
import inspect

import keras
import tensorflow as tf
from keras.src.models.functional import Functional

from camaudit_export.errors import ExportError, first_line


@dataclasses.dataclass(frozen=True, eq=False)
class Step:
    """One call of one Keras operation; values are numbered, number 0 is the images.

    Attributes:
        name: str. The operation's name; that of a layer in a nested model stands without
            the nested model's name unless two layers share it.
        operation: `keras.Operation`, nearly always a layer.
        node: Keras' own record of the call; knows the arguments' structure.
        inputs: tuple of int. Values read, one for each tensor in the arguments.
        outputs: tuple of int. Values written.
    """

    name: str
    operation: object
    node: object
    inputs: tuple
    outputs: tuple

    @property
    def output(self):
        return self.outputs[0]

    @functools.cached_property
    def _takes_training(self):
        if not isinstance(self.operation, keras.Layer):
            return False
        return "training" in inspect.signature(self.operation.call).parameters

    def call(self, values):
        """Runs the operation in inference mode on real tensors; returns its flat outputs."""
        tensors = {
            id(symbol): values[number] for symbol, number in zip(self.node.input_tensors, self.inputs, strict=True)
        }
        args, kwargs = self.node.arguments.fill_in(tensors)
        if self._takes_training:
            kwargs["training"] = False
        return tf.nest.flatten(self.operation(*args, **kwargs))


class Network:
    """The steps of a functional or sequential model, nested models opened up, in run order.

    Keras has no public view of the graph of a functional model, so this is the one place
    that reads its private nodes (as of the pinned version).

    Args:
        model: `keras.Model` with one image input and one output of shape `(batch, classes)`.
    """

    def __init__(self, model):
        graph = check_functional(model)
        if len(graph.inputs) != 1 or len(graph.outputs) != 1:
            raise ExportError(
                f'model "{model.name}" has {len(graph.inputs)} inputs and {len(graph.outputs)} outputs;'
                " one image input and one output of class scores are wanted"
            )
        self.model = model
        self.steps = []
        self._count = 1
        (self.output,) = self._open(graph, [0], prefix="")
        self._number_names()
        self.producer = {number: step for step in self.steps for number in step.outputs}

    def _open(self, graph, inputs, prefix):
        numbers = {id(symbol): number for symbol, number in zip(graph.inputs, inputs, strict=True)}
        for depth in sorted(graph._nodes_by_depth, reverse=True):
            for node in graph._nodes_by_depth[depth]:
                if node.is_input:
                    continue
                reads = [numbers[id(symbol)] for symbol in node.input_tensors]
                nested = _functional_graph(node.operation)
                if nested is not None:
                    writes = self._open(nested, reads, prefix + node.operation.name + "/")
                else:
                    writes = range(self._count, self._count + len(node.outputs))
                    self._count = writes.stop
                    name = prefix + node.operation.name
                    self.steps.append(Step(name, node.operation, node, tuple(reads), tuple(writes)))
                numbers |= {id(s): n for s, n in zip(node.outputs, writes, strict=True)}
        return [numbers[id(symbol)] for symbol in graph.outputs]

    def _number_names(self):
        short = [step.name.rsplit("/", 1)[-1] for step in self.steps]
        self.steps = [
            dataclasses.replace(step, name=name) if short.count(name) == 1 else step
            for step, name in zip(self.steps, short, strict=True)
        ]

    def calls_of(self, operation):
        """Number of times an operation is called; weights shared by two calls are two."""
        return sum(step.operation is operation for step in self.steps)

    def consumers(self, number):
        """Steps that read a value."""
        return [step for step in self.steps if number in step.inputs]

    def ancestors(self, number):
        """Numbers of all values that a value is computed from, itself included."""
        found, todo = set(), [number]
        while todo:
            current = todo.pop()
            if current not in found:
                found.add(current)
                todo.extend(self.producer[current].inputs if current in self.producer else ())
        return found

    def run(self, images, replacements, softmaxes=None):
        """Runs every step on real tensors.

        Args:
            images: tensor `(N, H, W, C)`.
            replacements: dict from `Step` to a function of the step's input tensors that
                returns its output tensor, for steps that are computed another way.
            softmaxes: dict that takes, from each softmax made in a graph, its name to the step's.

        Returns:
            dict from value number to tensor.
        """
        values = {0: images}
        for step in self.steps:
            replacement = replacements.get(step)
            try:
                if replacement is None:
                    results = step.call(values)
                else:
                    results = [replacement(*(values[number] for number in step.inputs))]
            except Exception as error:
                raise ExportError(
                    f'layer "{step.name}" ({type(step.operation).__name__}) cannot be run on a batch of pictures:'
                    f" {first_line(error)}"
                ) from error
            values.update(zip(step.outputs, results, strict=True))
            if softmaxes is not None:
                for operation in tf.compat.v1.get_default_graph().get_operations():
                    if operation.type == "Softmax":
                        softmaxes.setdefault(operation.name, step.name)
        return values

    def shapes(self, shape):
        """Shapes, without the batch, of all values for inputs of an `InputShape`."""
        return self.traced(shape)[0]

    def traced(self, shape):
        """Shapes as `shapes` gives them, and whether there is attention: softmaxes over more than classes."""
        shapes = {}

        def trace(images):
            shapes.update({number: tuple(value.shape[1:]) for number, value in self.run(images, {}).items()})
            return images

        images = tf.TensorSpec([None, *shape.tensor], tf.float32)
        graph = tf.function(trace, autograph=False).get_concrete_function(images).graph
        softmaxes = [operation for operation in graph.get_operations() if operation.type == "Softmax"]
        return shapes, any((operation.outputs[0].shape.rank or 0) > 2 for operation in softmaxes)


def check_functional(model):
    """The functional model behind a model; one without a graph of its layers is an error."""
    graph = _functional_graph(model)
    if graph is None:
        raise ExportError(
            f'model "{model.name}" is a {type(model).__name__} whose layers are called from Python code;'
            " only functional and built Sequential models show where a layer's output goes."
            " Rebuild it with keras.Model(inputs, outputs)."
        )
    return graph


def _functional_graph(operation):
    if isinstance(operation, keras.Sequential):
        return operation._functional if type(operation).call is keras.Sequential.call else None
    is_functional = isinstance(operation, Functional) and type(operation).call is Functional.call
    return operation if is_functional else None
