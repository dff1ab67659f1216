"""办事指南: what is known of each kind of need, told as a card beside the form.

The shipped texts are `resources/policy/`; over them lie the township's, which come in its set-up file, and over those
the texts written on this laptop. Both are settings of the encrypted store.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from gridworker.i18n import _
from gridworker.paths import json_resource
from gridworker.services.workspace import Workspace

WORDS: Final[Mapping[str, str]] = {
    "who": "谁能办", "papers": "材料", "where": "到哪办", "days": "多久", "more": "说明",
}  # fmt: skip
"""By part of a card: its heading, in the order of the card."""
LONGEST: Final = 2000
"""Characters of one part; more would be no card."""
_OWN: Final = "guide"
_TOWNSHIP: Final = "guide_township"
_OPEN: Final = "guide_open"

Texts = Mapping[str, Mapping[str, str]]
"""By kind and part."""


@dataclass(frozen=True, slots=True)
class Card:
    """What is told of a kind: by part its text, parts without one left out, and which parts were written here."""

    kind: str
    texts: Mapping[str, str]
    own: frozenset[str]


def card(workspace: Workspace, kind: str) -> Card:
    """The card of a kind in the language of the window; what people wrote stands as they wrote it."""
    written = own_texts(workspace).get(kind, {})
    return _card(kind, _shown_original(workspace, kind) | written, frozenset(written))


def written_card(workspace: Workspace, kind: str) -> Card:
    """The same with the shipped texts in Chinese, as files have it."""
    written = own_texts(workspace).get(kind, {})
    return _card(kind, _original(workspace, kind) | written, frozenset(written))


def note() -> str:
    """The sentence every card ends with."""
    return _(written_note())


def written_note() -> str:
    """The same in Chinese."""
    return str(_shipped()["note"])


def write(workspace: Workspace, kind: str, texts: Mapping[str, str]) -> None:
    """Keep what a person wrote of a kind; a part as it was before is not one's own, an empty one is left out."""
    fresh = {part: text.strip()[:LONGEST] for part, text in texts.items() if part in WORDS}
    _write(workspace, {kind: fresh}, {kind: _shown_original(workspace, kind)})


def take_texts(workspace: Workspace, texts: Texts) -> None:
    """The same for many kinds at once, as a file has them, in Chinese."""
    _write(workspace, texts, {kind: _original(workspace, kind) for kind in texts})


def restore(workspace: Workspace, kind: str) -> None:
    """Back to the original of a kind: the township's text, else the shipped one."""
    set_own_texts(workspace, {name: texts for name, texts in own_texts(workspace).items() if name != kind})


def own_texts(workspace: Workspace) -> dict[str, dict[str, str]]:
    """What was written on this laptop."""
    found: dict[str, dict[str, str]] = workspace.store.get_json(_OWN, {})
    return found


def set_own_texts(workspace: Workspace, texts: Texts) -> None:
    """Replace what was written on this laptop."""
    _keep(workspace, _OWN, texts)


def for_setup(workspace: Workspace) -> dict[str, dict[str, str]]:
    """What a township hands on to its workers: its own texts over those it got itself."""
    own, got = own_texts(workspace), _township_texts(workspace)
    return {kind: got.get(kind, {}) | own.get(kind, {}) for kind in sorted({*own, *got})}


def take_setup(workspace: Workspace, texts: Any) -> None:
    """Keep the township's texts; what is not text of a part is not taken."""
    given = texts if isinstance(texts, dict) else {}
    some = {kind: parts for kind, parts in given.items() if isinstance(parts, dict)}
    clean = {
        str(kind): {part: text[:LONGEST] for part, text in parts.items() if part in WORDS and isinstance(text, str)}
        for kind, parts in some.items()
    }
    _keep(workspace, _TOWNSHIP, clean)


def shipped_texts() -> set[str]:
    """Every shipped sentence, for translation."""
    cards = (one for one in _shipped().values() if isinstance(one, dict))
    return {text for one in cards for text in one.values()}


def is_open(workspace: Workspace) -> bool:
    """Whether the card stands beside the form, as it was left last."""
    return bool(workspace.store.get(_OPEN))


def set_open(workspace: Workspace, wanted: bool) -> None:
    """Remember whether it does."""
    workspace.store.set(_OPEN, "yes" if wanted else "")


def _card(kind: str, texts: Mapping[str, str], own: frozenset[str]) -> Card:
    return Card(kind, {part: texts[part] for part in WORDS if texts.get(part)}, own)


def _write(workspace: Workspace, texts: Texts, originals: Texts) -> None:
    kept = own_texts(workspace)
    for kind, fresh in texts.items():
        known = {**kept.get(kind, {}), **fresh}
        kept[kind] = {part: text for part, text in known.items() if text != originals[kind].get(part, "")}
    set_own_texts(workspace, kept)


def _shown_original(workspace: Workspace, kind: str) -> dict[str, str]:
    """What is shown of a kind where nothing was written here."""
    return {part: _(text) for part, text in _shipped_of(kind).items()} | _township_texts(workspace).get(kind, {})


def _original(workspace: Workspace, kind: str) -> dict[str, str]:
    return _shipped_of(kind) | _township_texts(workspace).get(kind, {})


def _shipped_of(kind: str) -> dict[str, str]:
    known = _shipped().get(kind, {})
    return dict(known) if isinstance(known, dict) else {}


def _township_texts(workspace: Workspace) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = workspace.store.get_json(_TOWNSHIP, {})
    return found


def _shipped() -> dict[str, Any]:
    found: dict[str, Any] = json_resource("policy", "policy.json")
    return found


def _keep(workspace: Workspace, name: str, texts: Texts) -> None:
    some = {kind: dict(parts) for kind, parts in sorted(texts.items()) if parts}
    workspace.store.set(name, json.dumps(some, ensure_ascii=False))
