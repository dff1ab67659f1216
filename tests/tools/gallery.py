"""Pictures of the window's parts and of two mock pages, to lay beside the reference pictures.

QT_QPA_PLATFORM=offscreen python tests/tools/gallery.py OUT_FOLDER
"""

import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from gridworker.domain.pictures import Picture
from gridworker.ui import theme
from gridworker.ui.main_window import MainWindow
from gridworker.ui.page import MARGIN, Message, Page, PageSpec, page_column, page_row
from gridworker.ui.widgets.button import DANGER, PRIMARY, Button, link
from gridworker.ui.widgets.card import Card, row, scrolling
from gridworker.ui.widgets.chart_view import ChartView
from gridworker.ui.widgets.charts import Bar, Line
from gridworker.ui.widgets.check_box import CheckBox, RadioButton, Select
from gridworker.ui.widgets.chip import ChipGroup, Choice, digit_choices
from gridworker.ui.widgets.columns import SideColumns
from gridworker.ui.widgets.date_field import DateField
from gridworker.ui.widgets.draft_mark import DraftMark
from gridworker.ui.widgets.empty_state import EmptyState
from gridworker.ui.widgets.field import FieldRow, LongField, TextField
from gridworker.ui.widgets.focus_ring import FocusRing
from gridworker.ui.widgets.icon_mark import IconMark
from gridworker.ui.widgets.key_cap import KeyLegend, key_cap
from gridworker.ui.widgets.label import ElidedLabel, MaskedLabel, label, line
from gridworker.ui.widgets.message_bar import MessageBar
from gridworker.ui.widgets.number_tile import NumberTile
from gridworker.ui.widgets.pill import Pill
from gridworker.ui.widgets.row import Mark, Row
from gridworker.ui.widgets.row_delegate import Column
from gridworker.ui.widgets.row_list import RowList, headed
from gridworker.ui.widgets.search_box import Hit
from gridworker.ui.widgets.steps import Steps
from gridworker.ui.widgets.timeline import Event, Timeline
from gridworker.ui.widgets.top_bar import Action, Heading

TODAY = date(2026, 11, 25)
PEOPLE = (
    ("李桂芳", "3栋2单元502", "独居老人 · 83岁", "上次 10月24日 入户", Mark("超期 4 天", "red"), "red"),
    ("王建国", "3栋1单元101", "低保 · 行动不便", "上次 10月26日 电话", Mark("超期 2 天", "red"), "red"),
    ("陈秀英", "5栋1单元302", "高血压随访", "上次 10月30日 入户", Mark("今天到期", "amber"), "amber"),
    ("欧阳志强", "5栋2单元601", "新迁入 · 待核实", "首次走访", Mark("今天到期", "amber"), "amber"),
    ("刘洋", "6栋1单元203", "租户 · 4人", "上次 9月2日 入户", Mark("11月28日"), "green"),
    ("赵明", "6栋1单元402", "一般户", "上次 8月21日 微信", Mark("11月30日"), "green"),
    ("单晓燕", "6栋2单元102", "一般户", "上次 8月19日 入户", Mark("12月1日"), "green"),
    ("黄志远", "7栋1单元701", "退役军人", "上次 8月17日 入户", Mark("12月2日"), "green"),
)


def two_columns(left: QWidget, right: QWidget, weights: tuple[int, int]) -> QHBoxLayout:
    """Two parts of a page beside each other."""
    made = page_row()
    made.addWidget(left, weights[0])
    made.addWidget(right, weights[1])
    return made


def boxed(*parts: QWidget | int) -> QWidget:
    """Cards under each other without margins."""
    box = QWidget()
    column = page_column()
    box.setLayout(column)
    for part in parts:
        column.addStretch(part) if isinstance(part, int) else column.addWidget(part)
    return box


