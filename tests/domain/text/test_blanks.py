"""Empty cells and invisible characters."""

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridworker.domain.text.blanks import clean_text, fold_width, is_blank, is_ditto, is_error_value

DIRTY = st.text(
    st.one_of(st.characters(), st.sampled_from("\u200b\ufeff\xa0_x000D\r\n\t\x0b\u3000－１Ｘ。")), max_size=30
)


@pytest.mark.parametrize(
    "raw",
    [
        None,
        "",
        "  ",
        "\u3000",
        "无",
        " 无 ",
        "无。",
        "（无）",
        "/",
        "／",
        "\\",
        "-",
        "—",
        "——————————————",
        "……",
        "…",
        "不详",
        "暂无",
        "待定",
        "未知",
        "N/A",
        "n/a",
        "NULL",
        "None",
        "\u200b",
        "\ufeff",
        "_x000D_",
        math.nan,
        " " * 40,
    ],
)
def test_says_nothing(raw):
    assert is_blank(raw)


@pytest.mark.parametrize(
    "raw", ["无诉求", "0", 0, 0.0, False, "-1", "同上", "#N/A", "3-4", date(2026, 1, 1), "张三" * 20]
)
def test_says_something(raw):
    assert not is_blank(raw)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("138\u200b0000\ufeff", "1380000"),
        ("一\r\n二\r三\u2028四", "一\n二\n三\n四"),
        ("好_x000D_\n的_x000d_", "好\n的"),
        ("_x00_x000D_0D_", ""),
        ("a\xa0b\x0bc\td", "a bc\td"),
        ("\u3000李　云 ", "李　云"),
        ("王😀", "王😀"),
        ("１２", "１２"),
        ("流波䃥镇\ue000", "流波䃥镇\ue000"),
        ("a\ufffeb\ud800", "ab"),
    ],
)
def test_text_is_cleaned_but_not_changed(raw, clean):
    assert clean_text(raw) == clean


@pytest.mark.parametrize(
    ("raw", "folded"),
    [("１３８－Ｘ", "138-X"), ("0564—7356789", "0564-7356789"), ("１１。２０", "11.20"), ("3〜4", "3~4"), (" a ", "a")],
)
def test_codes_are_folded_to_half_width(raw, folded):
    assert fold_width(raw) == folded


@given(DIRTY)
def test_cleaning_twice_is_cleaning_once(text):
    assert clean_text(clean_text(text)) == clean_text(text)
    assert fold_width(fold_width(text)) == fold_width(text)


def test_ditto_and_errors_are_told_apart():
    assert is_ditto(" 同上 ")
    assert is_ditto("〃")
    assert not is_ditto("同上级单位")
    assert not is_ditto(3)
    assert is_error_value("#REF!")
    assert is_error_value(" #N/A ")
    assert not is_error_value("#3楼")
    assert not is_error_value(None)
