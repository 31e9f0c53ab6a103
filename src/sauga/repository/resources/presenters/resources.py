"""What pages show of a resource: labels of codes, durations, ages, sizes, and cards in lists."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language, gettext, pgettext
from django.utils.translation import gettext_lazy as _

from sauga.kernel import media, vocab
from sauga.kernel.i18n.values.numbers import decimal
from sauga.kernel.i18n.values.spans import duration
from sauga.kernel.ui.hrefs import public_address
from sauga.repository.resources.models import Rendition, Resource
from sauga.repository.resources.rules.metadata import ACCESS_FEATURES
from sauga.repository.states import ResourceState

ICONS = {
    "toolkit": ("package", ""),
    "campaign_kit": ("package", ""),
    "video": ("play", "film"),
    "animation": ("play", "film"),
    "webinar_recording": ("play", "film"),
    "audio": ("ear", "film"),
    "presentation": ("presentation", "paper"),
    "lesson_plan": ("presentation", "paper"),
    "activity": ("presentation", "paper"),
    "worksheet": ("pen-line", "paper"),
    "quiz": ("list-checks", "play"),
    "game": ("list-checks", "play"),
    "questionnaire": ("list-checks", "play"),
    "letter": ("mail", ""),
    "course": ("school", ""),
    "app": ("smartphone", "play"),
}
SHORT = {
    "application/pdf": "PDF",
    "application/zip": "ZIP",
    "application/x-h5p": "H5P",
    "application/epub+zip": "EPUB",
    "text/html": "HTML",
    "text/plain": "TXT",
    "text/vtt": "WebVTT",
    "image/svg+xml": "SVG",
    "audio/mpeg": "MP3",
    "video/mp4": "MP4",
    "video/webm": "WebM",
}
TONES = {
    ResourceState.DRAFT: ("calm", "ring"),
    ResourceState.IN_REVIEW: ("wait", "half"),
    ResourceState.CHANGES_REQUESTED: ("wait", "half"),
    ResourceState.CHILD_SAFETY_CHECK: ("wait", "half"),
    ResourceState.GATE_CHECK: ("wait", "half"),
    ResourceState.APPROVED: ("good", "ring"),
    ResourceState.SCHEDULED: ("good", "ring"),
    ResourceState.PUBLISHED: ("good", "dot"),
    ResourceState.REVIEW_DUE: ("wait", "dot"),
    ResourceState.WITHDRAWN: ("bad", "cross"),
    ResourceState.RETIRED: ("calm", "dash"),
    ResourceState.ARCHIVED: ("calm", "dash"),
}
RIGHTS = {
    "share": _("Use it in any class or group"),
    "adapt": _("Translate, shorten, change examples"),
    "slots": _("Add your logo and contact details"),
    "commercial": _("Use it commercially too"),
}
KB, MB = 1024, 1024 * 1024


@dataclass(frozen=True)
class Card:
    """A resource in a list of results."""

    href: str
    title: str
    abstract: str
    lang: str
    kind: str
    icon: str
    tone: str
    meta: list[str]
    marks: list[str]
    cover: dict[str, Any] | None = None


def speaking() -> str:
    """The language of the page."""
    return "en" if get_language() == "en" else "lt"


class Addressed(Protocol):
    """Something with a public page in both languages."""

    def slug(self, language: str) -> str:
        """The last part of its address."""


def twins(name: str, thing: Addressed) -> dict[str, str]:
    """The address of one page in each language, for the language switch."""
    found = {}
    for language in ("lt", "en"):
        with translation.override(language):
            found[language] = reverse(name, args=[thing.slug(language)])
    return found


def href(resource: Resource, language: str | None = None) -> str:
    """Its public page."""
    return public_address("repository-resource", resource.slug(language or speaking()))


def spoken(resource: Resource, name: str) -> tuple[str, str]:
    """A text in the page's language, else in another, with that language's code (empty when it is the
    page's).
    """
    here = speaking()
    held: dict[str, str] = getattr(resource, name) or {}
    for language in (here, "lt", "en", *held):
        if held.get(language):
            return held[language], "" if language == here else language
    return "", ""


def short_language(code: str) -> str:
    """„LT“; a language that two letters do not name, such as a sign language, by its name."""
    return code.upper() if len(code) == 2 else vocab.label("languages", code)


def card(resource: Resource) -> Card:
    """What a list shows of it."""
    title, lang = spoken(resource, "title")
    abstract, _lang = spoken(resource, "abstract")
    icon, tone = ICONS.get(resource.type, ("file-text", "paper"))
    features = (resource.accessibility or {}).get("features", [])
    marks = [vocab.label("accessibility_features", code) for code in ACCESS_FEATURES if code in features][:3]
    if resource.reading_level.startswith("easy"):
        marks.insert(0, gettext("Easy to read"))
    meta = [
        vocab.label("resource_types", resource.type),
        age_text(resource.age_min, resource.age_max),
        time_text(resource),
        ", ".join(short_language(code) for code in resource.languages[:5]),
        licence_short(resource.licence),
    ]
    return Card(
        href(resource),
        title,
        abstract,
        lang,
        resource.type,
        icon,
        tone,
        [text for text in meta if text],
        marks,
    )


def glance(resource: Resource) -> list[str]:
    """What decides whether it fits, at the top of a narrow screen: age, duration, licence."""
    said = (
        age_text(resource.age_min, resource.age_max),
        time_text(resource),
        licence_short(resource.licence),
    )
    return [text for text in said if text]


def age_text(low: int | None, high: int | None) -> str:
    """„10–13 metų“, „nuo 6 metų“; empty when not set."""
    if low is None and high is None:
        return ""
    if high is None:
        return gettext("%(low)s years and over") % {"low": low}
    return gettext("%(low)s–%(high)s years") % {"low": low or 0, "high": high}


def time_text(resource: Resource) -> str:
    """How long it takes."""
    return (
        duration(timedelta(minutes=resource.learning_minutes), exact=True)
        if resource.learning_minutes
        else ""
    )


def licence_short(code: str) -> str:
    """„CC BY-SA 4.0“ for CC-BY-SA-4.0; other licences by their label."""
    if code.startswith("CC-BY"):
        return f"CC {code[3:].rpartition('-')[0]} {code.rpartition('-')[2]}"
    return "CC0 1.0" if code == "CC0-1.0" else vocab.label("licences", code)


def size_text(size: int) -> str:
    """„1,8 MB“, „12 KB“."""
    if size >= MB:
        return f"{decimal(round(size / MB, 1))} MB"
    return f"{max(1, round(size / KB))} KB"


def type_short(mime: str) -> str:
    """„PDF“ for application/pdf."""
    return SHORT.get(mime) or media.EXTENSIONS.get(mime, "").lstrip(".").upper() or mime


def file_href(row: Rendition) -> str:
    """The public address of a file."""
    return reverse("repository-file", args=[row.ref, row.name])


def file_line(row: Rendition) -> dict[str, Any]:
    """A file as the resource's page lists it; a page `is_read` in the browser, where it has a way back."""
    return {
        "href": file_href(row),
        "is_read": row.mime == "text/html",
        "kind": vocab.label("rendition_kinds", row.kind),
        "type": type_short(row.mime),
        "language": vocab.label("languages", row.language),
        "size": size_text(row.size),
        "sha256": row.sha256,
        "name": row.name,
        "ref": row.ref,
        "check": scan_mark(row),
    }


def scan_mark(row: Rendition) -> dict[str, Any] | None:
    """What staff should know of a file that is not sent out: still to be scanned, or refused."""
    if row.media is None or row.is_sent_out:
        return None
    if row.media.state == media.FileState.REFUSED:
        return {"tone": "bad", "shape": "cross", "text": _("refused: virus found")}
    return {"tone": "wait", "shape": "half", "text": _("being checked for viruses")}


def terms(resource: Resource) -> dict[str, Any]:
    """What the licence permits, requires and excludes."""
    held = vocab.term("licences", resource.licence) if vocab.has_term("licences", resource.licence) else None
    rights = dict(held.extra.get("rights") or {}) if held else {}
    custom = not rights.get("share")
    may = ["share", "adapt", "slots"] if rights.get("adapt") else ["share", "slots"]
    yes = [RIGHTS["share"]] if custom else [RIGHTS[name] for name in may]
    please = [("pen-line", _("Credit the authors"))] if rights.get("attribution") or custom else []
    if rights.get("share_alike"):
        please.append(("share-2", _("Share your version under the same licence")))
    please.append(("phone", _("Keep the helpline number visible")))
    no = []
    if not custom and not rights.get("adapt"):
        no.append(_("Do not change it; you may add your logo and contact details where provided"))
    if not custom and not rights.get("commercial"):
        no.append(_("Do not use it commercially"))
    if custom:
        no.append(_("Ask us before you change anything"))
    return {
        "main": "ask" if custom else "adapt" if rights.get("adapt") else "fill",
        "short": licence_short(resource.licence),
        "label": held.label if held else resource.licence,
        "url": (held.extra.get("url") or "") if held else "",
        "yes": yes,
        "please": please,
        "no": no,
        "note": spoken(resource, "licence_note")[0],
    }


def people(entries: list[dict[str, Any]]) -> str:
    """Names of creators in the page's language."""
    here = speaking()
    return ", ".join(
        str(one.get(here) or one.get("name") or one.get("lt") or one.get("en") or "") for one in entries
    )


def facts(resource: Resource) -> list[tuple[str, str]]:
    """What decides whether a resource fits, beside the text: audience, age, duration, licence, languages."""
    labels = vocab.label
    about = age_text(resource.about_age_min, resource.about_age_max)
    lines = [
        (pgettext("audience", "For"), ", ".join(labels("audiences", code) for code in resource.audiences)),
        (gettext("Learners"), age_text(resource.age_min, resource.age_max)),
        (gettext("About children aged"), about),
        (pgettext("resource", "Time it takes"), time_text(resource)),
        (gettext("Licence"), licence_short(resource.licence)),
        (gettext("Languages"), ", ".join(labels("languages", code) for code in resource.languages)),
    ]
    return [(name, text) for name, text in lines if text]


def more_facts(resource: Resource) -> list[tuple[str, str]]:
    """What a cataloguer asks for: stages, reading level, what it teaches, who made it and paid for it."""
    labels, here = vocab.label, speaking()
    teaches = [f"DigComp {code}" for code in resource.teaches_digcomp]
    teaches += [labels("curriculum_digital", code) for code in resource.teaches_curriculum]
    lines = [
        (gettext("Stages"), ", ".join(labels("education_stages", code) for code in resource.stages)),
        (gettext("Reading level"), labels("reading_levels", resource.reading_level)),
        (gettext("Teaches"), ", ".join(teaches)),
        (gettext("Made by"), people(resource.creators)),
        (
            gettext("Funded by"),
            ", ".join(text for text in (str(resource.funder.get(here, "")), resource.grant) if text),
        ),
    ]
    return [(name, text) for name, text in lines if text]
