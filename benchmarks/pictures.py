"""Folders of as many pictures as a benchmark wants, made of those that there are."""

import json
import os
import shutil
import sys
from collections import defaultdict
from pathlib import Path

SUFFIXES = {".jpg", ".jpeg", ".png", ".bmp", ".gif", ".webp", ".tif", ".tiff"}


def again(picture, target):
    """The picture under another name: a hard link, or a copy where the file system has none. (A symbolic link would
    lead out of the folder, and audits leave such links out.)"""
    try:
        os.link(picture, target)
    except OSError:
        shutil.copyfile(picture, target)


def repeated(source, target, count):
    """Puts `count` names into `target` for the pictures below `source`, round and round."""
    pictures = sorted(path.resolve() for path in source.rglob("*") if path.suffix.lower() in SUFFIXES)
    if not pictures:
        sys.exit(f"{source} holds no pictures")
    target.mkdir(parents=True)
    for number in range(count):
        picture = pictures[number % len(pictures)]
        again(picture, target / f"{number:07d}{picture.suffix.lower()}")
    return target


def repeated_with_regions(source, regions, target, count):
    """The same for the pictures that a COCO file names, each in its folder, and a file `target`.json with the regions
    of all. Pictures that do not lie where the file says are looked for by their names."""
    coco = json.loads(regions.read_text("utf-8"))
    found = {path.name: path for path in source.rglob("*")}
    annotations = defaultdict(list)
    for annotation in coco["annotations"]:
        annotations[annotation["image_id"]].append(annotation)
    made = {"images": [], "annotations": [], "categories": coco["categories"]}
    for number in range(count):
        turn, which = divmod(number, len(coco["images"]))
        image = coco["images"][which]
        path = Path(image["file_name"])
        there = source / path
        name = path.with_name(f"{path.stem}-{turn:04d}{path.suffix}")
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        again((there if there.exists() else found[path.name]).resolve(), target / name)
        made["images"].append({**image, "id": number + 1, "file_name": name.as_posix()})
        for annotation in annotations[image["id"]]:
            made["annotations"].append({**annotation, "id": len(made["annotations"]) + 1, "image_id": number + 1})
    file = target.with_suffix(".json")
    file.write_text(json.dumps(made), encoding="utf-8")
    return file
