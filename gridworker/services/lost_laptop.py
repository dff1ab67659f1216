"""遗失电脑登记卡: how much lies on a laptop, which kinds of fields, up to which day, what was not handed in.

Made on the laptop beforehand, or at the township for a grid whose laptop is gone, out of what was handed in. It holds
counts and names of columns only.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from gridworker.domain.ids import Id, to_text
from gridworker.domain.ledger import Ledger, Privacy
from gridworker.domain.ledgers import ledgers
from gridworker.i18n import _
from gridworker.services import access, papers
from gridworker.services.access_words import short_number
from gridworker.services.hand_ins import hand_ins
from gridworker.services.papers import Paper
from gridworker.services.summary import unit_name
from gridworker.services.workspace import Workspace, grid_id
from gridworker.store import batches, deeds, exports, queries

_OF_NOBODY: Final = frozenset({"grid", "worker"})
_NAMED: Final = 8
"""Ledgers that the card counts one by one."""


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says of one laptop."""

    unit: str
    person: str
    device: str
    counts: Mapping[str, int]
    """By ledger, the fullest first."""
    sensitive: Mapping[str, int]
    """By column: how many records have something in it; 身份证号 23."""
    personal: Mapping[str, int]
    until: str
    """The newest day of which anything is there."""
    lacking: str
    """What was not handed in."""
    handed_in: str
    log: str

    def as_json(self) -> dict[str, object]:
        """For the command line."""
        return {
            "unit": self.unit, "person": self.person, "device": self.device or None, "encrypted": True,
            "counts": dict(self.counts), "sensitive": dict(self.sensitive), "personal": dict(self.personal),
            "until": self.until or None, "not_handed_in": self.lacking, "last_handed_in": self.handed_in,
            "log": self.log or None,
        }  # fmt: skip

    def facts(self) -> list[tuple[str, str]]:
        """The card line by line; Chinese like every paper."""
        counts = [f"{ledgers()[name].label} {count}" for name, count in list(self.counts.items())[:_NAMED]]
        return [
            ("使用人", " · ".join(word for word in (self.person, self.unit) if word)),
            ("电脑编号", self.device or "见该电脑最后一份周报"),
            ("数据有多少", "，".join(counts) or "没有"),
            ("敏感栏目", _listed(self.sensitive)),
            ("一般个人信息", _listed(self.personal)),
            ("截止到哪天", self.until or "没有"),
            ("是否加密", "是。整库加密（SQLCipher），密码和恢复码不在电脑里；没有其中之一打不开"),
            ("最后上交", self.handed_in or "没有交过"),
            ("没有上交的", self.lacking),
            ("访问日志", self.log or "见最后一份周报封面"),
        ]


def of_this_laptop(workspace: Workspace) -> Card:
    """The card of the laptop one sits at."""
    counts, columns = _held(workspace, None)
    unreported, last = exports.unreported(workspace.connection, workspace.store.device)
    lacking = "" if workspace.is_township else f"{unreported} 次录入" + (f"，{last[:10]} 以后" if last else "")
    return Card(
        unit_name(workspace), workspace.store.author, short_number(to_text(workspace.store.device)), counts,
        columns[Privacy.SENSITIVE], columns[Privacy.PERSONAL], deeds.newest_day(workspace.connection),
        lacking or "乡镇电脑不上交", _last_export(workspace), access.head(workspace).words,
    )  # fmt: skip


def of_grid(workspace: Workspace, code: str) -> Card:
    """The card of a grid's laptop, as far as the township knows from what was handed in."""
    counts, columns = _held(workspace, grid_id(code))
    came = hand_ins(batches.of_grid(workspace.connection, code))
    last = max(came, key=lambda one: (one.made, len(one.past)), default=None)
    lacking = f"{last.made} 以后录入的，数量不知道" if last else "全部"
    log = f"{last.log_lines} 行　{last.log_value}" if last and last.log_lines else ""
    words = f"{last.link.week or last.last}（{last.made} 导出，{_form(masked=last.link.masked)}）" if last else ""
    return Card(
        unit_name(workspace, code), last.sender if last else "", "", counts, columns[Privacy.SENSITIVE],
        columns[Privacy.PERSONAL], last.made if last else "", lacking, words, log,
    )  # fmt: skip


def paper(workspace: Workspace, grid: str = "") -> Paper:
    """The card on one page."""
    words, card = papers.form("lost_laptop"), of_grid(workspace, grid) if grid else of_this_laptop(workspace)
    unit, date = words["unit"].format(unit=card.unit), words["date"].format(date=workspace.today.isoformat())
    return Paper(
        name=f"{words['title']}_{grid}" if grid else words["title"],
        head=(papers.title(words["title"]), papers.line(unit, date)),
        rows=(*(papers.facts([one], 11) for one in card.facts()), *(papers.prose(one, 10) for one in words["steps"])),
        foot=words["foot"],
        logged=f"lost_laptop {grid}".strip(),
        personal=False,
    )


def _held(workspace: Workspace, grid: Id | None) -> tuple[dict[str, int], dict[Privacy, dict[str, int]]]:
    """By ledger its records; by privacy class and column how many records have something in it."""
    counts: dict[str, int] = {}
    columns: dict[Privacy, dict[str, int]] = {Privacy.SENSITIVE: {}, Privacy.PERSONAL: {}}
    for of in ledgers().values():
        if of.name in _OF_NOBODY:
            continue
        private = [one for one in of.fields if one.privacy is not Privacy.PLAIN]
        every, *filled = queries.filled(
            workspace.connection, of.name, [one.name for one in private], *_within(of, grid)
        )
        if every:
            counts[of.name] = every
        for one, count in zip(private, filled, strict=True):
            if count and one.privacy:
                into = columns[one.privacy]
                into[one.label] = into.get(one.label, 0) + count
    return _fullest(counts), {privacy: _fullest(some) for privacy, some in columns.items()}


def _within(of: Ledger, grid: Id | None) -> tuple[str, tuple[Id, ...]]:
    """Which records of a ledger are a grid's, as a condition."""
    homes = "household in (select id from household where grid = ?)"
    if grid is None:
        return "1", ()
    if "grid" in of.by_name:
        return "grid = ?", (grid,)
    if "household" in of.by_name:
        return homes, (grid,)
    return ("need in (select id from need where grid = ?)", (grid,)) if "need" in of.by_name else ("0", ())


def _fullest(some: dict[str, int]) -> dict[str, int]:
    return dict(sorted(some.items(), key=lambda one: -one[1]))


def _listed(columns: Mapping[str, int]) -> str:
    return "、".join(f"{label} {count}" for label, count in columns.items()) or "没有"


def _last_export(workspace: Workspace) -> str:
    for at, file, _first, _last, masked in exports.recent(workspace.connection, 1):
        return f"{file}（{at[:10]} 导出，{_form(masked=masked)}）"
    return ""


def _form(*, masked: bool) -> str:
    return "遮住版" if masked else "完整加密版"


def choices(workspace: Workspace) -> list[tuple[str, str]]:
    """Whose card can be made here, by word and code of the grid: this laptop's, at the township every grid's."""
    own = [(_("这台电脑"), "")]
    if not workspace.is_township:
        return own
    rows = queries.every(workspace.connection, "grid", "code")
    codes = [(str(row.plain("code") or ""), str(row.plain("name") or "")) for row in rows]
    return [*own, *((f"{code} {name}".strip(), code) for code, name in codes if code)]
