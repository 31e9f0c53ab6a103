"""A zone with three people: a founder, a colleague who may join, and a stranger."""

from dataclasses import dataclass, replace

import pytest

from sauga.kernel.sealed import Vault, Zone, create_zone, enrol_person, files, keys, unlock_with_password
from sauga.kernel.sealed.escrow import Escrow

FOUNDER, COLLEAGUE, STRANGER = 101, 102, 103
PASSWORD = "a long enough sentence"


@pytest.fixture(autouse=True)
def _own_key_files(settings, tmp_path):
    """Every test has its own `keys/` folder, so that none finds another's secrets."""
    settings.ENV = replace(settings.ENV, data=tmp_path)
    files.forget()
    yield
    files.forget()


@dataclass(frozen=True)
class Centre:
    """What a test of the key store works with."""

    zone: Zone
    escrow: Escrow
    founder: Vault
    codes: dict


@pytest.fixture
def centre(db) -> Centre:
    """The hotline's zone, founded; colleague and stranger are enrolled, but no members."""
    codes = {
        person: enrol_person(person, f"{PASSWORD} {person}") for person in (FOUNDER, COLLEAGUE, STRANGER)
    }
    escrow = keys.escrow_create(Zone.HOTLINE)
    founder = vault(FOUNDER)
    create_zone(Zone.HOTLINE, escrow_public=escrow.public, founder=founder)
    return Centre(Zone.HOTLINE, escrow, founder, codes)


def vault(person: int) -> Vault:
    """The person's vault, freshly unlocked."""
    return unlock_with_password(person, f"{PASSWORD} {person}")


@pytest.fixture
def unlock():
    """Unlock a person's vault by id."""
    return vault
