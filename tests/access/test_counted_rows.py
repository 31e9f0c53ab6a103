"""Beside what waits there is always something of the same kind that does not; a counter counts the one, and
leads to a list of nothing else.
"""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from factories import ballots, courses, panel_voice, resources, webinars

from sauga.events.planning.models import Task
from sauga.kernel import clock
from sauga.kernel.identity import home
from sauga.kernel.identity.models import Person
from sauga.newsletter.actions import issues
from sauga.newsletter.models import Issue
from sauga.newsletter.states import IssueState
from sauga.panel.states import BallotState
from sauga.panel.voice.models import Proposal
from sauga.panel.voice.rules.states import ProposalState
from sauga.panel.voting.models import Ballot
from sauga.repository.catalogue.models import PrintOrder
from sauga.repository.states import OrderState
from sauga.selfcheck.personal.actions import drafts, publication
from sauga.training.courses.actions import publication as course_publishing
from sauga.training.viewing.models import SiteMessage
from sauga.training.webinars.models import Question
from tests.centre import AT, Centre, centre, sign_in  # noqa: F401  a fixture

pytestmark = [pytest.mark.access, pytest.mark.django_db]


def of_the_panel(centre: Centre) -> None:
    waits, _written = ballots.proposed(centre), ballots.proposed(centre)
    Ballot.objects.filter(pk=waits.pk).update(state=BallotState.OPEN, ends_at=AT)
    space = panel_voice.panel(centre)
    row = panel_voice.published(space)
    panel_voice.published(space, "Kopa")
    whom = panel_voice.addressee(space)
    Proposal.objects.filter(pk=row.pk).update(state=ProposalState.OVERDUE, addressee=whom, due_on=AT)


def of_training(centre: Centre) -> None:
    by, now = centre.actor("COURSE_EDITOR"), clock.now()
    course_publishing.submit(by=by, version=courses.drafted(centre), at=AT)
    courses.drafted(centre, "other")
    asked, written, _silent = (webinars.a_webinar(centre) for _n in range(3))
    for _twice in range(2):
        Question.objects.create(webinar=asked, text="Kiek laiko?", asked_at=now)
        (site,) = webinars.invited(centre, written, webinars.a_library(_twice + 1))
        SiteMessage.objects.create(site=site, from_host=True, text="Negirdime", at=now)


def of_the_site(centre: Centre) -> None:
    editor = centre.actor("EDITOR")
    for n, state in enumerate((IssueState.READY, IssueState.DRAFT)):
        issue = issues.write_issue(
            by=editor, language="lt", title=f"Nr. {n}", lists=["teachers"], intro="", at=AT
        )
        Issue.objects.filter(pk=issue.pk).update(state=state)
    drafts.load_bank(AT)
    version = drafts.begin_version(by=editor, note="Kas nauja", at=AT)
    publication.submit(by=editor, version=version, at=AT)
    resource = resources.draft(centre)
    for settled in (OrderState.PLACED, OrderState.SENT):
        PrintOrder.objects.create(
            resource=resource, language="lt", copies=3, municipality="LT-57", state=settled, placed_at=AT
        )
    event = webinars.webinar_event(centre)
    for days in (1, 90):
        Task.objects.create(
            event=event,
            title={"lt": "Salė", "en": "Room"},
            days=3,
            due=clock.local_day(clock.now()) + timedelta(days=days),
            person=centre.people["ORGANISER"],
        )


CASES = {
    of_the_panel: ("panel.ballots", "panel.overdue"),
    of_training: ("training.reviews", "training.questions", "training.messages"),
    of_the_site: (
        "newsletter.ready",
        "selfcheck.review",
        "repository.orders",
        "events.tasks",
    ),
}


@pytest.mark.parametrize(("made", "codes"), CASES.items(), ids=[made.__name__ for made in CASES])
def test_one_thing_waits_and_the_list_shows_that_one(centre: Centre, made, codes):
    made(centre)
    seen = {}
    for role in centre.people:
        for one in home.counters_for(centre.actor(role, AT, unlocked=False), clock.now()):
            if one.counter.code in codes and one.counter.code not in seen:
                page = BeautifulSoup(sign_in(centre, role).get(one.href).content, "html.parser")
                seen[one.counter.code] = (one.count, len(page.select("main table tbody tr")))
    assert seen == dict.fromkeys(codes, (1, 1))


def test_nothing_is_counted_further_than_it_is_said(centre: Centre, monkeypatch):
    monkeypatch.setattr(home, "MOST", 3)
    assert Person.objects.count() > 4 == home.count_of(Person.objects.order_by("name"))
    assert home.said(4) == "3+"
