"""Items in the middle of their life for tests of the monitor, made by real actions and real moves."""

from datetime import datetime, timedelta
from typing import Any

from factories.hotline import AT, reported
from sauga.hotline.assessment.models import Route
from sauga.hotline.content.models import ContentItem, Occurrence
from sauga.hotline.states import Handling
from sauga.kernel import sealed, vocab
from sauga.kernel.sealed import keys
from sauga.kernel.states import SystemActor, move

SETUP = SystemActor("setup")
BEFORE = {
    Handling.NEW: [],
    Handling.AWAITING_ASSESSMENT: [Handling.AWAITING_ASSESSMENT],
    Handling.NOTICE_DUE: [
        Handling.AWAITING_ASSESSMENT,
        Handling.ASSESSED,
        Handling.ROUTED,
        Handling.NOTICE_DUE,
    ],
    Handling.FOLLOWED: [
        Handling.AWAITING_ASSESSMENT,
        Handling.ASSESSED,
        Handling.ROUTED,
        Handling.NOTICE_DUE,
        Handling.FOLLOWED,
    ],
}


def ask_without_waiting(**politeness: Any) -> None:
    """No limits towards our own synthetic hosts."""
    polite = {
        "requests_per_minute_per_host": 1_000_000,
        "requests_per_minute_per_provider": 0,
        "jitter_percent": 0,
    } | politeness
    vocab.set_policy(
        by=SETUP, name="policy.politeness", value={**vocab.policy("policy.politeness"), **polite}, at=AT
    )


def open_house(**politeness: Any) -> sealed.Vault:
    """An open hotline zone, and no limits towards our own synthetic hosts. Returns the founder's vault."""
    from factories.people import hire

    ask_without_waiting(**politeness)
    founder = hire("Austėja Pavyzdė", at=AT)
    vault = sealed.unlock_with_password(founder.person.pk, founder.password)
    sealed.create_zone(
        sealed.Zone.HOTLINE, escrow_public=keys.escrow_create(sealed.Zone.HOTLINE).public, founder=vault
    )
    return vault


def item_at(
    address: str,
    handling: Handling = Handling.FOLLOWED,
    *,
    at: datetime = AT,
    routes: tuple[str, ...] = ("PROVIDER_NOTICE",),
    **more: Any,
) -> ContentItem:
    """A reported item brought to this point of its handling; from FOLLOWED on its notice was delivered a
    minute after `at`.
    """
    reported(address, category="HATE", at=at)
    item = ContentItem.objects.latest("pk")
    steps = BEFORE[handling]
    for step in steps[
        len(steps)
        if item.handling == handling
        else steps.index(item.handling) + 1
        if item.handling in steps
        else 0 :
    ]:
        move(item, to=step, by=SETUP, at=at, track="handling")
    Route.objects.bulk_create(
        Route(item=item, route=route, rule="test", at=at) for route in routes if len(steps) > 2
    )
    if handling == Handling.FOLLOWED:
        Occurrence.objects.filter(item=item).update(
            decided_at=at, notice_sent_at=at, notice_delivered_at=at + timedelta(minutes=1)
        )
    for name, value in more.items():
        setattr(item, name, value)
    item.next_check_at = at
    item.save()
    return item
