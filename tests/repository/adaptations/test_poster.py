"""An adapted poster: its date is picked and read as a date, and the poster itself can be opened."""

import pytest
from django.test import Client
from django.urls import reverse
from factories.adaptations import SLOTS, begun, deployed, editor, editor_browser, live, released

from sauga.repository.adaptations.actions import edits
from sauga.repository.adaptations.editions import edition, said
from sauga.repository.adaptations.queries.composition import compose
from tests.centre import AT, Centre, centre  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db
WHEN = {"code": "when", "kind": "date_time", "required": True, "default": {}}
MOMENT = "2026-12-03T18:00"


@pytest.mark.parametrize(
    ("language", "text"), [("lt", "2026 m. gruodžio 3 d., 18:00"), ("en", "3 December 2026, 18:00")]
)
def test_a_moment_is_read_as_a_date_and_a_time(language: str, text: str):
    assert said("date_time", MOMENT, language).replace("\u00a0", " ") == text
    assert said("place", MOMENT, language) == MOMENT
    assert said("date_time", "kitą savaitę", language) == "kitą savaitę"


def poster(centre: Centre):
    base = live(centre, type="poster", slots=[*SLOTS, WHEN], body={})
    made = begun(centre, base, kind="slot_fill")
    values = {"when": {"*": MOMENT}, "place": {"lt": "Aktų salė"}}
    return edits.fill_slots(by=editor(), adaptation=made, values=values, at=AT)


def test_the_page_of_a_poster_says_when_in_words_and_leads_to_the_poster(centre: Centre):
    made = poster(centre)
    shown = edition(compose(made), "lt")
    assert "2026 m. gruodžio 3 d., 18:00" in [
        lines[0].replace("\u00a0", " ") for _label, lines in shown["places"]
    ]
    (file,) = shown["files"]
    assert file["href"].endswith("/a.pdf") and file["type"] == "PDF"
    client = editor_browser()
    page = client.get(reverse("repository-preview", args=[made.ref, "lt"])).content.decode()
    assert "gruodžio" in page and MOMENT not in page and f'href="{file["href"]}"' in page
    form = client.get(reverse("repository-adaptation", args=[made.ref])).content.decode()
    assert (
        'type="datetime-local"' in form
        and f'value="{MOMENT}"' in form
        and "pavyzdžiui, 2027-02-09 14:30" in form
    )


def test_a_copy_in_use_leads_to_the_poster_and_an_old_release_still_opens(centre: Centre):
    copy, _token = deployed(centre, released(centre, live(centre)))
    page = Client().get(reverse("repository-copy", args=[copy.ref])).content.decode()
    assert "copy-files" in page and "/a.pdf" in page
    content = compose(copy.adaptation)
    del content["files"]
    assert edition(content, "lt")["files"] == []
