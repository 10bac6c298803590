"""Finds what somebody probably meant by a name that there is not."""

import difflib
import re

CUTOFF = 0.4
"""Ratio of `difflib.SequenceMatcher` below which names are not alike."""

SAME, BEGINS_WITH_WORDS, HAS_WORDS, BEGINS_WITH_LETTERS, HAS_LETTERS, BEGINNING, OTHER = range(7)


def nearest(text, names, count=3, in_order=False):
    """The names most like a text, ignoring case, most alike first.

    A name that the text is the beginning or a part of goes before one that is alike in letters alone,
    and whole words before pieces of words.

    Args:
        text: str.
        names: iterable of str.
        count: int. How many at most.
        in_order: bool. Whether later names tell more, as layers do: then among several that have the
            text in them the last goes first, such as conv5_block3_out for conv5.

    Returns:
        list of str, empty where none is alike.
    """
    typed = text.lower()
    found = []
    for place, name in enumerate(dict.fromkeys(names)):
        likeness = _likeness(typed, name.lower())
        ratio = difflib.SequenceMatcher(None, typed, name.lower()).ratio()
        if likeness == OTHER and ratio < CUTOFF:
            continue
        by_place = in_order and likeness < BEGINNING
        found.append((likeness, 0 if by_place else -ratio, -place if in_order else place, name))
    return [name for *_, name in sorted(found)[:count]]


def nearest_layers(text, layers):
    """Words on the layers most like a text, or on the last ones, given all that can be exported in order."""
    near = nearest(text, layers, in_order=True)
    if near:
        return f"the nearest {'are' if len(near) > 1 else 'is'} {', '.join(near)}"
    return f"the last ones with height and width are {', '.join(list(layers)[-3:])}"


def _likeness(text, name):
    if name == text:
        return SAME
    if not text or text not in name:
        # The text has the name for its first words, such as layer4 of layer4.conv1.
        return BEGINNING if name and re.match(rf"{re.escape(name)}(?![^\W_])", text) else OTHER
    if match := re.search(rf"(?<![^\W_]){re.escape(text)}(?![^\W_])", name):
        return HAS_WORDS if match.start() else BEGINS_WITH_WORDS
    return BEGINS_WITH_LETTERS if name.startswith(text) else HAS_LETTERS
