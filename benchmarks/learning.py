"""Learners who are active at once: each opens a part, takes a quiz whose answers are saved one by one, sends
it.

    python benchmarks/learning.py [--learners 1000] [--seconds 60] [--think 20]

The server is the one that ships: `sauga serve --workers 2`, production settings, embedded PostgreSQL that
waits for the disk. Every learner has a session of their own and thinks a random time (mean `--think` seconds)
between two requests. The starter course for school librarians is used. For comparison, measured in November
2026 on this kind of machine: Kolibri 0.19.5, sign-in journey with 8 clients: 17.8/s, p95 0.66 s, 90 ms of
processor time. Wanted with 1,000 learners: p95 under 300 ms for each kind of request, no answer that was
acknowledged lost.
"""

import argparse
import json
import random
import re
import threading
import time
from collections import defaultdict

from rig.figures import Aims, cpu_seconds, machine, percentile
from rig.installation import Installation, new_installation
from rig.member import MemberVisitor
from rig.visitor import Lost

SETUP = """
import json, sys
from datetime import timedelta
from sauga.project import cli
cli.prepare()
from procrastinate.contrib.django import app
from procrastinate.testing import InMemoryConnector
from django.db import connection
from sauga.kernel import clock
from sauga.kernel.identity import person_actor
from sauga.kernel.identity.models import Person
from sauga.kernel.members.signin import cookies
from sauga.kernel.members.actions import account, signin
from sauga.kernel.states import SystemActor
from sauga.training.courses.actions.starter import load_starter
from sauga.training.courses.models import CourseVersion
from sauga.training.learning.actions import enrolments
from sauga.training.learning.actions.enrolments import CohortGiven, EnrolmentData
at, many = clock.now(), int(sys.argv[2])
connection.cursor().execute("SET synchronous_commit TO off")  # of this session only, which is not measured
with app.replace_connector(InMemoryConnector()):
    load_starter(at)
    by = person_actor(Person.objects.get(email=sys.argv[1]), at)
    version = CourseVersion.objects.get(course__code="school-librarians", state="PUBLISHED")
    day = at.date()
    group = enrolments.save_cohort(by=by, version=version, cohort=None, at=at, given=CohortGiven(
        name={"lt": "Matavimas"}, language="lt", starts=day, ends=day + timedelta(days=60),
        closes=day + timedelta(days=30), places=many))
    quiz = version.activities.filter(kind="quiz").order_by("module__place", "place").first()
    page = version.activities.filter(kind="page").order_by("module__place", "place").first()
    found = []
    for n in range(many):
        link = signin.ask_link(by=SystemActor("visitor"), address=f"m{n}@mokykla.example",
            browser=cookies.new_secret(), language="lt", wanted="", at=at)
        who, secret = signin.use_link(by=SystemActor("visitor"), link=link, device="b", at=at)
        account.change_account(by=who, name=f"Mokytoja {n}", language="lt", is_reminded=False, at=at)
        row = enrolments.enrol(by=who, cohort=group, data=EnrolmentData(role="teacher"), at=at)
        found.append((secret, row.ref))
print(json.dumps({"cookie": cookies.session_name(), "quiz": quiz.code, "page": page.code, "people": found}))
"""
CHECK = """
import json, sys
from sauga.project import cli
cli.prepare()
from sauga.training.learning.models import Attempt
print(json.dumps(dict(Attempt.objects.values_list("ref", "answers"))))
"""
TUTOR = "tutor@awareness.example"
IDLE = 3
ATTEMPT = re.compile(rb'name="attempt" value="([^"]+)"')
INPUT = re.compile(rb'<input type="(?:radio|checkbox)"\s+name="(q_[a-z0-9-]+)"\s+value="(\d+)"')
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')


