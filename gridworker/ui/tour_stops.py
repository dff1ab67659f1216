"""What the tour shows: the worker's week and the township's, in the order in which they are lived."""

from collections.abc import Callable
from typing import cast

from PySide6.QtWidgets import QWidget

from gridworker.i18n import _
from gridworker.ui.main_window import MainWindow
from gridworker.ui.pages.worker_page import HouseholdKey
from gridworker.ui.tour import Stop


def worker_stops() -> list[Stop]:
    """From the list of the day to the reply that comes home."""
    return [
        Stop("today", _part("today", "due"), _("今天走哪几户"),
             _("到期的户都排在这里，红的先走。按 ↑ ↓ 选一户，按 F2 就能记。")),
        Stop("today", _search, _("找谁都在这里"),
             _("按 Ctrl+K，输姓名、拼音、门牌或电话后几位，哪一页都能用。")),
        Stop("households", _part("households", "form"), _("记一次走访"),
             _("按数字选方式和结果；听到诉求按 F4；按 Ctrl+Enter 保存，接着到下一户。"), _first_due),
        Stop("needs", _part("needs", "rows"), _("诉求一件件跟到底"),
             _("登记、办理、上报、答复、回访、销号。选中一件，右边写着下一步。")),
        Stop("weekly", _part("weekly", "out"), _("每周交一本表"),
             _("按 Ctrl+Enter 导出成一本 Excel，用 U 盘或微信交给乡镇，不用再抄一遍。")),
        Stop("weekly", _part("weekly", "reply"), _("乡镇的回复回到这里"),
             _("把回复表拖进来，先看会改什么，再导入；导错了可以整个撤销。")),
        Stop("sheet", _part("sheet", "rows"), _("晚上补录"),
             _("白天记在纸上的，晚上按 F3 在一张表里连着录，一行一户。")),
        Stop("today", _sidebar, _("换页和帮助"),
             _("按 Alt 加数字换页。哪一页都可以按 F1：说明、全部按键，还能再走一遍。")),
    ]  # fmt: skip


def township_stops() -> list[Stop]:
    """From the workbooks that come in to the file that opens a worker's program."""
    return [
        Stop("collect", _part("collect", "matrix"), _("谁交了、谁没交"),
             _("一行一个网格，一列一周。没交的写着“缺”，不排名。")),
        Stop("collect", _action, _("收周报"),
             _("按 Ctrl+O 选文件，或把整个文件夹拖进来；先看会改什么，再导入，也能撤销。")),
        Stop("review", _part("review", "queue"), _("要乡镇协调的诉求"),
             _("一件一件看，急的和超期的在前。按 J、K 换下一件、上一件。")),
        Stop("review", _part("review", "reply"), _("答复、交办、退回"),
             _("按 A 通过、R 退回，写上答复，按 Ctrl+Enter 保存并到下一件。")),
        Stop("summary", _part("summary", "table"), _("数字自己算好"),
             _("按网格、社区或类别看；每个数都和下面的期初、期末对得上。")),
        Stop("settings", _part("settings", "roster"), _("给网格员开户"),
             _("在这里登记网格和网格员，写出开户文件发给他们，打开就能用。")),
        Stop("collect", _sidebar, _("换页和帮助"),
             _("按 Alt 加数字换页。哪一页都可以按 F1：说明、全部按键，还能再走一遍。")),
    ]  # fmt: skip


def _part(page: str, name: str) -> Callable[[MainWindow], QWidget]:
    """A part of a page by the name its page gives it."""
    return lambda window: cast(QWidget, getattr(window.page(page), name))


def _search(window: MainWindow) -> QWidget:
    return window.top_bar.search


def _action(window: MainWindow) -> QWidget:
    return window.top_bar.button


def _sidebar(window: MainWindow) -> QWidget:
    return window.sidebar


def _first_due(window: MainWindow) -> object:
    """The first household of the day, where one is due."""
    from gridworker.ui.pages.today import TodayPage

    page = window.page("today")
    household = page.due.current_key() if isinstance(page, TodayPage) else None
    return HouseholdKey(household, visit=True) if household else None
