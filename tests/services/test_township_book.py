"""The township's 汇总表 and public notice: the numbers of the page, and nobody who could be recognised."""

import re

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridworker.domain.calendar import parse_week
from gridworker.domain.ledgers import ledger
from gridworker.reports.statistics import Figure
from gridworker.services import export, intake, overview, public_notice, records, township_book
from gridworker.services.public_notice import LEAST, WITHHELD
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
