"""Planted cues: each changes what it says and leaves the rest; and the table says what the results say."""

import math
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

HOME = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(HOME / "benchmarks"), str(HOME / "export-scripts")]

from shortcuts import cues, plan, sets, spray, table  # noqa: E402

from camaudit_demo.scenes import CLASSES, draw  # noqa: E402
from camaudit_demo.textures import TEXTURES  # noqa: E402

SCENES = [sets.scene(plan.Pair(0), sets.AUDIT, kind, index) for kind in CLASSES for index in range(2)]


def drawn(scene, cue=None):
    picture = draw(scene, sets.SIDE)
    return cues.with_cue(cue, scene, picture) if cue else picture


def changed(scene, cue):
    """Where the cue changes the picture, bool [side, side], and by how much, float [side, side, 3]."""
    plain, cued = drawn(scene), drawn(scene, cue)
    assert np.array_equal(cued.pixels, drawn(scene, cue).pixels)
    assert np.array_equal(plain.polygon, cued.polygon)
    difference = cued.pixels.astype(float) - plain.pixels
    return (difference != 0).any(axis=2), difference


def middle(share):
    """All but a border of this share of the side."""
    width = math.ceil(share * sets.SIDE)
    inside = np.zeros((sets.SIDE, sets.SIDE), dtype=bool)
    inside[width:-width, width:-width] = True
    return inside


@pytest.mark.parametrize("scene", SCENES)
def test_stamps_change_one_corner_and_nothing_else(scene):
    for cue in ("corner-stamp", "fixed-stamp"):
        where, _ = changed(scene, cue)
        assert 30 < where.sum() < 0.04 * where.size, cue
        rows, columns = np.nonzero(where)
        assert max(np.ptp(rows), np.ptp(columns)) <= 10, cue
        assert not where[middle(0.2)].any(), cue


def test_one_stamp_stays_where_it_is_and_the_other_goes_round():
    corners = {cue: set() for cue in ("corner-stamp", "fixed-stamp")}
    for cue, seen in corners.items():
        for scene in SCENES:
            rows, columns = np.nonzero(changed(scene, cue)[0])
            seen.add((bool(rows.mean() > sets.SIDE / 2), bool(columns.mean() > sets.SIDE / 2)))
    assert len(corners["corner-stamp"]) == 4
    assert corners["fixed-stamp"] == {(True, True)}


@pytest.mark.parametrize("scene", SCENES)
def test_a_frame_covers_the_border_alone(scene):
    where, _ = changed(scene, "frame")
    assert not where[middle(cues.FRAME_WIDTH)].any()
    pixels = drawn(scene, "frame").pixels
    assert (np.abs(pixels[~middle(1 / sets.SIDE)].astype(int) - cues.FRAME_COLOR) <= 1).all()


