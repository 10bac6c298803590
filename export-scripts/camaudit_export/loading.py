"""Model files: who wrote them, what is needed to read them, and why one cannot be read."""

import contextlib
import importlib
import importlib.util
import inspect
import json
import os
import pathlib
import re
import sys
import warnings
import zipfile

import keras

from camaudit_export.arguments import command
from camaudit_export.errors import ExportError, UsageError, first_line

OF_KERAS = ("keras", "tf_keras", "tensorflow", "builtins")
SAVED_WITH = "build the model with the code that trained it, and save it with model.save('NAME.keras')"


def load_model(path, imports=(), trust=False):
    """Loads a model file of Keras 3 or 2.

    Args:
        path: path of a `.keras` or HDF5 file, or of a SavedModel directory that Keras 2 wrote.
        imports: names of Python modules, or paths of Python files, that define own layers.
        trust: bool. Whether Python code inside the file (Lambda layers) may run.

    Returns:
        `keras.Model`; one of Keras 2 is rebuilt for Keras 3.
    """
    path = pathlib.Path(path)
    if not path.exists():
        raise UsageError(f"--keras-model {path}: no such file")
    version, config = _written_by(path)
    old = version.startswith(("1.", "2."))
    if old and importlib.util.find_spec("tf_keras") is None:
        raise ExportError(
            f"--keras-model {path}: written by Keras {version}, which is read with tf_keras: install it with"
            " pip install --no-deps tf_keras==2.18.0 and export again"
        )
    # A module with own layers that says `from tensorflow import keras` then means the Keras of the file.
    os.environ["TF_USE_LEGACY_KERAS"] = str(int(old))
    own = _own_objects(imports, old)
    if not trust and _has_lambda(config):
        raise ExportError(
            f"--keras-model {path}: it holds a Lambda layer, which is Python code that runs on this machine"
            " when the model is loaded; if you trust where the file comes from, add --trust"
        )
    if old:
        return _load_old(path, version, config, own)
    try:
        with warnings_once():
            return keras.models.load_model(path, custom_objects=own, compile=False, safe_mode=not trust)
    except Exception as error:
        raise ExportError(f"--keras-model {path}: Keras cannot load it: {reason(error)}") from error


def _load_old(path, version, config, own):
    import tf_keras

    from camaudit_export import keras2

    known = {
        # What the first MobileNets and a well-known EfficientNet package called their own.
        "relu6": tf_keras.layers.ReLU(6.0),
        "FixedDropout": tf_keras.layers.Dropout,
        "swish": tf_keras.activations.swish,
        **own,
    }
    missing = _foreign_classes(config) - set(known) - set(tf_keras.saving.get_custom_objects())
    if missing:
        # tf_keras would import whatever module the file names.
        raise ExportError(f"--keras-model {path}: written by Keras {version}; {_missing('layer', min(missing))}")
    try:
        # safe_mode has been asked for already: older forms of the file ignore it.
        with warnings_once():
            model = tf_keras.models.load_model(path, custom_objects=known, compile=False, safe_mode=False)
    except Exception as error:
        raise ExportError(
            f"--keras-model {path}: written by Keras {version}, tf_keras cannot load it: {reason(error)}"
        ) from error
    return keras2.convert(model)


def _written_by(path):
    """Version of the Keras that wrote a file, and its description of the model as JSON text."""
    if path.is_dir():
        if (path / "keras_metadata.pb").exists():
            return "2.x", (path / "keras_metadata.pb").read_bytes().decode("latin-1")
        kind = "a SavedModel without Keras' layers" if (path / "saved_model.pb").exists() else "a directory"
        raise ExportError(f"--keras-model {path}: it is {kind}, a .keras or .h5 file is wanted; {SAVED_WITH}")
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                version = json.loads(archive.read("metadata.json"))["keras_version"]
                return version, archive.read("config.json").decode("utf-8")
        import h5py

        if h5py.is_hdf5(path):
            with h5py.File(path) as file:
                config = file.attrs.get("model_config")
                version = file.attrs.get("keras_version", b"2.x")
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise ExportError(f"--keras-model {path}: damaged, or no model of Keras: {first_line(error)}") from error
    else:
        if not h5py.is_hdf5(path):
            raise ExportError(
                f"--keras-model {path}: neither a .keras nor an HDF5 file, whatever its name says; {SAVED_WITH}"
            )
    if config is None:
        raise ExportError(
            f"--keras-model {path}: it holds weights alone, no model; {SAVED_WITH}, or, for a network of"
            " keras.applications, say --architecture NAME --weights FILE"
        )
    return _text(version), _text(config)


