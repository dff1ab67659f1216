"""English is a complete translation: every word, with the same places to fill in."""

import re

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
    assert make_messages.MO.read_bytes() == make_messages.compiled()


def test_no_translation_holds_chinese() -> None:
    for message in make_messages.load():
        if message.id and message.string:
            shown = re.sub(r"N\d\d", "", str(message.string))
            assert not re.search(r"[一-鿿]", shown), message.id
