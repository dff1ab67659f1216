"""Long work beside the window: one job at a time, progress and cancel, results on the main thread (gui.md §6)."""

import threading
from collections.abc import Callable
from time import monotonic
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, QTimer, Signal, SignalInstance
from shiboken6 import isValid

PATIENCE = 300  # ms a job may take before it is told
INTERVAL = 0.05  # seconds between two progress signals
_LAST_WAIT = 5000  # ms given to a job when the window closes


class CancelledError(Exception):
    """The person stopped the job; raised inside it at its next step."""


class JobSignals(QObject):
    """What a job tells the main thread: `progress(share, sentence)`, then one of `done`, `failed`, `cancelled`,
    and `finished` after any of them.
    """

    progress = Signal(float, str)
    done = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    finished = Signal()


class Job(QRunnable):
    """A function of the job itself, run on another thread; create it on the main thread."""

    def __init__(self, work: Callable[["Job"], Any], told: str = "") -> None:
        super().__init__()
        self.told = told
        self.setAutoDelete(False)
        self.signals = JobSignals()
        self._work = work
        self._stop = threading.Event()
        self._told = 0.0
        self.asker_left = False
        self.has_ended = False

    def tell(self, signal: SignalInstance, slot: Callable[..., object]) -> None:
        """Call `slot` at a signal, but no more once the asker left or its widget is gone: a disconnected signal may
        still be on its way.
        """
        owner = getattr(slot, "__self__", None)

        def heard(*told: object) -> None:
            if not self.asker_left and (not isinstance(owner, QObject) or isValid(owner)):
                slot(*told)

        signal.connect(heard)

    def cancel(self) -> None:
        """Ask the work to stop; safe from any thread."""
        self._stop.set()

    def is_cancelled(self) -> bool:
        """Whether a stop was asked for; for handlers that interrupt a long statement."""
        return self._stop.is_set()

    def step(self, done: float, total: float, sentence: str = "") -> None:
        """Called by the work between units: stops it if asked, tells progress at most every 50 ms."""
        if self._stop.is_set():
            raise CancelledError
        now = monotonic()
        if now - self._told >= INTERVAL or done >= total:
            self._told = now
            self.signals.progress.emit(done / total if total else 0.0, sentence)

    def run(self) -> None:
        """Do the work and tell how it ended; whatever goes wrong reaches the main thread."""
        try:
            if self._stop.is_set():
                raise CancelledError
            self.signals.done.emit(self._work(self))
        except CancelledError:
            self.signals.cancelled.emit()
        except Exception as error:  # one of the three doors (style.md §8): a job must never die silently
            if self._stop.is_set():
                self.signals.cancelled.emit()  # an interrupted statement raises its own kind of error
            else:
                self.signals.failed.emit(error)
        finally:
            self.has_ended = True
            self.signals.finished.emit()


class Tasks(QObject):
    """Runs jobs one after the other and keeps them alive until they finished; `lasting(job)` for one that has a
    sentence and did not end at once.
    """

    busy_changed = Signal(bool)
    lasting = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._jobs: list[Job] = []
        self._later: list[Callable[[], object]] = []

    def start(
        self,
        work: Callable[[Job], Any],
        *,
        done: Callable[[Any], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
        progress: Callable[[float, str], object] | None = None,
        cancelled: Callable[[], object] | None = None,
        told: str = "",
    ) -> Job:
        """Run work beside the window; the signals live on the main thread, so the callbacks run there.

        What is `told` stands in the message bar, with how far it is and how to stop it, unless the work ends at once.
        """
        job = Job(work, told)
        wishes = ((job.signals.done, done), (job.signals.failed, failed), (job.signals.progress, progress),
                  (job.signals.cancelled, cancelled))  # fmt: skip
        for signal, slot in wishes:
            if slot is not None:
                job.tell(signal, slot)
        job.signals.finished.connect(lambda: self._forget(job))
        self._jobs.append(job)
        self.busy_changed.emit(True)
        self._pool.start(job)
        if told:
            QTimer.singleShot(PATIENCE, self, lambda: self._tell(job))
        return job

    def is_busy(self) -> bool:
        """Whether a job runs or waits."""
        return bool(self._jobs)

    def when_idle(self, act: Callable[[], object]) -> None:
        """Do it now, or as soon as no job runs or waits."""
        if self._jobs:
            self._later.append(act)
        else:
            act()

    def cancel_all(self) -> None:
        """Ask every job to stop."""
        for job in self._jobs:
            job.cancel()

    def leave(self, last: Callable[[], object]) -> None:
        """Whoever asked goes: what runs goes on to its end but tells nobody, then the `last` thing is done."""
        for job in self._jobs:
            job.asker_left = True
        if all(job.has_ended for job in self._jobs):
            last()
        else:
            self.start(lambda _job: last())

    def close(self) -> bool:
        """Stop everything and wait a little; false if a job did not come to an end."""
        self.cancel_all()
        return self._pool.waitForDone(_LAST_WAIT)

    def _tell(self, job: Job) -> None:
        if job in self._jobs:
            self.lasting.emit(job)

    def _forget(self, job: Job) -> None:
        self._jobs.remove(job)
        job.signals.deleteLater()  # the callbacks hold the job, so it would never go by itself
        self.busy_changed.emit(bool(self._jobs))
        while self._later and not self._jobs:
            self._later.pop(0)()
