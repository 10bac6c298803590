"""Finds a vision transformer's attention over the whole picture in a frozen graph, by shape and structure.

An attention is a softmax `(N, heads, T, T)` that a matrix product reads: row i says how much of each
token goes into token i. Its T tokens are the cells of a grid, row by row, after a few prefix tokens
(a class token, registers). All softmaxes over more than classes have to be such, with the same T:
in a network with windows (Swin) one of them may look so by chance, and its maps would be of a
window.

Otherwise the last ones may be of one token alone, `(N, heads, 1, T)`: where a class token is put beside
the others late (CaiT, XCiT), or where a query gathers them at the end (SigLIP). Whatever is in the
network before, these read the whole picture.
"""

import dataclasses
import math

import tensorflow as tf

from camaudit_export.rewiring import downstream, row_shapes

MATRIX_PRODUCTS = ("MatMul", "BatchMatMul", "BatchMatMulV2", "BatchMatMulV3", "Einsum", "Conv2D")
REARRANGING = ("Reshape", "Transpose", "Squeeze", "ExpandDims")
MOST_PREFIX_TOKENS = 8
"""Class, distillation and register tokens together; the published networks have at most five."""


@dataclasses.dataclass(frozen=True)
class Tokens:
    """Tokens of which some lie in a grid.

    Attributes:
        tensor: str. Tensor name, `(N, T, C)`.
        prefix: int. Tokens before the grid's.
        grid: `(h, w)`.
        channels: int. C.
    """

    tensor: str
    prefix: int
    grid: tuple
    channels: int

    @property
    def shape(self):
        return (*self.grid, self.channels)


@dataclasses.dataclass(frozen=True)
class Block:
    """One attention.

    Attributes:
        probabilities: str. Tensor name of its softmax, `(N, heads, T, T)`.
        tokens: `Tokens` that keys and values are made of, and queries too: in the usual order, a block's first
            normalisation.
    """

    probabilities: str
    tokens: Tokens


@dataclasses.dataclass(frozen=True)
class Transformer:
    """What the logits of a network with attention are made of.

    Attributes:
        blocks: tuple of `Block` in order; empty where attention is not over the whole picture.
        class_token: int. The one prefix token that the head reads, where each block's attention is of every
            token, or None.
        pooled: `Tokens` whose grid the head reads as a whole, such as by their mean, or None.
    """

    blocks: tuple
    class_token: int | None
    pooled: Tokens | None


def find_transformer(frozen, shape):
    """The `Transformer` in a `FrozenForward` for pictures of an `InputShape`.

    None where there is no softmax inside, or where the head reads something with height and width,
    as in networks of convolutions with a little attention between.
    """
    with tf.Graph().as_default() as graph:
        tf.graph_util.import_graph_def(frozen.graph, name="")
    search = _Search(graph, frozen, row_shapes(frozen.graph, frozen.images), shape)
    attentions = search.attentions()
    if not attentions:
        return None
    blocks = search.blocks(attentions)
    gathering = () if blocks else search.gathering_blocks(attentions)
    reads = search.reads(blocks or gathering)
    if reads is None:
        return None
    class_token, pooled = search.readout(blocks or gathering, reads)
    if gathering:
        # Where the head reads the grid itself, nothing of these attentions reaches it.
        return Transformer(() if pooled else gathering, None, pooled)
    return Transformer(blocks, class_token, pooled)


