"""Write the blank forms that come with the program, in the style of our own workbooks: `resources/forms`.

The same declarations give the same bytes. What a form is for and which rows it takes stands in `forms.json` there.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from gridworker import paths
from gridworker.domain.codes import code_list
from gridworker.exchange.styles import Styles, page

ROWS: Final = 15
_TOP: Final = ("填报单位：", "填报人：", "填报日期：")
_FOOT: Final = ("填表人：", "审核人：", "（盖章）")
_HEIGHTS: Final = {"title": 38, "line": 22, "head": 30, "row": 24}
_MADE: Final = datetime(2026, 11, 1)


@dataclass(frozen=True)
class Head:
    """One column: its words, its width in half-width characters, how its cells look, what they offer."""

    words: str
    width: float = 10
    style: str = "short"
    choices: str = ""
    """A code list."""
    total: str = ""
    """The formula of the total row: `SUM`, `COUNTA`, or a whole one in which {r} stands for the row."""


@dataclass(frozen=True)
class Sheet:
    """One table: groups of columns, most of them without a name."""

    name: str
    title: str
    groups: Sequence[tuple[str, Sequence[Head]]]
    top: tuple[str, str, str] = _TOP
    note: str = ""

    @property
    def heads(self) -> list[Head]:
        """All columns, the row number first."""
        return [Head("序号", 6), *(head for _name, heads in self.groups for head in heads)]


@dataclass(frozen=True)
class Blank:
    """One file."""

    name: str
    sheets: Sequence[Sheet] = field(default_factory=tuple)


def plain(name: str, *heads: Head, title: str = "", note: str = "", top: tuple[str, str, str] = _TOP) -> Sheet:
    """A table without groups."""
    return Sheet(name, title or name, [("", heads)], top, note)


ADDRESS: Final = Head("家庭住址", 24, "long")
PHONE: Final = Head("联系电话", 14)
NAME: Final = Head("姓名", 9)
GENDER: Final = Head("性别", 6, choices="gender")
ID_NUMBER: Final = Head("身份证号", 20)
NOTE: Final = Head("备注", 16, "long")
DAY: Final = "date"


def blanks() -> list[Blank]:
    """The seventeen forms of field.md §3.22."""
    return [*_events(), *_people(), *_community(), *_counts()]


def _events() -> list[Blank]:
    visit = plain(
        "走访登记表",
        Head("走访时间", 12, DAY), Head("户主", 9), ADDRESS, PHONE, Head("走访方式", 9, choices="visit_mode"),
        Head("走访结果", 9, choices="visit_outcome"), Head("走访类型", 10, choices="purpose"),
        Head("走访内容", 32, "long", total="COUNTA"), Head("走访人", 9), NOTE, title="入户走访登记表",
    )  # fmt: skip
    need = plain(
        "诉求销号台账",
        Head("诉求编号", 18), Head("登记时间", 12, DAY), Head("诉求来源", 9), Head("反映人", 9), PHONE, ADDRESS,
        Head("诉求类别", 10), Head("诉求内容", 30, "long", total="COUNTA"), Head("承办单位", 12),
        Head("办理时限", 12, DAY),
        Head("状态", 9), Head("办理结果", 10), Head("办结日期", 12, DAY, total="COUNTA"), Head("满意度", 9),
        title="居民诉求销号台账",
    )  # fmt: skip
    passed_on = plain(
        "转办交办单",
        Head("诉求编号", 18), Head("登记时间", 12, DAY), Head("反映人", 9), ADDRESS, Head("诉求内容", 30, "long"),
        Head("紧急程度", 9), Head("承办单位", 12), Head("交办单位", 12), Head("办理时限", 12, DAY),
        Head("乡镇答复", 20, "long"), Head("办理结果", 10), Head("办结日期", 12, DAY), title="诉求转办交办单",
    )  # fmt: skip
    dispute = plain(
        "矛盾纠纷台账",
        Head("登记时间", 12, DAY), Head("反映人", 9), PHONE, ADDRESS, Head("诉求类别", 12),
        Head("诉求内容", 30, "long"),
        Head("紧急程度", 9), Head("承办单位", 12), Head("办理时限", 12, DAY), Head("状态", 9), Head("办理结果", 10),
        Head("结果说明", 20, "long"), Head("办结日期", 12, DAY), Head("回访日期", 12, DAY),
        title="矛盾纠纷排查化解台账",
        note="注：没有纠纷也要报，填“排查 0 起”。",
    )  # fmt: skip
    return [Blank(one.name, [one]) for one in (visit, need, passed_on, dispute)]


def _people() -> list[Blank]:
    care = plain(
        "重点人群走访台账",
        NAME, GENDER, Head("年龄", 6), ADDRESS, PHONE, Head("关爱类别", 16), Head("关注等级", 9),
        Head("最近走访", 12, DAY), Head("下次应访", 12, DAY), Head("网格员", 9), NOTE,
    )  # fmt: skip
    work = plain(
        "就业需求表",
        NAME, GENDER, Head("年龄", 6), ID_NUMBER, PHONE, ADDRESS, Head("就业状态", 10), Head("技能／证书", 12),
        Head("求职意向", 12), Head("意向地点", 10), Head("期望月薪（元）", 10, "money"), Head("培训意愿", 10),
        Head("就业困难类别", 12), title="居民就业需求登记表",
    )  # fmt: skip
    school = plain(
        "入学登记表",
        Head("儿童姓名", 9), Head("入学类别", 12), Head("户籍性质", 9), Head("居住类型", 9), ADDRESS, Head("反映人", 9),
        PHONE, Head("意向学校", 14), Head("已交材料", 18, "long"), Head("报名状态", 10), Head("课后服务", 9),
        title="适龄儿童入学登记表",
    )  # fmt: skip
    medical = plain(
        "医疗报销代办表",
        NAME, ID_NUMBER, PHONE, ADDRESS, Head("参保类型", 10), Head("医疗事项", 12), Head("就诊医院", 14),
        Head("就诊时间", 12), Head("金额（元）", 11, "money", total="SUM"), Head("递交日期", 12, DAY),
        Head("到账日期", 12, DAY),
        title="医疗报销代办登记表", note="注：不登记病名、发票和银行卡号。",
    )  # fmt: skip
    roster = plain(
        "人口房屋导入模板",
        Head("小区", 12), Head("楼栋", 7), Head("单元", 7), Head("室／门牌号", 9), Head("户主", 9),
        Head("房屋使用情况", 9),
        NAME, Head("与户主关系", 9), GENDER, ID_NUMBER, Head("出生日期", 12, DAY), Head("本人电话", 14),
        Head("就业状态", 9), Head("参保类型", 9), Head("居住状态", 9), Head("政治面貌", 9),
        title="人口、房屋基础信息表",
    )  # fmt: skip
    return [Blank(one.name, [one]) for one in (care, work, school, medical, roster)]


def _community() -> list[Blank]:
    meeting = plain(
        "议事会记录",
        Head("议题", 24, "long"), Head("提出人", 9), Head("发言要点", 34, "long"), Head("表决方式", 9), Head("赞成", 6),
        Head("反对", 6), Head("弃权", 6), Head("决议", 24, "long"), Head("责任人", 9), Head("完成时间", 12, DAY),
        title="居民议事会会议记录", top=("填报单位：", "会议时间：", "会议地点："),
        note="应到　　人　实到　　人　主持人：　　　　记录人：",
    )  # fmt: skip
    activity = plain(
        "活动登记",
        Head("活动名称", 18, "long"), Head("活动类别", 10), Head("活动日期", 12, DAY), Head("地点", 14),
        Head("主办单位", 14),
        Head("协办单位", 14), Head("参加人次", 9, "whole", total="SUM"), Head("志愿者人数", 9, "whole", total="SUM"),
        Head("简要情况", 26, "long"), Head("意见反馈", 18, "long"), title="社区活动登记表",
    )  # fmt: skip
    captains = plain(
        "楼长名册",
        Head("小区名称", 14), Head("楼栋名称", 9), Head("楼栋户数", 8, "whole", total="SUM"), Head("楼长姓名", 9),
        Head("楼长性别", 6), Head("楼长电话", 14), Head("是否党员", 8), Head("产生方式", 10), Head("任期起止", 18),
        NOTE,
        title="楼栋长名册",
    )  # fmt: skip
    owners = plain(
        "业委会物业表",
        Head("小区名称", 14), Head("小区户数", 8, "whole", total="SUM"), Head("业委会主任", 10), Head("备案号", 12),
        Head("任期止", 12), Head("运行状态", 10), Head("物业公司", 16), Head("物业负责人", 10), Head("物业电话", 14),
        Head("收费标准", 10), Head("合同期", 14), NOTE, title="业主委员会、物业服务情况表",
    )  # fmt: skip
    campaign = plain(
        "专项行动表",
        Head("小区", 14), Head("楼栋", 7), Head("单元", 7), Head("室／门牌号", 9), Head("户主", 9), PHONE,
        Head("完成情况", 10), Head("完成日期", 12, DAY), Head("经手人", 9), NOTE, title="专项行动逐户登记表",
        note="完成情况填：未做、已做、不适用、拒绝。",
    )  # fmt: skip
    card = plain(
        "干群连心卡",
        Head("户主", 9), ADDRESS, PHONE, Head("家庭人口", 8, "whole"), Head("所属网格", 16), Head("网格员", 9),
        Head("网格员电话", 14), Head("包保单位", 16), Head("最近走访", 12, DAY), Head("未办结诉求", 9, "whole"),
        title="干群连心卡发放登记表",
    )  # fmt: skip
    every = [Blank(one.name, [one]) for one in (captains, meeting, activity, owners, campaign, card)]
    return [*every, Blank("包保单位三张清单", _paired())]


def _paired() -> list[Sheet]:
    return [
        plain("包保单位", Head("网格编号", 10), Head("网格名称", 18), Head("所属社区", 14), Head("包保单位", 20),
              Head("单位责任人", 10), Head("责任人电话", 14), Head("包保干部", 18, "long"), NOTE, title="包保单位名录"),
        plain("资源清单", Head("单位", 16), Head("资源名称", 20), Head("类型", 10), Head("数量", 8),
              Head("可用时间", 14),
              Head("联系人", 9), PHONE, title="资源清单"),
        plain("需求清单", Head("提出人", 9), Head("需求", 30, "long"), Head("类型", 10), Head("受益群体", 14),
              Head("紧急程度", 9), NOTE, title="需求清单"),
        plain("项目清单", Head("项目", 20), Head("对接需求", 24, "long"), Head("承接单位", 14), Head("责任人", 9),
              Head("起止", 16), Head("预算（元）", 10, "money", total="SUM"), Head("进度", 10),
              Head("成效", 20, "long"),
              title="项目清单"),
    ]  # fmt: skip


def _counts() -> list[Blank]:
    def count(words: str) -> Head:
        return Head(words, 8, "whole", total="SUM")

    def rate(words: str, part: str, whole: str) -> Head:
        return Head(words, 8, "rate", total=f'=IF({whole}=0,"—",{part}/{whole})')

    week = Sheet(
        "周汇总表",
        "网格工作周汇总表",
        [
            ("", [Head("网格", 18), Head("网格员", 9)]),
            ("走访（户）", [count("总户数"), count("走访户数"), rate("覆盖率", "E{r}", "D{r}"), count("应访"),
                       count("已访")]),
            ("诉求（件）", [count("期初"), count("新增"), count("办结"), count("未办结"), count("超期"),
                       rate("办结率", "K{r}", "(I{r}+J{r})"), Head("满意率", 8, "rate")]),
            ("", [NOTE]),
        ],
        top=("填报单位：", "统计周期：", "填报日期："),
        note="期初＋新增－办结＝未办结。办结率＝办结÷（期初＋新增）；满意率＝满意÷有评价的回访。",
    )  # fmt: skip
    return [Blank(week.name, [week])]


def form_bytes(blank: Blank) -> bytes:
    """One form as a file."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"title": blank.name, "author": "网格走访", "created": _MADE})
    styles = Styles(book)
    for sheet in blank.sheets:
        _write(book.add_worksheet(sheet.name), styles, sheet)
    book.close()
    return target.getvalue()


