"""Names of the hotline's background jobs, and how an action defers one: inside its own transaction, with ids
only."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from procrastinate.contrib.django import app


class Job(StrEnum):
    """Jobs, defined in the tasks of the subdomains; each calls one action and may be run
    twice without harm.
    """

    TRACE_ITEM = "hotline.trace_item"
    CHECK_ITEM = "hotline.check_item"
    PREPARE_NOTICE = "hotline.prepare_notice"
    SEND_NOTICE = "hotline.send_notice"
    SETTLE_REPORTS = "hotline.settle_reports"
    SETTLE_NOTICE = "hotline.settle_notice"


QUEUES = {
    Job.SEND_NOTICE: "notices",
    Job.PREPARE_NOTICE: "notices",
    Job.SETTLE_NOTICE: "notices",
    Job.CHECK_ITEM: "monitor",
}


def defer(job: Job, *, schedule_at: datetime | None = None, **ids: int | str) -> None:
    """Queue the job on the current transaction: it exists only if the transaction commits.

    `schedule_at`: not before.
    """
    app.configure_task(str(job), queue=QUEUES.get(job, "hotline"), schedule_at=schedule_at).defer(**ids)


def defer_all(job: Job, name: str, ids: list[int]) -> None:
    """Queue one job per id in a single statement; `name` is the argument's name. No ids, no job."""
    if not ids:
        return
    rows: list[dict[str, Any]] = [{name: i} for i in ids]
    app.configure_task(str(job), queue=QUEUES.get(job, "hotline")).batch_defer(*rows)
