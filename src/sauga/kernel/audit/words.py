"""The audit log in words: what a page calls an act and the facts of its entry. The codes are what is stored
and hashed; they never change.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.kernel.audit.registry import label

type Text = str | Promise

FACT_NAMES: Mapping[str, Text] = {
    "accepted": pgettext_lazy("audit fact", "accepted"),
    "act": pgettext_lazy("audit fact", "act"),
    "activity": pgettext_lazy("audit fact", "part of the course"),
    "allowed": pgettext_lazy("audit fact", "allowed"),
    "amount": pgettext_lazy("audit fact", "amount"),
    "answer": pgettext_lazy("audit fact", "answer"),
    "approved": pgettext_lazy("audit fact", "approved"),
    "aspect": pgettext_lazy("audit fact", "aspect"),
    "attempt": pgettext_lazy("audit fact", "attempt"),
    "audience": pgettext_lazy("audit fact", "for whom"),
    "band": pgettext_lazy("audit fact", "risk"),
    "basis": pgettext_lazy("audit fact", "legal basis"),
    "before": pgettext_lazy("audit fact", "before"),
    "by": pgettext_lazy("audit fact", "by"),
    "called": pgettext_lazy("audit fact", "people called"),
    "category": pgettext_lazy("audit fact", "category"),
    "change": pgettext_lazy("audit fact", "change"),
    "changed": pgettext_lazy("audit fact", "changed"),
    "channel": pgettext_lazy("audit fact", "channel"),
    "channels": pgettext_lazy("audit fact", "channels"),
    "check": pgettext_lazy("audit fact", "check"),
    "checks": pgettext_lazy("audit fact", "checks"),
    "choice": pgettext_lazy("audit fact", "choice"),
    "clock": pgettext_lazy("audit fact", "time limit"),
    "code": pgettext_lazy("audit fact", "code"),
    "confidence": pgettext_lazy("audit fact", "confidence"),
    "consent": pgettext_lazy("audit fact", "consent"),
    "contacts": pgettext_lazy("audit fact", "contacts"),
    "count": pgettext_lazy("audit fact", "number"),
    "country": pgettext_lazy("audit fact", "country"),
    "critical": pgettext_lazy("audit fact", "critical fault"),
    "days": pgettext_lazy("audit fact", "days"),
    "decision": pgettext_lazy("audit fact", "decision"),
    "delivery": pgettext_lazy("audit fact", "delivery"),
    "deployments": pgettext_lazy("audit fact", "uses stopped"),
    "digest": pgettext_lazy("audit fact", "digest"),
    "ending": pgettext_lazy("audit fact", "how it ended"),
    "entries": pgettext_lazy("audit fact", "entries"),
    "escalated": pgettext_lazy("audit fact", "passed on higher"),
    "factor": pgettext_lazy("audit fact", "second factor"),
    "fields": pgettext_lazy("audit fact", "fields"),
    "file": pgettext_lazy("audit fact", "file"),
    "files": pgettext_lazy("audit fact", "files"),
    "findings": pgettext_lazy("audit fact", "findings"),
    "format": pgettext_lazy("audit fact", "format"),
    "from": pgettext_lazy("audit fact", "from"),
    "given": pgettext_lazy("audit fact", "given"),
    "given_by": pgettext_lazy("audit fact", "given by"),
    "gone": pgettext_lazy("audit fact", "gone"),
    "granted": pgettext_lazy("audit fact", "granted"),
    "ground": pgettext_lazy("audit fact", "ground"),
    "has_note": pgettext_lazy("audit fact", "has a note"),
    "hash": pgettext_lazy("audit fact", "hash"),
    "heads": pgettext_lazy("audit fact", "people"),
    "held": pgettext_lazy("audit fact", "on hold"),
    "hold": pgettext_lazy("audit fact", "hold"),
    "hosting_class": pgettext_lazy("audit fact", "hosting"),
    "hours": pgettext_lazy("audit fact", "hours"),
    "how": pgettext_lazy("audit fact", "how"),
    "is_correction": pgettext_lazy("audit fact", "correction"),
    "is_highlight": pgettext_lazy("audit fact", "highlighted"),
    "is_partner": pgettext_lazy("audit fact", "partner"),
    "item": pgettext_lazy("audit fact", "item"),
    "items": pgettext_lazy("audit fact", "items"),
    "key": pgettext_lazy("audit fact", "key"),
    "keys": pgettext_lazy("audit fact", "keys"),
    "kind": pgettext_lazy("audit fact", "kind"),
    "kinds": pgettext_lazy("audit fact", "kinds"),
    "language": pgettext_lazy("audit fact", "language"),
    "languages": pgettext_lazy("audit fact", "languages"),
    "level": pgettext_lazy("audit fact", "level"),
    "licence": pgettext_lazy("audit fact", "licence"),
    "lines": pgettext_lazy("audit fact", "lines"),
    "link": pgettext_lazy("audit fact", "link"),
    "list": pgettext_lazy("audit fact", "list"),
    "locations": pgettext_lazy("audit fact", "places"),
    "match": pgettext_lazy("audit fact", "matched by"),
    "messages": pgettext_lazy("audit fact", "messages"),
    "method": pgettext_lazy("audit fact", "method"),
    "minutes": pgettext_lazy("audit fact", "minutes"),
    "n": pgettext_lazy("audit fact", "number"),
    "name": pgettext_lazy("audit fact", "name"),
    "needs_second": pgettext_lazy("audit fact", "needs a second person"),
    "new": pgettext_lazy("audit fact", "new"),
    "number": pgettext_lazy("audit fact", "number"),
    "object": pgettext_lazy("audit fact", "object"),
    "occurrence": pgettext_lazy("audit fact", "appearance"),
    "open": pgettext_lazy("audit fact", "open"),
    "organisation": pgettext_lazy("audit fact", "organisation"),
    "other": pgettext_lazy("audit fact", "other"),
    "outcome": pgettext_lazy("audit fact", "outcome"),
    "owner": pgettext_lazy("audit fact", "owner"),
    "page": pgettext_lazy("audit fact", "page"),
    "pages": pgettext_lazy("audit fact", "pages"),
    "part": pgettext_lazy("audit fact", "part"),
    "parts": pgettext_lazy("audit fact", "parts"),
    "passed": pgettext_lazy("audit fact", "passed"),
    "passes_name": pgettext_lazy("audit fact", "passes the name on"),
    "percent": pgettext_lazy("audit fact", "per cent"),
    "period": pgettext_lazy("audit fact", "period"),
    "policy": pgettext_lazy("audit fact", "policy"),
    "presence": pgettext_lazy("audit fact", "availability"),
    "priority": pgettext_lazy("audit fact", "priority"),
    "purpose": pgettext_lazy("audit fact", "purpose"),
    "reach": pgettext_lazy("audit fact", "how to reach"),
    "reason": pgettext_lazy("audit fact", "reason"),
    "receiver": pgettext_lazy("audit fact", "receiver"),
    "recipient": pgettext_lazy("audit fact", "recipient"),
    "record": pgettext_lazy("audit fact", "record"),
    "records": pgettext_lazy("audit fact", "records"),
    "refused": pgettext_lazy("audit fact", "refused"),
    "removed": pgettext_lazy("audit fact", "removed"),
    "replaces": pgettext_lazy("audit fact", "replaces"),
    "report": pgettext_lazy("audit fact", "report"),
    "reviewed": pgettext_lazy("audit fact", "reviewed"),
    "revision": pgettext_lazy("audit fact", "revision"),
    "role": pgettext_lazy("audit fact", "role"),
    "round": pgettext_lazy("audit fact", "round"),
    "routes": pgettext_lazy("audit fact", "ways"),
    "rows": pgettext_lazy("audit fact", "rows"),
    "rules": pgettext_lazy("audit fact", "rules"),
    "rung": pgettext_lazy("audit fact", "step"),
    "scanned": pgettext_lazy("audit fact", "scanned for viruses"),
    "scheme": pgettext_lazy("audit fact", "kind of code"),
    "seconds": pgettext_lazy("audit fact", "seconds"),
    "sender": pgettext_lazy("audit fact", "sender"),
    "sequence": pgettext_lazy("audit fact", "entry"),
    "service": pgettext_lazy("audit fact", "service"),
    "shifts": pgettext_lazy("audit fact", "shifts"),
    "side": pgettext_lazy("audit fact", "side"),
    "since": pgettext_lazy("audit fact", "since"),
    "size": pgettext_lazy("audit fact", "size"),
    "source": pgettext_lazy("audit fact", "source"),
    "state": pgettext_lazy("audit fact", "state"),
    "step": pgettext_lazy("audit fact", "step"),
    "successor": pgettext_lazy("audit fact", "successor"),
    "suspected": pgettext_lazy("audit fact", "suspected"),
    "taken": pgettext_lazy("audit fact", "taken"),
    "target": pgettext_lazy("audit fact", "to whom"),
    "time": pgettext_lazy("audit fact", "when"),
    "to": pgettext_lazy("audit fact", "to"),
    "topic": pgettext_lazy("audit fact", "topic"),
    "type": pgettext_lazy("audit fact", "type"),
    "until": pgettext_lazy("audit fact", "until"),
    "vault": pgettext_lazy("audit fact", "safe kept"),
    "verdict": pgettext_lazy("audit fact", "verdict"),
    "verified": pgettext_lazy("audit fact", "verified"),
    "version": pgettext_lazy("audit fact", "version"),
    "week": pgettext_lazy("audit fact", "week"),
    "what": pgettext_lazy("audit fact", "what"),
    "why": pgettext_lazy("audit fact", "why"),
    "withdrawn": pgettext_lazy("audit fact", "withdrawn"),
    "year": pgettext_lazy("audit fact", "year"),
    "zone": pgettext_lazy("audit fact", "zone"),
}
"""What a page calls a fact, by its key; the key of each declared fact stands here."""


OUTSIDERS = frozenset(
    {
        "attendee", "child", "course_invited", "employer", "guardian", "host", "proposer", "provider",
        "public", "reader", "referrer", "registrant", "reviewer", "site_host", "speaker", "subscriber",
        "visitor", "webinar_speaker", "webinar_viewer",
    }
)  # fmt: skip
"""Actors of the system that stand for somebody who acts by a public page or a link of their own."""


def actor_words(pseudonym: str) -> Text:
    """Who acted where the register of people has no name: an outside person, or the machine; any other
    pseudonym reads as itself."""
    name = pseudonym.removeprefix("system:")
    if name == pseudonym:
        return pseudonym
    return _("Somebody outside") if name in OUTSIDERS else _("Automatically")


def action_words(action: str) -> Text:
    """The act in words; an act that no package declares any more reads as its code."""
    return label(action) or action


def fact_words(key: str) -> Text:
    """The name of a fact in words; a key that is declared no more reads as itself."""
    return FACT_NAMES.get(key, key.replace("_", " "))
