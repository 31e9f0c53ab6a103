"""Toasts: one line after an action, with undo where it can be undone. They use Django's messages."""

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest

UNDO = "undo:"


def say(request: HttpRequest, text: str, *, undo: str = "") -> None:
    """Tell the person at the desk what has just happened.

    `undo` is the address of the form that takes it back.
    """
    messages.success(request, text, extra_tags=UNDO + undo if undo else "")


def refuse(request: HttpRequest, text: str) -> None:
    """Tell the person at the desk why nothing was done; it does not look like success."""
    messages.error(request, text)


def undo_address(message: Message) -> str:
    """Where a toast's undo button posts to, or nothing."""
    tags = message.extra_tags or ""
    return tags.removeprefix(UNDO) if tags.startswith(UNDO) else ""
