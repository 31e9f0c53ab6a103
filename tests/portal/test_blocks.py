"""Blocks say what they must: what can be seen, numbers of the day, resources that are still public."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from factories import uploads

from sauga.kernel import clock
from sauga.portal.blocks import body_blocks
from sauga.portal.blocks.media import says_something
from sauga.portal.models.media import captions_as_they_say, film_as_it_says
from sauga.portal.models.network import HelpEntry, Partner
from sauga.portal.queries import cards, public_pages


@pytest.mark.unit
def test_a_description_that_is_a_files_name_is_refused():
    says_something("Du vaikai stato smėlio pilį.")
    for name in ("DSC_0012.JPG", "pilis.webp "):
        with pytest.raises(ValidationError):
            says_something(name)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("name", "head", "fits"),
    [
        ("a.mp4", uploads.film(), True),
        ("a.webm", uploads.webm(), True),
        ("a.mp4", uploads.film()[:60], False),
        ("a.mp4", b"GIF89a", False),
        ("a.avi", b"RIFF", False),
        ("a.mp4", b"", False),
    ],
)
def test_a_film_is_what_its_name_says(name, head, fits):
    file = SimpleUploadedFile(name, head)
    if fits:
        film_as_it_says(file)
    else:
        with pytest.raises(ValidationError):
            film_as_it_says(file)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("WEBVTT\n\n00:01.000 --> 00:02.000\nLabas", True),
        ("WEBVTT", False),
        ("WEBVTT\n\n00:02.000 --> 00:01.000\nLabas", False),
        ("1\n00:01 --> 00:02", False),
    ],
)
def test_captions_are_captions(text, fits):
    file = SimpleUploadedFile("a.vtt", text.encode())
    if fits:
        captions_as_they_say(file)
    else:
        with pytest.raises(ValidationError):
            captions_as_they_say(file)


@pytest.mark.unit
def test_no_block_takes_markup_colour_or_size():
    names = {name for name, _block in body_blocks()}
    assert not names & {"raw", "html", "embed", "code"}


@pytest.mark.django_db
def test_numbers_and_partners_are_those_of_the_day(planted):
    before, today = date(2010, 5, 1), clock.now().date()
    assert [row.code for row in public_pages.help_entries(["child_helpline"], today)] == ["child_helpline"]
    assert public_pages.help_entries(["child_helpline"], before) == []
    HelpEntry.objects.filter(code="child_helpline").update(valid_to=today)
    assert public_pages.help_entries(["child_helpline"], today) == []
    assert [row.code for row in public_pages.help_entries(["child_helpline"], today - timedelta(days=1))] == [
        "child_helpline"
    ]
    roles = {(row.short, row.role) for row in public_pages.partners(date(2015, 6, 1))}
    assert ("ŠITC (CITE)", "coordinator") in roles and ("LINEŠA", "coordinator") not in roles
    assert {
        row.short for row in public_pages.partners(date(2025, 1, 31)) if row.role == "coordinator"
    } == set()
    assert {row.short for row in public_pages.partners(date(2025, 2, 1)) if row.role == "coordinator"} == {
        "LINEŠA"
    }
    assert public_pages.partners(date(2004, 1, 1)) == []
    assert Partner.objects.count() == 16


@pytest.mark.django_db
def test_a_page_of_partners_takes_any_day_and_says_what_is_none(house_of_partners, client):
    assert (
        "Švietimo informacinių technologijų centras"
        in client.get("/lt/partneriai/?on=2015-06-01").content.decode()
    )
    assert "Tai ne data" in client.get("/lt/partneriai/?on=rytoj").content.decode()


@pytest.fixture
def house_of_partners(planted):
    from sauga.portal.models.articles import PartnersPage

    page = PartnersPage(
        title="Partneriai", summary="Kas kuria centrą.", slug="partneriai", review_by=clock.now().date()
    )
    planted["lt"].add_child(instance=page)
    return page


@pytest.mark.django_db
def test_resources_that_are_not_public_have_no_card():
    assert cards.cards(["no-such-resource"]) == []
    assert (
        render_to_string(
            "portal/blocks/resources.html", {"value": {"title": "A", "slugs": ["no-such-resource"]}}
        ).strip()
        == ""
    )
