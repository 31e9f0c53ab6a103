"""How the event loop of the worker asks the database and the disk: in threads of its own, so that a slow
answer holds up no broadcast."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from django.db import DatabaseError, InterfaceError, close_old_connections

from sauga.kernel.refusals import ActionRefused

log = logging.getLogger(__name__)


class Calls:
    """Two threads: one for the database, one for the disk."""

    def __init__(self) -> None:
        self._database = ThreadPoolExecutor(1, thread_name_prefix="streams-database")
        self._disk = ThreadPoolExecutor(2, thread_name_prefix="streams-disk")

    async def database[T](self, call: Callable[..., T], **given: Any) -> T | None:
        """What a query or an action returns; None where the database does not answer, or the action was
        refused because another was quicker. A broadcast goes on without either."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._database, partial(_asked, call, given))

    async def disk[T](self, call: Callable[..., T], *given: Any) -> T:
        """What a function that reads or writes files returns."""
        return await asyncio.get_running_loop().run_in_executor(self._disk, call, *given)

    def close(self) -> None:
        """No further calls."""
        self._database.shutdown(wait=True)
        self._disk.shutdown(wait=True)


def _asked[T](call: Callable[..., T], given: dict[str, Any]) -> T | None:
    close_old_connections()
    try:
        return call(**given)
    except (DatabaseError, InterfaceError, ActionRefused) as error:
        log.warning("broadcast: not recorded", extra={"error_type": type(error).__name__})
        return None
    finally:
        close_old_connections()
