"""Forms are filled from facts: the right rows in the order of a walk, masked unless there is a reason, gaps told."""

import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.datavalidation import DataValidation

from gridworker.domain.calendar import parse_week
from gridworker.domain.ids import to_text
from gridworker.domain.ledgers import ledger
from gridworker.domain.text.address import walk_key
from gridworker.errors import UserError
from gridworker.exchange import form_write, raw, raw_book, weekly
from gridworker.services import access_lines, filling, household_page, naming, records
from gridworker.services.form_cells import Shape
from gridworker.services.form_plan import Plan, Wish
from gridworker.services.period import Period
from gridworker.services.workspace import Workspace
from gridworker.store import queries
from tests.conftest import OpenCopy
from tests.services.township_books import LAST_WEEK, filled

FORMS = Path(__file__).parents[1] / "data" / "forms"
T1, T2, T3, T4 = (
    FORMS / name for name in ("T1_走访统计表.xlsx", "T2_诉求汇总表.xlsx", "T3_就业困难登记.xlsx", "T4_医疗报销登记.xls")
)
HOME = {"estate": "大湾组", "room": "1", "head": "测试甲"}
FULL = Wish(full=True, reason="测试", open=True)

Cells = list[list[object]]


def blank(tmp_path: Path, *headings: str, title: str = "情况表") -> Path:
    """A form of one title, one heading row and five framed rows."""
    from openpyxl.styles import Border, Side

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([title])
    sheet.append(list(headings))
    line = Side(style="thin")
    for row in range(2, 8):
        for column in range(1, len(headings) + 1):
            sheet.cell(row, column).border = Border(line, line, line, line)
    book.save(tmp_path / f"{title}.xlsx")
    return tmp_path / f"{title}.xlsx"


def fill(workspace: Workspace, form: Path, tmp_path: Path, wish: Wish = FULL) -> tuple[Plan, Cells]:
    plan = filling.plan(workspace, form, wish)
    filling.write(workspace, plan, tmp_path / "填好.xlsx", wish)
    sheets = raw.read_book_here((tmp_path / "填好.xlsx").read_bytes()).sheets
    sheet = next(one for one in sheets if one.name == plan.form.name)
    first = plan.form.first_row
    return plan, [[*row, *[None] * 20][:20] for row in sheet.rows[first - 1 : first - 1 + len(plan.rows)]]


def test_visits_with_their_doors_in_the_order_of_a_walk(open_copy: OpenCopy, tmp_path: Path) -> None:
    worker = filled(open_copy, households=40)
    plan, rows = fill(worker, T1, tmp_path)
    visits = queries.every(worker.connection, "visit")
    assert len(rows) == len(visits) > plan.form.capacity
    homes = [worker.row("household", one.record.plain("household")) for one in plan.rows]
    places = [walk_key(naming.address_of(home)) for home in homes if home]
    assert places == sorted(places)
    assert rows[0][0] == 1
    assert rows[-1][0] == len(visits)
    assert rows[0][1] == homes[0].plain("head")
    assert rows[0][7] == "陈晓芸"


def test_only_the_week_and_only_what_is_asked_for(open_copy: OpenCopy, tmp_path: Path) -> None:
    worker = filled(open_copy, households=40)
    week = Period.of_week(parse_week(LAST_WEEK))
    some = filling.plan(worker, T1, Wish(full=True, reason="测试", period=week)).rows
    assert 0 < len(some) < len(queries.every(worker.connection, "visit"))
    met = filling.plan(worker, T1, Wish(period=week, where=(("outcome", "见面"),))).rows
    assert {row.record.plain("outcome") for row in met} == {"met"}
    level = filling.plan(worker, T1, Wish(where=(("care_level", "红"), ("care_level", "yellow")))).rows
    homes = [worker.row("household", row.record.plain("household")) for row in level]
    assert {home.plain("care_level") for home in homes if home} <= {"red", "yellow"}
    assert filling.plan(worker, T1, Wish(where=(("grid", "JX99"),))).rows == []
    with pytest.raises(UserError):
        filling.plan(worker, T1, Wish(where=(("没有", "1"),)))


