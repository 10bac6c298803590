"""The two ways an export ends without a model; both carry one sentence for the user."""

import re


class ExportError(Exception):
    """The model cannot be exported; says which part of it, and why."""

    exit_code = 3


class UsageError(ExportError):
    """The arguments are wrong; says which, what was wanted, and the nearest valid value."""

    exit_code = 2


def first_line(error):
    """The first sentence of an exception's message that says something."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    lines = [line for line in lines if not line.startswith(("<class", "{"))] or lines
    if not lines:
        return type(error).__name__
    sentence = re.split(r"(?<=[a-z'\"\])`])\. ", lines[0], maxsplit=1)[0].rstrip(".")
    return sentence if len(sentence) <= 300 else sentence[:297] + "..."
