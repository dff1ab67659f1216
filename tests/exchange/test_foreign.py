"""Foreign sheets understood: nothing doubtful passes without a question, nothing unknown is guessed."""

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gridworker.errors import UserError
from gridworker.exchange import raw
from gridworker.exchange.foreign import understand
from gridworker.exchange.model import RawBook, RawSheet, RawValue
from gridworker.exchange.understood import ForeignSheet
from gridworker.services import dump, foreign_rows, intake
from gridworker.services.workspace import Workspace

DATA = Path(__file__).parents[1] / "data"
ROSTER = DATA / "mappings" / "S6_住户成员.mapping.json"
Rows = list[list[RawValue]]


def book(*sheets: RawSheet) -> RawBook:
    return RawBook("xlsx", list(sheets))


def sheet(*rows: list[RawValue], name: str = "表", **more: Any) -> ForeignSheet:
    return understand(book(RawSheet(name, rows=[list(row) for row in rows], **more))).sheets[0]


def questions(found: ForeignSheet) -> dict[str, str]:
    return {one.cell: one.code for row in found.rows for one in row.problems}


def doubts(found: ForeignSheet) -> dict[str, str]:
    return {str(column.heading): column.doubt for column in found.unmapped}


VISITS: list[RawValue] = ["户主", "住址", "联系电话", "走访日期", "走访结果", "走访内容"]


def visit(day: RawValue = "2026-11-03", **cells: RawValue) -> list[RawValue]:
    told = {
        "head": "王大明",
        "address": "金江西苑3栋2单元502",
        "phone": "13800000001",
        "outcome": "见面",
        "content": "正常",
    }
    told |= cells
    return [told["head"], told["address"], told["phone"], day, told["outcome"], told["content"]]


class TestWhoseTelephone:
    """A telephone belongs to the person named before it."""

    @pytest.mark.parametrize(
        ("head", "row", "column"),
        [
            (["户主", "门牌号", "联系电话"], ["王大明", "3", "13800000001"], "household.phone"),
            (["姓名", "身份证号", "联系电话"], ["王大明", "342426190406180298", "13800000001"], "resident.phone"),
            (["反映人", "诉求内容", "联系电话"], ["王大明", "停车难", "13800000001"], "need.phone"),
            (
                ["儿童姓名", "入学类别", "监护人姓名", "联系电话"],
                ["王小", "一年级", "王大明", "13800000001"],
                "need.phone",
            ),
            (["姓名", "性别", "紧急联系人", "联系电话"], ["王大明", "男", "王二", "13800000001"], None),
            (["户主", "门牌号", "走访人", "联系电话"], ["王大明", "3", "李四", "13800000001"], None),
            (["姓名", "监护人", "监护人电话"], ["王大明", "王二", "13800000001"], None),
        ],
    )
    def test_by_neighbour(self, head: list[RawValue], row: list[RawValue], column: str | None) -> None:
        found = sheet(head, row)
        assert found.mapped.get("ABCD"[len(head) - 1]) == column

    def test_an_id_number_beside_the_head_of_a_sheet_with_members_is_nobodys(self) -> None:
        found = sheet(["户主", "身份证号", "姓名", "与户主关系"], ["王大明", "342426190406180298", "王小", "子"])
        assert doubts(found) == {"身份证号": "other_person"}