def test_masked_without_a_reason(open_copy: OpenCopy, tmp_path: Path) -> None:
    worker = filled(open_copy)
    form = blank(tmp_path, "序号", "姓名", "身份证号", "出生日期", "家庭住址", "联系电话", "关爱类别")
    plan, rows = fill(worker, form, tmp_path, Wish())
    _plan, whole = fill(worker, form, tmp_path)
    assert plan.masked
    shown = "".join(str(cell) for row in rows for cell in row)
    names = {str(row[1]) for row in whole}
    assert not any(name in shown for name in names)
    assert all(str(row[1]).endswith("*") for row in rows)
    numbered = [row for row, full in zip(rows, whole, strict=True) if full[2]]
    assert numbered
    assert all(str(row[2])[6:] == "************" for row in numbered)
    assert all(row[6] is None for row in rows)
    with pytest.raises(UserError):
        filling.plan(worker, form, Wish(full=True))


def test_in_full_a_form_leaves_under_a_password_or_open_by_choice(open_copy: OpenCopy, tmp_path: Path) -> None:
    worker, out = filled(open_copy), tmp_path / "填好.xlsx"
    asked = Wish(full=True, reason="民政核对")
    plan = filling.plan(worker, blank(tmp_path, "姓名", "身份证号"), asked)
    with pytest.raises(UserError) as refused:
        filling.write(worker, plan, out, asked)
    assert (refused.value.code, out.exists()) == ("password_needed", False)
    given = replace(asked, password="只给民政的2026")
    assert filling.write(worker, plan, out, given)
    assert raw_book.unlocked(out.read_bytes(), given.password)
    worker.store.set("report_password", "上报密码2026")
    assert filling.write(worker, plan, out, asked)
    assert raw_book.unlocked(out.read_bytes(), "上报密码2026")
    assert not filling.write(worker, plan, out, replace(asked, open=True))
    assert out.read_bytes().startswith(b"PK")
    told = [line.what.partition(" 行 ")[2] for line in access_lines.newest(worker, act="fill")]
    assert told == ["完整版（不加密） 民政核对", *["完整版 民政核对"] * 2]


def test_without_a_birth_date_beside_it_no_digit_of_an_id_number_is_shown(open_copy: OpenCopy, tmp_path: Path) -> None:
    worker = filled(open_copy)
    _plan, rows = fill(worker, blank(tmp_path, "姓名", "身份证号", "住址"), tmp_path, Wish())
    assert all(row[1] is None for row in rows)


def test_gaps_are_told_by_record_and_cell(worker: Workspace, tmp_path: Path) -> None:
    home = to_text(records.add(worker, ledger("household"), [HOME]).ids[0])
    records.add(worker, ledger("resident"), [{"household": home, "name": "测试甲", "gender": "女"}])
    form = blank(tmp_path, "序号", "姓名", "性别", "年龄", "电话", "家庭住址", "民族", "网格员")
    plan, rows = fill(worker, form, tmp_path)
    assert rows[0][:8] == [1, "测试甲", "女", None, None, "大湾组1号", None, "陈晓芸"]
    assert [(cell, name) for _row, cell, name in plan.missing] == [("D3", "resident.age"), ("E3", "resident.phone")]
    assert [one.heading for one in plan.unknown] == ["民族"]
    assert plan.as_json()["ledger"] == "resident"


def test_a_need_with_the_fields_of_its_kind_and_whom_it_is_about(worker: Workspace, tmp_path: Path) -> None:
    home = to_text(records.add(worker, ledger("household"), [HOME]).ids[0])
    person = {"household": home, "name": "测试乙", "id_no": "999999190203040019", "phone": "19900000002"}
    records.add(worker, ledger("resident"), [person])
    need = {"household": home, "raised_by": "测试乙", "kind": "N01", "content": "想找活", "wanted_job": "焊工"}
    more = {"wanted_pay": 450000, "hard_to_employ": "残疾"}
    secret = need | {"confidential": True, "content": "不想人知道"}
    records.add(worker, ledger("need"), [need | more, secret])
    plan, rows = fill(worker, T3, tmp_path)
    assert plan.subject == "employment"
    assert rows[0][:8] == [1, "测试乙", "男", "999999190203040019", "19900000002", "残疾", "焊工", 4500]
    assert [one.code for one in plan.problems] == ["withheld"]
    _plan, rows = fill(worker, T3, tmp_path, replace(FULL, shape=Shape(id_format="masked")))
    assert rows[0][3] == "999999********0019"


