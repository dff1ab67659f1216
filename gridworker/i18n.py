"""Words: Chinese in the source, gettext catalogues for the rest; no Qt."""

import gettext
import os
from typing import Final

from gridworker import paths

LANGUAGES: Final = ("zh_CN", "en")
_current: gettext.NullTranslations = gettext.NullTranslations()
_language = "zh_CN"


def use_language(language: str | None = None) -> str:
    """Switch every later `_()` to this language; unknown ones mean Chinese. Returns the language used."""
    global _current, _language  # noqa: PLW0603 - one process speaks one language
    asked = language or os.environ.get("GRIDWORKER_LANGUAGE") or "zh_CN"
    chosen = asked if asked in LANGUAGES else "zh_CN"
    if chosen == "zh_CN":
        _current = gettext.NullTranslations()
    else:
        _current = gettext.translation("gridworker", str(paths.resource("locale")), [chosen], fallback=True)
    _language = chosen
    return chosen


def language() -> str:
    """The language of every `_()` now."""
    return _language


def _(message: str) -> str:
    """The message in the current language; nothing for none, where a catalogue would tell its header."""
    return _current.gettext(message) if message else ""
