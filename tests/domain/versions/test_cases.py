"""All vectors, fed in any order, any number of times."""

import random
from typing import Any

import pytest

from tests.domain.versions.cases import FILE, entry_of, outcome


@pytest.mark.parametrize("case", FILE["cases"], ids=lambda case: case["name"])
def test_case(case: dict[str, Any]) -> None:
    withdrawn = set(case.get("withdrawn", ()))
    counted = [raw for raw in case["entries"] if not raw.get("in") or set(raw["in"]) - withdrawn]
    entries = [entry_of(raw) for raw in counted]
    expected = {name: value for name, value in case["expect"].items() if value or name == "records"}
    for seed in range(4):
        dice = random.Random(seed)
        fed = entries + dice.choices(entries, k=len(entries) if entries and seed else 0)
        dice.shuffle(fed)
        assert outcome(fed) == expected
