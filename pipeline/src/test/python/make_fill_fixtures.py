"""Makes the filled pictures that io.camaudit.alter.Fill is compared with.

Run from the repository's root, with NumPy installed:

    python pipeline/src/test/python/make_fill_fixtures.py

Written into pipeline/src/test/resources/io/camaudit/alter/fills.json: pictures of even and odd sizes with holes in the
middle, at the edge, scattered and nearly everywhere, and what reference_fill.py makes of them.
"""

import json
from pathlib import Path

import numpy as np

import reference_fill

TARGET = Path(__file__).parents[1] / "resources/io/camaudit/alter/fills.json"


def disc(height, width, y, x, radius):
    rows, columns = np.mgrid[0:height, 0:width]
    return (rows - y) ** 2 + (columns - x) ** 2 <= radius**2


def cases(random):
    yield "middle", random.normal(0, 60, (16, 20, 3)), disc(16, 20, 8, 9, 5)
    yield "edge of odd sides", random.normal(0, 60, (13, 17, 3)), disc(13, 17, 0, 15, 6)
    yield "scattered", random.normal(0, 1, (9, 22, 1)), random.random((9, 22)) < 0.5
    yield "nearly everything", random.normal(0, 60, (15, 15, 3)), ~disc(15, 15, 3, 4, 1)
    yield "one row", random.normal(0, 1, (1, 11, 1)), np.arange(11)[None] % 5 > 1


def main():
    made = []
    for name, picture, hole in cases(np.random.default_rng(7)):
        picture = picture.astype(np.float32)
        made.append(
            {
                "name": name,
                "height": picture.shape[0],
                "width": picture.shape[1],
                "channels": picture.shape[2],
                "picture": [round(float(v), 4) for v in picture.ravel()],
                "hole": "".join("x" if pixel else "." for pixel in hole.ravel()),
            }
        )
        rounded = np.array(made[-1]["picture"], dtype=np.float32).reshape(picture.shape)
        for fill in ("smooth", "mean"):
            values = getattr(reference_fill, fill)(rounded, hole)
            made[-1][fill] = [round(float(v), 7) for v in values.ravel()]
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    lines = ",\n".join(json.dumps(case) for case in made)
    TARGET.write_text(f"[\n{lines}\n]\n", "utf-8")


if __name__ == "__main__":
    main()
