import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridworker.domain.rules.numbering import NeedNumber, format_number, next_number, parse_number, prefix

NUMBERS = st.builds(
    NeedNumber,
    st.from_regex(r"[A-Z0-9]{1,8}(-[0-9]{1,3})?", fullmatch=True),
    st.integers(1900, 2100),
    st.sampled_from("ABCXYZ"),
    st.integers(1, 10**9 - 1),
)


def test_a_number_as_the_township_reads_it():
    assert format_number("JX03", 2026, "A", 12) == "JX03-2026-A0012"
    assert parse_number(" JX03-2026-A0012 ") == NeedNumber("JX03", 2026, "A", 12)


@pytest.mark.parametrize("text", ["QS-001", "", "JX03-2026-0012", "JX03-26-A0012", "JX03-2026-A12"])
def test_numbers_of_others_are_not_ours(text):
    assert parse_number(text) is None


def test_the_next_number():
    assert next_number("JX03", 2026, "A", None) == "JX03-2026-A0001"
    assert next_number("JX03", 2026, "A", "JX03-2026-A0012") == "JX03-2026-A0013"
    assert next_number("JX03", 2026, "A", "JX03-2026-A9999", pending=2) == "JX03-2026-A10002"


@given(NUMBERS)
def test_numbers_come_back_as_written(number):
    assert parse_number(str(number)) == number
    assert str(number).startswith(prefix(number.grid, number.year, number.letter))
