"""A plug that is pulled at the n-th write of this process: SQLite's own system calls and Python's files alike.

SQLite lets its calls be replaced for exactly this (`xSetSystemCall`); nothing of the program knows that it is tried.
"""

import builtins
import ctypes
import errno
import io
import os
import signal
from collections.abc import Callable
from typing import Any, Final

import sqlcipher3._sqlite3 as engine

ERROR, SHORT, FULL, KILL, KILL_HALF = "error", "short", "full", "kill", "kill half-way"
WAYS: Final = (ERROR, SHORT, FULL, KILL, KILL_HALF)
_ERRNO: Final = {ERROR: errno.EIO, SHORT: errno.EIO, FULL: errno.ENOSPC}
_HALF: Final = (SHORT, KILL_HALF)
_NEVER: Final = 1 << 60
_LIBC: Final = ctypes.CDLL(None, use_errno=True)
_SIZE, _INT, _AT = ctypes.c_ssize_t, ctypes.c_int, ctypes.c_void_p
_CALLS: Final = {
    "write": (_SIZE, _INT, _AT, ctypes.c_size_t),
    "pwrite": (_SIZE, _INT, _AT, ctypes.c_size_t, ctypes.c_int64),
    "pwrite64": (_SIZE, _INT, _AT, ctypes.c_size_t, ctypes.c_int64),
    "ftruncate": (_INT, _INT, ctypes.c_int64),
    "unlink": (_INT, ctypes.c_char_p),
}


class _Vfs(ctypes.Structure):
    """The head of `sqlite3_vfs`, as far as the place where system calls are replaced."""

    _fields_ = (
        ("version", _INT), ("file_size", _INT), ("longest_path", _INT), ("next", _AT), ("name", ctypes.c_char_p),
        ("data", _AT), ("other", _AT * 13), ("set_system_call", _AT),
    )  # fmt: skip


class Plug:
    """Counts writes and is pulled at one of them; a full disk and a failing one stay so, a dead process is dead."""

    def __init__(self, at: int = _NEVER, way: str = KILL) -> None:
        self.count = 0
        self._at, self._way = at, way
        self._kept: list[object] = []

    def arm(self) -> None:
        """From here on every write of this process counts. For a process of its own: it is never taken back."""
        self._arm_sqlite()
        self._arm_python()

    def pull(self, half: Callable[[], object] = lambda: None) -> bool:
        """One write more; whether it must fail. Half of it may be done before."""
        self.count += 1
        if self.count - 1 < self._at or (self._way == ERROR and self.count - 1 > self._at):
            return False
        if self.count - 1 == self._at and self._way in _HALF:
            half()
        if self._way in (KILL, KILL_HALF):
            os.kill(os.getpid(), signal.SIGKILL)
        return True

    @property
    def error(self) -> OSError:
        """What the disk says."""
        number = _ERRNO[self._way]
        return OSError(number, os.strerror(number))

    def _arm_sqlite(self) -> None:
        library = ctypes.CDLL(engine.__file__)
        library.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
        vfs = library.sqlite3_vfs_find(None)
        setter = ctypes.CFUNCTYPE(_INT, _AT, ctypes.c_char_p, _AT)(vfs.contents.set_system_call)
        for name, (result, *given) in _CALLS.items():
            call = ctypes.CFUNCTYPE(result, *given, use_errno=True)(self._call(name, result, given))
            self._kept.append(call)
            setter(ctypes.cast(vfs, _AT), name.encode(), ctypes.cast(call, _AT))

    def _call(self, name: str, result: Any, given: list[Any]) -> Callable[..., int]:
        real = getattr(_LIBC, name)
        real.restype, real.argtypes = result, given

        def call(*args: Any) -> int:
            def half() -> None:
                if "write" in name:
                    real(args[0], args[1], args[2] // 2, *args[3:])

            if self.pull(half):
                ctypes.set_errno(self.error.errno or errno.EIO)
                return -1
            done: int = real(*args)
            return done

        return call

    def _arm_python(self) -> None:
        plug, real_open = self, builtins.open

        class File(io.FileIO):
            def write(self, data: Any, /) -> int:
                if plug.pull(lambda: io.FileIO.write(self, memoryview(data)[: len(data) // 2])):
                    raise plug.error
                return super().write(data)

        def opened(
            file: Any, mode: str = "r", buffering: int = -1, encoding: Any = None, *rest: Any, **more: Any
        ) -> Any:
            if isinstance(file, int) or not set("wax+") & set(mode):
                return real_open(file, mode, buffering, encoding, *rest, **more)
            if plug.pull():
                raise plug.error
            raw = File(file, mode.replace("b", "").replace("t", ""))
            buffer = io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)
            return buffer if "b" in mode else io.TextIOWrapper(buffer, encoding=encoding, write_through=True)

        builtins.open = io.open = opened  # type: ignore[assignment]
        for name in ("replace", "rename", "mkdir", "unlink", "rmdir", "fsync"):
            setattr(os, name, self._guarded(getattr(os, name)))

    def _guarded(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **more: Any) -> Any:
            if self.pull():
                raise self.error
            return real(*args, **more)

        return call
