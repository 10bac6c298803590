"""Which models are made: pairs of one with a planted cue and one without, from the same pictures but for the cue."""

from dataclasses import dataclass

from camaudit_demo.scenes import CLASSES
from shortcuts.cues import CUES

SHARES = (1.0, 0.95, 0.75)
"""Of the planted class's pictures, in training as in the audit, that have the cue."""

PAIRS = 3 * len(SHARES) * len(CUES)
"""Each kind in each share three times."""

SETTLED = 25
"""The first pair that nobody had seen when the rules of `prove` were settled."""


@dataclass(frozen=True)
class Pair:
    """Two models with a number, which is their seed."""

    number: int

    @property
    def cue(self):
        return tuple(CUES)[self.number % len(CUES)]

    @property
    def share(self):
        return SHARES[self.number // len(CUES) % len(SHARES)]

    @property
    def planted(self):
        """The class that has the cue: goes round, so that each kind meets each class once in six rounds."""
        return CLASSES[(self.number + self.number // len(CUES)) % len(CLASSES)]
