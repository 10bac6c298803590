"""The model card: what an exported model holds, in words and numbers."""

import datetime
import hashlib
import json

import keras
import numpy as np
import tensorflow as tf

import camaudit_export
from camaudit_export.attention_methods import NOT_OF_A_CLASS

CONTRACT_VERSION = 2


def weights_digest(model):
    """SHA-256 over all weights, in layer order, as little-endian float32, before folding."""
    digest = hashlib.sha256()
    for weight in model.weights:
        digest.update(np.ascontiguousarray(weight.numpy(), dtype="<f4").tobytes())
    return digest.hexdigest()


def make_card(
    *,
    name,
    source,
    weights,
    weights_sha256,
    parameters,
    input_card,
    classes,
    decision,
    layers,
    centers,
    default,
    methods,
    head,
    labels,
):
    """The card's fields in the order of docs/model-contract.md.

    Args:
        name, source, weights: str. What the model is called, comes from, was trained on.
        weights_sha256: str. Digest over all weights, before folding.
        parameters: int. Number of weights.
        input_card: dict of `Preprocessing.card`.
        classes: int.
        decision: dict of `describe_decision`.
        layers: dict from layer name to `(h, w, C)`, in the network's order.
        centers: dict of `cell_centers`; layers may be missing.
        default: str. Name of the layer that is explained when none is asked for.
        methods: list of str, the default one first.
        head: dict of `describe_head`.
        labels: list of dicts, one a class.
    """
    now = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
    return {
        "contractVersion": CONTRACT_VERSION,
        "model": {
            "name": name,
            "source": source,
            "weights": weights,
            "weightsSha256": weights_sha256,
            "parameters": parameters,
        },
        "input": input_card,
        "classes": classes,
        "decision": decision,
        "layers": [
            {"name": layer, "height": height, "width": width, "channels": channels}
            | ({"centers": centers[layer]} if layer in centers else {})
            for layer, (height, width, channels) in layers.items()
        ],
        "defaultLayer": default,
        "methods": [_method(name) for name in methods],
        "head": head,
        "labels": labels,
        "created": {
            "at": now.isoformat().replace("+00:00", "Z"),
            "exporter": camaudit_export.__version__,
            "tensorflow": tf.__version__,
            "keras": keras.__version__,
        },
    }


def _method(name):
    described = {"name": name, "signature": name}
    return described | {"classSpecific": False} if name in NOT_OF_A_CLASS else described


def write_card(card, path):
    """Writes a card as indented JSON with one line a layer and label."""
    lists = {
        key: "[\n    " + ",\n    ".join(json.dumps(entry, ensure_ascii=False) for entry in card[key]) + "\n  ]"
        for key in ("layers", "labels")
    }
    fields = [
        f"  {json.dumps(key)}: {lists.get(key) or json.dumps(value, ensure_ascii=False)}" for key, value in card.items()
    ]
    path.write_text("{\n" + ",\n".join(fields) + "\n}\n", encoding="utf-8")
