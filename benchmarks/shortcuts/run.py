"""Makes the models that are not done yet, one after the other."""

import json
import shutil
import time

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
    cued = {audit.image_name(shown) for shown in pictures if shown.cued}
    found = audit.findings(audit.audited(folder, page), cued)
    watch.lap("audit and proof")
    return {"heldOut": used, **found}


def _use(pair, model, pictures):
    """How the model does on held-out pictures without the cue and on the same ones with it: counts [n, of].

    `planted` and `others` are right answers; `turned` are pictures of other classes that become the planted class, and
    `empty` their backgrounds without any object.
    """
    others = [shown for shown in pictures if shown.kind != pair.planted]
    groups = {
        "planted": [shown for shown in pictures if shown.kind == pair.planted],
        "others": others,
        "empty": [sets.without_object(pair, sets.HELD_OUT, shown) for shown in others],
    }
    counts = {"plain": {}, "withCue": {}}
    for name, group in groups.items():
        with_cue = [sets.with_cue(pair, sets.HELD_OUT, shown) for shown in group]
        for which, shown in (("plain", group), ("withCue", with_cue)):
            pixels, labels = sets.arrays(shown)
            answers = network.predicted(model, pixels)
            turned = [int((answers == CLASSES.index(pair.planted)).sum()), len(answers)]
            if name == "empty":
                counts[which]["empty"] = turned
                continue
            counts[which][name] = [int((answers == labels).sum()), len(answers)]
            if name == "others":
                counts[which]["turned"] = turned
    return counts
