"""Holding rooms: a room has one session at a time, of whatever event."""

from collections.abc import Sequence

from sauga.events.programme.actions.refusals import room_taken
from sauga.events.programme.models import Room, Session


def hold_rooms(sessions: Sequence[Session], *, leave_out: bool = False) -> None:
    """Save sessions that hold their rooms. Where another session has the room, raises RoomTaken; with
    `leave_out` the session is saved without a room instead.

    The rooms are locked in one order, so that two people never wait for each other; the database refuses
    what would still overlap.
    """
    keys = sorted({row.room_id for row in sessions if row.room_id is not None})
    rooms = {room.pk: room for room in Room.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    for row in sessions:
        if row.room_id is not None and (other := _other(row)) is not None:
            if not leave_out:
                raise room_taken(str(rooms[row.room_id]), str(other), other.starts, other.ends)
            row.room = None
        row.holds_room = True
        row.save()


def _other(row: Session) -> Session | None:
    """The session that has the room of `row` at its time."""
    found = Session.objects.filter(room=row.room, holds_room=True)
    found = found.filter(starts__lt=row.ends, ends__gt=row.starts).exclude(pk=row.pk)
    return found.select_related("event").order_by("starts").first()
