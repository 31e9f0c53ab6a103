"""The form of a resource, one step at a time."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sauga.kernel import vocab
from sauga.repository.resources.forms.fields import DATE, many_of, number_field, one_of, text_field
from sauga.repository.resources.models import Resource
from sauga.repository.resources.rules import notation
from sauga.repository.resources.rules.channels import MADE
from sauga.repository.resources.rules.metadata import FIELD_LABELS
from sauga.repository.resources.rules.steps import FIELDS, NEEDED, Step

SAYS_BODY = _(
    "# heading, - list, 1. ordered list, ! 10 task, ? question with - and + answers and = why, [[slot]]. "
    "A heading with questions below it becomes a quiz on the page. In a self-check each answer begins with "
    "its points, (2), = is the advice, and >= 14 with text below is what somebody with 14 points reads."
)
SAYS_SLOTS = _("One per line: code | kind | yes if required | text in Lithuanian | text in English.")
SIMPLE = (
    "type",
    "reading_level",
    "licence",
    "sensitivity",
    "topics",
    "audiences",
    "vulnerable_groups",
    "stages",
    "languages",
    "help_services",
    "teaches_digcomp",
    "teaches_curriculum",
    "channels",
    "age_min",
    "age_max",
    "about_age_min",
    "about_age_max",
    "learning_minutes",
    "review_by",
    "version",
    "attribution",
    "grant",
    "source",
)
WIDE = {
    "type",
    "reading_level",
    "learning_minutes",
    "sensitivity",
    "licence",
    "attribution",
    "creators",
    "slots",
}
"""Fields with a line of their own."""
LANGUAGES = ("lt", "en")
BY_LANGUAGE = ("title", "abstract", "licence_note", "publisher", "funder")
"""Texts with one field for each language."""
ACCESS = ("features", "access_modes", "hazards")
NOTHING_KEPT: dict[str, Any] = {
    name: {} for name in (*BY_LANGUAGE, "keywords", "body", "creators", "accessibility")
}


class ResourceForm(forms.Form):
    """One step of what an editor writes about a resource. Only its kind and one title are required; the rest
    may wait until it is submitted for review.
    """

    type = one_of("resource_types", FIELD_LABELS["type"])
    title_lt = text_field(
        FIELD_LABELS["title_lt"], 200, help_text=_("A title in one of the two languages is needed.")
    )
    title_en = text_field(FIELD_LABELS["title_en"], 200)
    abstract_lt = text_field(FIELD_LABELS["abstract_lt"], 1200, rows=3)
    abstract_en = text_field(FIELD_LABELS["abstract_en"], 1200, rows=3)
    keywords_lt = text_field(FIELD_LABELS["keywords_lt"], 600, help_text=_("Separated by commas."))
    keywords_en = text_field(FIELD_LABELS["keywords_en"], 600, help_text=_("Separated by commas."))
    slug_lt = text_field(FIELD_LABELS["slug_lt"], 100, help_text=_("Empty: from the title."))
    slug_en = text_field(FIELD_LABELS["slug_en"], 100, help_text=_("Empty: from the title."))
    audiences = many_of("audiences", FIELD_LABELS["audiences"])
    topics = many_of("topics", FIELD_LABELS["topics"])
    age_min = number_field(FIELD_LABELS["age_min"])
    age_max = number_field(FIELD_LABELS["age_max"])
    stages = many_of("education_stages", FIELD_LABELS["stages"])
    about_age_min = number_field(FIELD_LABELS["about_age_min"])
    about_age_max = number_field(FIELD_LABELS["about_age_max"])
    vulnerable_groups = many_of("vulnerable_groups", FIELD_LABELS["vulnerable_groups"])
    reading_level = one_of("reading_levels", FIELD_LABELS["reading_level"])
    learning_minutes = number_field(FIELD_LABELS["learning_minutes"], 6000)
    teaches_digcomp = many_of("digcomp", FIELD_LABELS["teaches_digcomp"])
    teaches_curriculum = many_of("curriculum_digital", FIELD_LABELS["teaches_curriculum"])
    languages = many_of("languages", FIELD_LABELS["languages"])
    sensitivity = one_of("sensitivity", FIELD_LABELS["sensitivity"])
    help_services = many_of("help_services", FIELD_LABELS["help_services"])
    licence = one_of(
        "licences",
        FIELD_LABELS["licence"],
        required=False,
        help_text=_("CC BY 4.0 lets everybody use and adapt it and name you as the source."),
    )
    licence_note_lt = text_field(FIELD_LABELS["licence_note_lt"], 400)
    licence_note_en = text_field(FIELD_LABELS["licence_note_en"], 400)
    attribution = text_field(FIELD_LABELS["attribution"], 240)
    creators = text_field(
        FIELD_LABELS["creators"],
        2000,
        rows=2,
        help_text=_("One per line: name in Lithuanian | name in English | web address."),
    )
    publisher_lt = text_field(FIELD_LABELS["publisher_lt"], 200)
    publisher_en = text_field(FIELD_LABELS["publisher_en"], 200)
    funder_lt = text_field(FIELD_LABELS["funder_lt"], 200)
    funder_en = text_field(FIELD_LABELS["funder_en"], 200)
    grant = text_field(FIELD_LABELS["grant"], 80)
    source = text_field(FIELD_LABELS["source"], 200)
    features = many_of("accessibility_features", FIELD_LABELS["features"])
    access_modes = many_of("access_modes", FIELD_LABELS["access_modes"])
    hazards = many_of("accessibility_hazards", FIELD_LABELS["hazards"])
    summary_lt = text_field(FIELD_LABELS["summary_lt"], 400)
    summary_en = text_field(FIELD_LABELS["summary_en"], 400)
    body_lt = text_field(
        FIELD_LABELS["body_lt"],
        60000,
        rows=12,
        help_text=SAYS_BODY,
    )
    body_en = text_field(FIELD_LABELS["body_en"], 60000, rows=12)
    slots = text_field(
        FIELD_LABELS["slots"],
        4000,
        rows=3,
        help_text=SAYS_SLOTS,
    )
    channels = many_of("deployment_channels", FIELD_LABELS["channels"], only=MADE)
    version = text_field(FIELD_LABELS["version"], 16)
    review_by = forms.DateField(label=FIELD_LABELS["review_by"], required=False, widget=DATE)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, step: Step, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = FIELDS[step]
        for name in [*self.fields]:
            if name not in (*self.asked.first, *self.asked.more, "seen"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """At least one title; slots of known kinds; ages in order."""
        given: dict[str, Any] = super().clean() or {}
        if "title_lt" in self.fields and not given.get("title_lt") and not given.get("title_en"):
            self.add_error("title_lt", gettext("Enter a title in at least one language."))
        for low, high in (("age_min", "age_max"), ("about_age_min", "about_age_max")):
            if given.get(low) is not None and given.get(high) is not None and given[low] > given[high]:
                self.add_error(high, gettext("The first age lies above the last."))
        if "slots" in self.fields:
            try:
                given["slot_rows"] = read_slots(given.get("slots", ""))
            except ValueError as wrong:
                self.add_error("slots", gettext("This line cannot be read: %(line)s") % {"line": str(wrong)})
        return given

    def first(self) -> list[tuple[BoundField, str, bool]]:
        """The fields that matter for every resource: each with its width and whether it is optional."""
        return [
            (self[name], "wide" if name in WIDE else "", name not in NEEDED)
            for name in self.asked.first
            if name in self.fields
        ]

    def more(self) -> list[tuple[BoundField, str]]:
        """The fields that only some resources need."""
        return [
            (self[name], "wide" if name in WIDE else "") for name in self.asked.more if name in self.fields
        ]

    def shows_more(self, lacking: Collection[str]) -> bool:
        """Whether the further fields are shown unfolded: one of them was refused, or is needed here."""
        return any(bound.errors or bound.name in lacking for bound, _width in self.more())

    @property
    def slot_rows(self) -> list[dict[str, Any]] | None:
        """The slots as the step has them; None where it does not ask for them."""
        rows: list[dict[str, Any]] | None = self.cleaned_data.get("slot_rows")
        return rows

    def values(self) -> dict[str, Any]:
        """The values of the step's fields for the action. What the form cannot show stays as it is."""
        given, kept = self.cleaned_data, self.initial.get("kept", NOTHING_KEPT)
        values: dict[str, Any] = {name: given[name] for name in SIMPLE if name in given}
        for name in BY_LANGUAGE:
            if f"{name}_lt" in given:
                values[name] = kept[name] | self._texts(name)
        if "keywords_lt" in given:
            values["keywords"] = kept["keywords"] | {
                code: [word.strip() for word in text.split(",") if word.strip()]
                for code, text in self._texts("keywords").items()
            }
        if "body_lt" in given:
            values["body"] = kept["body"] | {
                code: notation.read(text) for code, text in self._texts("body").items()
            }
        if "creators" in given:
            lines = [line.strip() for line in given["creators"].splitlines() if line.strip()]
            values["creators"] = [kept["creators"].get(line) or _creator(line) for line in lines]
        if "features" in given:
            access = {name: given[name] for name in ACCESS} | {"summary": self._texts("summary")}
            shown = {name: value for name, value in access.items() if value}
            values["accessibility"] = kept["accessibility"] | shown
        if "version" in given:
            values["version"] = given["version"] or "1.0"
        return values | {name: given[name] for name in ("slug_lt", "slug_en") if given.get(name)}

    def _texts(self, name: str) -> dict[str, str]:
        given = {code: self.cleaned_data.get(f"{name}_{code}", "").strip() for code in LANGUAGES}
        return {code: text for code, text in given.items() if text}


