"""Names of the classes, from a file or from Keras."""

import collections
import csv
import json
import pathlib
import re

import keras
from keras.src.applications import imagenet_utils

from camaudit_export.errors import ExportError, UsageError, first_line


def numbered_labels(classes):
    """Labels for a model without a label file: the index as text."""
    return [{"index": i, "id": str(i), "names": [str(i)]} for i in range(classes)]


def read_labels(path, classes):
    """Reads one label a class, in any of the forms in which people keep them.

    - JSON: a list of `{"index", "id", "names"}` as in the card; a list of names; an object from
      name to index, as `class_indices` of Keras' generators; an object from index to name or to
      `[id, name]`, as `imagenet_class_index.json`.
    - CSV (with commas, semicolons or tabs): columns index, id, name in this order, or under a
      header that says which is which, as pandas writes it; several lines of one index give
      several names.
    - Text: one name a line, or, if every line begins with its number as in Teachable Machine's
      `labels.txt`, `0 cat`.

    Args:
        path: path of a `.json`, `.csv` or any other text file.
        classes: int. Number of classes, which the labels must match.

    Returns:
        list of dicts with index, id and names, in index order.
    """
    path = pathlib.Path(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
        reader = {".json": _from_json, ".csv": _from_csv, ".tsv": _from_csv}.get(path.suffix.lower(), _from_lines)
        labels = sorted(reader(text), key=lambda label: label["index"])
    except OSError as error:
        raise UsageError(f"--labels {path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"--labels {path}: not UTF-8: save it as UTF-8") from error
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(f"--labels {path}: not understood: {first_line(error)}") from error
    indices = [label["index"] for label in labels]
    if len(labels) != classes:
        raise UsageError(f"--labels {path}: {len(labels)} labels, and the model has {classes} classes")
    if indices != list(range(classes)):
        missing = sorted(set(range(classes)) - set(indices))[:3]
        raise UsageError(
            f"--labels {path}: exactly one label for each of 0 to {classes - 1} is wanted; without a label:"
            f" {', '.join(map(str, missing))}"
        )
    counts = collections.Counter(label["id"] for label in labels)
    for label in labels:
        if counts[label["id"]] > 1:
            raise UsageError(
                f'--labels {path}: the id "{label["id"]}" stands for {counts[label["id"]]} classes; give each its'
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
    content = json.loads(text)
    if isinstance(content, list):
        if all(isinstance(entry, str) for entry in content):
            return [_label(index, name, [name]) for index, name in enumerate(content)]
        return [_label(entry["index"], entry["id"], entry["names"]) for entry in content]
    if not isinstance(content, dict) or not content:
        raise ValueError("a list, or an object of names and indices, is wanted")
    if all(type(value) is int for value in content.values()):
        return [_label(index, name, [name]) for name, index in content.items()]
    if all(key.isdigit() for key in content):
        return [_indexed(int(key), value) for key, value in content.items()]
    key, value = next(iter(content.items()))
    raise ValueError(f'"{key}": {json.dumps(value)[:60]} is neither a name with its index nor an index with its name')


def _indexed(index, value):
    """A label from `"name"` or `["id", "name", ...]`."""
    if not isinstance(value, list):
        return _label(index, value, [value])
    readable = [_readable(name) if isinstance(name, str) else name for name in value[1:]]
    return _label(index, value[0] if value else None, readable or value)


def _readable(name):
    """`great_white_shark` as people write it; ImageNet's index has underscores for spaces."""
    return name.replace("_", " ")


def _from_lines(text):
    names = [line.strip() for line in text.splitlines()]
    while names and not names[-1]:
        names.pop()
    numbered = [re.fullmatch(r"(\d+)[\s:,;]+(\S.*)", name) for name in names]
    if all(numbered) and sorted(int(match[1]) for match in numbered) == list(range(len(names))):
        return [_label(int(match[1]), match[2], [match[2]]) for match in numbered]
    return [_label(index, name, [name]) for index, name in enumerate(names)]


COLUMNS = {
    "index": ("index", "class_index", "class_idx", "idx", "label_index", "label_id", "class_id", "number", "code", ""),
    "id": ("id", "wnid", "synset", "wordnet_id", "key"),
    "name": ("name", "names", "label", "class", "class_name", "classname", "label_name", "category", "title"),
}
"""Names under which people keep the columns; pandas leaves its index without one."""


def _from_csv(text):
    separator = max(",;\t", key=(text.splitlines() or [""])[0].count)
    rows = [[cell.strip() for cell in row] for row in csv.reader(text.splitlines(), delimiter=separator) if row]
    columns = {"index": 0, "id": 1, "name": 2}
    if rows and not any(cell.isdigit() for cell in rows[0]):
        columns, rows = _columns(rows[0], rows[1:2]), rows[1:]
    labels = {}
    for number, row in enumerate(rows):
        if len(row) <= max(columns.values()):
            raise ValueError(f"line {row} has {len(row)} columns; {', '.join(columns)} are wanted")
        cells = {what: row[place] for what, place in columns.items()}
        index = int(cells.get("index", number))
        name = cells.get("name") or cells.get("id")
        identifier = cells.get("id", name)
        label = labels.setdefault(index, {"identifier": identifier, "names": []})
        if "id" in cells and label["identifier"] != identifier:
            raise ValueError(f"class {index} has the ids {label['identifier']} and {identifier}")
        label["names"].append(name)
    return [_label(index, **label) for index, label in labels.items()]


def _columns(header, first):
    """Places of index, id and name in a header; an index is not needed where the order says it."""
    cells = [cell.lower() for cell in header]
    columns = {what: next((cells.index(n) for n in names if n in cells), None) for what, names in COLUMNS.items()}
    counted = columns["id"] is not None and all(row[columns["id"] :] and row[columns["id"]].isdigit() for row in first)
    if columns["index"] is None and columns["name"] is not None and counted:
        columns["index"] = columns.pop("id")
    columns = {what: place for what, place in columns.items() if place is not None}
    if not {"id", "name"} & set(columns):
        raise ValueError(f"its header is {', '.join(header)}; columns index, id and name are wanted")
    return columns


def _label(index, identifier, names):
    if not isinstance(index, int) or isinstance(index, bool):
        raise ValueError(f"index {index!r} is no whole number")
    if not isinstance(identifier, str) or not identifier:
        raise ValueError(f"class {index} has the id {identifier!r}; a text is wanted")
    if not isinstance(names, list) or not names or not all(isinstance(n, str) and n for n in names):
        raise ValueError(f"class {index} has the names {names!r}; a list of at least one text is wanted")
    return {"index": index, "id": identifier, "names": names}
