"""What `read` tells people of a file: every column by heading and meaning, also those nobody understood."""

import pytest

from gridworker.domain import values
from gridworker.domain.ledgers import ledger
from gridworker.services import reading
from tests.tools.score_sheets import DATA


def test_every_column_is_told_by_its_heading_also_those_not_understood():
    told = reading.read(next((DATA / "tenth").glob("J01*.xlsx")))
    lines = reading.lines(told)
    assert any(line.startswith("  G ") and line.endswith("→ 住户 · 户主") for line in lines)
    assert "  E 被访户基本情况·住 址·楼层 → 没有认出来" in lines
    assert not any("household." in line for line in lines)
    assert told["sheets"][0]["unmapped"].keys() == {"E"}


@pytest.mark.parametrize(
    ("name", "raw", "issue", "words"),
    [
        ("birth", "9日", "partial", "没有写全"),
        ("birth", "不记得", "invalid", "看不出是哪一天"),
        ("id_no", "3424**", "partial", "遮住"),
        ("id_no", "34242619000101001", "invalid", "不是身份证号"),
    ],
)
def test_a_remedy_says_what_is_missing(name, raw, issue, words):
    assert words in values.explain(ledger("resident").field(name), raw, None, issue)
