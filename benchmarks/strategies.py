#!/usr/bin/env python3
"""How often strategies are found in made-up classes that have two, and in such that have one (docs/strategies.md).

    python benchmarks/strategies.py --repeats 200

Needs NumPy. Shares of 512 channels: of one kind with noise, or of two kinds that differ in eight channels.
"""

import argparse

import numpy as np

CHANNELS, MOST, LEAST_GAP = 512, 8, 0.85


def strategies(shares):
    """How many there are, by docs/strategies.md."""
    roots = np.sqrt(shares)
    n = len(roots)
    k = int(np.ceil(np.log2(n)))
    distances = -2 * roots @ roots.T
    np.fill_diagonal(distances, np.inf)
    near = np.zeros((n, n))
    near[np.arange(n)[:, None], np.argsort(distances, axis=1, kind="stable")[:, :k]] = 1
    weights = (near + near.T) / 2
    degrees = weights.sum(1)
    values = np.linalg.eigvalsh(np.eye(n) - weights / np.sqrt(np.outer(degrees, degrees)))[1 : MOST + 1]
    values[values < 1e-9] = 0
    with np.errstate(invalid="ignore"):
        relative = 1 - values[:-1] / values[1:]
    gaps = np.where(relative >= LEAST_GAP, np.diff(values), 0)
    return 2 + int(gaps.argmax()) if gaps.max() > 0 else 1


def one(kind, n, random):
    """Shares of a class that has one strategy."""
    if kind == "noise":
        values = random.lognormal(0, 2, CHANNELS) * random.lognormal(0, 1, (n, CHANNELS))
    elif kind == "sparse":
        values = np.maximum(random.normal(size=(n, CHANNELS)) - 1, 0) * random.lognormal(0, 1, CHANNELS)
    else:
        corners = {"triangle": 3, "line": 2}[kind]
        patterns = np.abs(random.normal(size=(corners, CHANNELS)))
        weights = random.dirichlet([2] * corners if kind == "triangle" else [1] * corners, n)
        values = weights @ patterns + 0.05 * random.random((n, CHANNELS))
    return values / values.sum(1, keepdims=True)


def two(share, strength, n, random):
    """Shares of a class of which a part has eight channels of `strength` times the mean."""
    mean = random.lognormal(0, 2, CHANNELS)
    other = mean.copy()
    other[random.choice(CHANNELS, 8, replace=False)] = strength * mean.mean()
    part = round(share * n)
    values = np.vstack([np.tile(mean, (n - part, 1)), np.tile(other, (part, 1))])
    values *= random.lognormal(0, 0.7, values.shape)
    return values / values.sum(1, keepdims=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=200)
    arguments = parser.parse_args()
    sizes = [22, 60, 200]
    print("| made-up class |", " | ".join(f"{n} images" for n in sizes), "|")
    print("| --- |" + " --- |" * len(sizes))
    makers = {f"one: {kind}": (one, kind) for kind in ("noise", "sparse", "triangle", "line")}
    for share in (0.3, 0.15):
        for strength in (15, 40):
            makers[f"two: {share:.0%} of the images, {strength} times the mean"] = (two, share, strength)
    for name, (make, *settings) in makers.items():
        random = np.random.default_rng(20261127)
        several = []
        for n in sizes:
            found = [strategies(make(*settings, n, random)) for _ in range(arguments.repeats)]
            several.append(np.mean([(count == 2) if make is two else (count > 1) for count in found]))
        print(f"| {name} |", " | ".join(f"{rate:.1%}" for rate in several), "|", flush=True)


if __name__ == "__main__":
    main()
