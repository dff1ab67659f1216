from gridworker.domain.calendar import week_of
from gridworker.domain.pictures import Picture, Series, heat_step
from gridworker.services import chart_papers
from gridworker.services.many_charts import HeatTable, Panel
from gridworker.services.naming import word
from tests.conftest import TODAY


def test_every_grid_has_its_picture_and_every_month_its_number(open_copy):
    series = (Series("未办结", (1, 4)), Series("新增", (0, 2)))
    grids = [Panel(f"JX{n:02}", f"{n}网格", Picture("lines", ("47周", "48周"), series, 4, False)) for n in range(4)]
    months = HeatTable(("2026-10", "2026-11"), (("N01", (0, 6)), ("N02", (2, 1))))
    paper = chart_papers.paper(open_copy("township"), week_of(TODAY), grids, months)
    pictures = [cell.picture for row in paper.rows for cell in row.cells if cell.picture]
    assert pictures == [one.picture for one in grids]
    assert all(len(row.cells) == chart_papers.ACROSS for row in paper.rows[1:5])  # the last row is filled up
    lines = [[(cell.text, cell.heat) for cell in row.cells] for row in paper.rows[-2:]]
    assert lines == [
        [(word("need_kind", "N01"), 0), ("0", 0), ("6", 5), ("6", 0)],
        [(word("need_kind", "N02"), 0), ("2", heat_step(2, 6)), ("1", 1), ("3", 0)],
    ]
    assert not paper.personal


def test_without_needs_there_is_no_second_picture(open_copy):
    paper = chart_papers.paper(open_copy("township"), week_of(TODAY), [], HeatTable(("2026-11",), ()))
    assert len(paper.rows) == 1
