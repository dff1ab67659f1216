"""The first list of households: looked at before it is taken, from our own workbook or a sheet of certain columns."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gridworker.services.workspace import Workspace

if TYPE_CHECKING:
    from gridworker.exchange.model import Problem
    from gridworker.services.import_report import FileReport


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file would bring: its columns in our words, how many rows and records, what cannot be used."""

    file: str
    is_ours: bool
    columns: tuple[tuple[str, str], ...]
    """Column letter and the field it was recognised as, such as 住户 · 联系电话."""
    rows: int
    created: int
    changed: int
    problems: tuple["Problem", ...]

    @property
    def is_useful(self) -> bool:
        """Whether there is anything to take."""
        return bool(self.created or self.changed)


def preview(workspace: Workspace, path: Path) -> Preview:
    """Read a file and rehearse its import; nothing is kept. Raises UserError for a file nobody can read."""
    from gridworker.services import intake, reading

    told = reading.read(path, None, workspace.store.get("report_password") or None)
    done = intake.take(workspace, [path], intake.Options(dry_run=True)).files[0]
    return Preview(
        path.name, told["kind"] == "ours", _columns(told), sum(len(one["rows"]) for one in told["sheets"]),
        done.created, done.changed, tuple(done.problems),
    )  # fmt: skip


def take(workspace: Workspace, path: Path, step: Callable[[float, int, str], None]) -> "FileReport":
    """Import the file that was looked at; `step` is told how far it is and may raise to stop it."""
    from gridworker.services import intake

    return intake.take(workspace, [path], intake.Options(progress=step)).files[0]


def _columns(told: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    from gridworker.services import columns

    found = {letter: columns.label(name) for sheet in told["sheets"] for letter, name in sheet["columns"].items()}
    return tuple(sorted(found.items(), key=lambda one: (len(one[0]), one[0])))
