"""What leaves masked names nobody, in texts, comments, properties, file names; no hash gives a number away."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from stdnum.cn import ric

from gridworker.domain.ids import to_text
from gridworker.domain.ledgers import ledger
from gridworker.errors import UserError
from gridworker.exchange.token import cell_hash
from gridworker.services import filling, records
from gridworker.services.export import Wish
from gridworker.services.workspace import Workspace
from gridworker.store import queries
from tests.services.attacker import Attacker
from tests.services.township_books import book

HOME = {"estate": "金江西苑", "building": "3", "unit": "2"}
NEIGHBOUR, RELATIVE, PHONE = "诸葛若兰", "王秀", "19900007788"
PEOPLE = ((NEIGHBOUR, "1902-03-04"), (RELATIVE, "1903-11-30"))
SAID = f"{NEIGHBOUR}家漏水，{RELATIVE}也来说过，电话{PHONE}"


@pytest.fixture
def told(worker: Workspace) -> Workspace:
    """Two people, and a third one's record that speaks of them everywhere."""
    of = ledger("household")
    other = records.add(worker, of, [HOME | {"room": "503", "head": NEIGHBOUR, "phone": PHONE}]).ids[0]
    home = records.add(worker, of, [HOME | {"room": "502", "head": "李桂芳", "note": SAID}]).ids[0]
    for number, (name, birth) in enumerate(PEOPLE):
        body = f"999999{birth.replace('-', '')}{number:03d}"
        person = {"household": to_text(other), "name": name, "id_no": body + ric.calc_check_digit(body)}
        records.add(worker, ledger("resident"), [person])
    day = {"household": to_text(home), "visited_at": "2026-11-24T09:00", "content": SAID}
    records.add(worker, ledger("visit"), [day])
    need = {"household": to_text(home), "registered_at": "2026-11-24", "kind": "N12", "content": SAID}
    records.add(worker, ledger("need"), [need | {"assigned_to": f"住建办（{NEIGHBOUR}）"}])
    return worker


def leaks(text: str) -> list[str]:
    return [one for one in (NEIGHBOUR, RELATIVE, PHONE) if one in text]


def test_a_text_names_none_of_the_people_known_around(told: Workspace, tmp_path: Path) -> None:
    text = Attacker(book(told, tmp_path, wish=Wish(full=False))).text
    assert "家漏水" in text
    assert leaks(text) == []


def test_a_form_keeps_no_name_in_comments_properties_and_authors(told: Workspace, tmp_path: Path) -> None:
    form = openpyxl.Workbook()
    form.properties.creator, form.properties.title = NEIGHBOUR, f"{RELATIVE}家的表"
    form.properties.lastModifiedBy = NEIGHBOUR
    form.active.append(["序号", "户主", "联系电话", "备注"])
    form.active["B1"].comment = Comment(f"问过{NEIGHBOUR}，{PHONE}", NEIGHBOUR)
    form.save(tmp_path / "form.xlsx")
    plan = filling.plan(told, tmp_path / "form.xlsx", filling.Wish())
    filling.write(told, plan, tmp_path / "out.xlsx", filling.Wish())
    text = Attacker(tmp_path / "out.xlsx").text
    assert "漏水" in text
    assert leaks(text) == []


@pytest.mark.parametrize("name", [f"{NEIGHBOUR}家周报.xlsx", "王秀家.xlsx", f"周报_{PHONE}.xlsx"])
def test_a_masked_file_is_not_called_by_somebody(told: Workspace, tmp_path: Path, name: str) -> None:
    with pytest.raises(UserError) as refused:
        book(told, tmp_path, name=name, wish=Wish(full=False))
    assert refused.value.code == "name_in_file_name"
    assert not (tmp_path / name).exists()


def test_no_hash_or_id_gives_a_number_back_to_who_knows_birth_and_region(told: Workspace, tmp_path: Path) -> None:
    """Somebody tries all thousand numbers of a day of birth, at every record and every id of the file."""
    attacker = Attacker(book(told, tmp_path, wish=Wish(full=False)))
    hashes = {one for token, _shown in attacker.rows for one in token.hashes.values()}
    places = {(token.export, token.record) for token, _shown in attacker.rows}
    assert hashes
    for person in queries.every(told.connection, "resident"):
        number = str(person.plain("id_no"))
        day = date.fromisoformat(f"{number[6:10]}-{number[10:12]}-{number[12:14]}")
        assert not [part for part in (number, number[:14], number[8:], day.isoformat()) if part in attacker.text]
        bodies = (f"{number[:14]}{tail:03d}" for tail in range(1000))
        tried = [body + ric.calc_check_digit(body) for body in bodies]
        assert number in tried
        assert not [one for one in tried if attacker.ids & set(attacker._named_after(person.id, "id_no", one))]
        salted = {cell_hash(*place, name, one) for place in places for name in ("id_no", "identity") for one in tried}
        assert not salted & hashes
