"""How members learn that there is something new, by a mail that says only that, and adults that they are
to be at a meeting or a discussion."""

from collections.abc import Collection
from datetime import datetime

from sauga.kernel.identity import PersonActor, require
from sauga.kernel.identity.models import Person
from sauga.kernel.members import address_of
from sauga.kernel.notifications import MailRefused, deliver, notify
from sauga.kernel.sealed import KeyNotAvailable
from sauga.kernel.states import Actor
from sauga.panel.permissions import Permission
from sauga.panel.states import MemberState
from sauga.panel.voice import mail_text
from sauga.panel.voice.actions.addressees import NotHanded
from sauga.panel.voice.models import News


def send_news(*, by: Actor, news_id: int, at: datetime) -> bool:
    """Mail a member who has an address and has not looked yet; whether the server took it. Raises
    PermissionRefused, NotHanded."""
    require(by, Permission.ADVANCE_VOICE)
    row = News.objects.select_related("member__account").filter(pk=news_id, seen_at__isnull=True).first()
    if row is None or row.member.account is None or row.member.state != MemberState.ACTIVE:
        return False
    try:
        address = address_of(row.member.account)
        if not address:
            return False
        letter = mail_text.news_mail(row.member.language, address, at)
    except (KeyNotAvailable, MailRefused):
        return False
    handed = deliver(letter)
    if not handed.accepted and handed.temporary:
        raise NotHanded(handed.code)
    return handed.accepted


def notify_adults(by: Actor, people: Collection[int], template: str, link: str, at: datetime) -> None:
    """Notify people, given by their primary keys; the person who acted is left out."""
    mine = {by.person_id} if isinstance(by, PersonActor) else set()
    for person in Person.objects.filter(pk__in=set(people) - mine).order_by("pk"):
        notify(to=person, template=template, link=link, at=at)
