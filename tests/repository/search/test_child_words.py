"""The desk's page of children's words: added, changed, put aside and tried at once."""

import pytest
from django.urls import reverse
from factories.resources import published

from sauga.kernel.audit.models import TrailLine
from sauga.kernel.identity import PermissionRefused
from sauga.repository.search import queries as search
from sauga.repository.search.actions import child_words
from sauga.repository.search.models import ChildWords
from tests.centre import AT, Centre, centre, sign_in

__all__ = ["centre"]
pytestmark = pytest.mark.django_db
PAGE = "/desk/repository/words/"


@pytest.fixture
def client(centre: Centre):
    return sign_in(centre, "EDITOR")


def test_words_are_added_and_mean_the_topic_at_once(centre, client):
    published(
        centre,
        title={"lt": "Kaip sustabdyti patyčias", "en": "Stopping bullying"},
        topics=["cyberbullying"],
        help_services=["child_helpline"],
    )
    here = f"{PAGE}?language=lt&topic=cyberbullying"
    assert "nereiškia" in client.get(f"{here}&q=mane+dergia").content.decode()
    answer = client.post(here, {"phrase": "Mane dergia", "topic": "cyberbullying"})
    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        f"{reverse('repository-words')}?language=lt&topic=cyberbullying",
    )
    tried = client.get(f"{here}&q=mane+dergia+klasėje").content.decode()
    assert "Tai reiškia" in tried
    assert "Kaip sustabdyti patyčias" in tried
    assert TrailLine.objects.filter(action="search:words_changed").count() == 1


def test_words_are_kept_in_five_languages(centre, client):
    page = client.get(f"{PAGE}?language=pl&topic=cyberbullying").content.decode()
    for code in ("lt", "en", "ru", "pl", "uk"):
        assert f"?language={code}&amp;topic=cyberbullying" in page
    client.post(
        f"{PAGE}?language=pl&topic=cyberbullying", {"phrase": "szydzą ze mnie", "topic": "cyberbullying"}
    )
    assert [row.phrase for row in search.words_of("pl", "cyberbullying")] == ["szydzą ze mnie"]


def test_words_are_changed_put_aside_and_put_back(centre, client):
    row = child_words.add_words(
        by=centre.actor("EDITOR"), language="en", phrase="they mock me", topic="cyberbullying", at=AT
    )
    client.post(
        reverse("repository-words-change", args=[row.pk]),
        {"phrase": "they pick on me", "topic": "cyberbullying"},
    )
    assert [one.phrase for one in search.words_of("en", "cyberbullying")] == ["they pick on me"]
    new = search.words_of("en", "cyberbullying")[0]
    client.post(reverse("repository-words-retire", args=[new.pk]))
    assert search.topics_meant("they pick on me", "en") == []
    shown = client.get(f"{PAGE}?language=en&topic=cyberbullying").content.decode()
    assert "they pick on me" in shown
    assert "they mock me" in shown
    client.post(reverse("repository-words-back", args=[new.pk]))
    assert search.topics_meant("they pick on me", "en") == ["cyberbullying"]
    # The same words again: nothing is doubled, nothing is put aside.
    client.post(
        reverse("repository-words-change", args=[new.pk]),
        {"phrase": "they pick on me", "topic": "cyberbullying"},
    )
    assert ChildWords.objects.filter(removed_at__isnull=True).count() == 1


def test_words_that_mean_nothing_are_refused_and_kept_in_the_form(centre, client):
    row = child_words.add_words(
        by=centre.actor("EDITOR"), language="lt", phrase="šaiposi", topic="cyberbullying", at=AT
    )
    here = f"{PAGE}?language=lt&topic=cyberbullying"
    answer = client.post(here, {"phrase": "???", "topic": "cyberbullying"})
    assert answer.status_code == 422
    assert "bent vieną" in answer.content.decode()
    for given in ({"phrase": "???", "topic": "cyberbullying"}, {"phrase": "", "topic": "no-such"}):
        assert client.post(reverse("repository-words-change", args=[row.pk]), given).status_code == 302
    row.refresh_from_db()
    assert (row.phrase, row.removed_at) == ("šaiposi", None)
    assert client.get(f"{PAGE}?language=xx&topic=xx").status_code == 200


def test_only_who_keeps_words_may(centre):
    with pytest.raises(PermissionRefused):
        child_words.add_words(
            by=centre.actor("SAFEGUARDING_EDITOR"),
            language="lt",
            phrase="šaiposi",
            topic="cyberbullying",
            at=AT,
        )
