"""Telephone numbers."""

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridworker.domain.text.parsed import Parsed
from gridworker.domain.text.phone import all_numbers, parse, remedy

MOBILE = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
LAND_LINE = st.from_regex(r"0(10|2[0-9]|564|551)-[2-8][0-9]{6,7}(-[0-9]{1,4})?", fullmatch=True)
LOCAL = st.from_regex(r"[2-9][0-9]{6}|[1-9][0-9]{4,5}", fullmatch=True)


@given(st.one_of(MOBILE, LAND_LINE, LOCAL))
def test_canonical_numbers_read_as_themselves(number):
    assert parse(number) == Parsed(number)


@given(MOBILE, st.sampled_from(["", " ", "-"]))
def test_mobiles_in_groups(number, gap):
    grouped = gap.join((number[:3], number[3:7], number[7:]))
    for raw in (
        grouped,
        f"+86 {grouped}",
        f"86{gap}{grouped}",
        f"{grouped}（儿子）",
        f"家长：{grouped}",
        int(number),
        float(number),
    ):
        assert parse(raw) == Parsed(number)


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("15079522044.0", "15079522044"),
        ("１３８００００００００", "13800000000"),
        ("138.0000.0000", "13800000000"),
        ("0564 7356789", "0564-7356789"),
        ("05647356789", "0564-7356789"),
        ("（0564）7356789", "0564-7356789"),
        ("0564—7356789", "0564-7356789"),
        ("010-62345678", "010-62345678"),
        ("0564-7356789转801", "0564-7356789-801"),
        ("735 6789", "7356789"),
        ("7356789", "7356789"),
        ("612345", "612345"),
        (12345, "12345"),
        ("400-123-4567", "4001234567"),
        ("16684645766", "16684645766"),
        ("19887503895", "19887503895"),
        ("+86-0564-7356789", "0564-7356789"),
        ("8651234", "8651234"),
        ("13800000000（2号楼301）", "13800000000"),
        ("13800000000/13800000000", "13800000000"),
    ],
)
def test_many_spellings(raw, number):
    assert parse(raw) == Parsed(number)


@pytest.mark.parametrize("mark", ["、", "，", ",", "/", ";", "；", " ", "\n", "或"])
def test_the_first_of_several_counts(mark):
    raw = f"18937083865{mark}15283730580"
    assert parse(raw) == Parsed("18937083865", "multiple")
    assert all_numbers(raw) == ("18937083865", "15283730580")


def test_several_kinds_in_one_cell():
    assert parse("父:13800000000 母:0564-7356789") == Parsed("13800000000", "multiple")
    assert parse("13800000000 612345") == Parsed("13800000000", "multiple")
    assert parse("13800000000/1390000000") == Parsed("13800000000", "multiple")
    assert all_numbers(13800000000.0) == ("13800000000",)
    assert all_numbers(None) == ()


@pytest.mark.parametrize("raw", ["138****5678", "138xxxx5678", "138＊＊＊＊5678", "0564-****"])
def test_masked_numbers_are_no_value(raw):
    assert parse(raw) == Parsed(None, "partial")


def test_an_id_number_stands_in_the_wrong_column():
    for raw in ("342426190406180298", "342426 19040618 0298", 3.41524190105168e17):
        assert parse(raw) == Parsed(None, "swapped")


def test_scientific_text_lost_its_digits():
    assert parse("1.38E+10") == Parsed(None, "precision_lost")


@pytest.mark.parametrize(
    "raw",
    [
        "1381234567",
        "138123456789",
        "12345678901",
        "152 816 4602",
        "0564-735678",
        "(0564)735678",
        "110",
        "儿子",
        "微信联系",
        True,
        1.5,
        -13800000000,
        math.inf,
        date(2026, 1, 1),
        1381234567,
    ],
)
def test_what_is_no_number(raw):
    assert parse(raw) == Parsed(None, "invalid")


@pytest.mark.parametrize("raw", [None, "", "无", "不详", "/", math.nan])
def test_blank(raw):
    assert parse(raw) == Parsed(None)


def test_the_remedy_counts_the_digits():
    assert "少一位" in remedy("1381234567")
    assert "多一位" in remedy(138123456789)
    assert "11位" in remedy("儿子")


@pytest.mark.parametrize("raw", ["13800000001（空号）", "邻居13800000001", "13800000001（旧号）", "13800000001(停机)"])
def test_a_number_at_which_they_cannot_be_called_is_asked_about(raw):
    assert parse(raw) == Parsed("13800000001", "ambiguous")
