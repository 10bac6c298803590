"""Makes a corpus of small files in every format and odd variant, and the table of their pixels by Pillow.

Run from the repository's root in a virtual environment of its own:

    pip install pillow==12.0.0 numpy tifffile imagecodecs
    python pipeline/src/test/python/make_picture_corpus.py

Everything is drawn here; nothing is fetched. Pillow decodes the picture files; the table holds, for
each file, the size and the mean colour of every cell of a grid of 8 x 6. Pixels are as the README
promises: alpha dropped (the colour underneath stays), 16-bit samples by their high byte, colour
profiles not applied, the first frame on its canvas, as stored. Where Pillow cannot read what the
decoder can, or reads it by another convention, the drawing itself is the reference; such a file is
written without loss.

Written into pipeline/src/test/resources/io/camaudit/image/corpus/:
    FILES       the pictures, and under other- names pictures that are known and not decoded
    table.json  file, format, size, tolerance and the means; for others the status and a word of the reason
"""

import io
import json
import shutil
import struct
import zlib
from pathlib import Path

import imagecodecs
import numpy as np
import tifffile
from PIL import Image, ImageCms

TARGET = Path(__file__).parents[1] / "resources/io/camaudit/image/corpus"
WIDTH, HEIGHT = 48, 36
COLUMNS, ROWS = 8, 6
EXACT = 0.01


