"""Labels in the forms in which people keep them."""

import pytest

from camaudit_export.errors import UsageError
from camaudit_export.labels import read_labels

FORMS = {
    "card.json": '[{"index": 1, "id": "dog", "names": ["dog"]}, {"index": 0, "id": "cat", "names": ["cat"]},'
    ' {"index": 2, "id": "great white", "names": ["great white"]}]',
    "list.json": '["cat", "dog", "great white"]',
    "class_indices.json": '{"dog": 1, "cat": 0, "great white": 2}',
    "by_index.json": '{"0": "cat", "1": "dog", "2": "great white"}',
    "names.txt": "cat\ndog\ngreat white\n\n",
    "teachable.txt": "0 cat\n1 dog\n2 great white\n",
    "windows.txt": "\ufeffcat\r\ndog\r\ngreat white\r\n",
    "yolo.txt": "0: cat\n1: dog\n2: great white\n",
    "pandas.csv": ",label\n0,cat\n1,dog\n2,great white\n",
    "named.csv": "class_name,class_index\ndog,1\ncat,0\ngreat white,2\n",
    "id_and_name.csv": "id,name\n0,cat\n1,dog\n2,great white\n",
    "column.csv": "name\ncat\ndog\ngreat white\n",
    "semicolons.csv": "index;id;name\n0;cat;cat\n1;dog;dog\n2;great white;great white\n",
    "plain.csv": "0,cat,cat\n1,dog,dog\n2,great white,great white\n",
}


@pytest.mark.parametrize("name", FORMS)
def test_every_form_gives_the_same_labels(tmp_path, name):
    (tmp_path / name).write_text(FORMS[name], encoding="utf-8")
    labels = read_labels(tmp_path / name, 3)
    assert [label["index"] for label in labels] == [0, 1, 2]
    assert [label["id"] for label in labels] == ["cat", "dog", "great white"]
    assert [label["names"] for label in labels] == [["cat"], ["dog"], ["great white"]]


def test_imagenet_s_index_keeps_its_ids(tmp_path):
    text = '{"1": ["n01443537", "goldfish"], "0": ["n01440764", "great_white_shark"]}'
    (tmp_path / "imagenet_class_index.json").write_text(text)
    labels = read_labels(tmp_path / "imagenet_class_index.json", 2)
    assert [label["id"] for label in labels] == ["n01440764", "n01443537"]
    assert labels[0]["names"] == ["great white shark"]


def test_names_that_are_numbers_but_no_count_stay_names(tmp_path):
    (tmp_path / "digits.txt").write_text("7 up\n0 cal\n")
    assert [label["id"] for label in read_labels(tmp_path / "digits.txt", 2)] == ["7 up", "0 cal"]


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("few.txt", "cat\ndog\n", r"2 labels, and the model has 3 classes"),
        ("many.json", '["a", "b", "c", "d"]', r"4 labels, and the model has 3 classes"),
        ("from_one.json", '{"cat": 1, "dog": 2, "fish": 3}', r"0 to 2 is wanted; without a label: 0"),
        ("twice.txt", "cat\ndog\ncat\n", r'the id "cat" stands for 2 classes'),
        ("mixed.json", '{"cat": "feline"}', r'"cat": "feline" is neither'),
        ("number.json", "3", r"a list, or an object"),
        ("odd.csv", "colour,size\nred,1\n", r"its header is colour, size"),
        ("hole.csv", "0,cat\n", r"has 2 columns"),
        ("broken.json", "{", r"not understood: "),
    ],
)
def test_other_labels_are_refused_in_a_sentence(tmp_path, name, text, sentence):
    (tmp_path / name).write_text(text)
    with pytest.raises(UsageError, match=sentence):
        read_labels(tmp_path / name, 3)


def test_latin_1_is_told(tmp_path):
    (tmp_path / "l.txt").write_bytes("Bär\n".encode("latin-1"))
    with pytest.raises(UsageError, match="not UTF-8"):
        read_labels(tmp_path / "l.txt", 1)