def _write(out: Any, styles: Styles, sheet: Sheet) -> None:
    heads, last = sheet.heads, len(sheet.heads) - 1
    for column, head in enumerate(heads):
        out.set_column(column, column, head.width)
    out.set_row(0, _HEIGHTS["title"])
    out.merge_range(0, 0, 0, last, sheet.title, styles.get("title"))
    out.set_row(1, _HEIGHTS["line"])
    _thirds(out, styles, 1, last, sheet.top)
    depth = 2 if any(name for name, _heads in sheet.groups) else 1
    _headings(out, styles, sheet, depth)
    first = 2 + depth
    for row in range(first, first + ROWS):
        out.set_row(row, _HEIGHTS["row"])
        out.write_number(row, 0, row - first + 1, styles.get("whole"))
        for column, head in enumerate(heads[1:], start=1):
            out.write_blank(row, column, None, styles.get(head.style))
    for column, head in enumerate(heads):
        if head.choices:
            words = [code_list(head.choices).label(code) for code in code_list(head.choices).codes()]
            offered = {"validate": "list", "source": words, "error_type": "warning"}
            out.data_validation(first, column, first + ROWS - 1, column, offered)
    _foot(out, styles, sheet, first)
    page(out, (sheet.title, ""), 0, first - 1)
    out.freeze_panes(first, 0)


