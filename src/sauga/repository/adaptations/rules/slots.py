"""Filling a slot: what each kind may hold. No markup; the helpline's number cannot be removed (vocabulary
`slot_kinds`).
"""

import re
from datetime import datetime
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from sauga.kernel.refusals import ActionRefused
from sauga.repository.resources.rules import blocks

HELPLINE = "116111"
ANY = "*"
"""The key of a value that is the same in every language."""
LONGEST = {
    "organisation_name": 120,
    "contact_person": 200,
    "place": 200,
    "local_rule": 1200,
    "example": 1200,
    "help_contacts": 600,
    "web_address": 200,
    "date_time": 40,
    "language": 16,
}
SAME_EVERYWHERE = ("date_time", "web_address", "logo", "language", "part_order")
LINES = ("local_rule", "example", "help_contacts")
TYPED = tuple(LONGEST)
"""Kinds that are filled by typing; a logo is brought as a file, the order of parts is set
beside the parts.
"""


class SlotRefused(ActionRefused):
    """The value is not valid for the slot. `why`: markup, too_long, empty, helpline_removed, address, moment,
    unknown.
    """

    messages = {
        "markup": _("Only plain text here, without markup or links."),
        "too_long": _("The text is too long."),
        "empty": _("This slot must be filled."),
        "helpline_removed": _(
            "The children's helpline 116 111 must stay. Add your contacts on separate lines."
        ),
        "address": _("Enter a full web address that begins with https://."),
        "moment": _("Enter the date and time like 2027-02-09 10:00."),
        "unknown": _("This slot cannot be filled here."),
    }

    def __init__(self, code: str, why: str) -> None:
        super().__init__(why)
        self.code = code


def filled(code: str, kind: str, text: str, *, required: bool = False) -> str:
    """The value as stored. Raises SlotRefused."""
    if kind not in LONGEST:
        raise SlotRefused(code, "unknown")
    said = _tidy(text, lines=kind in LINES)
    if not blocks.plain_text(said):
        raise SlotRefused(code, "markup")
    if len(said) > LONGEST[kind]:
        raise SlotRefused(code, "too_long")
    if kind == "help_contacts" and not names_helpline(said):
        raise SlotRefused(code, "helpline_removed")
    if required and not said:
        raise SlotRefused(code, "empty")
    if said and kind == "web_address":
        return _address(code, said)
    if said and kind == "date_time":
        return _moment(code, said)
    return said


def names_helpline(text: str) -> bool:
    """Whether the text contains the children's helpline, however its digits are grouped."""
    joined = re.sub(r"(?<=\d)[\s\u00a0\u202f.-]+(?=\d)", "", text)
    return re.search(rf"(?<!\d){HELPLINE}(?!\d)", joined) is not None


def missing(slots: list[dict[str, object]], values: dict[str, object]) -> list[str]:
    """Codes of the required slots that are empty and have no default."""
    return [
        str(slot["code"])
        for slot in slots
        if slot.get("required")
        and not values.get(str(slot["code"]))
        and not any((_mapping(slot.get("default"))).values())
    ]


def _mapping(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}


def _tidy(text: str, *, lines: bool) -> str:
    if not lines:
        return " ".join(text.split())
    kept = [" ".join(line.split()) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def _address(code: str, text: str) -> str:
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
    except ValueError:
        raise SlotRefused(code, "address") from None
    if (
        parts.scheme not in {"https", "http"}
        or "." not in host
        or parts.username
        or parts.password
        or any(c.isspace() for c in text)
    ):
        raise SlotRefused(code, "address")
    return text


def _moment(code: str, text: str) -> str:
    try:
        return datetime.fromisoformat(text.replace(" ", "T")).strftime("%Y-%m-%dT%H:%M")
    except ValueError:
        raise SlotRefused(code, "moment") from None
