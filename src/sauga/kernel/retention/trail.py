"""Audit names of retention: counts, codes and references."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Trail(TextChoices):
    """Acts of retention."""

    RULE_APPLIED = "retention:applied", _("Rule of retention applied")
    TERM_PROPOSED = "retention:term_proposed", _("Change of a retention period proposed")
    TERM_CHANGED = "retention:term_changed", _("Retention period changed")
    TERM_ENDED = "retention:term_proposal_ended", _("Proposal to change a retention period ended")
    HOLD_ASKED = "hold:asked", _("Legal hold asked for")
    HOLD_CONFIRMED = "hold:confirmed", _("Legal hold confirmed")
    HOLD_LIFTED = "hold:lifted", _("Legal hold lifted")


FACTS: dict[Trail, set[str]] = {
    Trail.RULE_APPLIED: {"rows", "keys", "held", "days"},
    Trail.TERM_PROPOSED: {"change", "before", "days"},
    Trail.TERM_CHANGED: {"change", "before", "days"},
    Trail.TERM_ENDED: {"change"},
    Trail.HOLD_ASKED: {"hold", "reason", "days"},
    Trail.HOLD_CONFIRMED: {"hold"},
    Trail.HOLD_LIFTED: {"hold"},
}
