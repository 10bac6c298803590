"""How a model's answer follows from its logits: one class, yes or no, or any number of classes."""

from camaudit_export.errors import UsageError

THRESHOLD = 0.5
"""Where a multi-label model's probability begins to count, unless the export says another."""


def kind_of(link, outputs):
    """The kind of model: yes-no for one sigmoid, multi-label for several, else single-label.

    Args:
        link: str. "sigmoid", or whatever else stands after the logits.
        outputs: int. Number of the model's outputs.
    """
    if link != "sigmoid":
        return "single-label"
    return "yes-no" if outputs == 1 else "multi-label"


def describe_decision(kind, threshold):
    """The card's `decision`.

    Args:
        kind: str of `kind_of`.
        threshold: float that the user stated, or None.
    """
    if kind == "multi-label":
        return {"kind": kind, "threshold": THRESHOLD if threshold is None else threshold}
    if threshold is not None:
        raise UsageError(f"--threshold {threshold:g} goes with multi-label models; this one is {kind}")
    return {"kind": kind}