class TestWhatIsNotBelieved:
    """Columns that stay unmapped, with why."""

    def test_values_that_belie_the_heading(self) -> None:
        rows = [visit(outcome="老人身体还好，米面油够"), visit(outcome="孩子在外上学")]
        assert doubts(sheet(VISITS, *rows)) == {"走访结果": "other_values"}

    def test_the_same_heading_twice(self) -> None:
        found = sheet(["姓名", "性别", "民族", "姓名", "性别"], ["王大明", "男", "汉", "李四", "女"])
        assert found.mapped == {"A": "resident.name", "B": "resident.gender"}
        assert doubts(found) == {"姓名": "twice", "性别": "twice", "民族": "unknown"}

    def test_general_headings_of_a_sheet_about_something_else(self) -> None:
        found = sheet(
            ["姓名", "性别", "金额", "日期", "结果", "编号"], ["王大明", "男", 300, "2026-11-03", "已解决", "A-7"]
        )
        assert found.mapped == {"A": "resident.name", "B": "resident.gender"}

    def test_parts_of_addresses_that_are_no_household(self) -> None:
        found = sheet(["小区名称", "楼栋号", "楼栋长姓名", "性别"], ["金江西苑", "3栋", "李四", "男"])
        assert found.mapped == {}
        assert found.rows == []

    def test_people_of_a_list_of_cadres_are_no_residents(self) -> None:
        rows: Rows = [["单位", "姓名", "职务", "联系电话"], ["县医院", "李四", "主任", "13800000001"]]
        assert sheet(["包保干部通讯录"], *rows).mapped == {}
        assert sheet(["网格员：张三"], ["姓名", "性别", "联系电话"], ["王大明", "男", "13800000001"]).mapped

    def test_a_title_alone_makes_no_need(self) -> None:
        found = sheet(["居民医保缴费登记"], ["户主", "身份证号", "参保类型"], ["王大明", "342426190406180298", "居民"])
        assert found.mapped["C"] == "resident.insurance"

    def test_a_heading_nearly_known_is_only_suggested(self) -> None:
        found = sheet([*VISITS, "家庭基本情况表"], [*visit(), "一切正常"])
        column = found.unmapped[0]
        assert (column.suggestion, column.doubt) == ("visit.content", "unknown")
        assert column.confidence < 1

    def test_words_of_a_heading_are_believed_only_with_the_values(self) -> None:
        head: list[RawValue] = ["老人姓名", "上门探访日期", "探访人手机号"]
        found = sheet(head, ["王大明", "2026-11-03", "好"], ["李四", "2026-11-04", "好"])
        assert found.mapped == {"A": "resident.name", "B": "visit.visited_at"}
        unlikely = sheet(head, ["王大明", "秋天", None], ["李四", "2026-11-04", None])
        assert unlikely.mapped == {"A": "resident.name"}

    def test_short_words_are_content_only_where_the_heading_asks_for_words(self) -> None:
        rows: Rows = [["王大明", "路灯不亮", "停车难"], ["李四", "井盖响", "漏水了"]]
        assert sheet(["反映人", "群众诉求具体内容", "家里大小情况"], *rows).mapped == {
            "A": "need.raised_by",
            "B": "need.content",
        }
        kinds = sheet(["反映人", "群众诉求具体内容"], ["王大明", "就业"], ["李四", "医保"])
        assert doubts(kinds) == {"群众诉求具体内容": "other_values"}

    def test_a_kind_of_people_is_of_the_person_named_before(self) -> None:
        rows: Rows = [["王大明", "3-2-502", "独居老人", "低保"], ["李四", "3-2-503", "空巢老人", "低保"]]
        assert sheet(["姓名", "住址", "困境类型"], *[row[:3] for row in rows]).mapped["C"] == "resident.care_tags"
        assert sheet(["户主", "住址", "困境类型"], *[row[:3] for row in rows]).mapped["C"] == "household.tags"

    def test_the_number_of_the_head_is_no_members(self) -> None:
        row: list[RawValue] = ["王大明", "342426190406180298", "王小"]
        assert sheet(["户主", "户主身份证号", "备注"], row).mapped["B"] == "resident.id_no"
        assert "B" not in sheet(["户主", "户主证件号码", "姓名"], row).mapped
        assert "B" not in sheet(["姓名", "户主身份证号", "户主"], row).mapped

    def test_a_heading_known_as_a_whole_keeps_its_field(self) -> None:
        found = sheet(["探访日期", "走访日期", "户主", "住址"], ["2026-11-01", "2026-11-03", "王大明", "大湾组3号"])
        assert found.mapped["B"] == "visit.visited_at"
        assert doubts(found) == {"探访日期": "twice"}

    def test_row_numbers_are_neither_mapped_nor_missing(self) -> None:
        found = sheet(["编号", "反映人", "诉求内容"], [1, "王大明", "停车难"], [2, "李四", "路灯不亮"])
        assert (found.mapped, doubts(found)) == ({"B": "need.raised_by", "C": "need.content"}, {})

    def test_numbers_of_needs_are_mapped(self) -> None:
        found = sheet(["编号", "反映人", "诉求内容"], ["QS-7", "王大明", "停车难"], ["QS-8", "李四", "路灯不亮"])
        assert found.mapped["A"] == "need.number"


