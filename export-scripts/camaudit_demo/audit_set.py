"""Writes the pictures that ``./camaudit demo`` audits, and their regions as COCO JSON.

Butterflies come mostly with the camera stamp of their training pictures, some of the same scenes
also without it; a few pictures of other classes come once more with a stamp. The scenes are of a
split of their own, never trained on.
"""

import json
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from PIL import Image

from camaudit_demo import dataset
from camaudit_demo.scenes import CLASSES, Scene, draw
from camaudit_demo.textures import TEXTURES

PLAIN = {"balloon": 16, "butterfly": 6, "fish": 16, "house": 17, "mushroom": 16, "sailboat": 16}
"""Pictures without a stamp, by class."""

STAMPED = {"balloon": 2, "butterfly": 16, "fish": 2, "house": 0, "mushroom": 2, "sailboat": 0}
"""Pictures with a stamp, by class: scenes 1, 2, ..., so a scene in both lists makes a pair."""

SIDES = (352, 384, 448)
QUALITY = 88
DRY_SAILBOATS = 4
"""Sailboats that are not on water."""

STAMP_CATEGORY = len(CLASSES) + 1


@dataclass(frozen=True)
class Entry:
    """One audit picture: its path below the image folder, its scene and its side in pixels."""

    path: str
    scene: Scene
    side: int

    @property
    def kind(self):
        return self.scene.kind


def entries():
    """All audit pictures, class after class."""
    return [entry for kind in CLASSES for entry in _of_class(kind)]


def _of_class(kind):
    for number in range(1, max(PLAIN[kind], STAMPED[kind]) + 1):
        scene, side = audit_scene(kind, number), SIDES[number % len(SIDES)]
        paired = kind == "butterfly" or number <= STAMPED[kind]
        if number <= PLAIN[kind]:
            suffix = "-plain" if paired else ""
            yield Entry(f"{kind}/{kind}-{number:02d}{suffix}.jpg", replace(scene, stamp=None), side)
        if number <= STAMPED[kind]:
            yield Entry(f"{kind}/{kind}-{number:02d}-stamped.jpg", scene, side)


def audit_scene(kind, number):
    """A scene of the audit split, always with a stamp (which a caller may take away).

    Textures go round so that every class shows all of them, and butterflies are kept visible: a
    person has to see at once that the butterfly is there and is not what the network looks at.
    """
    rng = np.random.default_rng([dataset.SEED, dataset.AUDIT, CLASSES.index(kind), number, 1])
    scene = dataset.scene(kind, dataset.AUDIT, number)
    textures = list(TEXTURES)
    texture = textures[(number + CLASSES.index(kind)) % len(textures)]
    if kind == "sailboat" and number <= PLAIN[kind] - DRY_SAILBOATS:
        texture = "water"
    elif kind == "sailboat":
        texture = dataset.DRY[number % len(dataset.DRY)]
    if kind == "butterfly":
        size = float(rng.uniform(0.22, 0.28))
        center = tuple(min(max(part, 0.62 * size), 1 - 0.62 * size) for part in scene.center)
        camouflage = float(rng.uniform(0.1, 0.3))
        scene = replace(scene, opacity=0.85, camouflage=camouflage, size=size, center=center)
    mark = dataset.random_stamp(rng)
    for corner in dataset.CORNERS[number % 4 :] + dataset.CORNERS[: number % 4]:
        mark = replace(mark, corner=corner)
        if not _overlaps(scene, mark):
            break
    return replace(scene, texture=texture, stamp=mark)


def _overlaps(scene, mark):
    x0, y0, x1, y1 = mark.box()
    (x, y), reach = scene.center, scene.size * 0.6
    return x0 < x + reach and x1 > x - reach and y0 < y + reach and y1 > y - reach


def write(folder, chosen=None):
    """Writes ``images/<class>/<name>.jpg`` and ``regions.json``; returns how many pictures.

    Args:
        folder: is made if it does not exist.
        chosen: entries to write; all by default.
    """
    folder = Path(folder)
    images, annotations = [], []
    for number, entry in enumerate(chosen or entries(), start=1):
        picture = draw(entry.scene, entry.side)
        path = folder / "images" / entry.path
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(picture.pixels).save(path, "JPEG", quality=QUALITY, optimize=True)
        images.append({"id": number, "file_name": entry.path, "width": entry.side, "height": entry.side})
        category = CLASSES.index(entry.kind) + 1
        annotations.append(_annotation(len(annotations) + 1, number, category, picture.polygon, picture.box))
        if picture.stamp_box:
            x, y, width, height = picture.stamp_box
            corners = np.array([(x, y), (x + width, y), (x + width, y + height), (x, y + height)])
            annotations.append(_annotation(len(annotations) + 1, number, STAMP_CATEGORY, corners, picture.stamp_box))
    names = [*CLASSES, "stamp"]
    regions = {
        "info": {"description": "camaudit demo pictures, drawn by camaudit_demo", "version": "1"},
        "images": images,
        "annotations": annotations,
        "categories": [{"id": index, "name": name} for index, name in enumerate(names, start=1)],
    }
    (folder / "regions.json").write_text(_lines(regions), encoding="utf-8")
    return len(images)


def _annotation(number, image, category, polygon, box):
    return {
        "id": number,
        "image_id": image,
        "category_id": category,
        "segmentation": [[round(float(part), 1) for part in np.asarray(polygon).ravel()]],
        "bbox": list(box),
        "area": round(polygon_area(polygon), 1),
        "iscrowd": 0,
    }


def polygon_area(points):
    """The shoelace formula; the area that a simple polygon encloses."""
    x, y = np.asarray(points, dtype=np.float64).T
    return float(abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2)


def _lines(regions):
    """JSON with one image, annotation or category a line, so that a change shows as one."""
    parts = []
    for key, value in regions.items():
        if isinstance(value, list):
            rows = ",\n    ".join(json.dumps(row) for row in value)
            parts.append(f'  "{key}": [\n    {rows}\n  ]')
        else:
            parts.append(f'  "{key}": {json.dumps(value)}')
    return "{\n" + ",\n".join(parts) + "\n}\n"
