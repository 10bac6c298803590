"""How often camaudit finds a planted cue, and how often it accuses a clean model.

    .venv-verify/bin/python benchmarks/shortcuts --work /tmp/shortcuts

makes the models of `plan`, one after the other: draws their pictures (`sets`, `cues`), trains (`network`), exports,
audits and proves them (`audit`), and appends what was found to `results.jsonl`; `table` counts it. A model that is done
is not done again. Everything is seeded.
"""
