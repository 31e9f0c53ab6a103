"""Which texts of a translator's file may be taken: text by text, never over what changed meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from sauga.kernel.refusals import ActionRefused
from sauga.repository.syndication.rules import xliff

SOURCE_CHANGED, TARGET_CHANGED, UNKNOWN, INCOMPLETE = (
    "source_changed",
    "target_changed",
    "unknown",
    "incomplete",
)
CODES, TOO_LONG = "codes", "too_long"


class NotThisOne(ActionRefused):
    """The file was made from something else, or for other languages."""

    message = _("This file was made from another text. Upload the file that was downloaded on this page.")
    field = "file"


@dataclass(frozen=True)
class Refused:
    """A text that was not taken: its place, the reason (a code), the text in the file, the current text."""

    name: str
    why: str
    theirs: str = ""
    ours: str = ""


def sift(
    document: xliff.Document, source: Mapping[str, str], target: Mapping[str, str]
) -> tuple[dict[str, str], list[Refused]]:
    """The translations that may be taken, and those that may not.

    `source` and `target` are the current texts by place. A place without a translation in the file is
    neither.
    """
    texts: dict[str, str] = {}
    refused: list[Refused] = []
    for name, unit in xliff.by_name(document.units).items():
        now, held = source.get(name), target.get(name, "")
        if not unit.target:
            continue
        if now is None:
            refused.append(Refused(name, UNKNOWN, unit.target))
        elif now != unit.source:
            refused.append(Refused(name, SOURCE_CHANGED, unit.source, now))
        elif held != unit.target and xliff.digest(held) != unit.seen:
            refused.append(Refused(name, TARGET_CHANGED, unit.target, held))
        elif not xliff.same_codes(now, unit.target):
            if held != unit.target:  # what was not touched stays as it is, whatever its codes
                refused.append(Refused(name, CODES, unit.target, now))
        else:
            texts[name] = unit.target.strip()
    return texts, refused
