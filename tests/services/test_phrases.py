"""常用语: a person's own list per field, the shipped one until there is one, nothing twice and nothing lost."""

import json

import pytest

from gridworker.services import phrases


@pytest.mark.parametrize("group", phrases.fields())
def test_shipped_sentences_are_offered_until_a_person_changes_them(worker, group):
    assert phrases.sentences(worker, group) == phrases.shipped(group)
    phrases.keep(worker, group, ["乙", "甲"])
    assert phrases.sentences(worker, group) == ["乙", "甲"]
    phrases.keep(worker, group, [])
    assert phrases.sentences(worker, group) == []
    phrases.restore(worker, group)
    assert not phrases.is_own(worker, group)


def test_a_sentence_kept_while_typing_comes_first_in_its_group_only(worker):
    phrases.remember(worker, phrases.of_outcome("met"), "老人去女儿家了")
    assert phrases.offered(worker, phrases.MET)[0] == "老人去女儿家了"
    assert "老人去女儿家了" not in phrases.sentences(worker, phrases.of_outcome("away"))
    for number in range(30):
        phrases.remember(worker, phrases.MET, str(number))
    assert len(phrases.offered(worker, phrases.MET)) == len(phrases.LETTERS)
    assert len(phrases.sentences(worker, phrases.MET)) == phrases.LONGEST_LIST


def test_each_sentence_stands_once_and_none_is_empty(worker):
    phrases.keep(worker, phrases.STEP, [" 甲 ", "", "乙", "甲", "长" * 300])
    assert phrases.sentences(worker, phrases.STEP) == ["甲", "乙", "长" * phrases.LONGEST]


def test_what_an_earlier_release_kept_is_still_there(worker):
    worker.store.set("phrases", json.dumps({"met": ["老句子"]}))
    assert phrases.sentences(worker, phrases.MET) == ["老句子", *phrases.shipped(phrases.MET)]
    phrases.restore(worker, phrases.MET)
    assert phrases.sentences(worker, phrases.MET) == phrases.shipped(phrases.MET)
