"""The exported model in a session of TensorFlow's own."""

import numpy as np


class Model:
    def __init__(self, folder):
        import tensorflow as tf

        self.tf = tf
        self.session = tf.compat.v1.Session(graph=tf.Graph())
        with self.session.graph.as_default():
            signatures = tf.compat.v1.saved_model.load(self.session, ["serve"], str(folder)).signature_def
        self.preprocess, self.gradcam = signatures["preprocess"], signatures["gradcam"]

    def taken(self, path):
        """A JPEG as the model takes it."""
        pixels = self.tf.io.decode_jpeg(path.read_bytes(), channels=3).numpy()
        feed = {self.preprocess.inputs["image"].name: pixels}
        return self.session.run(self.preprocess.outputs["input"].name, feed)

    def logits(self, pictures):
        feed = {self.gradcam.inputs["images"].name: np.stack(pictures).astype(np.float32)}
        return self.session.run(self.gradcam.outputs["logits"].name, feed)

    def probabilities(self, pictures):
        logits = self.logits(pictures).astype(np.float64)
        odds = np.exp(logits - logits.max(axis=1, keepdims=True))
        return odds / odds.sum(axis=1, keepdims=True)