def token_card() -> Card:
    """Every colour token with its value."""
    card = Card("颜色 tokens", "同名两套，浅 / 深")
    grid = QGridLayout()
    grid.setVerticalSpacing(5)
    names = list(theme.current().tokens)
    for place, name in enumerate(names):
        swatch = QWidget()
        swatch.setFixedSize(28, 18)
        swatch.setStyleSheet(f"background: {theme.color(name).name()}; border: 1px solid #888; border-radius: 4px")
        at, side = place % 21, place // 21 * 3
        grid.addWidget(swatch, at, side)
        grid.addWidget(label(name), at, side + 1)
        grid.addWidget(label(theme.color(name).name().upper(), "axis"), at, side + 2)
    card.add(grid)
    card.body.addStretch(1)
    return card


def button_card() -> Card:
    """Every kind and state of button."""
    card = Card("按钮", "高 33，圆角 7")
    off, pale = Button("不可用", PRIMARY), Button("不可用")
    off.setEnabled(False)
    pale.setEnabled(False)
    save = Button("保存并下一户", PRIMARY, icon="check", key="Ctrl+Enter")
    save.setObjectName("focus")
    card.add(row(save, off, 1))
    card.add(row(Button("打印", icon="printer"), Button("跳过", key="S"), pale, Button("作废", DANGER), 1))
    card.add(row(Button("小按钮", small=True), link("存为筛选", icon="bookmark"), 1))
    return card


def chip_card() -> Card:
    """Chips and pills."""
    card = Card("选项 chip 与状态 pill")
    outcome = ChipGroup("结果", digit_choices([("met", "见面"), ("not_met", "未见面"), ("refused", "拒访")]))
    outcome.set_value("met")
    tags = ChipGroup("条件", [Choice("a", "独居", removable=True), Choice("b", "未办结", count=23)], exclusive=False)
    tags.set_value(("a",))
    card.add(row(outcome, tags, 1, gap=6))
    card.add(label("chip 可点，高 27，左侧小字是按键；pill 只读，高 20，淡底细边。", "second"))
    words = (("已登记", "grey"), ("办理中", "blue"), ("已上报", "violet"), ("已答复", "green"), ("待回访", "primary"))
    card.add(row(*(Pill(text, tone) for text, tone in words), 1, gap=6))
    levels = (("红 · 7天一访", "red"), ("黄 · 30天", "amber"), ("确定", "green"))
    path = Steps()
    path.show_steps(("已登记", "办理中", "已上报", "已答复", "待回访", "已销号"), 3)
    card.add(path)
    card.add(row(Pill("超期 3 天", "red"), *(Pill(text, tone, dot=True) for text, tone in levels), 1, gap=6))
    return card


def field_card() -> Card:
    """Fields with their states."""
    card = Card("输入框", "高 31，圆角 7")
    hospital, wrong = TextField("医院"), TextField("电话", digits=True)
    hospital.set_value("县人民医院")
    wrong.set_value("1385564567")
    choose = Select("字段", "选择字段…")
    choose.addItems(["姓名", "电话"])
    choose.setCurrentIndex(-1)
    card.add(FieldRow("就诊", hospital, choose))
    broken = FieldRow("电话", wrong)
    broken.set_error("电话少一位，应为 11 位")
    card.add(broken)
    card.add(
        FieldRow("走访日期", DateField("走访日期", lambda text, today: None, lambda: TODAY), hint="可输 昨天、-2、1120")
    )
    ticked, dotted = CheckBox("已勾"), RadioButton("选中")
    ticked.setChecked(True)
    dotted.setChecked(True)
    keys = (key_cap("Ctrl+Enter"), key_cap("F2"))
    card.add(row(ticked, CheckBox("未勾"), dotted, RadioButton("未选"), *keys, 1))
    return card


