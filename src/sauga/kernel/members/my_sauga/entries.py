"""What the member site itself puts on “My Sauga” and into its menu, and the one consent that it asks for."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from sauga.kernel.members import queries
from sauga.kernel.members.actors import MemberActor
from sauga.kernel.members.consents import Purpose, Text
from sauga.kernel.members.home import MemberPage, Suggestion, Waiting
from sauga.kernel.members.models import Member
from sauga.kernel.members.states import RepresentationState

COLLEAGUES = "members.colleagues"


def _is_adult(by: MemberActor) -> bool:
    return by.birth_month is None


PAGES = (
    MemberPage(url="members-home", label=_("Today"), order=0),
    MemberPage(
        url="members-organisations", label=_("Organisations"), order=80, is_account=True, is_for=_is_adult
    ),
    MemberPage(url="members-consents", label=_("Consents"), order=85, is_account=True),
    MemberPage(url="members-data", label=_("My data"), order=90, is_account=True),
)
SUGGESTIONS = (
    Suggestion(
        url="members-ask",
        title=_("Say which organisation you act for"),
        text=_("A school, a library or a partner of the centre. The organisation or our staff confirm it."),
        icon="building-2",
        order=20,
        is_for=_is_adult,
    ),
    Suggestion(
        url="members-account",
        title=_("Choose what we may write to you about"),
        text=_("At most one email a week, and only when something is waiting for you."),
        icon="mail",
        order=40,
        is_for=_is_adult,
    ),
    Suggestion(
        url="members-data",
        title=_("See what we hold about you"),
        text=_("Everything on one page, to download or to delete."),
        icon="database",
        order=60,
        is_for=_is_adult,
    ),
    Suggestion(
        url="members-consents",
        title=_("See what you agreed to"),
        text=_("You can take back every yes with one click."),
        icon="check-check",
        order=20,
        is_for=lambda by: not _is_adult(by),
    ),
)


def waiting(by: MemberActor, at: datetime) -> Iterable[Waiting]:
    """A copied passkey, requests of colleagues, and consents that are asked for again or await a guardian."""
    if queries.has_copied_passkey(by):
        yield Waiting(
            title=gettext("Someone tried to sign in with a copy of your passkey"),
            text=gettext("They were refused. Remove that passkey and add a new one."),
            href=reverse("members-account"),
            action=gettext("See your passkeys"),
            icon="shield-alert",
        )
    asked = [line for line in queries.colleagues_of(by, at) if line.row.state == RepresentationState.ASKED]
    for line in asked:
        yield Waiting(
            title=gettext("A colleague asks to act for %(organisation)s")
            % {"organisation": line.organisation},
            text=gettext("You act for this organisation, so you can say whether it is right."),
            href=reverse("members-organisations"),
            action=gettext("Decide"),
            icon="users",
        )
    yield from _consents(by, at)


def _consents(by: MemberActor, at: datetime) -> Iterable[Waiting]:
    for line in queries.consent_lines(by.member, at):
        if line.is_outdated or (by.birth_month is not None and line.own is None):
            yield Waiting(
                title=line.purpose.title,
                text=gettext("Your decision is asked for. Nothing happens before you decide."),
                href=reverse("members-consents"),
                action=gettext("Read and decide"),
                icon="check-check",
            )


def _colleague_count(member: Member) -> int:
    return queries.count_colleagues(member)


def touches(member: Member) -> Sequence[Text]:
    """What a withdrawal of the consent to be seen affects."""
    count = _colleague_count(member)
    if not count:
        return [gettext("Nobody sees your name at present.")]
    return [
        ngettext(
            "%(n)d colleague no longer sees your name on the page of the organisation.",
            "%(n)d colleagues no longer see your name on the page of the organisation.",
            count,
        )
        % {"n": count}
    ]


PURPOSES = (
    Purpose(
        code=COLLEAGUES,
        title=_("Colleagues see my name"),
        texts={
            1: _(
                "People who act for the same organisation in Sauga see your name on the page of that "
                "organisation. Nobody else does, and your address is never shown."
            )
        },
        touches=touches,
    ),
)
