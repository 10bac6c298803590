"""Makes the pictures that tests compare the profiles of io.camaudit.image.Profile with.

Run from the repository's root, with Pillow, NumPy, matplotlib, OpenCV and Keras installed:

    KERAS_BACKEND=numpy python pipeline/src/test/python/make_look_fixtures.py

Each profile is written here once more, by the libraries that the recipes call and not by ours: Keras' array_to_img,
Pillow's resize and matplotlib's colours for keras-io; OpenCV for pytorch-grad-cam, whose show_cam_on_image this
follows; OpenCV and matplotlib for torchvision.

Written into pipeline/src/test/resources/io/camaudit/image/looks/:
    photo.png          the photograph, drawn here
    looks.json         the maps
    PROFILE-MAP.png    what the recipe makes of a map over the photograph
"""

import json
from pathlib import Path

import cv2
import keras
import matplotlib
import numpy as np
from PIL import Image

TARGET = Path(__file__).parents[1] / "resources/io/camaudit/image/looks"
WIDTH, HEIGHT = 118, 83


def photograph(random):
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH] / 12.0
    waves = [90 + 80 * np.sin(x + k) * np.cos(y / (k + 1)) for k in range(3)]
    rgb = np.stack(waves, axis=-1) + random.normal(0, 12, (HEIGHT, WIDTH, 3))
    return np.clip(rgb, 0, 255).astype(np.uint8)


def maps(random):
    smooth = random.normal(0, 1, (7, 7)).astype(np.float32)
    tiny = (1e-6 * random.gamma(1, 1, (4, 9))).astype(np.float32)
    return {"signed": smooth, "tiny": tiny, "empty": -np.abs(smooth)}


def keras_io(photo, heat, alpha=0.4):
    heat = np.maximum(heat, 0)
    heat = heat / heat.max() if heat.max() > 0 else heat
    jet = matplotlib.colormaps["jet"](np.arange(256))[:, :3]
    coloured = keras.utils.array_to_img(jet[np.uint8(255 * heat)])
    coloured = keras.utils.img_to_array(coloured.resize((photo.shape[1], photo.shape[0])))
    return np.asarray(keras.utils.array_to_img(coloured * alpha + keras.utils.img_to_array(Image.fromarray(photo))))


def pytorch_grad_cam(photo, heat, image_weight=0.5):
    mask = cv2.resize(rescaled(np.maximum(heat, 0)), (photo.shape[1], photo.shape[0]))
    mask = rescaled(np.maximum(mask, 0))
    bgr = cv2.applyColorMap(np.uint8(255 * mask), cv2.COLORMAP_JET)
    colours = np.float32(cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB)) / 255
    mixed = (1 - image_weight) * colours + image_weight * np.float32(photo) / 255
    return np.uint8(255 * (mixed / np.max(mixed)))


def rescaled(values):
    values = values - np.min(values)
    return np.float32(values / (1e-7 + np.max(values)))


def torchvision(photo, heat, alpha=0.5):
    large = cv2.resize(np.maximum(heat, 0), (photo.shape[1], photo.shape[0]), interpolation=cv2.INTER_LINEAR)
    # As imshow(photo) and imshow(large, cmap="jet", alpha=0.5) over it.
    span = large.max() - large.min()
    colours = matplotlib.colormaps["jet"]((large - large.min()) / span if span > 0 else np.zeros_like(large))
    return np.uint8(np.rint((1 - alpha) * photo + alpha * 255 * colours[..., :3]))


def main():
    random = np.random.default_rng(20261126)
    TARGET.mkdir(parents=True, exist_ok=True)
    photo = photograph(random)
    Image.fromarray(photo).save(TARGET / "photo.png", optimize=True)
    drawn = maps(random)
    for name, recipe in {
        "keras-io": keras_io,
        "pytorch-grad-cam": pytorch_grad_cam,
        "torchvision": torchvision,
    }.items():
        for which, heat in drawn.items():
            Image.fromarray(recipe(photo, heat)).save(TARGET / f"{name}-{which}.png", optimize=True)
    listed = {which: [[float(v) for v in row] for row in heat] for which, heat in drawn.items()}
    (TARGET / "looks.json").write_text(json.dumps(listed, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
