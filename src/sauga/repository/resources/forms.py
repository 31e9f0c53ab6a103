"""Forms of the desk: a resource on one page, its files, and what some transitions ask."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sauga.kernel import vocab
from sauga.repository.resources.models import Resource
from sauga.repository.resources.rules import notation
from sauga.repository.resources.rules.channels import MADE
from sauga.repository.resources.rules.metadata import FIELD_LABELS

SAYS_BODY = _(
    "# heading, - list, 1. ordered list, ! 10 task, ? question with - and + answers and = why, [[slot]]. "
    "A heading with questions below it becomes a quiz on the page. In a self-check each answer begins with "
    "its points, (2), = is the advice, and >= 14 with text below is what somebody with 14 points reads."
)
SAYS_SLOTS = _("One per line: code | kind | yes if required | text in Lithuanian | text in English.")
AREA = forms.Textarea(attrs={"rows": 3})
DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
WORDS = ("title", "abstract", "keywords", "licence_note", "body", "publisher", "funder", "summary")
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
GROUPS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (
        _("What it is"),
        (
            "type",
            "title_lt",
            "title_en",
            "abstract_lt",
            "abstract_en",
            "keywords_lt",
            "keywords_en",
            "slug_lt",
            "slug_en",
        ),
    ),
    (
        _("For whom"),
        (
            "audiences",
            "topics",
            "age_min",
            "age_max",
            "stages",
            "about_age_min",
            "about_age_max",
            "vulnerable_groups",
            "reading_level",
        ),
    ),
    (_("Learning"), ("learning_minutes", "teaches_digcomp", "teaches_curriculum", "languages")),
    (_("Safety"), ("sensitivity", "help_services")),
    (
        _("Rights"),
        (
            "licence",
            "licence_note_lt",
            "licence_note_en",
            "attribution",
            "creators",
            "publisher_lt",
            "publisher_en",
            "funder_lt",
            "funder_en",
            "grant",
            "source",
        ),
    ),
    (_("Accessibility"), ("features", "access_modes", "hazards", "summary_lt", "summary_en")),
    (_("Text on the page"), ("body_lt", "body_en")),
    (_("Slots and channels"), ("slots", "channels")),
    (_("Version and review"), ("version", "review_by")),
)
"""The page's parts and their fields, in order."""


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


def _one(vocabulary: str, label: Any, *, required: bool = True) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=required, choices=lambda: _offered(vocabulary, empty=True))


def _many(vocabulary: str, label: Any, *, only: Collection[str] = ()) -> forms.MultipleChoiceField:
    """Codes of a vocabulary as tick boxes; `only` limits them to those the program supports."""

    def choices() -> list[tuple[str, str]]:
        return [pair for pair in _offered(vocabulary) if not only or pair[0] in only]

    return forms.MultipleChoiceField(
        label=label,
        required=False,
        choices=choices,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "many"}),
    )


def _offered(vocabulary: str, *, empty: bool = False) -> list[tuple[str, str]]:
    return [*([("", "—")] if empty else []), *vocab.choices(vocabulary)]


