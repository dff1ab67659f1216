"""JSON of others is read, or is damaged; nothing in it stops the program."""

import pytest

from gridworker.domain.text import json_text


def test_what_it_says():
    assert json_text.told('{"a": [1, null]}') == {"a": [1, None]}


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, '{"a":' * 100_000])
def test_torn_or_nested_without_end(text):
    with pytest.raises(ValueError, match=r"."):
        json_text.told(text)
