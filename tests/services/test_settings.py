"""Settings of a laptop: the look that counts before unlocking, passwords, backups, the log, the roster."""

from datetime import datetime

import pytest

from gridworker.domain.ids import to_text
from gridworker.domain.ledgers import ledger
from gridworker.errors import UserError
from gridworker.services import access, access_lines, keeping, look, roster, settings, visiting
from gridworker.services.look import Look
from gridworker.services.visiting import NeedGiven
from gridworker.store.door import Change


def test_the_look_is_kept_beside_the_store_and_survives_nonsense(tmp_path):
    folder = tmp_path / "new"
    assert look.read_look(folder) == Look()
    look.write_look(folder, Look("dark", 1.3, "en"))
    assert look.read_look(folder) == Look("dark", 1.3, "en")
    (folder / look.LOOK_FILE).write_text('{"theme": 1}', encoding="utf-8")
    assert look.read_look(folder) == Look()


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("abc", "还差 5 位"), ("12345678", "太常见"), ("aaaaaaaaaa", "太常见"), ("password12", "太常见"),
        ("金江西", "还差 2 位"),
    ],
)  # fmt: skip
def test_poor_passwords_are_told_why(password, said):
    judged = settings.strength(password, password)
    assert not judged.good
    assert judged.sentence.startswith(said)


def test_a_password_is_good_once_both_are_alike():
    typed = "三栋楼下桂花香"
    assert settings.strength(typed).sentence == "够强"
    assert not settings.strength(typed).good
    assert settings.strength(typed, typed[:3]).sentence == "两次输入的不一样"
    assert settings.strength(typed, typed) == settings.Strength(1.0, True, "够强，两次一致")
    assert settings.strength("x7k2m9qp", "x7k2m9qp").sentence == "可以，两次一致"


def test_the_report_password_is_kept_and_noted(township):
    with pytest.raises(UserError):
        settings.set_report_password(township, "123")
    settings.set_report_password(township, "周报密码二〇二六")
    assert settings.report_password(township) == "周报密码二〇二六"
    assert [line.act for line in access_lines.newest(township)] == ["改上报密码"]


def test_backups_are_listed_newest_first_and_due_once_a_day(worker):
    assert settings.backup_is_due(worker)
    keeping.backup(worker)
    other = worker.store.folder / settings.BACKUPS / "gridworker-20260101-080000.gwbackup"
    other.write_bytes(b"old")
    found = settings.backups(worker.store.folder)
    assert [one.at.year for one in found] == [2026, 2026]
    assert found[0].at.date() == worker.today
    assert found[1].at == datetime(2026, 1, 1, 8)
    assert not settings.backup_is_due(worker)


def test_the_log_shows_the_newest_first(worker):
    for number in range(5):
        access.note(worker, "search", str(number))
    lines = access_lines.newest(worker, 3)
    assert [line.what for line in lines] == ["4 条结果", "3 条结果", "2 条结果"]
    assert lines[0].act == "搜索"


def test_the_log_says_what_it_was_about_in_words_and_names_nobody(worker):
    of = ledger("household")
    home = worker.write("add", Change(of, {"grid": worker.grid, "room": "502", "head": "李测试"})).ids[0]
    need = visiting.register(worker, NeedGiven({"kind": "N12", "content": "灯不亮"}), home).written.ids[0]
    number = worker.row("need", need).plain("number")
    noted = {
        ("show", f"need/{to_text(need)}"): f"诉求 {number}",
        ("reveal", f"need/{to_text(need)}/phone"): f"诉求 {number} 联系电话",
        ("reveal", f"household/{to_text(home)}/phone"): f"住户 #{to_text(home)[-5:]} 联系电话",
        ("delete", f"household/{to_text(home)}"): f"住户 #{to_text(home)[-5:]}",
        ("failed_unlock", "3 2026-11-25T08:30"): "错了 3 次，最后 2026-11-25 08:30",
        ("show", "need/nothing"): "诉求 #thing",
        ("export", f"{to_text(home)} full"): "完整版",
        ("export", f"{to_text(home)} masked"): "遮住版",
        ("import", f"{to_text(home)} 3"): "3 个文件",
        ("undo", to_text(home)): "",
        ("reveal", "report_password"): "上报密码",
        ("dump", ""): "",
    }
    for act, what in noted:
        access.note(worker, act, what)
    assert [line.what for line in access_lines.newest(worker)] == list(noted.values())[::-1]
    assert access.verify(worker) is None


def test_the_roster_names_grids_with_their_workers(township):
    roster.add_grid(township, "JX03", "金江西苑3网格", "金江社区", "陈晓芸")
    roster.add_grid(township, " JX01 ", "金江西苑1网格", "", "")
    assert [(one.code, one.workers) for one in roster.roster(township)] == [("JX01", ""), ("JX03", "陈晓芸")]
    with pytest.raises(UserError, match="编号和名称"):
        roster.add_grid(township, "", "无号", "", "")
