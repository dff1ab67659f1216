"""The township's 汇总表 and public notice: the numbers of the page, and nobody who could be recognised."""

import re

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridworker.domain.calendar import parse_week
from gridworker.domain.ledgers import ledger
from gridworker.domain.rules import escalation, restricted
from gridworker.domain.rules.need_states import is_open
from gridworker.reports.statistics import Figure
from gridworker.services import (
    escalating,
    export,
    figures,
    intake,
    overview,
    proof,
    public_notice,
    records,
    township_book,
    whistling,
)
from gridworker.services.period import Period
from gridworker.services.public_notice import LEAST, WITHHELD
from gridworker.store import queries
from gridworker.store.door import Change
from tests import invented
from tests.services import township_books as books

WEEK = parse_week(books.THIS_WEEK)


@pytest.fixture
def filled(township, open_copy, tmp_path):
    """A township that took a worker's book in, with one secret need."""
    worker = open_copy("worker")
    invented.fill(worker, 12, 6, 1)
    need = records.add(
        worker,
        ledger("need"),
        [
            {
                "kind": "N13",
                "content": "家里的事不想让人知道",
                "registered_at": "2026-11-24T09:00",
                "source": "visit",
                "status": "in_progress",
                "confidential": True,
            }
        ],
    ).ids[0]
    wish = export.Wish(True, "周报", "上报密码一二三")
    intake.take(township, [books.book(worker, tmp_path, wish=wish)], intake.Options(password="上报密码一二三"))
    return township, need


def test_the_book_says_what_the_page_says_and_an_import_refuses_it(filled, tmp_path):
    township, _need = filled
    out = tmp_path / "汇总表.xlsx"
    done = township_book.write(township, WEEK, out)
    total = overview.read(township, WEEK, "grid").total
    sheet = openpyxl.load_workbook(out, data_only=True)["汇总"]
    row = next(one for one in sheet.iter_rows(values_only=True) if one[0] == "合计")
    names = ("coverage", "visits", "opening", "new", "closed", "open", "overdue")
    assert [row[place] for place in (4, 9, 11, 12, 13, 14, 15)] == [total[name].numerator for name in names]
    assert (done.masked, done.open, done.overdue) == (True, total["open"].numerator, total["overdue"].numerator)
    (report,) = intake.take(township, [out]).files
    assert report.error is not None
    assert report.error.code == "summary_book"


def test_masked_it_counts_secret_needs_and_does_not_list_them(filled, tmp_path):
    township, _need = filled
    told = {}
    for name, wish in (("masked", export.Wish(full=False)), ("full", export.Wish(True, "上报", "一二三四五六"))):
        told[name] = township_book.gather(township, WEEK, masked=name == "masked")
        township_book.write(township, WEEK, tmp_path / f"{name}.xlsx", wish)
    assert (told["masked"].withheld, told["full"].withheld) == (1, 0)
    assert len(told["masked"].needs) == len(told["full"].needs) - 1
    assert "不想让人知道" not in str(told["masked"].needs)
    assert "不想让人知道" in str(told["full"].needs)
    assert not (tmp_path / "full.xlsx").read_bytes().startswith(b"PK")


@pytest.mark.parametrize("masked", [True, False])
def test_what_speaks_of_restricted_groups_is_listed_without_its_words(filled, masked):
    township, _need = filled
    grid, who = (queries.every(township.connection, one, "code")[0].plain("code") for one in ("grid", "worker"))
    said = {
        "kind": "N13",
        "content": f"{restricted.WORDS[0]}想找工作",
        "registered_at": "2026-11-24",
        "grid": grid,
        "worker": who,
    }
    number = township.row("need", records.add(township, ledger("need"), [said]).ids[0]).plain("number")
    (line,) = [one for one in township_book.gather(township, WEEK, masked=masked).needs if number in one.words]
    assert "（不写进汇总表）" in line.words
    assert restricted.WORDS[0] not in str(line)


def test_the_notice_names_nobody_and_leads_nowhere(filled):
    township, _need = filled
    page = public_notice.page(public_notice.gather(township, WEEK))
    assert not re.search(r"<script|<link|<img|href|src=|http|javascript|class=|<style", page)
    assert not re.search("陈晓芸|何静文|JX03|金江西苑", page)
    assert page.count("<section") == 1


