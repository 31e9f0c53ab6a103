"""Import runs: a job reads a file and reports on it; then everything is stored or nothing, and it can be
undone completely.

A job that dies on the way leaves what was there before: the report is written in one transaction, the records
in another. The job that is put back finds the run in the state in which it was, and begins that step anew.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from sauga.kernel import audit, live
from sauga.kernel.identity import require
from sauga.kernel.kit.imports import progress
from sauga.kernel.kit.imports.formats import format_of, open_table
from sauga.kernel.kit.imports.layout import Given, Layout, Problem, Table, TableRefused
from sauga.kernel.kit.imports.models import ImportRow, ImportRun
from sauga.kernel.kit.imports.states import ImportState
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, lock, move

TELL_EVERY = 500
AT_ONCE = 500
NEW, CHANGED, UNCHANGED, REFUSED = OUTCOMES = ("new", "changed", "unchanged", "refused")

type OnProgress = Callable[[int], None]
"""Says how many rows are done."""


class SameFileAgain(ActionRefused):
    """This very file was read before; `run` is its import."""

    message = _("This very file was read before: %(number)s. To read it again, tick the box below.")

    def __init__(self, run: ImportRun) -> None:
        super().__init__(number=run.ref)
        self.run = run


@dataclass(frozen=True)
class Verdict:
    """What a row means.

    `differs` are the columns that would change something; `fields` fill what the service's row has of its
    own, such as the object that would be changed; `known_at` says which version of it was compared.
    """

    given: Given
    outcome: str
    problems: tuple[Problem, ...] = ()
    differs: Iterable[str] = ()
    fields: Mapping[str, Any] = field(default_factory=dict)
    known_at: datetime | None = None


class Store(Protocol):
    """Writes new rows and changed ones.

    It must leave in each row what it made, and in `known_at` and `before` what undoing needs.
    """

    def __call__(
        self, *, by: Actor, new: Sequence[Any], changed: Sequence[Any], at: datetime, on_progress: OnProgress
    ) -> None: ...


class Undo(Protocol):
    """Undoes what rows have written.

    Returns the references of what others have worked on since; in that case it has written nothing.
    """

    def __call__(
        self, *, by: Actor, rows: Sequence[Any], at: datetime, on_progress: OnProgress
    ) -> Sequence[str]: ...


@dataclass(frozen=True, kw_only=True)
class Import:
    """One kind of file that a service takes in.

    `code`, such as `repository.import`, names the job (`<code>_run`, which calls `carry_on`) and the channels
    of live updates (`<code>s` and `<code>.<ref>`). `judge` says what rows mean for what is there already, in
    their order; it is asked again before they are stored. `moved`, `stored` and `undone` are audit names with
    the facts to, format, rows; format, rows, refused; rows.
    """

    code: str
    layout: Layout[Any]
    runs: type[ImportRun]
    rows: type[ImportRow]
    permission: StrEnum
    zone: str
    moved: StrEnum
    stored: StrEnum
    undone: StrEnum
    judge: Callable[[Iterable[Given]], Iterator[Verdict]]
    store: Store
    undo: Undo

    def take_file(
        self, *, by: Actor, name: str, content: bytes, at: datetime, again: bool = False
    ) -> ImportRun:
        """Keep a file and have a job read it.

        Raises TableRefused for what is no file of records, SameFileAgain unless `again`.
        """
        require(by, self.permission)
        form = format_of(self.layout, name, content)
        digest = hashlib.sha256(content).hexdigest()
        earlier = self.same_file(digest)
        if earlier is not None and not again:
            raise SameFileAgain(earlier)
        with transaction.atomic():
            short = name.replace("\\", "/").rpartition("/")[2][:160]
            run = self.runs(
                by_id=getattr(by, "person_id", None),
                name=short,
                format=form,
                sha256=digest,
                size=len(content),
                started_at=at,
            )
            run.file = default_storage.save(
                f"{self.code.replace('.', '/')}s/{run.ref}.{form}", ContentFile(content)
            )
            run.save()
            self._defer(run)
            live.signal(f"{self.code}s")
            return run

    def same_file(self, sha256: str) -> ImportRun | None:
        """An import of this very file that is in progress or stored."""
        over = (ImportState.UNREADABLE, ImportState.DROPPED, ImportState.UNDONE)
        return (
            self.runs._default_manager.filter(sha256=sha256)
            .exclude(state__in=over)
            .order_by("-started_at")
            .first()
        )

    def read_run(self, *, by: Actor, run: ImportRun, at: datetime) -> ImportRun:
        """Read the file and report on every row; writes nothing else.

        The job's first step, without effect once it was done.
        """
        require(by, self.permission)
        if run.state != ImportState.READING:
            return run
        try:
            with run.file.open("rb") as file:
                table = open_table(self.layout, file.read(), run.format)
            rows = self._read(run, table)
        except TableRefused as refused:
            return self._settle(
                by, run, ImportState.UNREADABLE, at, notes={"why": refused.why, **refused.facts}
            )
        verdicts = list(self.judge(rows))
        with transaction.atomic():
            run = lock(run)
            if run.state != ImportState.READING:
                return run
            run.rows.all().delete()
            self.rows._default_manager.bulk_create(
                (self._row(run, verdict) for verdict in verdicts), batch_size=AT_ONCE
            )
            _count(run, Counter(verdict.outcome for verdict in verdicts))
            return self._settle(by, run, ImportState.REPORTED, at, notes=table.notes)

    def bring_in(self, *, by: Actor, run: ImportRun, at: datetime, with_changed: bool = False) -> ImportRun:
        """Have a job store what the report found, all of it or nothing. Raises MoveNotAllowed."""
        require(by, self.permission)
        with transaction.atomic():
            run = lock(run)
            run.with_changed = with_changed
            run.save(update_fields=["with_changed"])
            return self._set_off(by, run, ImportState.STORING, at)

    def drop_run(self, *, by: Actor, run: ImportRun, at: datetime) -> ImportRun:
        """Leave it at the report. Raises MoveNotAllowed."""
        require(by, self.permission)
        return self._settle(by, run, ImportState.DROPPED, at)

    def take_back(self, *, by: Actor, run: ImportRun, at: datetime) -> ImportRun:
        """Have a job undo a whole import. Raises MoveNotAllowed."""
        require(by, self.permission)
        with transaction.atomic():
            return self._set_off(by, lock(run), ImportState.UNDOING, at)

    def store_run(self, *, by: Actor, run: ImportRun, at: datetime) -> ImportRun:
        """Store a report's rows in one transaction.

        Back to the report, anew, when something changed since it was made.
        """
        require(by, self.permission)
        if run.state != ImportState.STORING:
            return run
        try:
            with transaction.atomic():
                run = lock(run)
                if run.state != ImportState.STORING:
                    return run
                rows = list(run.rows.exclude(outcome=REFUSED).order_by("number"))
                if self._judged_again(run, rows):
                    return self._settle(by, run, ImportState.REPORTED, at, why="changed_meanwhile")
                new = [row for row in rows if row.outcome == NEW]
                changed = [row for row in rows if row.outcome == CHANGED] if run.with_changed else []
                self.store(
                    by=by,
                    new=new,
                    changed=changed,
                    at=at,
                    on_progress=self._on_progress(run, len(new) + len(changed)),
                )
                facts: dict[str, str | int | bool] = {
                    "format": run.format,
                    "rows": len(new) + len(changed),
                    "refused": run.refused,
                }
                audit.record(by, self.stored, run, zone=self.zone, at=at, facts=facts)
                return self._settle(by, run, ImportState.STORED, at)
        except IntegrityError:  # a unique value was taken at this very moment
            return self._settle(by, run, ImportState.REPORTED, at, why="changed_meanwhile")

    def undo_run(self, *, by: Actor, run: ImportRun, at: datetime) -> ImportRun:
        """Take back all that an import wrote, in one transaction; nothing when a person has worked on one of
        its records since."""
        require(by, self.permission)
        if run.state != ImportState.UNDOING:
            return run
        with transaction.atomic():
            run = lock(run)
            if run.state != ImportState.UNDOING:
                return run
            rows = list(
                run.rows.filter(
                    outcome__in=(NEW, CHANGED),
                    known_at__isnull=False,
                    **{f"{self.rows.target}__isnull": False},
                )
            )
            touched = self.undo(by=by, rows=rows, at=at, on_progress=self._on_progress(run, len(rows)))
            if touched:
                return self._settle(
                    by,
                    run,
                    ImportState.STORED,
                    at,
                    why="touched",
                    notes={**run.notes, "touched": touched[:20]},
                )
            audit.record(by, self.undone, run, zone=self.zone, at=at, facts={"rows": len(rows)})
            return self._settle(by, run, ImportState.UNDONE, at)

    def carry_on(self, *, by: Actor, run: ImportRun, at: datetime) -> ImportRun:
        """What a job does for a run: the step in which it stands.

        A fault leaves it where a person can decide anew, and is raised.
        """
        steps = {
            ImportState.READING: self.read_run,
            ImportState.STORING: self.store_run,
            ImportState.UNDOING: self.undo_run,
        }
        back = {
            ImportState.READING: ImportState.UNREADABLE,
            ImportState.STORING: ImportState.REPORTED,
            ImportState.UNDOING: ImportState.STORED,
        }
        state = ImportState(run.state)
        if state not in steps:
            return run
        try:
            return steps[state](by=by, run=run, at=at)
        except Exception:
            self._settle(by, run, back[state], at, why="fault", notes={**run.notes, "why": "fault"})
            raise

    def _read(self, run: ImportRun, table: Table) -> list[Given]:
        """All rows. How far it has come is kept outside any transaction, so that the page can show it."""
        rows: list[Given] = []
        for row in table.rows:
            rows.append(row)
            if len(rows) % TELL_EVERY == 0:
                self.runs._default_manager.filter(pk=run.pk).update(
                    done=len(rows), total=max(table.total, len(rows))
                )
                live.signal(f"{self.code}.{run.ref}")
        return rows

    def _row(self, run: ImportRun, verdict: Verdict) -> ImportRow:
        given, is_kept = verdict.given, verdict.outcome in {NEW, CHANGED}
        row = self.rows(
            number=given.number,
            outcome=verdict.outcome,
            title=given.title[:200].replace("\0", ""),
            content=given.content if is_kept else {},
            before={"differs": sorted(verdict.differs)} if verdict.outcome == CHANGED else {},
            problems=[list(problem) for problem in verdict.problems],
            known_at=verdict.known_at,
            **verdict.fields,
        )
        row.run = run
        return row

    def _judged_again(self, run: ImportRun, rows: Sequence[Any]) -> bool:
        """Whether what the rows mean has changed since the report; then the rows say what they mean now."""
        own = [
            one for one in self.rows._meta.concrete_fields if one.name not in {"id", "run", "number", "title"}
        ]
        target: Any = self.rows._meta.get_field(self.rows.target)
        compared = ["outcome", "known_at", target.attname]
        judging = [row for row in rows if row.outcome != UNCHANGED]
        differs = []
        for row, verdict in zip(
            judging,
            self.judge(Given(row.number, row.content, title=row.title) for row in judging),
            strict=True,
        ):
            fresh = self._row(run, verdict)
            if any(getattr(fresh, name) != getattr(row, name) for name in compared):
                fresh.pk = row.pk
                differs.append(fresh)
        if differs:
            self.rows._default_manager.bulk_update(differs, [one.name for one in own], batch_size=AT_ONCE)
            _count(run, Counter(run.rows.values_list("outcome", flat=True)))
        return bool(differs)

    def _on_progress(self, run: ImportRun, of: int) -> OnProgress:
        """What says now and then how far the open transaction is; the page that shows it is signalled."""
        last = 0

        def on_progress(done: int) -> None:
            nonlocal last
            if done - last >= TELL_EVERY:
                last = done
                progress.tell(progress.work_of(run.ref), done, of)
                live.signal_now(f"{self.code}.{run.ref}")

        return on_progress

    def _set_off(self, by: Actor, run: ImportRun, to: ImportState, at: datetime) -> ImportRun:
        """Move a locked run to a step that a job does, and have it done."""
        self._move(by, run, to, at)
        self._defer(run)
        live.signal(f"{self.code}.{run.ref}")
        return run

    def _settle(
        self,
        by: Actor,
        run: ImportRun,
        to: ImportState,
        at: datetime,
        *,
        why: str = "",
        notes: dict[str, Any] | None = None,
    ) -> ImportRun:
        """Move a run to where it waits for a person or is over; its file is not needed any more."""
        with transaction.atomic():
            run = lock(run)
            name = run.file.name
            self._move(by, run, to, at, why)
            run.notes = run.notes if notes is None else notes
            run.ended_at, run.file = at, ""
            run.save(update_fields=["notes", "ended_at", "file"])
            live.signal(f"{self.code}.{run.ref}")
            live.signal(f"{self.code}s")
            if name:
                transaction.on_commit(lambda: default_storage.delete(name))
            return run

    def _move(self, by: Actor, run: ImportRun, to: ImportState, at: datetime, why: str = "") -> None:
        move(run, to=to, by=by, at=at, why=why)
        audit.record(
            by,
            self.moved,
            run,
            zone=self.zone,
            at=at,
            facts={"to": str(to), "format": run.format, "rows": run.total},
        )

    def _defer(self, run: ImportRun) -> None:
        """A job for the run; one that waits already is enough."""
        try:
            with transaction.atomic():
                mark, queue = f"{self.code}.{run.pk}", self.code.partition(".")[0]
                app.configure_task(f"{self.code}_run", queue=queue, lock=mark, queueing_lock=mark).defer(
                    run_id=run.pk
                )
        except AlreadyEnqueued:
            pass


def _count(run: ImportRun, counts: Counter[str]) -> None:
    run.fresh, run.changed = counts[NEW], counts[CHANGED]
    run.unchanged, run.refused = counts[UNCHANGED], counts[REFUSED]
    run.total = run.done = counts.total()
    run.save(update_fields=["fresh", "changed", "unchanged", "refused", "total", "done"])
