"""Fixtures of the portal: the planted site."""

import pytest

from sauga.kernel import clock
from sauga.kernel.states import SystemActor


@pytest.fixture
def planted(db):
    """The two first pages with their groups and lists, as `sauga init` leaves them."""
    from sauga.portal.actions.site_setup import set_up_site
    from sauga.portal.models.landing_pages import HomePage

    set_up_site(by=SystemActor("site"), at=clock.now())
    return {home.locale.language_code: home for home in HomePage.objects.select_related("locale")}
