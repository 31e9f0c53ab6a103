"""`move`, the only writer of a state column, and `lock`, which must be called before it."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states.actor import Actor
from sauga.kernel.states.table import StateTable


class MoveNotAllowed(ActionRefused):
    """The table has no such move; nothing was written. `before` and `after` name the states."""

    message = _("This is not possible in the present state; somebody may have acted a moment ago.")

    def __init__(self, before: str, after: str) -> None:
        super().__init__(f"{before} cannot become {after}")
        self.before, self.after = before, after


def lock[M: models.Model](row: M) -> M:
    """Return the row again, read fresh and locked until the transaction ends."""
    return type(row)._base_manager.select_for_update().get(pk=row.pk)


def move(
    row: Any,
    *,
    to: str,
    by: Actor,
    at: datetime,
    why: str = "",
    track: str = "state",
    also: Collection[str] = (),
) -> None:
    """Move `row.<track>` to a state that the model's table allows, and insert the step.

    The model names its tables in `state_tables = {"state": TABLE}` and its steps in `steps`. `why` is a code,
    never free text. `also` names other fields of the row, set by the caller, that are stored with the state.
    Call it on a locked row inside a transaction. Raises MoveNotAllowed.
    """
    table: StateTable = row.state_tables[track]
    before = getattr(row, track)
    if not table.allows(before, to):
        raise MoveNotAllowed(str(before), str(to))
    setattr(row, track, str(to))
    row.save(update_fields=[track, *also])
    row.steps.model.objects.create(
        subject=row, track=track, before=str(before), after=str(to), at=at, by=by.pseudonym, why=why
    )
