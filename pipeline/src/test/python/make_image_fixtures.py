"""Makes the small pictures that the Java tests of io.camaudit.image decode, and what is expected.

Run from the repository's root, with Pillow, NumPy, matplotlib, OpenCV and TensorFlow installed:

    python pipeline/src/test/python/make_image_fixtures.py

Every picture is drawn here; nothing is fetched. Expected pixels come from Pillow, an independent
decoder, reduced to what the decoder under test promises: alpha dropped (the colour underneath
stays), 16-bit samples by their high byte, the first frame. Colours come from matplotlib,
upsampled maps from tf.image.resize, scaled pictures from exact area weights in NumPy.

Written into pipeline/src/test/resources/io/camaudit/image/:
    pictures/*        the files
    expected/*.rgb.gz their pixels, row by row, 3 bytes each; equal ones are stored once
    pictures.json     for each file: format, size, EXIF orientation, allowed difference, pixels
    colormaps.json    256 colours for each colour scale
    upsampling.json   maps and probes of the upsampled maps
    area.json         a picture scaled down
"""

import gzip
import hashlib
import io
import json
import shutil
import struct
import zlib
from pathlib import Path

import cv2
import matplotlib
import numpy as np
import tensorflow as tf
from PIL import Image, ImageOps

TARGET = Path(__file__).parents[1] / "resources/io/camaudit/image"
WIDTH, HEIGHT = 32, 24
ORIENTATION_TAG = 0x0112
# TensorFlow's default is the fast integer DCT, Pillow's the accurate one; at the edges of the blocks
# below they differ by up to 6 levels. Equality with TensorFlow itself is checked by a digest.
JPEG_TOLERANCE = 6
# Decoders of lossy WebP differ in how they widen the halved colour channels.
WEBP_TOLERANCE = 3


def blocks():
    """Red, green, blue and yellow corners (clockwise: red, green, yellow, blue) on a gradient."""
    rgb = smooth()
    rgb[:8, :10] = 230, 20, 30
    rgb[:8, -10:] = 20, 200, 40
    rgb[-8:, :10] = 30, 40, 220
    rgb[-8:, -10:] = 240, 230, 20
    return rgb


def smooth():
    """A gradient in every channel, gentle enough for lossy codecs to agree on."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    channels = [40 + 5 * x, 60 + 6 * y, 200 - 2 * x - 3 * y]
    return np.stack(channels, axis=-1).astype(np.uint8)


def png(samples, colour_type, interlaced=False):
    """A PNG as Pillow cannot write it: 16 bits a sample, or interlaced (Adam7)."""
    height, width, _ = samples.shape
    bits = 8 * samples.itemsize
    passes = [(0, 0, 1, 1)]
    if interlaced:
        passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4)]
        passes += [(1, 0, 2, 2), (0, 1, 1, 2)]
    lines = b""
    for left, top, right, down in passes:
        for row in samples[top::down, left::right]:
            lines += b"\0" + row.astype(f">u{samples.itemsize}").tobytes()
    header = struct.pack(">IIBBBBB", width, height, bits, colour_type, 0, 0, int(interlaced))
    chunks = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(lines, 9)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def tiff_rgb16(samples):
    """A big-endian, uncompressed TIFF of 16 bits a sample, which Pillow reads but cannot write."""
    height, width, _ = samples.shape
    pixels = samples.astype(">u2").tobytes()
    bits_at = 8 + len(pixels)
    entries = [
        (256, 3, 1, width << 16),
        (257, 3, 1, height << 16),
        (258, 3, 3, bits_at),
        (259, 3, 1, 1 << 16),
        (262, 3, 1, 2 << 16),
        (273, 4, 1, 8),
        (277, 3, 1, 3 << 16),
        (278, 3, 1, height << 16),
        (279, 4, 1, len(pixels)),
    ]
    directory = struct.pack(">H", len(entries))
    directory += b"".join(struct.pack(">HHII", *entry) for entry in entries) + bytes(4)
    header = b"MM\0*" + struct.pack(">I", bits_at + 6)
    return header + pixels + struct.pack(">HHH", 16, 16, 16) + directory


def saved(image, kind, **options):
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def exif(orientation):
    block = Image.Exif()
    block[ORIENTATION_TAG] = orientation
    return block


class Pictures:
    """Writes pictures, their expected pixels and the list of them."""

    def __init__(self):
        self.listed = []
        for folder in ("pictures", "expected"):
            shutil.rmtree(TARGET / folder, ignore_errors=True)
            (TARGET / folder).mkdir(parents=True)

    def add(self, name, data, kind, tolerance=0, orientation=1, pixels=None):
        """Adds a file; expected pixels, if not given, are Pillow's."""
        self.raw(name, data)
        image = Image.open(io.BytesIO(data))
        if pixels is None:
            pixels = opaque(image)
        upright = np.asarray(ImageOps.exif_transpose(with_orientation(pixels, orientation)))
        self.listed.append(
            {
                "file": name,
                "format": kind,
                "orientation": orientation,
                "tolerance": tolerance,
                "tensorflow": tensorflow_digest(data, kind),
                "stored": self.expected(pixels),
                "upright": self.expected(upright),
            }
        )

    def raw(self, name, data):
        """Adds a file that is no picture or a broken one."""
        (TARGET / "pictures" / name).write_bytes(data)

    def expected(self, pixels):
        data = np.ascontiguousarray(pixels, np.uint8).tobytes()
        name = hashlib.sha256(data).hexdigest()[:12] + ".rgb.gz"
        (TARGET / "expected" / name).write_bytes(gzip.compress(data, mtime=0))
        return {"width": pixels.shape[1], "height": pixels.shape[0], "pixels": name}


