"""A mail server that keeps what it gets, and an issue with two published pages."""

from collections.abc import Callable

import pytest
from factories.newsletter import written
from kernel.notifications.conftest import post  # noqa: F401  a fixture

from sauga.newsletter.models import Issue
from tests.centre import Centre, published

__all__ = ["published"]


@pytest.fixture
def issue(published: Centre) -> Callable[..., Issue]:
    """Makes a draft."""
    return lambda **more: written(published, **more)
