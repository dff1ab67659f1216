"""English is a complete translation: every word, with the same places to fill in."""

import io
import re
from typing import IO

from babel.messages.mofile import read_mo

from tests.tools import make_messages


def test_every_word_is_translated() -> None:
    known = {message.id: message.string for message in make_messages.load() if message.id}
    missing = [text for text in make_messages.messages() if not known.get(text)]
    assert not missing


def test_places_to_fill_in_agree() -> None:
    for message in make_messages.load():
        if message.id:
            assert _places(str(message.id)) == _places(str(message.string)), message.id


def _places(text: str) -> list[str]:
    return sorted(re.findall(r"\{[^{}]*\}", text))


def test_the_compiled_catalogue_is_up_to_date() -> None:
    """By what it says: another release of the compiler may arrange the same words otherwise."""
    with make_messages.MO.open("rb") as stored:
        assert _said(stored) == _said(io.BytesIO(make_messages.compiled()))


def _said(file: IO[bytes]) -> dict[str, str]:
    return {str(message.id): str(message.string) for message in read_mo(file) if message.id}


def test_no_translation_holds_chinese() -> None:
    for message in make_messages.load():
        if message.id and message.string:
            shown = re.sub(r"N\d\d", "", str(message.string))
            assert not re.search(r"[一-鿿]", shown), message.id
