"""The forms that come with the program: blank, in our own style, filled like any other.

What each is for, and which rows it takes, stands in `resources/forms/forms.json`.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from gridworker import paths
from gridworker.services.form_plan import Wish

_FOLDER: Final = "forms"


@dataclass(frozen=True, slots=True)
class Ready:
    """One ready form."""

    name: str
    about: str
    where: tuple[tuple[str, str], ...] = ()
    """The rows it usually takes."""
    mapping: dict[str, Any] | None = None
    """Where its columns cannot speak for themselves."""

    @property
    def path(self) -> Path:
        """The blank form."""
        return paths.resource(_FOLDER, f"{self.name}.xlsx")


def every() -> list[Ready]:
    """The ready forms in the order in which they are offered."""
    return [
        Ready(name, told["about"], tuple(map(tuple, told.get("where", ()))), told.get("mapping"))
        for name, told in paths.json_resource(_FOLDER, "forms.json").items()
    ]


def find(given: str) -> Ready | None:
    """The ready form of a name; None where a file is meant."""
    return None if Path(given).exists() else next((one for one in every() if one.name == given), None)


def usual(ready: Ready, wish: Wish) -> Wish:
    """A wish with what a ready form usually takes, where nothing else is asked of the same field."""
    asked = {name.rpartition(".")[2] for name, _value in wish.where}
    usual_where = tuple(one for one in ready.where if one[0].rpartition(".")[2] not in asked)
    return replace(wish, where=(*usual_where, *wish.where), mapping=wish.mapping or ready.mapping)
