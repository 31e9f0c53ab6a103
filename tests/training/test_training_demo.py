"""The starter courses are loaded as they are, once; the demo has learners at every point."""

import json
from datetime import timedelta
from functools import partial
from importlib.resources import files

import pytest
from django.test import Client
from django.urls import reverse
from factories.members import joined

from sauga.kernel.identity.queries import holders_of
from sauga.training import demo
from sauga.training.courses.actions import publication, removals, starter
from sauga.training.courses.models import CourseVersion, Film, Item
from sauga.training.learning.models import Enrolment, Submission
from sauga.training.states import EnrolmentState
from sauga.training.streaming.models import Stream
from sauga.training.viewing.models import ViewingSite
from tests.centre import AT, Centre, centre  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db


def test_a_starter_course_comes_whole_and_never_over_an_editors_text(centre: Centre):
    made = starter.load_starter(AT)
    root = files("sauga").joinpath(*starter.FOLDER)
    records = [
        json.loads(one.joinpath("course.json").read_text())
        for one in root.iterdir()
        if one.joinpath("course.json").is_file()
    ]
    assert made == f"{len(records)} starter courses" and records
    for record in records:
        version = CourseVersion.objects.get(course__code=record["code"], state="PUBLISHED")
        assert version.activities.count() == sum(len(one["activities"]) for one in record["modules"])
        assert version.completion == record["completion"]
    for film in Film.objects.all():
        assert not any("Transcript" in title or not title for title in film.title.values()), film.title
        assert not any("**" in text or text.startswith("#") for text in film.transcript.values()), film.code
        picture = Client().get(reverse("training-poster", args=[film.code]))
        assert (picture.status_code, picture.content[8:12]) == (200, b"WEBP"), film.code
    editor, version = centre.actor("COURSE_EDITOR"), CourseVersion.objects.published().first()
    second = publication.begin_version(by=editor, version=version, at=AT)
    item = Item.objects.filter(version=second).first()
    removals.remove_part(by=editor, part=item, at=AT)
    before = (CourseVersion.objects.count(), Item.objects.count())
    assert starter.load_starter(AT) == "0 starter courses"
    assert (CourseVersion.objects.count(), Item.objects.count()) == before


def test_the_demo_has_learners_at_every_point(centre: Centre, monkeypatch):
    monkeypatch.setattr(demo.viewing, "EACH", 1)
    monkeypatch.setattr(demo.viewing, "seed", partial(demo.viewing.seed, number=10))  # not 300 libraries
    at = AT + timedelta(days=60)  # the staff of the tests has just begun
    joined("daiva@biblioteka.example", "Daiva Girdenytė", AT)
    roles = ("TUTOR", "COURSE_EDITOR", "PUBLISHER", "ORGANISER", "WEBINAR_HOST")
    demo.seed(at, {role: type("Account", (), {"user": centre.people[role].email}) for role in roles})
    states = set(Enrolment.objects.values_list("state", flat=True))
    assert {
        EnrolmentState.ACTIVE,
        EnrolmentState.WAITLISTED,
        EnrolmentState.CERTIFIED,
        EnrolmentState.STALLED,
    } <= states
    assert Submission.objects.filter(graded_at__isnull=False).exists()
    assert Stream.objects.exists() and ViewingSite.objects.count() == 30
    assert holders_of("TUTOR", "training", at)
