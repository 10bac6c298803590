"""Times maps of published recipes against the programs that people use for them, in turn.

    python benchmarks/recipes.py --torch PYTHON [--work DIR] [--pairs 5]

PYTHON is that of an environment with PyTorch (docs/pytorch.md). It makes a ResNet-50 and a ViT-B/16 there, with random
weights, exports both, and a ResNet-50 of Keras of the same shape. Then, a pair at a time, with as many threads on both
sides as there are processors:

- all 16 blocks of a ResNet-50 for one image: one run of the exported graph, against pytorch-grad-cam once a block;
- five classes of one image: one run of the exported graph, against five;
- `gae` of a ViT-B/16: one run for one image, and many images by as many callers of one thread each as there are
  processors, as an audit does it, each against transformers with output_attentions and autograd, image by image;
- a batch of eight through the ResNet-50 of PyTorch's shape: the graph made of ONNX, against Keras' own.

The exported graphs run in TensorFlow's session from Python: the model's part alone, for which both sides have the
picture ready. Printed are medians of each side and of the pairs' ratios with their range, and what the exports took.
"""

import argparse
import concurrent.futures
import json
import os
import pathlib
import statistics
import subprocess
import sys
import time

HOME = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(HOME / "export-scripts"))

BATCH = 8


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--torch", required=True, help="Python of an environment with PyTorch")
    parser.add_argument("--work", type=pathlib.Path, default=pathlib.Path("/tmp/camaudit-recipes"))
    parser.add_argument("--pairs", type=int, default=5)
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    make(options.torch, options.work)
    theirs = Peer(options.torch)
    ours = Session(options.work / "resnet50")
    compare("16 blocks, one image", options.pairs, lambda: theirs.time("sweep"), ours.sweep)
    compare("five classes, one image", options.pairs, ours.five_apart, ours.five_together)
    keras = Session(options.work / "keras50")
    compare(f"Keras' ResNet-50 over ONNX's, batch of {BATCH}", options.pairs, keras.batch, ours.batch)
    del keras, ours
    transformer = Session(options.work / "vit")
    compare("ViT-B/16 gae, one image", options.pairs, lambda: theirs.time("gae"), transformer.gae)
    del transformer
    callers = Session(options.work / "vit", threads=1)
    compare("ViT-B/16 gae, an image of many", options.pairs, lambda: theirs.time("gae"), callers.gae_of_many)


def compare(what, pairs, other, own):
    """Prints how many times longer the other takes; a first call of each is not counted."""
    other(), own()
    times = [(other(), own()) for _ in range(pairs)]
    ratios = [a / b for a, b in times]
    print(
        f"{what}: {1000 * statistics.median(a for a, _ in times):.1f} over"
        f" {1000 * statistics.median(b for _, b in times):.1f} ms,"
        f" {statistics.median(ratios):.2f} times ({min(ratios):.2f} to {max(ratios):.2f}, {pairs} pairs)",
        flush=True,
    )