def row_card() -> Card:
    """Rows with their states."""
    card = Card("列表行", "双行 48，单行 27—34")
    rows = RowList("诉求", (Column("状态", 90), Column("时限", 80, right=True)))
    rows.set_rows(
        [
            Row("选中且有焦点", "淡绿底 + 1.5 细框", 1, marks=(Mark("已答复", "green"), Mark("12月14日"))),
            Row("问题行", "整行着色", 2, tint="red", icon="circle-alert", icon_tone="red",
                marks=(Mark("办理中", "blue"), Mark("11月30日"))),
            Row("平常", "下方 1px line", 3, marks=(Mark("已登记", "grey"), Mark("超期 1 天", "red"))),
        ]
    )  # fmt: skip
    card.add(headed("诉求", rows), 1)
    return card


def message_card() -> Card:
    """The message bar in its four shapes."""
    card = Card("提示条")
    bars = [MessageBar() for _each in range(4)]
    for bar in bars:
        card.add(bar)
    bars[0].show_saved("已保存 李桂芳 的走访", lambda: None, 8)
    bars[1].show_warning("第7行D列：电话少一位，请改后重新导入", "转到", lambda: None)
    bars[2].show_failure("U盘写不进去，文件没有导出。换个位置再试", "另存到…", lambda: None)
    bars[3].show_progress("正在导入 17 / 33", 17 / 33, lambda: None)
    return card


def component_sheet() -> QWidget:
    """The parts on one sheet (look 25, 26)."""
    sheet = QWidget()
    sheet.setProperty("ground", "bg")
    sheet.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    across = QHBoxLayout(sheet)
    across.setContentsMargins(*MARGIN)
    across.setSpacing(12)
    sizes = Card()
    numbers = (
        label("标题 20", "page_title"),
        label("卡片 15", "card_title"),
        label("正文 13"),
        label("次要 12", "second"),
    )
    sizes.add(row(*numbers, label("按键 11", "axis"), label("31.4%", "number"), 1))
    buttons = [Button("登记诉求", PRIMARY, icon="plus", key="F4"), Button("导入旧台账", icon="upload")]
    empty = Card()
    empty.add(EmptyState("message-square-warning", "还没有诉求", "走访时按 F4 记下第一件，或导入旧台账", buttons))
    across.addWidget(token_card())
    across.addWidget(boxed(sizes, button_card(), chip_card(), field_card(), 1), 1)
    across.addWidget(boxed(row_card(), message_card(), empty), 1)
    return sheet


class TodayPage(Page):
    """A mock of 今日."""

    def __init__(self) -> None:
        super().__init__(Heading("今日"), Action("记录走访", lambda: None, key="F2"))
        self._list = RowList("到期走访")
        self._list.set_rows([
            Row(name, f"{what}　{last}", name, aside=where, dot=dot, marks=(mark,))
            for name, where, what, last, mark, dot in PEOPLE
        ])  # fmt: skip
        right = scrolling(boxed(self._progress(), self._followups(), self._week(), 1))
        right.setFixedWidth(theme.px(322))
        page_row(self).addWidget(SideColumns(self._left(), right))

    def first_focus(self) -> QWidget:
        return self._list

    def _left(self) -> QWidget:
        tiles = page_row()
        facts = (("今日应访", "footprints", "text", "8"), ("走访超期", "circle-alert", "red", "2"),
                 ("待办诉求", "message-square-warning", "amber", "3"), ("待上报", "send", "text", "5"))  # fmt: skip
        for text, icon, tone, number in facts:
            tile = NumberTile(text, icon, tone, links=True)
            tile.show_number(number, "户", "上周 6")
            tiles.addWidget(tile)
        due = Card("到期走访")
        due.add_action(KeyLegend([("↑ ↓", "选择"), ("Enter", "打开"), ("F2", "快速记录")]))
        due.add(self._list, 1)
        box = boxed()
        box.layout().addLayout(tiles)
        box.layout().addWidget(due)
        return box

    def _progress(self) -> Card:
        card = Card()
        ring = ChartView("今日进度", width=118, height=118)
        ring.setFixedSize(theme.px(118), theme.px(118))
        ring.show_ring(3 / 8, "3/8", "已走访")
        words = QVBoxLayout()
        words.addStretch(1)
        words.addWidget(label("今日进度", "card_title"))
        words.addWidget(label("还有 5 户", "second"))
        words.addWidget(label("预计 1 小时 10 分", "second"))
        words.addStretch(1)
        across = row(ring)
        across.addLayout(words, 1)
        card.add(across)
        return card

    def _followups(self) -> Card:
        card = Card("到期办理")
        rows = RowList("到期办理", height=46, bold=False, select_first=False)
        facts = (("楼道3层灯不亮", "A0031 · 李桂芳", Mark("超期 3 天", "red")),
                 ("下水道返味", "A0028 · 5栋", Mark("超期 1 天", "red")),
                 ("高龄津贴认证", "A0025 · 王建国", Mark("今天", "amber")))  # fmt: skip
        rows.set_rows([Row(title, second, title, marks=(mark,)) for title, second, mark in facts])
        rows.setFixedHeight(theme.px(46) * 3)
        card.add(rows)
        return card

    def _week(self) -> Card:
        card = Card("近 7 天走访")
        chart = ChartView("近 7 天走访", height=130)
        chart.show_columns(
            [
                Bar(day, value, strong=day == "今")
                for day, value in zip("四五六日一二今", (6, 8, 5, 9, 2, 0, 3), strict=True)
            ],
            7,
        )
        card.add(chart)
        return card