def first_values(resource: Resource) -> dict[str, Any]:
    """The initial values of a resource."""
    first: dict[str, Any] = {name: getattr(resource, name) for name in SIMPLE}
    for name in BY_LANGUAGE:
        first |= {f"{name}_{code}": getattr(resource, name).get(code, "") for code in ("lt", "en")}
    first |= {f"keywords_{code}": ", ".join(resource.keywords.get(code, [])) for code in ("lt", "en")}
    first |= {f"body_{code}": notation.write(resource.body.get(code, [])) for code in ("lt", "en")}
    first["creators"] = "\n".join(_creator_line(one) for one in resource.creators)
    held = resource.accessibility or {}
    first |= {name: held.get(name, []) for name in ("features", "access_modes", "hazards")}
    first |= {f"summary_{code}": (held.get("summary") or {}).get(code, "") for code in ("lt", "en")}
    first["slots"] = write_slots(list(resource.slots.order_by("position", "pk")))
    return first | {
        "slug_lt": resource.slug_lt,
        "slug_en": resource.slug_en,
        "seen": resource.modified_at.isoformat(),
        "kept": _kept(resource),
    }


def _kept(resource: Resource) -> dict[str, Any]:
    """What the form cannot show and therefore does not change: texts in further languages, what else is known
    of a creator, further facts about accessibility.
    """
    texts = {
        name: {code: text for code, text in getattr(resource, name).items() if code not in LANGUAGES}
        for name in (*BY_LANGUAGE, "keywords", "body")
    }
    access = resource.accessibility or {}
    return {
        **texts,
        "creators": {_creator_line(one): one for one in resource.creators},
        "accessibility": {name: value for name, value in access.items() if name not in (*ACCESS, "summary")},
    }