def drawing(width=WIDTH, height=HEIGHT):
    """A gradient in every channel, with a corner of each primary colour."""
    y, x = np.mgrid[0:height, 0:width]
    rgb = np.stack([40 + 200 * x // width, 60 + 150 * y // height, 220 - 150 * x // width], axis=-1)
    rgb = rgb.astype(np.uint8)
    rgb[: height // 4, : width // 4] = 230, 20, 30
    rgb[-height // 4 :, -width // 4 :] = 20, 200, 40
    return rgb


def smooth():
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    return np.stack([60 + 2 * x, 70 + 3 * y, 180 - 2 * y], axis=-1).astype(np.uint8)


def photo(width, height):
    """Soft shapes with grain: what lossy codecs are made for."""
    random = np.random.default_rng(7)
    y, x = np.mgrid[0:height, 0:width]
    waves = [128 + 90 * np.sin(x / 9 + c) * np.cos(y / (13 - 3 * c)) for c in range(3)]
    grain = random.normal(0, 12, (height, width, 1))
    return np.clip(np.stack(waves, axis=-1) + grain, 0, 255).astype(np.uint8)


def saved(image, kind, **options):
    if isinstance(image, np.ndarray):
        image = Image.fromarray(image)
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(rows, width, bits, colour_type, before=b"", behind=b"", interlaced=False):
    """A PNG from its rows' bytes, unfiltered."""
    lines = b"".join(b"\0" + bytes(row) for row in rows)
    header = struct.pack(">IIBBBBB", width, len(rows), bits, colour_type, 0, 0, int(interlaced))
    body = before + chunk(b"IDAT", zlib.compress(lines, 9)) + behind
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + body + chunk(b"IEND", b"")


def packed(values, bits):
    """Rows of samples of 1, 2 or 4 bits."""
    rows = []
    for row in values:
        text = "".join(format(int(v), f"0{bits}b") for v in row)
        text += "0" * (-len(text) % 8)
        rows.append(bytes(int(text[i : i + 8], 2) for i in range(0, len(text), 8)))
    return rows


def gif(screen, frames, palette, background=0, transparent=None, local=None):
    """A GIF with frames (left, top, indices) on a canvas; LZW with clear codes, so uncompressed."""
    bits = 3
    data = b"GIF89a" + struct.pack("<HHBBB", *screen, (0x80 | bits - 1) if palette else 0, background, 0)
    data += bytes(palette or b"")
    for left, top, indices in frames:
        if transparent is not None:
            data += b"\x21\xf9\x04" + struct.pack("<BHB", 1, 10, transparent) + b"\0"
        height, width = indices.shape
        data += b"," + struct.pack("<HHHHB", left, top, width, height, (0x80 | bits - 1) if local else 0)
        data += bytes(local or b"") + bytes([bits])
        codes, text = [], 0
        for i, v in enumerate(indices.ravel()):
            if i % 6 == 0:
                codes.append(8)
            codes.append(int(v))
        codes.append(9)
        for i, code in enumerate(codes):
            text |= code << (4 * i)
        raw = text.to_bytes((4 * len(codes) + 7) // 8, "little")
        for i in range(0, len(raw), 255):
            data += bytes([len(raw[i : i + 255])]) + raw[i : i + 255]
        data += b"\0"
    return data + b";"


def bmp(header_size, bits, rows, width, height, compression=0, masks=b"", palette=b"", size=None):
    """A BMP from its rows' bytes, bottom row first unless the height is negative."""
    body = b"".join(bytes(row) + bytes(-len(row) % 4) for row in rows) if isinstance(rows, list) else rows
    if header_size == 12:
        info = struct.pack("<IHHHH", 12, width, abs(height), 1, bits)
    else:
        colours = len(palette) // 4
        info = struct.pack(
            "<IiiHHIIiiII", header_size, width, height, 1, bits, compression, len(body), 2835, 2835, colours, 0
        )
        if header_size > 40:
            info += (masks + bytes(header_size))[: header_size - 40]
            masks = b""
    offset = 14 + len(info) + len(masks) + len(palette)
    return b"BM" + struct.pack("<IHHI", offset + len(body), 0, 0, offset) + info + masks + palette + body


def riff(*chunks):
    body = b"WEBP" + b"".join(n + struct.pack("<I", len(b)) + b + bytes(len(b) % 2) for n, b in chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def webp_chunks(data):
    at, found = 12, []
    while at + 8 <= len(data):
        size = struct.unpack("<I", data[at + 4 : at + 8])[0]
        found.append((data[at : at + 4], data[at + 8 : at + 8 + size]))
        at += 8 + size + size % 2
    return found


def uint24(value):
    return struct.pack("<I", value)[:3]


def animated_webp(canvas, place, frame, flags=0):
    """One frame of an animation on a larger canvas."""
    pixels = [c for c in webp_chunks(frame) if c[0] in (b"VP8 ", b"VP8L", b"ALPH")]
    with Image.open(io.BytesIO(frame)) as image:
        width, height = image.size
    head = bytes([2 | flags]) + bytes(3) + uint24(canvas[0] - 1) + uint24(canvas[1] - 1)
    body = uint24(place[0] // 2) + uint24(place[1] // 2) + uint24(width - 1) + uint24(height - 1) + uint24(100) + b"\0"
    body += b"".join(n + struct.pack("<I", len(b)) + b + bytes(len(b) % 2) for n, b in pixels)
    return riff((b"VP8X", head), (b"ANIM", bytes.fromhex("10a0f0ff") + b"\0\0"), (b"ANMF", body), (b"ANMF", body))


def swapped_profile():
    """An sRGB profile with red and blue exchanged: who applies it is found out."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile = bytes(profile).replace(b"rXYZ", b"tmpX").replace(b"bXYZ", b"rXYZ").replace(b"tmpX", b"bXYZ")
    return profile


def opaque(image):
    image.load()
    if image.mode.startswith("I"):
        grey = (np.asarray(image).astype(np.uint32) >> 8).astype(np.uint8)
        return np.stack([grey] * 3, axis=-1)
    if image.mode == "LA":
        return np.asarray(image.getchannel("L").convert("RGB"))
    if image.mode == "RGBA":
        return np.asarray(image)[:, :, :3]
    return np.asarray(image.convert("RGB"))


class Corpus:
    def __init__(self):
        self.rows = []
        shutil.rmtree(TARGET, ignore_errors=True)
        TARGET.mkdir(parents=True)

    def add(self, name, data, kind, tolerance=EXACT, pixels=None):
        """Adds a picture; the pixels are Pillow's unless given."""
        if pixels is None:
            pixels = opaque(Image.open(io.BytesIO(data)))
        pixels = np.asarray(pixels)
        height, width, _ = pixels.shape
        means = []
        for row in range(ROWS):
            for column in range(COLUMNS):
                cell = pixels[row * height // ROWS : (row + 1) * height // ROWS]
                cell = cell[:, column * width // COLUMNS : (column + 1) * width // COLUMNS]
                means += [round(float(v), 2) for v in cell.reshape(-1, 3).mean(axis=0)]
        (TARGET / name).write_bytes(data)
        self.rows.append(
            {"file": name, "format": kind, "width": width, "height": height, "tolerance": tolerance, "means": means}
        )

    def refuse(self, name, data, status="UNSUPPORTED"):
        (TARGET / name).write_bytes(data)
        self.rows.append({"file": name, "refused": status})


def jpegs(out):
    soft = Image.fromarray(smooth())
    grain = Image.fromarray(photo(WIDTH, HEIGHT))
    profile = swapped_profile()
    for quality in (30, 75, 95):
        for sampling in (0, 1, 2):
            out.add(
                f"q{quality}-s{sampling}.jpg", saved(grain, "JPEG", quality=quality, subsampling=sampling), "JPEG", 3
            )
    out.add("progressive.jpg", saved(grain, "JPEG", progressive=True), "JPEG", 3)
    out.add("optimised.jpg", saved(grain, "JPEG", optimize=True), "JPEG", 3)
    out.add("restarts.jpg", saved(grain, "JPEG", restart_marker_blocks=2), "JPEG", 3)
    out.add("progressive-restarts.jpg", saved(grain, "JPEG", progressive=True, restart_marker_rows=1), "JPEG", 3)
    out.add("grey.jpg", saved(grain.convert("L"), "JPEG"), "JPEG", 3)
    out.add("grey-progressive.jpg", saved(grain.convert("L"), "JPEG", progressive=True), "JPEG", 3)
    out.add("profile.jpg", saved(soft, "JPEG", icc_profile=profile), "JPEG", 3)
    out.add("rgb-not-ycc.jpg", saved(soft, "JPEG", keep_rgb=True, quality=95), "JPEG", 3)
    cmyk = soft.convert("CMYK")
    out.add("cmyk.jpg", saved(cmyk, "JPEG", quality=95), "JPEG", 3)
    out.add("comment.jpg", saved(soft, "JPEG", comment="a comment"), "JPEG", 3)
    out.add("odd-size.jpg", saved(photo(47, 35), "JPEG"), "JPEG", 3)
    out.add("six-pixels-high.jpg", saved(smooth()[:6], "JPEG", quality=95), "JPEG", 6)
    data = saved(grain, "JPEG")
    out.add("trailing-bytes.jpg", data + b"\0" * 100, "JPEG", 3)
    out.add("fill-bytes.jpg", data[:2] + b"\xff\xff" + data[2:], "JPEG", 3)
    out.add("thumbnail-behind.jpg", data + saved(soft, "JPEG"), "JPEG", 3)
    out.refuse("other-lossless.jpg", imagecodecs.ljpeg_encode(smooth()[:, :, 0]))
    out.refuse("other-sof3.jpg", imagecodecs.jpeg8_encode(smooth(), lossless=True))
    out.refuse("other-arithmetic.jpg", data.replace(b"\xff\xc0\x00\x11", b"\xff\xc9\x00\x11"))
    out.refuse("other-hierarchical.jpg", data.replace(b"\xff\xc0\x00\x11", b"\xff\xc5\x00\x11"))
    out.refuse("other-12bit.jpg", imagecodecs.jpeg8_encode(smooth().astype(np.uint16) * 16, bitspersample=12))
    out.refuse("other-jpegls.jls", imagecodecs.jpegls_encode(smooth()))
    out.refuse("other-jpegls-named.jpg", imagecodecs.jpegls_encode(smooth()[:, :, 0]))
    out.refuse("other-j2k.jp2", saved(soft, "JPEG2000"))
    out.refuse("other-j2k.j2k", saved(soft, "JPEG2000", no_jp2=True))
    out.refuse("other-jpegxl.jxl", imagecodecs.jpegxl_encode(smooth()))
    out.refuse("other-jpegxr.jxr", imagecodecs.jpegxr_encode(smooth()))
    out.refuse("other-jpegxt.jpg", data[:20] + data[20:].replace(b"\xff\xc0\x00\x11\x08", b"\xff\xcd\x00\x11\x08"))
    # Damaged, and ended as if nothing were missing.
    large = saved(photo(320, 240), "JPEG")
    scan = large.index(b"\xff\xda")
    out.refuse("damaged-half.jpg", large[: (scan + len(large)) // 2] + b"\xff\xd9", "CORRUPT")
    out.refuse("damaged-end.jpg", large[:-200] + b"\xff\xd9", "CORRUPT")
    zeros = bytearray(large)
    zeros[len(large) // 2 : len(large) // 2 + 400] = bytes(400)
    out.refuse("damaged-zeros.jpg", bytes(zeros), "CORRUPT")
    out.refuse("damaged-gap.jpg", large[: len(large) // 2] + large[len(large) // 2 + 600 :], "CORRUPT")
    large = saved(photo(320, 240), "JPEG", progressive=True)
    out.refuse("damaged-progressive.jpg", large[: len(large) // 4] + b"\xff\xd9", "CORRUPT")
    out.refuse("damaged-progressive-late.jpg", large[: len(large) * 3 // 4] + b"\xff\xd9", "CORRUPT")
    large = saved(photo(320, 240), "JPEG", restart_marker_rows=1)
    out.refuse("damaged-restarts.jpg", large[: len(large) * 2 // 3] + b"\xff\xd9", "CORRUPT")
    out.refuse("damaged-restarts-gap.jpg", large[: len(large) // 2] + large[len(large) // 2 + 300 :], "CORRUPT")


def pngs(out):
    rgb = drawing()
    wide = (rgb.astype(">u2") * 256 + 77).astype(">u2")
    alpha = np.tile(np.linspace(0, 255, WIDTH).astype(np.uint8), (HEIGHT, 1))
    profile = swapped_profile()
    out.add("rgb.png", saved(rgb, "PNG"), "PNG")
    out.add("profile.png", saved(rgb, "PNG", icc_profile=profile), "PNG")
    gamma = chunk(b"gAMA", struct.pack(">I", 100000))
    out.add("gamma.png", png([r.tobytes() for r in rgb], WIDTH, 8, 2, gamma), "PNG")
    out.add("srgb.png", png([r.tobytes() for r in rgb], WIDTH, 8, 2, chunk(b"sRGB", b"\0")), "PNG")
    out.add("rgb16.png", png([r.tobytes() for r in wide], WIDTH, 16, 2), "PNG", pixels=rgb)
    key = chunk(b"tRNS", struct.pack(">HHH", 230, 20, 30))
    out.add("colour-key.png", png([r.tobytes() for r in rgb], WIDTH, 8, 2, key), "PNG", pixels=rgb)
    rgba = np.dstack([rgb, alpha])
    out.add("rgba.png", saved(rgba, "PNG"), "PNG")
    out.add(
        "rgba16.png",
        png([r.tobytes() for r in (rgba.astype(int) * 257).astype(">u2")], WIDTH, 16, 6),
        "PNG",
        pixels=rgb,
    )
    grey = rgb[:, :, 0]
    triple = np.dstack([grey] * 3)
    for bits in (1, 2, 4):
        values = grey >> (8 - bits)
        out.add(f"grey{bits}.png", png(packed(values, bits), WIDTH, bits, 0), "PNG")
        palette = chunk(b"PLTE", bytes(range(10, 10 + 3 * 2**bits)))
        out.add(f"palette{bits}.png", png(packed(values, bits), WIDTH, bits, 3, palette), "PNG")
    out.add("grey16.png", png([r.tobytes() for r in grey.astype(">u2") * 257], WIDTH, 16, 0), "PNG")
    pairs = np.dstack([grey, alpha])
    out.add("grey-alpha.png", png([r.tobytes() for r in pairs], WIDTH, 8, 4), "PNG")
    out.add(
        "grey-alpha16.png", png([r.tobytes() for r in pairs.astype(">u2") * 257], WIDTH, 16, 4), "PNG", pixels=triple
    )
    frames = [Image.fromarray(rgb), Image.fromarray(smooth())]
    out.add("animated.png", saved(frames[0], "PNG", save_all=True, append_images=frames[1:]), "PNG")
    out.add(
        "animated-default.png",
        saved(frames[0], "PNG", save_all=True, default_image=True, append_images=frames[1:]),
        "PNG",
    )
    out.add("text.png", png([r.tobytes() for r in rgb], WIDTH, 8, 2, chunk(b"tEXt", b"Title\0a")), "PNG")
    out.add("trailing-bytes.png", saved(rgb, "PNG") + bytes(50), "PNG")


def gifs(out):
    palette = [0, 0, 0, 230, 20, 30, 20, 200, 40, 30, 40, 220, 240, 230, 20, 200, 100, 150, 90, 90, 90, 255, 255, 255]
    first = [180, 120, 60] + palette[3:]
    local = palette[::-1]
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    indices = ((x // 6 + y // 6) % 7 + 1) % 8
    part = indices[:20, :30]
    size = (WIDTH, HEIGHT)
    out.add("whole.gif", gif(size, [(0, 0, indices)], palette), "GIF")
    out.add("smaller-frame.gif", gif(size, [(8, 10, part)], first), "GIF")
    out.add("smaller-frame-background.gif", gif(size, [(8, 10, part)], first, background=4), "GIF")
    out.add("smaller-frame-transparent.gif", gif(size, [(8, 10, part)], first, transparent=2), "GIF")
    out.add("smaller-frame-local.gif", gif(size, [(0, 0, part)], first, local=local), "GIF")
    out.add("smaller-frame-only-local.gif", gif(size, [(2, 2, part)], None, local=local), "GIF")
    out.add("larger-frame.gif", gif((20, 20), [(8, 4, part)], first), "GIF")
    out.add("no-canvas.gif", gif((0, 0), [(0, 0, part)], first), "GIF")
    out.add("transparent.gif", gif(size, [(0, 0, indices)], palette, transparent=1), "GIF")
    out.add("two-frames.gif", gif(size, [(0, 0, indices), (4, 4, part)], palette, transparent=3), "GIF")
    picture = Image.fromarray(drawing())
    out.add("many-colours.gif", saved(picture, "GIF"), "GIF")
    out.add("not-interlaced.gif", saved(picture, "GIF", interlace=0), "GIF")
    out.add("grey.gif", saved(picture.convert("L"), "GIF"), "GIF")
    out.add("one-bit.gif", saved(picture.convert("1"), "GIF"), "GIF")
    out.add("old.gif", saved(picture, "GIF").replace(b"GIF89a", b"GIF87a", 1), "GIF")
    out.add("animated.gif", saved(picture, "GIF", save_all=True, append_images=[Image.fromarray(smooth())]), "GIF")


def bmps(out):
    rgb = drawing()
    profile = swapped_profile()
    bgr = [r.tobytes() for r in rgb[::-1, :, ::-1]]
    down = [r.tobytes() for r in rgb[:, :, ::-1]]
    out.add("bottom-up.bmp", bmp(40, 24, bgr, WIDTH, HEIGHT), "BMP")
    out.add("top-down.bmp", bmp(40, 24, down, WIDTH, -HEIGHT), "BMP")
    out.add("os2.bmp", bmp(12, 24, bgr, WIDTH, HEIGHT), "BMP")
    four = [
        np.dstack([rgb[y : y + 1, :, ::-1], np.full((1, WIDTH, 1), 99, np.uint8)]).tobytes()
        for y in range(HEIGHT)[::-1]
    ]
    out.add("rgbx.bmp", bmp(40, 32, four, WIDTH, HEIGHT), "BMP", pixels=rgb)
    masks = struct.pack("<IIII", 0xFF0000, 0xFF00, 0xFF, 0xFF000000)
    out.add("v4-alpha.bmp", bmp(108, 32, four, WIDTH, HEIGHT, 3, masks), "BMP")
    out.add("v5-alpha.bmp", bmp(124, 32, four, WIDTH, HEIGHT, 3, masks), "BMP")
    odd = [np.dstack([rgb[y : y + 1], np.full((1, WIDTH, 1), 99, np.uint8)]).tobytes() for y in range(HEIGHT)[::-1]]
    out.add(
        "fields-rgbx.bmp",
        bmp(40, 32, odd, WIDTH, HEIGHT, 3, struct.pack("<III", 0xFF, 0xFF00, 0xFF0000)),
        "BMP",
        pixels=rgb,
    )
    r, g, b = (rgb[::-1, :, i].astype(np.uint16) for i in range(3))
    rows555 = [row.astype("<u2").tobytes() for row in (r >> 3 << 10 | g >> 3 << 5 | b >> 3)]
    rows565 = [row.astype("<u2").tobytes() for row in (r >> 3 << 11 | g >> 2 << 5 | b >> 3)]
    out.add("16bit-555.bmp", bmp(40, 16, rows555, WIDTH, HEIGHT), "BMP", 1.1)
    out.add(
        "16bit-565.bmp", bmp(40, 16, rows565, WIDTH, HEIGHT, 3, struct.pack("<III", 0xF800, 0x7E0, 0x1F)), "BMP", 1.1
    )
    palette = Image.fromarray(rgb).quantize(16)
    values = np.asarray(palette)[::-1]
    colours = palette.getpalette()[:48]
    table = b"".join(bytes([colours[3 * i + 2], colours[3 * i + 1], colours[3 * i], 0]) for i in range(16))
    out.add("palette4.bmp", bmp(40, 4, packed(values, 4), WIDTH, HEIGHT, palette=table), "BMP")
    out.add(
        "palette8.bmp", bmp(40, 8, [v.astype(np.uint8).tobytes() for v in values], WIDTH, HEIGHT, palette=table), "BMP"
    )
    out.add("palette1.bmp", bmp(40, 1, packed(values % 2, 1), WIDTH, HEIGHT, palette=table[:8]), "BMP")
    runs = b""
    for row in values:
        for v in row:
            runs += bytes([1, v])
        runs += b"\0\0"
    out.add("rle8.bmp", bmp(40, 8, runs + b"\0\1", WIDTH, HEIGHT, 1, palette=table), "BMP")
    runs = b""
    for row in values:
        for i in range(0, WIDTH, 2):
            runs += bytes([2, row[i] << 4 | row[i + 1]])
        runs += b"\0\0"
    out.add("rle4.bmp", bmp(40, 4, runs + b"\0\1", WIDTH, HEIGHT, 2, palette=table), "BMP")
    # A V5 header with an embedded profile behind the pixels.
    v5 = bytearray(bmp(124, 24, bgr, WIDTH, HEIGHT))
    struct.pack_into("<I", v5, 14 + 56, 0x4D424544)
    struct.pack_into("<II", v5, 14 + 112, len(v5) - 14, len(profile))
    out.add("profile.bmp", bytes(v5) + profile, "BMP")
    out.add("odd-width.bmp", saved(rgb[:, :47], "BMP"), "BMP")


def webps(out):
    profile = swapped_profile()
    soft, drawn, grain = Image.fromarray(smooth()), Image.fromarray(drawing()), Image.fromarray(photo(96, 72))
    alpha = Image.fromarray(np.tile(np.linspace(0, 255, WIDTH).astype(np.uint8), (HEIGHT, 1)))
    rgba = drawn.copy()
    rgba.putalpha(alpha)
    for quality in (10, 50, 75, 95):
        for method in (0, 4, 6):
            out.add(f"q{quality}-m{method}.webp", saved(grain, "WEBP", quality=quality, method=method), "WEBP")
    out.add("lossless.webp", saved(drawn, "WEBP", lossless=True), "WEBP")
    out.add("lossless-m0.webp", saved(grain, "WEBP", lossless=True, method=0), "WEBP")
    out.add("lossless-m6.webp", saved(grain, "WEBP", lossless=True, method=6, quality=100), "WEBP")
    few = Image.fromarray((smooth() // 64 * 64).astype(np.uint8))
    out.add("lossless-few-colours.webp", saved(few, "WEBP", lossless=True), "WEBP")
    out.add("lossless-rgba.webp", saved(rgba, "WEBP", lossless=True, exact=True), "WEBP")
    out.add("lossy-alpha.webp", saved(rgba, "WEBP", quality=90, exact=True), "WEBP")
    out.add("profile.webp", saved(soft, "WEBP", quality=95, icc_profile=profile), "WEBP")
    out.add("profile-lossless.webp", saved(drawn, "WEBP", lossless=True, icc_profile=profile), "WEBP")
    out.add(
        "metadata.webp", saved(drawn, "WEBP", lossless=True, xmp=b"<x/>", exif=b"Exif\0\0II*\0\x08\0\0\0\0\0"), "WEBP"
    )
    out.add("animated.webp", saved(drawn, "WEBP", save_all=True, append_images=[soft], lossless=True), "WEBP")
    part = saved(drawing(24, 20), "WEBP", lossless=True)
    out.add("animated-small.webp", animated_webp((WIDTH, HEIGHT), (10, 6), part), "WEBP")
    lossy = saved(photo(24, 20), "WEBP", quality=90)
    out.add("animated-small-lossy.webp", animated_webp((WIDTH, HEIGHT), (4, 8), lossy), "WEBP")
    out.add("odd-size.webp", saved(photo(47, 35), "WEBP", quality=80), "WEBP")
    out.add("large.webp", saved(photo(400, 600), "WEBP", quality=75, method=0), "WEBP")


def tiffs(out):
    profile = swapped_profile()
    rgb = drawing()
    drawn, soft = Image.fromarray(rgb), Image.fromarray(smooth())
    grey = drawn.convert("L")
    alpha = np.tile(np.linspace(0, 255, WIDTH).astype(np.uint8), (HEIGHT, 1))
    rgba = np.dstack([rgb, alpha])

    def tiff(samples, **options):
        buffer = io.BytesIO()
        tifffile.imwrite(buffer, samples, metadata=None, **options)
        return buffer.getvalue()

    for name in ("raw", "tiff_lzw", "tiff_adobe_deflate", "tiff_deflate", "packbits"):
        out.add(f"rgb-{name}.tif", saved(drawn, "TIFF", compression=name), "TIFF")
        out.add(f"grey-{name}.tif", saved(grey, "TIFF", compression=name), "TIFF")
    for name in ("group3", "group4", "tiff_ccitt"):
        out.add(f"fax-{name}.tif", saved(drawn.convert("1"), "TIFF", compression=name), "TIFF")
    out.add("profile.tif", saved(drawn, "TIFF", icc_profile=profile), "TIFF")
    out.add("profile-lzw.tif", saved(drawn, "TIFF", icc_profile=profile, compression="tiff_lzw"), "TIFF")
    out.add("profile-rgba.tif", saved(Image.fromarray(rgba), "TIFF", icc_profile=profile), "TIFF", pixels=rgb)
    grey_profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    out.add("profile-grey.tif", saved(grey, "TIFF", icc_profile=grey_profile), "TIFF")
    wide = rgb.astype(np.uint16) * 256 + 99
    out.add("profile-rgb16.tif", tiff(wide, photometric="rgb", iccprofile=profile), "TIFF", pixels=rgb)
    out.add("rgb16-big-endian.tif", tiff(wide, photometric="rgb", byteorder=">"), "TIFF", pixels=rgb)
    out.add("rgb16-lzw.tif", tiff(wide, photometric="rgb", compression="lzw", predictor=True), "TIFF", pixels=rgb)
    out.add("rgb16-deflate.tif", tiff(wide, photometric="rgb", compression="zlib", predictor=True), "TIFF", pixels=rgb)
    out.add(
        "rgba16.tif",
        tiff(np.dstack([wide, alpha.astype(np.uint16) * 257]), photometric="rgb", extrasamples=["unassalpha"]),
        "TIFF",
        pixels=rgb,
    )
    out.add("grey16.tif", tiff(wide[:, :, 0], photometric="minisblack"), "TIFF")
    out.add("grey16-big-endian.tif", tiff(wide[:, :, 0], photometric="minisblack", byteorder=">"), "TIFF")
    out.add("planar.tif", tiff(np.moveaxis(rgb, -1, 0), photometric="rgb", planarconfig="separate"), "TIFF", pixels=rgb)
    out.add(
        "planar-lzw.tif",
        tiff(np.moveaxis(rgb, -1, 0), photometric="rgb", planarconfig="separate", compression="lzw"),
        "TIFF",
        pixels=rgb,
    )
    out.add("tiles.tif", tiff(rgb, photometric="rgb", tile=(16, 16)), "TIFF")
    out.add(
        "tiles-deflate.tif", tiff(rgb, photometric="rgb", tile=(16, 16), compression="zlib", predictor=True), "TIFF"
    )
    out.add("strips.tif", tiff(rgb, photometric="rgb", rowsperstrip=5), "TIFF")
    out.add("big-endian.tif", tiff(rgb, photometric="rgb", byteorder=">"), "TIFF")
    out.add("lzw-predictor.tif", tiff(rgb, photometric="rgb", compression="lzw", predictor=True), "TIFF")
    out.add("rgba.tif", tiff(rgba, photometric="rgb", extrasamples=["unassalpha"]), "TIFF", pixels=rgb)
    out.add("rgbx.tif", tiff(rgba, photometric="rgb", extrasamples=["unspecified"]), "TIFF", pixels=rgb)
    multiplied = (rgba[:, :, :3].astype(int) * alpha[:, :, None] // 255).astype(np.uint8)
    out.add(
        "rgba-multiplied.tif",
        tiff(np.dstack([multiplied, alpha]), photometric="rgb", extrasamples=["assocalpha"]),
        "TIFF",
    )
    out.add(
        "grey-alpha.tif",
        tiff(np.dstack([rgb[:, :, 0], alpha]), photometric="minisblack", extrasamples=["unassalpha"]),
        "TIFF",
    )
    out.add("one-bit.tif", saved(drawn.convert("1"), "TIFF"), "TIFF")
    out.add("white-is-zero.tif", saved(grey, "TIFF", tiffinfo={262: 0}), "TIFF")
    out.add("palette.tif", saved(drawn.quantize(64), "TIFF"), "TIFF")
    out.add("palette-lzw.tif", saved(drawn.quantize(16), "TIFF", compression="tiff_lzw"), "TIFF")
    cmyk = soft.convert("CMYK")
    c, m, y, k = cmyk.split()
    cmyk = Image.merge("CMYK", (c, m, y, k.point(lambda v: 40)))
    out.add("cmyk.tif", saved(cmyk, "TIFF"), "TIFF")
    out.add("cmyk-lzw.tif", saved(cmyk, "TIFF", compression="tiff_lzw"), "TIFF")
    out.add("jpeg.tif", saved(soft, "TIFF", compression="jpeg", quality=95), "TIFF", 3)
    out.add("jpeg-grey.tif", saved(soft.convert("L"), "TIFF", compression="jpeg", quality=95), "TIFF", 3)
    out.add("jpeg-profile.tif", saved(soft, "TIFF", compression="jpeg", quality=95, icc_profile=profile), "TIFF", 3)
    out.add(
        "jpeg-ycbcr.tif",
        tiff(photo(WIDTH, HEIGHT), photometric="ycbcr", compression="jpeg", subsampling=(1, 1)),
        "TIFF",
        4,
    )
    out.add("pages.tif", saved(drawn, "TIFF", save_all=True, append_images=[soft]), "TIFF")
    out.add("resolution.tif", saved(drawn, "TIFF", dpi=(300, 300)), "TIFF")
    out.refuse("other-zstd.tif", tiff(rgb, photometric="rgb", compression="zstd"))
    out.refuse("other-lzma.tif", tiff(rgb, photometric="rgb", compression="lzma"))
    out.refuse("other-webp.tif", tiff(rgb, photometric="rgb", compression="webp"))
    out.refuse("other-jpeg2000.tif", tiff(rgb, photometric="rgb", compression="jpeg2000"))
    out.refuse("other-jpegxl.tif", tiff(rgb, photometric="rgb", compression="jpegxl"))
    out.refuse("other-jpegxr.tif", tiff(rgb, photometric="rgb", compression="jpegxr"))
    out.refuse("other-png.tif", tiff(rgb, photometric="rgb", compression="png"))
    out.refuse("other-lerc.tif", tiff(rgb, photometric="rgb", compression="lerc"))
    out.refuse("other-float.tif", tiff(rgb[:, :, 0] / np.float32(255), photometric="minisblack"))
    out.refuse("other-double.tif", tiff(rgb[:, :, 0] / np.float64(255), photometric="minisblack"))
    out.refuse("other-uint32.tif", tiff(rgb[:, :, 0].astype(np.uint32), photometric="minisblack"))
    out.refuse("other-float-rgb.tif", tiff(rgb / np.float32(255), photometric="rgb"))
    out.refuse("other-bigtiff.tif", tiff(rgb, photometric="rgb", bigtiff=True))


def others(out):
    soft = Image.fromarray(smooth())
    out.refuse("other-avif.avif", saved(soft, "AVIF"))
    out.refuse("other-avif-named.jpg", saved(soft, "AVIF"))
    for kind in ("PCX", "PPM", "ICO", "DDS", "QOI", "SGI", "PDF", "EPS", "ICNS", "TGA"):
        out.refuse(f"other-{kind.lower()}.{kind.lower()}", saved(soft, kind))
    out.refuse("other-sun.ras", b"\x59\xa6\x6a\x95" + struct.pack(">7I", 4, 4, 24, 48, 1, 0, 0) + bytes(48))
    out.refuse("other-xpm.xpm", b'/* XPM */\nstatic char *x[] = {\n"1 1 1 1",\n"a c #ffffff",\n"a"};\n')
    out.refuse("other-xbm.xbm", saved(soft.convert("1"), "XBM"))
    out.refuse("other-psd.psd", b"8BPS\0\1" + bytes(6) + struct.pack(">HIIHH", 3, 4, 4, 8, 3) + bytes(62))
    out.refuse("other-psb.psb", b"8BPS\0\2" + bytes(6) + struct.pack(">HIIHH", 3, 4, 4, 8, 3) + bytes(62))
    out.refuse("other-heic.heic", bytes.fromhex("00000018667479706865696300000000") + b"mif1heic" + bytes(64))
    out.refuse("other-gimp.xcf", b"gimp xcf v011\0" + bytes(32))
    out.refuse("other-djvu.djvu", b"AT&TFORM" + bytes(4) + b"DJVUINFO" + bytes(32))
    out.refuse("other-dicom.dcm", bytes(128) + b"DICM" + bytes(64))
    out.refuse("other-mng.mng", b"\x8aMNG\r\n\x1a\n" + bytes(64))
    out.refuse("other-jng.jng", b"\x8bJNG\r\n\x1a\n" + bytes(64))
    out.refuse("other-flif.flif", b"FLIF31" + bytes(64))
    out.refuse("other-bpg.bpg", b"BPG\xfb" + bytes(64))
    out.refuse("other-wmf.wmf", b"\xd7\xcd\xc6\x9a" + bytes(64))
    out.refuse("other-emf.emf", b"\1\0\0\0" + bytes(36) + b" EMF" + bytes(64))
    out.refuse("other-fits.fits", b"SIMPLE  =                    T" + bytes(64))


if __name__ == "__main__":
    corpus = Corpus()
    for make in (jpegs, pngs, gifs, bmps, webps, tiffs, others):
        make(corpus)
    lines = ",\n".join(json.dumps(row, separators=(",", ":")) for row in corpus.rows)
    (TARGET / "table.json").write_text("[\n" + lines + "\n]\n")
    print(len(corpus.rows), "files")
