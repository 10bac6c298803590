"""Which layers of a transformer are exported: its blocks, or the tokens that its head reads."""

import dataclasses

from camaudit_export.attention import find_transformer
from camaudit_export.balancing import held_tensors
from camaudit_export.errors import UsageError
from camaudit_export.freezing import FrozenForward
from camaudit_export.nearest import nearest_layers

POOLED = "tokens"
"""Name of the layer that a head without a class token reads."""


@dataclasses.dataclass(frozen=True)
class AttentionRead:
    """Attentions whose class token is read.

    Attributes:
        probabilities: tuple of str. Tensor names of the softmaxes, `(N, heads, T, T)`, in order.
        token: int. Position of the class token.
        prefix: int. Tokens before the grid's.
        depths: dict from layer name to the number of attentions up to and with the block's own.
    """

    probabilities: tuple
    token: int
    prefix: int
    depths: dict


@dataclasses.dataclass(frozen=True)
class TokenLayers:
    """Layers of a transformer that were chosen.

    Attributes:
        frozen: `FrozenForward` with these layers.
        shapes: dict from layer name to `(h, w, C)`.
        default: str.
    """

    frozen: FrozenForward
    shapes: dict
    default: str


def choose_token_layers(frozen, shape, wanted, scopes, others):
    """Chooses among a transformer's blocks and the tokens its head reads.

    Args:
        frozen: `FrozenForward` without layers.
        shape: `InputShape`.
        wanted: list of layer names, or `["auto"]` or `["all-blocks"]`.
        scopes: function from the tensor names of the attentions to the modules, or layers, that each
            lies in, outermost first.
        others: dict from what layers other than a transformer's are wanted by to whether they have a height
            and a width, in order.

    Returns:
        `TokenLayers`, or None where layers are to be chosen as in a network without tokens: it has
        none, or others are wanted.
    """
    transformer = find_transformer(frozen, shape)
    if transformer is None:
        return None
    blocks = transformer.blocks
    names = _unique(scopes([block.probabilities for block in blocks])) if blocks else []
    layers = {name: block.tokens for name, block in zip(names, blocks, strict=True)}
    if transformer.pooled is not None:
        layers[POOLED] = transformer.pooled
    if not layers or (not blocks and wanted == ["all-blocks"]):
        return None
    chosen = _chosen(list(layers), wanted, others)
    if chosen is None:
        return None
    attention = None
    if transformer.class_token is not None:
        attention = AttentionRead(
            probabilities=tuple(block.probabilities for block in blocks),
            token=transformer.class_token,
            prefix=blocks[0].tokens.prefix,
            depths={name: names.index(name) + 1 for name in chosen},
        )
    frozen = dataclasses.replace(
        frozen,
        layers={name: layers[name].tensor for name in chosen},
        prefixes={name: layers[name].prefix for name in chosen},
        attention=attention,
    )
    frozen = dataclasses.replace(frozen, held=held_tensors(frozen))
    return TokenLayers(frozen, {name: layers[name].shape for name in chosen}, chosen[-1])


def scopes_in(frozen):
    """The function `scopes` of `choose_token_layers` for Keras: a softmax's layer, then the scopes of its name."""

    def scopes(tensors):
        names = [tensor.split(":")[0] for tensor in tensors]
        parts = [name.split("/")[:-1] for name in names]
        return [
            [*filter(None, [frozen.softmaxes.get(name)]), *("/".join(part[: i + 1]) for i in range(len(part)))]
            for name, part in zip(names, parts, strict=True)
        ]

    return scopes


def _unique(scopes):
    """Of each list of scopes the outermost that is in no other list; numbers where there is none."""
    names = []
    for number, own in enumerate(scopes):
        others = {scope for place, other in enumerate(scopes) if place != number for scope in other}
        names.append(next((scope for scope in own if scope not in others), f"block{number}"))
    return names


def _chosen(names, wanted, others):
    if wanted == ["auto"]:
        return names[-1:]
    if wanted == ["all-blocks"]:
        return names
    for name in wanted:
        if name not in names and name not in others:
            there = [*(other for other, spatial in others.items() if spatial), *names]
            raise UsageError(f'the model has no layer "{name}"; {nearest_layers(name, there)}')
    known = [name for name in names if name in wanted]
    more = [name for name in wanted if name not in names]
    if known and more:
        raise UsageError(
            f"--layers {','.join(wanted)}: {', '.join(known)} {'is a block' if len(known) == 1 else 'are blocks'} of a"
            f" transformer and {', '.join(more)} {'is' if len(more) == 1 else 'are'} not; export one kind at a time"
            f" (its blocks are {names[0]} to {names[-1]})"
        )
    return known or None
