"""A few of the pulled plugs, spread over each deed; all of them: `python -m tests.plug`."""

import sys

import pytest

from tests.plug.deeds import DEEDS, Deed
from tests.plug.plug import WAYS
from tests.plug.trials import Stage

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="replaces the system calls of SQLite on Linux")
FEW = [one for one in DEEDS if one.name in ("save", "restore")]


@pytest.mark.parametrize("deed", FEW, ids=lambda one: one.name)
def test_a_pulled_plug_leaves_the_state_before_or_after(deed: Deed, tmp_path) -> None:
    stage = Stage(deed, tmp_path, households=1)
    tried = [(stage.writes * place // len(WAYS), way) for place, way in enumerate(WAYS, start=1)]
    found = {(at - 1, way): stage.try_once(at - 1, way).faults for at, way in tried}
    assert not any(found.values()), found
