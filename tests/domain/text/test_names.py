"""Names of invented people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridworker.domain.text.names import clean_name, surname

PIECES = st.text(st.sampled_from("李云欧阳张三四 　·•.．\u2f26⾦Jo\u200b\ue000𬱖"), max_size=12)


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("李　云", "李云"),
        (" 田\u3000红", "田红"),
        ("李 小云", "李小云"),
        ("欧 阳 修", "欧阳修"),
        ("欧阳 修文", "欧阳修文"),
        ("买买提 · 艾力", "买买提·艾力"),
        ("买买提•艾力", "买买提·艾力"),
        ("买买提．艾力", "买买提·艾力"),
        ("John  Smith", "John Smith"),
        ("⾦大⼭", "金大山"),
        ("王😀", "王😀"),
        ("𬱖 云", "𬱖云"),
        ("张三 李四", "张三 李四"),
        ("张\u200b三", "张三"),
        ("J. Smith", "J. Smith"),
        ("\ue000 云", "\ue000云"),
        ("李云 Li", "李云 Li"),
    ],
)
def test_padding_is_taken_out(raw, name):
    assert clean_name(raw) == name


def test_compatibility_ideographs_stay_as_written():
    assert clean_name("\uf90a一") == "\uf90a一"


@given(PIECES)
def test_cleaning_twice_is_cleaning_once(text):
    assert clean_name(clean_name(text)) == clean_name(text)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("张三", "张"),
        ("欧阳修", "欧阳"),
        ("欧阳", "欧"),
        ("上官云儿", "上官"),
        ("买买提·艾力", "买买提"),
        ("John Smith", "John"),
        ("", ""),
    ],
)
def test_surnames(name, expected):
    assert surname(name) == expected
