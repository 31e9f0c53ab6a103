"""What looks after members when they write: risk words call a person, and news tells them that something
happened. Neither stops their words from being read."""

from collections.abc import Iterable
from datetime import datetime

from procrastinate.contrib.django import app

from sauga.kernel.identity import PersonActor
from sauga.kernel.states import Actor
from sauga.panel.members.actions import adult_acts, safeguarding
from sauga.panel.members.models import Flag, Member
from sauga.panel.members.queries.flags import risk_words_in
from sauga.panel.states import FlagState, MemberState
from sauga.panel.voice.models import News, Proposal

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


def tell(members: Iterable[Member], what: str, at: datetime, proposal: Proposal | None = None) -> None:
    """Something new for members: shown in their space, and a mail that says only that there is something,
    unless an earlier one has not been looked at yet."""
    for member in members:
        if member.state != MemberState.ACTIVE:
            continue
        waits = News.objects.filter(member=member, seen_at__isnull=True).exists()
        row = News.objects.create(member=member, proposal=proposal, what=what, at=at)
        if not waits and member.account_id is not None:
            app.configure_task(SEND, queue="mail").defer(news_id=row.pk)


def seen(member: Member, at: datetime, proposal: Proposal | None = None) -> None:
    """The member has opened the page that the news is about."""
    News.objects.filter(member=member, proposal=proposal, seen_at__isnull=True).update(seen_at=at)