def test_each_step_of_a_need_is_a_row_but_for_needs_that_are_kept_secret(worker: Workspace, tmp_path: Path) -> None:
    home = to_text(records.add(worker, ledger("household"), [HOME]).ids[0])
    need = {"household": home, "raised_by": "测试甲", "kind": "N12", "content": "路灯不亮"}
    ids = records.add(worker, ledger("need"), [need, need | {"confidential": True, "content": "不想人知道"}]).ids
    steps = [(ids[0], "2026-11-02", "联系供电所"), (ids[0], "2026-11-09", "换了灯"), (ids[1], "2026-11-03", "不能说")]
    told = [{"need": to_text(one), "done_on": day, "content": text, "mode": "电话"} for one, day, text in steps]
    records.add(worker, ledger("followup"), told)
    form = blank(tmp_path, "诉求编号", "反映人", "诉求内容", "办理日期", "办理方式", "办理措施", title="跟踪办理")
    plan, rows = fill(worker, form, tmp_path)
    assert plan.subject == "followup"
    assert [(row[1], row[2], row[5]) for row in rows] == [
        ("测试甲", "路灯不亮", "联系供电所"),
        ("测试甲", "路灯不亮", "换了灯"),
    ]
    assert [one.code for one in plan.problems] == ["withheld"]
    week = replace(FULL, period=Period.of_week(parse_week("2026-W45")))
    assert [row[5] for row in fill(worker, form, tmp_path, week)[1]] == ["联系供电所"]
    register = blank(tmp_path, "登记日期", "反映人", "诉求内容", "办理日期", "办理方式", "办理措施", title="诉求台账")
    assert fill(worker, register, tmp_path)[0].subject == "need"


def test_what_was_asked_for_at_a_visit_stands_in_its_row(worker: Workspace, tmp_path: Path) -> None:
    home = to_text(records.add(worker, ledger("household"), [HOME]).ids[0])
    days = [{"household": home, "visited_at": f"2026-11-0{day}", "mode": "home", "outcome": "met"} for day in (2, 3, 4)]
    visits = [to_text(one) for one in records.add(worker, ledger("visit"), days).ids]
    told = [(0, "路灯不亮", False), (0, "下水堵了", False), (1, "不想人知道", True)]
    needs = [
        {"household": home, "visit": visits[at], "kind": "N12", "content": text, "confidential": secret}
        for at, text, secret in told
    ]
    records.add(worker, ledger("need"), needs)
    form = blank(tmp_path, "户主", "住址", "走访时间", "走访方式", "走访结果", "走访内容", "困难诉求", title="走访登记")
    plan, rows = fill(worker, form, tmp_path)
    assert plan.subject == "visit"
    assert [row[6] for row in rows] == ["路灯不亮；下水堵了", None, None]
    assert not [name for _row, _cell, name in plan.missing if name.startswith("need.")]


def test_a_total_above_the_rows_is_never_written_over(worker: Workspace, tmp_path: Path) -> None:
    homes = [HOME | {"room": str(number), "head": f"测试{name}"} for number, name in enumerate("甲乙丙", start=1)]
    records.add(worker, ledger("household"), homes)
    form = blank(tmp_path, "户主", "住址", "联系电话")
    book = openpyxl.load_workbook(form)
    book.active["A3"] = "合计"
    book.save(form)
    plan, rows = fill(worker, form, tmp_path)
    assert (plan.form.first_row, plan.form.total_row) == (4, 3)
    assert [row[0] for row in rows] == ["测试甲", "测试乙", "测试丙"]
    book.active.delete_rows(4, 9)
    book.active["A4"] = "填表人："
    book.save(form)
    with pytest.raises(UserError, match="没有空行"):
        filling.plan(worker, form, FULL)


