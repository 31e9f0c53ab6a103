"""Who may do what on the site (docs/domain/awareness.md). Roles are data; these are their defaults.

Wagtail knows only groups; each permission here that matters to it is one group there
(`rules/editor_groups.py`).
"""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    """What a role may allow."""

    USE_CMS = "portal.use_cms"
    WRITE_PAGES = "portal.write_pages"
    TRANSLATE_PAGES = "portal.translate_pages"
    PUBLISH_PAGES = "portal.publish_pages"
    KEEP_MEDIA = "portal.keep_media"
    KEEP_NETWORK = "portal.keep_network"
    ASK_REVIEW = "portal.ask_review"
    SEE_TRAIL = "portal.see_trail"
    ANSWER_REVIEW = "portal.answer_review"
    PUBLISH_DUE = "portal.publish_due"
    PLANT_SITE = "portal.set_up_site"
    ANSWER_FEEDBACK = "portal.answer_feedback"
    VISIT = "portal.visit"
    SWEEP = "portal.sweep"
    SEE_GATE = "portal.see_gate"
    OVERRIDE_GATE = "portal.override_gate"
    LOOK = "portal.look"


_WRITING = {
    Permission.USE_CMS,
    Permission.WRITE_PAGES,
    Permission.TRANSLATE_PAGES,
    Permission.KEEP_MEDIA,
    Permission.ASK_REVIEW,
    Permission.ANSWER_FEEDBACK,
    Permission.SEE_GATE,
}
DEFAULT_ROLES: dict[str, set[Permission]] = {
    "EDITOR": _WRITING,
    "SAFEGUARDING_EDITOR": {Permission.USE_CMS, Permission.WRITE_PAGES, Permission.SEE_GATE},
    "TRANSLATOR": {Permission.USE_CMS, Permission.TRANSLATE_PAGES, Permission.SEE_GATE},
    "PUBLISHER": {*_WRITING, Permission.PUBLISH_PAGES, Permission.KEEP_NETWORK, Permission.OVERRIDE_GATE},
    "COORDINATOR": {Permission.USE_CMS, Permission.KEEP_NETWORK},
    "AUDITOR": {Permission.SEE_TRAIL},
}

TWO_PEOPLE = {
    Permission.WRITE_PAGES,
    Permission.TRANSLATE_PAGES,
    Permission.PUBLISH_PAGES,
    Permission.OVERRIDE_GATE,
    Permission.SEE_TRAIL,
}
"""Both sides of acts that two people agree on: writing or translating a page and publishing it, exceptions of
the gate, audit.
"""
EVERYWHERE = {Permission.SEE_TRAIL}
"""What counts at any organisation: whether the audit trail is whole, which reads no content."""

# What jobs and outside parties may do, by the name of their SystemActor.
SYSTEM: dict[str, set[Permission]] = {
    "reviewer": {Permission.ANSWER_REVIEW},
    "schedule": {Permission.PUBLISH_DUE, Permission.LOOK},
    "site": {Permission.PLANT_SITE},
    "reader": {Permission.VISIT},
    "portal": {Permission.SWEEP, Permission.LOOK},
}

LABELS: dict[str, dict[str, str]] = {
    "EDITOR": {"lt": "Redaktorius", "en": "Editor"},
    "SAFEGUARDING_EDITOR": {"lt": "Vaikų saugumo redaktorius", "en": "Safeguarding editor"},
    "TRANSLATOR": {"lt": "Vertėjas", "en": "Translator"},
    "PUBLISHER": {"lt": "Leidėjas", "en": "Publisher"},
}

WORDING = {
    Permission.USE_CMS: _("Sign in to the editors’ tool"),
    Permission.WRITE_PAGES: _("Write and edit pages"),
    Permission.TRANSLATE_PAGES: _("Translate pages"),
    Permission.PUBLISH_PAGES: _("Publish pages"),
    Permission.KEEP_MEDIA: _("Add and replace pictures and documents"),
    Permission.KEEP_NETWORK: _("Edit partners, funding and help services"),
    Permission.ASK_REVIEW: _("Ask somebody outside to read a page"),
    Permission.SEE_TRAIL: _("Read and verify the audit log of the site"),
    Permission.ANSWER_FEEDBACK: _("Answer feedback about the site"),
    Permission.SEE_GATE: _("See the checks of the publish gate"),
    Permission.OVERRIDE_GATE: _("Grant an exception of the publish gate"),
}
"""What each permission lets people do. Those without words belong to jobs and to the public."""
