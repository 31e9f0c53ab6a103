"""Numbers of helplines stay on one line on pages of the public, in whatever text they stand."""

import pytest
from django.template.loader import get_template
from django.test import Client


@pytest.mark.parametrize("path", ["/offline/", "/en/missing/"])
def test_a_page_of_the_public_never_breaks_the_number(db: None, path: str):
    page = Client().get(path).content.decode()
    assert "116\xa0111" in page and "116 111" not in page


def test_the_desk_and_mails_keep_what_was_written(db: None):
    page = Client().get("/desk/signin/").content.decode()
    assert "116 111" in page and "116\xa0111" not in page
    assert get_template("newsletter/mail/confirm.txt").backend.name == "django"
