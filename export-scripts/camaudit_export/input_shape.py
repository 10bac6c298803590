"""The shape of a network's input."""

import dataclasses

from camaudit_export.errors import ExportError


@dataclasses.dataclass(frozen=True)
class InputShape:
    """What a network takes, without the batch.

    Attributes:
        height, width: int. Pixels; they need not be equal.
        channels: int. 3 for RGB, 1 for grey.
    """

    height: int
    width: int
    channels: int = 3

    @property
    def sides(self):
        return self.height, self.width

    @property
    def tensor(self):
        """The shape as TensorFlow has it, `(height, width, channels)`."""
        return self.height, self.width, self.channels

    def __str__(self):
        return f"{self.width} x {self.height} pixels" + (", grey" if self.channels == 1 else "")


def check_channels(channels, words):
    """Raises `ExportError` unless a network takes one channel or three.

    Args:
        channels: int, or None where the model leaves it open.
        words: str. What takes them, for the sentence.
    """
    if channels not in (1, 3):
        what = "any number of channels" if channels is None else f"pictures of {_number(channels)} channels"
        raise ExportError(f"{words} takes {what}; RGB pictures (3 channels) or grey ones (1 channel) are supported")


def _number(count):
    return {2: "two", 4: "four"}.get(count, str(count))