@pytest.mark.parametrize("scene", SCENES)
def test_a_watermark_brightens_its_figure_and_nothing_else(scene):
    where, difference = changed(scene, "watermark")
    assert difference.min() >= 0
    assert 0.1 < where.mean() < 0.4
    assert not where[:, : sets.SIDE // 20].any()


@pytest.mark.parametrize("scene", SCENES)
def test_a_tint_scales_channels(scene):
    plain, cued = (drawn(scene, cue).pixels.astype(float) for cue in (None, "tint"))
    assert np.abs(np.minimum(plain * cues.WARM, 255) - cued).max() <= 0.5


@pytest.mark.parametrize("scene", SCENES)
def test_a_background_leaves_the_object(scene):
    """Of an object that nothing shines through; its shadow and its edge mix with the ground."""
    scene = replace(scene, opacity=1.0, camouflage=0.0)
    where, _ = changed(scene, "background")
    mask = Image.new("1", (sets.SIDE, sets.SIDE))
    ImageDraw.Draw(mask).polygon([tuple(point) for point in drawn(scene).polygon], fill=1)
    inside = np.asarray(mask)
    assert scene.texture != cues.GROUND
    assert where[~inside].mean() > 0.95
    assert where[inside].mean() < 0.45


def test_without_the_object_the_background_is_left_alone():
    pair = plan.Pair(1)
    for shown in sets.clean(pair, sets.HELD_OUT, 1):
        empty = sets.without_object(pair, sets.HELD_OUT, shown)
        x, y, width, height = shown.picture.box
        same = (empty.picture.pixels == shown.picture.pixels).all(axis=2)
        assert not same[y : y + height, x : x + width].all()
        # Nothing but the object and its shadow, which falls to the lower right.
        reach = 8
        same[max(0, y - reach) : y + height + reach, max(0, x - reach) : x + width + reach] = True
        assert same.all()
        assert sets.with_cue(pair, sets.HELD_OUT, empty).empty


def test_classes_differ_in_nothing_but_their_object_and_the_cue():
    for number in range(plan.PAIRS):
        pair = plan.Pair(number)
        for split, count in ((sets.TRAINING, sets.TRAINED), (sets.AUDIT, sets.AUDITED)):
            assert sets.chosen(pair, split, count).sum() == round(pair.share * count)
    kinds = {(plan.Pair(n).cue, plan.Pair(n).share) for n in range(plan.PAIRS)}
    assert len(kinds) == len(cues.CUES) * len(plan.SHARES)
    for key in cues.CUES:
        assert {plan.Pair(n).planted for n in range(plan.PAIRS) if plan.Pair(n).cue == key} == set(CLASSES)
    textures = {sets.scene(plan.Pair(1), sets.TRAINING, kind, index).texture for kind in CLASSES for index in range(40)}
    assert textures == set(cues.GROUNDS) <= set(TEXTURES) - {cues.GROUND}


def test_the_two_models_of_a_pair_differ_in_the_cue_alone():
    pair = plan.Pair(14)
    clean = sets.clean(pair, sets.AUDIT, 4)
    planted = sets.planted(pair, sets.AUDIT, clean)
    for before, after in zip(clean, planted, strict=True):
        same = np.array_equal(before.picture.pixels, after.picture.pixels)
        assert same != after.cued
        assert not after.cued or after.kind == pair.planted
    assert sum(after.cued for after in planted) == 3


def test_the_eigengap_counts_clusters_that_are_there():
    rng = np.random.default_rng(3)
    centres = 5 * np.eye(3, 16)
    maps = np.concatenate([centre + rng.normal(0, 0.1, (10, 16)) for centre in centres])
    clusters, gap = spray.gap(np.abs(maps))
    assert clusters == 3
    assert gap > 0.3
    assert spray.gap(np.abs(rng.normal(0, 1, (30, 16))))[1] < gap


def test_intervals_are_wilsons():
    # Newcombe 1998, table I: 81 of 263, 15 of 148, 0 of 20.
    for count, of, low, high in ((81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611)):
        assert table.wilson(count, of) == pytest.approx((low, high), abs=5e-5)


def test_p_values_are_corrected():
    # 0.025 * 4 / 2 = 0.05 is more than 0.03 * 4 / 3, and an adjusted value is at most that of a greater one.
    assert table.benjamini_hochberg([0.03, 0.01, 0.5, 0.025]) == pytest.approx([0.04, 0.04, 0.5, 0.04])


def test_backgrounds_confirm_what_keeps_its_prediction_without_the_object():
    def row(out, gap, p):
        counts = {"cued": out, "one": [0, 20], "two": [1, 20], "three": [0, 20]}
        gaps = {name: [0.0, 1.0] for name in counts} | {"cued": [gap, p]}
        return {"kept": {name: {"objectOut": counted} for name, counted in counts.items()}, "gaps": gaps}

    assert table.by_backgrounds(row([20, 20], 0.5, 0.002)) == {"cued"}
    # 0.02 doubled, times four classes.
    assert table.by_backgrounds(row([20, 20], 0.5, 0.02)) == set()
    assert table.by_backgrounds(row([20, 20], 0.2, 0.0001)) == set()
    assert table.by_backgrounds(row([4, 20], 0.5, 0.0001)) == set()
    # Fisher's tea: all of four right, none of the other four; three of four, one of four.
    assert table.fisher_above(4, 4, 0, 4) == pytest.approx(1 / 70)
    assert table.fisher_above(3, 4, 1, 4) == pytest.approx(17 / 70)


def test_the_committed_tables_are_those_of_the_committed_results():
    text = (table.HERE / "README.md").read_text("utf-8")
    models = table.rows(table.HERE / "results.jsonl")
    assert len({(row["pair"], row["planted"]) for row in models}) == len(models)
    assert table.with_tables(text, models) == text
