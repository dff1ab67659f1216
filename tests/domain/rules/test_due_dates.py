from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridworker.domain.calendar import Holidays, is_working_day, load_holidays, working_days_between
from gridworker.domain.codes import code_list
from gridworker.domain.rules.due_dates import DueRules, Span, due_on, load_due_rules

PLAIN_WEEKS = Holidays(frozenset(), frozenset(), date(2026, 12, 31))
FRIDAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("kind", "urgency", "day", "reason"),
    [
        ("N13", "red", date(2026, 11, 21), "次日"),
        ("N03", "red", date(2026, 11, 21), "次日"),
        ("N14", "yellow", date(2026, 11, 27), "5个工作日"),
        ("N03", "blue", date(2026, 12, 11), "15个工作日"),
        ("N03", "yellow", date(2026, 12, 11), "15个工作日"),
        ("N22", "blue", date(2026, 11, 25), "3个工作日"),
        ("N99", "blue", date(2026, 12, 4), "10个工作日"),
        ("N88", "不急", date(2026, 12, 4), "10个工作日"),
    ],
)
def test_due_on(kind, urgency, day, reason):
    assert due_on(kind, urgency, FRIDAY, PLAIN_WEEKS) == (day, reason)


def test_holidays_are_skipped():
    before_national_day = date(2026, 9, 30)
    day, _reason = due_on("N14", "yellow", before_national_day, load_holidays())
    assert day > due_on("N14", "yellow", before_national_day, PLAIN_WEEKS)[0]


def test_another_table_of_rules_may_be_given():
    rules = DueRules({"blue": Span(30, working=False)}, {"N01": {"blue": Span(2)}})
    assert due_on("N02", "red", FRIDAY, PLAIN_WEEKS, rules) == (date(2026, 12, 20), "30天")
    assert due_on("N01", "blue", FRIDAY, PLAIN_WEEKS, rules) == (date(2026, 11, 24), "2个工作日")


def test_the_shipped_table_speaks_of_known_kinds_and_urgencies():
    rules = load_due_rules()
    assert set(rules.by_urgency) == set(code_list("urgency").codes())
    assert set(rules.by_kind) <= set(code_list("need_kind").codes())
    assert all(set(spans) <= {"yellow", "blue"} for spans in rules.by_kind.values())


KINDS = st.sampled_from(code_list("need_kind").codes())


@given(KINDS, st.sampled_from(["yellow", "blue"]), st.dates(date(2025, 1, 1), date(2027, 12, 31)))
def test_a_span_of_working_days_ends_on_one_and_is_as_long_as_it_says(kind, urgency, registered):
    holidays = load_holidays()
    day, reason = due_on(kind, urgency, registered, holidays)
    assert is_working_day(day, holidays)
    assert reason == f"{working_days_between(registered, day, holidays)}个工作日"
