"""Whole questions about members, answered with names decrypted. A stranger's row is 404."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from sauga.kernel import clock
from sauga.kernel.identity import home
from sauga.kernel.members import consents, links, protection, rules
from sauga.kernel.members.actors import MemberActor
from sauga.kernel.members.models import (
    Consent,
    Guardian,
    Member,
    MemberPasskey,
    MemberSession,
    Representation,
    SigninLink,
)
from sauga.kernel.members.states import RepresentationState
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.states import Actor


def session_by_key(key: bytes, at: datetime) -> MemberSession | None:
    """The session that a cookie's digest names, while it lasts."""
    return MemberSession.objects.select_related("member").filter(key=key, expires_at__gt=at).first()


def link_by_token(token: str) -> SigninLink | None:
    """The sign-in link behind a mailed address; None for one that was not signed here or is gone."""
    ref = links.ref_in(token, links.SIGN_IN)
    return SigninLink.objects.filter(ref=ref).first() if ref else None


def guardian_by_token(token: str, at: datetime) -> Guardian:
    """The guardian behind a mailed address. Raises Http404."""
    ref = links.ref_in(token, links.GUARDIAN)
    row = Guardian.objects.select_related("member").filter(ref=ref, expires_at__gt=at).first()
    if row is None:
        raise Http404
    return row


@dataclass(frozen=True)
class Named:
    """A row of the account with its decrypted name."""

    row: Any
    name: str


def sessions_of(by: MemberActor, at: datetime) -> list[Named]:
    """The browsers in which the member is signed in, the latest first."""
    key = protection.open_key(by.member)
    rows = MemberSession.objects.filter(member_id=by.member_id, expires_at__gt=at)
    return [
        Named(row, protection.unseal(key, row, "device", row.device))
        for row in rows.order_by("-seen_at", "-pk")
    ]


def own_session(by: MemberActor, ref: str) -> MemberSession:
    """One of the member's own sessions. Raises Http404."""
    found: MemberSession = _own(MemberSession.objects.all(), by, ref)
    return found


def passkeys_of(by: MemberActor) -> list[Named]:
    """The member's passkeys, the oldest first."""
    key = protection.open_key(by.member)
    rows = MemberPasskey.objects.filter(member_id=by.member_id).order_by("pk")
    return [Named(row, protection.unseal(key, row, "name", row.name)) for row in rows]


def has_copied_passkey(by: MemberActor) -> bool:
    """Whether a copy of a passkey that the member still has tried to sign in."""
    return MemberPasskey.objects.filter(member_id=by.member_id, copied_at__isnull=False).exists()


def own_passkey(by: MemberActor, ref: str) -> MemberPasskey:
    """One of the member's own passkeys. Raises Http404."""
    found: MemberPasskey = _own(MemberPasskey.objects.all(), by, ref)
    return found


def _own(rows: "QuerySet[Any]", by: MemberActor, ref: str) -> Any:
    row = rows.filter(member_id=by.member_id, ref=ref).first()
    if row is None:
        raise Http404
    return row


# Consents
@dataclass(frozen=True)
class ConsentLine:
    """One purpose as its page shows it: whose consent stands, whose is missing, and what it touches."""

    purpose: consents.Purpose
    own: Consent | None
    guardian: Consent | None
    needed: frozenset[str]
    is_effective: bool
    touches: Sequence[Any]
    touches_guardian: Sequence[Any]
    refused_at: datetime | None
    """When the guardian said no."""

    @property
    def needs_guardian(self) -> bool:
        return str(Consent.Party.GUARDIAN) in self.needed

    @property
    def is_outdated(self) -> bool:
        """Agreed once, to words that no longer count, or as a child."""
        return (
            self.own is not None
            and not self.is_effective
            and (not self.needs_guardian or self.guardian is not None)
        )


def consent_lines(member: Member, at: datetime) -> list[ConsentLine]:
    """Everything that this member can consent to."""
    on = at.astimezone(clock.VILNIUS).date()
    standing = list(Consent.objects.standing().filter(member=member))
    refused: dict[str, str] = {}
    if member.is_young:
        refused = Guardian.objects.filter(member=member).values_list("refused", flat=True).first() or {}
    lines = []
    for purpose in consents.offered_to(member):
        held = [one for one in standing if one.purpose == purpose.code]
        until_full_age = purpose.guardian_until_full_age
        lines.append(
            ConsentLine(
                purpose=purpose,
                own=_of(held, Consent.Party.SELF),
                guardian=_of(held, Consent.Party.GUARDIAN),
                needed=frozenset(rules.parties_needed(member, on, guardian_until_full_age=until_full_age)),
                is_effective=rules.is_effective(
                    member,
                    held,
                    on,
                    valid_from_version=purpose.valid_from_version,
                    guardian_until_full_age=until_full_age,
                ),
                touches=purpose.touches(member),
                touches_guardian=(purpose.touches_guardian or purpose.touches)(member),
                refused_at=datetime.fromisoformat(refused[purpose.code]) if purpose.code in refused else None,
            )
        )
    return lines


def _of(held: Sequence[Consent], party: Consent.Party) -> Consent | None:
    return next((one for one in held if one.given_by == party), None)


def has_consented(member: Member, purpose: str, at: datetime) -> bool:
    """Whether everybody whose consent a purpose takes has given it and none has withdrawn. For services."""
    return any(line.purpose.code == purpose and line.is_effective for line in consent_lines(member, at))


# Organisations
@dataclass(frozen=True)
class RepresentationLine:
    """A representation with what is decrypted: who, which organisation, what for."""

    row: Representation
    member_name: str
    organisation: str
    purpose: str


