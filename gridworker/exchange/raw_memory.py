"""How much memory reading one file may take, where the system lets us say so.

A small file that grows large is stopped early; a large file may take what its rows need.
"""

from pathlib import Path
from typing import Final

from gridworker.exchange.raw_errors import Unreadable

LEAST: Final = 540_000_000
"""Bytes of address space for small files; 40 million are the process itself."""
MOST: Final = 2_000_000_000
_FOR_EACH_BYTE: Final = 50
"""A packed row of text takes some forty times its size in memory."""
_RESERVE: Final = 40_000_000
"""Bytes that must be left: at the very end the library neither fails nor goes on, it hangs."""
_PAGES: Final = Path("/proc/self/statm")


def limit_for(size: int) -> None:
    """Allow this process what a file of so many bytes may need."""
    try:
        import resource
    except ImportError:  # Windows has no such limit; sizes are looked at before reading
        return
    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (min(MOST, LEAST + _FOR_EACH_BYTE * size), hard))


def check() -> None:
    """Stop while there still is some memory. Raises Unreadable."""
    try:
        import resource
    except ImportError:
        return
    allowed, _hard = resource.getrlimit(resource.RLIMIT_AS)
    if allowed == resource.RLIM_INFINITY or not _PAGES.exists():
        return
    used = int(_PAGES.read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    if used > allowed - _RESERVE:
        raise Unreadable("too_large")
