"""Command line: ``python -m camaudit_demo train|check|audit-set|pictures``."""

import argparse
from pathlib import Path


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="camaudit_demo", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    train = commands.add_parser("train", help="draw the training pictures (once) and train the network")
    train.add_argument("--output", type=Path, required=True, help="folder for demo.keras and labels.json")
    train.add_argument("--cache", type=Path, required=True, help="folder for the drawn pictures, about 600 MB")
    train.add_argument("--threads", type=int, default=4)
    check = commands.add_parser("check", help="measure a trained network: is it right, and where does it look")
    check.add_argument("--model", type=Path, required=True, help="demo.keras")
    check.add_argument("--count", type=int, default=40, help="held-out pictures a class")
    audit = commands.add_parser("audit-set", help="write the demo's audit pictures and their regions")
    audit.add_argument("--output", type=Path, required=True, help="folder for images/ and regions.json")
    pictures = commands.add_parser("pictures", help="write training pictures as files, to look at them")
    pictures.add_argument("--output", type=Path, required=True)
    pictures.add_argument("--count", type=int, default=8, help="pictures a class")
    chosen = parser.parse_args(arguments)
    # TensorFlow takes seconds to import, so only the commands that need it do.
    if chosen.command == "train":
        from camaudit_demo.train import train

        train(chosen.output, chosen.cache, chosen.threads)
    elif chosen.command == "check":
        from camaudit_demo.check import report

        print(report(chosen.model, chosen.count))
    elif chosen.command == "audit-set":
        from camaudit_demo.audit_set import write

        print(f"{write(chosen.output)} pictures and regions.json written to {chosen.output}")
    else:
        from camaudit_demo.dataset import write_pictures

        print(f"{write_pictures(chosen.output, chosen.count)} pictures written to {chosen.output}")


if __name__ == "__main__":
    main()
