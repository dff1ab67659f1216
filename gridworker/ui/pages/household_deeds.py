"""What is done rarely with a household or a person: joining duplicates, parting them, moving (field.md §3.8)."""

from collections.abc import Callable
from functools import partial

from gridworker.domain.ids import Id
from gridworker.domain.ledger import Ledger
from gridworker.domain.ledgers import ledger
from gridworker.i18n import _
from gridworker.services import deciding, likely_same, moving, proposals, resident_page, search
from gridworker.services.undoing import Done
from gridworker.services.workspace import Workspace
from gridworker.ui.pages.affairs_edit import new_record
from gridworker.ui.pages.compare_dialog import CompareDialog, Words
from gridworker.ui.pages.pick_dialog import PickDialog
from gridworker.ui.pages.worker_page import WorkerPage
from gridworker.ui.widgets.row import Mark, Row

_OFFERED = 12


class HouseholdDeeds:
    """Dialogs over a page; what was done is told there, with the way back."""

    def __init__(self, page: WorkerPage) -> None:
        self._page = page

    @property
    def _workspace(self) -> Workspace:
        return self._page.workspace

    def join(self, of: Ledger, record: Id) -> None:
        """Choose the other record, look at both, decide that they are the same."""
        home = of.name == "household"
        title = _("与哪一户是同一户") if home else _("与谁是同一个人")
        dialog = PickDialog(self._page, title, _("姓名、拼音、门牌、电话尾号"), partial(self._alike, of, record))
        dialog.picked.connect(partial(self._compare, of, record))
        dialog.open()

    def _alike(self, of: Ledger, record: Id, typed: str) -> list[Row]:
        """What fits the words; before any are typed, what looks the same."""
        if typed:
            hits = search.search(self._workspace, typed, 3 * _OFFERED)
            known = [hit for hit in hits if hit.ledger == of.name and hit.id != record]
            return [Row(hit.title, hit.subtitle, hit.id) for hit in known[:_OFFERED]]
        row = self._workspace.row(of.name, record)
        given = {name: row.plain(name) for name in row.values if row.plain(name) is not None} if row else {}
        found = likely_same.likely(self._workspace, of.name, given, record)
        return [Row(one.title, one.where, one.id, marks=(Mark(one.reasons[0], "amber"),)) for one in found]

    def _compare(self, of: Ledger, record: Id, other: Id) -> None:
        parts = [deciding.parts(self._workspace, id)[0] for id in (record, other)]
        lines = deciding.compare(self._workspace, of, [record, other])
        differ = sum(one.differs for one in lines)
        hint = _("合并后两边的走访、诉求和成员都在一起；随时可以再分开。")
        if differ:
            hint += _("有 {count} 项不一样，合并后逐项选。").format(count=differ)
        dialog = CompareDialog(self._page, Words(_("合并"), hint, _("是同一个，合并")), parts, lines)
        dialog.agreed.connect(
            lambda _id: self._do(_("已合并"), lambda: deciding.join(self._workspace, of, record, other))
        )
        dialog.open()

    def sources(self, of: Ledger, record: Id) -> None:
        """Where each value of a joined record came from; one part can be taken out."""
        parts = deciding.parts(self._workspace, record)
        lines = deciding.compare(self._workspace, of, [one.id for one in parts])
        hint = _("由 {count} 份资料合并而成；合并前各自写的在下面。").format(count=len(parts))
        words = Words(_("合并来源"), hint, _("分开这一份"))
        dialog = CompareDialog(self._page, words, parts, lines, choose=True)
        dialog.agreed.connect(lambda id: self._do(_("已分开"), lambda: deciding.take_out(self._workspace, of, id)))
        dialog.open()

    def hand_over(self, household: Id) -> None:
        """To another grid; what is open goes along only where that is chosen."""
        row = self._workspace.row("household", household)
        grids = moving.grids(self._workspace, row.plain("grid") if row else 0)
        needs = len(moving.open_needs(self._workspace, household))
        lines = [Row(title, _("只移住户，诉求留在原网格"), (id, False)) for id, title in grids]
        if needs:
            along = _("连同未办结诉求 {count} 件一起移").format(count=needs)
            lines += [Row(title, along, (id, True)) for id, title in grids]
        self._pick(_("移交到哪个网格"), _("网格编号、名称"), lines, partial(self._hand_over, household))

    def _hand_over(self, household: Id, chosen: tuple[Id, bool]) -> None:
        grid, along = chosen
        self._do(_("已移交"), lambda: moving.household(self._workspace, household, grid, with_needs=along))

    def propose(self, household: Id) -> None:
        """A topic the household raises, for a meeting to talk about."""
        given = proposals.raised_at(self._workspace, household)
        dialog = new_record(self._workspace, self._page, ledger("topic"), given)
        dialog.saved.connect(partial(self._page.tell_done, _("已提为议题")))
        dialog.open()

    def move(self, resident: Id) -> None:
        """A person to another household."""

        def homes(typed: str) -> list[Row]:
            hits = search.search(self._workspace, typed, 3 * _OFFERED) if typed else []
            return [Row(hit.title, hit.subtitle, hit.id) for hit in hits if hit.ledger == "household"][:_OFFERED]

        dialog = PickDialog(self._page, _("迁到哪一户"), _("户主、拼音、门牌"), homes)
        dialog.picked.connect(
            lambda home: self._do(
                _("已迁到另一户，请补与户主关系"), lambda: moving.resident(self._workspace, resident, home)
            )
        )
        dialog.open()

    def leave(self, resident: Id, state: str) -> None:
        """A person moved out or died."""
        self._do(
            _("已登记{state}").format(state=_(state)), lambda: resident_page.leave(self._workspace, resident, state)
        )

    def _pick(self, title: str, hint: str, lines: list[Row], take: Callable[[tuple[Id, bool]], None]) -> None:
        def fitting(typed: str) -> list[Row]:
            return [one for one in lines if typed.casefold() in one.title.casefold()]

        dialog = PickDialog(self._page, title, hint, fitting)
        dialog.picked.connect(take)
        dialog.open()

    def _do(self, sentence: str, work: Callable[[], Done]) -> None:
        done = self._page.attempt(work)
        if done is not None:
            self._page.tell_done(sentence, done)
