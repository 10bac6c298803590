"""The two ways an export ends without a model; both carry one sentence for the user."""


class ExportError(Exception):
    """The model cannot be exported; says which part of it, and why."""

    exit_code = 3


class UsageError(ExportError):
    """The arguments are wrong; says which, what was wanted, and the nearest valid value."""

    exit_code = 2
