"""A few of the hostile workbooks of `python -m tests.fuzz`, always the same ones; and the looks that judge them."""

import io
import zipfile
from collections import Counter
from random import Random

import pytest

from gridworker.exchange import raw
from tests.fuzz import planted, seeds
from tests.fuzz.mutate import mutated
from tests.fuzz.seeds import Seed
from tests.fuzz.stage import Stage
from tests.services.township_books import ready_book

FILES = 30
SMALL = 8_000


@pytest.fixture
def stage(township, tmp_path):
    with raw.reader() as read:
        yield Stage(township, tmp_path / "stage", read.__self__)


@pytest.fixture
def sources(open_copy, tmp_path):
    own = ready_book(open_copy, tmp_path / "周报.xlsx").read_bytes()
    clerks = [one for one in [*seeds.clerks(), seeds.with_macros(), seeds.locked()] if len(one.data) < SMALL]
    return [*clerks, *[Seed("周报.xlsx", own, "ours")] * len(clerks)]


def test_hostile_files_keep_the_laws(stage, sources):
    kinds = Counter()
    for number in range(FILES):
        dice = Random(f"sample {number}")
        source, other = dice.choice(sources), dice.choice(sources)
        ways, data = mutated(source, other, dice)
        done = stage.try_file(f"{number}_{source.name}", data, marks=number % 5 == 0, as_form=number % 10 == 0)
        assert not done.faults, f"{number} {source.name} [{ways}]: {done.faults}"
        kinds[done.kind.partition(":")[0].partition(",")[0]] += 1
    assert not stage.settle()
    assert kinds["taken"] > 3
    assert kinds["refused"] > 3


def test_what_is_planted_would_be_seen():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", "<c><f>SUM(A1)</f></c><c><f>evil()</f></c><c><f>CALL(1)</f></c>")
        archive.writestr("xl/_rels/a.rels", '<Relationship Id="a" Target="http://evil.example" TargetMode="External"/>')
        archive.writestr("xl/vbaProject.bin", "x")
    found = planted.smuggled(target.getvalue())
    assert sorted(found) == ["formula CALL(1)", "formula evil()", "link http://evil.example", "xl/vbaProject.bin"]
    assert planted.added(target.getvalue(), target.getvalue()) == ["xl/vbaProject.bin"]