class Peer:
    """The other side, in an environment and a process of its own, which is asked for one figure at a time."""

    def __init__(self, python):
        self._process = subprocess.Popen(
            [python, HOME / "benchmarks/recipes_torch.py"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def time(self, what):
        print(what, file=self._process.stdin, flush=True)
        return float(self._process.stdout.readline())


class Session:
    """An exported model in a session, as the program loads it."""

    def __init__(self, directory, threads=None):
        import numpy as np
        import tensorflow as tf

        card = json.loads((directory / "assets.extra/model-card.json").read_text())
        config = tf.compat.v1.ConfigProto(intra_op_parallelism_threads=threads or os.cpu_count())
        self._session = tf.compat.v1.Session(graph=tf.Graph(), config=config)
        with self._session.graph.as_default():
            loaded = tf.compat.v1.saved_model.load(self._session, ["serve"], str(directory))
        self._signatures = loaded.signature_def
        self._layers = [layer["name"] for layer in card["layers"]]
        self._default = card["defaultLayer"]
        sides = card["input"]["height"], card["input"]["width"]
        self._images = np.random.default_rng(0).normal(0, 50, (BATCH, *sides, 3)).astype(np.float32)

    def sweep(self):
        return self._time("gradcam", self._layers, 1, [0], [-1])

    def five_together(self):
        return self._time("gradcam", [self._default], 1, [0] * 5, range(5))

    def five_apart(self):
        return sum(self._time("gradcam", [self._default], 1, [0], [target]) for target in range(5))

    def batch(self):
        return self._time("gradcam", [self._default], BATCH, range(BATCH), [-1] * BATCH)

    def gae(self):
        return self._time("gae", [self._default], 1, [0], [-1])

    def gae_of_many(self):
        """Seconds an image."""
        images = 4 * os.cpu_count()
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as callers:
            start = time.perf_counter()
            list(callers.map(lambda _: self.gae(), range(images)))
            return (time.perf_counter() - start) / images

    def _time(self, method, layers, images, index, targets):
        signature = self._signatures[method]
        names = {key: tensor.name for key, tensor in signature.inputs.items()}
        feeds = {names["images"]: self._images[:images], names["image_index"]: list(index)}
        feeds[names["targets"]] = list(targets)
        fetches = [signature.outputs[key].name for key in ("logits", *(f"map/{layer}" for layer in layers))]
        start = time.perf_counter()
        self._session.run(fetches, feeds)
        return time.perf_counter() - start


def make(torch, work):
    """Writes the models that are not there yet, and prints what the exports took."""
    write = [torch, HOME / "export-scripts/camaudit_torch.py", "--weights", "random"]
    if not (work / "resnet50.onnx").exists():
        subprocess.run([*write, "--torchvision", "resnet50", "--output", work / "resnet50.onnx"], check=True)
    if not (work / "vit.onnx").exists():
        folder = work / "vit-config"
        configure = (
            "import sys, transformers; transformers.ViTConfig().save_pretrained(sys.argv[1]);"
            "transformers.ViTImageProcessor().save_pretrained(sys.argv[1])"
        )
        subprocess.run([torch, "-c", configure, folder], check=True)
        subprocess.run([*write, "--transformers", folder, "--output", work / "vit.onnx"], check=True)
    if not (work / "keras50.keras").exists():
        keras_resnet().save(work / "keras50.keras")
    export(work / "resnet50", "--onnx", work / "resnet50.onnx", "--layers", "all-blocks")
    export(work / "keras50", "--keras-model", work / "keras50.keras", "--preprocessing", "resnet50")
    export(work / "vit", "--onnx", work / "vit.onnx", "--layers", "auto")


def export(output, *arguments):
    if output.exists():
        return
    command = [sys.executable, "-m", "camaudit_export", *arguments, "--output", output]
    start = time.perf_counter()
    subprocess.run(
        command, check=True, stdout=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": str(HOME / "export-scripts")}
    )
    seconds = time.perf_counter() - start
    parameters = json.loads((output / "assets.extra/model-card.json").read_text())["model"]["parameters"]
    size = (output / "saved_model.pb").stat().st_size / (4 * parameters)
    print(f"export of {output.name}: {seconds:.1f} s, {size:.4f} times the weights on disk", flush=True)


def keras_resnet():
    """ResNet-50 as PyTorch has it: strides in the convolutions of 3 x 3, and padding on all sides."""
    import keras
    from keras import layers

    def convolution(x, filters, size, stride=1, name=None):
        if size > 1:
            x = layers.ZeroPadding2D(size // 2)(x)
        x = layers.Conv2D(filters, size, stride, use_bias=False)(x)
        return layers.BatchNormalization(epsilon=1e-5, name=name)(x)

    keras.utils.set_random_seed(0)
    inputs = keras.Input((224, 224, 3))
    x = layers.ReLU()(convolution(inputs, 64, 7, 2))
    x = layers.MaxPooling2D(3, 2)(layers.ZeroPadding2D(1)(x))
    for stage, blocks in enumerate((3, 4, 6, 3)):
        for block in range(blocks):
            filters, stride = 64 << stage, 2 if stage and not block else 1
            shortcut = x if block else convolution(x, 4 * filters, 1, stride)
            x = layers.ReLU()(convolution(x, filters, 1))
            x = layers.ReLU()(convolution(x, filters, 3, stride))
            x = layers.ReLU()(layers.Add()([convolution(x, 4 * filters, 1), shortcut]))
    outputs = layers.Dense(1000)(layers.GlobalAveragePooling2D()(x))
    return keras.Model(inputs, outputs, name="keras50")


if __name__ == "__main__":
    main()
