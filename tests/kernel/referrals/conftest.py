"""A hotline with keys and one member, and a kind of referral to it."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest

from sauga.kernel import referrals, sealed
from sauga.kernel.referrals import kinds
from sauga.kernel.sealed import Zone, files, zonekeys
from sauga.kernel.states import SystemActor

AT = datetime(2026, 9, 14, 10, 41, 7, tzinfo=UTC)
PASSWORD = "a long enough password"


@dataclass
class House:
    """What a test needs to know."""

    kind: referrals.Kind
    member: sealed.Vault
    stranger: sealed.Vault
    counsellor: SystemActor
    analyst: SystemActor
    at: datetime


@pytest.fixture
def house(db, settings, tmp_path, monkeypatch):
    settings.ENV = replace(settings.ENV, data=tmp_path)
    files.forget()
    zonekeys.forget(Zone.HOTLINE)
    for name in ("_kinds", "_receivers", "_watchers"):
        monkeypatch.setattr(kinds, name, {})
    vaults = []
    for person_id in (901, 902):
        sealed.enrol_person(person_id, PASSWORD)
        vaults.append(sealed.unlock_with_password(person_id, PASSWORD))
    from sauga.kernel.sealed.envelopes import public_half

    sealed.create_zone(Zone.HOTLINE, escrow_public=public_half(b"e" * 32), founder=vaults[0])
    member = sealed.unlock_with_password(901, PASSWORD)
    kind = referrals.Kind(
        "helpline.url",
        "helpline",
        "hotline",
        {"url": referrals.text(8192), "suspected": referrals.code(), "day": referrals.code(required=False)},
    )
    yield House(kind, member, vaults[1], SystemActor("counsellor"), SystemActor("analyst"), AT)
    files.forget()
    zonekeys.forget(Zone.HOTLINE)