class TestDays:
    """Days without a year."""

    def test_the_title_tells_the_year(self) -> None:
        found = sheet(["走访台账（2026年11月16日至22日）"], VISITS, visit("11.16"), visit("11月17日"))
        assert [row.values["visit.visited_at"] for row in found.rows] == ["2026-11-16", "2026-11-17"]
        assert questions(found) == {}

    def test_the_file_name_tells_the_year(self) -> None:
        told = understand(book(RawSheet("表", rows=[VISITS, visit("11月17日")])), None, "2026年11月走访.xlsx")
        assert told.sheets[0].rows[0].values["visit.visited_at"] == "2026-11-17"

    def test_other_days_of_the_column_tell_the_year_with_a_question(self) -> None:
        found = sheet(VISITS, visit(date(2026, 11, 3)), visit("11月4号"))
        assert [row.values["visit.visited_at"] for row in found.rows] == ["2026-11-03", "2026-11-04"]
        assert questions(found) == {"D3": "ambiguous"}

    def test_two_years_in_a_column_tell_nothing(self) -> None:
        found = sheet(VISITS, visit(date(2026, 1, 3)), visit(date(2025, 12, 30)), visit("12月31日"))
        assert found.rows[2].values["visit.visited_at"] is None
        assert questions(found) == {"D4": "partial"}

    def test_a_birthday_is_not_of_this_year(self) -> None:
        found = sheet(
            ["2026年人口表"], ["姓名", "性别", "出生日期"], ["王大明", "男", "5月3日"], ["李四", "女", "1905-05-03"]
        )
        assert [row.values["resident.birth"] for row in found.rows] == [None, "1905-05-03"]

    def test_a_day_ahead_that_lies_behind_is_asked_about(self) -> None:
        found = sheet(["2026年11月"], [*VISITS, "下次走访"], [*visit(), "1月5日"], [*visit(), "12月5日"])
        assert questions(found) == {"G3": "ambiguous"}


