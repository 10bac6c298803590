"""Counts what was found, and writes the tables of README.md."""

import json
import math
import shutil
from pathlib import Path

from shortcuts.cues import CUES
from shortcuts.plan import SETTLED, SHARES

HERE = Path(__file__).resolve().parent
BEGIN, END = "<!-- results: begin -->", "<!-- results: end -->"
Z = 1.959963984540054
LEAST_GAP = 0.25
"""Of a difference, for a class to be named by it; as `--prove-gap`."""

TAKEN = 0.25
"""What the cue has to change, in answers on held-out pictures, for a model to count as taking it."""


def rows(results):
    return [json.loads(line) for line in results.read_text("utf-8").splitlines()]


def wilson(count, of):
    """The 95 % interval of a share; (0, 1) of nothing. Wilson 1927, doi:10.1080/01621459.1927.10502953."""
    if of == 0:
        return 0.0, 1.0
    share = count / of
    centre, spread = share + Z**2 / (2 * of), Z * math.sqrt(share * (1 - share) / of + Z**2 / (4 * of**2))
    scale = 1 + Z**2 / of
    return max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale)


def benjamini_hochberg(values):
    """Adjusted p-values, in the order of the values."""
    order = sorted(range(len(values)), key=values.__getitem__, reverse=True)
    adjusted, least = [1.0] * len(values), 1.0
    for rank, place in zip(range(len(values), 0, -1), order, strict=True):
        least = adjusted[place] = min(least, values[place] * len(values) / rank)
    return adjusted


def fisher_above(count, of, others, of_others):
    """Fisher's exact test, one-sided: how likely a share as far above the others' is by chance. Fisher 1935."""
    both, all_of = count + others, of + of_others
    ways = sum(math.comb(of, i) * math.comb(of_others, both - i) for i in range(count, min(of, both) + 1))
    return ways / math.comb(all_of, both)


def by_backgrounds(row, least_gap=LEAST_GAP):
    """The classes that `prove` confirms by what an exchange of backgrounds alone shows: kept without the object more
    often than the others are, and on backgrounds of other classes less often than on their own."""
    without = {name: kept["objectOut"] for name, kept in row["kept"].items() if "objectOut" in kept}
    p, large = {}, {}
    for name, (count, of) in without.items():
        others = [counted for other, counted in without.items() if other != name]
        kept, of_others = (sum(column) for column in zip(*others, strict=True))
        gap, gap_p = row["gaps"].get(name, (-1, 1))
        tied = gap >= least_gap
        # Doubled: there are two ways to show that the object is not enough, and so with what surrounds it.
        p[name] = max(fisher_above(count, of, kept, of_others), min(1, 2 * gap_p) if tied else 1)
        large[name] = tied and count / of - kept / of_others >= least_gap
    adjusted = benjamini_hochberg(list(p.values()))
    return {name for name, value in zip(p, adjusted, strict=True) if large[name] and value <= 0.05}


def takes(row):
    """Whether the cue makes other classes' pictures, or their backgrounds alone, the planted class, or the class's own
    pictures need it, by at least TAKEN."""
    plain, cued = row["heldOut"]["plain"], row["heldOut"]["withCue"]
    return max(_share(cued[what]) - _share(plain[what]) for what in ("planted", "turned", "empty")) >= TAKEN


def _share(counted):
    return counted[0] / counted[1]


def greatest_gaps(models):
    """SpRAy has no threshold of its own: for each half of the pairs (even, odd) the greatest gap of any class of the
    clean models of the other half."""
    clean = [row for row in models if not row["planted"]]
    return {
        half: max(
            (gap for row in clean if row["pair"] % 2 != half for _, gap in row["spray"].values()), default=math.inf
        )
        for half in (0, 1)
    }


def methods(gaps):
    """By name, a function from a row to the set of classes that it calls suspect."""

    def flagged(row):
        return {name for name, _ in row["flags"]}

    def without_regions(row):
        return {name for name, kind in row["flags"] if kind != "LOOKS_ELSEWHERE"}

    def confirmed(row):
        return {name for name, level in row["levels"].items() if level == "confirmed"}

    def gap(row):
        adjusted = benjamini_hochberg([p for _, p in row["gaps"].values()])
        named = zip(row["gaps"].items(), adjusted, strict=True)
        return {name for (name, (difference, _)), p in named if difference >= LEAST_GAP and p <= 0.05}

    def properties(row):
        return {name for name, _ in row["properties"]}

    def strategies(row):
        return {name for name, parts in row["strategies"].items() if len(parts) > 1}

    def spray(row):
        return {name for name, (_, gap) in row["spray"].items() if gap > gaps[row["pair"] % 2]}

    return {
        "audit without regions": without_regions,
        "audit with regions": flagged,
        "`prove`: confirmed": confirmed,
        "`prove`: by backgrounds": by_backgrounds,
        "`prove`: background gap": gap,
        "`prove`: either": lambda row: confirmed(row) | gap(row),
        "strategies: more than one": strategies,
        "properties": properties,
        "any flag, or confirmed": lambda row: flagged(row) | confirmed(row) | properties(row),
        "SpRAy on maps": spray,
    }


