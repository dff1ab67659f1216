"""References after rows were inserted, and in copied formulas."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridworker.exchange.patch_refs import (
    Insertion,
    after_insertion,
    areas_after_insertion,
    cell_after_insertion,
    copied,
    leads_out,
)

FIVE_BELOW_13 = Insertion("走访", 13, 5)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("COUNTA(B4:B13)", "COUNTA(B4:B18)"),
        ("SUM($G$4:$G$13)/$B$14", "SUM($G$4:$G$18)/$B$19"),
        ("B13+B14", "B13+B19"),
        ("SUM(B4:B12)", "SUM(B4:B12)"),
        ("走访!B14+'走访'!B14+别的!B14", "走访!B19+'走访'!B19+别的!B14"),
        ('IF(A14="见B14","B14",LOG10(C14))', 'IF(A19="见B14","B14",LOG10(C19))'),
        ("SUM(14:15)", "SUM(19:20)"),
        ("[1]走访!B14", "[1]走访!B14"),
        ("数B14+_B14", "数B14+_B14"),
    ],
)
def test_formulas_follow_the_rows(formula: str, expected: str) -> None:
    assert after_insertion(formula, FIVE_BELOW_13, here=True) == expected


def test_elsewhere_only_references_that_name_the_sheet_move() -> None:
    assert after_insertion("SUM(B4:B14)+走访!B14", FIVE_BELOW_13, here=False) == "SUM(B4:B14)+走访!B19"


def test_a_running_sum_in_the_row_above_does_not_grow() -> None:
    assert after_insertion("SUM(B$4:B13)", FIVE_BELOW_13, here=True, grows=False) == "SUM(B$4:B13)"


def test_areas_of_validations_grow_single_cells_too() -> None:
    assert areas_after_insertion("F4:F13 G13 H14 A1", FIVE_BELOW_13) == "F4:F18 G13:G18 H19 A1"
    assert cell_after_insertion("A14:C14", FIVE_BELOW_13) == "A19:C19"


@pytest.mark.parametrize(
    ("formula", "expected"),
    [("B13*C$20+$D13", "C15*D$20+$D15"), ("SUM(B$4:B13)", "SUM(C$4:C15)"), ('"A1"&A1', '"A1"&B3')],
)
def test_copied_formulas(formula: str, expected: str) -> None:
    assert copied(formula, 2, 1) == expected


@pytest.mark.parametrize(
    "formula", ["cmd|'/C evil'!A0", "[1]走访!B14", "'[别的.xlsx]表'!A1", 'hyperlink("http://x","看")']
)
def test_formulas_that_ask_outside_are_known(formula: str) -> None:
    assert leads_out(formula)


@pytest.mark.parametrize("formula", ["SUM(B4:B13)", "'走访'!B14*2", "表1[[#This Row],[金额]]", "RECALL(A1)"])
def test_formulas_of_the_workbook_stay_in_it(formula: str) -> None:
    assert not leads_out(formula)


@given(row=st.integers(1, 2000), after=st.integers(1, 1000), first=st.integers(1, 50), second=st.integers(1, 50))
def test_inserting_twice_is_inserting_once(row: int, after: int, first: int, second: int) -> None:
    once = after_insertion(f"SUM(A1:A{row})+B{row}", Insertion("甲", after, first + second), here=True)
    some = after_insertion(f"SUM(A1:A{row})+B{row}", Insertion("甲", after, first), here=True)
    assert after_insertion(some, Insertion("甲", after + first, second), here=True) == once