def _headings(out: Any, styles: Styles, sheet: Sheet, depth: int) -> None:
    style = styles.get("head")
    out.set_row(1 + depth, _HEIGHTS["head"])
    column = 0
    for name, heads in [("", [Head("序号", 6)]), *sheet.groups]:
        if name:
            out.merge_range(2, column, 2, column + len(heads) - 1, name, style)
        for head in heads:
            if depth == 1 or name:
                out.write_string(1 + depth, column, head.words, style)
            else:
                out.merge_range(2, column, 3, column, head.words, style)
            column += 1


def _foot(out: Any, styles: Styles, sheet: Sheet, first: int) -> None:
    heads, last, row = sheet.heads, len(sheet.heads) - 1, first + ROWS
    if any(head.total for head in heads):
        out.set_row(row, _HEIGHTS["row"])
        out.write_string(row, 0, "合计", styles.get("total"))
        for column, head in enumerate(heads[1:], start=1):
            _total(out, styles, head, row, column, first)
        row += 1
    for text in [sheet.note] if sheet.note else []:
        out.merge_range(row, 0, row, last, text, styles.get("note"))
        row += 1
    out.set_row(row, _HEIGHTS["line"])
    _thirds(out, styles, row, last, _FOOT)


def _total(out: Any, styles: Styles, head: Head, row: int, column: int, first: int) -> None:
    variants = {"money": "total_money", "rate": "total_rate"}
    style = styles.get(variants.get(head.style, "total"))
    letter = xl_col_to_name(column)
    if head.total.startswith("="):
        out.write_formula(row, column, head.total.format(r=row + 1), style, "—")
    elif head.total:
        out.write_formula(row, column, f"={head.total}({letter}{first + 1}:{letter}{row})", style, 0)
    else:
        out.write_blank(row, column, None, style)


def _thirds(out: Any, styles: Styles, row: int, last: int, texts: tuple[str, str, str]) -> None:
    """Three texts over the width: left, middle, right."""
    edges = [0, (last + 1) // 3, 2 * (last + 1) // 3, last + 1]
    for text, style, left, right in zip(texts, ("left", "middle", "right"), edges, edges[1:], strict=False):
        if right - left > 1:
            out.merge_range(row, left, row, right - 1, text, styles.get(style))
        else:
            out.write_string(row, left, text, styles.get(style))


def main() -> None:
    """Write them all."""
    folder: Path = paths.resource("forms")
    folder.mkdir(exist_ok=True)
    for blank in blanks():
        (folder / f"{blank.name}.xlsx").write_bytes(form_bytes(blank))


if __name__ == "__main__":
    main()
