"""The steps of a resource in words: what is missing in each, what the publish gate still wants, and where."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sauga.repository.resources.models import Resource
from sauga.repository.resources.presenters import publish_gate as gate_presenter
from sauga.repository.resources.queries import publish_gate as gate_queries
from sauga.repository.resources.queries.snapshots import content_of
from sauga.repository.resources.rules import publish_gate, steps
from sauga.repository.resources.rules.gate_facts import Result
from sauga.repository.resources.rules.metadata import field_label, missing
from sauga.repository.resources.rules.steps import Place, Step

TITLES: dict[Step, str | Promise] = {
    Step.ABOUT: _("What it is"),
    Step.READERS: _("For whom"),
    Step.RIGHTS: _("Rights"),
    Step.ACCESS: _("Accessibility and time"),
    Step.TEXT: pgettext_lazy("step", "Text"),
    Step.FILES: _("Files"),
    Step.CHECK: pgettext_lazy("step", "Check"),
}
INTROS: dict[Step, str | Promise] = {
    Step.ABOUT: _("Its kind and a title in one language are enough for a draft."),
    Step.READERS: _("Visitors find it by this, and it decides whether help must be named."),
    Step.RIGHTS: _("Who made it, who paid for it, and what others may do with it."),
    Step.ACCESS: _("How long it takes, who can use it, and when somebody looks at it again."),
    Step.TEXT: _("What is read on its page. Leave it empty where the files say everything."),
    Step.FILES: _("The material itself, and what makes it usable for everybody."),
    Step.CHECK: _("What is still wanted before it can be submitted and published."),
}


@dataclass(frozen=True)
class Lack:
    """Something to put right: in words, with the address of its field."""

    text: str
    href: str


@dataclass(frozen=True)
class StepLine:
    """One step in the list of steps."""

    code: str
    number: int
    title: str
    href: str
    is_here: bool
    is_done: bool = False
    lacking: Sequence[Lack] = ()

    @property
    def state(self) -> str:
        """What the list says beside its title."""
        if not self.lacking:
            return ""
        return gettext("%(n)d missing") % {"n": len(self.lacking)}


@dataclass(frozen=True)
class Wanted:
    """A check of the publish gate that does not pass, with what to put right."""

    code: str
    name: str
    lacks: Sequence[Lack]


@dataclass(frozen=True)
class Check:
    """Everything that stands between a draft and its publication; `later` is decided during review."""

    wanted: Sequence[Wanted] = ()
    later: Sequence[str] = ()


def title_of(step: Step) -> str:
    """Its title."""
    return str(TITLES[step])


def address(resource: Resource, place: Place) -> str:
    """The address of a step, at its field."""
    href = reverse("repository-desk-step", args=[resource.ref, place.step])
    return f"{href}#id_{place.field}" if place.field else href


def lacking(resource: Resource) -> list[Lack]:
    """What review requires and is empty, each with its field."""
    return [
        Lack(field_label(code), address(resource, steps.place_of_field(code)))
        for code in missing(content_of(resource))
    ]


def lacking_fields(resource: Resource) -> set[str]:
    """The same as names of form fields."""
    return {steps.place_of_field(code).field for code in missing(content_of(resource))}


def lines(resource: Resource, here: Step, day: date) -> list[StepLine]:
    """The list of steps with what is missing in each; the page itself is not rendered for it."""
    facts = gate_queries.gate_facts(resource, day, with_pages=False)
    results = publish_gate.judge(facts)
    failing = set(publish_gate.failing(facts, results))
    found: dict[Step, dict[str, Lack]] = {}
    for place, text in _wants([one for one in results if one.check in failing and one.was_made]):
        if place.step is not Step.CHECK:
            key = text if place.step is Step.TEXT else place.field or text  # an empty field is missing once
            found.setdefault(place.step, {}).setdefault(key, Lack(text, address(resource, place)))
    return [
        StepLine(
            step,
            number,
            title_of(step),
            address(resource, Place(step)),
            is_here=step is here,
            is_done=not (found if step is Step.CHECK else found.get(step)),
            lacking=tuple(found.get(step, {}).values()),
        )
        for number, step in enumerate(Step, 1)
    ]


def new_lines() -> list[StepLine]:
    """The list of steps of a resource that does not exist yet."""
    return [
        StepLine(step, number, title_of(step), "", is_here=step is Step.ABOUT)
        for number, step in enumerate(Step, 1)
    ]


def check(resource: Resource, day: date) -> Check:
    """Every check that does not pass, as of that day."""
    facts = gate_queries.gate_facts(resource, day)
    results = publish_gate.judge(facts)
    refused = gate_queries.refused(facts, results)
    failing = set(publish_gate.failing(facts, results))
    return Check(
        wanted=[
            Wanted(
                one.check,
                gate_presenter.name_of(one.check),
                [Lack(text, address(resource, place)) for place, text in _wants([one])],
            )
            for one in results
            if one.check in refused
        ],
        later=[gate_presenter.name_of(code) for code in failing if code not in refused],
    )


def _wants(results: Sequence[Result]) -> Iterator[tuple[Place, str]]:
    for result in results:
        for finding in result.findings:
            named = finding.why == "missing"
            text = field_label(finding.where) if named else gate_presenter.say(finding)
            yield steps.place_of_finding(result.check, finding), text
        if not result.findings:
            yield steps.CHECKS.get(result.check, Place(Step.CHECK)), gettext("Not run yet.")
