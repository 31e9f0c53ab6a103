"""Words and marks of adapted versions and deployments at the desk, and what refusals say."""

from collections.abc import Callable

from django.utils.translation import gettext

from sauga.kernel import vocab
from sauga.kernel.states import MoveNotAllowed
from sauga.repository import blocks
from sauga.repository.actions import adapting, deploying, merging, partners
from sauga.repository.actions.moving import ReasonMissing
from sauga.repository.actions.publishing import NotInFuture
from sauga.repository.packages.h5p import NoQuestions
from sauga.repository.queries.lineage import LineageCycle
from sauga.repository.rules.comparing import ChoiceMissing
from sauga.repository.rules.filling import SlotRefused
from sauga.repository.rules.sniffing import FileRefused
from sauga.repository.views.licence_words import said

MARKS = {
    "editing": ("wait", "half"),
    "partner_review": ("wait", "half"),
    "owner_approval": ("wait", "half"),
    "released": ("good", "dot"),
    "merge_offered": ("wait", "half"),
    "pinned": ("calm", "dash"),
    "suspended": ("bad", "dash"),
    "licence_refused": ("bad", "dash"),
    "retired": ("calm", "dash"),
    "active": ("good", "dot"),
    "stale": ("wait", "half"),
    "requested": ("wait", "half"),
    "ended": ("calm", "dash"),
}
SLOT: dict[str, Callable[[], str]] = {
    "markup": lambda: gettext("Only plain text may stand here, no markup and no links."),
    "too_long": lambda: gettext("The text is too long."),
    "empty": lambda: gettext("This place must be filled."),
    "helpline_removed": lambda: gettext("The children's helpline 116 111 stays. Add your contacts on lines of their own."),
    "address": lambda: gettext("Write a whole web address that begins with https://."),
    "moment": lambda: gettext("Write the date and time like 2027-02-09 10:00."),
    "unknown": lambda: gettext("This place cannot be filled here."),
}
FILE: dict[str, Callable[[], str]] = {
    "large": lambda: gettext("The logo may have 400 KB at most."),
    "script": lambda: gettext("The picture holds a program. Save it as a plain picture."),
    "outside": lambda: gettext("The picture refers to something elsewhere. Save it with everything in it."),
    "doctype": lambda: gettext("The picture has a document type. Save it as plain SVG."),
    "belies": lambda: gettext("The file is not what its name says."),
    "sides": lambda: gettext("The picture may be 4000 pixels wide and high at most."),
    "empty": lambda: gettext("Choose a file."),
}
CONTACTS: dict[str, Callable[[], str]] = {
    "shown": lambda: gettext("shown"),
    "asked": lambda: gettext("asked for its status"),
    "taken": lambda: gettext("taken"),
}


def state(row: object, vocabulary: str) -> tuple[str, str, str]:
    """Tone, words and sign of a state."""
    code = str(getattr(row, "state", ""))
    tone, sign = MARKS.get(code, ("calm", "dash"))
    return tone, vocab.label(vocabulary, code), sign


def channel(code: str) -> str:
    """What a channel is called."""
    return gettext("page at our address") if code == "page" else vocab.label("deployment_channels", code)


def refusal(refused: Exception) -> str:
    """What a refused act says."""
    if isinstance(refused, adapting.LicenceRefused):
        words = said(refused.verdict)
        return " ".join([*words.why, *words.instead])
    if isinstance(refused, SlotRefused):
        return SLOT[refused.why]()
    if isinstance(refused, FileRefused):
        return FILE.get(refused.why, lambda: gettext("Only a PNG or SVG picture can be a logo."))()
    if isinstance(refused, blocks.BlockRefused):
        where = gettext("Paragraph %(number)s: ") % {"number": refused.place + 1}
        return where + (SLOT.get(refused.why) or SLOT["too_long" if "too" in refused.why else "empty"])()
    if isinstance(refused, deploying.OriginRefused):
        return gettext("Name the sites that show it, one a line, like https://www.mokykla.example.")
    return next((words() for kind, words in PLAIN.items() if isinstance(refused, kind)), gettext("This is not possible now."))


PLAIN: dict[type[Exception], Callable[[], str]] = {
    adapting.NotEditing: lambda: gettext("The version is not being edited now."),
    adapting.NotOffered: lambda: gettext("The resource is not offered any more."),
    adapting.ChangedMeanwhile: lambda: gettext(
        "A colleague saved this version while you were editing. Look at theirs, then save yours again."
    ),
    adapting.SlotsMissing: lambda: gettext("Places that must be filled are still empty."),
    adapting.Unknown: lambda: gettext("Choose from what is offered, and give it a title."),
    merging.NothingOffered: lambda: gettext("The original has no newer version."),
    partners.TermsOpen: lambda: gettext("Accept the terms of use first."),
    partners.PartnerExists: lambda: gettext("This organisation is a partner already."),
    partners.NameMissing: lambda: gettext("Write the name of the partner."),
    ReasonMissing: lambda: gettext("Say in a few words why."),
    NotInFuture: lambda: gettext("Choose a day in the future."),
    deploying.NotReleased: lambda: gettext("Only a released version can be used."),
    deploying.ChannelUnknown: lambda: gettext("Choose one of the ways that are offered."),
    NoQuestions: lambda: gettext("There is no question with a right answer, so there is nothing that H5P could be."),
    ChoiceMissing: lambda: gettext("Choose for every paragraph that both sides changed."),
    LineageCycle: lambda: gettext("The work would rest on itself."),
    MoveNotAllowed: lambda: gettext("This step is not possible from where the version stands now."),
}
REFUSALS: tuple[type[Exception], ...] = (
    adapting.LicenceRefused,
    SlotRefused,
    FileRefused,
    blocks.BlockRefused,
    deploying.OriginRefused,
    *PLAIN,
)
"""Refusals that the pages explain."""
