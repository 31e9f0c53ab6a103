"""A fixed cast: an administrator, an analyst, and a colleague of another partner."""

import pytest
from django.test import Client
from factories.people import Hired, hire, sign_in


@pytest.fixture
def ruta(db: None) -> Hired:
    """An administrator."""
    return hire("Rūta Pavyzdė", "ADMINISTRATOR")


@pytest.fixture
def tomas(db: None) -> Hired:
    """Someone of the same partner without powers over people."""
    return hire("Tomas Pavyzdys", "ANALYST", zones=("hotline",))


@pytest.fixture
def egle(db: None) -> Hired:
    """An administrator of another partner."""
    return hire("Eglė Kita", "ADMINISTRATOR", organisation="other")


@pytest.fixture
def at_desk(client: Client, ruta: Hired) -> Client:
    """The administrator's browser, signed in."""
    assert sign_in(client, ruta).status_code == 302
    return client
