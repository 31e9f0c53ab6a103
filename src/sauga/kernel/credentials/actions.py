"""Everything that happens to a credential: issued, suspended, restored, revoked, replaced, expired.

Each act moves the state, writes the status lists, the audit line and what the owner does about it in one
transaction.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit
from sauga.kernel.credentials import documents, protection
from sauga.kernel.credentials.declarations.kinds import CredentialKind, Why, kind_of, zone_of
from sauga.kernel.credentials.declarations.printed import LANGUAGES, PrintedFields
from sauga.kernel.credentials.effects import Moved, credential_moved
from sauga.kernel.credentials.integrity import proofs
from sauga.kernel.credentials.issuer import keys, status_lists
from sauga.kernel.credentials.issuer.addresses import check_address
from sauga.kernel.credentials.models import Credential, CredentialWord, IssuerKey
from sauga.kernel.credentials.states import OPEN, CredentialState
from sauga.kernel.credentials.trail import SYSTEM, Trail
from sauga.kernel.ids import new_reference
from sauga.kernel.members.models import Member
from sauga.kernel.permissions import PermissionRefused, allowed, require
from sauga.kernel.refusals import ActionRefused, NothingChanged, ReasonMissing
from sauga.kernel.states import Actor, MoveNotAllowed, SystemActor, lock, move

CODE_LETTERS, NUMBER_LETTERS, ATTEMPTS = 16, 6, 4
"""80 bits in the code, so that nobody finds one by trying. The number is no secret and opens nothing."""


class CredentialRefused(ActionRefused):
    """It cannot be issued like this."""

    messages = {
        "open": _("There is a valid credential of this kind already: replace it instead."),
        "subject": _(
            "The new credential must be of the same kind and the same subject as the one it replaces."
        ),
        "term": _("The last day must come after the day of issue."),
        "number": _("There is a credential with this number already."),
        "name": _("State the name as it shall be printed, without an email address."),
    }
    fields = {"term": "valid_until", "number": "number", "name": "holder"}


def issue(
    *,
    by: Actor,
    kind: CredentialKind | str,
    printed: PrintedFields,
    subject: str,
    at: datetime,
    valid_until: datetime | None = None,
    replaces: Credential | None = None,
    language: str = LANGUAGES[0],
    member: Member | None = None,
    is_named: bool = False,
) -> Credential:
    """Issue a credential for the owner's `subject`, such as "training.enrolment:K7Q4-M2XX".

    `replaces` is moved to REPLACED in the same transaction: there are never two valid ones of one kind and
    subject. `language` is that of the file; paper and check page have both. `member` sees it in “My Sauga”.
    `is_named`: the holder wants the name in the file as a salted hash. Raises PermissionRefused,
    CredentialRefused, MoveNotAllowed, KeyNotAvailable.
    """
    found = kind if isinstance(kind, CredentialKind) else kind_of(kind)
    if not any(allowed(by, one) for one in found.issue_with):
        raise PermissionRefused(str(next(iter(found.issue_with))))
    order = _Order(
        kind=found,
        printed=printed,
        subject=subject,
        valid_until=valid_until,
        replaces=replaces,
        language=language,
        member=member,
        is_named=is_named,
        why=str(Why.RENEWED) if replaces is not None else "",
    )
    return _issue(by, order, at)


def replace(
    *,
    by: Actor,
    credential: Credential,
    why: str,
    at: datetime,
    printed: PrintedFields,
    valid_until: datetime | None = None,
    is_named: bool = False,
) -> Credential:
    """Issue another one in its place, with other fields; the old one no longer stands. `valid_until`: its
    term if it has another one. Raises PermissionRefused, ReasonMissing, CredentialRefused, MoveNotAllowed."""
    kind = kind_of(credential.kind)
    require(by, kind.keep_with, kind.owner(credential))
    _require_reason(kind, why)
    order = _Order(
        kind=kind,
        printed=printed,
        subject=credential.subject,
        valid_until=valid_until or credential.valid_until,
        replaces=credential,
        language=credential.language,
        member=credential.member,
        is_named=is_named,
        why=why,
    )
    return _issue(by, order, at)


def correct_name(*, by: Actor, credential: Credential, holder: str, at: datetime) -> Credential:
    """The same credential for a corrected name: another one replaces it. Raises PermissionRefused,
    NothingChanged, CredentialRefused, MoveNotAllowed."""
    kind = kind_of(credential.kind)
    require(by, kind.keep_with, kind.owner(credential))
    name = " ".join(holder.split())
    held = protection.content_of(credential).printed
    if name == held.holder:
        raise NothingChanged
    try:
        printed = held.held_by(name)
    except ValueError:
        raise CredentialRefused("name") from None
    return replace(by=by, credential=credential, why=Why.NAME, printed=printed, at=at)


def suspend(*, by: Actor, credential: Credential, why: str, at: datetime) -> Credential:
    """It does not stand for the time being. Raises PermissionRefused, ReasonMissing, MoveNotAllowed."""
    return _act(by, credential, CredentialState.SUSPENDED, why, at)


def restore(*, by: Actor, credential: Credential, why: str, at: datetime) -> Credential:
    """It stands again. Raises PermissionRefused, ReasonMissing, MoveNotAllowed."""
    return _act(by, credential, CredentialState.VALID, why, at)


def revoke(*, by: Actor, credential: Credential, why: str, at: datetime) -> Credential:
    """It no longer stands, for good. Raises PermissionRefused, ReasonMissing, MoveNotAllowed."""
    return _act(by, credential, CredentialState.REVOKED, why, at)


def expire_due(*, at: datetime) -> int:
    """Move what is past its term to EXPIRED; how many."""
    by = SystemActor(SYSTEM)
    due = Credential.objects.filter(state__in=[str(one) for one in OPEN], valid_until__lte=at)
    moved = 0
    for pk in list(due.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            row = due.select_for_update(skip_locked=True).filter(pk=pk).first()
            if row is not None:
                _move(by, row, CredentialState.EXPIRED, Why.TERM, at, key=keys.current(by, at))
                moved += 1
    return moved


def renew_lists(*, at: datetime) -> int:
    """Sign status lists anew before their documents run out; how many."""
    by = SystemActor(SYSTEM)
    with transaction.atomic():
        return status_lists.renew(keys.current(by, at), at)


@dataclass(frozen=True, kw_only=True)
class _Order:
    """What is to be issued."""

    kind: CredentialKind
    printed: PrintedFields
    subject: str
    valid_until: datetime | None
    replaces: Credential | None
    language: str
    member: Member | None
    is_named: bool
    why: str


def _issue(by: Actor, order: _Order, at: datetime) -> Credential:
    if order.valid_until is not None and order.valid_until <= at:
        raise CredentialRefused("term")
    for _attempt in range(ATTEMPTS - 1):
        with suppress(status_lists.Taken):
            return _issue_once(by, order, at)
    return _issue_once(by, order, at)


def _issue_once(by: Actor, order: _Order, at: datetime) -> Credential:
    """Raises Taken where another transaction was given the same number or place at the same time."""
    kind, key = order.kind, keys.current(by, at)
    row = _row(order, key, at)
    prepared = protection.prepared(row)
    with transaction.atomic():
        row.replaces = _former(by, order, key, at)
        row.index, row.place = status_lists.take_place(key, at)
        code = new_reference(CODE_LETTERS)
        check = check_address(code, row.language)
        draft = documents.Draft(
            row=row, kind=kind, printed=order.printed, check=check, is_named=order.is_named
        )
        signed = proofs.sign(documents.badge(draft), keys.signer_of(key), keys.method_of(key), at)
        protection.put(row, prepared.key, protection.Content(code, order.printed), signed)
        _store(row, has_own_number=bool(order.printed.number))
        prepared.store()
        words = protection.word_lookups(order.printed.holder)
        CredentialWord.objects.bulk_create(CredentialWord(credential=row, word=word) for word in words)
        facts = {"kind": kind.code, **({"replaces": row.replaces.ref} if row.replaces else {})}
        audit.record(by, Trail.ISSUED, row, zone=kind.zone, at=at, facts=facts)
        credential_moved.send(
            Moved(credential=row, before=None, after=CredentialState.VALID, by=by, why=order.why, at=at)
        )
        return row


def _former(by: Actor, order: _Order, key: IssuerKey, at: datetime) -> Credential | None:
    """The one that is replaced, which no longer stands from here on."""
    if order.replaces is None:
        held = Credential.objects.filter(kind=order.kind.code, subject=order.subject, state__in=OPEN)
        if held.exists():
            raise CredentialRefused("open")
        return None
    row = lock(order.replaces)
    if (row.kind, row.subject) != (order.kind.code, order.subject):
        raise CredentialRefused("subject")
    _move(by, row, CredentialState.REPLACED, order.why, at, key=key)
    return row


def _row(order: _Order, key: IssuerKey, at: datetime) -> Credential:
    made = f"{order.kind.prefix}-{at.year}-{new_reference(NUMBER_LETTERS).replace('-', '')}"
    return Credential(
        kind=order.kind.code,
        subject=order.subject,
        number=order.printed.number or made,
        language=order.language if order.language in LANGUAGES else LANGUAGES[1],
        issued_at=at,
        valid_until=order.valid_until,
        member=order.member,
        key=key,
    )


def _store(row: Credential, *, has_own_number: bool) -> None:
    """What it raises undoes the caller's transaction."""
    try:
        row.save(force_insert=True)
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or ""
        if name == "credentials_number_once" and has_own_number:
            raise CredentialRefused("number") from None
        if name in {"credentials_number_once", "credentials_place_once"}:
            raise status_lists.Taken from None
        if name == "credentials_one_of_subject":
            raise CredentialRefused("open") from None
        raise


