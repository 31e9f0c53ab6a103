"""A hotline with keys and one member, and a kind of referral to it."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest

from sauga.kernel import integration, sealed
from sauga.kernel.integration import kinds
from sauga.kernel.sealed import Zone, files, zonekeys
from sauga.kernel.states import SystemActor

AT = datetime(2026, 9, 14, 10, 41, 7, tzinfo=UTC)
PASSWORD = "a long enough password"


@dataclass
class Centre:
    """What a test needs to know."""

    kind: integration.Kind
    member: sealed.Vault
    stranger: sealed.Vault
    counsellor: SystemActor
    analyst: SystemActor
    at: datetime


@pytest.fixture
def centre(db, settings, tmp_path, monkeypatch):
    settings.ENV = replace(settings.ENV, data=tmp_path)
    files.forget()
    zonekeys.forget(Zone.HOTLINE)
    for name in ("_kinds", "_receivers", "_watchers"):
        monkeypatch.setattr(kinds, name, {})
    vaults = []
    for person_id in (901, 902):
        sealed.enrol_person(person_id, PASSWORD)
        vaults.append(sealed.unlock_with_password(person_id, PASSWORD))
    from sauga.kernel.sealed.primitives.envelopes import public_half

    sealed.create_zone(Zone.HOTLINE, escrow_public=public_half(b"e" * 32), founder=vaults[0])
    member = sealed.unlock_with_password(901, PASSWORD)
    kind = integration.Kind(
        "helpline.url",
        "helpline",
        "hotline",
        {
            "url": integration.text(8192),
            "suspected": integration.code(),
            "day": integration.code(required=False),
        },
    )
    yield Centre(kind, member, vaults[1], SystemActor("counsellor"), SystemActor("analyst"), AT)
    files.forget()
    zonekeys.forget(Zone.HOTLINE)
