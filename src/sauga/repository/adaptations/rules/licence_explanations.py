"""The licence engine's verdicts in plain words: why not, and what instead."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from sauga.repository.adaptations.rules.licences import Answer, Instead, Reason, Verdict
from sauga.repository.resources.rules.attribution import SHORT

WHY: dict[str, Callable[[], str]] = {
    Reason.NO_DERIVATIVES: lambda: gettext("The licence lets you share the work, but not change it."),
    Reason.SLOT_NOT_DECLARED: lambda: gettext("The owner does not allow others to fill this slot."),
    Reason.RESERVED: lambda: gettext("All rights reserved: the work may be read here, but not copied."),
    Reason.CUSTOM: lambda: gettext("The owner has special terms that a person must read."),
    Reason.NOT_COMMERCIAL: lambda: gettext("The licence does not allow commercial use."),
    Reason.NO_COMMON_LICENCE: lambda: gettext("The licences of these works cannot be combined in one work."),
    Reason.SHARE_ALIKE_LOST: lambda: gettext("The original requires every adaptation to keep its licence."),
    Reason.NOT_OFFERED: lambda: gettext("The result cannot carry this licence."),
    Reason.UNKNOWN: lambda: gettext("The terms of the work are not known."),
}
WHAT: dict[str, Callable[[], str]] = {
    Instead.FILL_SLOTS: lambda: gettext("Fill the slots: logo, contacts, place and time."),
    Instead.USE_UNCHANGED: lambda: gettext("Use the work unchanged."),
    Instead.COLLECT: lambda: gettext("Put the works together in a toolkit, each unchanged."),
    Instead.ASK_THE_OWNER: lambda: gettext(
        "Ask the owner: you can begin, and the owner approves before release."
    ),
    Instead.USE_THESE_LICENCES: lambda: gettext("Choose one of the licences offered."),
    Instead.LEAVE_OUT: lambda: gettext("Leave the work in question out."),
    Instead.WITHOUT_PROFIT: lambda: gettext("Use it non-commercially."),
    Instead.LINK: lambda: gettext("Link to its page."),
}


@dataclass(frozen=True)
class Said:
    """A verdict ready to show."""

    answer: str
    why: list[str]
    instead: list[str]
    licences: list[tuple[str, str]]

    @property
    def is_refused(self) -> bool:
        """Whether it is not permitted."""
        return self.answer == Answer.REFUSED

    @property
    def asks(self) -> bool:
        """Whether the owner must approve before release."""
        return self.answer == Answer.ASK_OWNER


def said(verdict: Verdict) -> Said:
    """A verdict in words."""
    return _said(verdict.answer, verdict.reasons, verdict.instead, verdict.licences)


def explain_stored(kept: Mapping[str, Any]) -> Said:
    """A verdict that was stored with an adaptation."""
    return _said(
        str(kept.get("answer", "")),
        kept.get("reasons", ()),
        kept.get("instead", ()),
        kept.get("licences", ()),
    )


def _said(answer: str, reasons: Iterable[str], instead: Iterable[str], licences: Iterable[str]) -> Said:
    refused = answer == Answer.REFUSED
    possible = [
        WHAT[one]() for one in instead if one in WHAT and not (refused and one == Instead.ASK_THE_OWNER)
    ]
    if refused and Instead.ASK_THE_OWNER in instead:
        possible.append(gettext("Ask the owner for permission."))
    return Said(
        str(answer),
        [WHY[one]() for one in reasons if one in WHY],
        possible,
        [(one, SHORT.get(one, one)) for one in licences],
    )
