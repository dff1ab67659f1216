"""What a cell shows, read again, is the value: the law that tokens rest on."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridworker.domain import values
from gridworker.domain.codes import code_list
from gridworker.domain.ids import from_text, is_foreign, random_id, to_text
from gridworker.domain.ledger import Field, Kind
from gridworker.domain.ledgers import ledgers

EVERY = [field for ledger in ledgers().values() for field in ledger.fields]
FIELDS = list({(field.name, field.kind, field.of): field for field in EVERY}.values())
FREE = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


def _raw(field: Field) -> st.SearchStrategy[object]:
    kinds: dict[Kind, st.SearchStrategy[object]] = {
        Kind.DATE: st.dates(date(1950, 1, 1), date(2039, 12, 31)).map(lambda day: day.isoformat()),
        Kind.TIME: st.datetimes(datetime(1951, 1, 1), datetime(2039, 12, 31)).map(
            lambda at: at.isoformat(timespec="minutes")
        ),
        Kind.INT: st.integers(-(10**9), 10**9),
        Kind.MONEY: st.integers(0, 10**9).map(lambda fen: f"{fen // 100}.{fen % 100:02d}"),
        Kind.BOOL: st.sampled_from(["是", "否", True, False, "√"]),
        Kind.CODE: st.sampled_from([*code_list(field.of).codes(), "没有的值"])
        if field.kind is Kind.CODE
        else st.none(),
        Kind.MULTI: st.lists(st.sampled_from(code_list(field.of).codes()), min_size=1, max_size=4).map("、".join)
        if field.kind is Kind.MULTI
        else st.none(),
        Kind.REF: st.builds(lambda: to_text(random_id())),
    }
    return kinds.get(field.kind, FREE)


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
@given(data=st.data())
def test_shown_and_read_again_is_the_same(field: Field, data: st.DataObject) -> None:
    value = values.parse(field, data.draw(_raw(field))).value
    if value is None:
        return
    shown = to_text(value) if field.kind is Kind.REF and isinstance(value, int) else values.display(field, value)
    again = values.parse(field, shown).value
    assert again == value
    assert values.canonical_text(field, again) == values.canonical_text(field, value)


@given(st.builds(random_id))
def test_ids_as_text(id: int) -> None:
    assert from_text(to_text(id)) == id
    assert len(to_text(id)) == 11
    assert not is_foreign(id)


@pytest.mark.parametrize(
    "text", ["", "AAAAAAAAAA", "AAAAAAAAAAAA", "陈晓芸陈晓芸陈晓芸陈晓", "///////////", "_________A_", "AAAAAAAAAAB"]
)
def test_other_texts_are_no_ids(text: str) -> None:
    with pytest.raises(ValueError, match="not an id"):
        from_text(text)


def test_no_to_a_list_of_words_is_none_of_them() -> None:
    field = ledgers()["need"].by_name["hard_to_employ"]
    assert values.parse(field, "否") == (None, None)
    assert values.parse(ledgers()["household"].by_name["tags"], "普通户") == (None, None)
    assert values.parse(field, "低保户 残疾").value == "低保,残疾"


def test_a_multi_is_kept_in_the_order_of_its_list() -> None:
    field = ledgers()["household"].by_name["tags"]
    assert values.parse(field, "低保；独居老人,低保").value == "独居老人,低保"
    assert values.to_json(field, "独居老人,低保") == ["独居老人", "低保"]


def test_two_words_written_as_one_are_both() -> None:
    field = ledgers()["resident"].by_name["care_tags"]
    assert values.parse(field, "高龄独居").value == "独居老人,高龄老人"
    assert values.parse(field, "高龄独居残疾").value == "高龄独居残疾"


def test_what_is_blank_elsewhere_may_be_a_word() -> None:
    assert values.parse(ledgers()["household"].by_name["housing"], "空").value == "vacant"


def test_a_text_too_long_is_no_value() -> None:
    field = ledgers()["visit"].by_name["content"]
    assert values.parse(field, "长" * 10_001).issue == "too_long"