def text_field(label: Any, longest: int, *, rows: int = 0, help_text: Any = "") -> forms.CharField:
    """A text field of at most `longest` characters, a text area when `rows` are given."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(
        label=label, required=False, max_length=longest, widget=widget, help_text=help_text
    )


def _number(label: Any, most: int = 120) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=most)


class ResourceForm(forms.Form):
    """Everything an editor writes about a resource. Only the type, one title and the licence are required at
    once.
    """

    type = _one("resource_types", FIELD_LABELS["type"])
    title_lt = text_field(FIELD_LABELS["title_lt"], 200)
    title_en = text_field(FIELD_LABELS["title_en"], 200)
    abstract_lt = text_field(FIELD_LABELS["abstract_lt"], 1200, rows=3)
    abstract_en = text_field(FIELD_LABELS["abstract_en"], 1200, rows=3)
    keywords_lt = text_field(FIELD_LABELS["keywords_lt"], 600, help_text=_("Separated by commas."))
    keywords_en = text_field(FIELD_LABELS["keywords_en"], 600, help_text=_("Separated by commas."))
    slug_lt = text_field(FIELD_LABELS["slug_lt"], 100, help_text=_("Empty: from the title."))
    slug_en = text_field(FIELD_LABELS["slug_en"], 100, help_text=_("Empty: from the title."))
    audiences = _many("audiences", FIELD_LABELS["audiences"])
    topics = _many("topics", FIELD_LABELS["topics"])
    age_min = _number(FIELD_LABELS["age_min"])
    age_max = _number(FIELD_LABELS["age_max"])
    stages = _many("education_stages", FIELD_LABELS["stages"])
    about_age_min = _number(FIELD_LABELS["about_age_min"])
    about_age_max = _number(FIELD_LABELS["about_age_max"])
    vulnerable_groups = _many("vulnerable_groups", FIELD_LABELS["vulnerable_groups"])
    reading_level = _one("reading_levels", FIELD_LABELS["reading_level"])
    learning_minutes = _number(FIELD_LABELS["learning_minutes"], 6000)
    teaches_digcomp = _many("digcomp", FIELD_LABELS["teaches_digcomp"])
    teaches_curriculum = _many("curriculum_digital", FIELD_LABELS["teaches_curriculum"])
    languages = _many("languages", FIELD_LABELS["languages"])
    sensitivity = _one("sensitivity", FIELD_LABELS["sensitivity"])
    help_services = _many("help_services", FIELD_LABELS["help_services"])
    licence = _one("licences", FIELD_LABELS["licence"])
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
    features = _many("accessibility_features", FIELD_LABELS["features"])
    access_modes = _many("access_modes", FIELD_LABELS["access_modes"])
    hazards = _many("accessibility_hazards", FIELD_LABELS["hazards"])
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
    channels = _many("deployment_channels", FIELD_LABELS["channels"], only=MADE)
    version = text_field(FIELD_LABELS["version"], 16)
    review_by = forms.DateField(label=FIELD_LABELS["review_by"], required=False, widget=DATE)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """At least one title; slots of known kinds; ages in order."""
        said: dict[str, Any] = super().clean() or {}
        if not said.get("title_lt") and not said.get("title_en"):
            self.add_error("title_lt", gettext("Enter a title in at least one language."))
        for low, high in (("age_min", "age_max"), ("about_age_min", "about_age_max")):
            if said.get(low) is not None and said.get(high) is not None and said[low] > said[high]:
                self.add_error(high, gettext("The first age lies above the last."))
        try:
            said["slot_rows"] = read_slots(said.get("slots", ""))
        except ValueError as wrong:
            self.add_error("slots", gettext("This line cannot be read: %(line)s") % {"line": str(wrong)})
        return said

    def groups(self) -> list[tuple[str, list[tuple[Any, str]]]]:
        """The sections of the page with their bound fields and their widths."""
        return [
            (
                str(title),
                [(self[name], "wide" if name in WIDE else "") for name in names if name in self.fields],
            )
            for title, names in GROUPS
        ]

    def values(self) -> dict[str, Any]:
        """The values for the action."""
        said = self.cleaned_data
        values: dict[str, Any] = {name: said[name] for name in SIMPLE if name in said}
        for name in ("title", "abstract", "licence_note", "publisher", "funder"):
            values[name] = {
                code: said[f"{name}_{code}"].strip() for code in ("lt", "en") if said.get(f"{name}_{code}")
            }
        values["keywords"] = {
            code: [word.strip() for word in said[f"keywords_{code}"].split(",") if word.strip()]
            for code in ("lt", "en")
            if said.get(f"keywords_{code}")
        }
        values["body"] = {
            code: notation.read(said[f"body_{code}"])
            for code in ("lt", "en")
            if said.get(f"body_{code}", "").strip()
        }
        values["creators"] = [
            _creator(line) for line in said.get("creators", "").splitlines() if line.strip()
        ]
        summary = {code: said[f"summary_{code}"] for code in ("lt", "en") if said.get(f"summary_{code}")}
        access = {
            "features": said["features"],
            "access_modes": said["access_modes"],
            "hazards": said["hazards"],
            "summary": summary,
        }
        values["accessibility"] = {name: value for name, value in access.items() if value}
        values["version"] = said.get("version") or "1.0"
        return values | {name: said[name] for name in ("slug_lt", "slug_en") if said.get(name)}


def first_values(resource: Resource) -> dict[str, Any]:
    """The initial values of a resource."""
    first: dict[str, Any] = {name: getattr(resource, name) for name in SIMPLE}
    for name in ("title", "abstract", "licence_note", "publisher", "funder"):
        first |= {f"{name}_{code}": getattr(resource, name).get(code, "") for code in ("lt", "en")}
    first |= {f"keywords_{code}": ", ".join(resource.keywords.get(code, [])) for code in ("lt", "en")}
    first |= {f"body_{code}": notation.write(resource.body.get(code, [])) for code in ("lt", "en")}
    first["creators"] = "\n".join(
        " | ".join(str(one.get(name) or "") for name in ("lt", "en", "url")).rstrip(" |")
        for one in resource.creators
    )
    held = resource.accessibility or {}
    first |= {name: held.get(name, []) for name in ("features", "access_modes", "hazards")}
    first |= {f"summary_{code}": (held.get("summary") or {}).get(code, "") for code in ("lt", "en")}
    first["slots"] = write_slots(list(resource.slots.order_by("position", "pk")))
    return first | {
        "slug_lt": resource.slug_lt,
        "slug_en": resource.slug_en,
        "seen": resource.modified_at.isoformat(),
    }


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


class FilterForm(forms.Form):
    """The worklist's filters."""

    q = forms.CharField(label=_("Title or number"), required=False, max_length=80)
    type = forms.ChoiceField(
        label=pgettext_lazy("resource", "Kind"),
        required=False,
        choices=lambda: _offered("resource_types", empty=True),
    )


