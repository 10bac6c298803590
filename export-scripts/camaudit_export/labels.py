"""Names of the classes, from a file or from Keras."""

import csv
import json
import pathlib

import keras
from keras.src.applications import imagenet_utils

from camaudit_export.errors import ExportError, UsageError


def numbered_labels(classes):
    """Labels for a model without a label file: the index as text."""
    return [{"index": i, "id": str(i), "names": [str(i)]} for i in range(classes)]


def read_labels(path, classes):
    """Reads one label a class.

    Args:
        path: path of a `.json` file (a list of `{"index", "id", "names"}`, as in the card), a
            `.csv` file (columns index, id, name, with a header line or without; several lines
            of one index give several names), or any other text file (one name a line).
        classes: int. Number of classes, which the labels must match.

    Returns:
        list of dicts with index, id and names, in index order.
    """
    path = pathlib.Path(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
        reader = {".json": _from_json, ".csv": _from_csv}.get(path.suffix.lower(), _from_lines)
        labels = sorted(reader(text), key=lambda label: label["index"])
    except OSError as error:
        raise UsageError(f"--labels {path}: cannot be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(f"--labels {path}: not understood: {error}") from error
    indices = [label["index"] for label in labels]
    if indices != list(range(classes)):
        missing = sorted(set(range(classes)) - set(indices))[:3]
        detail = f"; without a label: {', '.join(map(str, missing))}" if missing else ""
        raise UsageError(
            f"--labels {path}: {len(labels)} labels for {classes} classes; exactly one for each of"
            f" 0 to {classes - 1} is wanted{detail}"
        )
    ids = [label["id"] for label in labels]
    for label in labels:
        if ids.count(label["id"]) > 1:
            raise UsageError(
                f'--labels {path}: the id "{label["id"]}" stands for {ids.count(label["id"])} classes; give each its'
                " own id, in a .csv file with index,id,name"
            )
    return labels


def imagenet_labels(classes):
    """The 1000 classes of ImageNet with their WordNet ids, as Keras ships them (downloaded once)."""
    if classes != 1000:
        raise UsageError(f"--labels imagenet has 1000 classes and the model has {classes}")
    try:
        path = keras.utils.get_file(
            "imagenet_class_index.json",
            imagenet_utils.CLASS_INDEX_PATH,
            cache_subdir="models",
            file_hash="c2c37ea517e94d9795004a39431a14cb",
        )
    except Exception as error:
        raise ExportError(
            f"--labels imagenet: {imagenet_utils.CLASS_INDEX_PATH} cannot be downloaded and is not in Keras' cache;"
            " connect to the internet once, or give a label file"
        ) from error
    index = json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
    return [{"index": i, "id": index[str(i)][0], "names": [index[str(i)][1].replace("_", " ")]} for i in range(1000)]


def _from_json(text):
    return [_label(entry["index"], entry["id"], entry["names"]) for entry in json.loads(text)]


def _from_lines(text):
    names = [line.strip() for line in text.splitlines()]
    while names and not names[-1]:
        names.pop()
    return [_label(index, name, [name]) for index, name in enumerate(names)]


def _from_csv(text):
    labels = {}
    rows = [row for row in csv.reader(text.splitlines()) if row]
    if rows and not rows[0][0].strip().isdigit():
        rows = rows[1:]
    for row in rows:
        if len(row) != 3:
            raise ValueError(f"line {row} has {len(row)} columns; index, id, name are wanted")
        index, identifier, name = (cell.strip() for cell in row)
        label = labels.setdefault(int(index), {"index": int(index), "id": identifier, "names": []})
        if label["id"] != identifier:
            raise ValueError(f"class {index} has the ids {label['id']} and {identifier}")
        label["names"].append(name)
    return [_label(**{"index": i, "identifier": v["id"], "names": v["names"]}) for i, v in labels.items()]


def _label(index, identifier, names):
    if not isinstance(index, int) or isinstance(index, bool):
        raise ValueError(f"index {index!r} is no whole number")
    if not isinstance(identifier, str) or not identifier:
        raise ValueError(f"class {index} has the id {identifier!r}; a text is wanted")
    if not isinstance(names, list) or not names or not all(isinstance(n, str) and n for n in names):
        raise ValueError(f"class {index} has the names {names!r}; a list of at least one text is wanted")
    return {"index": index, "id": identifier, "names": names}
