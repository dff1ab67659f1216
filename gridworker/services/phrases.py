"""常用语: sentences nobody should type twice, by the field they go into: the shipped ones or a person's own list."""

import json
from collections.abc import Sequence
from typing import Final

from gridworker.i18n import _
from gridworker.services.workspace import Workspace

LETTERS: Final = "abcdef"
"""The key of each sentence offered at once: more are slower to read than to type."""
LONGEST_LIST: Final = 20
LONGEST: Final = 200
"""Characters of a sentence."""
MET, ABSENT, REFUSED, STEP, RESULT = "met", "absent", "refused", "step", "result"
_LISTS: Final = "phrase_lists"
_ADDED: Final = "phrases"
"""Setting of earlier releases: a person's own sentences, offered before the shipped ones."""


def fields() -> dict[str, str]:
    """By group of sentences: the field they are for."""
    return {
        MET: _("走访内容：见面"),
        ABSENT: _("走访内容：没见到"),
        REFUSED: _("走访内容：拒访"),
        STEP: _("办理措施"),
        RESULT: _("办结说明"),
    }


def shipped(group: str) -> list[str]:
    """The sentences of a group before a person changes them."""
    return {
        MET: [_("身体好，情况正常。"), _("燃气、用电已查，无隐患。"), _("已留连心卡。")],
        ABSENT: [_("敲门无人应，已留连心卡。"), _("邻居说外出了。"), _("电话无人接听。")],
        REFUSED: [_("隔门说明来意，未开门。"), _("说已登记过，不愿再谈。")],
        STEP: [_("已联系承办单位，等回话。"), _("已到现场看过。"), _("已把办法和材料告诉本人。")],
        RESULT: [_("已办好，本人知道了。"), _("按规定办不了，已向本人说明。")],
    }[group]


def of_outcome(outcome: str) -> str:
    """The group for the words of a visit with this outcome."""
    return outcome if outcome in {MET, REFUSED} else ABSENT


def offered(workspace: Workspace, group: str) -> list[str]:
    """As many sentences of a group as are offered at once."""
    return sentences(workspace, group)[: len(LETTERS)]


def sentences(workspace: Workspace, group: str) -> list[str]:
    """All sentences of a group, in a person's order."""
    own: list[str] | None = _lists(workspace).get(group)
    if own is not None:
        return own
    added = workspace.store.get_json(_ADDED, {}).get(group, [])
    return list(dict.fromkeys([*added, *shipped(group)]))


def is_own(workspace: Workspace, group: str) -> bool:
    """Whether a person changed the sentences of a group."""
    return sentences(workspace, group) != shipped(group)


def keep(workspace: Workspace, group: str, wanted: Sequence[str]) -> None:
    """Keep these sentences of a group in this order: each once, none empty, the first twenty."""
    clean = (one.strip()[:LONGEST] for one in wanted)
    kept = list(dict.fromkeys(one for one in clean if one))[:LONGEST_LIST]
    workspace.store.set(_LISTS, json.dumps(_lists(workspace) | {group: kept}, ensure_ascii=False))


def remember(workspace: Workspace, group: str, sentence: str) -> None:
    """Keep a sentence as the first of its group."""
    keep(workspace, group, [sentence, *sentences(workspace, group)])


def restore(workspace: Workspace, group: str) -> None:
    """Back to the shipped sentences of a group."""
    for setting in (_LISTS, _ADDED):
        kept = workspace.store.get_json(setting, {})
        kept.pop(group, None)
        workspace.store.set(setting, json.dumps(kept, ensure_ascii=False))


def _lists(workspace: Workspace) -> dict[str, list[str]]:
    found: dict[str, list[str]] = workspace.store.get_json(_LISTS, {})
    return found