def _creator_line(one: dict[str, Any]) -> str:
    return " | ".join(str(one.get(name) or "") for name in ("lt", "en", "url")).rstrip(" |")


def read_slots(text: str) -> list[dict[str, Any]]:
    """Slots from lines of text. Raises ValueError with the line that cannot be read."""
    found = []
    for line in text.splitlines():
        if not line.strip():
            continue
        parts = [part.strip() for part in line.split("|")] + [""] * 5
        code, kind, required, *words = parts[:5]
        if (
            not code.replace("_", "").replace("-", "").isalnum()
            or not code.isascii()
            or not vocab.has_term("slot_kinds", kind)
        ):
            raise ValueError(line.strip()[:80])
        found.append(
            {
                "code": code[:32],
                "kind": kind,
                "required": required.lower() in {"yes", "taip", "1"},
                "default": {"lt": words[0], "en": words[1]},
            }
        )
    if len({slot["code"] for slot in found}) != len(found):
        raise ValueError(text.strip()[:80])
    return found


def write_slots(rows: list[Any]) -> str:
    """Slots as lines of text."""
    held = [
        (
            row.code,
            row.kind,
            "yes" if row.required else "",
            row.default.get("lt", ""),
            row.default.get("en", ""),
        )
        for row in rows
    ]
    return "\n".join(" | ".join(parts).rstrip(" |") for parts in held)


def _creator(line: str) -> dict[str, str]:
    lt, en, url = ([part.strip() for part in line.split("|")] + ["", "", ""])[:3]
    made = {"lt": lt or en, "en": en or lt}
    return made | ({"url": url} if url.startswith("https://") else {})