class HouseholdPage(Page):
    """A mock of 住户 with the quick visit."""

    def __init__(self) -> None:
        super().__init__(Heading("李桂芳 户", "住户"), Action("记录走访", lambda: None, key="F2"))
        self._mode = ChipGroup("走访方式", digit_choices(enumerate(("入户", "电话", "微信", "视频", "来访"))))
        self._outcome = ChipGroup(
            "走访结果", digit_choices(enumerate(("见面", "未见面", "拒访", "外出", "空户", "已搬走")))
        )
        self._mode.set_value(0)
        self._outcome.set_value(0)
        page_row(self).addWidget(SideColumns(self._visit(), self._left(), side_first=True, weights=(6, 5)))

    def first_focus(self) -> QWidget:
        return self._outcome

    def _left(self) -> QWidget:
        head = Card()
        head.add(
            row(
                IconMark("house", "primary", 22),
                label("李桂芳 户", "record_title"),
                Pill("红 · 7天一访", "red", dot=True),
                Pill("独居老人", "amber"),
                1,
                label("住户 1 / 8", "second"),
            )
        )
        where = ElidedLabel("金江西苑 3栋2单元502 · 常住1人", tone="text2")
        phone = MaskedLabel("138****5678", lambda: "13800005678")
        head.add(row(where, phone, 1, label("按住", "second"), key_cap("Alt"), label("看全", "second")))
        needs = Card("未办结诉求")
        needs.add_mark(Pill("1 件", "amber"))
        needs.add(row(Pill("N12 水电气路", "grey"), label("楼道3层灯不亮"), 1, Pill("超期 3 天", "red")))
        facts = (
            ("11月16日 · 入户 · 见面", "面色好，燃气阀、胶管已查，正常。", "陈晓芸", "door-open", "green"),
            ("11月9日 · 出院", "住院8天，费用自付，尚未报销。", "女儿来电", "stethoscope", "blue", "县人民医院"),
            ("11月6日 · 电话 · 见面", "说在住院，让晚些再来。", "陈晓芸", "phone", "amber", "", "计划 11月27日"),
            ("11月2日 · 入户 · 未见面", "敲门无人应，已留干群连心卡。", "陈晓芸", "door-closed", "grey"),
            ("10月26日 · 入户 · 见面", "高龄津贴认证已办好。", "周海平", "door-open", "green"),
            ("10月19日 · 住户资料改动", "", "陈晓芸", "house", "grey"),
        )
        events = Timeline([Event(*fact) for fact in facts])
        history = Card("走访与办理", "全部 26")
        history.add(scrolling(events), 1)
        box = boxed(head, needs, history)
        box.layout().setStretch(2, 1)
        return box

    def _visit(self) -> Card:
        card = Card("快速走访")
        card.add_mark(Pill("李桂芳 3-2-502", "primary"))
        draft = DraftMark()
        card.add_action(draft)
        draft.show_saved(datetime(2026, 11, 25, 14, 2))
        form = QWidget()
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(8)
        for part in self._rows():
            column.addWidget(part)
        column.addStretch(1)
        card.add(scrolling(form), 1)
        card.add(line())
        following = ChipGroup("下次走访", [Choice(1, "11月30日"), Choice(2, "自定")], wrap=False)
        following.set_value(1)
        save = Button("保存并下一户", PRIMARY, icon="check", key="Ctrl+Enter")
        card.add(row(label("下次走访", "second"), following, 1, Button("撤销", icon="undo-2", key="Ctrl+Z"), save))
        return card

    def _rows(self) -> list[QWidget]:
        told = ChipGroup(
            "宣传", [Choice(word, word) for word in ("反诈", "消防", "医保", "养老", "森林防火")], exclusive=False
        )
        told.set_value(("反诈", "医保"))
        content = LongField("走访内容", "说了什么、看到什么（可留空）")
        content.set_value("本人在家，精神好，伤口恢复正常。女儿在外地，看病报销不会办，想请社区帮忙。")
        when = DateField("走访时间", lambda text, today: None, lambda: TODAY)
        when.setFixedWidth(theme.px(170))
        return [
            FieldRow("走访时间", when, hint="可输 昨天、-2、1120"),
            FieldRow("走访方式", self._mode),
            FieldRow("走访结果", self._outcome),
            FieldRow("宣传内容", told),
            FieldRow("走访内容", content),
            self._need(),
        ]

    def _need(self) -> Card:
        card = Card("诉求 1", frame="focus")
        card.add_mark(Pill("N03 医疗报销", "primary"))
        card.add_action(KeyLegend([("F4", "再记一件")]))
        matter = ChipGroup("事项", digit_choices(enumerate(("住院报销", "门诊慢特病", "异地就医备案", "医疗救助"))))
        matter.set_value(0)
        text, hospital, amount, agent = TextField("诉求内容"), TextField("医院"), TextField("金额"), CheckBox("代办")
        text.set_value("11月1日至9日住院，女儿在外地，不会办，想请人代办报销")
        hospital.set_value("县人民医院")
        amount.set_value("8,640.00")
        agent.setChecked(True)
        card.add(FieldRow("事项", matter))
        card.add(FieldRow("诉求内容", text))
        card.add(FieldRow("就诊", hospital, amount, agent))
        return card


