"""Models as people have them: each is exported, with maps equal to GradientTape's, or refused in the expected sentence.

The export itself compares logits and maps with the Keras model's (camaudit_export.verification). Weights are random and
networks narrow, so that all run within minutes. A table at the end says what was taken how.
"""

import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "export-scripts"))
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import keras
import tensorflow as tf
import tf_keras
from keras import layers as new
from keras.src.applications import convnext, densenet, efficientnet, efficientnet_v2, nasnet, resnet
from tf_keras import layers as old

from camaudit_export import testing
from camaudit_export.errors import ExportError
from camaudit_export.export import export_model
from camaudit_export.loading import load_model
from camaudit_export.normalization import Normalization
from camaudit_export.preprocessing import Preprocessing

SIDE = 32
TABLE = []


# Networks of keras.applications, by family.


def application(name, side=SIDE, **options):
    return lambda _: getattr(keras.applications, name)(weights=None, classes=3, input_shape=(side, side, 3), **options)


def vgg(_):
    base = keras.applications.VGG16(weights=None, include_top=False, input_shape=(SIDE, SIDE, 3))
    cut = keras.Model(base.input, base.get_layer("block3_pool").output)
    return keras.Sequential([cut, new.Flatten(), new.Dense(3, activation="softmax")])


def small_resnet(preactivation):
    build = resnet.stack_residual_blocks_v2 if preactivation else resnet.stack_residual_blocks_v1

    def stack(x):
        if preactivation:
            return build(x, 8, 2, name="conv2")
        return build(build(x, 4, 1, stride1=1, name="conv2"), 8, 2, name="conv3")

    return lambda _: resnet.ResNet(
        stack, preactivation, True, weights=None, classes=3, input_shape=(SIDE, SIDE, 3), weights_name=None
    )


def small_convnext(_):
    return convnext.ConvNeXt(
        [1, 1, 2, 1], [8, 12, 16, 20], default_size=SIDE, weights=None, classes=3, input_shape=(SIDE, SIDE, 3)
    )


def small_efficientnet(_):
    return efficientnet.EfficientNet(0.2, 0.2, SIDE, weights=None, classes=3, input_shape=(SIDE, SIDE, 3))


def small_efficientnet_v2(_):
    return efficientnet_v2.EfficientNetV2(
        0.2, 0.2, SIDE, name="efficientnetv2-b0", weights=None, classes=3, input_shape=(SIDE, SIDE, 3)
    )


def small_densenet(_):
    return densenet.DenseNet([1, 2, 1, 1], weights=None, classes=3, input_shape=(SIDE, SIDE, 3))


def small_nasnet(_):
    return nasnet.NASNet(
        (SIDE, SIDE, 3), 96, 1, 4, False, 2, weights=None, classes=3, default_size=SIDE, include_top=True
    )


# Heads, inputs and layers on a small body.


def body(inputs, kit=new):
    x = kit.Conv2D(8, 3, strides=2, name="first")(inputs)
    x = kit.BatchNormalization(name="norm")(x)
    return kit.Conv2D(8, 3, activation="relu", name="last")(x)


def with_head(head, kit=new, side=SIDE):
    package = keras if kit is new else tf_keras
    inputs = package.Input((side, side, 3))
    return package.Model(inputs, head(body(inputs, kit)))


def pooled(units, activation=None, kit=new, pool="GlobalAveragePooling2D"):
    def head(x):
        return kit.Dense(units, activation=activation)(getattr(kit, pool)()(x))

    return lambda _: with_head(head, kit)


def headed(head):
    return lambda _: with_head(head)


def inside(layer):
    """A model with one more layer between body and head."""

    def head(x):
        return new.Dense(3)(new.GlobalAveragePooling2D()(layer(x)))

    return headed(head)


def input_of(*shape):
    def build(_):
        inputs = keras.Input(shape)
        x = new.Conv2D(4, 3)(inputs) if len(shape) == 3 else inputs
        return keras.Model(
            inputs, new.Dense(3)(new.GlobalAveragePooling2D()(x) if len(shape) == 3 else new.Flatten()(x))
        )

    return build


def normalising(layer):
    """A model that prepares its pixels itself."""

    def build(_):
        inputs = keras.Input((SIDE, SIDE, 3))
        return keras.Model(inputs, new.Dense(3)(new.GlobalAveragePooling2D()(body(layer(inputs)))))

    return build


def old_rescaling():
    inputs = tf_keras.Input((SIDE, SIDE, 3))
    return tf_keras.Model(inputs, pool_old(old.Rescaling(1 / 127.5, -1)(inputs)))


