"""Addressees, their encrypted addresses, and their links. Nothing else of this subdomain touches a key."""

from collections.abc import Mapping

from django.conf import settings
from django.core import signing
from django.db.models import Count, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import override

from sauga.kernel import sealed
from sauga.kernel.identity import PersonActor
from sauga.kernel.sealed import PreparedKey, Recipient, ServiceOpener, Zone
from sauga.panel.permissions import Permission
from sauga.panel.voice.models import Addressee, Proposal
from sauga.panel.voice.rules.states import WAITING

ZONE = Zone.MEMBERS
OPENER = ServiceOpener(ZONE)
TABLE, SALT = "panel_addressee", "panel.addressee"
ACTIVE, ENDED = "active", "ended"


def seal_address(row: Addressee, address: str) -> PreparedKey:
    """Put the address into the row under a fresh key, which the caller stores with it."""
    try:
        prepared = _prepare(row)
    except sealed.ZoneMissing:
        sealed.create_machine_zone(ZONE)
        prepared = _prepare(row)
    row.address = sealed.seal(prepared.key, table=TABLE, row=row.ref, field="address", text=address)
    return prepared


def address_of(row: Addressee) -> str:
    """The address; empty once its key was destroyed."""
    try:
        key = sealed.open_data_key(zone=ZONE, holder=row.holder, opener=OPENER)
    except sealed.KeyNotAvailable:
        return ""
    return sealed.unseal(key, table=TABLE, row=row.ref, field="address", envelope=bytes(row.address))


def token_of(proposal: Proposal) -> str:
    """What leads to the page on which the addressee answers."""
    return signing.Signer(salt=SALT).sign(f"{proposal.ref}.{proposal.link}")


def answer_address(proposal: Proposal, language: str) -> str:
    """The whole address of that page in a language."""
    with override(language):
        path = reverse("panel-answer", args=[token_of(proposal)])
        return f"{settings.ENV.base_url.rstrip('/')}{path}"


def proposal_by(token: str) -> tuple[Proposal | None, int]:
    """The proposal that a link leads to, and the number of the link; nothing where it was not made here."""
    try:
        ref, _dot, number = signing.Signer(salt=SALT).unsign(token).rpartition(".")
    except signing.BadSignature:
        return None, 0
    row = Proposal.objects.select_related("addressee", "answer").filter(ref=ref).first()
    return row, int(number) if number.isdecimal() else 0


def addressee_for(by: PersonActor, ref: str) -> Addressee:
    """One addressee for the desk. Raises Http404."""
    row = Addressee.objects.filter(ref=ref).first()
    if row is None or not by.can(Permission.SEND_TO_ADDRESSEE):
        raise Http404
    return row


def rows(view: str) -> "QuerySet[Addressee]":
    """Addressees by name."""
    return Addressee.objects.filter(is_active=view == ACTIVE).order_by("name", "pk")


def counts() -> Mapping[str, int]:
    """How many are asked, and how many no longer."""
    held = dict(Addressee.objects.values_list("is_active").annotate(n=Count("pk")))
    return {ACTIVE: held.get(True, 0), ENDED: held.get(False, 0)}


def open_questions_of(rows: list[Addressee]) -> dict[int, tuple[int, int]]:
    """How many proposals each was asked, and how many wait, by key."""
    asked = Proposal.objects.filter(addressee__in=rows).values_list("addressee", "state")
    found: dict[int, tuple[int, int]] = {}
    for key, state in asked:
        if key is not None:
            n, waiting = found.get(key, (0, 0))
            found[key] = (n + 1, waiting + (state in WAITING))
    return found


def active() -> list[Addressee]:
    """Who can be asked."""
    return list(rows(ACTIVE))


def _prepare(row: Addressee) -> PreparedKey:
    return sealed.prepare_data_key(zone=ZONE, holder=row.holder, recipients=[Recipient.SERVICE])
