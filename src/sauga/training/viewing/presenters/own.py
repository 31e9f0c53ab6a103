"""What a librarian's account says about hosted webinars: on My Sauga, in the menu, in “my data”."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from sauga.kernel import members
from sauga.kernel.members.models import Member
from sauga.training.states import SiteState
from sauga.training.viewing.documents import count_until, title_of, when
from sauga.training.viewing.queries import links, sites


def waiting(by: members.MemberActor, at: datetime) -> Iterator[members.Waiting]:
    """Counts that a member's library has not sent."""
    for site in sites.of_member(by.member_id):
        if site.state in (SiteState.LIVE, SiteState.OVERDUE) and at >= site.over_at:
            yield members.Waiting(
                title=title_of(site.webinar),
                text=_("How many people watched at your library?"),
                href=f"{links.own_path(site)}#count",
                action=_("Send the count"),
                icon="users",
                due=count_until(site),
            )


def hosts(by: members.MemberActor) -> bool:
    """Whether the member hosts or hosted a webinar."""
    return by.birth_month is None and sites.has_hosted(by.member_id)


def export(member: Member, _at: datetime) -> dict[str, Any]:
    """Its part of “my data”."""
    rows = sites.of_member(member.pk)
    if not rows:
        return {}
    return {
        "hosted": [
            {"library": str(one), "webinar": title_of(one.webinar), "when": when(one.webinar)} for one in rows
        ]
    }