def grouped(groups, filters):
    return inside(new.Conv2D(filters, 3, padding="same", groups=groups, name="grouped"))


def vision_transformer(_):
    inputs = keras.Input((SIDE, SIDE, 3))
    x = new.Conv2D(16, 8, strides=8, name="patches")(inputs)
    x = new.Reshape((16, 16))(x)
    x = new.Add()([x, new.MultiHeadAttention(2, 8)(x, x)])
    return keras.Model(inputs, new.Dense(3)(new.GlobalAveragePooling1D()(x)))


def channels_first(_):
    inputs = keras.Input((SIDE, SIDE, 3))
    x = new.Conv2D(4, 3, data_format="channels_first", name="turned")(new.Permute((3, 1, 2))(inputs))
    return keras.Model(inputs, new.Dense(3)(new.GlobalAveragePooling2D(data_format="channels_first")(x)))


class Own(keras.layers.Layer):
    def call(self, inputs):
        return keras.ops.tanh(inputs)


class Unfolded(keras.Model):
    def __init__(self):
        super().__init__()
        self.convolution, self.dense = new.Conv2D(4, 3), new.Dense(3)

    def call(self, inputs):
        return self.dense(keras.ops.mean(self.convolution(inputs), (1, 2)))


def subclass(_):
    model = Unfolded()
    model(tf.zeros((1, SIDE, SIDE, 3)))
    return model


def two_outputs(_):
    inputs = keras.Input((SIDE, SIDE, 3))
    x = new.GlobalAveragePooling2D()(body(inputs))
    return keras.Model(inputs, [new.Dense(3)(x), new.Dense(2)(x)])


def nested(_):
    inputs = keras.Input((SIDE, SIDE, 3))
    stem = keras.Model(inputs, body(inputs), name="stem")
    return keras.Sequential([keras.Input((SIDE, SIDE, 3)), stem, new.GlobalAveragePooling2D(), new.Dense(3)])


def mixed_precision(_):
    keras.mixed_precision.set_global_policy("mixed_float16")
    try:
        return pooled(3, "softmax")(None)
    finally:
        keras.mixed_precision.set_global_policy("float32")


# Files of Keras 2: written by tf_keras, read as a user's file is.


def file_of_keras_2(build, name):
    def load(folder):
        model = build()
        model.save(folder / name)
        return load_model(folder / name, trust="lambda" in name)

    return load


def old_application(name, **options):
    return lambda: getattr(tf_keras.applications, name)(weights=None, classes=3, input_shape=(SIDE, SIDE, 3), **options)


def old_mobilenet_v2():
    base = tf_keras.applications.MobileNetV2(input_shape=(SIDE, SIDE, 3), alpha=0.35, weights=None, include_top=False)
    pooled_features = old.GlobalAveragePooling2D()(base.get_layer("block_4_add").output)
    return tf_keras.Model(base.input, old.Dense(3, activation="softmax")(pooled_features))


def teachable_machine():
    base = tf_keras.applications.MobileNetV2(input_shape=(SIDE, SIDE, 3), alpha=0.35, weights=None, include_top=False)
    cut = tf_keras.Model(base.input, base.get_layer("block_2_add").output)
    features = tf_keras.Sequential([cut, old.GlobalAveragePooling2D()])
    dense = [old.Dense(10, activation="relu", input_shape=(8,)), old.Dense(3, activation="softmax", use_bias=False)]
    return tf_keras.Sequential([features, tf_keras.Sequential(dense)])


def functions_as_layers():
    inputs = tf_keras.Input((SIDE, SIDE, 3))
    x = tf.nn.relu6(old.Conv2D(8, 3, padding="same")(inputs / 127.5 - 1.0))
    x = old.Conv2D(8, 3, padding="same")(x) + x
    return tf_keras.Model(inputs, tf.nn.softmax(old.Dense(3)(tf.reduce_mean(x, [1, 2]))))


def old_lambda():
    inputs = tf_keras.Input((SIDE, SIDE, 3))
    return tf_keras.Model(inputs, pool_old(old.Lambda(lambda x: x / 255.0)(inputs)))


def pool_old(x):
    return old.Dense(3)(old.GlobalAveragePooling2D()(body(x, old)))


def hard_sigmoid():
    inputs = tf_keras.Input((SIDE, SIDE, 3))
    return tf_keras.Model(inputs, pool_old(old.Conv2D(4, 1, activation="hard_sigmoid")(inputs)))