class TestCells:
    """Single cells."""

    def test_faults_are_asked_about(self) -> None:
        faults = {(2, 3): "error_cell", (2, 4): "formula_without_value", (2, 6): "picture"}
        found = sheet(VISITS, ["王大明", "金江西苑3栋2单元502", None, None, "见面", None], faults=faults)
        assert questions(found) == {"C2": "error_cell", "D2": "formula_without_value", "F2": "picture"}
        assert found.rows[0].values["household.phone"] is None

    def test_an_error_written_as_text_is_one(self) -> None:
        assert questions(sheet(VISITS, visit(content="#REF!"))) == {"F2": "error_cell"}

    def test_ditto_copies_and_asks(self) -> None:
        found = sheet(VISITS, visit(), visit(address="同上", outcome="〃"))
        assert found.rows[1].values["household.room"] == "502"
        assert found.rows[1].values["visit.outcome"] == "met"
        assert questions(found) == {"B3": "ambiguous", "E3": "ambiguous"}

    def test_an_unknown_word_is_kept_and_asked_about(self) -> None:
        found = sheet(VISITS, visit(), visit(), visit(outcome="门卫代收"))
        assert found.rows[2].values["visit.outcome"] == "门卫代收"
        assert questions(found) == {"E4": "invalid"}

    def test_an_address_without_a_door_is_asked_about(self) -> None:
        found = sheet(VISITS, visit(), visit(address="金江西苑"))
        assert questions(found) == {"B3": "partial"}
        assert found.rows[1].values["household.estate"] == "金江西苑"
        assert found.rows[1].values["household.room"] is None

    def test_several_people_in_a_cell(self) -> None:
        found = sheet(VISITS, visit(head="王大明、李四"), visit(head="王　明"))
        assert [row.values["household.head"] for row in found.rows] == ["王大明", "王明"]
        assert questions(found) == {"A2": "multiple"}

    def test_money_in_ten_thousands(self) -> None:
        head: list[RawValue] = ["姓名", "就诊医院", "报销金额（万元）", "递交日期"]
        found = sheet(head, ["王大明", "县医院", 1.2, "2026-11-03"], ["李四", "县医院", "3000元", "2026-11-03"])
        assert [row.values["medical.amount"] for row in found.rows] == [1_200_000, 300_000]

    @pytest.mark.parametrize(
        ("address", "own", "building", "codes"),
        [
            ("东湾小区3号楼2单元202", "同上", "3", ["ambiguous"]),
            ("东湾小区6号楼2单元202", "同上", "3", ["ambiguous", "ambiguous"]),
            ("金安区东湾小区3号楼2单元202", "3号楼", "3", []),
            ("东湾小区3号楼2单元202、西苑4号楼1单元101", "4号楼", "4", ["ambiguous", "multiple"]),
        ],
    )
    @pytest.mark.parametrize("is_before", [True, False])
    def test_an_address_beside_its_building(
        self, address: str, own: str, building: str, codes: list[str], *, is_before: bool
    ) -> None:
        heads, *told = (
            [head, house, *((place, part) if is_before else (part, place)), estate]
            for head, house, place, part, estate in (
                ("户主", "电话", "住址", "楼栋", "小区"),
                ("王大明", "13800000001", "东湾小区3号楼1单元101", "3栋", "东湾小区"),
                ("李小云", "13800000002", address, own, "东湾"),
            )
        )
        found = sheet(heads, *told)
        assert found.rows[1].values["household.building"] == building
        assert sorted(one.code for one in found.rows[1].problems) == codes

    def test_a_part_written_with_another_is_the_same(self) -> None:
        found = sheet(["户主", "住址", "房号"], ["王大明", "东湾小区3号楼2单元202", "2单元202"])
        assert found.rows[0].values["household.room"] == "202"
        assert not questions(found)

    def test_a_text_of_any_length_is_read_whole_or_asked_about(self) -> None:
        told = "天" * 6000
        found = sheet(["姓名：王大明"], ["联系电话：13800000001"], [f"诉求内容：{told}　　处理结果：{told}"])
        assert [str(value) for value in found.rows[0].values.values()].count(told) == 2
        found = sheet(["姓名：王大明"], ["联系电话：13800000001"], ["诉求内容：" + told * 2])
        assert "too_long" in questions(found).values()

    @pytest.mark.parametrize("is_before", [True, False])
    def test_an_address_that_contradicts_its_building(self, *, is_before: bool) -> None:
        heads: list[RawValue] = ["户主", "住址", "楼栋", "联系电话"]
        told: list[list[RawValue]] = [
            ["王大明", "金江西苑3栋2单元502", "3栋", "13800000001"],
            ["李小云", "金江西苑4栋1单元301", "5栋", "13800000002"],
        ]
        if not is_before:
            heads, *told = ([row[0], row[2], row[1], row[3]] for row in [heads, *told])
        found = sheet(heads, *told)
        assert [row.values["household.building"] for row in found.rows] == ["3", "5"]
        assert questions(found) == {"B3" if is_before else "C3": "ambiguous"}

    def test_a_whole_address_under_the_heading_of_its_door(self) -> None:
        found = sheet(["户主", "小区", "门牌号"], ["王大明", "金江西苑", "3-2-502"])
        assert found.mapped["C"] == "household.address"
        values = found.rows[0].values
        assert [values[f"household.{part}"] for part in ("estate", "building", "unit", "room")] == [
            "金江西苑", "3", "2", "502",
        ]  # fmt: skip

    def test_blank_is_null_and_a_row_of_nothing_is_no_record(self) -> None:
        found = sheet(["序号", *VISITS], [1, *visit(phone="无", content="/")], [2, "", "无", "/", None, "—", ""])
        assert found.rows[0].values["household.phone"] is None
        assert found.rows[0].values["visit.content"] is None
        assert found.ignored_rows == {3: "blank"}

    def test_merged_cells_reach_down_but_notes_do_not(self) -> None:
        rows: Rows = [
            ["户主", "门牌号", "姓名", "备注"],
            ["王大明", "3号", "王大明", "低保"],
            [None, None, "王小", None],
        ]
        found = sheet(*rows, merges=[(2, 1, 3, 1), (2, 2, 3, 2), (2, 4, 3, 4)])
        assert found.rows[1].values["household.head"] == "王大明"
        assert [row.values["household.note"] for row in found.rows] == ["低保", None]