class FileForm(forms.Form):
    """One file to add."""

    file = forms.FileField(label=_("File"), allow_empty_file=True)
    kind = forms.ChoiceField(label=pgettext_lazy("file", "Kind"), choices=lambda: _offered("rendition_kinds"))
    language = forms.ChoiceField(label=_("Language"), choices=lambda: _offered("languages"))
    alt_lt = forms.CharField(
        label=_("What can be seen, in Lithuanian"),
        max_length=300,
        required=False,
        help_text=_("For an image or the first page of a PDF: one sentence for people who cannot see it."),
    )
    alt_en = forms.CharField(label=_("What can be seen, in English"), max_length=300, required=False)


class TextForm(forms.Form):
    """A comment for the editor."""

    text = forms.CharField(label=_("What should change"), max_length=4000, widget=AREA)


class ReasonForm(forms.Form):
    """A reason that visitors will read, in both languages."""

    reason_lt = forms.CharField(label=_("Reason in Lithuanian"), max_length=1200, widget=AREA)
    reason_en = forms.CharField(label=_("Reason in English"), max_length=1200, required=False, widget=AREA)


class RetireForm(ReasonForm):
    """A reason, and what to use instead."""

    instead = forms.CharField(label=_("Use instead: number or address"), max_length=120, required=False)


class PublishForm(forms.Form):
    """What is new in this version."""

    note = forms.CharField(label=_("What is new"), max_length=240, required=False)


class ScheduleForm(forms.Form):
    """When it will be published."""

    publish_at = forms.DateTimeField(
        label=_("When"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )


class ConfirmForm(forms.Form):
    """The next review date."""

    review_by = forms.DateField(label=_("Review by"), widget=DATE)


class GrantExceptionForm(ReasonForm):
    """The check, the reason and the end date of an exception."""

    check = forms.ChoiceField(label=_("Check"))
    until = forms.DateField(label=_("Until"), widget=DATE)
    field_order = ("check", "reason_lt", "reason_en", "until")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [
            (term.code, term.label) for term in vocab.terms("gate_checks") if term.extra.get("overridable")
        ]
        self.fields["check"].choices = offered  # type: ignore[attr-defined]  # a choice field


class OverrideForm(forms.Form):
    """The reason, in at least one language, and the end date of an exception."""

    reason_lt = forms.CharField(
        label=_("Reason in Lithuanian"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    reason_en = forms.CharField(
        label=_("Reason in English"), required=False, max_length=400, widget=forms.Textarea(attrs={"rows": 2})
    )
    until = forms.DateField(label=_("Until"), widget=forms.DateInput(attrs={"type": "date"}))