class Learner(threading.Thread):
    """One learner with a session, until the time is over."""

    def __init__(self, port: int, facts: dict, number: int, until: float, think: float) -> None:
        super().__init__(daemon=True)
        secret, self.ref = facts["people"][number]
        self.visitor = MemberVisitor(port, patience=30)
        self.visitor.cookies[facts["cookie"]] = secret
        self.visitor.say({"Origin": "https://localhost", "Cookie": f"{facts['cookie']}={secret}"})
        self.facts, self.until, self.think = facts, until, think
        self.dice = random.Random(number)
        self.took: dict[str, list[float]] = defaultdict(list)
        self.failures: list[str] = []
        self.kept: dict[str, dict[str, str]] = defaultdict(dict)

    def run(self) -> None:
        """Open a part, begin the quiz, save answers one by one, send; again from the start."""
        time.sleep(self.dice.random() * self.think)
        while time.monotonic() < self.until:
            try:
                self.round()
            except Lost as error:
                self.failures.append(str(error))

    def ask(self, what: str, path: str, **given: str) -> bytes:
        began = time.perf_counter()
        answer = self.visitor.post(path, **given) if given else self.visitor.get(path)
        self.took[what].append(time.perf_counter() - began)
        if answer.status not in (200, 204, 302):
            self.failures.append(f"{what}: {answer.status}")
        self.pause()
        return answer.page

    def pause(self) -> None:
        """Think. The server ends connections that are idle for five seconds; a browser then opens another."""
        if time.monotonic() < self.until:
            seconds = self.dice.expovariate(1 / self.think)
            if seconds > IDLE:
                self.visitor.close()
            time.sleep(seconds)

    def round(self) -> None:
        base = f"/lt/mano/kursai/{self.ref}/dalis/"
        self.ask("open a part", f"{base}{self.facts['page']}/")
        here = f"{base}{self.facts['quiz']}/"
        page = self.ask("open the quiz", here)
        token = TOKEN.search(page)
        if token is None:
            return
        given = {"csrfmiddlewaretoken": token[1].decode()}
        self.ask("begin", here, do="begin", **given)
        page = self.ask("open the quiz", here)
        attempt = ATTEMPT.search(page)
        if attempt is None:
            return
        ref, answers = attempt[1].decode(), {}
        for name, value in INPUT.findall(page):
            if name.decode() in answers or time.monotonic() > self.until:
                continue
            answers[name.decode()] = value.decode()
            before = len(self.failures)
            self.ask("save an answer", f"{here}irasyti/", attempt=ref, **answers, **given)
            if len(self.failures) == before:
                self.kept[ref] = dict(answers)
        if time.monotonic() < self.until:
            self.ask("send", here, do="send", attempt=ref, **answers, **given)


def main() -> int:
    """Measure, print, and say by the exit code whether every aim was met."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--learners", type=int, default=1000)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--think", type=float, default=20)
    options = parser.parse_args()
    aims = Aims()
    with new_installation((TUTOR,)) as installation:
        began = time.monotonic()
        facts = json.loads(installation.python("-c", SETUP, TUTOR, str(options.learners)))
        print(f"{options.learners} learners enrolled in {time.monotonic() - began:.0f} s", flush=True)
        port = installation.serve(workers=2)
        learners, cpu, whole = run(installation, port, facts, options)
        stored = json.loads(installation.python("-c", CHECK))
    report(learners, cpu, whole, stored, aims)
    return aims.verdict()


def run(installation: Installation, port: int, facts: dict, options: argparse.Namespace) -> tuple:
    """Everybody learns at once; afterwards the processor time of the server. Before that each worker has
    made a page of each kind once."""
    for number in range(min(12, options.learners)):
        one = Learner(port, facts, number, 0, options.think)
        for part in (facts["page"], facts["quiz"]):
            one.visitor.get(f"/lt/mano/kursai/{one.ref}/dalis/{part}/")
        one.visitor.close()
    began, before = time.monotonic(), used(installation)
    until = began + options.seconds
    learners = [Learner(port, facts, n, until, options.think) for n in range(options.learners)]
    for one in learners:
        one.start()
    for one in learners:
        one.join()
    return learners, used(installation) - before, time.monotonic() - began


def used(installation: Installation) -> float:
    """Processor time of web and database so far."""
    return cpu_seconds(installation.children[-1].pid) + cpu_seconds(installation.postmaster())


def report(learners: list, cpu: float, whole: float, stored: dict, aims: Aims) -> None:
    """Times by kind of request, and whether every acknowledged answer is stored."""
    count = sum(len(times) for one in learners for times in one.took.values())
    print(f"{len(learners)} learners, {count} requests in {whole:.0f} s, {count / whole:.0f}/s ({machine()})")
    print(f"  {cpu / max(1, count) * 1000:.0f} ms of processor time a request")
    for what in ("open a part", "open the quiz", "begin", "save an answer", "send"):
        times = sorted(second for one in learners for second in one.took[what])
        if times:
            p50, p95 = percentile(times, 0.5) * 1000, percentile(times, 0.95) * 1000
            print(f"  {what:15} {len(times):6}  p50 {p50:.0f} ms, p95 {p95:.0f} ms")
            aims.expect(f"p95 of “{what}” in ms", p95, most=300)
    lost = sum(
        not stored.get(ref) or len(stored[ref]) < len(answers)
        for one in learners
        for ref, answers in one.kept.items()
    )
    failures = [text for one in learners for text in one.failures]
    aims.expect("failed requests", len(failures), most=0)
    aims.expect("acknowledged answers lost", lost, most=0)
    for text in failures[:5]:
        print(f"  {text}")


if __name__ == "__main__":
    raise SystemExit(main())
