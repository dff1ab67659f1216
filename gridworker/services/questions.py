"""Who is who, where only a person can tell: a foreign row that may be several of ours, or contrary decisions."""

from collections.abc import Sequence
from dataclasses import dataclass

from gridworker.domain import ids
from gridworker.domain.ids import Id
from gridworker.errors import UserError
from gridworker.i18n import _
from gridworker.services import naming
from gridworker.services.workspace import Workspace
from gridworker.store import entries, identity
from gridworker.store.door import Verdict


@dataclass(frozen=True, slots=True)
class Question:
    """A record in question and those it may be, each with its title."""

    ledger: str
    record: Id
    title: str
    candidates: tuple[tuple[Id, str], ...]

    def as_json(self) -> dict[str, object]:
        """The shape of the command line."""
        return {
            "ledger": self.ledger,
            "record": ids.to_text(self.record),
            "title": self.title,
            "candidates": [{"record": ids.to_text(id), "title": title} for id, title in self.candidates],
        }


def questions(workspace: Workspace) -> list[Question]:
    """All that a person has to be asked."""
    return [_question(workspace, id, some) for id, some in identity.questions(workspace.connection).items()]


def _question(workspace: Workspace, record: Id, candidates: Sequence[Id]) -> Question:
    of = entries.ledger_of(workspace.connection, record)
    if of is None:
        return Question("", record, ids.to_text(record), ())
    named = tuple((id, naming.title(workspace, of, id)) for id in candidates)
    return Question(of.name, record, naming.title(workspace, of, record), named)


def decide(workspace: Workspace, record: Id, other: Id, *, same: bool) -> None:
    """Say whether two records are the same one. Raises UserError."""
    of = entries.ledger_of(workspace.connection, record)
    if of is None or record == other or entries.ledger_of(workspace.connection, other) is not of:
        raise UserError(
            "not_a_pair", _("这两个编号不是同一个台账里的两条记录。"), _("用 conflicts --json 看 questions。")
        )
    workspace.decide("merge" if same else "split", Verdict(of, record, other, same))
