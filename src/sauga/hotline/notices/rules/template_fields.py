"""Filling a notice template: only known placeholders, every field that the legal basis requires, and no
injection by a value."""

import re
from collections.abc import Collection
from dataclasses import asdict, dataclass, fields

from django.utils.translation import gettext_lazy as _

from sauga.kernel.refusals import ActionRefused

PLACE = re.compile(r"\{([a-z_]+)\}")
EMPTY_LINES = re.compile(r"\n{3,}")
AT_LINE_END = re.compile(r"(?<![ \t])[ \t]+(?=\n)")
IN_SUBJECT = frozenset({"number"})

# Fields of the legal bases (vocabulary notice.legal_basis) and the place of the template that meets each;
# `decision` is that of a letter about a decided dispute.
# What is met by how the letter is sent (its language, the contact it goes to) has no place.
MET_BY = {
    "reasons": "reasons",
    "reasons_with_provisions": "reasons",
    "exact_urls": "addresses",
    "notifier_name_email": "notifier",
    "good_faith": "good_faith",
    "legal_basis": "act",
    "issuing_authority": "authority",
    "redress": "redress",
    "effect_recipient": "effect",
    "territorial_scope": "scope",
    "decision": "message",
}
MET_BY_SENDING = frozenset({"provider_language", "contact_point"})


class TemplateRefused(ActionRefused):
    """The template names a placeholder that does not exist; `place` says which."""

    message = _("There is no place {%(place)s} here.")

    def __init__(self, place: str) -> None:
        super().__init__(place=place)
        self.place = place


class FieldMissing(ActionRefused):
    """A field that the legal basis requires is not in the letter; `missing` names it."""

    message = _("The legal basis requires this field: %(field)s.")

    def __init__(self, missing: str) -> None:
        super().__init__(missing, field=missing)
        self.missing = missing


@dataclass(frozen=True, kw_only=True)
class Filling:
    """What a letter is filled with. Every value is plain text; empty where it does not apply."""

    number: str
    provider: str
    count: int
    link: str
    act: str = ""
    reasons: str = ""
    term: str = ""
    addresses: str = ""
    request: str = ""
    notifier: str = ""
    authority: str = ""
    good_faith: str = ""
    exemption: str = ""
    redress: str = ""
    effect: str = ""
    scope: str = ""
    message: str = ""


PLACES = frozenset(field.name for field in fields(Filling))


@dataclass(frozen=True)
class Wording:
    """The text of a letter."""

    subject: str
    text: str


def check(subject: str, body: str, legal_text: str, required: Collection[str]) -> None:
    """Whether a template can be used for a basis with these required fields.

    Raises TemplateRefused or FieldMissing.
    """
    for place in PLACE.findall(subject):
        if place not in IN_SUBJECT:
            raise TemplateRefused(place)
    named = set(PLACE.findall(body) + PLACE.findall(legal_text))
    for place in named - PLACES:
        raise TemplateRefused(place)
    for field in required:
        if field not in MET_BY_SENDING and MET_BY.get(field) not in named:
            raise FieldMissing(field)


def fill(
    *,
    subject: str,
    body: str,
    legal_text: str,
    filling: Filling,
    required: Collection[str] = (),
    csam: bool = False,
) -> Wording:
    """Put the values into their places; a value is never read as a template again.

    `csam`: for offences of Directive 2011/93/EU, articles 3–7, the notifier's name is not required (DSA
    article 16(2)(c)). Raises TemplateRefused, FieldMissing.
    """
    asked = [field for field in required if not (csam and field == "notifier_name_email")]
    check(subject, body, legal_text, asked)
    values = {name: str(value) for name, value in asdict(filling).items()}
    for field in asked:
        if field not in MET_BY_SENDING and not values[MET_BY[field]].strip():
            raise FieldMissing(field)

    def put(text: str) -> str:
        return PLACE.sub(lambda found: values[found[1]], text)

    text = AT_LINE_END.sub("", f"{put(body).rstrip()}\n\n{put(legal_text).strip()}\n")
    return Wording(put(subject), EMPTY_LINES.sub("\n\n", text))