class TestSheets:
    """Which sheets count."""

    def test_hidden_empty_and_strange_ones_are_listed_without_rows(self) -> None:
        rows: Rows = [VISITS, visit()]
        told = understand(
            book(
                RawSheet("走访", rows=rows), RawSheet("旧表", False, rows=rows), RawSheet("空"),
                RawSheet("说明", rows=[["本表每周五上报"], ["联系人张三"]]),
            )
        )  # fmt: skip
        assert [one.state for one in told.sheets] == ["read", "hidden", "empty", "no_table"]
        assert [len(one["rows"]) for one in told.as_json()["sheets"]] == [1, 0, 0, 0]

    def test_a_place_to_sign_says_nothing(self) -> None:
        head: list[RawValue] = ["反映人", "诉求内容", "答复意见"]
        found = understand(book(RawSheet("", rows=[head, ["王大明", "楼道灯三个月没有修", "（盖章）"]]))).sheets[0]
        assert set(found.rows[0].values.values()) == {"王大明", "楼道灯三个月没有修", None}

    def test_the_shape_of_read(self) -> None:
        told = understand(book(RawSheet("", rows=[VISITS, visit(phone="1380000000")])), None, "a.csv").as_json()
        (only,) = told["sheets"]
        assert (told["file"], told["kind"]) == ("a.csv", "foreign")
        assert only.keys() == {"sheet", "header_rows", "columns", "headings", "unmapped", "rows", "ignored_rows"}
        assert only["sheet"] is None
        (problem,) = only["rows"][0]["problems"]
        assert problem.keys() == {"cell", "code", "message"}
        assert (problem["cell"], problem["code"]) == ("C2", "invalid")

    def test_several_values_are_a_list(self) -> None:
        found = understand(book(RawSheet("", rows=[["户主", "门牌号", "户别标签"], ["王大明", "3", "低保、残疾人"]])))
        assert found.as_json()["sheets"][0]["rows"][0]["values"]["household.tags"] == ["低保", "残疾"]


