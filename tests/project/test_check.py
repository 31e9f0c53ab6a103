"""What `sauga check` leaves out of Django's own checks is answered in another way, and stays so."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
ANSWERED = {"security.W002", "security.W003", "security.W021", "mail.E001"}


def test_no_other_check_of_django_is_silenced(settings):
    assert set(settings.SILENCED_SYSTEM_CHECKS) == ANSWERED


@pytest.mark.parametrize("path", ["/lt/", "/desk/signin/", "/en/nothing/", "/-/ready"])
def test_pages_refuse_to_be_framed(path):
    assert Client().get(path).headers["X-Frame-Options"] == "DENY"


def test_the_desk_refuses_a_forged_form():
    assert Client(enforce_csrf_checks=True).post("/desk/signin/", {"email": "a@b.example"}).status_code == 403


def test_mail_of_ours_does_not_go_through_the_back_end_that_sends_nothing():
    from architecture.tree import SAUGA

    from sauga.project.settings import cms

    assert (
        "dummy" in cms.options("https://sauga.example", "sauga.example", [])["MAILERS"]["default"]["BACKEND"]
    )
    using = [path for path in SAUGA.rglob("*.py") if "django.core.mail" in path.read_text(encoding="utf-8")]
    assert [path.name for path in using] == ["cms.py"]
