"""What stands in the smaller lists of the hotline's desk, and what can be done in their rows."""

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from sauga.hotline.assessment.models import Exposure
from sauga.hotline.notices.actions import templates
from sauga.hotline.notices.models import NoticeTemplate
from sauga.hotline.reports.models import Contact
from sauga.kernel import clock
from tests.centre import Centre, centre, sign_in  # noqa: F401  a fixture
from tests.factories.hotline import reported

pytestmark = pytest.mark.django_db


def test_welfare_shows_who_is_stopped_and_offers_to_lift_it(centre: Centre):
    stopped, calm = centre.people["ANALYST"], centre.people["SECOND_REVIEWER"]
    for person, items in ((stopped, 30_000), (calm, 1)):
        Exposure.objects.create(person=person, day=localdate(clock.now()), items=items)
    html = sign_in(centre, "WELFARE_LEAD").get("/desk/hotline/welfare/").content.decode()
    assert stopped.name in html and calm.name in html
    assert (
        f'action="/desk/hotline/welfare/{stopped.pk}/lift/"' in html
        and f"/welfare/{calm.pk}/lift/" not in html
    )


def test_contacts_are_opened_by_a_post_from_their_row(centre: Centre):
    report, _ = reported("https://pavyzdys.example/9", category="HATE")
    Contact.objects.filter(report=report).delete()
    Contact.objects.create(report=report, value=b"sealed")
    html = sign_in(centre, "CONTACT_CUSTODIAN").get("/desk/hotline/contacts/").content.decode()
    assert f'action="{reverse("hotline-contact", args=[report.ref])}"' in html
    assert "csrfmiddlewaretoken" in html and "sealed" not in html


def test_templates_are_edited_by_whoever_may(centre: Centre):
    templates.load_templates(clock.now())
    page = "/desk/hotline/notices/templates/"
    held = NoticeTemplate.objects.order_by("basis", "audience", "purpose", "language", "-version").distinct(
        "basis", "audience", "purpose", "language"
    )
    pages = [sign_in(centre, role).get(page).content.decode() for role in ("ANALYST", "NOTICE_OFFICER")]
    assert [html.count("<tr data-row ") for html in pages] == [len(held)] * 2 and len(held) > 0
    assert [f"{page}{held[0].pk}/" in html for html in pages] == [False, True]
