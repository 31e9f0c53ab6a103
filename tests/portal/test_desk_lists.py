"""What stands in the editors' lists: reviews by link, translations behind, pages to look at again."""

from datetime import timedelta

import pytest
from django.urls import reverse

from sauga.kernel import clock
from sauga.portal.actions import reviews
from sauga.portal.models.articles import PlainPage
from tests.centre import centre, sign_in
from tests.factories.pages import live

__all__ = ["centre"]
pytestmark = pytest.mark.django_db
AT = clock.now()


def listed(centre, name: str) -> str:
    answer = sign_in(centre, "EDITOR").get(reverse(name))
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_review_can_be_taken_back_while_it_waits(centre, planted):
    page = live(centre, planted["lt"])
    asked = {"page": page, "email": "ona@mokykla.example", "language": "lt", "question": "", "at": AT}
    waiting = reviews.ask_review(by=centre.actor("EDITOR"), name="Ona", **asked)
    over = reviews.ask_review(by=centre.actor("EDITOR"), name="<b>Jonas</b>", **asked)
    reviews.withdraw_review(by=centre.actor("EDITOR"), review=over, at=AT)
    html = listed(centre, "portal-reviews")
    assert f'action="{reverse("portal-review-withdraw", args=[waiting.ref])}"' in html
    assert reverse("portal-review-withdraw", args=[over.ref]) not in html and f'id="row-{over.ref}"' in html
    assert "<b>Jonas" not in html


def test_translations_that_are_behind_lead_to_what_changed(centre, planted):
    source = live(centre, planted["lt"])
    assert "data-row " not in listed(centre, "portal-translations")
    source.body = [{"type": "text", "value": "<p>Nauja pastraipa.</p>"}]
    source.save_revision().publish()
    twin = PlainPage.objects.get(slug="tekstas-en")
    html = listed(centre, "portal-translations")
    assert (
        f'href="{reverse("portal-translation", args=[twin.pk])}" lang="en"' in html
        and f'<span lang="lt">{source.title}</span>' in html
    )


def test_pages_due_lead_to_the_editor(centre, planted):
    page = live(centre, planted["lt"])
    PlainPage.objects.update(review_by=AT.date() - timedelta(days=3))
    assert f'href="{reverse("wagtailadmin_pages:edit", args=[page.pk])}" lang="lt"' in listed(
        centre, "portal-due"
    )


def test_what_a_person_must_confirm_is_listed_until_the_note_is_gone(centre, planted):
    page = live(centre, planted["lt"])
    assert "data-row " not in listed(centre, "portal-to-confirm")
    PlainPage.objects.filter(pk=page.pk).update(to_confirm="Numeris\nAmžiaus riba")
    html = listed(centre, "portal-to-confirm")
    assert f'href="{reverse("wagtailadmin_pages:edit", args=[page.pk])}" lang="lt"' in html
    assert "Numeris" in html and "Amžiaus riba" in html
    assert "Amžiaus riba" not in sign_in(centre, "EDITOR").get(page.url).content.decode()
    assert sign_in(centre, "ANALYST").get(reverse("portal-to-confirm")).status_code == 404


def test_the_editors_tool_begins_with_what_is_waiting_for_this_person(centre, planted):
    page = live(centre, planted["lt"])
    PlainPage.objects.filter(pk=page.pk).update(to_confirm="Numeris", review_by=AT.date() - timedelta(days=3))
    start = sign_in(centre, "EDITOR").get("/desk/cms/", follow=True).content.decode()
    panel = start[start.index('class="waiting-list"') :]
    for name in ("portal-due", "portal-to-confirm"):
        assert f'href="{reverse(name)}"><b>1</b>' in panel
    assert reverse("portal-links") not in panel[: panel.index("</ul>")], "nought is not work"
    other = sign_in(centre, "SAFEGUARDING_EDITOR").get("/desk/cms/", follow=True).content.decode()
    assert reverse("portal-due") in other and reverse("portal-translations") not in other
