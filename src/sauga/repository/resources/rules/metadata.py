"""Metadata of a resource: permitted texts and codes, and what is missing before review."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sauga.kernel import vocab
from sauga.kernel.i18n import normalised
from sauga.kernel.refusals import ActionRefused
from sauga.repository.resources.rules import blocks

FIELD_LABELS: dict[str, Any] = {
    "type": pgettext_lazy("resource", "Kind"),
    "title_lt": _("Title in Lithuanian"),
    "title_en": _("Title in English"),
    "abstract_lt": _("Summary in Lithuanian"),
    "abstract_en": _("Summary in English"),
    "keywords_lt": _("Keywords in Lithuanian"),
    "keywords_en": _("Keywords in English"),
    "slug_lt": _("Address in Lithuanian"),
    "slug_en": _("Address in English"),
    "audiences": pgettext_lazy("audience", "For"),
    "topics": _("Topics"),
    "age_min": _("Learners from age"),
    "age_max": _("Learners to age"),
    "stages": _("Stages"),
    "about_age_min": _("About children from age"),
    "about_age_max": _("About children to age"),
    "vulnerable_groups": _("Vulnerable groups"),
    "reading_level": _("Reading level"),
    "learning_minutes": _("Duration in minutes"),
    "teaches_digcomp": _("DigComp 2.2"),
    "teaches_curriculum": _("Curriculum: digital competence"),
    "languages": _("Languages"),
    "sensitivity": _("Sensitivity"),
    "help_services": _("Where to get help"),
    "licence": _("Licence"),
    "licence_note_lt": _("Note on rights in Lithuanian"),
    "licence_note_en": _("Note on rights in English"),
    "attribution": _("Attribution"),
    "creators": _("Made by"),
    "publisher_lt": _("Publisher in Lithuanian"),
    "publisher_en": _("Publisher in English"),
    "funder_lt": _("Funder in Lithuanian"),
    "funder_en": _("Funder in English"),
    "grant": _("Grant"),
    "source": _("Source"),
    "features": _("Accessibility features"),
    "access_modes": _("Access modes"),
    "hazards": _("Hazards"),
    "summary_lt": _("Accessibility summary in Lithuanian"),
    "summary_en": _("Accessibility summary in English"),
    "body_lt": _("Text in Lithuanian"),
    "body_en": _("Text in English"),
    "slots": _("Slots for partners"),
    "channels": _("Channels"),
    "version": pgettext_lazy("resource", "Version"),
    "review_by": _("Review by"),
    "title": _("Title"),
    "licence_note": _("Note on rights in Lithuanian"),
    "body": _("Text in Lithuanian"),
}


def field_label(code: str) -> str:
    """The label of a field; its code where no form shows it."""
    return str(FIELD_LABELS.get(code, code))


CODED = {
    "type": "resource_types",
    "reading_level": "reading_levels",
    "licence": "licences",
    "sensitivity": "sensitivity",
}
"""Fields with one code, and the vocabulary it comes from."""
MANY_CODED = {
    "topics": "topics",
    "audiences": "audiences",
    "vulnerable_groups": "vulnerable_groups",
    "stages": "education_stages",
    "languages": "languages",
    "help_services": "help_services",
    "teaches_digcomp": "digcomp",
    "teaches_curriculum": "curriculum_digital",
    "channels": "deployment_channels",
}
"""Fields with a list of codes."""
ACCESS_FEATURES = (
    "closedCaptions",
    "audioDescription",
    "signLanguage",
    "transcript",
    "taggedPDF",
    "largePrint",
    "displayTransformability",
)
"""Features that people look for, in this order."""
WORDED = {"title": 200, "abstract": 1200, "licence_note": 400}
"""Words by language, and how long they may be."""
CONTENT = (
    "slug_lt",
    "slug_en",
    "type",
    "title",
    "abstract",
    "keywords",
    "body",
    "topics",
    "audiences",
    "vulnerable_groups",
    "age_min",
    "age_max",
    "about_age_min",
    "about_age_max",
    "stages",
    "languages",
    "reading_level",
    "licence",
    "licence_note",
    "attribution",
    "creators",
    "publisher",
    "funder",
    "grant",
    "review_by",
    "version",
    "sensitivity",
    "help_services",
    "teaches_digcomp",
    "teaches_curriculum",
    "learning_minutes",
    "accessibility",
    "channels",
    "is_based_on",
    "source",
    "gate_overrides",
)
"""What an editor writes; the rest of a resource is its life."""
OWN = ("slug_lt", "slug_en")
"""Not copied into a revision and back: the address stays with the resource."""
OLDEST = 120
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LETTERS = str.maketrans("ąčęėįšųūž", "aceeisuuz")


class MetadataRefused(ActionRefused):
    """A field has an invalid value. `field` names it, `why`: unknown_code, markup, too_long, ages, slug,
    blocks, year.
    """

    messages = {
        "unknown_code": _("this is not on the list"),
        "markup": _("plain text only, no markup"),
        "too_long": _("too long"),
        "ages": _("the first age is above the last"),
        "slug": _("lower-case letters without accents, digits and hyphens"),
        "taken": _("another resource uses it"),
        "cycle": _("a toolkit cannot be part of itself"),
        "empty": _("it is empty"),
    }

    def __init__(self, field: str, why: str) -> None:
        super().__init__(why)
        self.field = field

    @property
    def text_at_field(self) -> str:
        """The problem, without the name of the field."""
        if self.why.startswith("blocks:"):
            _prefix, place, why = self.why.split(":")
            return gettext("block %(n)s cannot be read (%(why)s)") % {"n": place, "why": why}
        return str(self.messages.get(self.why, self.messages["markup"]))

    def add_to(self, form: forms.BaseForm, *others: str) -> None:
        """Show it at the field; at the Lithuanian one where the form has one per language."""
        super().add_to(form, f"{self.field}_lt", *others)

    @property
    def text(self) -> str:
        """The field's label and the problem."""
        return gettext("%(field)s: %(why)s") % {"field": field_label(self.field), "why": self.text_at_field}