def representations_of(by: MemberActor, at: datetime) -> list[RepresentationLine]:
    """The member's own, those in force or waiting first."""
    rows = _with_names(Representation.objects.filter(member_id=by.member_id))
    order = {RepresentationState.CONFIRMED: 0, RepresentationState.ASKED: 1}
    return sorted(
        representation_lines(rows, at), key=lambda line: order.get(RepresentationState(line.row.state), 2)
    )


def colleagues_of(by: MemberActor, at: datetime) -> list[RepresentationLine]:
    """Others who act for the member's organisations or ask to; others do not see them."""
    own = Representation.objects.filter(member_id=by.member_id, state=RepresentationState.CONFIRMED)
    rows = Representation.objects.filter(
        organisation__in=own.values("organisation"),
        state__in=[RepresentationState.ASKED, RepresentationState.CONFIRMED],
    ).exclude(member_id=by.member_id)
    return representation_lines(_with_names(rows), at)


def representation_of_colleague(by: MemberActor, ref: str, at: datetime) -> Representation:
    """One that the member may decide about. Raises Http404."""
    found = next((line.row for line in colleagues_of(by, at) if line.row.ref == ref), None)
    if found is None:
        raise Http404
    return found


def own_representation(by: MemberActor, ref: str) -> Representation:
    """One of the member's own. Raises Http404."""
    found: Representation = _own(_with_names(Representation.objects.all()), by, ref)
    return found


def representation_by_ref(ref: str) -> Representation:
    """One for staff. Raises Http404."""
    row = _with_names(Representation.objects.all()).filter(ref=ref).first()
    if row is None:
        raise Http404
    return row


def requests(**filters: Any) -> "QuerySet[Representation]":
    """For the desk's list: the oldest first; `state` narrows it."""
    rows = _with_names(Representation.objects.all()).order_by("asked_at", "pk")
    state = filters.get("state")
    return rows.filter(state=state) if state else rows


def count_requests() -> int:
    """How many wait for a decision."""
    return home.count_of(Representation.objects.filter(state=RepresentationState.ASKED))


def representation_lines(
    rows: "Sequence[Representation] | QuerySet[Representation]", at: datetime
) -> list[RepresentationLine]:
    """With names, organisations and purposes; one query for all keys."""
    held = list(rows)
    keys = protection.keys_of([row.member for row in held])
    lines = []
    for row in held:
        key = keys.get(row.member.holder)
        if key is None:
            continue
        lines.append(
            RepresentationLine(
                row=row,
                member_name=protection.unseal(key, row.member, "name", row.member.name)
                or protection.unseal(key, row.member, "address", row.member.address),
                organisation=row.organisation.name_at(at)
                if row.organisation
                else protection.unseal(key, row, "asked_name", row.asked_name),
                purpose=protection.unseal(key, row, "purpose", row.purpose),
            )
        )
    return lines


def _with_names(rows: "QuerySet[Representation]") -> "QuerySet[Representation]":
    return rows.select_related("member", "organisation").prefetch_related("organisation__names")


def organisations_of(member_id: int) -> Mapping[int, Organisation]:
    """The organisations for which a member acts now, by primary key. For services."""
    rows = Representation.objects.filter(
        member_id=member_id, state=RepresentationState.CONFIRMED
    ).select_related("organisation")
    return {row.organisation.pk: row.organisation for row in rows if row.organisation is not None}


def acts_for(by: Actor, organisation_id: int) -> bool:
    """Whether this is a member who acts for the organisation now, as the organisation or staff confirmed.

    For services; only a member ever does.
    """
    return isinstance(by, MemberActor) and bool(
        Representation.objects.filter(
            member_id=by.member_id, organisation_id=organisation_id, state=RepresentationState.CONFIRMED
        ).exists()
    )


def is_asking_for_partnership(by: MemberActor) -> bool:
    """Whether a request of the member that an organisation becomes a partner waits for an answer."""
    rows = Representation.objects.filter(member_id=by.member_id, wants_partner=True)
    return rows.filter(state__in=[RepresentationState.ASKED, RepresentationState.CONFIRMED]).exists()


def asking_for_partnership(at: datetime) -> list[RepresentationLine]:
    """Members who act for an organisation and ask that it becomes a partner, the oldest first."""
    rows = Representation.objects.filter(state=RepresentationState.CONFIRMED, wants_partner=True).order_by(
        "asked_at", "pk"
    )
    return representation_lines(_with_names(rows), at)


def count_asking_for_partnership() -> int:
    """How many organisations ask to become partners and wait for a decision."""
    rows = Representation.objects.filter(state=RepresentationState.CONFIRMED, wants_partner=True)
    return home.count_of(rows.values("organisation").distinct())


def count_colleagues(member: Member) -> int:
    """How many other members act for the same organisations."""
    own = Representation.objects.filter(member=member, state=RepresentationState.CONFIRMED)
    rows = Representation.objects.filter(
        organisation__in=own.values("organisation"), state=RepresentationState.CONFIRMED
    ).exclude(member=member)
    return rows.values("member").distinct().count()


def consenting(member_ids: Sequence[int], purpose: str) -> set[int]:
    """Which of these adult members have a standing consent to the purpose, by primary key; one query."""
    declared = consents.find(purpose)
    rows = Consent.objects.standing().filter(
        member__in=member_ids, purpose=purpose, version__gte=declared.valid_from_version
    )
    return set(rows.values_list("member", flat=True))


def address_of(row: Representation) -> str:
    """The address of who asks, for staff who decide."""
    return protection.address_of(row.member)
