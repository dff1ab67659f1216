"""The help of each page is there in every language, says the same things, and reads as headings, points and keys."""

import re

import pytest

from gridworker import i18n
from gridworker.paths import resource
from gridworker.services import help_texts
from gridworker.services.help_texts import Part

NAMES = sorted(file.stem for file in resource("help", "zh_CN").iterdir())


@pytest.mark.parametrize("spoken", i18n.LANGUAGES)
def test_every_language_has_the_same_pages(spoken):
    assert sorted(file.stem for file in resource("help", spoken).iterdir()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_say_the_same_things_and_name_the_same_keys(name):
    first, second = (help_texts.read(name, spoken) for spoken in i18n.LANGUAGES)
    assert [(part.kind, part.keys) for part in first] == [(part.kind, part.keys) for part in second]


@pytest.mark.parametrize("name", [name for name in NAMES if name != help_texts.EVERYWHERE])
def test_a_page_has_a_title_a_purpose_a_few_usual_things_and_keys(name):
    kinds = " ".join(part.kind for part in help_texts.read(name, "zh_CN"))
    usual, rare = "heading( point){3,6}", "( heading( point){1,4})?"
    assert re.fullmatch(f"title text {usual}{rare} heading( keys)+", kinds)


def test_keys_stand_before_their_words():
    assert Part("keys", "选一行", ("↑", "↓")) in help_texts.page_help("today")


def test_help_follows_the_language():
    i18n.use_language("en")
    try:
        assert help_texts.page_help("today")[0].text == "Today"
    finally:
        i18n.use_language("zh_CN")
