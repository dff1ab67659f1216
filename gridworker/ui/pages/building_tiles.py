"""How the doors of a building are painted: by the last meeting, the level of care, open needs or a campaign."""

from typing import Final

from gridworker.domain.rules.community import DONE, NOT_CONCERNED, REFUSED, TO_DO
from gridworker.i18n import _
from gridworker.services.building_page import Door, warmth
from gridworker.services.campaigns import STATES, UNSETTLED
from gridworker.ui.pages import wording
from gridworker.ui.widgets.door_grid import Cell

MET, LEVEL, NEEDS = "met", "level", "needs"
Legend = tuple[tuple[str, str], ...]
"""Colour token and word of each ground."""

_GROUND_OF_STATE: Final = {
    DONE: "h4", TO_DO: "surface2", NOT_CONCERNED: "h0", REFUSED: "red_weak", UNSETTLED: "amber_weak",
}  # fmt: skip
_GROUND_OF_LEVEL: Final = {"red": "red_weak", "yellow": "amber_weak", "green": "green_weak"}
_MANY: Final = 2


def cell(door: Door, mode: object, state: str = "") -> Cell:
    """A door as a tile; `state` is how it stands in the campaign that is shown."""
    met = _("{days} 天前见面").format(days=door.days) if door.days is not None else _("未见过面")
    level = wording.level_word(door.level)
    needs = _("未办诉求 {count} 件").format(count=door.needs) if door.needs else _("没有未办诉求")
    grounds = {MET: _by_days(door.days), LEVEL: _GROUND_OF_LEVEL.get(door.level, "surface2"), NEEDS: _by_needs(door)}
    seconds = {MET: met, LEVEL: level, NEEDS: needs}
    room = door.room or "—"
    tip = [" ".join(filter(None, (door.unit and _("{unit}单元").format(unit=door.unit), room, door.head)))]
    return Cell(
        key=door.household,
        short=room,
        title=f"{room} {_('空户') if door.empty else door.head}".strip(),
        second=_(state) if state else seconds[str(mode)],
        block=_("{unit}单元").format(unit=door.unit) if door.unit else "",
        floor=door.floor,
        ground=_GROUND_OF_STATE[state] if state else grounds[str(mode)],
        dashed=door.empty,
        bar="" if door.level == "normal" else wording.LEVEL_TONES.get(door.level, ""),
        badge=str(door.needs) if door.needs else "",
        badge_tone="red" if door.needs >= _MANY else "amber",
        tip=_("，").join([*tip, met, level, needs, *([_(state)] if state else [])]),
    )


def legend(mode: object) -> Legend:
    """What the grounds say."""
    if mode == MET:
        return (
            ("h5", _("≤7天")),
            ("h4", "≤14"),
            ("h3", "≤30"),
            ("h2", "≤60"),
            ("h1", ">60"),
            ("surface2", _("未见过面")),
        )
    if mode == LEVEL:
        return tuple((ground, wording.level_word(name)) for name, ground in _GROUND_OF_LEVEL.items())
    if mode == NEEDS:
        return (("surface2", _("没有")), ("h2", _("1 件")), ("h4", _("2 件以上")))
    keys = {state: f"{number} " for number, state in enumerate(STATES, 1)}
    return tuple((ground, keys.get(state, "") + _(state)) for state, ground in _GROUND_OF_STATE.items())


def _by_days(days: int | None) -> str:
    return f"h{warm}" if (warm := warmth(days)) else "surface2"


def _by_needs(door: Door) -> str:
    return "surface2" if not door.needs else "h2" if door.needs < _MANY else "h4"
