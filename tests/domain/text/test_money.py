"""Amounts in fen."""

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridworker.domain.text.money import format_yuan, parse
from gridworker.domain.text.parsed import Parsed


@pytest.mark.parametrize(
    ("raw", "fen"),
    [
        (3000, 300000),
        (3200.5, 320050),
        (0.1 + 0.2, 30),
        ("4500元", 450000),
        ("0.5万元", 500000),
        ("2万", 2000000),
        ("约3800", 380000),
        ("6,000", 600000),
        ("12,500.00", 1250000),
        ("1,234.50元", 123450),
        ("￥1200", 120000),
        ("1.2万", 1200000),
        ("叁佰元", 30000),
        ("叁佰元整", 30000),
        ("1.2w", 1200000),
        ("3000元/月", 300000),
        ("３０００", 300000),
        ("5元5角", 550),
        ("-300", -30000),
        ("4000元左右", 400000),
        ("每月3000", 300000),
        ("3千", 300000),
    ],
)
def test_amounts(raw, fen):
    assert parse(raw) == Parsed(fen)


@pytest.mark.parametrize(
    "raw",
    [
        "3000-4000",
        "3-4万",
        "3000元-4000元",
        "3000~4000",
        "三千至四千",
        "3000以上",
        "4000以内",
        "3000+",
        "七八千",
        "两三万",
        "三五百元",
    ],
)
def test_ranges_have_no_value(raw):
    assert parse(raw) == Parsed(None, "range")


@pytest.mark.parametrize("raw", ["面议", "几千", True, date(2026, 3, 4), "12,5", "3000元（含补贴）", math.inf, 1e300])
def test_what_is_no_amount(raw):
    assert parse(raw) == Parsed(None, "invalid")


@pytest.mark.parametrize("raw", [None, "", "无", "—", math.nan])
def test_blank_amounts(raw):
    assert parse(raw) == Parsed(None)


def test_the_unit_of_the_heading_yields_to_that_of_the_cell():
    assert parse("1.2", 10_000) == parse(1.2, 10_000) == Parsed(1_200_000)
    assert parse("300元", 10_000) == Parsed(30_000)
    assert parse("1.2万", 10_000) == Parsed(1_200_000)


@given(st.integers(-(10**14), 10**14))
def test_shown_amounts_read_as_themselves(fen):
    assert parse(format_yuan(fen)) == Parsed(fen)
