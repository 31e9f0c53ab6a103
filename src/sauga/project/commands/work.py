"""`sauga work`: runs jobs and periodic tasks, and takes back returned mail."""

import argparse
import asyncio
import contextlib
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from sauga.project import purpose
from sauga.project.cli import prepare
from sauga.project.settings.env import read

HEARTBEAT = 5.0
GIVEN_UP_AFTER = 20.0
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
    """Work until told to stop; jobs under way are finished first, for up to ten seconds."""
    prepare()
    purpose.refuse_other(purpose.recorded(), demo=read().demo)
    asyncio.run(_work(options))
    return 0


async def _work(options: argparse.Namespace) -> None:
    app = worker_app()
    queues = [name.strip() for name in options.queues.split(",") if name.strip()] or None
    async with app.open_async(), contextlib.AsyncExitStack() as stack:
        await _take_back_mail(stack)
        if not options.once and (queues is None or BROADCASTS in queues):
            _run_broadcasts(stack)
        await app.run_worker_async(
            queues=queues,
            concurrency=options.concurrency,
            wait=not options.once,
            name="sauga",
            fetch_job_polling_interval=2.0,
            update_heartbeat_interval=HEARTBEAT,
            stalled_worker_timeout=GIVEN_UP_AFTER,
            shutdown_graceful_timeout=10.0,
        )


def worker_app() -> Any:
    """The application the worker runs: its own connections for fetching jobs, while tasks keep the one they
    were declared with.

    So `task.defer()` inside a task goes through Django's connection and is rolled back with the action's
    transaction, as it is on the web. (Procrastinate's `replace_connector` would send it through another
    connection, where it takes effect before the action commits.)
    """
    from procrastinate.contrib.django import DjangoApp, app

    app.perform_import_paths()  # type: ignore[no-untyped-call]  # without annotations there
    connector: Any = app.connector  # Django's, which knows the one for workers
    worker = DjangoApp(connector=connector.get_worker_connector())
    worker.tasks = app.tasks
    worker.periodic_registry = app.periodic_registry
    return worker


async def _take_back_mail(stack: contextlib.AsyncExitStack) -> None:
    from django.conf import settings

    if settings.ENV.inbound_port and find_spec("sauga.kernel.notifications.inbound"):
        listener = import_module("sauga.kernel.notifications.inbound").serve(settings.ENV.inbound_port)
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
