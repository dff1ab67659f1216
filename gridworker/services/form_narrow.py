"""Which rows of a form a person can choose, how numbers and days are to look, and what was chosen last time."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Final

from gridworker.domain.codes import code_list
from gridworker.domain.ledgers import ledger, ledgers
from gridworker.services import naming
from gridworker.services.form_cells import Shape
from gridworker.services.form_plan import PLAIN, Plan
from gridworker.services.form_where import BLOCKS
from gridworker.services.workspace import Workspace
from gridworker.store import queries

_KEPT: Final = "narrow:"
"""Settings, by the fingerprint of a form: what was chosen when it was filled last."""
_HOME: Final = (("household", "care_level"), ("household", "tags"))
_OFFERED: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "household": _HOME,
    "visit": (("household", "care_level"), ("visit", "outcome")),
    "resident": (("household", "care_level"), ("resident", "care_tags")),
    "need": (("need", "kind"), ("need", "status")),
    "followup": (("need", "kind"), ("need", "status")),
}
"""By what rows are about: the lists of which one word may be chosen."""
_OF_A_KIND: Final = (("need", "status"),)


@dataclass(frozen=True, slots=True)
class Narrowing:
    """One condition: the name `form_where` knows it by, its label, the values with their words."""

    name: str
    label: str
    words: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a person chose: conditions, and how numbers of persons and days are written."""

    where: tuple[tuple[str, str], ...] = ()
    shape: Shape = PLAIN


@dataclass(frozen=True, slots=True)
class Offered:
    """What can be chosen for a form, and what was the last time."""

    narrowings: tuple[Narrowing, ...]
    kept: Chosen


def offered(workspace: Workspace, plan: Plan) -> Offered:
    """What can be chosen for a form that was looked at."""
    return Offered(tuple(narrowings(workspace, plan.subject)), kept(workspace, plan.fingerprint))


def narrowings(workspace: Workspace, subject: str) -> list[Narrowing]:
    """What rows about a subject can be chosen by: the grid where there are several, then words of lists."""
    found = []
    grids = [(str(one.plain("code")), str(one.plain("name"))) for one in queries.every(workspace.connection, "grid")]
    if len(grids) > 1 and subject in {*ledgers(), *BLOCKS}:
        found.append(Narrowing("grid", ledger("household").by_name["grid"].label, tuple(grids)))
    for owner, name in _OF_A_KIND if subject in BLOCKS else _OFFERED.get(subject, ()):
        one = ledger(owner).by_name[name]
        words = tuple((code, naming.word(one.of, code)) for code in code_list(one.of).codes())
        found.append(Narrowing(f"{owner}.{name}", one.label, words))
    return found


def keep(workspace: Workspace, fingerprint: str, chosen: Chosen) -> None:
    """Remember what was chosen for a form."""
    told = {"where": chosen.where, "shape": asdict(chosen.shape)}
    workspace.store.set(_KEPT + fingerprint, json.dumps(told, ensure_ascii=False))


def kept(workspace: Workspace, fingerprint: str) -> Chosen:
    """What was chosen when the form was filled last."""
    told = workspace.store.get_json(_KEPT + fingerprint, {})
    where = tuple((str(name), str(value)) for name, value in told.get("where", ()))
    return Chosen(where, Shape(**told.get("shape", {})))
