"""The repository's demo data: the forty seed records, each brought to its state by actions of the people who
would perform them.
"""

import json
from datetime import date, datetime, time, timedelta
from importlib.resources import files as packaged
from typing import Any
from uuid import UUID

from sauga.kernel import media
from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity import PersonActor, person_actor
from sauga.kernel.identity.models import Person
from sauga.kernel.kit.demo import Cast, Staff, seeds
from sauga.kernel.states import SystemActor
from sauga.repository.catalogue.actions import collections
from sauga.repository.catalogue.actions import print_orders as use_actions
from sauga.repository.demo import materials, partners
from sauga.repository.resources.actions import files, publication, resources, review
from sauga.repository.resources.models import Resource
from sauga.repository.resources.queries.snapshots import files_of
from sauga.repository.resources.rules.seed_format import fields_of
from sauga.repository.syndication.actions import harvests

SWEEP = SystemActor("repository")
VISITOR = SystemActor("visitor")
HOUR = timedelta(hours=1)


def records() -> list[dict[str, Any]]:
    """The seed in order of dependency: originals before what is based on them, parts before their
    toolkits.
    """
    text = packaged("sauga.repository").joinpath("data/resources_seed.json").read_text(encoding="utf-8")
    held: dict[str, dict[str, Any]] = {one["id"]: one for one in json.loads(text)["resources"]}
    done: dict[str, dict[str, Any]] = {}

    def take(one: dict[str, Any]) -> None:
        for needed in [*one["has_part"], one["is_based_on"], one["replaced_by"]]:
            if needed and needed not in done:
                take(held[needed])
        done[one["id"]] = one

    for one in held.values():
        take(one)
    return list(done.values())


@seeds(unless=Resource.objects.exists)
def seed(at: datetime, staff: Staff) -> None:
    """How the collection came about, up to `at`."""
    stage = Stage(staff, at)
    for record in records():
        stage.tell(record)
    stage.gather()
    stage.use()
    stage.neighbours()
    partners.seed({role: stage.actor(role) for role in staff}, at)


def spoken(body: dict[str, Any], languages: list[str]) -> dict[str, Any]:
    """The texts in the languages of a record; easy Lithuanian is Lithuanian."""
    return {code: text for code, text in body.items() if {code, f"{code}-simple"} & set(languages)}


