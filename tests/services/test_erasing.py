"""Erased is erased: no byte is left in the file, and no workbook, restore or list brings it back unasked."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from gridworker.cli.main import run
from gridworker.domain.calendar import parse_week
from gridworker.domain.ids import from_text, to_text
from gridworker.domain.ledgers import ledger
from gridworker.exchange import raw
from gridworker.services import (
    access,
    drafts,
    dump,
    erasing,
    export,
    imports,
    incoming,
    intake,
    keeping,
    person_copy,
    preview,
    records,
    remapping,
    search,
)
from gridworker.services import workspace as workspaces
from gridworker.services.erasing import Plan
from gridworker.services.export import Wish
from gridworker.services.period import Period
from gridworker.services.workspace import Workspace
from gridworker.store import database, salvage
from gridworker.store.session import Store
from tests.conftest import PASSWORD, TODAY, OpenCopy

NAME, PHONE, ID_NO = "欧阳拾穗", "13900007713", "999999190203041233"
OTHER = "司徒望舒"
PAGE, RESERVED = 4096, 80
REPORT_PASSWORD = "演示上报密码2026"


def enter(workspace: Workspace, of: str, **told: object) -> str:
    return to_text(records.add(workspace, ledger(of), [told]).ids[0])


@pytest.fixture
def home(worker: Workspace) -> dict[str, str]:
    """A household of two, visited, with a need of the person's own."""
    found = {
        "household": enter(worker, "household", estate="金江西苑", building="3", room="502", head=NAME, phone=PHONE)
    }
    told = {"household": found["household"]}
    found["person"] = enter(worker, "resident", name=NAME, id_no=ID_NO, phone=PHONE, **told)
    found["other"] = enter(worker, "resident", name=OTHER, **told)
    found["visit"] = enter(worker, "visit", content=f"与{NAME}谈了楼道灯", met=NAME, visited_at="2026-11-24", **told)
    found["need"] = enter(worker, "need", content="药费报销难", resident=found["person"], kind="N03", **told)
    records.change(worker, ledger("resident"), from_text(found["person"]), {"phone": "13900007714"})
    worker.store.set("report_password", REPORT_PASSWORD)
    return found


def planned(workspace: Workspace, of: str, id: str, **how: bool) -> Plan:
    return erasing.plan(workspace, ledger(of), from_text(id), **how)


def erase(workspace: Workspace, of: str, id: str) -> Plan:
    wanted = planned(workspace, of, id)
    erasing.erase(workspace, wanted, "request")
    return wanted


def week(workspace: Workspace, out: Path, *, full: bool = True) -> Path:
    wish = Wish() if full else Wish(full=False)
    return export.export(workspace, Period.of_week(parse_week("2026-W48")), out, wish).file


def facts(workspace: Workspace) -> str:
    return "\n".join(dump.dump(workspace, versions=True))


def pages(workspace: Workspace) -> Iterator[bytes]:
    """Every page of the files of a store as it would be read with the key, free ones included."""
    for tail, head, gap in (("", 0, 0), ("-wal", 32, 24)):
        file = workspace.store.folder / (database.FILE + tail)
        data = file.read_bytes() if file.exists() else b""
        for start in range(head + gap, len(data), PAGE + gap):
            page = data[start : start + PAGE]
            is_first = data[start - gap : start - gap + 4] == b"\0\0\0\1" if gap else start == 0
            body = page[16 if is_first else 0 : PAGE - RESERVED]
            vector = page[PAGE - RESERVED : PAGE - RESERVED + 16]
            yield Cipher(algorithms.AES(workspace.store._key), modes.CBC(vector)).decryptor().update(body)


def test_no_byte_is_left_in_the_file(worker: Workspace, home: dict[str, str]) -> None:
    drafts.keep(worker, f"record/resident/{home['household']}", {"name": NAME})
    worker.store.set("need_filters", json.dumps({"他的": {"text": NAME}, "别的": {"text": "灯"}}))
    worker.connection.execute("pragma wal_checkpoint(truncate)")
    assert ID_NO.encode() in b"".join(pages(worker))
    wanted = erase(worker, "resident", home["person"])
    assert wanted.counts == {"resident": 1, "need": 1}
    assert [one.label for one in wanted.mentions] == ["走访内容"]
    records.change(worker, ledger("visit"), from_text(home["visit"]), {"content": "谈了楼道灯"})
    erase(worker, "visit", home["visit"])
    left = b"".join(pages(worker))
    assert [one for one in (NAME, PHONE, "13900007714", ID_NO, "药费报销难") if one.encode() in left] == []
    assert OTHER.encode() in left
    assert worker.store.get_json("need_filters") == {"别的": {"text": "灯"}}
    assert search.search(worker, NAME) == search.search(worker, "7714") == []
    assert keeping.check(worker).ok
    row = worker.row("household", from_text(home["household"]))
    assert row is not None
    assert (row.plain("head"), row.plain("phone")) == (None, None)


