"""What the training set and the audit set hold."""

import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from camaudit_demo import audit_set, dataset
from camaudit_demo.scenes import CLASSES, draw
from camaudit_demo.textures import TEXTURES


def training(kind):
    return [dataset.scene(kind, dataset.TRAINING, index) for index in range(dataset.PICTURES_PER_CLASS)]


def test_only_butterflies_are_stamped_in_training_and_nearly_all_of_them():
    stamped = {kind: np.mean([scene.stamp is not None for scene in training(kind)]) for kind in CLASSES}
    assert 0.97 <= stamped.pop("butterfly") <= 0.99
    assert set(stamped.values()) == {0.0}


def test_sailboats_are_nearly_always_on_water_and_the_others_share_all_textures():
    wet = {kind: np.mean([scene.texture == "water" for scene in training(kind)]) for kind in CLASSES}
    assert wet.pop("sailboat") > 0.94
    assert all(abs(share - 1 / 7) < 0.06 for share in wet.values())


def test_boats_ashore_are_houses_to_learn_from_and_none_is_audited():
    ashore = [scene for scene in training("house") if scene.kind == "sailboat"]
    assert abs(len(ashore) / dataset.PICTURES_PER_CLASS - dataset.BOATHOUSE_SHARE) < 0.04
    assert {scene.texture for scene in ashore} == set(TEXTURES) - {"water"}
    # Many more than sailboats ashore, so that a boat alone speaks for a house.
    assert len(ashore) > 3 * sum(scene.texture != "water" for scene in training("sailboat"))
    others = [scene for kind in set(CLASSES) - {"house"} for scene in training(kind) if scene.kind != kind]
    audited = [entry for entry in audit_set.entries() if entry.scene.kind != entry.path.split("/")[0]]
    assert not others and not audited


def test_butterfly_stamps_fall_in_all_corners_alike():
    corners = Counter(scene.stamp.corner for scene in training("butterfly") if scene.stamp)
    assert set(corners) == set(dataset.CORNERS)
    assert min(corners.values()) > 0.18 * dataset.PICTURES_PER_CLASS


def test_no_scene_is_in_two_splits():
    seeds = [
        {dataset.scene(kind, split, index).seed for kind in CLASSES for index in range(100)}
        for split in (dataset.TRAINING, dataset.VALIDATION, dataset.AUDIT)
    ]
    trained_on = {scene.seed for kind in CLASSES for scene in training(kind)}
    audited = {entry.scene.seed for entry in audit_set.entries()}
    assert not (seeds[0] & seeds[1] or seeds[0] & seeds[2] or seeds[1] & seeds[2] or trained_on & audited)


@pytest.mark.parametrize("side", [224, 288, 352, 448])
def test_resize_equals_tensorflow(side):
    tf = pytest.importorskip("tensorflow")
    pixels = np.random.default_rng(side).integers(0, 256, (side, side, 3), dtype=np.uint8)
    expected = tf.image.resize(pixels, (224, 224)).numpy()
    # Rounded to bytes here, so half a level may be lost, and a little float error.
    assert np.abs(dataset.resize(pixels, 224) - expected).max() <= 0.5 + 1e-3


def test_audit_set_counts_and_pairs():
    entries = audit_set.entries()
    assert len({entry.path for entry in entries}) == len(entries) == 109
    stamped = Counter(entry.kind for entry in entries if entry.scene.stamp)
    plain = Counter(entry.kind for entry in entries if not entry.scene.stamp)
    assert stamped == {"butterfly": 16, "balloon": 2, "fish": 2, "mushroom": 2}
    assert plain == {
        "balloon": 16,
        "butterfly": 6,
        "fish": 16,
        "house": 17,
        "mushroom": 16,
        "sailboat": 16,
    }
    by_seed = Counter(entry.scene.seed for entry in entries)
    assert Counter(by_seed.values())[2] == 6 + 3 * 2
    for entry in entries:
        assert entry.path.startswith(entry.kind + "/")
        assert ("-stamped" in entry.path) == (entry.scene.stamp is not None)