def old_mixed_precision():
    tf_keras.mixed_precision.set_global_policy("mixed_float16")
    try:
        inputs = tf_keras.Input((SIDE, SIDE, 3))
        return tf_keras.Model(inputs, pool_old(inputs))
    finally:
        tf_keras.mixed_precision.set_global_policy("float32")


EXPORTED = None
TWICE = "exported, and told that pixels are normalised twice"
MODELS = {
    # keras.applications
    "VGG16 without its top": (vgg, EXPORTED),
    "MobileNet": (application("MobileNet", alpha=0.25), EXPORTED),
    "MobileNetV2": (application("MobileNetV2", alpha=0.35), EXPORTED),
    "MobileNetV3Small": (application("MobileNetV3Small", minimalistic=True), EXPORTED),
    "ResNet, narrow": (small_resnet(False), EXPORTED),
    "ResNetV2, narrow": (small_resnet(True), EXPORTED),
    "ConvNeXt, narrow": (small_convnext, EXPORTED),
    "EfficientNet, narrow": (small_efficientnet, EXPORTED),
    "EfficientNetV2, narrow": (small_efficientnet_v2, EXPORTED),
    "DenseNet, narrow": (small_densenet, EXPORTED),
    "NASNet, narrow": (small_nasnet, EXPORTED),
    # Keras 2
    "Keras 2: MobileNet.h5": (file_of_keras_2(old_application("MobileNet", alpha=0.25), "m.h5"), EXPORTED),
    "Keras 2: MobileNetV2.keras": (file_of_keras_2(old_mobilenet_v2, "m.keras"), EXPORTED),
    "Keras 2: Teachable Machine": (file_of_keras_2(teachable_machine, "keras_model.h5"), EXPORTED),
    "Keras 2: functions as layers, .h5": (file_of_keras_2(functions_as_layers, "m.h5"), EXPORTED),
    "Keras 2: functions as layers, .keras": (file_of_keras_2(functions_as_layers, "m.keras"), EXPORTED),
    "Keras 2: functions as layers, SavedModel": (file_of_keras_2(functions_as_layers, "saved"), EXPORTED),
    "Keras 2: Lambda, trusted": (file_of_keras_2(old_lambda, "lambda.h5"), EXPORTED),
    "Keras 2: Lambda": (file_of_keras_2(old_lambda, "m.h5"), r"Lambda layer, which is Python code.*--trust"),
    "Keras 2: hard_sigmoid": (file_of_keras_2(hard_sigmoid, "m.keras"), EXPORTED),
    "Keras 2: mixed precision": (file_of_keras_2(old_mixed_precision, "m.keras"), EXPORTED),
    "Keras 2: yes or no": (file_of_keras_2(lambda: pooled(1, "sigmoid", old)(None), "m.h5"), EXPORTED),
    # heads
    "softmax": (pooled(3, "softmax"), EXPORTED),
    "logits": (pooled(3), EXPORTED),
    "softmax as a layer": (headed(lambda x: new.Softmax()(new.Dense(3)(new.Flatten()(x)))), EXPORTED),
    "softmax as an activation": (
        headed(lambda x: new.Activation("softmax")(new.Dense(3)(new.Flatten()(x)))),
        EXPORTED,
    ),
    "softmax as a function": (headed(lambda x: keras.ops.softmax(new.Dense(3)(new.Flatten()(x)))), EXPORTED),
    "log softmax": (pooled(3, "log_softmax"), EXPORTED),
    "log softmax as a function": (headed(lambda x: keras.ops.log_softmax(new.Dense(3)(new.Flatten()(x)))), EXPORTED),
    "log softmax in a Lambda": (
        headed(lambda x: new.Lambda(tf.nn.log_softmax)(new.Dense(3)(new.Flatten()(x)))),
        r"ends in a log softmax inside",
    ),
    "one sigmoid": (pooled(1, "sigmoid"), EXPORTED),
    "one sigmoid as a layer": (headed(lambda x: new.Activation("sigmoid")(new.Dense(1)(new.Flatten()(x)))), EXPORTED),
    "one number": (pooled(1), r"one output and no sigmoid"),
    "multi-label": (pooled(4, "sigmoid"), EXPORTED),
    "multi-label as a layer": (
        headed(lambda x: new.Activation("sigmoid")(new.Dense(4)(new.Flatten()(x)))),
        EXPORTED,
    ),
    "multi-label, two outputs": (pooled(2, "sigmoid"), EXPORTED),
    "multi-label as a function": (headed(lambda x: keras.ops.sigmoid(new.Dense(4)(new.Flatten()(x)))), EXPORTED),
    "sigmoids in a Lambda": (
        headed(lambda x: new.Lambda(tf.math.sigmoid)(new.Dense(4)(new.Flatten()(x)))),
        r"ends in sigmoids inside",
    ),
    "maximum pool": (pooled(3, pool="GlobalMaxPooling2D"), EXPORTED),
    "map of scores": (headed(new.Conv2D(3, 1)), r"have the shape \(13, 13, 3\)"),
    "two outputs": (two_outputs, r"1 inputs and 2 outputs"),
    # inputs
    "grey": (input_of(SIDE, SIDE, 1), EXPORTED),
    "grey, not square": (input_of(SIDE, 20, 1), EXPORTED),
    "two channels": (input_of(SIDE, SIDE, 2), r"pictures of two channels; RGB pictures"),
    "four channels": (input_of(SIDE, SIDE, 4), r"pictures of four channels; RGB pictures"),
    "channels first": (input_of(3, SIDE, SIDE), r"channels first.*only channels last"),
    "wide": (input_of(24, SIDE, 3), EXPORTED),
    "high": (input_of(SIDE, 24, 3), EXPORTED),
    "any size": (input_of(None, None, 3), r"any size.*choose one with --size"),
    "any width": (input_of(SIDE, None, 3), r"any size.*choose one with --size"),
    "a table": (input_of(12), r"something else than pictures"),
    "Rescaling inside": (normalising(new.Rescaling(1 / 127.5, -1, name="own")), EXPORTED),
    "Rescaling inside, prepared as well": (normalising(new.Rescaling(1 / 127.5, -1, name="own")), TWICE),
    "arithmetic inside, prepared as well": (normalising(lambda x: x / 127.5 - 1.0), TWICE),
    "Keras 2: Rescaling inside, prepared as well": (file_of_keras_2(old_rescaling, "m.h5"), TWICE),
    # layers
    "nested": (nested, EXPORTED),
    "mixed precision": (mixed_precision, EXPORTED),
    "depthwise by groups": (grouped(8, 16), EXPORTED),
    "grouped": (grouped(4, 12), EXPORTED),
    "TimeDistributed": (inside(new.TimeDistributed(new.Conv1D(4, 3))), EXPORTED),
    "separable": (inside(new.SeparableConv2D(6, 3)), EXPORTED),
    "transposed": (inside(new.Conv2DTranspose(6, 3)), EXPORTED),
    "group normalisation": (inside(new.GroupNormalization(4)), EXPORTED),
    "own layer": (inside(Own()), EXPORTED),
    "Lambda": (inside(new.Lambda(tf.nn.relu6)), EXPORTED),
    "channels-first layer": (channels_first, r'"turned" .*data_format="channels_first"'),
    "vision transformer": (vision_transformer, EXPORTED),
    "subclass": (subclass, r"called from Python code"),
}


