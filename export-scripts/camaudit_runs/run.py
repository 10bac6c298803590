"""A run's directory and what can be asked of it."""

import json
import pathlib

import numpy
import pandas

from camaudit_runs import figures


class Run:
    """A finished run.

    Args:
        path: path of the directory that `audit --output` named.
    """

    def __init__(self, path):
        self.path = pathlib.Path(path)
        if not (self.path / "run.json").is_file():
            raise FileNotFoundError(f"{self.path} holds no finished run: there is no run.json in it")

    def __repr__(self):
        return f"Run({str(self.path)!r})"

    @property
    def summary(self):
        """The content of `run.json` as a dict."""
        return json.loads((self.path / "run.json").read_text(encoding="utf-8"))

    @property
    def statistics(self):
        """The content of `classes.json` as a dict."""
        return json.loads((self.path / "classes.json").read_text(encoding="utf-8"))

    def explanations(self):
        """One row an explanation, with the columns of `docs/parquet.md`, in the run's order.

        Returns:
            `pandas.DataFrame`. An image without an explanation has one row.
        """
        if not any((self.path / "parquet").glob("*.parquet")):
            raise FileNotFoundError(f"{self.path} holds no Parquet files; it was made with --no-parquet")
        return pandas.read_parquet(self.path / "parquet")

    def images(self):
        """One row an image: its first explanation, by which it is judged, or its status alone."""
        rows = self.explanations()
        return rows[rows["explanation"].isna() | (rows["explanation"] == 0)].reset_index(drop=True)

    def classes(self):
        """One row a class, with the columns of `classes.csv`."""
        rows = pandas.read_csv(self.path / "classes.csv")
        return rows[rows["row"] == "class"].drop(columns="row").reset_index(drop=True)

    @property
    def proof(self):
        """The content of `proof.json` as a dict."""
        return json.loads(self._proof_file("proof.json").read_text(encoding="utf-8"))

    def answers(self):
        """One row a changed picture, with the columns of `docs/parquet.md`.

        Returns:
            `pandas.DataFrame`. Shares are about rows with `counts`, such as
            `rows[rows["counts"]].groupby(["class_name", "variant"])["kept"].mean()`.
        """
        return pandas.read_parquet(self._proof_file("proof/answers.parquet"))

    def proofs(self):
        """One row a class and variant: what became of its images when they were changed.

        Returns:
            `pandas.DataFrame` with `class_index`, `class_name`, `flagged`, `evidence`, `variant`, `count`, `of`, and
            the share `kept` with the ends of its 95 % interval, `low` and `high`.
        """
        rows = []
        for row in self.proof["classes"]:
            of_class = {
                "class_index": row["class"]["index"],
                "class_name": row["class"]["name"],
                "flagged": row["flagged"],
                "evidence": row["evidence"]["level"],
            }
            for variant, result in row["variants"].items():
                kept = result["kept"]
                share = {"kept": kept["value"], **{name: kept[name] for name in ("low", "high", "count", "of")}}
                rows.append({**of_class, "variant": variant, **share})
        return pandas.DataFrame(rows)

    def faithfulness(self):
        """One row a method and layer: whether such maps name what the model went by.

        Returns:
            `pandas.DataFrame` with `method`, `layer`, `images`, the symmetric relevance gain as `gain` with the ends of
            its 95 % interval, `low` and `high`, and how much greater it is than that of the first row as `difference`
            with `difference_low` and `difference_high`. The first row is about the maps that images are judged by.
        """
        found = self.summary.get("faithfulness")
        if found is None:
            raise KeyError(f"the faithfulness of {self.path} is not known; audit with --faithfulness 200")
        rows = []
        for maps in found["maps"]:
            gain, difference = maps.get("gain", {}), maps.get("difference", {})
            rows.append(
                {
                    **{name: maps[name] for name in ("method", "layer", "images")},
                    **{"gain": gain.get("mean"), "low": gain.get("low"), "high": gain.get("high")},
                    "difference": difference.get("mean"),
                    **{f"difference_{end}": difference.get(end) for end in ("low", "high")},
                }
            )
        return pandas.DataFrame(rows)

    def _proof_file(self, name):
        if not (self.path / "proof.json").is_file():
            raise FileNotFoundError(f"{self.path} holds no proof; make one with ./camaudit prove {self.path}")
        if not (self.path / name).is_file():
            raise FileNotFoundError(f"{self.path} holds no {name}; runs made with --no-parquet have none")
        return self.path / name

    def gallery(self, label, verdict=None, count=12, columns=4):
        """Draws the overlays of a class's images, those with the highest confidence first.

        Args:
            label: name, id or index of the class, as its images are labelled.
            verdict: only images with this verdict, such as "RIGHT_FOR_WRONG_REASONS"; None for all.
            count: most images.
            columns: images in a row.

        Returns:
            `matplotlib.figure.Figure`.
        """
        rows = self.images()
        rows = rows[self._is(rows, label)]
        if rows.empty:
            known = ", ".join(sorted(self.images()["label_name"].dropna().unique()))
            raise KeyError(f"no image of {self.path} has the label {label!r}; there are {known}")
        if verdict is not None:
            rows = rows[rows["verdict"] == verdict]
        rows = rows[rows["overlay"].notna()].sort_values("confidence", ascending=False, kind="stable")
        return figures.gallery(self.path, rows.head(count), columns)

    def cells(self, layer):
        """Where the cells of a layer's maps lie, as the run laid them (`--placement`).

        Returns:
            dict of `y` and `x`: edges of the rows and columns of cells, ascending, in pixels of the model's input;
            row `r` covers `y[r]` to `y[r + 1]`.
        """
        model = self.summary["model"]
        centers = model.get("cellCenters")
        if centers and layer in centers:
            rows, columns = (numpy.array(centers[layer][axis]) for axis in "yx")
        else:
            maps = self.explanations()
            maps = maps[maps["layer"] == layer]
            if maps.empty:
                raise KeyError(f"{self.path} has no map of layer {layer}")
            height, width = (int(maps[f"map_{side}"].iloc[0]) for side in ("height", "width"))
            rows = (numpy.arange(height) + 0.5) * model["inputHeight"] / height
            columns = (numpy.arange(width) + 0.5) * model["inputWidth"] / width
        ends = {"y": (rows, model["inputHeight"]), "x": (columns, model["inputWidth"])}
        return {axis: numpy.r_[0, (at[1:] + at[:-1]) / 2, side] for axis, (at, side) in ends.items()}

    def mean_maps(self, columns=4):
        """Draws the mean map of every class that has one, as `classes.json` holds it, where the run laid its cells.

        Returns:
            `matplotlib.figure.Figure`.
        """
        # First of the layer that images are judged by.
        laid = next(iter(self.summary["model"].get("cellCenters") or []), None)
        return figures.mean_maps(
            [row for row in self.statistics["classes"] if row.get("maps", {}).get("mean")],
            columns,
            None if laid is None else self.cells(laid),
        )

    @staticmethod
    def _is(rows, label):
        if isinstance(label, int):
            return rows["label_index"] == label
        return (rows["label_name"] == label) | (rows["label_id"] == label)