def _act(by: Actor, credential: Credential, to: CredentialState, why: str, at: datetime) -> Credential:
    kind = kind_of(credential.kind)
    require(by, kind.keep_with, kind.owner(credential))
    _require_reason(kind, why)
    with transaction.atomic():
        row = lock(credential)
        if to is CredentialState.VALID and row.valid_until is not None and row.valid_until <= at:
            raise MoveNotAllowed(row.state, str(to))
        _move(by, row, to, why, at, key=keys.current(by, at))
        return row


def _move(by: Actor, row: Credential, to: CredentialState, why: str, at: datetime, *, key: IssuerKey) -> None:
    before = CredentialState(row.state)
    if to not in OPEN:
        row.ended_at = at
    move(row, to=to, by=by, at=at, why=why, also=() if to in OPEN else ("ended_at",))
    if to is not CredentialState.EXPIRED:
        status_lists.publish(row, key, at)
    facts = {"kind": row.kind, "to": str(to), "why": why}
    audit.record(by, Trail.MOVED, row, zone=zone_of(row.kind), at=at, facts=facts)
    credential_moved.send(Moved(credential=row, before=before, after=to, by=by, why=why, at=at))


def _require_reason(kind: CredentialKind, why: str) -> None:
    if not kind.reason(why):
        raise ReasonMissing
