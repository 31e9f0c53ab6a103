"""What the portal records in the audit log, and the only facts each entry may carry. Texts and people's words
are never recorded.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Trail(TextChoices):
    """Audit names, as subject:event."""

    CMS_ACT = "cms:act", _("Act in the editing of pages")
    SITE_PLANTED = "site:planted", _("Pages of the site set up")
    STARTER_LOADED = "site:starter_loaded", _("Starter content loaded")
    SEAT_CHANGED = "seat:changed", _("Editors of a part of the site changed")
    REVIEW_MOVED = "page_review:moved", _("State of the page review changed")
    REVIEW_OPENED = "page_review:opened", _("Page review opened")
    PAGE_PUBLISHED_DUE = "page:published_due", _("Page published at its time")
    PAGE_TAKEN_DOWN_DUE = "page:taken_down_due", _("Page taken down at its time")
    PAGE_HELD_BACK = "page:held_back", _("Page held back by a check")
    GATE_OVERRIDDEN = "page:gate_overridden", _("Check before publishing a page overridden")
    GATE_OVERRIDE_ENDED = "page:gate_override_ended", _("Exception of a check of a page ended")
    LINK_ASKED_AGAIN = "link:asked_again", _("Link checked again")
    TRANSLATION_CONFIRMED = "translation:confirmed", _("Translation confirmed")
    FOOTER_FILLED = "footer:filled", _("Foot of the pages filled")
    FEEDBACK_RECEIVED = "feedback:received", _("Feedback received")
    FEEDBACK_MOVED = "feedback:moved", _("State of the feedback changed")
    UPLOADS_DELETED = "uploads:deleted", _("Unused uploads deleted")


FACTS: dict[Trail, set[str]] = {
    Trail.CMS_ACT: {"act", "kind", "object"},
    Trail.SITE_PLANTED: {"pages"},
    Trail.STARTER_LOADED: {"pages"},
    Trail.SEAT_CHANGED: {"given", "taken"},
    Trail.REVIEW_MOVED: {"from", "to"},
    Trail.REVIEW_OPENED: set(),
    Trail.PAGE_PUBLISHED_DUE: {"page"},
    Trail.PAGE_TAKEN_DOWN_DUE: {"page"},
    Trail.PAGE_HELD_BACK: {"page", "checks"},
    Trail.GATE_OVERRIDDEN: {"page", "check", "until"},
    Trail.GATE_OVERRIDE_ENDED: {"page", "check"},
    Trail.LINK_ASKED_AGAIN: {"link"},
    Trail.TRANSLATION_CONFIRMED: {"page", "language"},
    Trail.FOOTER_FILLED: {"entries"},
    Trail.FEEDBACK_RECEIVED: {"kind"},
    Trail.FEEDBACK_MOVED: {"to"},
    Trail.UPLOADS_DELETED: {"files"},
}
