"""Where maps lie by either placement, on pictures that show an object at a known place.

    python benchmarks/placement.py MODEL [--layer NAME] [--pictures 60] [--radius 20]

MODEL is an exported model whose card has the centres of its cells. Each picture is a smooth one, without and with a
disc of noise. What the layer sees of the disc is the map D_i = sum over channels of |A_ik with - A_ik without|, which
any network has, whatever it was trained for. Printed are how far D's peak and the centre of what exceeds half of it
lie from the disc's centre, in pixels of the input: right and below are positive.
"""

import argparse
import json
import pathlib
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "export-scripts"))
from camaudit_export.saved_model import CARD, ExportedModel


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=pathlib.Path)
    parser.add_argument("--layer")
    parser.add_argument("--pictures", type=int, default=60)
    parser.add_argument("--radius", type=float, default=20)
    options = parser.parse_args()
    card = json.loads((options.model / CARD).read_text())
    wanted = options.layer or card["defaultLayer"]
    layer = next(each for each in card["layers"] if each["name"] == wanted)
    height, width = card["input"]["height"], card["input"]["width"]
    random = np.random.default_rng(4)
    places = {"resize": even(layer, height, width), "receptive-field": layer["centers"]}
    errors = {placement: [] for placement in places}
    with ExportedModel(options.model) as model:
        for _ in range(options.pictures):
            center, pair = pictures(random, height, width, options.radius)
            prepared = np.stack([model.run("preprocess", ["input"], image=each)["input"] for each in pair])
            key = f"activations/{layer['name']}"
            feeds = {"images": prepared, "image_index": [0, 1], "targets": [0, 0]}
            without, shown = model.run("gradients", [key], **feeds)[key]
            seen = np.abs(shown - without).sum(axis=-1)
            for placement, centers in places.items():
                errors[placement].append(np.subtract(found(seen, centers, height, width), center))
    print(f"{layer['name']}, {layer['height']} x {layer['width']} cells, {options.pictures} pictures")
    for placement, rows in errors.items():
        rows = np.array(rows)
        for number, what in enumerate(("peak", "centre of the half")):
            dy, dx = rows[:, number].T
            distance = np.hypot(dy, dx)
            print(
                f"{placement:16} {what:19} {dx.mean():+6.1f} px right, {dy.mean():+6.1f} px below;"
                f" distance {distance.mean():5.1f} on average, {np.median(distance):5.1f} in the median"
            )


def even(layer, height, width):
    return {
        key: ((np.arange(cells) + 0.5) * side / cells).tolist()
        for key, cells, side in (("y", layer["height"], height), ("x", layer["width"], width))
    }


def pictures(random, height, width, radius):
    """The disc's centre (y, x), and the picture without and with it."""
    y, x = np.mgrid[0:height, 0:width] + 0.5
    center = random.uniform(radius, [height - radius, width - radius])
    phases = random.uniform(0, 6.3, 6)
    waves = [np.sin(phases[i] + 5 * x / width * np.cos(phases[i + 3]) + 4 * y / height) for i in range(3)]
    without = np.uint8(127.5 + 60 * np.stack(waves, axis=-1))
    disc = np.hypot(y - center[0], x - center[1]) <= radius
    noise = random.integers(0, 256, (height, width, 3), dtype=np.uint8)
    return center, (without, np.where(disc[..., np.newaxis], noise, without))


def found(seen, centers, height, width):
    """The peak of a map laid over the input, and the centre of mass of what exceeds half of it, each (y, x)."""
    rows = np.stack([np.interp(np.arange(height) + 0.5, centers["y"], column) for column in seen.T], axis=1)
    surface = np.stack([np.interp(np.arange(width) + 0.5, centers["x"], row) for row in rows])
    peaks = np.argwhere(surface >= surface.max() * (1 - 1e-9))
    above = np.clip(surface - surface.max() / 2, 0, None)
    y, x = np.mgrid[0:height, 0:width] + 0.5
    mass = [(above * y).sum() / above.sum(), (above * x).sum() / above.sum()]
    return [peaks.mean(axis=0) + 0.5, mass]


if __name__ == "__main__":
    main()