class Stage:
    """Who does what: one editor writes, another reviews, the safeguarding editor looks, the
    chief publishes.
    """

    def __init__(self, staff: Staff, at: datetime) -> None:
        self.cast, self.at = Cast(staff), at
        self.made: dict[str, Resource] = {}
        self.records = {one["id"]: one for one in records()}
        text = packaged("sauga.repository").joinpath("demo/bodies.json").read_text(encoding="utf-8")
        self.bodies: dict[str, Any] = json.loads(text)

    def actor(self, role: str) -> PersonActor:
        """A member of staff with today's permissions: the collection is older than their contracts."""
        return self.cast.actor(role, self.at)

    def second_editor(self) -> PersonActor:
        """The reviewer of what the editor wrote."""
        second = Person.objects.filter(email__startswith="second@awareness").first()
        return person_actor(second, self.at) if second else self.actor("PUBLISHER")

    def tell(self, record: dict[str, Any]) -> None:
        """The life cycle of one record, at the given days and hours."""
        written = min(_morning(record["created"]), self.at - timedelta(days=2))
        out = (
            min(_morning(record["published"]), self.at - timedelta(days=1))
            if record["published"]
            else self.at - timedelta(days=1)
        )
        resource = self._write(record, written)
        if record["status"] == "draft":
            return
        resource = self._hand_in(record, resource, out)
        if record["status"] != "in_review":
            resource = self._judge(resource, out)
        if resource.state == "approved":
            resource = publication.publish_resource(by=self.actor("PUBLISHER"), resource=resource, at=out)
            self.made[record["id"]] = resource
            self._end(record, resource, out)

    def _write(self, record: dict[str, Any], at: datetime) -> Resource:
        by, fields = self.actor("EDITOR"), fields_of(record)
        fields["is_based_on"] = self.made.get(record["is_based_on"])
        if fields["review_by"] is None and record["status"] != "draft":
            fields["review_by"] = (self.at + timedelta(days=365)).date()
        resource = resources.create_resource(by=by, at=at, uuid=UUID(record["id"]), how="seed", **fields)
        self.made[record["id"]] = resource
        slots = [
            {name: slot[name] for name in ("code", "kind", "required", "default")} for slot in record["slots"]
        ]
        if body := spoken(self.bodies.get(record["slug"]["en"], {}), record["languages"]):
            known = {slot["code"] for slot in slots}
            slots += (
                [{"code": "help", "kind": "help_contacts", "required": True, "default": HELP}]
                if "help" not in known
                else []
            )
        resources.set_slots(by=by, resource=resource, slots=slots, at=at)
        if body:
            resource = resources.edit_resource(by=by, resource=resource, body=body, at=at)
        for row in record["renditions"]:
            self._file(record, resource, row, at)
        if record["has_part"]:
            resources.set_parts(
                by=by, resource=resource, parts=[self.made[one] for one in record["has_part"]], at=at
            )
        if record["status"] == "withdrawn":
            chief = self.actor("PUBLISHER")
            resource = Resource.objects.get(pk=resource.pk)
            review.override_gate(
                by=chief,
                resource=resource,
                check="both_languages",
                reason=ONE_LANGUAGE,
                until="2027-12-31",
                at=at,
            )
        return Resource.objects.get(pk=resource.pk)

    def _file(self, record: dict[str, Any], resource: Resource, row: dict[str, Any], at: datetime) -> None:
        language, by = row["language"], self.actor("EDITOR")
        parts = [self.records[one] for one in record["has_part"]]
        content = materials.content(record, row, self.bodies.get(record["slug"]["en"], {}), parts)
        part = f"-{row['part']}" if row.get("part") else ""
        slug = resource.slug("en" if language == "en" else "lt")
        name = f"{slug}-{row['kind']}{part}-{language}{media.ending_of(row['mime'])}"
        files.add_file(
            by=by, resource=resource, kind=row["kind"], language=language, name=name, content=content, at=at
        )

    def _hand_in(self, record: dict[str, Any], resource: Resource, out: datetime) -> Resource:
        before = out - 6 * HOUR
        for one in record["gate_overrides"]:
            said = {"check": one["check"], "reason": one["reason"], "until": one["until"]}
            resource = review.override_gate(
                by=self.actor("PUBLISHER"), resource=resource, at=before - HOUR, **said
            )
        if resource.review_by is None:
            by = self.actor("EDITOR")
            resource = resources.edit_resource(
                by=by, resource=resource, review_by=(self.at + timedelta(days=365)).date(), at=before
            )
        return review.submit_resource(by=self.actor("EDITOR"), resource=resource, at=before)

    def _judge(self, resource: Resource, out: datetime) -> Resource:
        reviewed, seen = out - 4 * HOUR, out - 2 * HOUR
        resource = review.pass_review(
            by=self._reader(self.second_editor(), resource, reviewed), resource=resource, at=reviewed
        )
        if resource.state == "child_safety_check":
            resource = review.pass_child_safety(
                by=self._reader(self.actor("SAFEGUARDING_EDITOR"), resource, seen), resource=resource, at=seen
            )
        return resource

    def _reader(self, by: PersonActor, resource: Resource, at: datetime) -> PersonActor:
        """The reviewer, after opening every file."""
        for row in files_of(resource):
            review.open_file(by=by, rendition=row, at=at)
        return by

    def _end(self, record: dict[str, Any], resource: Resource, out: datetime) -> None:
        later = max(out + HOUR, min(_morning(record["modified"]), self.at - HOUR))
        if record["status"] == "withdrawn":
            by = self.actor("SAFEGUARDING_EDITOR")
            publication.withdraw_resource(by=by, resource=resource, reason=record["status_note"], at=later)
        elif record["status"] == "retired":
            instead = self.made.get(record["replaced_by"])
            by = self.actor("PUBLISHER")
            publication.retire_resource(
                by=by, resource=resource, reason=record["status_note"], replaced_by=instead, at=later
            )

    def gather(self) -> None:
        """A collection for each Safer Internet Day; passed review dates are marked."""
        publication.mark_overdue(by=SWEEP, at=self.at)
        chosen = [
            one
            for one in self.made.values()
            if one.slug_en.startswith(("sid-2027", "fake-news-lesson", "family-agreement"))
        ]
        collections.save_collection(
            by=self.actor("EDITOR"),
            title={"lt": "Saugesnio interneto diena 2027", "en": "Safer Internet Day 2027"},
            abstract={"lt": "Viskas vienai dienai vasarį.", "en": "Everything for one day in February."},
            resources=chosen,
            is_public=True,
            at=self.at,
        )
        collections.save_collection(
            by=self.actor("EDITOR"),
            title={"lt": "Saugesnio interneto diena 2026", "en": "Safer Internet Day 2026"},
            abstract={"lt": "Praėjusių metų pamokos.", "en": "Last year's lessons."},
            resources=[
                one
                for one in self.made.values()
                if one.slug_en in {"fake-news-cards", "cyberbullying-lesson"}
            ],
            is_public=True,
            at=self.at,
        )

    def use(self) -> None:
        """Use reports of a few classes."""
        today = self.at.astimezone(VILNIUS).date()
        live = [
            one
            for one in Resource.objects.public().order_by("pk")
            if one.type in {"lesson_plan", "quiz", "video"}
        ]
        for number, resource in enumerate(live):
            for ago in range(number % 4 + 1):
                use_actions.report_use(
                    by=VISITOR,
                    resource=resource,
                    heads={"grades_5_8": 18 + (number * 7 + ago * 5) % 11, "educators": 1},
                    kind="school",
                    municipality=("LT-57", "LT-15", "LT-20")[number % 3],
                    date=today - timedelta(days=3 + ago * 5 + number % 3),
                    nonce=f"demo-{number}-{ago}".encode(),
                    at=self.at,
                )

    def neighbours(self) -> None:
        """The library of the synthetic internet as a source, harvested as soon as a worker runs."""
        by = self.actor("EDITOR")
        source = harvests.save_source(
            by=by, at=self.at, name="Neighbour Safer Internet Library", address=NEIGHBOUR, language="en"
        )
        harvests.ask_source(by=by, source=source, at=self.at)


NEIGHBOUR = "http://library.neighbour.example/oai"
ONE_LANGUAGE = {
    "lt": "Kortelės skirtos lietuviškoms pamokoms.",
    "en": "The cards are meant for lessons in Lithuanian.",
}
HELP = {"lt": "Vaikų linija: 116 111", "en": "Child Line: 116 111"}


def _morning(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(9), VILNIUS)
