"""Folders of as many pictures as a benchmark wants, made of those that there are."""

import os
import shutil
import sys

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
