"""The referrals and their steps."""

from collections.abc import Mapping

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sauga.kernel.data import About, Term
from sauga.kernel.integration.states import REFERRAL, ReferralState
from sauga.kernel.states import StateTable, Step


class Referral(models.Model):
    """A referral carries the minimum that the receiver needs, sealed for the receiver's zone; its state is
    reported back to the sender.

    `installation` names the other installation, if receiver or sender is in one; `parcel` holds the wrapped
    keys for it until they are delivered. It names no case of the sender. Times are rounded to the hour, so
    that it cannot be matched with a conversation.
    """

    data = About(
        plain={"ref", "kind", "sender", "receiver", "key", "plain", "state", "outcome", "installation"},
        sealed={"payload", "parcel"},
        keep=(
            Term(
                90,
                after="settled_at",
                holder=("holder",),
                what=_("Messages between services"),
                since=_("the day the matter was settled"),
            ),
            Term(
                365,
                after="sent_at",
                name="unsettled",
                holder=("holder",),
                what=_("Messages between services that nobody settled"),
                since=_("the day the message was sent"),
            ),
        ),
    )

    ref = models.CharField(max_length=24, unique=True)
    kind = models.CharField(max_length=64)
    sender = models.CharField(max_length=24)
    receiver = models.CharField(max_length=24)
    key = models.CharField(max_length=64, blank=True)
    plain = models.JSONField(default=dict)
    payload = models.BinaryField()
    state = models.CharField(max_length=12, default=ReferralState.SENT)
    outcome = models.CharField(max_length=64, blank=True)
    sent_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    installation = models.CharField(max_length=40, blank=True)
    parcel = models.BinaryField(default=b"")

    state_tables: Mapping[str, StateTable] = {"state": REFERRAL}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], condition=~Q(key=""), name="referrals_once_a_key")
        ]
        indexes = [models.Index(fields=["sent_at"], condition=Q(state="SENT"), name="referrals_waiting")]

    def __str__(self) -> str:
        return self.ref

    @property
    def holder(self) -> str:
        """Whose data key seals the payload."""
        return f"referral:{self.ref}"


class ReferralStep(Step):
    """One move of a referral."""

    subject = models.ForeignKey(Referral, models.CASCADE, related_name="steps")


class HouseNonce(models.Model):
    """A nonce is remembered for a day, so that no message of another installation is accepted twice."""

    data = About(
        plain={"sender", "nonce"},
        keep=Term(
            1, after="at", what=_("Codes against repeated messages"), since=_("the moment of the message")
        ),
    )

    sender = models.CharField(max_length=40)
    nonce = models.CharField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sender", "nonce"], name="referrals_nonce_once")]

    def __str__(self) -> str:
        return self.sender
