"""Subscribing: asked with an address, confirmed by the reader of its mail, changed and ended by them.

Asking does the same work whether or not the address is known: no subscription is looked up. What the mail
says is decided when it goes out (decision 0126).
"""

from collections.abc import Collection
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from sauga.kernel import audit, members, sealed
from sauga.kernel.identity import require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, SystemActor
from sauga.newsletter.actions.counts import count
from sauga.newsletter.models import Happening, SignUp, Subscription
from sauga.newsletter.permissions import Permission
from sauga.newsletter.queries import addresses
from sauga.newsletter.rules import CONSENT_VERSION, LISTS, WAITS
from sauga.newsletter.trail import ZONE, Trail

SUBSCRIBER = SystemActor("subscriber")
SEND_CONFIRMATION = "newsletter.send_confirmation"


class ListMissing(ActionRefused):
    """No list was chosen."""

    message = _("Choose at least one.")
    field = "lists"


class LinkOver(ActionRefused):
    """The sign-up was confirmed already, is too old, or was never made here."""

    message = _("This link has been used or is older than three days. Sign up again.")


class TooYoung(ActionRefused):
    """The newsletter is written for adults; no young member is subscribed to it."""

    message = _("The newsletter is for adults.")


def ask(*, by: Actor, address: str, language: str, lists: Collection[str], at: datetime) -> SignUp:
    """Store a sign-up, and have the mail to confirm it sent. Raises ListMissing."""
    require(by, Permission.SUBSCRIBE)
    row = SignUp(
        lookup=addresses.lookup_of(address),
        language=language,
        lists=_known(lists),
        version=CONSENT_VERSION,
        asked_at=at,
        expires_at=at + WAITS,
    )
    prepared = addresses.seal_address(row, address)
    with transaction.atomic():
        prepared.store()
        row.save()
        audit.record(by, Trail.SIGNUP_ASKED, row, zone=ZONE, at=at, facts={"language": language})
        app.configure_task(SEND_CONFIRMATION, queue="mail").defer(signup_id=row.pk)
    return row


def confirm(*, by: Actor, sign_up: SignUp, at: datetime) -> Subscription:
    """Subscribe the address of a sign-up, once; for an address that is subscribed, the choices become those
    of the sign-up. Raises LinkOver.
    """
    require(by, Permission.SUBSCRIBE)
    with transaction.atomic():
        waiting = SignUp.objects.filter(pk=sign_up.pk, used_at__isnull=True, expires_at__gt=at)
        if not waiting.update(used_at=at, address=b""):
            raise LinkOver
        address = addresses.address_of(sign_up)
        sealed.destroy_keys([sign_up.holder])
        return _subscribe(by, address, sign_up.language, sign_up.lists, version=sign_up.version, at=at)


def _subscribe(
    by: Actor, address: str, language: str, lists: Collection[str], *, version: int, at: datetime
) -> Subscription:
    lookup = addresses.lookup_of(address)
    found = Subscription.objects.select_for_update().filter(lookup=lookup).first()
    if found is not None:
        return _change(by, found, language, lists, at)
    row = Subscription(lookup=lookup, language=language, lists=list(lists), version=version, confirmed_at=at)
    prepared = addresses.seal_address(row, address)
    try:
        with transaction.atomic():
            prepared.store()
            row.save()
    except IntegrityError:  # another link of the same address was used at the same moment
        held = Subscription.objects.select_for_update().get(lookup=lookup)
        return _change(by, held, language, lists, at)
    count(Happening.CONFIRMED, language, at)
    audit.record(
        by,
        Trail.SUBSCRIPTION_CONFIRMED,
        row,
        zone=ZONE,
        at=at,
        facts={"language": language, "version": version},
    )
    return row


def change(
    *, by: Actor, subscription: Subscription, language: str, lists: Collection[str], at: datetime
) -> Subscription:
    """Change language and lists. Raises ListMissing, and Subscription.DoesNotExist once it has ended."""
    require(by, Permission.SUBSCRIBE)
    known = _known(lists)
    with transaction.atomic():
        row = Subscription.objects.select_for_update().get(pk=subscription.pk)
        return _change(by, row, language, known, at)


def _change(
    by: Actor, row: Subscription, language: str, lists: Collection[str], at: datetime
) -> Subscription:
    if language != row.language:
        count(Happening.MOVED_OUT, row.language, at)
        count(Happening.MOVED_IN, language, at)
    row.language, row.lists = language, list(lists)
    row.save(update_fields=["language", "lists"])
    audit.record(by, Trail.SUBSCRIPTION_CHANGED, row, zone=ZONE, at=at, facts={"language": language})
    return row


def end(*, by: Actor, subscription: Subscription, why: str, at: datetime) -> bool:
    """End a subscription at once: its row is deleted, its key destroyed. False when it had ended already.

    `why` is LEFT, BOUNCED or ACCOUNT (a member deleted the account).
    """
    with transaction.atomic():
        row = Subscription.objects.select_for_update().filter(pk=subscription.pk).first()
        if row is None:
            return False
        sealed.destroy_keys([row.holder])
        audit.record(by, Trail.SUBSCRIPTION_ENDED, row, zone=ZONE, at=at, facts={"why": why})
        count(Happening.BOUNCED if why == "BOUNCED" else Happening.LEFT, row.language, at)
        row.delete()
        return True


def leave(*, by: Actor, subscription: Subscription, at: datetime) -> bool:
    """The reader unsubscribes, or a mail program for them."""
    require(by, Permission.SUBSCRIBE)
    return end(by=by, subscription=subscription, why="LEFT", at=at)


def choose_as_member(
    *, by: members.MemberActor, address: str, language: str, lists: Collection[str], at: datetime
) -> Subscription | None:
    """Subscribe a member's own address, proven by signing in, or change or end the subscription (no list).
    Raises TooYoung.
    """
    if by.birth_month is not None:  # known of young members only
        raise TooYoung
    lookup = addresses.lookup_of(address)
    known = [code for code, _name in LISTS if code in lists]
    with transaction.atomic():
        if known:
            return _subscribe(by, address, language, known, version=CONSENT_VERSION, at=at)
        found = Subscription.objects.filter(lookup=lookup).first()
        if found is not None:
            end(by=by, subscription=found, why="LEFT", at=at)
        return None


def _known(lists: Collection[str]) -> list[str]:
    known = [code for code, _name in LISTS if code in lists]
    if not known:
        raise ListMissing
    return known
