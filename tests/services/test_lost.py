"""A laptop or a workbook is lost: how much was in it, which columns, up to when, what stayed, which records."""

import json

import openpyxl
import pytest

from gridworker.cli.main import run
from gridworker.domain.ids import to_text
from gridworker.domain.ledgers import ledger
from gridworker.errors import UserError
from gridworker.services import intake, lost_book, lost_laptop, records, roster
from gridworker.services.export import Wish
from gridworker.store import queries
from tests.conftest import PASSWORD
from tests.services.township_books import THIS_WEEK, book

REPORT = "上报密码二〇二六"
HOME = {"estate": "金江西苑", "building": "3", "unit": "2", "room": "502", "head": "李桂芳", "phone": "19900001234"}


@pytest.fixture
def sent(worker, tmp_path):
    """A worker with two homes, one of which left in full; the other was entered after that."""
    home = records.add(worker, ledger("household"), [HOME]).ids[0]
    person = {"household": to_text(home), "name": "李桂芳", "id_no": "999999190203040018"}
    records.add(worker, ledger("resident"), [person])
    file = book(worker, tmp_path, THIS_WEEK, wish=Wish(full=True, reason="周报", password=REPORT))
    records.add(worker, ledger("household"), [HOME | {"room": "503", "head": "欧阳若兰"}])
    return worker, file


def export_id(worker):
    return worker.connection.execute("select id from export").fetchone()[0]


def test_the_card_of_a_laptop_counts_and_names_nobody(sent):
    worker, _file = sent
    card = lost_laptop.of_this_laptop(worker)
    assert (card.counts["household"], card.counts["resident"]) == (2, 1)
    assert card.sensitive["身份证号"] == 1
    assert card.personal["联系电话"] >= 2
    assert card.lacking.startswith("1 次录入")
    assert card.until == worker.today.isoformat()
    text = lost_laptop.paper(worker).text()
    assert "整库加密" in text
    assert not [word for word in ("李桂芳", "欧阳若兰", "19900001234", "503") if word in text]


def test_the_township_makes_the_card_of_a_grid_from_what_was_handed_in(sent, township):
    worker, file = sent
    roster.add_grid(township, "JX03", "金江西苑3网格", "金江社区", "陈晓芸")
    assert lost_laptop.of_grid(township, "JX03").lacking == "全部"
    intake.take(township, [file], intake.Options(password=REPORT))
    card = lost_laptop.of_grid(township, "JX03")
    assert card.counts["household"] == 1
    assert card.sensitive["身份证号"] == 1
    assert card.person == "陈晓芸"
    assert card.lacking == f"{worker.today} 以后录入的，数量不知道"
    assert [code for _word, code in lost_laptop.choices(township)] == ["", "JX03"]


def test_the_records_of_a_lost_workbook_are_listed_on_both_sides(sent, township, tmp_path, capsys):
    worker, file = sent
    intake.take(township, [file], intake.Options(password=REPORT))
    id = export_id(worker)
    home, other = (row.id for row in queries.every(worker.connection, "household"))
    for workspace in (worker, township):
        found = lost_book.records(workspace, id)
        assert len(found["household"]) == len(found["resident"]) == 1
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GRIDWORKER_PASSPHRASE", PASSWORD)
        out = ["lost", "--book", to_text(id), "-o", str(tmp_path / "清单.xlsx"), "--json"]
        assert run(["--data", str(township.store.folder), *out]) == 0
    assert json.loads(capsys.readouterr().out)["records"] == 2
    lines = list(openpyxl.load_workbook(tmp_path / "清单.xlsx").active.iter_rows(min_row=4, values_only=True))
    assert [line[0] for line in lines] == ["住户", "居民"]
    assert "身份证号" in lines[1][2]
    assert "李*" in lines[1][1]
    assert {line[3] for line in lines} & {to_text(home), to_text(other)}
    with pytest.raises(UserError):
        lost_book.records(worker, 2)
