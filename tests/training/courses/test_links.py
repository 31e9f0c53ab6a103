"""Codes in braces in the pages of a course become links, and what leads nowhere is left out."""

import pytest

from sauga.repository.catalogue import topic_pages
from sauga.training.courses.queries.links import linked

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def pages(monkeypatch):
    """One page of a topic and one of a shipped text."""
    topics = {
        "portal": lambda codes, _language, _audience: (
            [("Bullying", "/en/bullying/")] if "bullying" in codes else []
        )
    }
    texts = {
        "portal": lambda keys, _language: {key: ("Hotline", "/en/hotline/") for key in keys if key == "a/b"}
    }
    monkeypatch.setattr(topic_pages, "_sources", topics)
    monkeypatch.setattr(topic_pages, "_starter", texts)


def test_codes_become_links():
    made = linked("See {topic:bullying}.\n→ {page:a/b} · {112} · {help}", "en")
    assert made == "See [Bullying](/en/bullying/).\n→ [Hotline](/en/hotline/) · 112 · Child Line 116 111"
    assert linked("→ {page:a/b}", "en", "https://centre.example").endswith(
        "(https://centre.example/en/hotline/)"
    )


def test_what_leads_nowhere_is_left_out():
    assert linked("→ {page:no/such} · {topic:bullying}", "en") == "→ [Bullying](/en/bullying/)"
    assert linked("→ More: {resource:no-such}", "en") == ""
    assert linked("Plain {braces} stay.", "en") == "Plain {braces} stay."


def test_names_of_services_are_in_the_language_of_the_page():
    assert linked("{help}", "lt") == "Vaikų linija 116 111"
    assert "(/lt/" in linked("{report}", "lt")
