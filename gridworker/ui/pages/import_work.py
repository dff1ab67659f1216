"""What an import does beside the window: one thing at a time, over its own connection, stopped at any moment."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gridworker.domain.ids import Id
from gridworker.services.workspace import Workspace
from gridworker.ui.tasks import Job, Tasks

if TYPE_CHECKING:
    from gridworker.services.arrivals import Arrival
    from gridworker.services.columns import Plans
    from gridworker.services.imports import Forecast, Undone
    from gridworker.services.preview import Looked

Then = Callable[[Any], object]
Stopped = Callable[[], object]


class ImportWork:
    """Starts the services; each is told what to do with the result, and what when it was stopped."""

    def __init__(
        self, workspace: Workspace, tasks: Tasks, failed: Callable[[Exception], object],
        progress: Callable[[float, str], object],
    ) -> None:  # fmt: skip
        self._workspace, self._tasks = workspace, tasks
        self._failed, self._progress = failed, progress
        self._job: Job | None = None
        self.came = 0
        """Files taken whole by the import that runs or was stopped."""

    def is_busy(self) -> bool:
        """Whether something runs."""
        return self._job is not None

    def cancel(self) -> None:
        """Stop what runs; a file that is under way is not taken."""
        if self._job is not None:
            self._job.cancel()

    def look(self, paths: Sequence[Path], then: Then, stopped: Stopped) -> None:
        """Find out what files and folders would do."""

        def work(own: Workspace, job: Job) -> "list[Looked]":
            from gridworker.services import preview

            return preview.look(own, paths, job.step)

        self._start(work, then, stopped)

    def unlock(self, files: "Sequence[Looked]", password: str, then: Then, stopped: Stopped) -> None:
        """Try a password on the files that want one."""

        def work(own: Workspace, job: Job) -> "list[Looked]":
            from gridworker.services import preview

            return preview.unlock(own, files, password, job.step)

        self._start(work, then, stopped)

    def remap(self, files: "Sequence[Looked]", place: int, plans: "Plans | None", then: Then, stopped: Stopped) -> None:
        """Read one file anew under the columns a person gave, or under those it has."""

        def work(own: Workspace, job: Job) -> "list[Looked]":
            from gridworker.services import remapping

            said = remapping.plans_of(own, files[place], job.step) if plans is None else plans
            return remapping.remap(own, files, place, said, job.step)

        self._start(work, then, stopped)

    def let_in(self, files: "Sequence[Looked]", place: int, then: Then, stopped: Stopped) -> None:
        """Read one file anew with the rows about whom was erased before."""

        def work(own: Workspace, job: Job) -> "list[Looked]":
            from gridworker.services import remapping

            return remapping.let_in(own, files, place, job.step)

        self._start(work, then, stopped)

    def take(self, chosen: "Sequence[Looked]", then: Then, stopped: Stopped) -> None:
        """Import files as they were looked at."""

        def work(own: Workspace, job: Job) -> "Arrival":
            from gridworker.services import arrivals

            def step(done: float, every: int, name: str) -> None:
                self.came = int(done)
                job.step(done, every, name)

            return arrivals.take_looked_at(own, chosen, step)

        self._start(work, then, stopped)

    def forecast(self, what: Id, then: Then, stopped: Stopped) -> None:
        """What taking an import back would do."""

        def work(own: Workspace, job: Job) -> "Forecast":
            from gridworker.services import imports

            return imports.forecast(own, what, lambda share: job.step(share, 1))

        self._start(work, then, stopped)

    def undo(self, what: Id, then: Then, stopped: Stopped) -> None:
        """Take a batch or group back."""

        def work(own: Workspace, job: Job) -> "Undone":
            from gridworker.services import imports

            return imports.undo(own, what, lambda share: job.step(share, 1))

        self._start(work, then, stopped)

    def put_back(self, what: Id, then: Then, stopped: Stopped) -> None:
        """Bring in again what was taken back."""

        def work(own: Workspace, job: Job) -> int:
            from gridworker.services import imports

            return imports.put_back(own, what, lambda share: job.step(share, 1))

        self._start(work, then, stopped)

    def write_report(self, arrival: "Arrival", path: Path, then: Then, stopped: Stopped) -> None:
        """The check result as a workbook, under the 上报密码 where there is one."""

        def work(own: Workspace, job: Job) -> int:
            from gridworker.services import arrivals

            return arrivals.write_report(own, arrival, path, job.step)

        self._start(work, then, stopped)

    def _start(self, work: Callable[[Workspace, Job], Any], then: Then, stopped: Stopped) -> None:
        if self._job is not None:
            return
        self.came = 0
        self._job = self._tasks.start(
            partial(self._run, work), done=partial(self._end, then), failed=partial(self._end, self._failed),
            cancelled=partial(self._end, stopped), progress=self._progress,
        )  # fmt: skip

    def _run(self, work: Callable[[Workspace, Job], Any], job: Job) -> Any:
        own = self._workspace.for_thread()
        try:
            return work(own, job)
        finally:
            own.close()

    def _end(self, then: Callable[..., object], *result: object) -> None:
        self._job = None
        then(*result)