class StatsPage(Page):
    """A mock of 统计."""

    def __init__(self) -> None:
        super().__init__(Heading("统计"))
        across = page_row(self)
        weeks = [f"{number}周" for number in range(35, 48)]
        trend, kinds = Card("诉求：新增、办结、未办结", "近 13 周"), Card("本周新增类别", "竖线＝上周")
        chart = ChartView("趋势", width=460, height=240)
        chart.show_picture(Picture("lines", weeks, [
            Line("未办结", (252, 260, 270, 262, 268, 275, 281, 279, 288, 283, 290, 287, 294), "amber"),
            Line("新增", (95, 110, 121, 103, 118, 125, 130, 119, 139, 128, 137, 132, 148)),
            Line("办结（虚线）", (88, 100, 112, 110, 113, 118, 124, 122, 131, 133, 131, 136, 141), "blue", dashed=True),
        ]))  # fmt: skip
        trend.add(chart)
        rank = ChartView("类别", width=290, height=200)
        names = ("水电气路", "医疗报销", "住房物业", "养老社保", "上学入学", "停车充电")
        pairs = ((31, 24), (24, 22), (22, 23), (17, 18), (15, 9), (14, 14))
        rank.show_rank([Bar(name, *pair) for name, pair in zip(names, pairs, strict=True)])
        kinds.add(rank)
        across.addWidget(trend, 3)
        across.addWidget(kinds, 2)