def _text(value):
    return value.decode("utf-8") if isinstance(value, bytes) else str(value)


def _has_lambda(config):
    """Whether a model's description holds Python code: a Lambda layer that is no named function."""
    return re.search(r'"function_type": ?"lambda"|"class_name": ?"__lambda__"', config) is not None or (
        '"class_name": "Lambda"' in config and re.search(r'"function": ?\["', config) is not None
    )


def _foreign_classes(config):
    """Registered names of classes that the description of a `.keras` file takes from outside Keras."""
    found, todo = set(), [json.loads(config)] if config.startswith("{") else []
    while todo:
        part = todo.pop()
        if isinstance(part, dict):
            module = part.get("module") if isinstance(part.get("class_name"), str) else None
            if module and part["class_name"] != "function" and module.split(".")[0] not in OF_KERAS:
                found.add(part.get("registered_name") or part["class_name"])
            todo.extend(part.values())
        elif isinstance(part, list):
            todo.extend(part)
    return found


def _own_objects(imports, old):
    """Layers and functions of the modules that the user named, by name."""
    own = {}
    for name in imports:
        module = _import(name)
        layers = importlib.import_module("tf_keras" if old else "keras").layers.Layer
        for key, value in vars(module).items():
            defined_there = getattr(value, "__module__", None) == module.__name__
            if defined_there and (inspect.isfunction(value) or (inspect.isclass(value) and issubclass(value, layers))):
                own[key] = value
    return own


def _import(name):
    try:
        if name.endswith(".py"):
            path = pathlib.Path(name)
            spec = importlib.util.spec_from_file_location(path.stem, path)
            module = importlib.util.module_from_spec(spec)
            sys.modules[path.stem] = module
            spec.loader.exec_module(module)
            return module
        if os.getcwd() not in sys.path:
            sys.path.insert(0, os.getcwd())
        return importlib.import_module(name)
    except Exception as error:
        raise UsageError(
            f"--import {name}: cannot be imported ({type(error).__name__}: {first_line(error)}); the name of an"
            " installed module, of one in this directory, or the path of a .py file is wanted"
        ) from error


def _missing(kind, name):
    return (
        f'its {kind} "{name.rsplit(">", 1)[-1]}" is not one of Keras; name the Python module that defines it:'
        " --import MODULE (or FILE.py)"
    )


@contextlib.contextmanager
def warnings_once():
    """Says what Keras warns of while it loads, a line each kind; nothing where it then fails, whose reason says all."""
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        yield
    # Names of layers and groups differ from one to the next.
    kinds = {re.sub(r"'[^']*'", "", str(each.message)): first_line(each.message) for each in reversed(said)}
    for sentence in reversed(kinds.values()):
        print(f"{command()}: note: {sentence}", file=sys.stderr)


def reason(error):
    """One sentence for an exception of Keras: the missing class, or the first sentence that says something."""
    text = " ".join(str(error).split())
    missing = re.search(r"(?:Could not locate (class|function)|Unknown (\w+):?) '?([\w.>]+)'?", text)
    if missing:
        kind = {"class": "layer", "object": "layer or function"}.get(missing[1] or missing[2], missing[1] or missing[2])
        return _missing(kind, missing[3])
    # Each layer around the one that fails repeats its whole description before the reason.
    return first_line(str(error).rsplit("Exception encountered:", 1)[-1] or error)
