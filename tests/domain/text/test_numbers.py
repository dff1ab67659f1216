"""Whole numbers and Han numerals."""

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridworker.domain.text.numbers import han_number, parse_int
from gridworker.domain.text.parsed import Parsed

INVALID = Parsed(None, "invalid")
BIG = st.integers(0, 99_999_999)


def in_han(number: int) -> str:
    """The formal Han numeral, 十 as 一十."""
    if number >= 10_000:
        low = number % 10_000
        return in_han(number // 10_000) + "万" + (("零" if low < 1000 else "") + in_han(low) if low else "")
    text, gap = "", False
    for place, unit in zip((1000, 100, 10, 1), "千百十_", strict=True):
        digit = number // place % 10
        gap = gap or (digit == 0 and bool(text))
        if digit:
            text += ("零" if gap else "") + "零一二三四五六七八九"[digit] + unit.strip("_")
            gap = False
    return text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("二〇二六", 2026),
        ("二十三", 23),
        ("十", 10),
        ("十一", 11),
        ("三十", 30),
        ("叁佰", 300),
        ("两千零五", 2005),
        ("三百五", 350),
        ("一万二", 12000),
        ("一百零五", 105),
        ("一亿二千万", 120_000_000),
        ("1万2千", 12000),
        ("一万零二", 10002),
        ("3万亿", 3 * 10**12),
        ("〇", 0),
    ],
)
def test_han_numerals(text, value):
    assert han_number(text) == value


@pytest.mark.parametrize("text", ["", "张三", "3人", "三人"])
def test_other_text_is_no_numeral(text):
    assert han_number(text) is None


def test_decimals_take_units():
    assert han_number("1.2万") == Decimal(12000)


@given(BIG)
def test_formal_numerals_read_back(number):
    assert number == 0 or han_number(in_han(number)) == number


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("3", 3),
        (3, 3),
        (3.0, 3),
        ("3人", 3),
        ("约20户", 20),
        ("1,200", 1200),
        ("三人", 3),
        ("１２", 12),
        ("-4", -4),
        ("20多户", 20),
        ("85平方米", 85),
        ("'12 ", 12),
        ("12.0", 12),
        ("十二户左右", 12),
        ("3k", 3000),
        ("5千", 5000),
    ],
)
def test_whole_numbers(raw, value):
    assert parse_int(raw) == Parsed(value)


@pytest.mark.parametrize("raw", [None, "", "无", "/", math.nan])
def test_blank_numbers(raw):
    assert parse_int(raw) == Parsed(None)


@pytest.mark.parametrize("raw", ["20-30岁", "3至5人", "20以上", "3~4", "七八人", "十二三户", "二三十人"])
def test_ranges_have_no_value(raw):
    assert parse_int(raw) == Parsed(None, "range")


@pytest.mark.parametrize(
    "raw", ["3.5", 3.5, "很多", "一般", "十字路口", "3人，其中老人1人", True, math.inf, 1e20, "1,20", "9" * 30]
)
def test_what_is_no_whole_number(raw):
    assert parse_int(raw) == INVALID


def test_kilograms_are_not_thousands():
    assert parse_int("3kg") == Parsed(3)


@given(st.integers(-(10**15), 10**15))
def test_canonical_numbers_read_as_themselves(number):
    assert parse_int(number) == parse_int(str(number)) == Parsed(number)
