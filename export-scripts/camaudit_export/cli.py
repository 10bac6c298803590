"""The command line: one export, one summary or one sentence of error, one exit code."""

import functools
import os
import pathlib
import sys

from camaudit_export.arguments import command, parse
from camaudit_export.errors import ExportError, UsageError, first_line


def main(argv=None):
    """Runs an export; returns 0, 2 for wrong arguments, 3 for a model that does not work, 1 for a fault of ours."""
    try:
        options = parse(argv)
        if not options.verbose:
            _silence_native_messages()
        exported = _export(options)
    except ExportError as error:
        print(f"{command()}: {error}", file=sys.stderr)
        return error.exit_code
    except Exception as error:
        if options.verbose:
            raise
        print(
            f"{command()}: unexpected error, please report it with what --verbose shows:"
            f" {type(error).__name__}: {first_line(error)}",
            file=sys.stderr,
        )
        return 1
    print(_summary(options.output, exported))
    for note in exported.notes:
        print(f"{command()}: note: {note}", file=sys.stderr)
    return 0


def _export(options):
    # Keras takes seconds to import, which --help and a wrong argument should not.
    from camaudit_export import models
    from camaudit_export.export import export_model
    from camaudit_export.loading import load_model
    from camaudit_export.saved_model import check_output

    check_output(options.output, options.overwrite)
    if options.onnx:
        return _export_onnx(options)
    if options.architecture:
        weights = options.weights or "imagenet"
        normalization = _normalization(options)
        model, source, words = models.build_architecture(
            options.architecture, weights, options.seed or 0, options.size, options.classes
        )
    else:
        normalization = _normalization(options)
        model = load_model(options.keras_model, options.imports, options.trust)
        source = words = pathlib.Path(options.keras_model).name
    return export_model(
        model,
        options.output,
        _preprocessing(options, normalization),
        name=options.name,
        source=source,
        weights=words,
        layers=options.layers,
        labels=_labels(options),
        size=options.size,
        sigmoid=options.sigmoid,
        threshold=options.threshold,
        overwrite=options.overwrite,
    )


def _export_onnx(options):
    from camaudit_export.onnx_import import export, reading

    source = reading.read(options.onnx, options.size)
    own = export.own_preprocessing(source)
    normalized = options.preprocessing or _stated_affine(options)
    if own is None and not normalized:
        raise UsageError(
            f"{options.onnx} does not say how pixel values from 0 to 255 became its input in training; add"
            " --preprocessing torch (or --scale, --mean, --std), and how a photograph became that square, such as"
            " --geometry crop --resize 256 --antialias (Pillow and torchvision average when they shrink)"
        )
    if own is None or options.geometry:
        preprocessing = _preprocessing(options, _normalization(options) if normalized else own.normalization)
    else:
        preprocessing = export.changed(
            own,
            normalization=_normalization(options) if normalized else None,
            interpolation=options.interpolation,
            antialias=options.antialias or None,
        )
    return export.export_onnx(
        source,
        options.output,
        preprocessing,
        name=options.name,
        layers=options.layers,
        labels=_labels(options),
        sigmoid=options.sigmoid,
        threshold=options.threshold,
        overwrite=options.overwrite,
    )


def _labels(options):
    """Function from the number of classes to their labels, or None where the command line names none."""
    from camaudit_export.labels import imagenet_labels, read_labels

    if not options.labels:
        return None
    return imagenet_labels if options.labels == "imagenet" else functools.partial(read_labels, options.labels)


def _stated_affine(options):
    """What the command line says of an affine normalisation; empty if nothing."""
    values = {name: getattr(options, name) for name in ("channels", "scale", "mean", "std")}
    return {name: value for name, value in values.items() if value is not None}


def _normalization(options):
    from camaudit_export import models, normalization

    if options.preprocessing:
        return normalization.named_normalization(options.preprocessing)
    given = _stated_affine(options)
    if given:
        return normalization.Normalization("affine", **given)
    return normalization.architecture_normalization(models.architecture(options.architecture))


def _preprocessing(options, normalization):
    from camaudit_export.preprocessing import Preprocessing

    return Preprocessing(
        normalization,
        geometry=options.geometry or "stretch",
        resize=options.resize,
        fill=options.fill or (0, 0, 0),
        interpolation=options.interpolation or "bilinear",
        antialias=options.antialias,
    )


def _silence_native_messages():
    """Sends what native code writes to standard error nowhere; Python's own still goes there.

    TensorFlow reports its devices and its optimizer's sessions there at every export, whatever
    TF_CPP_MIN_LOG_LEVEL says; --verbose shows them.
    """
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    try:
        python_stderr = os.fdopen(os.dup(2), "w", buffering=1, errors="backslashreplace")
    except OSError:
        return
    sys.stderr.flush()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
    sys.stderr = python_stderr

    import logging

    logging.getLogger("tensorflow").setLevel(logging.ERROR)


def _summary(output, exported):
    card = exported.card
    layers = [layer["name"] for layer in card["layers"]]
    megabytes = (pathlib.Path(output) / "saved_model.pb").stat().st_size / 1e6
    span = layers[0] if len(layers) == 1 else f"{layers[0]} to {layers[-1]}"
    checks = ", ".join(f"{what} {difference:.1e}" for what, difference in exported.differences.items())
    return "\n".join(
        [
            f"exported {card['model']['name']} to {output} ({megabytes:.3g} MB)",
            f"  weights  {card['model']['weights']}, {card['model']['parameters']:,} parameters",
            f"  input    {_input(card['input'])}",
            f"  layers   {len(layers)}: {span}; default {card['defaultLayer']}, head {card['head']['kind']}",
            f"  methods  {_methods(card['methods'])}",
            f"  classes  {card['classes']}, {_decision(card['decision'])}, labels from {card['labels'][0]['names'][0]}"
            f" to {card['labels'][-1]['names'][0]}",
            f"  checked against {exported.against}, largest relative difference: {checks}",
        ]
    )


def _methods(methods):
    names = [method["name"] + ("" if method.get("classSpecific", True) else "*") for method in methods]
    return f"{names[0]} (default), {', '.join(names[1:])} (*: the same for every class)"


def _input(card):
    resize = card["geometry"].get("resize")
    of = f" of {_size(resize)}" if resize else ""
    way = card["interpolation"] + (" antialiased" if card["antialias"] else "")
    return f"{_size(card)} pixels, {card['geometry']['kind']}{of}, {way}, {card['normalization']}"


def _size(sides):
    height, width = sides["height"], sides["width"]
    return str(height) if height == width else f"{width} x {height}"


def _decision(card):
    return f"{card['kind']} above {card['threshold']:g}" if "threshold" in card else card["kind"]
