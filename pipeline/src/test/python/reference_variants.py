"""An independent computation of the variants of a proof, from pictures, regions and raw maps.

Written from docs/evidence.md with other means than the Java code: whole arrays, and Fourier transforms for the places
that a shape may be moved to.
"""

import numpy as np

import reference
import reference_fill


def variants(image, same=None, other=None, fill=reference_fill.smooth):
    """The variants of a scene as a dict by name.

    A scene is a dict of `picture` `(h, w, c)`, `object` and `shown` `(h, w)`, `map`, and `cells`, where the map's cells
    lie (evenly without); all but the picture and `shown` may be `None`.
    """
    made = {}
    picture, inside = image["picture"], image["object"]
    hot = image["map"] is not None and (reference.positive_part(image["map"]) > 0).any()
    if inside is not None:
        made["objectOut"] = fill(picture, inside)
        made["onlyObject"] = fill(picture, ~inside)
        place = coldest(image, inside) if hot else None
        if place is not None:
            made["control"] = fill(picture, place)
        for name, donor in [("sameBackground", same), ("otherBackground", other)]:
            if donor is not None and donor["object"] is not None:
                made[name] = np.where(inside[..., None], picture, fill(donor["picture"], donor["object"]))
        patch = window(image) & ~inside & image["shown"] if hot else np.zeros_like(inside)
        if other is not None and patch.any():
            made["transplant"] = np.where(patch[..., None], picture, other["picture"])
    if hot:
        spot = hot_spot(image)
        made["hotSpotOut"] = fill(picture, spot)
        place = coldest(image, spot)
        if place is not None:
            made["coldSpotOut"] = fill(picture, place)
    return made


def heat(scene):
    """The map on the picture's pixels, in whole steps."""
    x = reference.positive_part(scene["map"])
    cells = scene.get("cells") or reference.Cells(x.shape)
    rows, columns = (cells.upsampled(axis, size) for axis, size in zip("yx", scene["shown"].shape, strict=True))
    return np.floor(rows @ x @ columns.T / x.max() * reference.STEPS + 0.5).astype(np.int64)


def hot_spot(scene):
    values = heat(scene).ravel()
    wanted = int(values.size / 10 + 0.5)
    hottest = np.argsort(-values, kind="stable")[:wanted]
    spot = np.zeros(values.size, dtype=bool)
    spot[hottest[values[hottest] > 0]] = True
    return spot.reshape(scene["shown"].shape)


def window(scene):
    x = reference.positive_part(scene["map"])
    cells = scene.get("cells") or reference.Cells(x.shape)
    sides = [max(1, round(3 * n / 7)) for n in x.shape]
    sums = np.lib.stride_tricks.sliding_window_view(x, sides).sum(axis=(2, 3))
    first = np.unravel_index(np.argmax(sums), sums.shape)
    # Rounded to a millionth first, which keeps halves halves.
    edges = [
        [int(round(all_edges[end] * size, 6) + 0.5) for end in (at, at + wide)]
        for at, wide, all_edges, size in zip(
            first, sides, (cells.y_edges, cells.x_edges), scene["shown"].shape, strict=True
        )
    ]
    inside = np.zeros(scene["shown"].shape, dtype=bool)
    inside[edges[0][0] : edges[0][1], edges[1][0] : edges[1][1]] = True
    return inside


def coldest(scene, shape):
    """The shape moved to where it meets least heat; of several places the nearest, then the first in row order."""
    height, width = shape.shape
    rows, columns = np.nonzero(shape)
    down = np.arange(-rows.min(), height - rows.max())
    right = np.arange(-columns.min(), width - columns.max())
    sums = np.rint(correlated(heat(scene), shape))[np.ix_(down, right)]
    blocked = np.rint(correlated(shape | ~scene["shown"], shape))[np.ix_(down, right)] > 0
    if blocked.all():
        return None
    distance = down[:, None] ** 2 + right[None, :] ** 2
    least = sums[~blocked].min()
    best = np.where(~blocked & (sums == least), distance, np.iinfo(np.int64).max)
    y, x = np.unravel_index(np.argmin(best), best.shape)
    return np.roll(shape, (down[y], right[x]), axis=(0, 1))


def correlated(values, shape):
    """Sums of the values under the shape moved down and right by the index, modulo the size."""
    spectrum = np.fft.rfft2(values.astype(np.float64)) * np.conj(np.fft.rfft2(shape.astype(np.float64)))
    return np.fft.irfft2(spectrum, s=shape.shape)