def main_window() -> MainWindow:
    """The frame around the mock pages."""
    pages = (
        ("today", "今日", "calendar-check", TodayPage),
        ("household", "住户", "users", HouseholdPage),
        ("need", "诉求", "message-square-warning", QWidget),
        ("followup", "办理记录", "list-checks", QWidget),
        ("community", "社区事务", "landmark", QWidget),
        ("weekly", "周报上报", "send", QWidget),
        ("stats", "统计", "chart-column", StatsPage),
        ("settings", "设置", "settings", QWidget),
    )
    window = MainWindow([PageSpec(*page) for page in pages])
    window.top_bar.show_day("11月25日 星期三 · 第48周")
    window.sidebar.set_count("need", 2)
    window.sidebar.set_footer("陈晓芸 · 金江西苑 3 网格", "已加密 · 备份 09:12")
    return window


def shoot(widget: QWidget, file: Path, size: tuple[int, int]) -> None:
    """Save a picture of a widget at a size."""
    widget.resize(*size)
    widget.show()
    QApplication.processEvents()
    QApplication.processEvents()
    widget.grab().save(str(file))
    print(file.name, widget.minimumSizeHint().toTuple())


def sheet_picture(file: Path) -> None:
    """The component sheet with a focused button."""
    sheet = component_sheet()
    theme.dress(sheet)
    shoot(sheet, file, (1366, 768))
    sheet.close()


def page_pictures(folder: Path, scheme: str) -> None:
    """Each mock page, wide and narrow."""
    for name in ("today", "household", "stats"):
        for size in ((1366, 768), (1092, 574)):
            window = main_window()
            window.show_page(name)
            window.resize(*size)
            window.show()
            window.activateWindow()
            window.focus_page()
            shoot(window, folder / f"{name}-{scheme}-{size[0]}.png", size)
            window.close()


def state_pictures(folder: Path, scheme: str) -> None:
    """The search with hits, a saved message, and the largest font in the smallest window."""
    window = main_window()
    window.show_page("today")
    window.show()
    window.say(Message("saved", "已保存 李桂芳 的走访", act=lambda: None))
    shoot(window, folder / f"message-{scheme}.png", (1366, 768))
    search = window.top_bar.search
    search.setFocus()
    search.setText("lg")
    hits = [
        Hit("李桂芳 户", "金江西苑 3栋2单元502 · 独居老人", 1, mark="红"),
        Hit("刘国强 户", "金江西苑 5栋1单元101", 2),
        Hit("楼道3层灯不亮", "JX03-2026-A0031 · 办理中", 3, "message-square-warning", "诉求"),
    ]
    search.show_hits(hits)
    search.window().findChild(QFrame, "popup").grab().save(str(folder / f"search-{scheme}.png"))
    window.close()
    theme.apply(scheme, 1.3, bundled_font=True)
    for name in ("today", "household"):
        window = main_window()
        window.show_page(name)
        shoot(window, folder / f"{name}-{scheme}-1092-large.png", (1092, 574))
        window.close()


def main(folder: Path) -> None:
    """All pictures, light and dark."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    FocusRing(app)
    QLocale.setDefault(QLocale("zh_CN"))
    folder.mkdir(parents=True, exist_ok=True)
    steps: list[Callable[[str], None]] = [
        lambda scheme: sheet_picture(folder / f"components-{scheme}.png"),
        lambda scheme: page_pictures(folder, scheme),
        lambda scheme: state_pictures(folder, scheme),
    ]
    for scheme in (theme.LIGHT, theme.DARK):
        theme.apply(scheme, bundled_font=True)
        for step in steps:
            step(scheme)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
