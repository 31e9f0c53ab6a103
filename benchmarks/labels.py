"""The school label: 2,000 schools scored again under a new version, and saving a page of ten answers.

    python benchmarks/labels.py [--schools 2000] [--saves 300]

One run on the embedded PostgreSQL. Schools are rows under version 1; `rescore_all` is what `sauga init`
calls when it loads version 2, beside the limit, which is the pure scoring of the same answers. A save is
`save_area` as the page calls it, ten answers with a comment, by a member of the team. Wanted: 2,000 schools
within 10 s, save p95 < 150 ms.
"""

import argparse
import json

from rig.figures import Aims, machine, percentile
from rig.installation import new_installation

MEASURE = """
import json, random, sys, time
from sauga.project import cli
cli.prepare()
from datetime import timedelta
from django.db import transaction
from sauga.kernel import clock
from sauga.kernel.members.signin import cookies
from sauga.kernel.members.actions import representations, signin
from sauga.kernel.organisations import create_organisation
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.states import SystemActor
from sauga.selfcheck.school.actions import assessments, questionnaires
from sauga.selfcheck.school.actions.assessments import Given
from sauga.selfcheck.school.models import Answer, Assessment, Label, Questionnaire, Rescore, Round
from sauga.selfcheck.school.queries import questionnaires
from sauga.selfcheck.school.rules.score_changes import rescored

schools, saves = int(sys.argv[1]), int(sys.argv[2])
at, dice = clock.now(), random.Random(7)
questionnaires.load_questionnaires(at)
first = Questionnaire.objects.get(version=1)
forms = questionnaires.every()
codes = list(forms[0].aspects)
with transaction.atomic():
    places = Organisation.objects.bulk_create(
        Organisation(code=f"BM{n:06}", kinds=["SCHOOL"], municipality="LT-18", valid_from=at, changed_at=at)
        for n in range(schools))
    rows = Assessment.objects.bulk_create(
        Assessment(school=place, state="LABELLED", started_at=at) for place in places)
    rounds = Round.objects.bulk_create(
        Round(assessment=row, number=1, questionnaire=first, started_at=at, scored_at=at, level="SILVER")
        for row in rows)
    Answer.objects.bulk_create(
        [Answer(round=held, aspect=code, level=dice.randint(1, 5), answered_at=at)
         for held in rounds for code in codes], batch_size=5000)
    Label.objects.bulk_create(
        Label(round=held, school=row.school, level="SILVER", since=at.date(),
              until=at.date() + timedelta(days=540)) for held, row in zip(rounds, rows))
began = time.perf_counter()
n = questionnaires.rescore_all(by=SystemActor("selfcheck"), at=at)
took = time.perf_counter() - began
assert n == schools == Rescore.objects.count()
given = {held.pk: {code: dice.randint(1, 5) for code in codes} for held in rounds}
began = time.perf_counter()
for one in given.values():
    rescored(one, 1, forms, 2)
limit = time.perf_counter() - began

visitor, demo = SystemActor("visitor"), SystemActor("demo")
link = signin.ask_link(by=visitor, address="rima@a.example", browser=cookies.new_secret(),
  language="lt", wanted="", at=at)
who, _secret = signin.use_link(by=visitor, link=link, device="Firefox", at=at)
school = create_organisation(by=demo, names={"lt": "Matuojama mokykla"}, kinds=["SCHOOL"],
  municipality="LT-18", at=at - timedelta(days=9))
asked = representations.ask_to_represent(by=who, organisation=school, asked_name="", purpose="Mokau.",
  wants_partner=False, at=at)
representations.confirm_representation(by=demo, representation=asked, at=at)
row = assessments.start_assessment(by=who, school=school, at=at)
area = forms[-1].areas[0]
times = []
for n in range(saves):
    page = {one.code: Given(1 + (n + one.number) % 5, f"Sakinys {n}. Dar vienas.", n) for one in area.aspects}
    began = time.perf_counter()
    saved = assessments.save_area(by=who, assessment=row, area=area.code, given=page, at=at)
    times.append(time.perf_counter() - began)
    assert len(saved.changed) == 10
print(json.dumps({"rescored": took, "limit": limit, "times": times}))
"""


def main() -> int:
    """Measure; by the exit code, whether the aims were met."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--schools", type=int, default=2000)
    parser.add_argument("--saves", type=int, default=300)
    options = parser.parse_args()
    aims = Aims()
    with new_installation() as installation:
        said = installation.python("-c", MEASURE, str(options.schools), str(options.saves))
        found = json.loads(said.splitlines()[-1])
    took, limit = found["rescored"], found["limit"]
    p50, p95 = percentile(found["times"], 0.5) * 1000, percentile(found["times"], 0.95) * 1000
    print(f"{options.schools} schools ({machine()})")
    print(f"  scored again {took:.2f} s; limit, scoring alone {limit:.2f} s, {took / limit:.1f} times")
    print(f"  a page of ten answers saved: p50 {p50:.1f} ms, p95 {p95:.1f} ms")
    aims.expect("2,000 schools scored again", took / options.schools * 2000, most=10, unit=" s")
    aims.expect("save p95", p95, most=150, unit=" ms")
    return aims.verdict()


if __name__ == "__main__":
    raise SystemExit(main())