def test_rows_are_put_in_where_a_total_ends_so_that_it_grows(worker: Workspace, tmp_path: Path) -> None:
    homes = [HOME | {"room": str(number), "head": f"测试{name}"} for number, name in enumerate("甲乙丙丁戊", start=1)]
    records.add(worker, ledger("household"), homes)
    form = blank(tmp_path, "序号", "户主", "门牌号")
    book = openpyxl.load_workbook(form)
    book.active["D1"] = "=COUNTA(B3:B5)"
    book.save(form)
    plan, _rows = fill(worker, form, tmp_path)
    assert plan.form.capacity == 3
    made = openpyxl.load_workbook(tmp_path / "填好.xlsx").active
    assert made["D1"].value == "=COUNTA(B3:B7)"


def test_a_list_under_a_name_offers_its_own_words(worker: Workspace, tmp_path: Path) -> None:
    records.add(worker, ledger("household"), [HOME | {"care_level": "green"}])
    form = blank(tmp_path, "序号", "户主", "关注等级")
    book = openpyxl.load_workbook(form)
    words = book.create_sheet("选项")
    for number, word in enumerate(("红色", "黄色", "绿色"), start=1):
        words.cell(number, 1, word)
    book.defined_names["等级"] = openpyxl.workbook.defined_name.DefinedName("等级", attr_text="选项!$A$1:$A$3")
    offered = DataValidation(type="list", formula1="=等级")
    offered.add("C3:C7")
    book.active.add_data_validation(offered)
    book.save(form)
    assert fill(worker, form, tmp_path)[1][0][2] == "绿色"


def test_words_of_the_forms_own_list(worker: Workspace, tmp_path: Path) -> None:
    home = to_text(records.add(worker, ledger("household"), [HOME]).ids[0])
    records.add(worker, ledger("visit"), [{"household": home, "outcome": one} for one in ("空户", "外出")])
    plan, rows = fill(worker, T1, tmp_path)
    assert sorted(str(row[5]) for row in rows) == ["外出", "空户"]
    assert [(one.cell, one.code) for one in plan.problems] == [("F", "not_in_list")]


def test_a_list_that_says_it_otherwise_gets_its_own_word(worker: Workspace, tmp_path: Path) -> None:
    home = to_text(records.add(worker, ledger("household"), [HOME]).ids[0])
    records.add(worker, ledger("visit"), [{"household": home, "outcome": "未见面"}])
    form = blank(tmp_path, "户主", "住址", "走访日期", "走访结果", "走访内容")
    book = openpyxl.load_workbook(form)
    offered = DataValidation("list", formula1='"见到本人,没人"', sqref="D3:D7")
    book.active.add_data_validation(offered)
    book.save(form)
    plan, rows = fill(worker, form, tmp_path)
    assert (rows[0][3], plan.problems) == ("没人", [])


def test_a_heading_that_asks_whether_gets_yes_or_no(worker: Workspace, tmp_path: Path) -> None:
    home = to_text(records.add(worker, ledger("household"), [HOME]).ids[0])
    records.add(worker, ledger("visit"), [{"household": home, "outcome": one} for one in ("见面", "拒访")])
    _plan, rows = fill(worker, blank(tmp_path, "户主", "住址", "走访日期", "是否见面", "走访内容"), tmp_path)
    assert sorted(str(row[3]) for row in rows) == ["否", "是"]


def test_what_stands_in_a_form_stays_above_and_is_counted(worker: Workspace, tmp_path: Path) -> None:
    home = to_text(records.add(worker, ledger("household"), [HOME]).ids[0])
    records.add(worker, ledger("visit"), [{"household": home, "outcome": "见面"}])
    form = blank(tmp_path, "户主", "住址", "走访日期", "走访结果", "走访内容")
    book = openpyxl.load_workbook(form)
    for column, text in enumerate(("测试丙", "大湾组3号", "2026-11-02", "见面", "上周已填"), 1):
        book.active.cell(3, column, text)
    book.save(form)
    plan, rows = fill(worker, form, tmp_path)
    assert (plan.standing, plan.form.first_row, len(plan.rows)) == (1, 4, 1)
    assert rows[0][0] == "测试甲"


