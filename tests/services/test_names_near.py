"""A masked view of the community: whoever is named at a dispute or a meeting is named in no free text of it."""

from gridworker.domain.ids import Id, to_text
from gridworker.domain.ledgers import ledger
from gridworker.services import out_rows, records
from gridworker.services.workspace import Workspace


def add(workspace: Workspace, name: str, /, **fields: object) -> Id:
    told = {key: to_text(value) if isinstance(value, int) else value for key, value in fields.items()}
    return records.add(workspace, ledger(name), [told]).ids[0]


def shown(workspace: Workspace, name: str, id: Id, field: str) -> str:
    row = workspace.row(name, id)
    assert row is not None
    return out_rows.View(workspace, {}, masked=True).text(ledger(name), row, field)


def dispute(workspace: Workspace, kind: str) -> Id:
    given = {"estate": "金江西苑", "building": "3", "unit": "1", "room": "101", "head": "欧阳若兰"}
    home = add(workspace, "household", **given)
    add(workspace, "resident", household=home, name="赵小满")
    said = "欧阳若兰说严守诚半夜装修"
    return add(workspace, "need", kind=kind, content=said, raised_by="欧阳若兰", household=home)


def test_free_texts_hide_all_who_are_named_at_the_same_dispute(worker: Workspace) -> None:
    need = dispute(worker, "N10")
    add(worker, "party", need=need, side="乙方", name="严守诚")
    told = "赵小满转述，欧阳若兰与严守诚当面和解，诸葛明在场"
    session = {"held_at": "2026-11-20", "content": told, "witness": "诸葛明"}
    id = add(worker, "mediation", need=need, **session)
    assert shown(worker, "mediation", id, "content") == "赵*转述，欧阳*与严*当面和解，诸葛*在场"
    assert shown(worker, "need", need, "content") == "欧阳*说严*半夜装修"


def test_what_hangs_on_a_sensitive_need_says_no_more_than_the_need(worker: Workspace) -> None:
    need = dispute(worker, "N03")
    id = add(worker, "referral", need=need, sent_on="2026-11-20", asked="请协助住院")
    assert shown(worker, "referral", id, "asked") == "***"


def test_lists_of_people_keep_a_surname_each_and_no_reason(worker: Workspace) -> None:
    people = {"attendees": "赵小满、欧阳若兰，李四", "absent": "王五（住院）"}
    id = add(worker, "meeting", name="第三次议事会", held_at="2026-11-20", **people)
    assert shown(worker, "meeting", id, "attendees") == "赵*、欧阳*，李*"
    assert shown(worker, "meeting", id, "absent") == "王*"


def test_a_reference_is_said_as_the_title_of_what_it_means(worker: Workspace) -> None:
    unit = add(worker, "paired_unit", name="县税务局", estate="金江西苑", building="3")
    id = add(worker, "cadre", paired_unit=unit, name="严守诚")
    row = worker.row("cadre", id)
    assert row is not None
    named = out_rows.View(worker, {}, masked=True).named(row, ledger("cadre").by_name["paired_unit"])
    assert named == "县税务局 金江西苑3栋"
