"""The sentences of notifications. A service registers each once, in English; people read it in their own
language."""

import re
from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext

CODE = re.compile(r"[a-z][a-z0-9_]*\.[a-z0-9_]{1,60}", re.ASCII)
PARAMETER = re.compile(r"[A-Za-z0-9_.:+-]{0,40}", re.ASCII)
_registered: dict[str, str | Promise] = {}


class NotificationRefused(ValueError):
    """The template is not registered, or a parameter could hold more than a code, a number or a reference."""


def register_template(code: str, text: str | Promise) -> None:
    """Register `service.event` → a sentence without case content, with named places: _("Item %(ref)s was
    given to you").

    Called from an AppConfig's `ready` with a lazy translation. Raises ValueError for a code that is badly
    formed or taken.
    """
    if not CODE.fullmatch(code):
        raise ValueError(f"{code} is no service.event")
    if str(_registered.setdefault(code, text)) != str(text):
        raise ValueError(f"{code} says something else already")


def check(code: str, params: Mapping[str, str | int]) -> dict[str, str | int]:
    """The parameters as they may be stored. Raises NotificationRefused."""
    if code not in _registered:
        raise NotificationRefused(f"no template {code[:60]}")
    for name, value in params.items():
        if not isinstance(value, int) and not (isinstance(value, str) and PARAMETER.fullmatch(value)):
            raise NotificationRefused(f"{code}: {name[:40]} is no code")
    try:
        _ = str(_registered[code]) % params
    except (KeyError, TypeError, ValueError) as error:
        raise NotificationRefused(f"{code}: the sentence needs other parameters") from error
    return dict(params)


def words(code: str, params: Mapping[str, str | int]) -> str:
    """The sentence in the active language. A template that a later release dropped reads as plain news."""
    try:
        return str(_registered[code]) % params
    except (KeyError, TypeError, ValueError):
        return gettext("Something new at the desk")