def test_days_as_the_person_wants_them(worker: Workspace, tmp_path: Path) -> None:
    home = to_text(records.add(worker, ledger("household"), [HOME]).ids[0])
    records.add(worker, ledger("visit"), [{"household": home, "visited_at": "2026-11-03"}])
    fill(worker, T1, tmp_path, Wish(shape=Shape(date_format="chinese")))
    cell = openpyxl.load_workbook(tmp_path / "填好.xlsx")["走访"]["E4"]
    assert (cell.is_date, cell.number_format) == (True, 'yyyy"年"m"月"d"日"')


def test_only_what_changed(open_copy: OpenCopy, tmp_path: Path) -> None:
    worker = filled(open_copy)
    form = blank(tmp_path, "户主", "家庭住址", "联系电话")
    every = filling.plan(worker, form).rows
    home = every[3].record
    records.change(worker, ledger("household"), home.id, {"phone": "19900007777"})
    some = filling.plan(worker, form, Wish(since=worker.today)).rows
    assert home.id in [row.record.id for row in some]
    assert len(some) < len(every)


def test_an_old_format_is_written_anew_and_says_so(open_copy: OpenCopy, tmp_path: Path) -> None:
    worker = filled(open_copy, households=60)
    plan, rows = fill(worker, T4, tmp_path)
    assert [one.code for one in plan.problems if one.code == "old_format"] == ["old_format"]
    assert rows[0][0] == 1
    assert openpyxl.load_workbook(tmp_path / "填好.xlsx")["医疗"]["G16"].value == "=SUM(G4:G15)"


def test_a_text_is_no_old_format(worker: Workspace, tmp_path: Path) -> None:
    records.add(worker, ledger("household"), [HOME])
    form = tmp_path / "表.csv"
    form.write_text("户主,家庭住址,联系电话\n,,\n", encoding="utf-8")
    plan = filling.plan(worker, form)
    assert [one.code for one in plan.problems] == ["text_form"]
    assert [lacking for _row, lacking in plan.gaps] == [[("C2", "household.phone")]]


def test_a_mapping_is_remembered_and_asked_for_no_more(worker: Workspace, tmp_path: Path) -> None:
    records.add(worker, ledger("household"), [HOME | {"phone": "19900000001"}])
    form = blank(tmp_path, "谁家", "家庭住址", "打哪个电话")
    columns = {"A": "household.head", "B": "household.address", "C": "household.phone", "D": "household.members"}
    mapping = {"sheets": [{"sheet": "Sheet", "header_rows": [2], "columns": columns}]}
    fill(worker, form, tmp_path, replace(FULL, mapping=mapping))
    plan, rows = fill(worker, form, tmp_path)
    assert rows[0][:3] == ["测试甲", "大湾组1号", "19900000001"]
    assert plan.last_filled == "2026-11-25"


def test_what_left_is_logged_with_the_reason(open_copy: OpenCopy, tmp_path: Path) -> None:
    worker = filled(open_copy)
    fill(worker, T2, tmp_path)
    line = access_lines.newest(worker)[0]
    assert (line.act, line.what.split()[0], line.what.split()[-1]) == ("填表", "诉求", "测试")
    fill(worker, T2, tmp_path, Wish())
    assert access_lines.newest(worker)[0].what.endswith("遮住版")


