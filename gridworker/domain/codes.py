"""Code lists: what may stand in a field, in the words people use; the data is `resources/codes/lists.json`.

A list whose code names the design fixes has ASCII codes (`home` 入户); in all others the Chinese word is the code.
A list of one field alone stands in the ledger's own declaration: `inline`.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any, Final

from gridworker.domain.text.blanks import fold_width
from gridworker.paths import json_resource

_AFFIXED: Final = re.compile(
    "(?:全家|目前|现在?|已经|属于?|[a-d]类)?(.{2,}?)(?:户|人员|人|者|对象|类|问题|的|了|复印件|原件|隐患|途径)?"
)
"""What people write around a word of a list without saying more: A类低保, 低保户, 身份证复印件, 化解了."""
_OTHER: Final = re.compile(
    "其[他它](?:类型|类别|情况|方式|用途|状态|险种|渠道|来源|内容|宣传|走访|事项|资料|材料|纠纷|民事)?"
)
"""What people write for what no other word of a list says."""

_OPTION: Final = re.compile(
    r"^(?:[A-Za-zＡ-Ｚ][.、．:：)）-]|[0-9]{1,3}(?:[.、．:：)）-]|\s)|0[0-9]{1,2})\s*(?=[一-鿿])"
)
"""What forms and platforms put before a word to choose: A.入户走访, 01-入户走访, 1 男."""
_HINTED: Final = re.compile(r"(?P<word>[^()]+)\((?P<hint>[^()]+)\)")
"""A word and what it means, 蓝（一般）; what stands in brackets may take it back as well: 低保（已退出）."""
_TWO_WORDS: Final = range(4, 9)
"""Characters of a text that may be two words."""


@dataclass(frozen=True, slots=True)
class Item:
    """One value of a list: what is stored, what is shown, and what else people write for it."""

    code: str
    label: str
    aliases: tuple[str, ...]
    extras: Mapping[str, str | bool]
    """More about the value, such as the usual unit (`unit`) of a kind of need."""


@dataclass(frozen=True)
class CodeList:
    """The values of a field in the order in which they are offered."""

    name: str
    title: str
    """What the list is called, such as 走访方式."""
    items: tuple[Item, ...]

    def codes(self) -> tuple[str, ...]:
        """All codes, in order."""
        return tuple(self._by_code)

    def label(self, code: str, short: bool = False) -> str:
        """The word shown for a code, the short one for narrow places; an unknown code stands for itself."""
        item = self._by_code.get(code)
        return code if item is None else str(item.extras.get("short", item.label) if short else item.label)

    def find(self, text: str) -> str | None:
        """The code that a text names, by code, label or alias; blanks, width, case and idle affixes do not count.

        Two words of one code written as one are it as well: 供水供电.
        """
        folded = _fold(text)
        known = self._by_text
        found = (
            known.get(folded) or known.get(_bare(folded)) or (known.get("其他") if _OTHER.fullmatch(folded) else None)
        )
        if found:
            return found
        if (plain := _OPTION.sub("", text.strip())) != text.strip():
            return self.find(plain)
        if hinted := _HINTED.fullmatch(folded):
            word, hint = self.find(hinted["word"]), self.find(hinted["hint"])
            return word if word == hint else None
        if len(folded) not in _TWO_WORDS:
            return None
        pairs = ({known.get(folded[:cut]), known.get(folded[cut:])} for cut in range(2, len(folded) - 1))
        return next((pair.pop() for pair in pairs if len(pair) == 1 and None not in pair), None)

    def extra(self, code: str, name: str) -> str | bool | None:
        """Something else known about a code; None if nothing is."""
        item = self._by_code.get(code)
        return item.extras.get(name) if item else None

    @cached_property
    def _by_code(self) -> dict[str, Item]:
        return {item.code: item for item in self.items}

    @cached_property
    def _by_text(self) -> dict[str, str]:
        """Aliases give way to labels, labels to codes; code and label may stand together, as in N03 医疗报销."""
        found: dict[str, str] = {}
        for item in self.items:
            found |= {_fold(alias): item.code for alias in item.aliases}
        found |= {_fold(item.code + item.label): item.code for item in self.items}
        found |= {_fold(item.label): item.code for item in self.items}
        return found | {_fold(item.code): item.code for item in self.items}


INLINE: Final = "="
"""What the name of a list begins with that a ledger declares on the spot: the words, each with its other spellings."""


def inline(words: Iterable[str | tuple[str, ...]]) -> str:
    """The name of a list that is nothing but its words: `=自荐|推荐,举荐`."""
    return INLINE + "|".join(one if isinstance(one, str) else ",".join(one) for one in words)


@cache
def code_list(name: str) -> CodeList:
    """One list by name. Raises KeyError."""
    if name.startswith(INLINE):
        told = (one.split(",") for one in name.removeprefix(INLINE).split("|"))
        return CodeList(name, "", tuple(Item(word, word, tuple(aliases), {}) for word, *aliases in told))
    listed = json_resource("codes", "lists.json")[name]
    return CodeList(name, listed["label"], tuple(_item(**item) for item in listed["items"]))


def code_list_names() -> tuple[str, ...]:
    """The names of all lists."""
    return tuple(json_resource("codes", "lists.json"))


def materials(of: str, code: str) -> tuple[str, ...]:
    """What papers a medical matter, a school stage or a registration asks for: codes of the list `materials`."""
    return tuple(json_resource("codes", "materials.json").get(of, {}).get(code, ()))


def materials_note() -> str:
    """What has to be said under every checklist: local notices come first."""
    return str(json_resource("codes", "materials.json")["note"])


def _item(code: str, label: str, aliases: list[str], **extras: Any) -> Item:
    return Item(code, label, tuple(aliases), extras)


@lru_cache(maxsize=4096)
def _fold(text: str) -> str:
    return "".join(fold_width(text).split()).casefold()


@lru_cache(maxsize=4096)
def _bare(folded: str) -> str:
    """A word without what people write around it; itself where nothing is."""
    found = _AFFIXED.fullmatch(folded)
    return found[1] if found else folded
