"""办事指南: what is known of each kind of need, told as a card beside the form; the data is `resources/policy/`."""

from gridworker.i18n import _
from gridworker.paths import json_resource
from gridworker.services import kinds
from gridworker.services.help_texts import HEADING, TEXT, TITLE, Part


def card(kind: str) -> list[Part]:
    """The card of a kind; a kind of which nothing is known says so."""
    data = json_resource("policy", "policy.json")
    known = data.get(kind, {})
    parts = [Part(TITLE, kinds.label(kind))]
    for name, heading in sections().items():
        if known.get(name):
            parts += [Part(HEADING, heading), Part(TEXT, known[name])]
    if not known:
        parts.append(Part(TEXT, _("暂无资料。")))
    return [*parts, Part(TEXT, data["note"])]


def sections() -> dict[str, str]:
    """By field of a card: its heading, in the order of the card."""
    return {"who": _("谁能办"), "papers": _("材料"), "where": _("到哪办"), "days": _("多久"), "more": _("说明")}
