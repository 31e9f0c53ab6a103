"""The steps in which an editor describes a resource: what each asks, and which step a missing field or a
failing check of the publish gate leads to.
"""

from dataclasses import dataclass
from enum import StrEnum

from sauga.repository.resources.rules.gate_facts import Finding


class Step(StrEnum):
    """The steps in their order; the value is part of the address."""

    ABOUT = "about"
    READERS = "readers"
    RIGHTS = "rights"
    ACCESS = "access"
    TEXT = "text"
    FILES = "files"
    CHECK = "check"


@dataclass(frozen=True)
class Asked:
    """The fields of one step: those that matter for every resource, and those that only some need."""

    first: tuple[str, ...] = ()
    more: tuple[str, ...] = ()


@dataclass(frozen=True)
class Place:
    """Where something is put right: a step, and its field if it is one."""

    step: Step
    field: str = ""


FIELDS: dict[Step, Asked] = {
    Step.ABOUT: Asked(
        ("type", "title_lt", "title_en", "abstract_lt", "abstract_en", "languages"),
        ("keywords_lt", "keywords_en", "slug_lt", "slug_en"),
    ),
    Step.READERS: Asked(
        ("audiences", "topics", "sensitivity", "help_services", "age_min", "age_max", "stages"),
        (
            "reading_level",
            "about_age_min",
            "about_age_max",
            "vulnerable_groups",
            "teaches_digcomp",
            "teaches_curriculum",
        ),
    ),
    Step.RIGHTS: Asked(
        ("licence", "creators", "funder_lt", "funder_en"),
        (
            "licence_note_lt",
            "licence_note_en",
            "attribution",
            "publisher_lt",
            "publisher_en",
            "grant",
            "source",
        ),
    ),
    Step.ACCESS: Asked(
        ("learning_minutes", "review_by", "features"),
        ("access_modes", "hazards", "summary_lt", "summary_en", "version"),
    ),
    Step.TEXT: Asked(("body_lt", "body_en"), ("slots", "channels")),
    Step.FILES: Asked(),
    Step.CHECK: Asked(),
}
NEEDED = frozenset(
    {
        "type",
        "title_lt",
        "title_en",
        "abstract_lt",
        "abstract_en",
        "languages",
        "audiences",
        "topics",
        "sensitivity",
        "licence",
        "creators",
        "review_by",
    }
)
"""Fields without which a resource that everybody can use is not complete (`metadata.missing`)."""
CHECKS: dict[str, Place] = {
    "metadata": Place(Step.ABOUT),
    "axe": Place(Step.TEXT),
    "html": Place(Step.TEXT),
    "alt_text": Place(Step.FILES),
    "captions": Place(Step.FILES),
    "transcript": Place(Step.FILES),
    "audio_description": Place(Step.FILES),
    "tagged_pdf": Place(Step.FILES),
    "keyboard": Place(Step.ACCESS, "features"),
    "print_fallback": Place(Step.FILES),
    "text_version": Place(Step.FILES),
    "editable_source": Place(Step.FILES),
    "reading_level": Place(Step.TEXT),
    "both_languages": Place(Step.ABOUT, "languages"),
    "help_block": Place(Step.READERS, "help_services"),
    "licence": Place(Step.RIGHTS, "licence"),
    "personal_data": Place(Step.TEXT),
    "no_third_party": Place(Step.TEXT),
    "child_safety": Place(Step.CHECK),
    "all_parts_published": Place(Step.FILES),
    "review_date": Place(Step.ACCESS, "review_by"),
}
"""Where each check of the publish gate is put right; the safety check is made by a person during review."""
INTERFACE = ("lt", "en")
STEP_OF = {name: step for step, asked in FIELDS.items() for name in (*asked.first, *asked.more)}
"""The step of each field."""


def place_of_field(name: str) -> Place:
    """Where a field is, by its name in the form or in the stored resource."""
    for known in (name, f"{name}_lt"):
        if known in STEP_OF:
            return Place(STEP_OF[known], known)
    return Place(Step.ABOUT)


def place_of_finding(check: str, finding: Finding) -> Place:
    """Where a finding of a check is put right: its field where it names one, the text in its language."""
    if finding.why == "missing":
        return place_of_field(finding.where)
    if finding.why == "files_without_description":
        return Place(Step.ACCESS, "features")
    place = CHECKS.get(check, Place(Step.CHECK))
    if place.step is Step.TEXT and finding.where in INTERFACE:
        return Place(Step.TEXT, f"body_{finding.where}")
    return place


def step_after(step: Step) -> Step:
    """The next step; the last is its own next."""
    order = list(Step)
    return order[min(order.index(step) + 1, len(order) - 1)]


def step_before(step: Step) -> Step | None:
    """The step before, if there is one."""
    order = list(Step)
    return order[order.index(step) - 1] if order.index(step) else None
