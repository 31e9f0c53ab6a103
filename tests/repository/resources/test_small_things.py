"""Small things that readers stumbled over: a button in the wrong words, names in the other language, minutes
that do not add up.
"""

import json
from importlib.resources import files

import pytest
from django.test import Client
from factories.resources import published

from sauga.kernel.figures import label, measure
from sauga.repository.adaptations.queries.lineage import work_of
from sauga.repository.resources.models import Resource
from sauga.repository.resources.rules import seed_format
from sauga.repository.resources.rules.attribution import spoken
from tests.centre import Centre, centre

__all__ = ["centre"]
CREATORS = [{"lt": "Pavyzdinis informavimo centras", "en": "Sample Awareness Centre"}]


@pytest.mark.django_db
def test_the_button_of_an_order_says_order(centre: Centre):
    row = published(centre, channels=["print_order"])
    page = Client().get(f"/lt/istekliai/{row.slug_lt}/uzsakyti/").content.decode()
    form = page.split('class="step-form"')[1].split("</form>")[0]
    assert "Užsakyti" in form
    assert "Nurodyti" not in form


@pytest.mark.unit
def test_an_attribution_speaks_the_language_of_the_copy():
    assert spoken("Sample Awareness Centre, 2026", CREATORS, "lt") == "Pavyzdinis informavimo centras, 2026"
    assert spoken("Sample Awareness Centre, 2026", CREATORS, "en") == "Sample Awareness Centre, 2026"
    assert spoken("Photo by Somebody", CREATORS, "lt") == "Photo by Somebody"
    snapshot = {
        "title": {"lt": "Pamoka"},
        "attribution": "Sample Awareness Centre, 2026",
        "creators": CREATORS,
        "licence": "CC-BY-4.0",
    }
    assert work_of(Resource(), snapshot, "lt", "").author == "Pavyzdinis informavimo centras, 2026"


@pytest.mark.unit
def test_the_parts_of_a_lesson_take_as_long_as_the_lesson():
    bodies = json.loads(files("sauga.repository").joinpath("demo/bodies.json").read_text(encoding="utf-8"))
    seed = json.loads(
        files("sauga.repository").joinpath("data/resources_seed.json").read_text(encoding="utf-8")
    )
    time = {row["slug"]["en"]: seed_format.minutes(row["learning_time"]) for row in seed["resources"]}
    lessons = {row["slug"]["en"] for row in seed["resources"] if row["type"] == "lesson_plan"}
    checked: set[str] = set()
    for slug, body in bodies.items():
        for blocks in body.values():
            minutes = sum(block.get("minutes") or 0 for block in blocks)
            if minutes:
                checked.add(slug)
                assert minutes == time[slug], slug
    assert lessons < checked and len(lessons) == 6


@pytest.mark.django_db
def test_kinds_of_resources_have_names_in_the_figures(centre: Centre):
    from django.utils import translation

    with translation.override("lt"):
        views, heads = measure("repository.resource_page_views"), measure("repository.class_use_heads")
        assert label(views, "type", "app") == "programėlė"
        assert label(heads, "group", "grades_5_8") != "grades_5_8"
        assert label(views, "type", "no_such") == "no_such"


@pytest.mark.django_db
def test_age_time_and_licence_stand_at_the_top_of_a_resource(centre: Centre):
    row = published(centre, age_min=10, age_max=14, learning_minutes=45)
    page = Client().get(f"/en/resources/{row.slug_en}/").content.decode()
    top = page.split("<h1")[1].split('class="actions')[0]
    for said in ("10–14 years", "45", "CC BY"):
        assert said in top
