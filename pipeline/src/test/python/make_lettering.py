"""Makes the letters that captions and legends are drawn with, so that they look the same on every machine.

Run from the repository's root, with Pillow, NumPy and matplotlib installed, which brings DejaVu Sans along:

    python pipeline/src/test/python/make_lettering.py

Java's own fonts are those of the machine, or none at all. So each letter is drawn here once, in two sizes, as its
coverage of each pixel.

Written into pipeline/src/main/resources/io/camaudit/image/:
    lettering.txt      the characters in their order, then for each size a line: its name, a cell's width and height,
                       and each character's advance, all in pixels
    lettering-N.png    8-bit grey, 32 cells a row: a character's coverage, its origin INSET pixels inside the cell
"""

from pathlib import Path

import matplotlib
import numpy as np
from PIL import Image, ImageDraw, ImageFont

TARGET = Path(__file__).parents[2] / "main/resources/io/camaudit/image"
FONT = Path(matplotlib.get_data_path()) / "fonts/ttf/DejaVuSans.ttf"
SIZES = (15, 24)
INSET = 2
ROW = 32
# Latin, Greek, Cyrillic, and the punctuation that names have.
RANGES = [(0x20, 0x7E), (0xA1, 0x17F), (0x384, 0x3CE), (0x400, 0x45F), (0x1E80, 0x1E85), (0x1EF2, 0x1EF3)]
OTHERS = "‐–—‘’‚“”„†•…‰′″‹›€№™−≈≠≤≥×"  # noqa: RUF001


def characters():
    named = [chr(code) for first, last in RANGES for code in range(first, last + 1)] + list(OTHERS)
    assigned = [c for c in named if c.isprintable() and c != "\u00ad"]
    return sorted(set(assigned))


def atlas(letters, size):
    font = ImageFont.truetype(str(FONT), size, layout_engine=ImageFont.Layout.BASIC)
    ascent, descent = font.getmetrics()
    width = max(font.getbbox(c)[2] for c in letters) + 2 * INSET
    height = ascent + descent
    rows = -(-len(letters) // ROW)
    grey = Image.new("L", (ROW * width, rows * height))
    for i, letter in enumerate(letters):
        cell = Image.new("L", (width, height))
        ImageDraw.Draw(cell).text((INSET, 0), letter, font=font, fill=255)
        grey.paste(cell, (i % ROW * width, i // ROW * height))
    advances = [round(font.getlength(c)) for c in letters]
    return grey, width, height, advances


def main():
    letters = characters()
    lines = ["".join(letters)]
    for size in SIZES:
        grey, width, height, advances = atlas(letters, size)
        assert np.asarray(grey).max() == 255
        grey.save(TARGET / f"lettering-{size}.png", optimize=True)
        lines.append(" ".join(str(n) for n in [size, width, height, *advances]))
    (TARGET / "lettering.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
