"""What pages show of proposals and sources: states, why a licence is not open, how a source responded."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sauga.kernel import vocab
from sauga.kernel.i18n.values.spans import duration
from sauga.repository.resources.presenters import resources
from sauga.repository.states import ProposalState
from sauga.repository.syndication.models import HarvestSource, Proposal

STATES = {
    ProposalState.NEW: ("wait", _("to decide"), "ring"),
    ProposalState.ACCEPTED: ("good", _("accepted"), "tick"),
    ProposalState.REFUSED: ("calm", _("skipped"), "dash"),
    ProposalState.GONE: ("calm", _("removed there"), "cross"),
}
OUTCOMES = {
    "": ("calm", _("not harvested yet"), "ring"),
    "ok": ("good", _("answered"), "tick"),
    "busy": ("wait", _("busy; retried tonight"), "half"),
    "large": ("bad", _("response too large"), "cross"),
    "entities": ("bad", _("response contains entity definitions"), "cross"),
    "xml": ("bad", _("response is not XML"), "cross"),
    "not_oai": ("bad", _("not an OAI-PMH interface"), "cross"),
    "format": ("bad", _("format not offered"), "cross"),
    "set": ("bad", _("no sets offered"), "cross"),
    "token": ("wait", _("list interrupted; retried tonight"), "half"),
    "loop": ("bad", _("same page repeated"), "cross"),
    "refused": ("bad", _("request refused"), "cross"),
    "guard": ("bad", _("redirected to a forbidden address"), "cross"),
}
UNREACHED = ("bad", _("not reachable"), "cross")
FIELDS = {
    "title": _("Title"),
    "abstract": _("Summary"),
    "keywords": _("Keywords"),
    "type_said": pgettext_lazy("resource", "Kind"),
    "licence": _("Licence"),
    "creators": _("Made by"),
    "publisher": _("Publisher"),
    "topics": _("Topics"),
    "age_min": _("Learners from age"),
    "age_max": _("Learners to age"),
    "address": _("Address there"),
}


def line(row: Proposal) -> dict[str, Any]:
    """A proposal in a list."""
    tone, text, shape = STATES[ProposalState(row.state)]
    record, here = row.record, resources.speaking()
    held = record.get("title") or {}
    lang = here if here in held else next(iter(held), "")
    return {
        "row": row,
        "title": held.get(lang) or row.identifier,
        "lang": "" if lang == here else record.get("spoken") or lang,
        "tone": tone,
        "state": text,
        "shape": shape,
        "licence": licence(record),
        "is_open": not record.get("licence_why"),
        "kind": vocab.label("resource_types", record["type"])
        if record.get("type")
        else record.get("type_said") or "–",
    }


def licence(record: dict[str, Any]) -> str:
    """The label of the licence, or that it is unclear."""
    if record.get("licence"):
        return vocab.label("licences", record["licence"])
    return gettext("unclear")


def facts(row: Proposal) -> list[tuple[str, str]]:
    """The draft's content, field by field."""
    record = row.record
    said: list[tuple[Any, str]] = []
    for name in ("title", "abstract", "keywords"):
        for code, text in (record.get(name) or {}).items():
            shown_text = ", ".join(text) if isinstance(text, list) else text
            said.append((f"{FIELDS[name]} ({record.get('spoken') or code})", shown_text))
    said += [
        (
            FIELDS["type_said"],
            vocab.label("resource_types", record["type"])
            if record.get("type")
            else record.get("type_said", ""),
        ),
        (FIELDS["topics"], ", ".join(vocab.label("topics", code) for code in record.get("topics", []))),
        (_("For"), ", ".join(vocab.label("audiences", code) for code in record.get("audiences", []))),
        (_("Age"), _ages(record)),
        (
            _("Time it takes"),
            duration(timedelta(minutes=record["learning_minutes"]), exact=True)
            if record.get("learning_minutes")
            else "",
        ),
        (_("Languages"), ", ".join(vocab.label("languages", code) for code in record.get("languages", []))),
        (FIELDS["creators"], ", ".join(one.get("en", "") for one in record.get("creators", []))),
        (FIELDS["publisher"], (record.get("publisher") or {}).get("en", "")),
        (FIELDS["licence"], licence(record)),
        (FIELDS["address"], record.get("address", "")),
        (_("Number there"), row.identifier),
    ]
    return [(str(name), text) for name, text in said if text]


def _ages(record: dict[str, Any]) -> str:
    low, high = record.get("age_min"), record.get("age_max")
    return f"{low}–{high}" if low is not None and high is not None else f"{low}+" if low is not None else ""


def shown(value: Any) -> str:
    """A value of a record as text, for comparing."""
    if isinstance(value, dict):
        return "; ".join(shown(one) for one in value.values())
    if isinstance(value, list):
        return ", ".join(one.get("en", "") if isinstance(one, dict) else str(one) for one in value)
    return "–" if value in (None, "") else str(value)


def source_line(row: HarvestSource) -> dict[str, Any]:
    """A source in the list: its last response and what it brought."""
    tone, text, shape = OUTCOMES.get(row.last_outcome, UNREACHED)
    counts = row.last_counts or {}
    came = gettext("new %(new)d, changed %(changed)d, gone %(gone)d") % {
        name: counts.get(name, 0) for name in ("new", "changed", "gone")
    }
    return {
        "row": row,
        "tone": tone,
        "outcome": text,
        "shape": shape,
        "came": came if row.last_asked_at else "",
    }
