"""The command line's options, parsed and checked as far as no model is needed."""

import argparse
import fractions
import os

import camaudit_export
from camaudit_export.errors import UsageError

INTERPOLATION_NAMES = ("bilinear", "bicubic", "nearest", "lanczos3", "lanczos5")

EPILOG = """\
examples:
  COMMAND --architecture ResNet50 --weights imagenet --labels imagenet \\
      --layers all-blocks --output models/resnet50
  COMMAND --keras-model pets.keras --preprocessing mobilenet_v2 \\
      --labels pets.txt --output models/pets

  COMMAND --onnx resnet50.onnx --layers auto --output models/resnet50

exit codes: 0 exported; 2 wrong arguments; 3 the model cannot be handled, or the exported one
does not compute what the Keras model does.
"""


def command():
    """What the user typed to get here, for messages; the script `camaudit` says so in CAMAUDIT_COMMAND."""
    return os.environ.get("CAMAUDIT_COMMAND") or "python -m camaudit_export"


def parse(argv):
    """Parses and checks the command line; argparse itself exits with 2 on a wrong one."""
    options = _parser().parse_args(argv)
    _check(options)
    return options


def _parser():
    parser = argparse.ArgumentParser(
        prog=command(),
        description="Exports an image classifier, of Keras or by ONNX of PyTorch, as a SavedModel with its Grad-CAM"
        " gradients inside.",
        epilog=EPILOG.replace("COMMAND", command()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"{command()} {camaudit_export.__version__}")
    parser.add_argument("--verbose", action="store_true", help="show TensorFlow's own messages too")

    model = parser.add_argument_group("the model")
    which = model.add_mutually_exclusive_group(required=True)
    which.add_argument("--architecture", metavar="NAME", help="a network of keras.applications, such as ResNet50")
    which.add_argument("--keras-model", metavar="FILE", help="a .keras or .h5 file, of Keras 2 too")
    which.add_argument(
        "--onnx",
        metavar="FILE",
        help="an ONNX file, best one of camaudit_torch.py, which knows preprocessing and labels",
    )
    model.add_argument(
        "--import",
        dest="imports",
        action="append",
        default=[],
        metavar="MODULE",
        help="for --keras-model: a Python module, or a .py file, that defines own layers; may be repeated",
    )
    model.add_argument(
        "--trust",
        action="store_true",
        help="for --keras-model: run the Python code inside the file (Lambda layers); it can do whatever you can",
    )
    model.add_argument(
        "--weights", metavar="WHICH", help="for --architecture: imagenet, random, or a weights file (default imagenet)"
    )
    model.add_argument("--seed", type=int, metavar="N", help="for --weights random (default 0)")
    model.add_argument("--classes", type=_positive, metavar="N", help="for --architecture: classes (default 1000)")
    model.add_argument(
        "--size",
        type=_sides,
        metavar="PIXELS",
        help="the input's side, or HEIGHTxWIDTH, where the model leaves it open",
    )
    model.add_argument(
        "--sigmoid",
        action="store_true",
        help="the model's outputs are linear, and a sigmoid makes them probabilities afterwards: one output is yes or"
        " no, several are labels that do not exclude each other",
    )
    model.add_argument(
        "--threshold",
        type=_share,
        metavar="P",
        help="for several sigmoids: probability above which a label counts as predicted (default 0.5)",
    )

    what = parser.add_argument_group("what is exported")
    what.add_argument(
        "--layers",
        nargs="+",
        default=["auto"],
        metavar="NAME",
        help="auto (the last layer with a spatial output), all-blocks (every residual block's output), or names",
    )
    what.add_argument(
        "--labels",
        metavar="FILE",
        help="imagenet, or a file: .json (a list of names, name: index, or index: name), .csv (index,id,name),"
        " or text (one name a line)",
    )
    what.add_argument("--name", help="what the model is called (default: its Keras name)")
    what.add_argument("--output", required=True, metavar="DIR", help="directory to make")
    what.add_argument("--overwrite", action="store_true", help="replace an exported model at --output")

    inputs = parser.add_argument_group("how pictures were prepared in training")
    inputs.add_argument(
        "--preprocessing",
        metavar="NAME",
        help="caffe, tf, torch, none, or a module of keras.applications such as mobilenet_v2"
        " (default for --architecture: its own; needed for --keras-model)",
    )
    inputs.add_argument("--scale", type=_number, help="instead of a name: pixels (0 to 255) times this, such as 1/255,")
    inputs.add_argument("--mean", type=_three, metavar="A,B,C", help="then minus this, one for each channel,")
    inputs.add_argument("--std", type=_three, metavar="A,B,C", help="then over this")
    inputs.add_argument("--channels", choices=("rgb", "bgr"), help="channel order of input, mean and std (default rgb)")
    inputs.add_argument(
        "--geometry",
        choices=("stretch", "crop", "letterbox"),
        help="stretch each axis; resize the shorter side and crop the centre; or fit inside and pad (default stretch)",
    )
    inputs.add_argument(
        "--resize",
        type=_sides,
        metavar="PIXELS",
        help="for crop: the shorter side, or HEIGHTxWIDTH that the picture covers (default 8/7 of the input)",
    )
    inputs.add_argument(
        "--fill", type=_colour, metavar="R,G,B", help="for letterbox: the padding's colour (default 0,0,0)"
    )
    inputs.add_argument("--interpolation", choices=INTERPOLATION_NAMES, help="(default bilinear)")
    inputs.add_argument(
        "--antialias", action="store_true", help="average over all pixels when shrinking, as Pillow and torchvision do"
    )
    return parser


def _check(options):
    affine = [f"--{name}" for name in ("scale", "mean", "std", "channels") if getattr(options, name) is not None]
    if affine and options.preprocessing:
        raise UsageError(
            f"--preprocessing {options.preprocessing} and {affine[0]} are two answers to one question; give one"
        )
    if options.keras_model and not affine and not options.preprocessing:
        raise UsageError(
            "--keras-model needs --preprocessing (or --scale, --mean, --std): how pixel values from 0 to 255"
            " became the model's input in training; if layers inside the model do it, say --preprocessing none"
        )
    if options.std and 0 in options.std:
        raise UsageError("--std has a zero; pixels are divided by it")
    for name in ("weights", "seed", "classes"):
        if not options.architecture and getattr(options, name) is not None:
            which = "--onnx" if options.onnx else "--keras-model"
            raise UsageError(f"--{name} goes with --architecture; {which} brings its own")
    if not options.keras_model and (options.imports or options.trust):
        raise UsageError(f"{'--import' if options.imports else '--trust'} goes with --keras-model")
    if options.seed is not None and options.weights != "random":
        raise UsageError("--seed goes with --weights random")
    if options.resize is not None and options.geometry != "crop":
        raise UsageError(f"--resize goes with --geometry crop, not {options.geometry or 'stretch'}")
    if options.fill is not None and options.geometry != "letterbox":
        raise UsageError(f"--fill goes with --geometry letterbox, not {options.geometry or 'stretch'}")
    if options.antialias and options.interpolation == "nearest":
        raise UsageError("--antialias has no meaning with --interpolation nearest")
    options.layers = [name for words in options.layers for name in words.split(",") if name]
    if len(options.layers) > 1 and {"auto", "all-blocks"} & set(options.layers):
        raise UsageError(f"--layers {' '.join(options.layers)}: auto and all-blocks stand alone")


def _positive(text):
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text} is not at least 1")
    return value


