"""What is read of credentials: by code, by subject, where one stands, the list at the desk."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from sauga.kernel import statements
from sauga.kernel.clock import VILNIUS
from sauga.kernel.credentials import protection
from sauga.kernel.credentials.declarations import kinds
from sauga.kernel.credentials.declarations.kinds import CredentialKind
from sauga.kernel.credentials.models import Credential, CredentialStep, StatusList
from sauga.kernel.credentials.states import OPEN, CredentialState
from sauga.kernel.identity import NotFound, PersonActor
from sauga.kernel.members.models import Member


@dataclass(frozen=True)
class Status:
    """Where a credential stands at a moment, and since when. `is_valid` is all that counts for those who
    check it."""

    state: CredentialState
    since: datetime

    @property
    def is_valid(self) -> bool:
        """Whether it stands."""
        return self.state is CredentialState.VALID


def status_of(credential: Credential, at: datetime) -> Status:
    """Where it stands at `at`: past its term it has expired, whether or not a job has moved it yet."""
    state, until = CredentialState(credential.state), credential.valid_until
    if state in OPEN and until is not None and until <= at:
        return Status(CredentialState.EXPIRED, until)
    moved = _last_moved(credential_id=credential.pk)
    return Status(state, moved[0][0] if moved else credential.issued_at)


@statements.prepared
def _last_moved(*, credential_id: int) -> Any:
    steps = CredentialStep.objects.filter(subject_id=credential_id)
    return steps.order_by("-at", "-pk").values_list("at")[:1]


def credential_for(subject: str, kind: CredentialKind | str = "") -> Credential | None:
    """The credential that the owner's subject has: the valid or suspended one, or else the latest."""
    code = kind.code if isinstance(kind, CredentialKind) else kind
    rows = Credential.objects.filter(subject=subject, **({"kind": code} if code else {}))
    return rows.filter(state__in=OPEN).first() or rows.order_by("-issued_at", "-pk").first()


def credentials_for(subjects: Collection[str], kind: CredentialKind | str = "") -> dict[str, Credential]:
    """`credential_for` of many subjects with one query."""
    code = kind.code if isinstance(kind, CredentialKind) else kind
    rows = Credential.objects.filter(subject__in=subjects, **({"kind": code} if code else {}))
    found: dict[str, Credential] = {}
    for row in rows.order_by("issued_at", "pk"):
        held = found.get(row.subject)
        if held is None or held.state not in OPEN or row.state in OPEN:
            found[row.subject] = row
    return found


def by_code(code: str) -> Credential | None:
    """The credential with this code, however it was typed, and the key that signed it."""
    return next(iter(_with_lookup(lookup=protection.code_lookup(code))), None)


@statements.fetched
def _with_lookup(*, lookup: bytes) -> QuerySet[Credential]:
    return Credential.objects.select_related("key").filter(lookup=lookup)


def by_identifier(identifier: UUID) -> Credential | None:
    """The credential whose file has this identifier."""
    return Credential.objects.filter(identifier=identifier).first()


def of_member(member_id: int) -> list[Credential]:
    """The credentials of a member, the latest first."""
    return list(Credential.objects.filter(member_id=member_id).order_by("-issued_at", "-pk")[:200])


def export(member: Member, at: datetime) -> list[dict[str, Any]]:
    """What is held about a member, for “my data”."""
    rows = of_member(member.pk)
    held = protection.contents(rows)
    return [
        {
            "kind": row.kind,
            "number": row.number,
            "issued": row.issued_at.isoformat(),
            "state": str(status_of(row, at).state),
            "printed": held[row.pk].printed.stored(),
        }
        for row in rows
        if row.pk in held
    ]


def kinds_for(by: PersonActor) -> list[CredentialKind]:
    """The kinds that this person keeps."""
    return [kind for kind in kinds.every() if by.can(kind.keep_with)]


def credential_by(by: PersonActor, service: str, ref: str) -> Credential:
    """A credential of a service that this person keeps. Raises NotFound."""
    row = _kept(by, service).filter(ref=ref).first()
    if row is None:
        raise NotFound
    return row


def credentials(by: PersonActor, service: str, state: str = "", words: str = "") -> QuerySet[Credential]:
    """The credentials of a service that this person keeps, the latest first. `words` are a number, a code, or
    words of a name."""
    rows = _kept(by, service)
    if state:
        rows = rows.filter(state=state)
    if typed := words.strip():
        named = Q(pk__in=_named(rows, typed))
        rows = rows.filter(
            named | Q(number__iexact=typed) | Q(lookup=protection.code_lookup(typed)) | Q(ref=typed)
        )
    return rows.order_by("-issued_at", "-pk")


def _named(rows: QuerySet[Credential], typed: str) -> Any:
    """Those whose holder's name has every word."""
    found = rows
    for word in sorted(protection.word_lookups(typed))[:6]:
        found = found.filter(words__word=word)
    return found.values("pk")


def _kept(by: PersonActor, service: str) -> QuerySet[Credential]:
    found = Credential.objects.none()
    for kind in kinds_for(by):
        if kind.service == service:
            found |= kind.kept_by(by, Credential.objects.filter(kind=kind.code))
    return found.select_related("key", "replaces")


def counts(by: PersonActor, service: str) -> dict[str, int]:
    """How many are in each state."""
    rows = _kept(by, service)
    return {
        **dict.fromkeys(CredentialState, 0),
        **dict(rows.order_by().values_list("state").annotate(n=Count("pk"))),
    }


def issued_between(kind: str, first: date, last: date) -> int:
    """How many of a kind were issued from the day `first` up to, not including, `last`, without those that
    replace another one."""
    begin, end = (datetime.combine(day, time.min, VILNIUS) for day in (first, last))
    rows = Credential.objects.filter(kind=kind, issued_at__gte=begin, issued_at__lt=end)
    return rows.filter(replaces__isnull=True).count()


def published(number: int, purpose: str) -> StatusList | None:
    """A published status list."""
    return StatusList.objects.filter(index__number=number, purpose=purpose).first()


def replacement_of(credential: Credential) -> Credential | None:
    """The credential that replaces this one, if there is one."""
    return Credential.objects.filter(replaces=credential).first()