def tables(models):
    """The Markdown between BEGIN and END."""
    asked = methods(greatest_gaps(models))
    planted = [row for row in models if row["planted"]]
    clean = [row for row in models if not row["planted"]]
    return "\n\n".join(
        [
            _about(planted, clean),
            _overall(asked, planted, clean),
            f"The same of the pairs from {SETTLED} on, which nobody had seen when the rules were settled:",
            _overall(asked, *([row for row in group if row["pair"] >= SETTLED] for group in (planted, clean))),
            "Found of planted, by kind:",
            _found(asked, planted, [(cue.words, lambda row, key=key: row["cue"] == key) for key, cue in CUES.items()]),
            "Found of planted, by the share of the class's pictures that have the cue:",
            _found(
                asked, planted, [(f"{100 * share:.0f} %", lambda row, s=share: row["share"] == s) for share in SHARES]
            ),
            "Clean models that are accused of any class, by the pair they belong to:",
            _found(
                asked,
                clean,
                [(cue.words, lambda row, key=key: row["cue"] == key) for key, cue in CUES.items()],
                named=bool,
            ),
            "Found of planted, kind by share; in brackets those that take the cue:",
            _cells(asked, planted),
            "Confirmed by backgrounds, by the least difference that counts; a half of the pairs (even, odd) each:",
            _thresholds(planted, clean),
        ]
    )


def _about(planted, clean):
    def right(group, *names):
        counted = [row["heldOut"]["plain"][name] for row in group for name in names]
        return sum(count for count, _ in counted) / max(1, sum(of for _, of in counted))

    levels = [level for row in clean for level in row["levels"].values()]
    others = [level for row in planted for name, level in row["levels"].items() if name != row["class"]]
    first = sum(row["class"] == max(row["spray"], key=lambda name: row["spray"][name][1]) for row in planted)
    return " ".join(
        [
            f"{len(planted)} planted models and {len(clean)} clean ones.",
            f"Clean models name {100 * right(clean, 'planted', 'others'):.0f} % of held-out pictures rightly,",
            f"the worst {100 * min((right([row], 'planted', 'others') for row in clean), default=0):.0f} %;",
            f"planted ones {100 * right(planted, 'others'):.0f} % of the other classes' and, without the cue,",
            f"{100 * right(planted, 'planted'):.0f} % of the planted class's.",
            f"{sum(map(takes, planted))} of the {len(planted)} planted models take the cue;",
            f"{sum(map(takes, clean))} of the {len(clean)} clean ones would count as taking it.",
            f"`prove` refutes {_of(levels.count('refuted'), len(levels))} of the clean models' classes",
            f"and {_of(others.count('refuted'), len(others))} of the planted models' other classes.",
            f"By SpRAy's widest gap alone the planted class comes first in {first} of {len(planted)},",
            "1 in 6 by chance.",
        ]
    )


def _overall(asked, planted, clean):
    lines = [
        "| | found / planted | found / those that take the cue | found, and no other class | accused / clean |",
        "| --- | --- | --- | --- | --- |",
    ]
    for name, suspects in asked.items():
        found = [row for row in planted if row["class"] in suspects(row)]
        taken = [row for row in planted if takes(row)]
        alone = [row for row in planted if suspects(row) == {row["class"]}]
        counts = (
            (len(found), len(planted)),
            (sum(row in found for row in taken), len(taken)),
            (len(alone), len(planted)),
            (sum(bool(suspects(row)) for row in clean), len(clean)),
        )
        lines.append(f"| {name} | " + " | ".join(_of(*count) for count in counts) + " |")
    return "\n".join(lines)


def _thresholds(planted, clean):
    lines = [
        "| least difference | even: found / planted | with another class | accused / clean "
        "| odd: found / planted | with another class | accused / clean |",
        "| --- |" + " --- |" * 6,
    ]
    for least in (0.1, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7):
        cells = []
        for half in (0, 1):
            named = [(row["class"], by_backgrounds(row, least)) for row in planted if row["pair"] % 2 == half]
            accused = [bool(by_backgrounds(row, least)) for row in clean if row["pair"] % 2 == half]
            cells.append(f"{sum(own in names for own, names in named)}/{len(named)}")
            cells.append(str(sum(bool(names - {own}) for own, names in named)))
            cells.append(f"{sum(accused)}/{len(accused)}")
        lines.append(f"| {least} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _found(asked, models, groups, named=None):
    lines = ["| | n | " + " | ".join(asked) + " |", "| --- | --- |" + " --- |" * len(asked)]
    for words, member in groups:
        group = [row for row in models if member(row)]
        counts = [
            sum(named(suspects(row)) if named else row["class"] in suspects(row) for row in group)
            for suspects in asked.values()
        ]
        lines.append(f"| {words} | {len(group)} | " + " | ".join(_of(count, len(group)) for count in counts) + " |")
    return "\n".join(lines)


def _cells(asked, planted):
    shown = ("audit with regions", "`prove`: confirmed", "properties")
    lines = ["| | " + " | ".join(f"{100 * share:.0f} %: {', '.join(shown)}" for share in SHARES) + " |"]
    lines.append("| --- |" + " --- |" * len(SHARES))
    for key, cue in CUES.items():
        cells = []
        for share in SHARES:
            group = [row for row in planted if row["cue"] == key and row["share"] == share]
            found = ", ".join(str(sum(row["class"] in asked[name](row) for row in group)) for name in shown)
            cells.append(f"{found} of {len(group)} ({sum(map(takes, group))})")
        lines.append(f"| {cue.words} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _of(count, of):
    if of == 0:
        return "–"
    low, high = wilson(count, of)
    return f"{count}/{of} ({100 * low:.0f}–{100 * high:.0f} %)"


def publish(results):
    """Copies the results beside this file and writes their tables into README.md."""
    shutil.copyfile(results, HERE / "results.jsonl")
    readme = HERE / "README.md"
    readme.write_text(with_tables(readme.read_text("utf-8"), rows(results)), encoding="utf-8")


def with_tables(text, models):
    """The text with the tables between its marks."""
    before, rest = text.split(BEGIN)
    return f"{before}{BEGIN}\n\n{tables(models)}\n\n{END}{rest.split(END)[1]}"
