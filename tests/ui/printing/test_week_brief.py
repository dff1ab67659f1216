"""The brief of a week keeps to two pages, however many units, kinds and points there are."""

from datetime import date

import pytest

from gridworker.domain.calendar import parse_week
from gridworker.domain.ledgers import ledger
from gridworker.services import overview, records, roster, week_brief
from gridworker.services.figures import Line
from gridworker.services.overview import Figure, KindCount, Overview, Trend
from gridworker.ui.printing import layout

WEEK = parse_week("2026-W48")
RATES = ("coverage", "due_visits", "closing", "timeliness", "overdue", "callback", "satisfaction")
FIGURES = dict.fromkeys(RATES, Figure(123, 430)) | {
    name: Figure(21) for name in ("visits", "opening", "new", "closed", "open", "not_met")
}


def an_overview(count, by="grid"):
    lines = tuple(Line(f"JX{n:03d}", "金江西苑二期东区3网格", FIGURES) for n in range(count if by == "grid" else 12))
    kinds = tuple(KindCount("邻里家庭纠纷", 40 - n, n) for n in range(24))
    weeks = tuple(WEEK.shifted(-back) for back in range(12, -1, -1))
    missing = frozenset(line.key for line in lines[:20])
    return Overview(WEEK, by, lines, FIGURES, kinds, missing, count - 20, count, Trend(weeks, *[tuple(range(13))] * 3))


@pytest.mark.parametrize(("grids", "by"), [(30, "grid"), (40, "grid"), (41, "community")])
def test_two_pages_and_every_unit_on_the_second(township, monkeypatch, grids, by):
    asked = []
    monkeypatch.setattr(overview, "read", lambda _workspace, _week, way: asked.append(way) or an_overview(grids, way))
    roster.add_grid(township, "JX03", "三网格", "金江社区", "陈晓芸")
    need = {"grid": {"code": "JX03"}, "worker": {"code": "JX03-陈晓芸"},
            "kind": "N11", "content": "下水道返味", "source": "visit", "status": "reported",
            "registered_at": "2026-10-01T09:00", "due_on": "2026-10-20", "unit": "镇住建办"}  # fmt: skip
    records.add(township, ledger("need"), [need | {"number": f"JX03-2026-A{n:04d}"} for n in range(9)])
    paper = week_brief.brief(township, WEEK)
    first, second = layout.pages(paper)
    assert asked[-1] == by
    words = [one.cell.text for one in second.cells]
    assert sum(word.startswith("金江西苑") for word in words) == min(grids, 40) if by == "grid" else 12
    assert [one.cell.text for one in first.cells].count("镇住建办") == week_brief.LONGEST
    assert all(one.box.bottom() <= sheet.foot.top() for sheet in (first, second) for one in sheet.cells)
    assert paper.text().count("超期最久的诉求（共 9 件）") == 1
    assert date(2026, 11, 23).isoformat() in paper.text()
