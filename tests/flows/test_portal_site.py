"""The site as visitors meet it: every kind of page, both languages, phone and desk, light and dark, with and without a script."""

from types import SimpleNamespace

import pytest
from django.utils import translation

from flows.browser import axe, overflow
from sauga.kernel import clock
from sauga.kernel.states import SystemActor
from sauga.portal.actions.planting import plant_site
from sauga.portal.demo import play
from sauga.portal.models import PortalPage

pytestmark = [pytest.mark.flow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FORMS = ((320, False), (1280, True))


@pytest.fixture
def told(house):
    """The demo's site."""
    at = clock.now()
    plant_site(by=SystemActor("site"), at=at)
    play(at, {role: SimpleNamespace(user=house.people[role].email) for role in ("EDITOR", "PUBLISHER")})
    return house


def addresses():
    """One page of each kind, language and reading level."""
    found = {}
    for page in PortalPage.objects.live().specific().select_related("locale").order_by("path"):
        with translation.override(page.locale.language_code):
            found.setdefault((type(page).__name__, page.locale.language_code, page.level), page.get_url())
    return found


def test_every_kind_of_page_is_clean(told, open_page):
    pages = {f"{width}{'-dark' if dark else ''}": open_page(width=width, dark=dark) for width, dark in FORMS}
    wrong = []
    for (kind, language, level), address in addresses().items():
        for form, page in pages.items():
            if page.goto(address).status != 200:
                wrong.append(f"{kind} {language} {level}: not shown")
            wrong += [f"{kind} {language} {level} {form}: {fault}" for fault in axe(page)]
            if width := overflow(page):
                wrong.append(f"{kind} {language} {level} {form}: {width} px too wide")
    assert not wrong
    for page in pages.values():
        assert page.context.cookies() == []
        assert page.evaluate("localStorage.length + sessionStorage.length") == 0