def test_nothing_is_written_over_the_form_nor_half(open_copy: OpenCopy, tmp_path: Path) -> None:
    worker = filled(open_copy)
    form = blank(tmp_path, "户主", "家庭住址")
    before = form.read_bytes()
    plan = filling.plan(worker, form)
    for out in (form, tmp_path / "填好.xls"):
        with pytest.raises(UserError):
            filling.write(worker, plan, out, Wish())

    def stop(done: int, _all: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        filling.write(worker, plan, tmp_path / "填好.xlsx", Wish(), stop)
    assert form.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == [form.name]


def test_counts_for_each_grid(open_copy: OpenCopy, tmp_path: Path) -> None:
    worker = filled(open_copy)
    form = blank(
        tmp_path, "序号", "网格", "网格员", "总户数", "走访户数", "覆盖率", "新增诉求", "办结率", title="周汇总"
    )
    plan, rows = fill(worker, form, tmp_path, Wish(period=Period.of_week(parse_week(LAST_WEEK))))
    assert plan.subject == "figures"
    assert rows[0][1:4] == ["金江西苑3网格", "陈晓芸", 12]
    assert rows[0][5] == pytest.approx(rows[0][4] / 12, abs=1e-4)
    assert openpyxl.load_workbook(tmp_path / "填好.xlsx").active["F3"].number_format == "0.0%"


def test_a_title_suggests_whom_it_is_about_and_nothing_is_left_out_for_it(open_copy: OpenCopy, tmp_path: Path) -> None:
    worker = filled(open_copy)
    form = blank(tmp_path, "姓名", "住址", "电话", title="独居老人、残疾人摸底表")
    plan = filling.plan(worker, form, FULL)
    assert plan.suggested == [("resident.care_tags", "独居老人"), ("resident.care_tags", "残疾")]
    assert len(plan.rows) == len(queries.every(worker.connection, "resident"))
    some = filling.plan(worker, form, Wish(where=tuple(plan.suggested))).rows
    assert {row.record.plain("care_tags") for row in some} <= {"独居老人", "残疾", "独居老人,残疾"}


def test_a_locked_form_stays_locked_and_a_protected_sheet_protected(open_copy: OpenCopy, tmp_path: Path) -> None:
    worker = filled(open_copy)
    form = blank(tmp_path, "户主", "家庭住址")
    book = openpyxl.load_workbook(form)
    book.active.protection.set_password("锁")
    book.save(form)
    form.write_bytes(weekly.encrypted(form.read_bytes(), "meishan"))
    for password, code in (("", "password_needed"), ("wrong", "wrong_password")):
        with pytest.raises(UserError) as told:
            filling.plan(worker, form, Wish(password=password))
        assert told.value.code == code
    wish = Wish(password="meishan")
    out = tmp_path / "填好.xlsx"
    filling.write(worker, filling.plan(worker, form, wish), out, wish)
    opened = raw_book.unlocked(out.read_bytes(), "meishan")
    assert opened is not None
    sheet = openpyxl.load_workbook(io.BytesIO(opened)).active
    assert sheet["A3"].value
    assert sheet.protection.sheet
    assert sheet.protection.password == book.active.protection.password


def test_what_a_form_lacked_is_asked_at_the_door_until_it_is_known(worker: Workspace, tmp_path: Path) -> None:
    home = records.add(worker, ledger("household"), [HOME]).ids[0]
    person = {"household": to_text(home), "name": "测试甲", "relation": "户主"}
    of, id = ledger("resident"), records.add(worker, ledger("resident"), [person]).ids[0]
    form = blank(tmp_path, "姓名", "身份证号", "政治面貌")
    fill(worker, form, tmp_path)
    [told] = household_page.read(worker, home).asks
    assert (told.id, told.who, told.fields) == (id, "测试甲", ("身份证号", "政治面貌"))
    records.change(worker, of, id, {"politics": "群众"})
    assert household_page.read(worker, home).asks[0].fields == ("身份证号",)


def card(tmp_path: Path) -> Path:
    """A blank card: labels left, answers right, one merged, one with a list, one behind its label."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "信息 卡"
    for row in (["居民信息卡"], ["姓名", None, "性别"], ["身份证号"], ["家庭住址"], ["联系电话：", None, "备注"]):
        sheet.append(row)
    sheet.merge_cells("B3:D3")
    sheet.print_area = "A1:D5"
    choices = DataValidation(type="list", formula1='"男性,女性"')
    choices.add("D2")
    sheet.add_data_validation(choices)
    book.save(tmp_path / "卡.xlsx")
    return tmp_path / "卡.xlsx"


def test_a_card_is_filled_once_for_each_record(open_copy: OpenCopy, tmp_path: Path) -> None:
    worker = filled(open_copy)
    plan = filling.plan(worker, card(tmp_path), FULL)
    assert plan.subject == "resident"
    assert len(plan.rows) > 3
    filling.write(worker, plan, tmp_path / "填好.xlsx", FULL)
    book = openpyxl.load_workbook(tmp_path / "填好.xlsx")
    assert len(book.worksheets) == len(plan.rows)
    for sheet, row in zip(book.worksheets, plan.rows, strict=True):
        assert sheet["B2"].value == row.record.plain("name")
        assert sheet["B3"].value == row.record.plain("id_no")
        assert sheet["D2"].value in {"男性", "女性", None}
        assert [str(one) for one in sheet.merged_cells.ranges] == ["B3:D3"]
        assert sheet.print_area == f"'{sheet.title}'!$A$1:$D$5"
        assert [str(one.sqref) for one in sheet.data_validations.dataValidation] == ["D2"]
    assert book.worksheets[1].title == f"2 {plan.rows[1].record.plain('name')}"
    masked = filling.plan(worker, card(tmp_path))
    filling.write(worker, masked, tmp_path / "遮住.xlsx", Wish())
    names = openpyxl.load_workbook(tmp_path / "遮住.xlsx").sheetnames
    assert names[1].endswith("某")
    cells = {cell.rpartition("!")[2] for _row, cell, _name in plan.missing}
    assert cells <= {"B2", "D2", "B3", "B4", "B5"}
    assert {cell.rpartition("!")[0] for _row, cell, _name in plan.missing} <= {*book.sheetnames}


def test_a_sheet_of_several_cards_takes_as_many_records(open_copy: OpenCopy, tmp_path: Path) -> None:
    worker = filled(open_copy)
    book = openpyxl.Workbook()
    one, two = ["姓名", None, "性别", None, None], ["配偶", "姓名", None, None, None]
    for title in ("居民卡（一）", "居民卡（二）"):
        for row in ([title], one + one, ["身份证号", None, None, None, None] * 2, two + two, ["填表人："]):
            book.active.append(row)
    book.save(tmp_path / "四张.xlsx")
    plan = filling.plan(worker, tmp_path / "四张.xlsx", FULL)
    filling.write(worker, plan, tmp_path / "填好.xlsx", FULL)
    sheets = openpyxl.load_workbook(tmp_path / "填好.xlsx").worksheets
    assert len(sheets) == -(-len(plan.rows) // 4)
    names = [sheet[cell].value for sheet in sheets for cell in ("B2", "G2", "B7", "G7")]
    assert names[: len(plan.rows)] == [row.record.plain("name") for row in plan.rows]
    assert {sheet[cell].value for sheet in sheets for cell in ("A5", "A10")} == {"填表人：陈晓芸"}


def test_cards_without_end_are_refused(open_copy: OpenCopy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    worker = filled(open_copy)
    plan = filling.plan(worker, card(tmp_path), FULL)
    monkeypatch.setattr(form_write, "_MOST_ELEMENTS", 10)
    with pytest.raises(UserError, match="太多") as told:
        filling.write(worker, plan, tmp_path / "填好.xlsx", FULL)
    assert "最多 1 张" in told.value.hint
    assert not (tmp_path / "填好.xlsx").exists()


def test_a_label_told_again_further_left_is_no_card(open_copy: OpenCopy, tmp_path: Path) -> None:
    worker = filled(open_copy)
    book = openpyxl.Workbook()
    rows = [["登记卡"], [None, None, "姓名", None], ["性别", None, "身份证号", None], ["联系电话"], ["姓名"]]
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "卡.xlsx")
    assert filling.plan(worker, tmp_path / "卡.xlsx", FULL).form.cards == ((0, 0),)


def test_cards_that_cannot_be_told_or_copied_are_named(open_copy: OpenCopy, tmp_path: Path) -> None:
    from openpyxl.comments import Comment

    worker = filled(open_copy)
    form = card(tmp_path)
    book = openpyxl.load_workbook(form)
    book.active["A1"].comment = Comment("盖章", "镇")
    book.save(form)
    with pytest.raises(UserError) as told:
        filling.write(worker, filling.plan(worker, form), tmp_path / "填好.xlsx", Wish())
    assert told.value.code == "not_copied"
    for row in (["姓名", None, "性别"], ["身份证号"], ["家庭住址"]):
        book.active.append(row)
    book.save(form)
    with pytest.raises(UserError) as told:
        filling.plan(worker, form)
    assert told.value.code == "several_cards"
