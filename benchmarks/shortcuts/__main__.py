"""Makes models with planted cues and clean ones, audits and proves them, and counts what was found.

    .venv-verify/bin/python benchmarks/shortcuts --work /tmp/shortcuts

goes on where it was stopped. `--pairs 0:2` makes some pairs only, `--page` leaves their pictures, models and pages;
`--publish` writes the results so far into benchmarks/shortcuts/results.jsonl and the tables into its README.md.
"""

import argparse
import os
import sys
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(HOME / "benchmarks"), str(HOME / "export-scripts")]
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

from shortcuts import table  # noqa: E402
from shortcuts.plan import PAIRS  # noqa: E402


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True, help="folder for results.jsonl and what is made meanwhile")
    parser.add_argument("--pairs", default=f"0:{PAIRS}", help="FIRST:END, numbers of pairs (default: all)")
    parser.add_argument("--page", action="store_true", help="leave pictures, models, runs and their pages")
    parser.add_argument("--publish", action="store_true", help="make no models; write the results so far")
    arguments = parser.parse_args()
    work = arguments.work.resolve()
    if arguments.publish:
        table.publish(work / "results.jsonl")
        return
    # TensorFlow takes seconds to import, and one processor is the measure.
    import tensorflow as tf

    from shortcuts.run import run

    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    first, end = (int(part) for part in arguments.pairs.split(":"))
    run(work, range(first, end), arguments.page)
    print(table.tables(table.rows(work / "results.jsonl")))


if __name__ == "__main__":
    main()
