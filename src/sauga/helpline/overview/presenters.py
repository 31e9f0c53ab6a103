"""The board in words: marks, times and sentences."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sauga.helpline.calls.presenters import length, running
from sauga.helpline.chat.queries.queue import Waiting
from sauga.helpline.line.presenters import band
from sauga.helpline.line.rules.hours import Availability
from sauga.helpline.overview.queries.board import Board, Channel, Cover, DutyLine, Moment, TalkLine
from sauga.helpline.states import ChatState
from sauga.kernel import vocab
from sauga.kernel.clock import VILNIUS
from sauga.kernel.i18n import languages
from sauga.kernel.i18n.values import spans
from sauga.kernel.ui import charts
from sauga.kernel.ui.components import Moment as Shown

CHANNEL_STATES = {
    Availability.OPEN: ("good", "dot", pgettext_lazy("channel", "Open")),
    Availability.FULL: ("wait", "half", pgettext_lazy("channel", "Open, the queue is long")),
    Availability.PAUSED: ("bad", "bars", pgettext_lazy("channel", "Paused")),
    Availability.CLOSED: ("calm", "dash", pgettext_lazy("channel", "Closed")),
    Availability.MAYBE: ("wait", "half", pgettext_lazy("channel", "Uncertain")),
}
ICONS = {"PHONE": "phone", "CHAT": "message-circle"}
TALKING = {
    ChatState.ACTIVE: ("act", "target", pgettext_lazy("talk", "talking")),
    ChatState.PAUSED: ("wait", "bars", pgettext_lazy("talk", "line lost")),
    ChatState.TRANSFER_OFFERED: ("act", "rings", pgettext_lazy("talk", "handing over")),
}
WRITING = ("calm", "bars", pgettext_lazy("talk", "writing up"))
TOO_LONG = ("bad", "cross", pgettext_lazy("talk", "writing for too long"))
LONG_WAIT = timedelta(minutes=15)


def channel(found: Channel, usual: tuple[int | None, int | None]) -> dict[str, Any]:
    """One card at the top."""
    tone, shape, text = CHANNEL_STATES[found.opening.state]
    return {
        "found": found,
        "name": vocab.label("channel", found.code),
        "icon": ICONS[found.code],
        "tone": tone,
        "shape": shape,
        "state": text,
        "longest": length(found.longest),
        "is_long": found.longest is not None
        and found.longest > (LONG_WAIT if found.code == "CHAT" else timedelta(minutes=1)),
        "on_duty": gettext("%(n)d of %(wanted)d") % {"n": found.on_duty, "wanted": found.minimum}
        if found.minimum is not None
        else str(found.on_duty),
        "note": _note(found, usual),
    }


def _note(found: Channel, usual: tuple[int | None, int | None]) -> str:
    if found.pause and found.pause_until:
        said = {
            "reason": vocab.label("pause_reason", found.pause),
            "time": found.pause_until.astimezone(VILNIUS).strftime("%H:%M"),
        }
        return gettext("Paused by a shift lead until %(time)s: %(reason)s") % said
    if found.pause:
        return gettext("Paused by a shift lead: %(reason)s") % {
            "reason": vocab.label("pause_reason", found.pause)
        }
    if found.opening.state == Availability.CLOSED and found.opening.next_at:
        when = found.opening.next_at.astimezone(VILNIUS).strftime("%H:%M")
        return gettext("Opens next at %(time)s.") % {"time": when}
    if found.code == "PHONE":
        return gettext("In the last hour %(picked)d of %(rang)d calls were picked up.") % {
            "picked": found.picked_up,
            "rang": found.rang,
        }
    low, high = usual
    if low is None or high is None:
        return gettext("Nobody has waited lately, so children are told no time.")
    return gettext("Children are told: usually %(low)d–%(high)d minutes.") % {"low": low, "high": high}


def waiting(line: Waiting) -> dict[str, Any]:
    """One row of the queue, with the sentence why it stands there."""
    talk = line.conversation
    return {
        "ref": talk.ref,
        "place": line.place,
        "band": band(line.band),
        "why": why(line),
        "since": int((talk.since or talk.started_at).timestamp()),
        "clock": length(timedelta(seconds=line.seconds)),
        "is_offered": line.is_offered,
        "is_orphan": talk.taken_at is not None,
        "is_adult": talk.audience != "CHILD",
        "language": "" if talk.language == languages.DEFAULT else vocab.label("language", talk.language),
        "is_urgent": line.band == "IMMEDIATE" or talk.taken_at is not None,
    }


def why(line: Waiting) -> str:
    """One sentence: lost counsellor, a person's decision, raised by waiting, or what the rules found."""
    from sauga.helpline.line.rules import triage

    talk = line.conversation
    if talk.taken_at is not None:
        return gettext("Lost its counsellor in the middle of the talk.")
    if talk.band_by:
        return gettext("A person set this order.")
    if line.band != talk.band:
        return gettext("Raised: has waited longer than a quarter of an hour.")
    if not talk.band_rules:
        return gettext("Nothing in the first message speaks of danger.")
    return triage.sentence(talk.band_rules, languages.active().code)


