"""What looks after members when they write: risk words call a person, and news tells them that something
happened. Neither stops their words from being read."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F
from procrastinate.contrib.django import app

from sauga.kernel.identity import PersonActor
from sauga.kernel.states import Actor
from sauga.panel.members.actions import adult_acts, safeguarding
from sauga.panel.members.models import Flag, Member
from sauga.panel.members.queries.flags import risk_words_in
from sauga.panel.states import FlagState, MemberState
from sauga.panel.voice.models import News, Proposal
from sauga.panel.voice.rules.hours import is_resting, wakes_at

SEND = "panel.voice_news"


def looked_after(member: Member, text: str, where: str, at: datetime) -> str:
    """Raise a flag where a text has risk words: its reference, or nothing."""
    if not risk_words_in(text):
        return ""
    return safeguarding.raise_flag(member=member, kind=safeguarding.RISK_WORDS, where=where, at=at).ref


def has_open_flag(ref: str) -> bool:
    """Whether a person still looks after the flag that a text raised."""
    return bool(ref) and Flag.objects.filter(ref=ref).exclude(state=FlagState.ANSWERED).exists()


def seen_by_two(by: Actor, what: str, where: str, at: datetime, member: Member | None = None) -> None:
    """Note what an adult did about a young person, in the log that a second adult reads."""
    if isinstance(by, PersonActor):
        adult_acts.record(by=by, what=what, member=member, where=where, at=at)


def tell(
    members: Iterable[Member], what: str, at: datetime, proposal: Proposal | None = None, ballot: str = ""
) -> None:
    """Something new for members: shown in their space, and a mail that says only that there is something,
    unless an earlier one has not been looked at yet. Members under 16 are not mailed at night: the mail waits
    for the morning."""
    for member in members:
        if member.state != MemberState.ACTIVE:
            continue
        waits = News.objects.filter(member=member, seen_at__isnull=True).exists()
        row = News.objects.create(member=member, proposal=proposal, ballot=ballot, what=what, at=at)
        if not waits and member.account_id is not None:
            morning = wakes_at(at) if is_resting(member.birth_month, at) else None
            app.configure_task(SEND, queue="mail", schedule_at=morning).defer(news_id=row.pk)


def seen(member: Member, at: datetime, proposal: Proposal | None = None) -> None:
    """The member has opened the page that the news is about."""
    News.objects.filter(member=member, proposal=proposal, ballot="", seen_at__isnull=True).update(seen_at=at)


def seen_ballot(member: Member, ballot: str = "") -> None:
    """The member has opened a ballot, or the list of them. When is not kept: it would be near the vote."""
    news = News.objects.filter(member=member, seen_at__isnull=True).exclude(ballot="")
    (news.filter(ballot=ballot) if ballot else news).update(seen_at=F("at"))


def forget_ballot(ballot: str) -> None:
    """The ballot is over: no one is notified of it any more."""
    News.objects.filter(ballot=ballot).delete()
