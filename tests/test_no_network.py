"""The program opens no socket but the local ones within this machine: looked for in a process of its own."""

import re
import subprocess
import sys
from pathlib import Path

import gridworker

_GUARD = """
import sys
def refuse(event, given):
    if event in ("socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"):
        raise SystemExit("opened: " + event)
    if event == "socket.__new__" and given[1] != 1:
        raise SystemExit("opened: family " + str(given[1]))
sys.addaudithook(refuse)
"""
_WORK = """
from gridworker.services import self_test
self_test.run()
"""
_CALL_OUT = """
import socket
socket.socket(socket.AF_INET)
"""
_FAR = r"QtNetwork|QtWebSockets|socket|urllib\.request|http\.client|requests"
_HOMES = re.compile(rf"^\s*(?:from|import) .*\b({_FAR})\b", re.M)


def _run(work: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", _GUARD + work], capture_output=True, text=True, check=False)


def test_a_whole_round_of_work_opens_no_socket() -> None:
    done = _run(_WORK)
    assert done.returncode == 0, done.stderr


def test_the_guard_would_see_one() -> None:
    assert "opened: family" in _run(_CALL_OUT).stderr


def test_no_module_of_the_program_knows_of_networks() -> None:
    """Qt's sockets are not Python's: the audit above does not see them."""
    sources = Path(gridworker.__file__).parent.rglob("*.py")
    assert not [one.name for one in sources if _HOMES.search(one.read_text(encoding="utf-8"))]
