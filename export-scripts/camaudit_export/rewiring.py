"""Rewires gradients from copies of the forward pass to rows of the forward pass itself.

Every tensor that is taken from a copy, which runs over the pairs' images, is replaced:

- a tensor that does not depend on the images is the forward pass' own: weights exist once;
- the shape of a tensor, known but for its rows, is put together from the number of pairs,
  so that nothing is computed for its shape's sake;
- a gradient that was stopped is stopped already, so that what is read is the tensor itself;
- a tensor with one row an image is gathered by `image_index`;
- anything else (such as a tensor in which images are folded into another dimension) is
  computed by the copy's operation, whose inputs are replaced in the same way.

What is left of the copies reaches no output and is dropped.
"""

import tensorflow as tf

from camaudit_export.freezing import full_name

SHAPE_OPS = ("Shape", "ShapeN")


class Rewiring:
    """One use: construct, then `run`.

    Args:
        graph: `tf.Graph` with the forward pass and its copies, each under a prefix.
        forward: str. The prefix of the forward pass, ending in "/".
        copies: tuple of str. Those of the copies.
        copy_images: tensor. The pairs' images, input of the copies.
        image_index: tensor int32 `(M,)`.
        row_shapes: dict of `row_shapes`.
    """

    def __init__(self, graph, forward, copies, copy_images, image_index, row_shapes):
        self._graph = graph
        self._forward = forward
        self._copies = copies
        self._index = image_index
        self._row_shapes = row_shapes
        self._dependent = downstream(copy_images.op)
        self._replaced = {}
        self._gathered = {}
        self._made = {}

    def run(self, outputs):
        """Returns a GraphDef of everything that the tensors `outputs` need, and nothing else."""
        result = tf.compat.v1.GraphDef()
        result.versions.CopyFrom(self._graph.as_graph_def().versions)
        todo = list(dict.fromkeys(tensor.op for tensor in outputs))
        seen = set(todo)
        while todo:
            operation = todo.pop()
            node = result.node.add()
            node.CopyFrom(operation.node_def)
            # Colocation names nodes that are gone; control inputs only order side effects.
            node.attr.pop("_class", None)
            del node.input[:]
            for tensor in operation.inputs:
                source = self._replace(tensor)
                node.input.append(source.name.removesuffix(":0"))
                if source.op not in seen:
                    seen.add(source.op)
                    todo.append(source.op)
        return result

    def _replace(self, tensor):
        if tensor.name not in self._replaced:
            self._replaced[tensor.name] = self._find(tensor)
        return self._replaced[tensor.name]

    def _find(self, tensor):
        if tensor.op.type in SHAPE_OPS:
            known = self._shape_of(tensor.op.inputs[tensor.value_index], tensor.dtype)
            if known is not None:
                return known
        if tensor.op.type == "StopGradient":
            return self._replace(tensor.op.inputs[0])
        name = self._name_in_copy(tensor)
        if name is None:
            return tensor
        original = self._graph.get_tensor_by_name(self._forward + name)
        if tensor.op not in self._dependent:
            return original
        if _has_rows(self._row_shapes.get(name)):
            if name not in self._gathered:
                with self._graph.as_default():
                    self._gathered[name] = tf.gather(original, self._index, name="pairs/" + name.replace(":", "_"))
            return self._gathered[name]
        return tensor

    def _name_in_copy(self, tensor):
        """The tensor's name in the forward pass, where it is of a copy, else None."""
        return next((tensor.name.removeprefix(copy) for copy in self._copies if tensor.name.startswith(copy)), None)

    def _shape_of(self, tensor, dtype):
        """The shape of a tensor as constants and the number of pairs, or None if not known."""
        while tensor.op.type == "StopGradient":
            tensor = tensor.op.inputs[0]
        name = self._name_in_copy(tensor)
        if tensor.shape.is_fully_defined():
            shape = tuple(tensor.shape)
        elif name is not None and _has_rows(self._row_shapes.get(name)):
            shape = (None, *self._row_shapes[name][0][1:])
        else:
            return None
        if (shape, dtype) not in self._made:
            self._made[shape, dtype] = self._make_shape(shape, dtype)
        return self._made[shape, dtype]

    def _make_shape(self, shape, dtype):
        with self._graph.as_default(), tf.name_scope("pairs/shape"):
            if None not in shape:
                return tf.constant(shape, dtype)
            count = tf.size(self._index, out_type=dtype)
            return tf.stack([count, *(tf.constant(size, dtype) for size in shape[1:])])


def row_shapes(graph_def, images):
    """Shapes of all tensors of a forward pass over 5 images and over 7.

    Args:
        graph_def: `GraphDef`. The forward pass.
        images: str. Tensor name of its input.

    Returns:
        dict from tensor name to two tuples, for tensors whose shapes are fully known.
    """
    per_batch = [_shapes(graph_def, images, batch) for batch in (5, 7)]
    return {name: (shape, per_batch[1][name]) for name, shape in per_batch[0].items() if name in per_batch[1]}


def _shapes(graph_def, images, batch):
    with tf.Graph().as_default() as graph:
        (dims,) = [node.attr["shape"].shape.dim[1:] for node in graph_def.node if full_name(node.name) == images]
        shape = [batch, *(dim.size for dim in dims)]
        batch_images = tf.compat.v1.placeholder(tf.float32, shape, name="batch_images")
        tf.graph_util.import_graph_def(graph_def, name="", input_map={images: batch_images})
        return {
            tensor.name: tuple(tensor.shape)
            for operation in graph.get_operations()
            for tensor in operation.outputs
            if tensor.shape.is_fully_defined()
        }


def _has_rows(shapes):
    """Whether a tensor has one row an image: its first dimension alone follows the batch."""
    if shapes is None or not shapes[0]:
        return False
    few, many = shapes
    return (few[0], many[0]) == (5, 7) and few[1:] == many[1:]


def downstream(operation, barred=()):
    """Operations that something of an operation's outputs reaches, itself included, not by way of those barred."""
    found, todo = {operation}, [operation]
    while todo:
        for tensor in todo.pop().outputs:
            for consumer in tensor.consumers():
                if consumer not in found and consumer not in barred:
                    found.add(consumer)
                    todo.append(consumer)
    return found