@pytest.mark.parametrize("name", MODELS)
def test_a_model_is_exported_or_refused_in_a_sentence(tmp_path, name):
    build, sentence = MODELS[name]
    keras.utils.set_random_seed(8)
    tf_keras.utils.set_random_seed(8)
    try:
        model = build(tmp_path)
        testing.randomize(model, 8)
        # The models that are told of it are prepared from outside too.
        preparation = Normalization("tf" if sentence is TWICE else "none")
        exported = export_model(model, tmp_path / "exported", Preprocessing(preparation))
    except ExportError as error:
        TABLE.append((name, f"refused: {error}"))
        assert sentence is not None, error
        with pytest.raises(ExportError, match=sentence):
            raise
        assert "\n" not in str(error)
        return
    layer = exported.card["defaultLayer"]
    largest = max(exported.differences.values())
    card = exported.card
    size = f"{card['input']['width']} x {card['input']['height']} x {card['input']['channels']}"
    told = "; told of pixels normalised twice" if exported.notes else ""
    TABLE.append(
        (
            name,
            f"exported: {size}, {card['decision']['kind']}, {layer}, {card['head']['kind']} head,"
            f" differs by {largest:.0e}{told}",
        )
    )
    if sentence is TWICE:
        (note,) = exported.notes
        assert "--preprocessing none" in note
        assert "normalised twice" in note or "nearly the same for all pictures" in note
    else:
        assert sentence is None, "was to be refused"
        assert exported.notes == []
    assert largest < 1e-4
    assert len(exported.card["labels"]) == exported.card["classes"]


def test_print_the_table(capsys):
    with capsys.disabled():
        print()
        for name, what in TABLE:
            print(f"  {name:42} {what[:150]}")
        print(f"  {len(TABLE)} models")
    assert len(TABLE) == 0 or len(MODELS) >= 40
