"""Yes, no and boxes."""

import pytest

from gridworker.domain.text.parsed import Parsed
from gridworker.domain.text.yes_no import parse_yes_no


@pytest.mark.parametrize(
    "raw",
    [
        "是",
        " 是",
        "√",
        "✓",
        "☑",
        "■",
        "有",
        1,
        1.0,
        "1",
        "Y",
        "yes",
        "TRUE",
        True,
        "Ｙ",
        "需 要",
        "☑是 □否",
        "□否■是",
        "是√ 否□",
    ],
)
def test_yes(raw):
    assert parse_yes_no(raw) == Parsed(True)


@pytest.mark.parametrize("raw", ["否", "×", "无", "□", 0, "0", "N", "no", "FALSE", False, "没有", "☐是 ☑否", "有□ 无■"])
def test_no(raw):
    assert parse_yes_no(raw) == Parsed(False)


@pytest.mark.parametrize("raw", [None, "", "/", "—", "不详", float("nan")])
def test_nothing_said(raw):
    assert parse_yes_no(raw) == Parsed(None)


@pytest.mark.parametrize("raw", ["也许", 2, "□是 □否", "☑是 ☑否", "3人"])
def test_unclear(raw):
    assert parse_yes_no(raw) == Parsed(None, "invalid")


def test_a_date_is_neither():
    from datetime import date

    assert parse_yes_no(date(2026, 1, 1)) == Parsed(None, "invalid")
