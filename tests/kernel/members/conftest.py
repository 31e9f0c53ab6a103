"""Two members, and a mail server that keeps what it gets."""

import re

import pytest
from factories.members import browser_of, joined
from kernel.notifications.conftest import post  # noqa: F401  a fixture

from sauga.kernel.members import links
from sauga.kernel.members.models import SigninLink


@pytest.fixture
def ona(db):
    """A member: the actor and the session's secret."""
    return joined("ona@mokykla.example", "Ona Pavyzdė")


@pytest.fixture
def jonas(db):
    """Another member."""
    return joined("jonas@biblioteka.example", "Jonas Pavyzdys")


@pytest.fixture
def onas_browser(ona):
    return browser_of(ona[1])


def path_of(link: SigninLink) -> str:
    """The path of a mailed link."""
    return re.sub(r"^https?://[^/]+", "", links.signin_address(link))
