"""Putting an organisation back to how it was before an import changed it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from sauga.kernel import audit
from sauga.kernel.organisations.actions.names import settle_names
from sauga.kernel.organisations.models import ContactAddress, Identifier, Organisation
from sauga.kernel.organisations.rules import Permission
from sauga.kernel.organisations.spans import range_of, span_of
from sauga.kernel.organisations.trail import ZONE, Trail
from sauga.kernel.permissions import require
from sauga.kernel.states import Actor

FACTS = ("kinds", "country", "municipality", "website")


def snapshot(row: Organisation) -> dict[str, Any]:
    """Its facts, names, codes and mailboxes, in a form that can be stored."""
    return {
        "facts": {name: getattr(row, name) for name in FACTS},
        "names": {str(one.pk): one.until for one in row.names.all()},
        "codes": [one.pk for one in row.identifiers.all()],
        "mailboxes": {one.purpose: one.email for one in row.contacts.all()},
    }


def restore(*, by: Actor, organisation: Organisation, before: Mapping[str, Any], at: datetime) -> None:
    """Undo what an import did to a locked organisation: what it added goes, what it ended lasts again."""
    require(by, Permission.IMPORT)
    with transaction.atomic():
        for name, value in before["facts"].items():
            setattr(organisation, name, value)
        organisation.save(update_fields=[*FACTS])
        organisation.names.exclude(pk__in=[int(key) for key in before["names"]]).delete()
        for row in organisation.names.all():
            span = span_of(row.since, before["names"][str(row.pk)])
            row.until, row.during = span.until, range_of(span.possible)
            row.save(update_fields=["until", "during"])
        Identifier.objects.filter(organisation=organisation).exclude(pk__in=before["codes"]).delete()
        ContactAddress.objects.filter(organisation=organisation).exclude(
            purpose__in=before["mailboxes"]
        ).delete()
        for purpose, email in before["mailboxes"].items():
            ContactAddress.objects.update_or_create(
                organisation=organisation, purpose=purpose, defaults={"email": email}
            )
        settle_names(organisation, at)
        audit.record(by, Trail.EDITED, organisation, zone=ZONE, at=at, facts={"what": "import"})
