import pytest

from camaudit_export import testing
from camaudit_export.errors import UsageError
from camaudit_export.export import export_model
from camaudit_export.nearest import nearest, nearest_layers

BLOCKS = ["conv4_block6_out", "conv5_block1_out", "conv5_block2_out", "conv5_block3_out", "conv5_block12_add"]
MODULES = ["layer3.5", "layer4.0", "layer4.1", "blocks.1", "blocks.10", "blocks.11"]


@pytest.mark.parametrize(
    "typed, names, wanted",
    [
        ("conv5", BLOCKS, "conv5_block12_add"),
        ("Conv5", BLOCKS, "conv5_block12_add"),
        ("conv5_block3", BLOCKS, "conv5_block3_out"),
        ("block1_out", BLOCKS, "conv5_block1_out"),
        ("block", BLOCKS, "conv5_block12_add"),
        ("conv5_blok2_out", BLOCKS, "conv5_block2_out"),
        ("layer4", MODULES, "layer4.1"),
        ("blocks.1", MODULES, "blocks.1"),
        ("layer3.5.conv2", MODULES, "layer3.5"),
        ("layer4.7", MODULES, "layer4.1"),
        ("blocks", MODULES, "blocks.11"),
    ],
)
def test_layers_of_which_the_last_is_meant(typed, names, wanted):
    """The cases of the Java program's NearestTest."""
    assert nearest(typed, names, in_order=True)[0] == wanted


def test_names_in_no_order():
    architectures = ["EfficientNetV2S", "ResNet101", "ResNet50", "ResNet50V2", "VGG16"]
    assert nearest("resnet50v3", architectures, 1) == ["ResNet50V2"]
    assert nearest("resnet", architectures) == ["ResNet50", "ResNet101", "ResNet50V2"]
    assert nearest("vgg", architectures, 1) == ["VGG16"]
    assert nearest("zzz", architectures) == [] == nearest("", architectures)


def test_nothing_alike_names_the_last():
    assert nearest_layers("zzz", BLOCKS).endswith("are conv5_block2_out, conv5_block3_out, conv5_block12_add")


def test_layers_of_a_keras_model(tmp_path):
    model = testing.build_tiny_transformer()
    with pytest.raises(UsageError, match='no layer "block"; the nearest are block2_attention, block1_attention'):
        export_model(model, tmp_path / "m", testing.preprocessing(), layers=["block"], labels=testing.LABELS)