class _Search:
    def __init__(self, graph, frozen, rows, shape):
        self._graph = graph
        self._rows = rows
        self._shape = shape
        self._dependent = downstream(graph.get_tensor_by_name(frozen.images).op)
        self._end = graph.get_tensor_by_name(frozen.logits).op
        self._needed = self._ancestors(self._end)

    def attentions(self):
        """Softmaxes over more than two dimensions between pictures and logits, in order."""
        return [
            operation
            for operation in self._graph.get_operations()
            if operation.type == "Softmax"
            and operation in self._needed
            and operation in self._dependent
            and (operation.outputs[0].shape.rank or 0) > 2
        ]

    def blocks(self, attentions):
        """A `Block` for each attention, or none where one of them is not over the whole picture."""
        sizes = {self._attended(operation) for operation in attentions}
        if len(sizes) != 1:
            return ()
        ((queries, count),) = sizes
        if count is None or queries != count:
            return ()
        return self._blocks(attentions, count)

    def gathering_blocks(self, attentions):
        """A `Block` for each of the last attentions that are of one token alone, or none where there is no such."""
        last, count = [], None
        for operation in reversed(attentions):
            queries, tokens = self._attended(operation)
            if queries != 1 or tokens != (count or tokens):
                break
            last.insert(0, operation)
            count = tokens
        return self._blocks(last, count) if last else ()

    def _blocks(self, attentions, count):
        sources = [self._source(operation, count) for operation in attentions]
        if None in sources:
            return ()
        grid = self._grid(count, sources[0].op)
        if grid is None:
            return ()
        prefix = count - grid[0] * grid[1]
        return tuple(
            Block(operation.outputs[0].name, Tokens(source.name, prefix, grid, self._row(source)[1]))
            for operation, source in zip(attentions, sources, strict=True)
        )

    def readout(self, blocks, reads):
        """The class token that the head reads, and the `Tokens` whose whole grid it reads; each may be None."""
        if len({tensor.name for _, tensor in reads}) != 1:
            return None, None
        tensor = reads[0][1]
        count, channels = self._row(tensor)
        grid = blocks[0].tokens.grid if blocks else _grid_of_aspect(count, self._shape)
        prefix = count - grid[0] * grid[1]
        positions = set().union(*(self._positions(operation, tensor) for operation, _ in reads))
        if blocks and len(positions) == 1 and min(positions) < prefix:
            return positions.pop(), None
        if positions >= set(range(prefix, count)):
            return None, Tokens(tensor.name, prefix, grid, channels)
        return None, None

    def _row(self, tensor):
        """The shape without the batch where the tensor has one row an image, else ()."""
        few, many = self._rows.get(tensor.name, ((), ()))
        return few[1:] if few and (few[0], many[0]) == (5, 7) and few[1:] == many[1:] else ()

    def _attended(self, softmax):
        """Q and T of a softmax `(N, heads, Q, T)` that a matrix product reads; else nothing and nothing."""
        row = self._row(softmax.outputs[0])
        read = any(reader.type in MATRIX_PRODUCTS for reader in softmax.outputs[0].consumers())
        return row[1:] if read and len(row) == 3 and row[2] > 1 else (None, None)

    def _source(self, softmax, count):
        """The one tensor `(N, T, C)` that keys and values, and queries of all tokens, are projections of, else None."""
        found = {}
        for tensor in self._projected(softmax)[0]:
            while len(self._row(tensor)) != 2 and tensor.op.type in REARRANGING:
                tensor = tensor.op.inputs[0]
            found[tensor.name] = tensor
        # A query of one token alone is made of that one, or of nothing in the picture.
        if len(found) != 1 and self._attended(softmax)[0] != 1:
            return None
        sources = [tensor for tensor in found.values() if len(self._row(tensor)) == 2 and self._row(tensor)[0] == count]
        return sources[0] if len(sources) == 1 else None

    def _projected(self, softmax):
        """What an attention is a projection of, and the names of the tensors between.

        A projection is a matrix product with weights, the nearest upstream of the softmax and of what it multiplies.
        """
        products = [reader for reader in softmax.outputs[0].consumers() if reader.type in MATRIX_PRODUCTS]
        todo = [softmax.inputs[0]]
        for product in products:
            todo += [tensor for tensor in product.inputs if tensor.op is not softmax]
        found, seen = [], set()
        while todo:
            tensor = todo.pop()
            if tensor.name in seen:
                continue
            seen.add(tensor.name)
            inputs = self._inputs(tensor.op)
            if tensor.op.type in MATRIX_PRODUCTS and len(inputs) == 1:
                found += inputs
            else:
                todo += inputs
        return found, seen

    def _inputs(self, operation):
        """An operation's inputs that follow from the pictures' values."""
        return [tensor for tensor in operation.inputs if tensor.dtype.is_floating and tensor.op in self._dependent]

    def _grid(self, count, source):
        """The grid of the tokens: that of the last picture-like tensor before them, else what fits."""
        before = self._ancestors(source)
        for operation in reversed(self._graph.get_operations()):
            if operation not in before or operation not in self._dependent:
                continue
            for tensor in operation.outputs:
                row = self._row(tensor)
                if len(row) == 3 and min(row[:2]) > 1 and self._fits(row[:2], count):
                    return row[:2]
        return _grid_of_aspect(count, self._shape)

    def _fits(self, grid, count):
        """Whether a grid has nearly as many cells as there are tokens, and the picture's shape but for one cell."""
        height, width = grid
        return 0 <= count - height * width <= MOST_PREFIX_TOKENS and self._has_aspect(grid)

    def _has_aspect(self, grid):
        """Whether a grid has the picture's shape but for one cell."""
        height, width = grid
        return abs(height * self._shape.width - width * self._shape.height) <= max(self._shape.sides)

    def reads(self, blocks):
        """Operations, and the tokens each reads, where the way back from the logits first meets tokens.

        None where it meets something with height and width.
        """
        like = blocks[0].tokens if blocks else None
        attentions = [self._graph.get_tensor_by_name(block.probabilities).op for block in blocks]
        # Heads, tokens and the channels of a head, in whatever order, are neither planes nor the tokens themselves.
        within = set().union(*(self._projected(operation)[1] for operation in attentions))
        found, seen, todo = [], set(), [self._end]
        while todo:
            operation = todo.pop()
            if operation in seen:
                continue
            seen.add(operation)
            for tensor in self._inputs(operation):
                row = self._row(tensor)
                between = tensor.name in within
                # Tokens times channels with an axis more, for a pooling that wants one, are no height and width.
                apart = len(row) == 3 and row[2] == 1 and not self._has_aspect(row[:2])
                if len(row) == 3 and min(row[:2]) > 1 and not apart and not between:
                    return None
                if not between and len(row) == 2 and self._may_be_tokens(row, like):
                    found.append((operation, tensor))
                else:
                    todo.append(tensor.op)
        return found

    def _may_be_tokens(self, row, like):
        if like is not None:
            return row[0] == like.prefix + math.prod(like.grid)
        return row[0] > 1 and _grid_of_aspect(row[0], self._shape, most=0) is not None

    def _positions(self, operation, tensor):
        """Positions of the tokens that an operation reads, found by running it on their numbers."""
        count = self._row(tensor)[0]
        if operation.type not in ("StridedSlice", "GatherV2") or operation.inputs[0] is not tensor:
            return set(range(count))
        others = [tf.get_static_value(other) for other in list(operation.inputs)[1:]]
        if any(other is None for other in others):
            return set(range(count))
        # Every channel holds its token's number, so that what comes out are numbers of tokens whatever axis is dropped.
        numbers = tf.broadcast_to(tf.reshape(tf.range(count), [1, count, 1]), [1, *self._row(tensor)])
        attributes = {
            key: operation.get_attr(key) for key in operation.node_def.attr if key.endswith(("_mask", "_dims"))
        }
        arguments = dict(zip(_ARGUMENTS[operation.type], [numbers, *others], strict=True))
        taken = getattr(tf.raw_ops, operation.type)(**arguments, **attributes)
        return set(taken.numpy().ravel().tolist())

    def _ancestors(self, operation):
        found, todo = {operation}, [operation]
        while todo:
            for tensor in todo.pop().inputs:
                if tensor.op not in found:
                    found.add(tensor.op)
                    todo.append(tensor.op)
        return found


_ARGUMENTS = {"StridedSlice": ("input", "begin", "end", "strides"), "GatherV2": ("params", "indices", "axis")}


def _grid_of_aspect(count, shape, most=MOST_PREFIX_TOKENS):
    """The grid with the fewest prefix tokens before it whose sides are to each other as the picture's, or None."""
    for prefix in range(min(most, count - 2) + 1):
        height = math.isqrt((count - prefix) * shape.height // shape.width)
        for h in (height, height + 1):
            if h > 1 and (count - prefix) % h == 0:
                w = (count - prefix) // h
                if w > 1 and h * shape.width == w * shape.height:
                    return (h, w)
    return None
