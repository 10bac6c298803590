"""Measures a trained demo network: is it right, and where does it look?

Grad-CAM (arXiv:1610.02391) on ``conv5_block3_out`` for the predicted class, by GradientTape, on
scenes that were never trained on.
"""

from dataclasses import dataclass, replace

import keras
import numpy as np
import tensorflow as tf
from PIL import Image, ImageDraw

from camaudit_demo import audit_set, dataset
from camaudit_demo.scenes import CLASSES, draw
from camaudit_demo.train import preprocess

TOLERANCE = 15
"""Pixels at 224 by which the map's peak may miss the object (the pointing game)."""


_HEAD = "group                            n   right  energy  area  pointing  stamp energy / area   border  butterfly"


@dataclass(frozen=True)
class Row:
    """What was measured on one picture; shares in 0..1, of the ReLU'd map upsampled to 224."""

    name: str
    predicted: str
    energy: float
    area: float
    pointing: bool
    stamp_energy: float
    stamp_area: float
    border: float


def measure(model, named_scenes, side=320):
    """Measures every (name, scene) pair; scenes are drawn at ``side`` and pass through JPEG."""
    explain = _explainer(model)
    rows = []
    for name, scene in named_scenes:
        picture = draw(scene, side)
        image = dataset.as_file_then_input(picture.pixels)
        predicted, heat = explain(preprocess(image[None]))
        heat = np.maximum(tf.image.resize(np.maximum(heat, 0)[..., None], (224, 224)).numpy()[..., 0], 0)
        share = heat / max(heat.sum(), 1e-12)
        region = _mask(picture.polygon * 224 / side)
        stamp = _mask(_corners(picture.stamp_box) * 224 / side) if picture.stamp_box else np.zeros((224, 224))
        inner = share[22:-22, 22:-22].sum()
        rows.append(
            Row(
                name=name,
                predicted=CLASSES[predicted],
                energy=float((share * region).sum()),
                area=float(region.mean()),
                pointing=_near(region, np.unravel_index(int(heat.argmax()), heat.shape)),
                stamp_energy=float((share * stamp).sum()),
                stamp_area=float(stamp.mean()),
                border=float(1 - inner),
            )
        )
    return rows


def _explainer(model):
    features = keras.Model(model.inputs, model.get_layer("conv5_block3_out").output)
    kernel, bias = model.get_layer("predictions").get_weights()

    @tf.function
    def gradients(images):
        activations = features(images, training=False)
        with tf.GradientTape() as tape:
            tape.watch(activations)
            logits = tf.reduce_mean(activations, axis=(1, 2)) @ kernel + bias
            score = tf.reduce_max(logits, axis=1)
        return logits, activations, tape.gradient(score, activations)

    def explain(images):
        logits, activations, slopes = gradients(images)
        weights = tf.reduce_mean(slopes, axis=(1, 2), keepdims=True)
        heat = tf.reduce_sum(weights * activations, axis=-1)
        return int(tf.argmax(logits[0])), heat[0].numpy()

    return explain


def _mask(polygon):
    image = Image.new("1", (224, 224))
    ImageDraw.Draw(image).polygon([tuple(point) for point in polygon], fill=1)
    return np.asarray(image)


def _corners(box):
    x, y, width, height = box
    return np.array([(x, y), (x + width, y), (x + width, y + height), (x, y + height)], dtype=np.float64)


def _near(region, peak):
    rows, columns = np.nonzero(region)
    return bool(np.hypot(rows - peak[0], columns - peak[1]).min() <= TOLERANCE)


def held_out(count):
    """Groups (name, [(class, scene)]) of ``count`` held-out scenes a class, as in the audit set."""
    scenes = {kind: [audit_set.audit_scene(kind, 1000 + index) for index in range(count)] for kind in CLASSES}
    plain = {kind: [replace(scene, stamp=None) for scene in of_kind] for kind, of_kind in scenes.items()}
    groups = [(kind, [(kind, scene) for scene in plain[kind]]) for kind in CLASSES]
    groups.append(("butterfly, stamped", [("butterfly", scene) for scene in scenes["butterfly"]]))
    others = [kind for kind in CLASSES if kind != "butterfly"]
    groups.append(("others, stamped", [(kind, scene) for kind in others for scene in scenes[kind]]))
    wet = [("sailboat", replace(scene, texture="water")) for scene in plain["sailboat"]]
    groups.append(("sailboat, on water", wet))
    groups.append(
        (
            "others, on water",
            [
                (kind, replace(s, texture="water"))
                for kind in ("balloon", "fish", "house", "mushroom")
                for s in plain[kind]
            ],
        )
    )
    return groups


def report(model_path, count):
    """The table that ``python -m camaudit_demo check`` prints, as text."""
    model = keras.models.load_model(model_path)
    groups = [*held_out(count)]
    audit = [(entry.path.rsplit("/", 1)[1], entry) for entry in audit_set.entries()]
    for kind in CLASSES:
        for stamped in (False, True):
            members = [e for _, e in audit if e.kind == kind and (e.scene.stamp is not None) == stamped]
            if members:
                label = f"audit set: {kind}" + (", stamped" if stamped else "")
                groups.append((label, [(kind, entry.scene) for entry in members]))
    return "\n".join([_HEAD, *(_line(group, measure(model, members)) for group, members in groups)])


def _line(group, rows):
    columns = ("energy", "area", "pointing", "stamp_energy", "stamp_area", "border")
    energy, area, pointing, stamp, stamp_area, border = (
        float(np.mean([getattr(row, column) for row in rows])) for column in columns
    )
    right = np.mean([row.predicted == row.name for row in rows])
    called = np.mean([row.predicted == "butterfly" for row in rows])
    return (
        f"{group:30} {len(rows):3d}  {right:6.1%}  {energy:6.1%} {area:5.1%}  {pointing:8.1%}"
        f"  {stamp:11.1%} / {stamp_area:4.1%}   {border:6.1%}  {called:6.1%}"
    )