class TestMapping:
    """A confirmed mapping wins."""

    ROWS: Rows = [["表"], ["甲", "乙", "丙"], ["王大明", "13800000001", "金江西苑3栋2单元502"], ["合计", 1, None]]  # noqa: RUF012

    def mapped(self, **more: Any) -> ForeignSheet:
        told = {"sheet": "住户", "header_rows": [2], "columns": {"A": "household.head", "C": "household.address"}}
        return understand(book(RawSheet("住户", rows=self.ROWS)), {"sheets": [told | more]}).sheets[0]

    def test_columns_nobody_would_recognise(self) -> None:
        found = self.mapped(defaults={"household.grid": "JX03"})
        assert found.mapped == {"A": "household.head", "C": "household.address"}
        assert found.rows[0].values["household.room"] == "502"
        assert found.ignored_rows == {1: "note", 4: "total"}
        assert found.defaults == {"household.grid": "JX03"}

    def test_a_sheet_without_a_mapping_is_left_alone(self) -> None:
        assert self.mapped(sheet="别的").state == "not_mapped"

    def test_a_mapping_for_every_sheet(self) -> None:
        assert self.mapped(sheet=None).rows

    def test_a_hidden_sheet_is_read_where_told(self) -> None:
        told = {"sheets": [{"sheet": "旧", "columns": {"A": "household.head", "B": "household.phone"}}]}
        found = understand(book(RawSheet("旧", False, rows=[["户主", "联系电话"], ["王大明", "13800000001"]])), told)
        assert len(found.sheets[0].rows) == 1

    @pytest.mark.parametrize(
        "wrong",
        [
            {}, {"sheets": [3]}, {"sheets": [{"columns": {"A": "household.nothing"}}]},
            {"sheets": [{"columns": {"1A": "household.head"}}]}, {"sheets": [{"columns": ["A"]}]},
            {"sheets": [{"header_rows": ["2"]}]}, {"sheets": [{"defaults": {"x.y": "1"}}]},
        ],
    )  # fmt: skip
    def test_a_wrong_mapping_is_told(self, wrong: dict[str, Any]) -> None:
        with pytest.raises(UserError) as caught:
            understand(book(RawSheet("住户", rows=self.ROWS)), wrong)
        assert caught.value.code == "bad_mapping"

    def test_the_household_roster_goes_in_with_its_mapping(self, worker: Workspace) -> None:
        options = intake.Options(mapping=intake.load_mapping(ROSTER))
        (report,) = intake.take(worker, [DATA / "sheets" / "S6_住户成员.xlsx"], options).files
        assert report.error is None
        facts = [json.loads(line) for line in dump.dump(worker)]
        count = Counter(fact["ledger"] for fact in facts)
        assert (count["household"], count["resident"]) == (5, 12)
        homes = {fact["id"]: fact["fields"]["room"] for fact in facts if fact["ledger"] == "household"}
        lives_in = {
            fact["fields"]["name"]: homes[fact["fields"]["household"]] for fact in facts if fact["ledger"] == "resident"
        }
        assert (lives_in["萧大河"], lives_in["查先林"], lives_in["向才"]) == ("1", "1", "5")

    def test_the_mapping_of_the_household_roster(self) -> None:
        told = json.loads(ROSTER.read_text(encoding="utf-8"))
        found = understand(raw.read_book_here((DATA / "sheets" / "S6_住户成员.xlsx").read_bytes()), told)
        expected = json.loads((DATA / "sheets" / "S6_住户成员.expected.json").read_text(encoding="utf-8"))
        assert [row.row for row in found.sheets[0].rows] == [record["row"] for record in expected["records"]]
        assert found.sheets[0].defaults == {"household.grid": "JX03"}


PLACES: Rows = [["姓名", "居住小区", "性别"], ["王大明", "金江西苑", "男"]]
SETTLED: list[RawValue] = ["反映人", "诉求内容", "处理情况"]


class TestPlacesWithoutDoors:
    """A place that many households share makes no household."""

    def test_it_is_read_beside_a_person(self) -> None:
        found = sheet(*PLACES)
        assert found.mapped["B"] == "household.estate"
        assert not found.names_homes

    def test_it_is_told_and_makes_no_household(self, worker: Workspace) -> None:
        told = foreign_rows.contributions(worker, book(RawSheet("表", rows=PLACES)), "digest", "表.xlsx", None)
        assert [one.ledger for one in told.contributions] == ["resident"]
        assert [(one.cell, one.code) for one in told.problems] == [("B1", "no_door")]


class TestSeveralReadings:
    """The values decide between the meanings of a heading."""

    def test_prose_is_no_status(self) -> None:
        found = sheet(SETTLED, ["王大明", "路灯不亮", "已联系电力公司维修"], ["李四", "停水", "办理中"])
        assert found.mapped["C"] == "need.result_note"

    def test_words_are_a_status(self) -> None:
        found = sheet(SETTLED, ["王大明", "路灯不亮", "办结"], ["李四", "停水", "办理中"])
        assert found.mapped["C"] == "need.status"

    def test_two_addresses_in_a_cell_are_asked_about(self) -> None:
        found = sheet(VISITS, visit(address="金江西苑16栋801、802"))
        assert questions(found) == {"B2": "multiple"}
        assert found.rows[0].values["household.room"] == "801"


def test_a_mark_that_repeats_nothing_is_asked_about() -> None:
    found = sheet([*VISITS, "走访人"], [*visit(), "〃"])
    assert found.rows[0].values["visit.worker"] is None
    assert [(one.code, "上面没有内容" in one.message) for one in found.rows[0].problems] == [("ambiguous", True)]
