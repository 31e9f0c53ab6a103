"""Handing items over to other authorities: who receives, who may, when a second person is needed, what may
still be undone. Pure."""

import re
from datetime import datetime, timedelta
from enum import StrEnum

from sauga.hotline.permissions import Permission

RECIPIENTS = ("INHOPE", "POLICE", "NKSC", "ZEIT")
"""Routes of rrt.route that end in a hand-over. The remaining one, PROVIDER_NOTICE, ends in a notice."""
LONGEST_REFERENCE = 40
REFERENCE = re.compile(r"[\w][\w ./:#-]*")


class Method(StrEnum):
    """How items reached the recipient (vocabulary handover.method)."""

    MANUAL = "MANUAL"
    ZIP = "ZIP"


class ReferenceUnreadable(ValueError):
    """The recipient's number has characters that no register uses, or is longer than any."""


def permission_for(recipient: str) -> Permission:
    """What a person needs to hand over to a recipient: the police have their own liaison."""
    return Permission.HAND_OVER_TO_POLICE if recipient == "POLICE" else Permission.HAND_OVER


def read_reference(text: str) -> str:
    """The recipient's number without superfluous spaces; empty while it is not known.

    Raises ReferenceUnreadable.
    """
    found = " ".join(text.split())
    if found and (len(found) > LONGEST_REFERENCE or not REFERENCE.fullmatch(found)):
        raise ReferenceUnreadable(found)
    return found


def needs_second_person(items: int, lately: int, most: int) -> bool:
    """Whether a file of so many items is a mass export, counted with what the same person exported lately, so
    that parts do not escape."""
    return items + lately > most


def can_undo(recorded_at: datetime, at: datetime, minutes: int) -> bool:
    """Whether a record can still be undone without a reason."""
    return at - recorded_at <= timedelta(minutes=minutes)


def is_possible_time(handed_over_at: datetime, received_hour: datetime, at: datetime) -> bool:
    """Whether something received in that hour can have been handed over then: not before it, and not in the
    future."""
    return received_hour <= handed_over_at <= at
