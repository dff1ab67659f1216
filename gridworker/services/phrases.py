"""常用语: sentences of a visit that nobody should type twice; the shipped ones, and those a person keeps."""

import json
from typing import Final

from gridworker.i18n import _
from gridworker.services.workspace import Workspace

MOST: Final = 6
"""Sentences offered at once: more are slower to read than to type."""
_SETTING: Final = "phrases"


def shipped(outcome: str) -> list[str]:
    """The sentences offered before a person keeps own ones."""
    if outcome == "met":
        return [_("身体好，情况正常。"), _("燃气、用电已查，无隐患。"), _("已留连心卡。")]
    if outcome == "refused":
        return [_("隔门说明来意，未开门。"), _("说已登记过，不愿再谈。")]
    return [_("敲门无人应，已留连心卡。"), _("邻居说外出了。"), _("电话无人接听。")]


def phrases(workspace: Workspace, outcome: str) -> list[str]:
    """The sentences for an outcome, a person's own first."""
    own = workspace.store.get_json(_SETTING, {}).get(_group(outcome), [])
    return list(dict.fromkeys([*own, *shipped(outcome)]))[:MOST]


def remember(workspace: Workspace, outcome: str, sentence: str) -> None:
    """Keep a sentence as the first of its outcome."""
    kept = workspace.store.get_json(_SETTING, {})
    group = _group(outcome)
    kept[group] = list(dict.fromkeys([sentence, *kept.get(group, [])]))[:MOST]
    workspace.store.set(_SETTING, json.dumps(kept, ensure_ascii=False))


def _group(outcome: str) -> str:
    return outcome if outcome in {"met", "refused"} else "absent"
