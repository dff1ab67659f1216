"""排查 0 起 as a record of having looked; papers of a dispute; what hangs on needs closed before goes on going out."""

import openpyxl
import pytest

from gridworker.domain.calendar import parse_week
from gridworker.domain.ids import to_text
from gridworker.domain.ledgers import ledger
from gridworker.services import export, mediation_papers, records, screening, undoing
from gridworker.services.export import Wish
from gridworker.services.period import Period
from gridworker.store import queries

WEEK = Period.of_week(parse_week("2026-W48"))


def add(workspace, name, /, **told):
    saved = records.add(workspace, ledger(name), [told])
    assert not saved.problems, saved.problems
    return saved.ids[0]


@pytest.fixture
def dispute(worker):
    """Settled in an earlier week, with its parties and the session that settled it."""
    told = {"kind": "N14", "content": "楼上漏水，粮食泡坏了", "registered_at": "2026-10-20", "raised_by": "欧阳若兰"}
    closed = {"status": "已办结", "result": "solved", "closed_on": "2026-10-30"}
    need = add(worker, "need", grid=to_text(worker.grid), **told, **closed)
    for side, name in (("乙方", "司徒明远"), ("甲方", "欧阳若兰")):
        add(worker, "party", need=to_text(need), side=side, name=name, phone="19900001234")
    agreed = {"outcome": "达成协议", "agreement": "梅调2026-07", "due_on": "2026-12-01"}
    add(worker, "mediation", need=to_text(need), held_at="2026-10-28T19:00", content="赔三百元，月底前修好", **agreed)
    return need


def lines(path, sheet):
    book = openpyxl.load_workbook(path)
    return list(book[sheet].iter_rows(min_row=4, values_only=True)) if sheet in book.sheetnames else []


def test_looking_and_finding_nothing_is_a_record_that_is_handed_up(worker, tmp_path):
    before = screening.of_week(worker)
    assert (before.found, before.is_told) == (0, False)
    done = screening.report(worker)
    assert screening.of_week(worker).is_told
    book = export.export(worker, WEEK, tmp_path / "week.xlsx", Wish(full=False)).file
    assert any(0 in row and "矛盾纠纷" in row for row in lines(book, "矛盾排查"))
    add(worker, "need", kind="N15", content="工钱没给", registered_at="2026-11-25", raised_by="吴为")
    assert not screening.of_week(worker).is_told, "something has come up since"
    screening.report(worker)
    (row,) = queries.every(worker.connection, "screening")
    assert (row.plain("found"), row.plain("settled")) == (1, 0), "a week has one record"
    undoing.undo(worker, done)
    assert queries.every(worker.connection, "screening") == []
    screening.report(worker)
    assert screening.of_week(worker).told == 1


def test_the_papers_of_a_dispute_name_parties_session_and_agreement(worker, dispute):
    (register, agreement) = [make() for _word, make in mediation_papers.choices(worker, dispute)]
    for paper in (register, agreement):
        assert all(word in paper.text() for word in ("欧阳若兰", "司徒明远", "19900001234", "赔三百元", "粮食泡坏"))
        assert paper.text().index("甲方") < paper.text().index("乙方")
        assert (paper.personal, "欧阳" in paper.name + paper.logged) == (True, False)
    assert "第1次调解" in register.text()
    assert all(word in agreement.text() for word in ("梅调2026-07", "于 2026-12-01 前", "调解员（签名）"))


def test_what_hangs_on_a_need_closed_before_is_in_masked_books_too(worker, dispute, tmp_path):
    book = export.export(worker, WEEK, tmp_path / "week.xlsx", Wish(full=False)).file
    assert [row for row in lines(book, "调解记录") if "达成协议" in row]
    assert len([row for row in lines(book, "当事人") if {"甲方", "乙方"} & set(row)]) == 2
    records.change(worker, ledger("need"), dispute, {"confidential": True})
    again = export.export(worker, WEEK, tmp_path / "again.xlsx", Wish(full=False)).file
    assert not lines(again, "调解记录"), "of one to be kept secret nothing leaves masked"
