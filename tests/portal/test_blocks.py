"""Blocks say what they must: what can be seen, numbers of the day, resources that are still public."""

import csv
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string

from sauga.kernel import clock, organisations
from sauga.kernel.organisations.models import OrganisationRole
from sauga.kernel.states import SystemActor
from sauga.portal.actions.partners import plant_partners
from sauga.portal.blocks import body_blocks
from sauga.portal.blocks.media import says_something
from sauga.portal.models.network import HelpEntry
from sauga.portal.queries import cards, public_pages


@pytest.mark.unit
def test_a_description_that_is_a_files_name_is_refused():
    says_something("Du vaikai stato smėlio pilį.")
    for name in ("DSC_0012.JPG", "pilis.webp "):
        with pytest.raises(ValidationError):
            says_something(name)


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
    roles = {(one.short, one.row.role) for one in public_pages.partners(date(2015, 6, 1))}
    assert ("ŠITC (CITE)", "COORDINATOR") in roles and ("LINEŠA", "COORDINATOR") not in roles
    assert organisations.coordinators(date(2025, 1, 31)) == []
    assert [one.short for one in organisations.coordinators(date(2025, 2, 1))] == ["LINEŠA"]
    assert public_pages.partners(date(2004, 1, 1)) == []
    assert OrganisationRole.objects.count() == 16


def as_the_table_says(rows, day):
    """An independent reading of the table: dates are compared as text, as exactly as they were written."""
    return {
        (row["name_lt"], row["role"].upper())
        for row in rows
        if row["valid_from"] <= day[: len(row["valid_from"])]
        and (not row["valid_to"] or day[: len(row["valid_to"])] <= row["valid_to"])
    }


@pytest.mark.django_db
def test_the_partners_of_every_day_since_2005_are_those_of_the_outside_table(planted, shared):
    with (shared / "data" / "partners.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    held = [
        (one.organisation.name_at(clock.now(), "lt"), one.role, one.span)
        for one in OrganisationRole.objects.select_related("organisation").prefetch_related(
            "organisation__names"
        )
    ]
    first, days = date(2005, 1, 1), (clock.now().date() - date(2005, 1, 1)).days
    for number in range(days):
        day = first + timedelta(days=number)
        found = {(name, role) for name, role, span in held if span.covers(day)}
        assert found == as_the_table_says(rows, day.isoformat()), day
    for day in (date(2005, 3, 1), date(2010, 12, 31), date(2011, 1, 1), date(2012, 7, 1), date(2019, 6, 1)):
        asked = {(one.name, one.row.role) for one in public_pages.partners(day)}
        assert asked == as_the_table_says(rows, day.isoformat()), "the database answers as the spans do"
    edges = {edge for _name, _role, span in held for edge in span.possible if edge}
    for day in {near for edge in edges for near in (edge - timedelta(days=1), edge)}:
        asked = {one.name for one in organisations.coordinators(day)}
        assert asked == {
            name for name, role in as_the_table_says(rows, day.isoformat()) if role == "COORDINATOR"
        }


@pytest.mark.django_db
def test_partners_are_planted_once_and_the_successions_with_them(planted):
    agency = OrganisationRole.objects.filter(role="COORDINATOR", since="2019").get().organisation
    assert [row.since for row in agency.origins.all()] == ["2019"]
    assert plant_partners(by=SystemActor("site"), at=clock.now()) == 0
    assert OrganisationRole.objects.count() == 16


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
