"""Opens an exported dataset with FiftyOne and says as JSON what it found in it.

`python open_with_fiftyone.py FOLDER` in an environment with `fiftyone`, and with `mongomock` if FIFTYONE_DATABASE_URI
names no MongoDB: FiftyOne keeps its datasets in one, and its own importer, migrations and classes are tried here.
"""

import json
import os
import sys


def use_memory():
    """Puts a database in memory in MongoDB's place."""
    import mongoengine
    import mongomock
    import motor.motor_asyncio  # noqa: F401  (made of the real client's class)
    import pymongo
    from mongomock.store import ServerStore

    store = ServerStore()

    class Client(mongomock.MongoClient):
        _closed = False

        def __init__(self, *args, appname=None, **kwargs):
            super().__init__(*args, _store=store, **kwargs)

    pymongo.MongoClient = Client
    connect = mongoengine.connect
    mongoengine.connect = lambda *args, **kwargs: connect(*args, mongo_client_class=Client, **kwargs)
    os.environ["FIFTYONE_DATABASE_URI"] = "mongodb://localhost:27017"
    os.environ["FIFTYONE_DATABASE_VALIDATION"] = "false"

    import fiftyone.core.odm.database as database

    database._apply_options = lambda db: db  # of time zones, which the database in memory does not have


def label(sample, field):
    value = sample[field]
    return None if value is None else [value.label, value.confidence]


def facts(dataset):
    samples = []
    for sample in dataset:
        heat = sample["heatmap"].get_map() if sample["heatmap"] else None
        samples.append(
            {
                "filepath": sample.filepath,
                "tags": sample.tags,
                "ground_truth": label(sample, "ground_truth"),
                "prediction": label(sample, "prediction"),
                "likeliest": [each.label for each in sample["likeliest"].classifications],
                "verdict": sample["verdict"],
                "correct": sample["correct"],
                "region_lift": sample["region_lift"],
                "class_flags": sample["class_flags"],
                "class_evidence": sample["class_evidence"],
                "regions": [len(each.points) for each in sample["regions"].polylines] if sample["regions"] else [],
                "heatmap": None if heat is None else [list(heat.shape), int(heat.max()), sample["heatmap"].range],
            }
        )
    schema = dataset.get_field_schema(flat=True)
    return {
        "name": dataset.name,
        "media_type": dataset.media_type,
        "schema": {name: str(field) for name, field in schema.items()},
        "tags": dataset.count_sample_tags(),
        "info": dataset.info,
        "samples": samples,
    }


def main():
    os.environ["FIFTYONE_DO_NOT_TRACK"] = "true"
    if "FIFTYONE_DATABASE_URI" not in os.environ:
        use_memory()
    import fiftyone

    dataset = fiftyone.Dataset.from_dir(dataset_dir=sys.argv[1], dataset_type=fiftyone.types.FiftyOneDataset)
    print(json.dumps({"version": fiftyone.__version__, **facts(dataset)}))


if __name__ == "__main__":
    main()
