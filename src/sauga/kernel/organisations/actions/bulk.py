"""Many organisations at once: added, changed and taken back as an import does it, with the same checks as one
by one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import transaction

from sauga.kernel import audit
from sauga.kernel.audit.registry import LONGEST_CODE
from sauga.kernel.ids import new_reference
from sauga.kernel.organisations import places
from sauga.kernel.organisations.actions.codes import check_code
from sauga.kernel.organisations.actions.names import new_name
from sauga.kernel.organisations.actions.organisations import (
    CODE_LENGTH,
    check_privileged,
    known_kinds,
    set_facts,
)
from sauga.kernel.organisations.models import (
    ContactAddress,
    Identifier,
    NameWord,
    Organisation,
    OrganisationName,
)
from sauga.kernel.organisations.normalised_names import order_key
from sauga.kernel.organisations.rules import Permission
from sauga.kernel.organisations.terms import Purpose
from sauga.kernel.organisations.trail import ZONE, Trail
from sauga.kernel.permissions import require
from sauga.kernel.states import Actor

AT_ONCE = 1000

type OnProgress = Callable[[int], None]


@dataclass(frozen=True)
class Draft:
    """What is known of an organisation that is not in the register yet: names by language, codes by scheme,
    and so on."""

    names: dict[str, str]
    kinds: tuple[str, ...] = ()
    short: str = ""
    country: str = places.HOME
    municipality: str = ""
    website: str = ""
    codes: tuple[tuple[str, str], ...] = ()
    email: str = ""


def create_organisations(
    *, by: Actor, drafts: Sequence[Draft], at: datetime, on_progress: OnProgress = lambda _done: None
) -> list[Organisation]:
    """Add them all, in their order, with few statements.

    Raises as `create_organisation` and `set_identifier` do, and IntegrityError where a code was taken in
    this very moment; then none is added.
    """
    require(by, Permission.IMPORT)
    known = {one.kinds for one in drafts}
    checked = {kinds: known_kinds(kinds) for kinds in known}
    check_privileged(by, {kind for kinds in known for kind in kinds})
    with transaction.atomic():
        rows = [_row(draft, checked[draft.kinds], at) for draft in drafts]
        Organisation.objects.bulk_create(rows, batch_size=AT_ONCE)
        on_progress(len(rows) // 2)
        names = [name for row, draft in zip(rows, drafts, strict=True) for name in _names(row, draft)]
        OrganisationName.objects.bulk_create(names, batch_size=AT_ONCE)
        words = sorted({word for name in names for word in name.folded.split()})
        NameWord.objects.bulk_create(
            [NameWord(word=word) for word in words], ignore_conflicts=True, batch_size=AT_ONCE
        )
        pairs = list(zip(rows, drafts, strict=True))
        Identifier.objects.bulk_create(
            [_identifier(row, *code) for row, draft in pairs for code in draft.codes], batch_size=AT_ONCE
        )
        ContactAddress.objects.bulk_create(
            [
                ContactAddress(organisation=row, purpose=Purpose.GENERAL, email=draft.email)
                for row, draft in pairs
                if draft.email
            ],
            batch_size=AT_ONCE,
        )
        lines: list[tuple[Any, dict[str, Any]]] = [
            (row, {"kinds": ",".join(row.kinds)[:LONGEST_CODE]}) for row in rows
        ]
        audit.record_all(by, Trail.CREATED, lines, zone=ZONE, at=at)
        on_progress(len(rows))
    return rows


def discard_organisations(*, by: Actor, organisations: Sequence[Organisation], at: datetime) -> None:
    """Take back organisations that were added by mistake and that nothing refers to (`referred_to`).

    Raises ProtectedError where something does.
    """
    require(by, Permission.IMPORT)
    with transaction.atomic():
        audit.record_all(by, Trail.DISCARDED, [(row, {}) for row in organisations], zone=ZONE, at=at)
        Organisation.objects.filter(pk__in=[row.pk for row in organisations]).delete()


def referred_to(keys: Sequence[int]) -> set[int]:
    """Those of the organisations that anything refers to beside their own names, codes and mailboxes."""
    found: set[int] = set()
    own = {OrganisationName, Identifier, ContactAddress}
    for model in apps.get_models():
        if model in own or model._meta.app_label == "organisation_pages":
            continue
        for field in model._meta.concrete_fields:
            if field.remote_field and field.remote_field.model is Organisation:
                rows = model._base_manager.filter(**{f"{field.name}__in": keys})
                found.update(rows.values_list(field.attname, flat=True))
    return found


def _row(draft: Draft, kinds: list[str], at: datetime) -> Organisation:
    name = draft.names.get("lt") or next(iter(draft.names.values()))
    row = Organisation(
        code=new_reference(CODE_LENGTH), kinds=kinds, valid_from=at, changed_at=at, order_key=order_key(name)
    )
    set_facts(row, country=draft.country, municipality=draft.municipality, website=draft.website)
    return row


def _names(row: Organisation, draft: Draft) -> list[OrganisationName]:
    return [
        new_name(row, language=language, name=name, short=draft.short if language == first else "")
        for first in [next(iter(draft.names))]
        for language, name in draft.names.items()
    ]


def _identifier(row: Organisation, scheme: str, value: str) -> Identifier:
    check_code(scheme, value)
    return Identifier(organisation=row, scheme=scheme, value=value)