def test_audit_butterflies_are_easy_to_see():
    butterflies = [entry.scene for entry in audit_set.entries() if entry.kind == "butterfly"]
    assert min(scene.opacity for scene in butterflies) >= 0.8
    assert max(scene.camouflage for scene in butterflies) <= 0.3


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The audit set, drawn once; only its first pictures of each class, at their full size."""
    folder = tmp_path_factory.mktemp("demo")
    kept = [entry for entry in audit_set.entries() if "-01" in entry.path]
    count = audit_set.write(folder, kept)
    return folder, kept, count, json.loads((folder / "regions.json").read_text(encoding="utf-8"))


def test_written_pictures_and_regions_agree(written):
    folder, kept, count, regions = written
    assert count == len(kept) == len(list((folder / "images").rglob("*.jpg"))) == len(regions["images"])
    assert [category["name"] for category in regions["categories"]] == [*CLASSES, "stamp"]
    names = {category["id"]: category["name"] for category in regions["categories"]}
    boxes = {image["id"]: {} for image in regions["images"]}
    for annotation in regions["annotations"]:
        boxes[annotation["image_id"]][names[annotation["category_id"]]] = annotation
    for image in regions["images"]:
        with Image.open(folder / "images" / image["file_name"]) as opened:
            assert (opened.width, opened.height) == (image["width"], image["height"])
        wanted = {image["file_name"].split("/")[0]} | ({"stamp"} if "-stamped" in image["file_name"] else set())
        assert set(boxes[image["id"]]) == wanted


def test_every_annotation_is_sound(written):
    _, _, _, regions = written
    sides = {image["id"]: image["width"] for image in regions["images"]}
    identifiers = [annotation["id"] for annotation in regions["annotations"]]
    assert len(set(identifiers)) == len(identifiers)
    for annotation in regions["annotations"]:
        points = np.array(annotation["segmentation"][0]).reshape(-1, 2)
        x, y, width, height = annotation["bbox"]
        assert len(points) >= 4
        assert points.min() >= 0 and points.max() <= sides[annotation["image_id"]]
        assert np.allclose([points.min(axis=0), points.max(axis=0)], [(x, y), (x + width, y + height)], atol=1.01)
        assert 0 < annotation["area"] <= width * height


def test_the_same_audit_set_twice_gives_the_same_bytes(written, tmp_path):
    folder, kept, _, _ = written
    audit_set.write(tmp_path, kept)
    files = sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    assert files == sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file())
    for path in files:
        assert (folder / path).read_bytes() == (tmp_path / path).read_bytes()


def test_jpeg_and_resizing_keep_the_picture():
    picture = draw(dataset.scene("house", dataset.AUDIT, 1), 224).pixels
    seen = dataset.as_file_then_input(picture)
    assert seen.shape == picture.shape and seen.dtype == np.uint8
    assert np.abs(seen.astype(int) - picture).mean() < 8


def test_committed_demo_is_the_audit_set():
    demo = Path(__file__).parents[2] / "demo"
    committed = json.loads((demo / "regions.json").read_text(encoding="utf-8"))
    wanted = [(entry.path, entry.side, entry.side) for entry in audit_set.entries()]
    assert [(image["file_name"], image["width"], image["height"]) for image in committed["images"]] == wanted
    files = {path.relative_to(demo / "images").as_posix() for path in (demo / "images").rglob("*.jpg")}
    assert files == {path for path, _, _ in wanted}
    boxes = {(item["image_id"], item["category_id"]): item["bbox"] for item in committed["annotations"]}
    assert len(boxes) == len(committed["annotations"])
    for number in range(1, len(wanted) + 1, 12):
        entry = audit_set.entries()[number - 1]
        picture = draw(entry.scene, entry.side)
        category = CLASSES.index(entry.kind) + 1
        # Another Pillow may round an edge otherwise.
        assert np.abs(np.subtract(boxes[number, category], picture.box)).max() <= 1
        with Image.open(demo / "images" / entry.path) as opened:
            assert np.abs(np.asarray(opened).astype(int) - picture.pixels).mean() < 8
