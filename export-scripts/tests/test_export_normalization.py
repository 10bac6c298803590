"""What the functions of keras.applications do to pixels, found out by trial."""

import pytest

from camaudit_export.normalization import named_normalization


@pytest.mark.parametrize(
    ("module", "mode"),
    [
        ("resnet50", "caffe"),
        ("vgg16", "caffe"),
        ("mobilenet_v2", "tf"),
        ("densenet", "torch"),
        ("efficientnet", "none"),
    ],
)
def test_a_module_is_one_of_the_named_normalisations(module, mode):
    assert named_normalization(module).mode == mode
