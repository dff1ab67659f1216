"""Yes and no in all the signs that forms use."""

import re
from typing import Final

from gridworker.domain.text.blanks import fold_width, is_blank
from gridworker.domain.text.parsed import BLANK, INVALID, Parsed, Raw

_YES_WORDS: Final = "是 有 对 要 需要 愿意 同意 参加 已 代办 帮办 √ ✓ ✔ ✅ ☑ ■ ● 1 y yes t true v"
_NO_WORDS: Final = "否 无 没有 没 不 不是 不要 不需要 不愿意 不同意 不参加 未 自办 × ✗ ✘ ✕ ❌ ☐ □ 0 n no f false x"
_YES_TOLD: Final = (
    "需 需保密 需要保密 保密 要保密 要求保密 需要课后服务 已参加 参与 报名参加 愿参加 有需求 有需要 "
    "网格员代办 由网格员代办 委托代办 已代办 帮代办 已确认 已成立"
)
_NO_TOLD: Final = (
    "不需 无需 不用 不必 不保密 不需保密 无需保密 不需要保密 不要求保密 不要求 未参加 没参加 不想参加 不参与 未参与 "
    "不愿 无需求 没需求 没有需求 无需要 本人办 本人办理 自己办 自己办理 自行办理 本人自办 未代办 不代办 未确认 未成立"
)
"""What people write where a form asks whether: with what was asked, or how else it goes."""
_YES: Final = frozenset(f"{_YES_WORDS} {_YES_TOLD}".split())
_NO: Final = frozenset(f"{_NO_WORDS} {_NO_TOLD}".split())
_TICK: Final = r"[√✓✔☑■●]"
_TICKED_AFTER_BOX: Final = re.compile(rf"{_TICK}(是|否|有|无)")
_TICKED_BEFORE_BOX: Final = re.compile(rf"(是|否|有|无){_TICK}")
_BOX: Final = re.compile(r"[√✓✔☑■●☐□]")


def parse_yes_no(raw: Raw) -> Parsed:
    """Whether the cell says yes: 是 √ 有 ☑ 1 Y TRUE, or no: 否 × 无 □ 0 N FALSE."""
    if raw is None or isinstance(raw, bool):
        return Parsed(raw)
    if isinstance(raw, int | float):
        return Parsed(bool(raw)) if raw in (0, 1) else BLANK if is_blank(raw) else INVALID
    if not isinstance(raw, str):
        return INVALID
    text = fold_width(raw).replace(" ", "").lower()
    if text in _YES:
        return Parsed(True)
    if text in _NO:
        return Parsed(False)
    return BLANK if is_blank(raw) else _parse_boxes(text)


def _parse_boxes(text: str) -> Parsed:
    """Two options of which one is ticked: ☑是 □否, 是□ 否√."""
    ticked = (_TICKED_AFTER_BOX if _BOX.match(text) else _TICKED_BEFORE_BOX).findall(text)
    return Parsed(ticked[0] in ("是", "有")) if len(ticked) == 1 else INVALID
