"""Links to pages in rich text: the same as Wagtail's, with one question for all links of a text."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from wagtail.models import Page
from wagtail.rich_text import expand_db_html, features
from wagtail.rich_text.pages import PageLinkHandler

from sauga.portal.models.base import PortalPage
from sauga.portal.queries.rich_text_links import PageLinks
from tests.centre import published

__all__ = ["published"]
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["lt", "en", "pl"])
def test_they_lead_where_wagtail_leads(published, language):
    keys = [*PortalPage.objects.filter(depth__gt=2).values_list("pk", flat=True), 999_999]
    draft = Page.objects.filter(depth=3, locale__language_code="en").first()
    Page.objects.filter(pk=draft.pk).update(live=False)
    asked = [{"id": str(key)} for key in keys]
    with override(language):
        assert PageLinks.expand_db_attributes_many(asked) == PageLinkHandler.expand_db_attributes_many(asked)
        assert PageLinks.expand_db_attributes({"id": "none"}) == "<a>"


def test_a_text_with_many_links_asks_once(published):
    keys = PortalPage.objects.filter(depth=3, locale__language_code="lt").values_list("pk", flat=True)[:9]
    text = "".join(f'<a linktype="page" id="{key}">x</a>' for key in keys)
    with override("lt"):
        expand_db_html(text)  # the addresses of the site are remembered
        with CaptureQueriesContext(connection) as asked:
            html = expand_db_html(text)
    assert features.get_link_types()["page"] is PageLinks
    assert html.count('<a href="/lt/') == len(keys) and len(asked) == 1
