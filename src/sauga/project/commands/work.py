"""`sauga work`: runs jobs and periodic tasks, and takes back returned mail."""

import argparse
import asyncio
import contextlib
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from sauga.project import purpose
from sauga.project.cli import CannotRun, prepare
from sauga.project.settings.env import read

HEARTBEAT = 5.0
GIVEN_UP_AFTER = 20.0
CONNECTING = 10.0
"""Seconds for which one look for jobs waits for a connection."""
BROADCASTS = "training"
"""The queue, and the service, whose worker also runs the encoders of live broadcasts."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("--queues", default="", help="only these queues, separated by commas (default: all)")
    parser.add_argument(
        "--concurrency", type=int, default=4, metavar="N", help="jobs at the same time (default 4)"
    )
    parser.add_argument("--once", action="store_true", help="stop when nothing is left to do")


def run(options: argparse.Namespace) -> int:
    """Work until told to stop; jobs under way are finished first, for up to ten seconds.

    A database that goes away is waited for. Raises CannotRun when it does not come back.
    """
    prepare()
    from sauga.project.processes import worker_sessions

    purpose.refuse_other(purpose.recorded(), demo=read().demo)
    try:
        asyncio.run(_work(options))
    except worker_sessions.GivenUp:
        raise CannotRun(
            "the worker has ended because the database went away and did not come back in time; start it "
            "again when the database answers."
        ) from None
    return 0


async def _work(options: argparse.Namespace) -> None:
    from sauga.project.processes import worker_sessions

    async with contextlib.AsyncExitStack() as stack:
        told = stack.enter_context(worker_sessions.told_to_stop())
        await _take_back_mail(stack)
        session = partial(_session, options)
        if options.once:
            await worker_sessions.once(session, told)
            return
        if BROADCASTS in (_queues(options) or [BROADCASTS]):
            _run_broadcasts(stack)
        await worker_sessions.repeat(session, told)


def _queues(options: argparse.Namespace) -> list[str] | None:
    return [name.strip() for name in options.queues.split(",") if name.strip()] or None


async def _session(options: argparse.Namespace) -> None:
    """Work with connections of its own, as long as the database keeps them."""
    app = worker_app()
    async with app.open_async():
        await app.run_worker_async(
            queues=_queues(options),
            concurrency=options.concurrency,
            wait=not options.once,
            name="sauga",
            fetch_job_polling_interval=2.0,
            update_heartbeat_interval=HEARTBEAT,
            stalled_worker_timeout=GIVEN_UP_AFTER,
            shutdown_graceful_timeout=10.0,
            listen_notify=not options.once,
            install_signal_handlers=False,
        )


def worker_app() -> Any:
    """The application the worker runs: its own connections for fetching jobs, while tasks keep the one they
    were declared with.

    So `task.defer()` inside a task goes through Django's connection and is rolled back with the action's
    transaction, as it is on the web. (Procrastinate's `replace_connector` would send it through another
    connection, where it takes effect before the action commits.)
    """
    from procrastinate import PsycopgConnector
    from procrastinate.contrib.django import DjangoApp, app
    from procrastinate.contrib.django.utils import connector_params

    app.perform_import_paths()  # type: ignore[no-untyped-call]  # without annotations there
    worker = DjangoApp(connector=PsycopgConnector(kwargs=connector_params(), timeout=CONNECTING))
    worker.tasks = app.tasks
    worker.periodic_registry = app.periodic_registry
    return worker


async def _take_back_mail(stack: contextlib.AsyncExitStack) -> None:
    from django.conf import settings

    if settings.ENV.inbound_port and find_spec("sauga.kernel.notifications.bounces.smtp_listener"):
        listener = import_module("sauga.kernel.notifications.bounces.smtp_listener").serve(
            settings.ENV.inbound_port
        )
        stack.callback(listener.stop)


def _run_broadcasts(stack: contextlib.AsyncExitStack) -> None:
    """Run the encoders of open broadcasts beside the jobs, and end them with the worker."""
    from django.conf import settings

    if BROADCASTS not in settings.ENV.services:
        return
    supervisor = import_module("sauga.training.streaming.tasks.supervisor").Supervisor()
    task = asyncio.create_task(supervisor.run())

    async def end() -> None:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    stack.push_async_callback(end)