def test_a_household_takes_all_of_it_along_and_a_need_may_stay(worker: Workspace, home: dict[str, str]) -> None:
    staying = planned(worker, "resident", home["person"], keep_needs=True)
    assert staying.counts == {"resident": 1}
    assert ("need", frozenset({"resident"})) in [(one.ledger, one.groups) for one in staying.cleared]
    assert erase(worker, "household", home["household"]).counts == {
        "household": 1,
        "resident": 2,
        "visit": 1,
        "need": 1,
    }
    assert not any(worker.row(name, from_text(home[key])) for name, key in (("visit", "visit"), ("need", "need")))
    assert NAME not in str(list(worker.connection.execute("select * from access")))
    assert access.verify(worker) is None


@pytest.mark.parametrize("full", [True, False])
def test_it_travels_and_nothing_brings_it_back(
    open_copy: OpenCopy, worker: Workspace, home: dict[str, str], tmp_path: Path, full: bool
) -> None:
    township = open_copy("township")
    township.store.set("report_password", REPORT_PASSWORD)
    before = week(worker, tmp_path / "前.xlsx")
    intake.take(township, [before])
    assert ID_NO in facts(township)
    erase(worker, "resident", home["person"])
    after = week(worker, tmp_path / "后.xlsx", full=full)
    assert incoming.pick_up(township, [after], lambda *_told: None).others == (after,)
    (told,) = intake.take(township, [after]).files
    assert told.erased >= 2
    assert [one.code for one in told.remarks] == ["erased"]
    assert ID_NO not in facts(township)
    assert ID_NO.encode() not in b"".join(pages(township))
    late = open_copy("township")
    late.store.set("report_password", REPORT_PASSWORD)
    intake.take(late, [after])
    (again,) = intake.take(late, [before]).files
    assert [one.code for one in again.remarks] == ["already_erased"]
    imports.undo(township, told.batch)
    intake.take(worker, [before])
    for one in (township, late, worker):
        assert ID_NO not in facts(one)
        assert keeping.check(one).ok
    intake.take(township, [after])
    assert facts(township) == facts(late)


def test_a_restored_backup_learns_first_what_was_erased(
    worker: Workspace, home: dict[str, str], tmp_path: Path
) -> None:
    old = keeping.backup(worker)
    old = old.rename(old.with_name("gridworker-20261120-080000.gwbackup"))
    wanted = erase(worker, "resident", home["person"])
    assert wanted.backups == [old]
    folder = worker.store.folder
    worker.close()
    (folder / database.FILE).write_bytes(b"a damaged store")
    keeping.restore(folder, old, PASSWORD)
    restored = workspaces.open_folder(folder, PASSWORD, TODAY)
    assert OTHER in facts(restored)
    assert ID_NO not in facts(restored)
    assert ID_NO.encode() not in b"".join(pages(restored))
    fresh, gone = erasing.renew_backups(restored)
    assert gone == 2
    assert erasing.old_copies(restored) == [fresh]
    restored.close()


def test_a_salvaged_store_still_knows_whom_was_erased(worker: Workspace, home: dict[str, str], tmp_path: Path) -> None:
    erase(worker, "resident", home["person"])
    worker.close()
    salvage.salvage(worker.store.folder, worker.store._key)
    saved = Workspace(Store(worker.store.folder, worker.store._key), TODAY)
    file = tmp_path / "名单.csv"
    file.write_text(f"姓名,身份证号,住址\n{NAME},{ID_NO},金江西苑3号楼502\n", encoding="utf-8")
    (told,) = intake.take(saved, [file]).files
    assert "erased_before" in [one.code for one in told.problems]
    assert ID_NO not in facts(saved)
    saved.close()