def tensorflow_digest(data, kind):
    """SHA-256 of the pixels by the decoder that models are trained with; none for other formats."""
    decode = {"JPEG": tf.io.decode_jpeg, "PNG": tf.io.decode_png}.get(kind)
    return decode and hashlib.sha256(decode(data, channels=3).numpy().tobytes()).hexdigest()


def with_orientation(pixels, orientation):
    image = Image.fromarray(pixels)
    image.getexif()[ORIENTATION_TAG] = orientation
    return image


def opaque(image):
    """Pillow's pixels: alpha dropped, 16-bit samples by their high byte."""
    if image.mode.startswith("I"):
        grey = (np.asarray(image).astype(np.uint32) >> 8).astype(np.uint8)
        return np.stack([grey] * 3, axis=-1)
    return np.asarray(image.convert("RGB"))


def write_pictures():
    out = Pictures()
    colour = Image.fromarray(blocks())
    grey = colour.convert("L")
    gentle = Image.fromarray(smooth())
    alpha = Image.fromarray(np.tile(np.linspace(0, 255, WIDTH).astype(np.uint8), (HEIGHT, 1)))
    transparent = colour.copy()
    transparent.putalpha(alpha)
    palette = colour.quantize(32)
    assert len(palette.getpalette()) // 3 <= 32
    wide = smooth().astype(np.uint16) * 256 + np.arange(WIDTH, dtype=np.uint16)[:, None] * 6

    jpeg = saved(colour, "JPEG", quality=92)
    out.add("rgb.jpg", jpeg, "JPEG", JPEG_TOLERANCE)
    out.add("grey.jpg", saved(grey, "JPEG"), "JPEG", JPEG_TOLERANCE)
    progressive = saved(colour, "JPEG", progressive=True, subsampling=0)
    out.add("progressive.jpg", progressive, "JPEG", JPEG_TOLERANCE)
    cmyk = Image.merge("CMYK", [*gentle.split(), gentle.split()[2].point(lambda v: v // 4)])
    out.add("cmyk.jpg", saved(cmyk, "JPEG", quality=95), "JPEG", JPEG_TOLERANCE)
    for orientation in range(1, 9):
        data = saved(colour, "JPEG", quality=92, exif=exif(orientation))
        out.add(f"orientation{orientation}.jpg", data, "JPEG", JPEG_TOLERANCE, orientation)
    nonsense = saved(colour, "JPEG", quality=92, exif=exif(9))
    out.add("orientation9.jpg", nonsense, "JPEG", JPEG_TOLERANCE)

    plain = saved(colour, "PNG")
    out.add("rgb.png", plain, "PNG")
    out.add("png-named.jpg", plain, "PNG")
    out.add("grey.png", saved(grey, "PNG"), "PNG")
    out.add("one-bit.png", saved(colour.convert("1"), "PNG"), "PNG")
    grey_alpha = transparent.convert("LA")
    out.add("grey-alpha.png", saved(grey_alpha, "PNG"), "PNG", pixels=opaque(grey))
    out.add("rgba.png", saved(transparent, "PNG"), "PNG", pixels=blocks())
    data = saved(palette, "PNG", transparency=bytes(range(0, 256, 8)))
    out.add("palette.png", data, "PNG", pixels=opaque(palette))
    out.add("rgb16.png", png(wide, 2), "PNG", pixels=(wide >> 8).astype(np.uint8))
    out.add("grey16.png", png(wide[:, :, :1], 0), "PNG")
    out.add("interlaced.png", png(blocks(), 2, interlaced=True), "PNG")
    out.add("orientation6.png", saved(colour, "PNG", exif=exif(6)), "PNG", orientation=6)

    out.add("rgb.bmp", saved(colour, "BMP"), "BMP")
    out.add("palette.bmp", saved(palette, "BMP"), "BMP")
    out.add("grey.bmp", saved(grey, "BMP"), "BMP")
    out.add("one-bit.bmp", saved(colour.convert("1"), "BMP"), "BMP")
    out.add("rgba.bmp", saved(transparent, "BMP"), "BMP", pixels=blocks())

    frames = [palette, gentle.quantize(8)]
    out.add("animated.gif", saved(frames[0], "GIF", save_all=True, append_images=frames[1:]), "GIF")
    out.add("transparent.gif", saved(palette, "GIF", transparency=3), "GIF")

    out.add(
        "lossy.webp",
        saved(gentle.point(lambda v: 90 + v // 4), "WEBP", quality=95),
        "WEBP",
        WEBP_TOLERANCE,
    )
    out.add("lossless.webp", saved(colour, "WEBP", lossless=True), "WEBP")
    solid = Image.new("RGB", (WIDTH, HEIGHT), (200, 30, 90))
    out.add("solid.webp", saved(solid, "WEBP", lossless=True), "WEBP")
    data = saved(transparent, "WEBP", lossless=True, exact=True)
    out.add("rgba.webp", data, "WEBP", pixels=blocks())
    data = saved(colour, "WEBP", lossless=True, exif=exif(8))
    out.add("orientation8.webp", data, "WEBP", orientation=8)
    data = saved(colour, "WEBP", save_all=True, append_images=[gentle], lossless=True)
    out.add("animated.webp", data, "WEBP")

    out.add("rgb.tif", saved(colour, "TIFF"), "TIFF")
    out.add("lzw.tif", saved(colour, "TIFF", compression="tiff_lzw"), "TIFF")
    out.add("deflate.tif", saved(colour, "TIFF", compression="tiff_adobe_deflate"), "TIFF")
    out.add("packbits.tif", saved(colour, "TIFF", compression="packbits"), "TIFF")
    out.add("grey.tif", saved(grey, "TIFF"), "TIFF")
    out.add("white-is-zero.tif", saved(grey, "TIFF", tiffinfo={262: 0}), "TIFF")
    out.add("one-bit.tif", saved(colour.convert("1"), "TIFF"), "TIFF")
    out.add("fax.tif", saved(colour.convert("1"), "TIFF", compression="group4"), "TIFF")
    out.add("palette.tif", saved(palette, "TIFF"), "TIFF")
    out.add("rgba.tif", saved(transparent, "TIFF"), "TIFF", pixels=blocks())
    out.add("grey16.tif", saved(Image.fromarray(wide[:, :, 0]), "TIFF"), "TIFF")
    out.add("rgb16.tif", tiff_rgb16(wide), "TIFF", pixels=(wide >> 8).astype(np.uint8))
    out.add("cmyk.tif", saved(cmyk, "TIFF"), "TIFF", 1)
    data = saved(colour, "TIFF", compression="tiff_lzw", tiffinfo={274: 3})
    out.add("orientation3.tif", data, "TIFF", orientation=3, pixels=blocks())
    data = saved(colour, "TIFF", save_all=True, append_images=[gentle], compression="tiff_lzw")
    out.add("pages.tif", data, "TIFF")

    out.raw("truncated.jpg", jpeg[: len(jpeg) * 2 // 3])
    out.raw("truncated.png", plain[: len(plain) * 2 // 3])
    out.raw("text.jpg", b"This is a note about a photograph, not the photograph.\n")
    out.raw("float.tif", saved(Image.fromarray(smooth()[:, :, 0] / np.float32(255)), "TIFF"))
    header = struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header)
    out.raw("bomb.png", bomb + chunk(b"IDAT", zlib.compress(bytes(4096))) + chunk(b"IEND", b""))
    write_json("pictures.json", out.listed)


def write_colormaps():
    tables = {}
    for name in ("viridis", "turbo", "jet", "inferno", "magma"):
        colours = matplotlib.colormaps[name](np.arange(256))[:, :3]
        tables[name] = np.rint(255 * colours).astype(np.uint8).tobytes().hex()
    levels = np.arange(256, dtype=np.uint8)[None]
    tables["opencv-jet"] = cv2.applyColorMap(levels, cv2.COLORMAP_JET)[0, :, ::-1].tobytes().hex()
    write_json("colormaps.json", tables)


def write_upsampling(random):
    cases = []
    for (rows, columns), (height, width) in [((7, 7), (224, 224)), ((14, 10), (96, 64))]:
        values = random.normal(size=(rows, columns)).astype(np.float32)
        positive = np.maximum(values, 0) / values.max()
        drawn = tf.image.resize(positive[..., None], (height, width), "bilinear").numpy()[..., 0]
        probes = [(0, 0), (0, width - 1), (height - 1, 0), (height - 1, width - 1)]
        probes += zip(random.integers(0, height, 250), random.integers(0, width, 250), strict=True)
        cases.append(
            {
                "rows": rows,
                "columns": columns,
                "values": [float(v) for v in values.ravel()],
                "height": height,
                "width": width,
                "probes": [[int(y), int(x), round(float(drawn[y, x]), 7)] for y, x in probes],
            }
        )
    write_json("upsampling.json", cases)


def overlaps(old, new):
    """[new, old] weights: the share of each new pixel's extent that an old pixel covers."""
    edges = np.linspace(0, old, new + 1)
    low = np.maximum(edges[:-1, None], np.arange(old)[None])
    high = np.minimum(edges[1:, None], np.arange(old)[None] + 1)
    return np.clip(high - low, 0, None) / (old / new)


def write_area(random):
    height, width = 13, 17
    picture = random.integers(0, 256, (height, width, 3), dtype=np.uint8)
    sizes = []
    for new_width, new_height in [(7, 5), (16, 12), (17, 3), (1, 1), (17, 13)]:
        y, x = overlaps(height, new_height), overlaps(width, new_width)
        mean = np.einsum("yh,xw,hwc->yxc", y, x, picture)
        scaled = np.floor(mean + 0.5).astype(np.uint8).tobytes().hex()
        sizes.append({"width": new_width, "height": new_height, "rgb": scaled})
    area = {"width": width, "height": height, "rgb": picture.tobytes().hex(), "scaled": sizes}
    write_json("area.json", area)


def write_json(name, content):
    (TARGET / name).write_text(json.dumps(content, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    generator = np.random.default_rng(20261121)
    write_pictures()
    write_colormaps()
    write_upsampling(generator)
    write_area(generator)
