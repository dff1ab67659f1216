"""A masked file must not tell by its name, its properties or its comments what its cells hide."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

from gridworker.domain.masking import Crowd, mask_words
from gridworker.errors import UserError
from gridworker.exchange.patch import Patch
from gridworker.exchange.patch_props import mask_around
from gridworker.i18n import _
from gridworker.services.workspace import Workspace
from gridworker.store import queries

_WORD: Final = re.compile(r"[^\W\d_a-zA-Z]+")
_ASIDE: Final = "家户的"
"""What people put behind a name in a file name."""


def everybody(workspace: Workspace) -> Crowd:
    """All residents known here."""
    return Crowd(name for _household, name in queries.names_by_household(workspace.connection))


def check(workspace: Workspace, out: Path) -> None:
    """Refuse a name of a masked file that tells who is in it. Raises UserError."""
    crowd, stem = everybody(workspace), out.stem
    words = _WORD.findall(stem)
    alone = [*words, *(one.rstrip(_ASIDE) for one in words)]
    if mask_words(stem, crowd) != stem or any(len(word) == 2 and crowd.mask(word) != word for word in alone):
        raise UserError(
            "name_in_file_name", _("文件名里有居民的姓名或号码，遮住版不能这样叫。"), _("请换个文件名，如网格和周次。")
        )


def masking_of(workspace: Workspace) -> Callable[[str], str]:
    """Takes names of residents and numbers out of words that belong to no record, such as the name of a file."""
    crowd = everybody(workspace)
    return lambda text: mask_words(crowd.mask(text), crowd)


def mask_form(workspace: Workspace, patch: Patch) -> None:
    """Take names and numbers out of what stands around the cells of a form that leaves masked."""
    mask_around(patch.parts, masking_of(workspace))
