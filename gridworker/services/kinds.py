"""Kinds of needs by what people type for them: N03, 医疗, 看病报销, ylbx, yiliao."""

from functools import cache
from typing import Final

from gridworker.domain.codes import code_list
from gridworker.domain.text.blanks import fold_width
from gridworker.domain.text.pinyin import spellings
from gridworker.services.naming import word

NAME: Final = "need_kind"
USUAL: Final = ("N12", "N03", "N01", "N02", "N09", "N11")
"""Offered before anything is typed."""


def matching(typed: str, most: int = 6) -> list[str]:
    """The codes that fit best: by code, word, other word, pinyin or initials; the usual ones for an empty text."""
    asked = "".join(fold_width(typed).split()).casefold()
    if not asked:
        return list(USUAL[:most])
    ranked = [(rank, code) for code in code_list(NAME).codes() if (rank := _rank(asked, code)) is not None]
    return [code for _rank, code in sorted(ranked)][:most]


def label(code: str) -> str:
    """The code with its word: N03 医疗报销."""
    return f"{code} {word(NAME, code)}"


def short(code: str) -> str:
    """The shortest word of a kind, for lists."""
    return word(NAME, code, short=True)


def _rank(asked: str, code: str) -> int | None:
    """0 for the beginning of a code or word, 1 for the inside of one, 2 for the pinyin of its word, 3 of another word,
    None for no match.
    """
    words, own, others = _forms(code)
    if any(word.startswith(asked) for word in words):
        return 0
    if any(asked in word for word in words):
        return 1
    if any(form.startswith(asked) for form in own):
        return 2
    return 3 if any(form.startswith(asked) for form in others) else None


@cache
def _forms(code: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """What a kind is called; how its word is typed in pinyin, in full and by initials; how its other words are."""
    item = next(one for one in code_list(NAME).items if one.code == code)
    words = (code.casefold(), code[1:], item.label.casefold(), *(alias.casefold() for alias in item.aliases))
    return words, _typed(item.label), tuple(form for alias in item.aliases for form in _typed(alias))


def _typed(word: str) -> tuple[str, ...]:
    return tuple(
        form
        for spelling in spellings(word)
        for form in ("".join(spelling), "".join(syllable[0] for syllable in spelling))
    )
