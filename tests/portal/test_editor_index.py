"""The indexes of the editors' tool: written once where one click saves several times, never out of date."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from wagtail.models import ReferenceIndex

from sauga.portal.models.base import PortalPage

pytestmark = pytest.mark.django_db


def written(queries: CaptureQueriesContext) -> int:
    """How often the entry of a page was written into the search index."""
    return sum("INSERT INTO wagtailsearch_indexentry " in one["sql"] for one in queries)


def found(words: str) -> list[str]:
    """Titles that the editor's search finds."""
    return [page.title for page in PortalPage.objects.search(words, operator="and")]


def test_what_is_saved_several_times_is_indexed_once(planted, django_capture_on_commit_callbacks):
    home = planted["lt"]
    with CaptureQueriesContext(connection) as queries, django_capture_on_commit_callbacks(execute=True):
        for title in ("Pirmoji antraštė", "Antroji antraštė", "Trečioji antraštė"):
            home.title = title
            home.save_revision().publish()
    assert 1 <= written(queries) <= 2  # as the page that it is, and as any page
    assert found("Trečioji") == ["Trečioji antraštė"] and found("Pirmoji") == []
    with CaptureQueriesContext(connection) as queries, django_capture_on_commit_callbacks(execute=True):
        home.title = "Ketvirtoji antraštė"
        home.save_revision().publish()
    assert written(queries) and found("Ketvirtoji") == ["Ketvirtoji antraštė"]


def test_what_was_taken_back_hides_nothing_that_came_later(planted, django_capture_on_commit_callbacks):
    home = planted["lt"]
    with django_capture_on_commit_callbacks(execute=True):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            home.title = "Atšaukta antraštė"
            home.save()
            _ = 1 / 0
        home.title = "Likusi antraštė"
        home.save()
    assert found("Likusi") == ["Likusi antraštė"] and found("Atšaukta") == []


def test_a_page_that_is_deleted_before_the_commit_leaves_nothing(planted, django_capture_on_commit_callbacks):
    home, page = planted["lt"], PortalPage.objects.get(pk=planted["en"].pk).specific
    made = type(page)(title="Trumpalaikė", summary="s", slug="trumpa", review_by=page.review_by)
    with django_capture_on_commit_callbacks(execute=True):
        home.add_child(instance=made)
        key = made.pk
        made.delete()
    assert found("Trumpalaikė") == []
    assert not ReferenceIndex.objects.filter(object_id=str(key)).exists()
