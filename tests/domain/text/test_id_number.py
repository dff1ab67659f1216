"""ID numbers of invented people, born 1900-1905 or in region 999999."""

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from gridworker.domain.text.id_number import facts, in_18, parse
from gridworker.domain.text.parsed import Parsed

GOOD = "342426190406180298"
OTHER = "34242619051202571" + ric.calc_check_digit("34242619051202571" + "0")
LOST = Parsed(None, "precision_lost")


def complete(digits: str) -> str:
    return digits + ric.calc_check_digit(digits + "0")


@st.composite
def numbers(draw):
    birth = draw(st.dates(date(1900, 1, 1), date(1905, 12, 31)))
    serial = draw(st.integers(1, 999))
    region = draw(st.sampled_from(["342426", "341524", "999999"]))
    return complete(f"{region}{birth:%Y%m%d}{serial:03d}")


@given(numbers())
def test_complete_numbers_read_as_themselves(number):
    expected = Parsed(number, "ambiguous" if number.endswith("000") else None)
    assert parse(number) == expected
    assert parse(f"{number[:6]} {number[6:14]} {number[14:]}") == expected
    assert parse(number.lower()) == expected


@pytest.mark.parametrize(
    "raw",
    [
        "３４２４２６１９０４０６１８０２９８",
        "'342426190406180298",
        "‘342426190406180298’",
        "342426-19040618-0298",
        " 342426190406180298 ",
        "342426\u200b190406180298",
        "身份证：342426190406180298",
        int(GOOD),
        "342426 19040618 0298\n",
    ],
)
def test_dress_is_taken_off(raw):
    assert parse(raw) == Parsed(GOOD)


@pytest.mark.parametrize("ending", ["x", "X", "Ｘ"])
def test_the_last_place_may_be_x(ending):
    number = next(one for serial in range(1, 99) if (one := complete(f"34242619040618{serial:03d}"))[-1] == "X")
    assert parse(number[:17] + ending) == Parsed(number)


def test_a_wrong_check_digit_is_kept_and_marked():
    assert parse("342426190406180297") == Parsed("342426190406180297", "invalid")


@pytest.mark.parametrize("birth", ["19041301", "19040230", "18991231", "21000101"])
def test_an_impossible_birth_date_is_kept_and_marked(birth):
    number = complete(f"342426{birth}029")
    assert parse(number) == Parsed(number, "invalid")


def test_old_numbers_stay_and_can_be_completed():
    old = "342426040618029"
    assert parse(old) == parse(int(old)) == parse(float(old)) == Parsed(old)
    assert in_18(old) == GOOD
    assert in_18(GOOD) == GOOD
    assert facts(old) == facts(GOOD)
    assert parse("342426041318029") == Parsed(None, "invalid")


@pytest.mark.parametrize("raw", [3.41524190105168e17, 1e15, "3.41524E+17", "3.41524190105168E17", 342426190406180000])
def test_lost_digits_are_never_repaired(raw):
    assert parse(raw) == LOST


def test_zeros_at_the_end_are_suspected():
    passing = next(one for day in range(1, 29) if (one := complete(f"342426190406{day:02d}100")).endswith("000"))
    failing = passing[:14] + "2000"
    assert parse(passing) == Parsed(passing, "ambiguous")
    assert parse(failing) == parse(int(passing)) == LOST


@pytest.mark.parametrize(
    "raw", ["341524********802X", "3424****", "3424XXXXXXXX1234", "34242619040618029*", "342426＊＊＊＊＊＊＊＊0298"]
)
def test_masked_numbers_are_no_value(raw):
    assert parse(raw) == Parsed(None, "partial")


@pytest.mark.parametrize("mark", ["、", "/", "\n", " ", "；", "，妻："])
def test_the_first_of_two_counts(mark):
    assert parse(GOOD + mark + OTHER) == Parsed(GOOD, "multiple")
    assert parse("342426040618029" + mark + OTHER) == Parsed("342426040618029", "multiple")


def test_a_phone_stands_in_the_wrong_column():
    assert parse("13800000000") == parse(13800000000.0) == Parsed(None, "swapped")


def test_other_documents_are_kept_and_marked():
    assert parse("h12345678") == Parsed("H12345678", "invalid")


@pytest.mark.parametrize(
    "raw",
    [
        "34242619040618029",
        "3424261904061802980",
        "34242619040618029×",
        "补办中",
        True,
        3.5,
        math.inf,
        date(1904, 6, 18),
    ],
)
def test_what_is_no_number(raw):
    assert parse(raw) == Parsed(None, "invalid")


@pytest.mark.parametrize("raw", [None, "", "无", "/", math.nan])
def test_blank(raw):
    assert parse(raw) == Parsed(None)


def test_facts():
    assert facts(GOOD) == ("1904-06-18", "男")
    assert facts(complete("99999920150921422")).gender == "女"
    assert facts("342426190413180298") is None
    assert facts("342426180406180298") is None
    assert facts("3424****") is None