def slug_of(title: str) -> str:
    """The last part of an address from a title: “Kibernetinės patyčios” → kibernetines-patycios.

    >>> slug_of("Ar tai reklama?")
    'ar-tai-reklama'
    """
    plain = normalised(title).lower().translate(LETTERS)
    plain = normalised(plain, "NFKD").encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:100].strip("-")


def checked(given: Mapping[str, Any]) -> dict[str, Any]:
    """The given fields in stored form. Codes must be in their vocabulary, texts hold no markup. Raises
    MetadataRefused.
    """
    values = {name: value for name, value in given.items() if name in CONTENT}
    _codes(values)
    _texts(values)
    if "body" in values:
        values["body"] = _body(values["body"] or {}, given.get("slot_codes", ()))
    for name in OWN:
        if name in values and not SLUG.fullmatch(values[name] or ""):
            raise MetadataRefused(name, "slug")
    _ages(values, "age_min", "age_max")
    _ages(values, "about_age_min", "about_age_max")
    return values


def missing(facts: Mapping[str, Any]) -> list[str]:
    """Names of the fields that review requires and that are empty, in the order of the form."""
    lacking = [
        name
        for name in ("type", "licence", "languages", "topics", "audiences", "review_by", "creators")
        if not facts.get(name)
    ]
    for name in ("title", "abstract"):
        spoken = [language for language in ("lt", "en") if language in (facts.get("languages") or [])] or [
            "lt"
        ]
        held = facts.get(name) or {}
        lacking += [f"{name}_{language}" for language in spoken if not held.get(language)]
    if facts.get("licence") == "custom" and not facts.get("licence_note"):
        lacking.append("licence_note")
    return lacking


def _codes(values: dict[str, Any]) -> None:
    for name, vocabulary in CODED.items():
        if values.get(name) and not vocab.has_term(vocabulary, values[name]):
            raise MetadataRefused(name, "unknown_code")
    for name, vocabulary in MANY_CODED.items():
        if name in values:
            values[name] = list(dict.fromkeys(values[name] or []))
            if any(not vocab.has_term(vocabulary, code) for code in values[name]):
                raise MetadataRefused(name, "unknown_code")


def _texts(values: dict[str, Any]) -> None:
    for name, longest in WORDED.items():
        if name in values:
            values[name] = {
                language: _words(name, text, longest)
                for language, text in (values[name] or {}).items()
                if text
            }
    if "keywords" in values:
        held = (values["keywords"] or {}).items()
        values["keywords"] = {
            language: [_words("keywords", word, 80) for word in words] for language, words in held if words
        }
    for name in ("attribution", "grant", "source"):
        if values.get(name):
            values[name] = _words(name, values[name], 240)


def _words(field: str, text: Any, longest: int) -> str:
    if not isinstance(text, str):
        raise MetadataRefused(field, "markup")
    if not blocks.plain_text(text):
        raise MetadataRefused(field, "markup")
    if len(text) > longest:
        raise MetadataRefused(field, "too_long")
    return " ".join(text.split())


def _body(body: Mapping[str, Any], slots: Any) -> dict[str, Any]:
    try:
        return {
            language: blocks.checked(given, slots=set(slots)) for language, given in body.items() if given
        }
    except blocks.BlockRefused as refused:
        raise MetadataRefused("body", f"blocks:{refused.place + 1}:{refused.why}") from refused


def _ages(values: Mapping[str, Any], low: str, high: str) -> None:
    first, last = values.get(low), values.get(high)
    if any(age is not None and not 0 <= age <= OLDEST for age in (first, last)) or (
        first is not None and last is not None and first > last
    ):
        raise MetadataRefused(high, "ages")
