"""Where the editors' tool writes its indexes: once for each object of a transaction, when it is committed.

The tool saves a page several times for one click (the draft, what is live, marks of its state), and each time
it writes the search index and the index of references anew, from the row as it is in the database. Only the
last time counts.
"""

from collections.abc import Callable
from functools import partial
from itertools import count
from threading import local
from typing import Any

from django.db import transaction
from django_tasks.backends.immediate import ImmediateBackend
from django_tasks.base import TaskResult

INDEXING = {"insert_or_update_object_task", "update_reference_index_task"}
"""Tasks that make the entries of an object what they should be: done twice, the second does nothing."""

_number = count()


class _Done(local):
    """When this thread has last done each task, by the number of that time."""

    def __init__(self) -> None:
        self.at: dict[tuple[Any, ...], int] = {}


_done = _Done()


class OncePerTransaction(ImmediateBackend):
    """Does every task at once, as without a queue; those of the indexes after the commit, each once.

    Outside a transaction that is at once, too.
    """

    def _execute_task(self, task_result: TaskResult[Any]) -> None:
        execute = partial(super()._execute_task, task_result)
        if task_result.task.func.__name__ not in INDEXING:
            execute()
            return
        key = (task_result.task.module_path, *task_result.args)
        transaction.on_commit(partial(_run_once, key, next(_number), execute))


def _run_once(key: tuple[Any, ...], asked: int, execute: Callable[[], None]) -> None:
    """Do a task unless it has been done since it was asked for.

    A caller in a savepoint that was rolled back is not called, and is not waited for either.
    """
    if _done.at.get(key, -1) < asked:
        _done.at[key] = next(_number)
        with transaction.atomic():
            execute()
