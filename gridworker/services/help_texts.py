"""The help of each page of the window, shipped as a small Markdown file in every language."""

import re
from dataclasses import dataclass
from typing import Final

from gridworker.i18n import language
from gridworker.paths import resource

TITLE: Final = "title"
HEADING: Final = "heading"
POINT: Final = "point"
KEYS: Final = "keys"
TEXT: Final = "text"
EVERYWHERE: Final = "everywhere"
"""The file of what holds on every page; told after each page's own."""
_MARKS: Final = (("# ", TITLE), ("## ", HEADING), ("- ", POINT))
_KEY: Final = re.compile(r"`([^`]+)` ?")


@dataclass(frozen=True, slots=True)
class Part:
    """One line of a help page: its kind (TITLE … TEXT), its words, and the keys a line of KEYS begins with."""

    kind: str
    text: str
    keys: tuple[str, ...] = ()


def page_help(page: str) -> list[Part]:
    """A page's help in the language of the window."""
    return read(page, language())


def everywhere() -> list[Part]:
    """What holds on every page, in the language of the window."""
    return read(EVERYWHERE, language())


def read(name: str, spoken: str) -> list[Part]:
    """One help file, line by line."""
    lines = resource("help", spoken, f"{name}.md").read_text(encoding="utf-8").splitlines()
    return [_part(line) for line in lines if line.strip()]


def _part(line: str) -> Part:
    mark, kind = next(((mark, kind) for mark, kind in _MARKS if line.startswith(mark)), ("", TEXT))
    words = line.removeprefix(mark).strip()
    if kind == POINT and (keys := _KEY.findall(words)):
        return Part(KEYS, _KEY.sub("", words), tuple(keys))
    return Part(kind, words)
