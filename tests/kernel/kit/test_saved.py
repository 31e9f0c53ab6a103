"""Personal saved views: the address stays the filter's only source, each person has their own, and the forms
work without a script.
"""

import re

import pytest
from django.test import Client
from django.utils.html import escape
from kernel.kit.probe import Terms
from kernel.kit.test_lists import PROBE, page, shown, terms

from sauga.kernel.kit.lists import saved
from sauga.kernel.kit.models import SavedView
from tests.centre import Centre, centre, sign_in  # noqa: F401  a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.urls("kernel.kit.probe")]
FILTER = "view=all&status=confirmed"
SAVE, CHANGE = "Išsaugoti šį vaizdą", "Pervadinti arba ištrinti šį vaizdą"


@pytest.fixture
def client(centre: Centre) -> Client:
    return sign_in(centre, "EDITOR")


def save(client: Client, name: str, query: str = FILTER, **more) -> str:
    """Where the browser is led afterwards."""
    answer = client.post(f"{PROBE}?{query}", {"do": "save", "name": name, **more})
    assert answer.status_code == 302
    return answer.url


def tabs(html: str) -> list[tuple[str, str]]:
    return [
        (href.replace("&amp;", "&"), name.strip())
        for href, name in re.findall(r'<li><a href="\?([^"]*)"[^>]*>([^<]*)', html)
    ]


def test_a_filter_is_saved_from_the_page_and_found_beside_the_fixed_views(client: Client):
    terms("a", "b")
    html = page(client, f"{FILTER}&find=&after=0")
    action = re.search(r'<form class="confirm" method="post" action="\?([^"]*)"', html)[1].replace(
        "&amp;", "&"
    )
    assert SAVE in html and save(client, "my Baltic hosts", action) == f"{PROBE}?{FILTER}"
    html = page(client)
    assert tabs(html)[:3] == [
        ("view=valid", "Valid"),
        ("view=retired", "Retired"),
        ("view=all", "Everything"),
    ]
    assert tabs(html)[3] == (FILTER, "my Baltic hosts") and 'data-key="4">my Baltic hosts' in html
    html = page(client, FILTER)
    assert (
        html.count('aria-current="page">my Baltic hosts') == 1
        and 'aria-current="page">Everything' not in html
    )
    assert SAVE not in html and CHANGE in html and shown(html) == ["a", "b"]


def test_a_list_as_it_opens_needs_no_name(client: Client):
    terms("a")
    assert (
        SAVE not in page(client)
        and SAVE not in page(client, "view=all&after=5&x=y")
        and SAVE in page(client, "sort=label")
    )
    save(client, "everything", "view=all&x=y")
    assert not SavedView.objects.exists()


def test_only_what_the_list_understands_is_kept(client: Client):
    save(client, "one", "view=nonsense&status=nonsense&sort=-label&after=5&format=csv&x=y")
    assert SavedView.objects.get().query == "view=valid&sort=-label"


def test_what_was_typed_is_kept_only_where_the_list_allows_it(
    client: Client, monkeypatch: pytest.MonkeyPatch
):
    typed = "view=all&find=person.example&status=confirmed"
    note = "Tai, ką įrašėte į paieškos lauką, neišsaugoma."
    html = page(client, typed)
    assert note in html and note not in page(client, FILTER)
    save(client, "one", typed)
    assert "person.example" not in " ".join(SavedView.objects.values_list("query", flat=True))
    assert CHANGE not in page(client, typed), "with more typed in, the page does not show the saved view"
    assert SAVE not in page(client, "view=all&find=person.example"), (
        "nothing but what was typed: nothing to save"
    )
    monkeypatch.setattr(Terms, "saves_typed", True)
    save(client, "two", typed)
    assert SavedView.objects.get(name="two").query == typed


def test_it_is_renamed_deleted_and_brought_back(client: Client):
    save(client, "one")
    row = SavedView.objects.get()
    assert save(client, "  another\tname ", do="rename", saved=row.pk) == f"{PROBE}?{FILTER}"
    row.refresh_from_db()
    assert row.name == "another name"
    answer = client.post(f"{PROBE}?{FILTER}", {"do": "delete", "saved": row.pk}, follow=True)
    html = answer.content.decode()
    assert not SavedView.objects.exists() and "Ištrinta: another name." in html
    undo = re.search(r'<form[^>]*action="(/desk/probe/[^"]*saved_as[^"]*)"', html)[1].replace("&amp;", "&")
    assert client.post(undo).url == f"{PROBE}?{FILTER}"
    assert SavedView.objects.get().name == "another name"


def test_a_name_exists_once(client: Client):
    save(client, "one")
    save(client, "one", "view=retired&sort=until")
    assert [row.query for row in SavedView.objects.all()] == ["view=retired&sort=until"], (
        "saved again, it is replaced"
    )
    save(client, "two")
    save(client, "one", do="rename", saved=SavedView.objects.get(name="two").pk)
    assert sorted(row.name for row in SavedView.objects.all()) == ["one", "two"]
    assert "Jau turite kitą vaizdą" in page(client)


def test_each_person_has_their_own(client: Client, centre: Centre):
    save(client, "one")
    row = SavedView.objects.get()
    other = sign_in(centre, "PUBLISHER")
    assert "one" not in dict(map(reversed, tabs(page(other))))
    for do in ("rename", "delete"):
        assert other.post(PROBE, {"do": do, "saved": row.pk, "name": "x"}).status_code == 404
    assert client.post("/desk/long/", {"do": "delete", "saved": row.pk}).status_code == 404, (
        "nor is it one of another list"
    )
    save(other, "one")
    row.refresh_from_db()
    assert row.name == "one" and SavedView.objects.count() == 2


@pytest.mark.parametrize("name", ["", "   ", "\0"])
def test_a_view_needs_a_name(client: Client, name: str):
    assert set(save(client, name).partition("?")[2].split("&")) == set(FILTER.split("&"))
    assert not SavedView.objects.exists() and "Pirmiausia parašykite" in page(client)


def test_a_list_holds_only_so_many(client: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(saved, "MOST_SAVED", 2)
    for name in ("one", "two", "three"):
        save(client, name)
    assert sorted(row.name for row in SavedView.objects.all()) == ["one", "two"]
    save(client, "two", "sort=label")
    assert SavedView.objects.get(name="two").query == "view=valid&sort=label", (
        "one that is there may still be replaced"
    )


def test_a_list_without_fixed_views_has_a_way_back_to_all(client: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Terms, "views", ())
    monkeypatch.setattr(Terms, "rows", lambda self: saved.SavedView.objects.none())
    monkeypatch.setattr(Terms, "counts", lambda self: {})
    monkeypatch.setattr(Terms, "actions", lambda self: ())
    assert tabs(page(client)) == []
    save(client, "one", "status=confirmed")
    assert tabs(page(client)) == [("", "Visi"), ("status=confirmed", "one")]
    assert 'aria-current="page">Visi' in page(client) and 'aria-current="page">one' in page(
        client, "status=confirmed"
    )


def test_a_name_is_only_text(client: Client):
    save(client, "<b>x</b>")
    html = page(client, FILTER)
    assert "<b>x" not in html and html.count(escape("<b>x</b>")) >= 2
