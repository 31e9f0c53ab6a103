"""Audit names of messages between services, in the zone of the sender and of the receiver."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Trail(TextChoices):
    """Acts on referrals."""

    REFERRAL_SENT = "referral:sent", _("Referral sent to another service")
    REFERRAL_RECEIVED = "referral:received", _("Referral received from another service")
    REFERRAL_OPENED = "referral:opened", _("Referral opened")
    REFERRAL_MOVED = "referral:moved", _("State of the referral changed")


FACTS: dict[Trail, set[str]] = {
    Trail.REFERRAL_SENT: {"kind", "receiver"},
    Trail.REFERRAL_RECEIVED: {"kind", "sender"},
    Trail.REFERRAL_MOVED: {"state", "outcome"},
}