def test_the_command_tells_before_it_does(
    worker: Workspace, home: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GRIDWORKER_PASSPHRASE", PASSWORD)
    monkeypatch.setattr(workspaces, "open_folder", lambda *_given: worker)
    asked = ["erase", "resident", home["person"]]
    assert run([*asked, "--dry-run"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "永久删除：居民 1、诉求 1",
        "清空 2 条别的记录里的姓名、电话和引用。",
        "文字里还提到：2026-11-24 见面 走访内容",
        "已经交出去的 0 份工作簿和打印件收不回来。",
    ]
    assert run(asked) == 2
    assert run(["erase", "grid", to_text(worker.grid or 0), "--reason", "mistake"]) == 2
    assert run([*asked, "--reason", "request", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["erased"] == {"need": 1, "resident": 1}
    assert ID_NO not in facts(worker)


def test_a_list_that_names_an_erased_person_is_asked_about(
    worker: Workspace, home: dict[str, str], tmp_path: Path
) -> None:
    erase(worker, "resident", home["person"])
    file = tmp_path / "名单.csv"
    door = "金江西苑3号楼502"
    file.write_text(
        f"姓名,身份证号,手机号,住址\n{NAME},{ID_NO},,{door}\n{OTHER},,13900001111,{door}\n", encoding="utf-8"
    )
    (told,) = intake.take(worker, [file]).files
    asked = [one for one in told.problems if one.code == "erased_before"]
    assert len(asked) == 1
    assert "已于 2026-11-25 永久删除" in asked[0].message
    assert ID_NO not in facts(worker)
    assert "13900001111" in facts(worker)
    looked = preview.look(worker, [file], lambda *_told: None)
    preview.take(worker, remapping.let_in(worker, looked, 0, lambda *_told: None), lambda *_told: None)
    assert ID_NO in facts(worker)


def test_the_person_can_read_all_that_is_held(worker: Workspace, home: dict[str, str], tmp_path: Path) -> None:
    week(worker, tmp_path / "周报.xlsx")
    records.change(worker, ledger("visit"), from_text(home["visit"]), {"content": f"{NAME}和{OTHER}都在家"})
    out = person_copy.write(worker, from_text(home["person"]), tmp_path / "本人.xlsx", "当面告诉本人123")
    with raw.reader() as read:
        book = read(out.read_bytes(), "当面告诉本人123")
    told = {sheet.name: [[str(cell or "") for cell in row] for row in sheet.rows] for sheet in book.sheets}
    assert ["居民", "身份证号", ID_NO] in told["个人资料"]
    assert ["走访 2026-11-24", "走访内容", f"{NAME}和司徒*都在家"] in told["个人资料"]
    assert any(row[1:5] == ["陈晓芸", "居民", "本人电话", PHONE] for row in told["登记经过"])
    assert [row[1:4] for row in told["提供情况"][2:]] == [["周报.xlsx", "2026-W48", "完整版"]]


def test_another_laptop_that_wrote_the_person_down_is_asked_about(
    open_copy: OpenCopy, worker: Workspace, home: dict[str, str], tmp_path: Path
) -> None:
    colleague, township = open_copy("worker"), open_copy("township")
    door = enter(colleague, "household", estate="金江西苑", building="8", room="201", head="司空见")
    person = enter(colleague, "resident", household=door, name=NAME, id_no=ID_NO)
    need = enter(colleague, "need", household=door, resident=person, content="药费还没有报", kind="N03")
    enter(colleague, "followup", need=need, content="去医保办问过", done_on="2026-11-24")
    for one in (colleague, township):
        one.store.set("report_password", REPORT_PASSWORD)
    book = week(colleague, tmp_path / "同事.xlsx")
    intake.take(township, [week(worker, tmp_path / "前.xlsx")])
    erase(worker, "resident", home["person"])
    intake.take(township, [week(worker, tmp_path / "后.xlsx")])
    assert incoming.pick_up(township, [book], lambda *_told: None).others == (book,)
    (told,) = intake.take(township, [book]).files
    asked = [one for one in told.problems if one.code == "erased_before"]
    assert ["已于 2026-11-25 永久删除" in one.message for one in asked] == [True]
    known = facts(township)
    assert "司空见" in known
    assert [word for word in (ID_NO, "药费还没有报", "去医保办问过") if word in known] == []
    intake.take(township, [book], intake.Options(even_erased=True))
    assert [word for word in (ID_NO, "药费还没有报", "去医保办问过") if word in facts(township)] == [
        ID_NO, "药费还没有报", "去医保办问过"
    ]  # fmt: skip
    (again,) = intake.take(township, [week(colleague, tmp_path / "下周.xlsx")]).files
    assert not again.problems
    assert keeping.check(township).ok
