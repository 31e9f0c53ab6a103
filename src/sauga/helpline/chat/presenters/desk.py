"""How the counsellor's desk puts states, bands and events into words."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext, ngettext

from sauga.helpline.chat.models import Conversation
from sauga.helpline.chat.queries.queue import effective_band
from sauga.helpline.chat.rules.events import Event
from sauga.helpline.line.rules import triage
from sauga.helpline.rota.queries.duty import Gap, Missing
from sauga.kernel import vocab
from sauga.kernel.i18n import languages

EVENTS: dict[str, Callable[[], str]] = {
    Event.JOINED: lambda: gettext("A counsellor joined."),
    Event.COUNSELLOR_GONE: lambda: gettext(
        "The counsellor's connection broke; the child was told and stood first in the queue."
    ),
    Event.STILL_THERE: lambda: gettext("The line asked whether the child is still here."),
    Event.TRANSFER_ASKED: lambda: gettext("The child was asked about handing over."),
    Event.TRANSFER_REFUSED: lambda: gettext("The child wants to stay with the same counsellor."),
    Event.TRANSFER_OVER: lambda: gettext("Nobody took over; the conversation stays."),
    Event.TRANSFERRED: lambda: gettext("A colleague took over."),
    Event.SHARE_ASKED: lambda: gettext("The child was asked whether something may be shared."),
    Event.SHARE_AGREED: lambda: gettext("The child agreed to sharing."),
    Event.SHARE_REFUSED: lambda: gettext("The child does not want anything to be shared."),
    Event.TAKEN_OVER: lambda: gettext("The shift lead took over."),
    Event.WANTS_ANOTHER: lambda: gettext("The child asks for another counsellor. The shift lead knows."),
}


LACKS: dict[Missing, Callable[[str], str]] = {
    Missing.VOLUNTEER: lambda _: gettext(
        "You are not on the list of volunteers yet; the coordinator puts you there."
    ),
    Missing.LEFT: lambda _: gettext(
        "Your last day as a volunteer has passed. It would be good to have you back: tell the coordinator."
    ),
    Missing.TRAINING: lambda kind: (
        gettext(
            "%(what)s: this training is not written down, or has run out. Other channels are open to you."
        )
        % {"what": vocab.label("training_kind", kind)}
    ),
    Missing.CHECK: lambda _: gettext("There is no valid background check. Show the coordinator a new one."),
    Missing.DEBRIEF: lambda _: gettext(
        "After a heavy contact somebody talks with you first. Choose the time with a shift lead."
    ),
}


def lacks(found: Sequence[Gap]) -> list[str]:
    """What is missing before a duty, in a friendly sentence each."""
    return [LACKS[lack.what](lack.kind) for lack in found]


def event(code: str) -> str:
    """What the line said, for staff."""
    return EVENTS[code]() if code in EVENTS else code


def risk_sentence(conversation: Conversation) -> str:
    """Why the first message got its band, or that a person decided."""
    if conversation.band_by:
        return gettext("Set by a person, not by the rules.")
    return triage.sentence(conversation.band_rules, languages.active().code)


def why_now(conversation: Conversation, at: datetime) -> str:
    """Why the queue gives this contact now, in one sentence."""
    waited = at - (conversation.since or at)
    minutes = max(0, int(waited / timedelta(minutes=1)))
    if conversation.taken_at is not None:
        return gettext("This conversation lost its counsellor and stands first.")
    if conversation.band == "IMMEDIATE":
        return gettext("Immediate danger goes before everybody else.")
    if conversation.band_by:
        return gettext("A colleague set this band by hand.")
    if effective_band(conversation, at) != conversation.band:
        return ngettext(
            "Waiting for %(n)d minute, so it counts one step higher: nobody waits for ever.",
            "Waiting for %(n)d minutes, so it counts higher: nobody waits for ever.",
            minutes,
        ) % {"n": minutes}
    return ngettext("Longest in its band: %(n)d minute.", "Longest in its band: %(n)d minutes.", minutes) % {
        "n": minutes
    }
