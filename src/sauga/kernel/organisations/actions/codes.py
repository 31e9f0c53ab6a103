"""Codes of other registers, and mailboxes of an organisation's offices."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit
from sauga.kernel.organisations import schemes
from sauga.kernel.organisations.models import ContactAddress, Identifier, Organisation
from sauga.kernel.organisations.rules import Permission
from sauga.kernel.organisations.schemes import Scheme
from sauga.kernel.organisations.terms import Purpose
from sauga.kernel.organisations.trail import ZONE, Trail
from sauga.kernel.permissions import require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, lock


class CodeRefused(ActionRefused):
    """The code is not one of that register. It is never repaired silently."""

    messages = {
        "scheme": _("Choose the register that gave the code."),
        "shape": _("The code has another form in that register. A legal entity code has nine digits."),
        "check_digit": _("The last digit does not fit the others: one digit is probably mistyped."),
        "zero": _("A spreadsheet has probably dropped the zero at the beginning. Did you mean %(meant)s?"),
        "taken": _("The organisation %(other)s of the register has this code already."),
    }
    fields = {name: "value" for name in ("shape", "check_digit", "zero", "taken")} | {"scheme": "scheme"}


class MailboxRefused(ActionRefused):
    """The purpose is not one, or the address is none."""

    messages = {
        "purpose": _("Choose what the mailbox is for."),
        "email": _("This is not an email address."),
    }
    fields = {"purpose": "purpose", "email": "email"}


def set_identifier(
    *,
    by: Actor,
    organisation: Organisation,
    scheme: str,
    value: str,
    is_verified: bool = False,
    source: str = "",
    at: datetime,
) -> Identifier | None:
    """The code of the organisation in another register; an empty one takes it away. `is_verified`: a person
    has found it there.

    Raises CodeRefused.
    """
    require(by, Permission.EDIT)
    value = value.strip()
    if scheme not in Scheme.values:
        raise CodeRefused("scheme")
    if value:
        check_code(scheme, value)
    with transaction.atomic():
        organisation = lock(organisation)
        held = Identifier.objects.select_for_update().filter(organisation=organisation, scheme=scheme)
        row = held.first()
        if not value:
            if row is not None:
                row.delete()
            row = None
        else:
            row = row or Identifier(organisation=organisation, scheme=scheme)
            row.value, row.source = value, " ".join(source.split())[:300]
            row.verified_at = at if is_verified else None
            _store(row)
        facts: dict[str, str | int | bool] = {
            "scheme": scheme,
            "verified": is_verified,
            "removed": row is None,
        }
        _record(by, Trail.CODE_SET, organisation, facts, at)
    return row


def check_code(scheme: str, value: str) -> None:
    """Pass in silence or raise CodeRefused."""
    if why := schemes.trouble(scheme, value):
        raise CodeRefused(why, **({"meant": schemes.lost_zeros(value)} if why == "zero" else {}))


def set_contact(*, by: Actor, organisation: Organisation, purpose: str, email: str, at: datetime) -> None:
    """The mailbox of an office of the organisation; an empty address takes it away. Raises MailboxRefused."""
    require(by, Permission.EDIT)
    if purpose not in Purpose.values:
        raise MailboxRefused("purpose")
    email = email.strip()
    if email:
        try:
            validate_email(email)
        except ValidationError as wrong:
            raise MailboxRefused("email") from wrong
    with transaction.atomic():
        organisation = lock(organisation)
        if email:
            ContactAddress.objects.update_or_create(
                organisation=organisation, purpose=purpose, defaults={"email": email}
            )
        else:
            organisation.contacts.filter(purpose=purpose).delete()
        _record(by, Trail.CONTACT_SET, organisation, {"purpose": purpose, "removed": not email}, at)


def _store(row: Identifier) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as taken:
        other = Identifier.objects.filter(scheme=row.scheme, value=row.value).exclude(pk=row.pk).first()
        if other is None:
            raise
        raise CodeRefused("taken", other=other.organisation.code) from taken


def _record(
    by: Actor, act: Trail, organisation: Organisation, facts: dict[str, str | int | bool], at: datetime
) -> None:
    organisation.changed_at = at
    organisation.save(update_fields=["changed_at"])
    audit.record(by, act, organisation, zone=ZONE, at=at, facts=facts)
