"""Times what people do today, on one folder: prints `name milliseconds-an-image`, or `name missing`.

    python benchmarks/peers.py FOLDER [openvino]

ResNet-50 with random weights, from file to written overlay: the Keras GradientTape recipe one image at a time, and
pytorch-grad-cam at three batch sizes, in float32 and under autocast to bfloat16. And OpenVINO's forward pass alone, on
ready tensors, without gradients or maps, as what the machine gives to the best program for it; with `openvino` nothing
but that.
"""

import importlib.util
import itertools
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

IMAGES = 48
CPUINFO = Path("/proc/cpuinfo")
# Elsewhere bfloat16 is emulated, tens of times as slow.
HAS_BFLOAT16 = not CPUINFO.exists() or bool({"amx_bf16", "avx512_bf16"} & set(CPUINFO.read_text().split()))
PRECISIONS = ("f32", "bf16") if HAS_BFLOAT16 else ("f32",)
FORWARD_BATCH = 16


def keras_recipe(paths, folder):
    import keras
    import tensorflow as tf

    model = keras.applications.ResNet50(weights=None)
    jet = np.stack([np.clip(1.5 - np.abs(np.linspace(0, 4, 256) - c), 0, 1) * 255 for c in (3, 2, 1)], axis=1)
    times = []
    for number, path in enumerate(paths):
        start = time.perf_counter()
        picture = keras.utils.img_to_array(keras.utils.load_img(path))
        pixels = keras.applications.resnet.preprocess_input(tf.image.resize(picture, (224, 224)).numpy()[None])
        # As the recipe stands: a prediction to print, then a model that is cut anew for every picture.
        model.predict(pixels, verbose=0)
        parts = keras.Model(model.inputs, [model.get_layer("conv5_block3_out").output, model.output])
        with tf.GradientTape() as tape:
            activations, predictions = parts(pixels)
            score = predictions[:, tf.argmax(predictions[0])]
        weights = tf.reduce_mean(tape.gradient(score, activations), axis=(0, 1, 2))
        heat = tf.maximum(tf.squeeze(activations[0] @ weights[:, None]), 0)
        heat = np.uint8(255 * (heat / tf.reduce_max(heat)).numpy())
        colours = tf.image.resize(jet[heat], picture.shape[:2]).numpy()
        keras.utils.array_to_img(colours * 0.4 + picture).save(folder / f"{number}.jpg")
        times.append(time.perf_counter() - start)
    print(f"Keras GradientTape recipe {1000 * statistics.median(times[3:]):.1f}", flush=True)


def grad_cam(paths, folder):
    import torch
    import torchvision
    from PIL import Image
    from pytorch_grad_cam import GradCAM
    from pytorch_grad_cam.utils.image import show_cam_on_image

    class Float(torch.nn.Module):
        """pytorch-grad-cam hands activations and logits to NumPy, which has no bfloat16."""

        def forward(self, values):
            return values.float()

    model = torchvision.models.resnet50(weights=None).eval()
    model.layer4.append(Float())
    model.fc = torch.nn.Sequential(model.fc, Float())
    # Autocast must reach the backward pass too, so the model itself opens it.
    forward, half = model.forward, torch.autocast("cpu", dtype=torch.bfloat16)
    cam = GradCAM(model=model, target_layers=[model.layer4[-1]])
    mean, std = np.array([0.485, 0.456, 0.406], np.float32), np.array([0.229, 0.224, 0.225], np.float32)
    for size, precision in itertools.product((1, 8, 32), PRECISIONS):
        model.forward = half(forward) if precision == "bf16" else forward
        times = []
        for first in range(0, len(paths) - size + 1, size):
            start = time.perf_counter()
            pictures = [
                np.float32(Image.open(path).convert("RGB").resize((224, 224))) / 255
                for path in paths[first : first + size]
            ]
            batch = torch.from_numpy(((np.stack(pictures) - mean) / std).transpose(0, 3, 1, 2))
            for number, (picture, heat) in enumerate(zip(pictures, cam(input_tensor=batch, targets=None), strict=True)):
                Image.fromarray(show_cam_on_image(picture, heat, use_rgb=True)).save(folder / f"{number}.jpg")
            times.append((time.perf_counter() - start) / size)
        suffix = ", bfloat16" if precision == "bf16" else ""
        print(f"pytorch-grad-cam, batch {size}{suffix} {1000 * statistics.median(times[1:] or times):.1f}", flush=True)


def openvino_forward():
    """As many streams as processors, each with one thread and batches of 16: the session's own division of the work."""
    import openvino
    import torch
    import torchvision

    network = torchvision.models.resnet50(weights=None).eval()
    with torch.no_grad():
        converted = openvino.convert_model(network, example_input=torch.zeros(FORWARD_BATCH, 3, 224, 224))
    converted.reshape([FORWARD_BATCH, 3, 224, 224])
    batch = np.random.default_rng(0).normal(size=(FORWARD_BATCH, 3, 224, 224)).astype(np.float32)
    streams = os.cpu_count()
    for precision in PRECISIONS:
        compiled = openvino.Core().compile_model(
            converted,
            "CPU",
            {"INFERENCE_PRECISION_HINT": precision, "NUM_STREAMS": streams, "INFERENCE_NUM_THREADS": streams},
        )
        queue = openvino.AsyncInferQueue(compiled, streams)

        def seconds(batches, queue=queue):
            start = time.perf_counter()
            for _ in range(batches):
                queue.start_async({0: batch})
            queue.wait_all()
            return time.perf_counter() - start

        seconds(2 * streams)
        times = [seconds(4 * streams) / (4 * streams * FORWARD_BATCH) for _ in range(5)]
        print(f"OpenVINO's forward pass in {precision} {1000 * statistics.median(times):.2f}", flush=True)


def main():
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    paths = sorted(path for path in Path(sys.argv[1]).rglob("*") if path.suffix.lower() in (".jpg", ".jpeg"))[:IMAGES]
    with tempfile.TemporaryDirectory() as folder:
        peers = {
            "openvino": ("OpenVINO's forward pass", "openvino", openvino_forward),
            "keras": ("Keras GradientTape recipe", "keras", lambda: keras_recipe(paths, Path(folder))),
            "grad-cam": ("pytorch-grad-cam", "pytorch_grad_cam", lambda: grad_cam(paths, Path(folder))),
        }
        for name, needs, timed in [peers[chosen] for chosen in sys.argv[2:]] or peers.values():
            if importlib.util.find_spec(needs):
                timed()
            else:
                print(f"{name} missing", flush=True)


if __name__ == "__main__":
    main()
