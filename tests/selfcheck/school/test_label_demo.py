"""The demo's school label: many schools over two rounds, a team in its second round, somebody who reviews."""

from typing import Any

from sauga.kernel import clock
from sauga.selfcheck import effects
from sauga.selfcheck.school.demo import ASSESSOR, SCHOOLS, TEAM, play
from sauga.selfcheck.school.models import Assessment, Label, PlanTask, Round
from sauga.selfcheck.school.queries import country, reviews
from sauga.selfcheck.states import AssessmentState
from tests.centre import Centre, centre  # noqa: F401  a fixture
from tests.factories import labels as make
from tests.factories.members import acts_for, joined


def test_the_demo_has_schools_in_two_rounds_and_one_that_waits_for_a_reviewer(centre: Centre):
    now = clock.now()
    where = make.school("Pavyzdžio mokykla", "LT-18")
    for address in TEAM:
        who, _secret = joined(address, "Rima Kalnė")
        acts_for(who, where, now.replace(year=now.year - 2))
    joined(ASSESSOR, "Asta Miškė")
    asked = effects.ambassador_level._asked
    effects.ambassador_level.connect(lambda _member, _at: 2)
    try:
        play(now, {"LABEL_COORDINATOR": _account(centre)})
    finally:
        effects.ambassador_level._asked = asked
    assert Assessment.objects.count() == SCHOOLS + 1
    assert Round.objects.filter(number=2).count() > SCHOOLS * 0.8
    assert Label.objects.count() > SCHOOLS * 1.8 and PlanTask.objects.exists()
    assert Assessment.objects.get(school=where).state == AssessmentState.EVIDENCE_REVIEW
    assert reviews.waiting().count() == 1
    assert len(country.published()) > 5


def _account(centre: Centre) -> Any:
    return type("Account", (), {"user": centre.people["LABEL_COORDINATOR"].email, "password": ""})
