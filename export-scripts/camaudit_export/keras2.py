"""Models of Keras 2, read with `tf_keras` and rebuilt from Keras 3 layers.

Layers that the exporter looks into (convolutions, batch norms, the head) become layers of
Keras 3 with the same weights. Every other layer, own ones too, is run by Keras 2 itself inside a
`Keras2Layer`, so that what changed between the two (hard_sigmoid, for one) cannot change a number.
"""

import keras
import numpy as np
import tensorflow as tf

from camaudit_export.errors import ExportError

SAME_ACTIVATIONS = ("linear", "relu", "relu6", "softmax", "log_softmax", "sigmoid", "tanh", "swish", "silu", "gelu")
"""Names of activations that Keras 2 and 3 compute alike."""

CONVOLUTION = ("strides", "padding", "data_format", "dilation_rate", "use_bias", "activation")
SAME_LAYERS = {
    "Conv2D": ("filters", "kernel_size", "groups", *CONVOLUTION),
    "DepthwiseConv2D": ("kernel_size", "depth_multiplier", *CONVOLUTION),
    "Dense": ("units", "use_bias", "activation"),
    "BatchNormalization": ("axis", "epsilon", "center", "scale"),
    "GlobalAveragePooling2D": ("data_format", "keepdims"),
    "Activation": ("activation",),
    "ReLU": ("max_value", "negative_slope", "threshold"),
    "Softmax": ("axis",),
    "Rescaling": ("scale", "offset"),
    "Dropout": ("rate",),
    "SpatialDropout2D": ("rate",),
    "GaussianDropout": ("rate",),
    "GaussianNoise": ("stddev",),
    "ActivityRegularization": (),
    "Add": (),
}
"""Layers rebuilt in Keras 3, each with the settings that change what it computes at inference."""

SAME_FUNCTIONS = {
    "nn.softmax": lambda name: keras.layers.Softmax(name=name),
    "nn.log_softmax": lambda name: keras.layers.Activation("log_softmax", name=name),
    "math.sigmoid": lambda name: keras.layers.Activation("sigmoid", name=name),
}
"""Functions of one tensor that may end a model, rebuilt as layers."""


class Keras2Layer(keras.layers.Layer):
    """A layer of Keras 2, run in inference mode as it is.

    Args:
        old: `tf_keras.layers.Layer`.
    """

    def __init__(self, old, name):
        super().__init__(name=name, dtype="float32", autocast=False)
        self.old = old
        self.outputs_of_call = None
        self.built = True

    def call(self, *args, **kwargs):
        if "training" in self.old._call_spec.arg_names:
            kwargs["training"] = False
        return self.old(*args, **kwargs)

    def compute_output_spec(self, *args, **kwargs):
        return self.outputs_of_call

    @property
    def weights(self):
        return self.old.weights


def convert(old):
    """Rebuilds a functional or Sequential model of Keras 2 and checks it against the original.

    Args:
        old: `tf_keras.Model`.

    Returns:
        `keras.Model` with the same names of layers, in float32.
    """
    if not getattr(old, "_is_graph_network", False):
        raise ExportError(
            f'model "{old.name}" is a {type(old).__name__} of Keras 2 whose layers are called from Python code;'
            " only functional and built Sequential models show where a layer's output goes."
            " Rebuild it with keras.Model(inputs, outputs)."
        )
    for layer in old._flatten_layers():
        if layer.compute_dtype != "float32":
            layer._set_dtype_policy("float32")
    model = _Conversion().model(old)
    _check(old, model)
    return model


class _Conversion:
    def __init__(self):
        self._made = {}

    def model(self, old):
        values = {}
        for symbol in old.inputs:
            name = symbol._keras_history.layer.name
            values[id(symbol)] = keras.Input(tuple(symbol.shape[1:]), name=_name(name), dtype="float32")
        inputs = [values[id(symbol)] for symbol in old.inputs]
        for depth in sorted(old._nodes_by_depth, reverse=True):
            for node in old._nodes_by_depth[depth]:
                if not node.is_input:
                    self._call(node, values)
        outputs = [values[id(symbol)] for symbol in old.outputs]
        return keras.Model(_alone(inputs), _alone(outputs), name=_name(old.name))

    def _call(self, node, values):
        old = node.layer
        if id(old) not in self._made:
            self._made[id(old)] = self._convert(old, node)
        new = self._made[id(old)]
        arguments = (node.call_args, node.call_kwargs)
        args, kwargs = tf.nest.map_structure(lambda value: values.get(id(value), value), arguments)
        if isinstance(new, Keras2Layer):
            new.outputs_of_call = tf.nest.map_structure(_spec, node.outputs)
        else:
            args, kwargs = args[:1] or (kwargs[next(iter(kwargs))],), {}
        results = new(*args, **kwargs)
        if not isinstance(new, Keras2Layer) and not isinstance(new, keras.Model) and old.get_weights():
            new.set_weights(old.get_weights())
        flat = zip(tf.nest.flatten(node.outputs), tf.nest.flatten(results), strict=True)
        values.update({id(symbol): result for symbol, result in flat})

    def _convert(self, old, node):
        import tf_keras

        if isinstance(old, tf_keras.Model) and getattr(old, "_is_graph_network", False):
            return self.model(old)
        kind = type(old).__name__
        if type(old) is getattr(tf_keras.layers, kind, None) and kind in SAME_LAYERS:
            settings = _settings(old, SAME_LAYERS[kind])
            if settings is not None:
                return getattr(keras.layers, kind)(name=_name(old.name), **settings)
        function = SAME_FUNCTIONS.get(getattr(old, "symbol", None))
        if function is not None and len(node.call_args) == 1 and set(node.call_kwargs) <= {"name"}:
            return function(_name(old.name))
        # The class carries the name of the old one, which messages and the search for a softmax read.
        return type(kind, (Keras2Layer,), {})(old, _name(old.name))


def _settings(old, names):
    """The layer's settings for Keras 3, or None where Keras 3 would compute something else."""
    settings = {}
    for name in names:
        value = getattr(old, name, None)
        if name == "activation":
            value = getattr(value, "__name__", None)
            if value not in SAME_ACTIVATIONS or getattr(keras.activations, value, None) is None:
                return None
        elif name == "axis":
            axes = [int(axis) for axis in tf.nest.flatten(value)]
            if len(axes) != 1:
                return None
            (value,) = axes
        elif isinstance(value, np.generic | np.ndarray):
            value = value.tolist()
        settings[name] = value
    return settings


def _spec(symbol):
    return keras.KerasTensor(tuple(symbol.shape), dtype="float32" if symbol.dtype.is_floating else symbol.dtype.name)


def _alone(values):
    return values[0] if len(values) == 1 else values


def _name(name):
    return name.replace("/", "_")


def _check(old, new):
    """Raises `ExportError` where the rebuilt model answers otherwise than the original."""
    shapes = [[side or 64 for side in tensor.shape[1:]] for tensor in new.inputs]
    random = np.random.default_rng(11)
    images = [random.uniform(-1, 1, (2, *shape)).astype(np.float32) for shape in shapes]
    given = _alone(images)
    pairs = zip(tf.nest.flatten(old(given, training=False)), tf.nest.flatten(new(given, training=False)), strict=True)
    for before, after in pairs:
        difference = np.max(np.abs(before.numpy() - np.asarray(after))) / max(np.max(np.abs(before.numpy())), 1e-30)
        if not difference <= 1e-4:
            raise ExportError(
                f'model "{old.name}", written by Keras 2, answers otherwise when rebuilt for Keras 3 (by'
                f" {difference:.2g} of its largest output); save it with Keras 3 and export that file"
            )
