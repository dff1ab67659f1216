"""Tokens: what goes in comes out, and damage is seen."""

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridworker.domain import values
from gridworker.domain.ids import random_id
from gridworker.domain.ledgers import ledger
from gridworker.domain.versions.entries import Cell, Masked
from gridworker.exchange.model import OutRow
from gridworker.exchange.token import DamagedToken, NewerToken, decode_token, encode_token

LEDGER = ledger("household")
FIELDS = [one.name for one in LEDGER.fields]


@st.composite
def rows(draw: st.DrawFn) -> tuple[OutRow, set[str]]:
    shown = draw(st.sets(st.sampled_from(FIELDS), min_size=1))
    count = draw(st.sampled_from([1, 2, 5, 70, 200]))
    ids = [random_id() for _number in range(count)]
    dice = random.Random(draw(st.integers(0, 10**6)))
    cells: dict[str, Cell] = {}
    row: dict[str, Any] = {}
    for group in dict.fromkeys(LEDGER.group_of(name) for name in shown):
        if dice.random() < 0.2:
            continue
        of = frozenset(dice.sample(ids, min(count, dice.choice([1, 1, 1, 2]))))
        rest = [id for id in ids if id not in of]
        hidden = frozenset(dice.sample(rest, min(len(rest), dice.choice([0, 0, 1]))))
        over = frozenset(id for id in rest if id not in hidden and dice.random() < 0.9)
        members = LEDGER.members(group)
        row |= {name: Masked("**") if dice.random() < 0.2 else dice.choice(["甲", None, "502"]) for name in members}
        cells[group] = Cell(of, tuple(row[name] for name in members), over, hidden)
    return OutRow(random_id(), row, cells, {"=last_met": "2026-11-01"}), shown


@given(rows())
def test_what_goes_in_comes_out(made: tuple[OutRow, set[str]]) -> None:
    row, shown = made
    export = random_id()
    token = decode_token(encode_token(LEDGER, export, row, shown))
    assert (token.ledger, token.export, token.record) == (LEDGER, export, row.record)
    assert set(token.hashes) == shown
    for group in {LEDGER.group_of(name) for name in shown}:
        cell = row.cells.get(group)
        assert token.of.get(group, frozenset()) == (cell.of if cell else frozenset())
        if cell:
            assert token.over(group) == cell.over
            assert token.hidden.get(group, frozenset()) == cell.hidden
    for name in shown:
        text = values.canonical_text(LEDGER.by_name[name], row.values.get(name))
        assert not token.edited(name, text)
        assert token.edited(name, text + "改")
        assert (name in token.masked) == isinstance(row.values.get(name), Masked)
    assert not token.orientation_edited(row.shown)
    assert token.orientation_edited({"=last_met": "2026-11-02"})


@given(rows(), st.integers(0, 10**6), st.sampled_from("AZaz09-_.~*:"))
def test_damage_is_seen(made: tuple[OutRow, set[str]], where: int, sign: str) -> None:
    row, shown = made
    text = encode_token(LEDGER, random_id(), row, shown)
    place = where % len(text)
    damaged = text[:place] + sign + text[place + 1 :]
    if damaged != text:
        with pytest.raises((DamagedToken, NewerToken)):
            decode_token(damaged)


@pytest.mark.parametrize("text", ["", "gw1h", "gw2h.x", "gw1h......", "序号"])
def test_other_texts_are_no_tokens(text: str) -> None:
    with pytest.raises(DamagedToken):
        decode_token(text)


def test_a_token_is_short() -> None:
    of = frozenset([random_id()])
    row = OutRow(random_id(), {"head": "李桂芳"}, {"head": Cell(of, ("李桂芳",))})
    assert len(encode_token(LEDGER, random_id(), row, FIELDS)) < 130


def test_the_first_release_wrote_it_so_and_any_later_one_must_read_it() -> None:
    first, second, third = 1234567890123456788, 2222222222222222222, 3333333333333333332
    cells = {
        "head": Cell(frozenset([first]), ("李桂芳",), frozenset([second])),
        "phone": Cell(frozenset([first, third]), (Masked("138****1"),), frozenset(), frozenset([second])),
    }
    row = OutRow(
        8888888888888888888, {"head": "李桂芳", "phone": Masked("138****1")}, cells, {"=last_met": "2026-11-01"},
        held=frozenset([first, second]),
    )  # fmt: skip
    assert encode_token(LEDGER, 4444444444444444444, row, ["head", "phone", "note"]) == (
        "gw1h.Pa3WrK8Rxxw.e1utWV4jjjg.ESIQ9H3pgRQHtbrVleI444LkJhAYNNVVQ.~FmDDdf0Gf_fB*~DTOBjL-"
        ".m6,n5:2,o6:0:2,h6:1,n10:2,dhn41f.WGHA"
    )


def test_a_token_as_long_as_a_cell_may_be_still_speaks() -> None:
    def token_of(count: int) -> str:
        first, *others = (random_id() for _number in range(count))
        cell = Cell(frozenset([first]), ("李桂芳",), frozenset(others))
        return encode_token(LEDGER, random_id(), OutRow(random_id(), {"head": "李桂芳"}, {"head": cell}), ["head"])

    short = len(token_of(1))
    longest = 1 + (32_767 - short) // 11
    assert 32_767 - 11 < len(token_of(longest)) <= 32_767
    assert decode_token(token_of(longest)).hashes
    assert not decode_token(token_of(longest + 1)).hashes
