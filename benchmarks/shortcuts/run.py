"""Makes the models that are not done yet, one after the other."""

import json
import shutil
import time

import numpy as np

from camaudit_demo.scenes import CLASSES
from shortcuts import audit, network, sets
from shortcuts.plan import Pair
from shortcuts.table import rows

COUNTS = {sets.TRAINING: sets.TRAINED, sets.HELD_OUT: sets.HELD, sets.AUDIT: sets.AUDITED}
"""Pictures of each class, by split."""


class Stopwatch:
    """Seconds by what they were spent on."""

    def __init__(self):
        self.seconds, self._last = {}, time.monotonic()

    def lap(self, what):
        now = time.monotonic()
        self.seconds[what] = round(now - self._last, 1)
        self._last = now


def run(work, pairs, page=False):
    """Appends a line to `results.jsonl` for each model of the pairs that has none; whatever else it made it removes,
    unless pages are wanted."""
    results = work / "results.jsonl"
    work.mkdir(parents=True, exist_ok=True)
    done = {(row["pair"], row["planted"]) for row in rows(results)} if results.exists() else set()
    for pair in map(Pair, pairs):
        missing = [planted for planted in (True, False) if (pair.number, planted) not in done]
        if not missing:
            continue
        watch = Stopwatch()
        splits = {split: sets.clean(pair, split, count) for split, count in COUNTS.items()}
        watch.lap("drawing")
        for planted in missing:
            row = {"pair": pair.number, "planted": planted, "cue": pair.cue, "share": pair.share, "class": pair.planted}
            folder = work / f"{pair.number:03d}-{'planted' if planted else 'clean'}"
            shutil.rmtree(folder, ignore_errors=True)
            row |= _model(pair, planted, splits, folder, watch, page)
            row["seconds"] = watch.seconds
            with results.open("a", encoding="utf-8") as lines:
                lines.write(json.dumps(row) + "\n")
            print(
                json.dumps({key: row[key] for key in ("pair", "planted", "cue", "share", "class", "seconds")}),
                flush=True,
            )
            if not page:
                shutil.rmtree(folder)
            watch = Stopwatch()


def _model(pair, planted, splits, folder, watch, page):
    def shown(split):
        return sets.planted(pair, split, splits[split]) if planted else splits[split]

    training, pictures = shown(sets.TRAINING), shown(sets.AUDIT)
    audit.write_pictures(pictures, folder)
    watch.lap("cues")
    model = network.trained(*sets.arrays(training), len(CLASSES), pair.number)
    watch.lap("training")
    used = _use(pair, model, splits[sets.HELD_OUT])
    watch.lap("held out")
    audit.export(model, folder / "model")
    watch.lap("export")
    found = audit.findings(audit.audited(folder, page))
    watch.lap("audit and proof")
    return {"heldOut": used, **found}


def _use(pair, model, pictures):
    """How the model does on held-out pictures without the cue and on the same ones with it: counts [n, of].

    `planted` and `others` are right answers, `turned` are pictures of other classes that become the planted class.
    """
    plain, labels = sets.arrays(pictures)
    with_cue, _ = sets.arrays([sets.with_cue(pair, sets.HELD_OUT, shown) for shown in pictures])
    own = labels == CLASSES.index(pair.planted)
    counts = {}
    for name, pixels in (("plain", plain), ("withCue", with_cue)):
        answers = network.predicted(model, pixels)
        right = answers == labels
        turned = answers[~own] == CLASSES.index(pair.planted)
        counts[name] = {
            "planted": [int(right[own].sum()), int(own.sum())],
            "others": [int(right[~own].sum()), int(np.sum(~own))],
            "turned": [int(turned.sum()), len(turned)],
        }
    return counts