@given(st.lists(st.integers(0, 30), max_size=12))
def test_no_small_count_is_told_nor_found_by_subtraction(counts):
    shown = public_notice.guarded(counts)
    hidden = [count for count, word in zip(counts, shown, strict=True) if word == WITHHELD]
    assert not any(word.isdigit() and 0 < int(word) < LEAST for word in shown)
    rest = sum(word != WITHHELD and word != "0" for word in shown)
    assert not hidden or not rest or (len(hidden) > 1 and sum(hidden) >= 2 * LEAST)
    told = public_notice.gathered([(str(place), count) for place, count in enumerate(counts)])
    assert all(count >= LEAST for _word, count in told)
    assert sum(count for _word, count in told) in {sum(counts), 0}


def test_a_rate_of_few_cases_is_not_told():
    assert [public_notice.rate(one) for one in (Figure(18, 19), Figure(19, 20), None)] == ["—", "95%", "—"]


def test_levels_whistles_and_responsible_units_have_their_sheets(filled, tmp_path):
    township, _need = filled
    rows = [row for row in queries.every(township.connection, "need", "number") if is_open(row.values)]
    escalating.escalate(township, rows[0].id, {"to_level": "县", "receiver": "县住建局", "paper_no": "梅政〔2026〕8号"})
    records.change(township, ledger("need"), rows[1].id, {"assigned_to": "供水公司"})
    out = tmp_path / "汇总表.xlsx"
    township_book.write(township, WEEK, out)
    opened = openpyxl.load_workbook(out, data_only=True)
    total = overview.read(township, WEEK, "grid").total
    row = next(one for one in opened["分级办结"].iter_rows(values_only=True) if one[0] == "合计")
    assert row[2] == total["closed"].numerator == sum(row[3:7])
    assert (row[3], row[3] + row[4]) == (total["in_grid"].numerator, total["in_village"].numerator)
    listed = [one for one in opened["吹哨清单"].iter_rows(min_row=4, values_only=True) if one[5] in escalation.LEVELS]
    assert (listed[0][0], listed[0][5], listed[0][8]) == (rows[0].plain("number"), "县", "梅政〔2026〕8号")
    assert len(listed) > 1
    assert any(one[0] == rows[1].plain("number") for one in opened["供水公司"].iter_rows(values_only=True))
    text = whistling.paper(township).text()
    assert ("县住建局" in text, "不想让人知道" in text) == (True, False)


def test_weeks_of_which_nothing_came_are_unknown_and_not_nought(filled):
    township, _need = filled
    found = overview.with_unknown(township, overview.read(township, WEEK, "week"))
    told = {line.key: [found.figure(line, name) for name in ("coverage", "new")] for line in found.lines}
    assert None not in told[str(WEEK)]
    assert told[str(WEEK.shifted(-12))] == [None, None]
    assert overview.with_unknown(township, overview.read(township, WEEK, "grid")).unknown == frozenset()


def test_what_names_no_grid_counts_in_a_line_of_its_own_and_in_the_total(filled):
    township, _need = filled
    before = overview.read(township, WEEK, "grid").total
    told = {"kind": "N13", "content": "来访说路灯不亮", "registered_at": "2026-11-24", "status": "办理中"}
    door = {"estate": "金江西苑", "building": "99", "room": "1"}
    written = township.write("import", Change(ledger("need"), told), Change(ledger("household"), door))
    found = overview.read(township, WEEK, "grid")
    line = next(one for one in found.lines if one.key == figures.NO_GRID)
    assert (line.measures["new"].numerator, line.measures["coverage"].denominator) == (1, 1)
    for name in ("new", "open"):
        assert found.total[name].numerator == before[name].numerator + 1
    assert found.total["coverage"].denominator == before["coverage"].denominator + 1
    shown = proof.read(township, Period.of_week(WEEK), "grid", figures.NO_GRID, "new")
    assert list(shown.records) == written.ids[:1]
    homes = proof.read(township, Period.of_week(WEEK), "grid", figures.NO_GRID, "coverage")
    assert homes.figure == line.measures["coverage"]
