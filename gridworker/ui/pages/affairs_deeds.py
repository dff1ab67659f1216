"""What can be done with a record of the community besides changing it, by ledger: hold, revise, answer, print."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from gridworker.domain.ids import Id
from gridworker.domain.ledgers import ledger
from gridworker.i18n import _
from gridworker.services import affair_papers, covenants, editing, proposals
from gridworker.ui.pages.affairs_edit import new_record
from gridworker.ui.pages.record_dialog import RecordDialog
from gridworker.ui.pages.worker_page import CampaignKey, WorkerPage


@dataclass(frozen=True, slots=True)
class Deed:
    """A button of a record page: code, word, icon, key, and what it does there."""

    name: str
    word: str
    icon: str
    key: str
    act: Callable[[WorkerPage, Id], object]


PRINT_KEY, MAIN_KEY = "P", "O"


def deeds_of(page: WorkerPage, ledger_name: str, id: Id) -> list[Deed]:
    """The deeds of a record, its own one first."""
    own = {
        "meeting": Deed("hold", _("开会"), "vote", MAIN_KEY, lambda page, id: page.navigate.emit("meeting", id)),
        "covenant": Deed("revise", _("修订一版"), "file-pen-line", MAIN_KEY, _revise),
        "activity": Deed("sign_in", _("签到"), "user-check", MAIN_KEY, _sign_in),
        "campaign": Deed("canvass", _("逐户登记"), "building-2", MAIN_KEY, _canvass),
        "topic": Deed("answer", _("答复提出人"), "reply", MAIN_KEY, _answer),
    }
    found = [own[ledger_name]] if ledger_name in own else []
    if affair_papers.choices(page.workspace, ledger_name, id):
        found.append(Deed("print", _("打印"), "printer", PRINT_KEY, partial(_print, ledger_name)))
    return found


def _sign_in(page: WorkerPage, id: Id) -> None:
    """Who came, one name and Enter each."""
    from gridworker.ui.pages.meeting_people import SignInDialog

    dialog = SignInDialog(page, page.workspace, id, "activity")
    dialog.signed.connect(partial(page.tell_done, _("已签到")))
    dialog.open()


def _canvass(page: WorkerPage, id: Id) -> None:
    page.navigate.emit("buildings", CampaignKey(id))


def _revise(page: WorkerPage, id: Id) -> None:
    """The next version starts from the words of this one."""
    given = page.attempt(lambda: covenants.revised(page.workspace, id))
    if given is not None:
        dialog = new_record(page.workspace, page, ledger("covenant"), given)
        dialog.saved.connect(partial(page.tell_done, _("已存新的一版")))
        dialog.open()


def _answer(page: WorkerPage, id: Id) -> None:
    """What became of a proposal, told to who asked."""
    given = editing.stored(page.workspace, "topic", id)
    lines = ((_("答复"), ("answer",)), (_("答复日期"), ("answered_on",)))
    shape = (_("答复提出人"), lines, ((_("状态"), ("state",)),))
    dialog = RecordDialog(page, page.workspace, "topic", id, given, shape)
    if not given.get("answered_on"):
        dialog.show_typed(proposals.usual_answer(page.workspace, id))
    dialog.saved.connect(partial(page.tell_done, _("已记下答复")))
    dialog.open()


def _print(ledger_name: str, page: WorkerPage, id: Id) -> None:
    from gridworker.ui.printing.choices import affair_paper

    affair_paper(page.workspace, page, ledger_name, id).open()