def _sides(text):
    """`(height, width)` of "224" or "240x320"."""
    parts = text.lower().split("x")
    if len(parts) > 2 or not all(part.strip().isdecimal() and int(part) > 0 for part in parts):
        raise argparse.ArgumentTypeError(f"{text} is no size: PIXELS or HEIGHTxWIDTH is wanted, such as 224 or 240x320")
    return int(parts[0]), int(parts[-1])


def _share(text):
    value = _number(text)
    if not 0 < value < 1:
        raise argparse.ArgumentTypeError(f"{text} does not lie between 0 and 1")
    return value


def _number(text):
    try:
        return float(fractions.Fraction(text.replace(" ", "")))
    except (ValueError, ZeroDivisionError):
        raise argparse.ArgumentTypeError(f"{text} is no number (such as 0.5 or 1/255)") from None


def _three(text):
    values = tuple(_number(part) for part in text.split(","))
    if len(values) == 1:
        values *= 3
    if len(values) != 3:
        raise argparse.ArgumentTypeError(f"{text} has {len(values)} numbers; three with commas, or one, are wanted")
    return values


def _colour(text):
    values = _three(text)
    if not all(value == int(value) and 0 <= value <= 255 for value in values):
        raise argparse.ArgumentTypeError(f"{text} is no colour: three whole numbers from 0 to 255 are wanted")
    return tuple(int(value) for value in values)