def talk(line: TalkLine, at: datetime) -> dict[str, Any]:
    """One row of those who talk or write up."""
    tone, shape, text = TALKING.get(line.state, TOO_LONG if line.is_late else WRITING)
    return {
        "line": line,
        "band": band(line.band),
        "tone": tone,
        "shape": shape,
        "state": text,
        "is_talking": line.state in TALKING,
        "clock": running(line.since, at),
        "since": int(line.since.timestamp()),
    }


def duty(line: DutyLine, at: datetime) -> dict[str, Any]:
    """One person who is there."""
    if line.is_on_break:
        shown = ("calm", "bars", gettext("on a break"))
    elif line.is_silent:
        shown = ("wait", "half", gettext("no sign of life lately"))
    elif line.in_hand:
        shown = ("act", "target", gettext("talking"))
    else:
        shown = ("good", "dot", gettext("free"))
    note = ""
    if line.refusals:
        note = ngettext(
            "%(n)d offer declined: ask kindly how it goes",
            "%(n)d offers declined: ask kindly how it goes",
            line.refusals,
        )
        note %= {"n": line.refusals}
    return {
        "line": line,
        "tone": shown[0],
        "shape": shown[1],
        "state": shown[2],
        "channels": ", ".join(vocab.label("duty_channel", code) for code in line.channels)
        or (gettext("leads the shift")),
        "since": spans.duration(at - line.since),
        "note": note,
    }


def cover(rows: tuple[Cover, ...]) -> list[dict[str, Any]]:
    """The coming hours: how many people of how many, in words and as a bar."""
    return [
        {
            "hour": row.begins.astimezone(VILNIUS).strftime("%H:00"),
            "text": gettext("%(n)d of %(wanted)d") % {"n": row.people, "wanted": row.wanted},
            "bar": charts.share_bar(min(row.people / row.wanted, 1.0)),
            "missing": max(row.wanted - row.people, 0),
        }
        for row in rows
    ]


KINDS = {
    "PAUSED": ("bad", _("%(channel)s: paused")),
    "RESUMED": ("done", _("%(channel)s: the pause is over")),
    "CAME": ("done", _("%(who)s came on duty")),
    "LEFT": ("done", _("%(who)s went off duty")),
    "ORPHAN": ("bad", _("A conversation lost its counsellor")),
    "REFUSED": ("done", _("An offer was declined")),
}


def moment(found: Moment) -> Shown:
    """One line of the shift's course."""
    kind, text = KINDS[found.kind]
    note = vocab.label("refusal_reason", found.detail) if found.kind == "REFUSED" else ""
    if found.kind == "PAUSED":
        note = (
            vocab.label("pause_reason", found.detail)
            if vocab.has_term("pause_reason", found.detail)
            else gettext("too few people")
        )
    values = {"channel": vocab.label("channel", found.channel), "who": found.detail}
    return Shown(
        text=text % values, when_text=found.at.astimezone(VILNIUS).strftime("%H:%M"), note=note, kind=kind
    )


def context(found: Board, at: datetime) -> dict[str, Any]:
    """Everything the page of the board draws."""
    return {
        "board": found,
        "channels": [channel(one, found.usual_wait) for one in found.channels],
        "waiting": [waiting(line) for line in found.waiting],
        "talks": [talk(line, at) for line in found.talks],
        "duties": [duty(line, at) for line in found.duties],
        "cover": cover(found.cover),
        "moments": [moment(one) for one in found.moments],
        "oldest": spans.duration(found.letters.oldest) if found.letters.oldest is not None else "–",
        "at": at,
    }
