"""The account itself: name, language, reminders; export; deletion by the member and of unused
accounts."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit, sealed
from sauga.kernel.i18n import languages
from sauga.kernel.identity import require
from sauga.kernel.members import protection
from sauga.kernel.members.actions.mail import WARNED_BEFORE
from sauga.kernel.members.actors import MemberActor
from sauga.kernel.members.models import Member, SigninLink
from sauga.kernel.members.my_data import holdings
from sauga.kernel.members.rules import Permission
from sauga.kernel.members.trail import ZONE, Trail
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor


class LanguageUnknown(ActionRefused):
    """The language is none of the site's; nothing was changed."""

    message = _("Choose one of the languages in the list.")
    field = "language"


def change_account(*, by: MemberActor, name: str, language: str, is_reminded: bool, at: datetime) -> None:
    """Change what the member is called, in which language mails come, and whether reminders do.

    Raises LanguageUnknown.
    """
    if language not in {row.code for row in languages.whole()}:
        raise LanguageUnknown
    with transaction.atomic():
        row = Member.objects.select_for_update().get(pk=by.member_id)
        row.name = protection.seal(protection.open_key(row), row, "name", " ".join(name.split()))
        row.language, row.is_reminded = language, is_reminded
        row.save(update_fields=["name", "language", "is_reminded"])


def record_export(*, by: MemberActor, kind: str, at: datetime) -> None:
    """Note that the member took a copy of the data."""
    with transaction.atomic():
        audit.record(by, Trail.DATA_EXPORTED, by.pseudonym, zone=ZONE, at=at, facts={"format": kind})


def delete_account(*, by: MemberActor, at: datetime) -> None:
    """Delete the member's own account. What a service must keep stays there without name and address
    (`holdings`)."""
    with transaction.atomic():
        row = Member.objects.select_for_update().get(pk=by.member_id)
        _delete(row, at)
        audit.record(by, Trail.ACCOUNT_DELETED, by.pseudonym, zone=ZONE, at=at)


def delete_unused(*, by: Actor, unused: timedelta, at: datetime) -> int:
    """Delete the accounts not used for so long and whose owners were warned a month ago. Returns how
    many."""
    require(by, Permission.END_UNUSED)
    day = (at - unused).date()
    due = Member.objects.filter(last_seen_date__lte=day, warned_at__lte=at - WARNED_BEFORE)
    with transaction.atomic():
        rows = list(due.select_for_update().order_by("pk"))
        for row in rows:
            _delete(row, at)
            audit.record(by, Trail.ACCOUNT_EXPIRED, row.pseudonym, zone=ZONE, at=at)
    return len(rows)


def delete_for_service(*, by: Actor, member: Member, at: datetime) -> None:
    """Delete the account of a young member whom the service that invited it no longer has."""
    require(by, Permission.INVITE_YOUNG)
    with transaction.atomic():
        row = Member.objects.select_for_update().get(pk=member.pk)
        _delete(row, at)
        audit.record(by, Trail.ACCOUNT_DELETED, row.pseudonym, zone=ZONE, at=at)


def retain_unused(at: datetime, keep: timedelta) -> int:
    """`delete_unused` as a retention rule."""
    from sauga.kernel.states import SystemActor

    return delete_unused(by=SystemActor("members"), unused=keep, at=at)


def _delete(row: Member, at: datetime) -> None:
    """The key first: what an older backup holds of this member opens no more."""
    for holding in holdings.every():
        holding.erase(row, at)
    links = SigninLink.objects.filter(lookup=row.lookup)
    sealed.destroy_keys([row.holder, *(link.holder for link in links)])
    links.delete()
    row.delete()
