"""Passing on: to other services with consent, to the hotline without the child, and the child's own pass for pictures."""

from typing import Any

from django.conf import settings
from django.db import models

from sauga.helpline.states import LINK, REFERRAL, SELF_IMAGE, LinkState, ReferralState, SelfImageState
from sauga.kernel.ids import new_reference
from sauga.kernel.states import Step

PERSON = settings.AUTH_USER_MODEL


class Referral(models.Model):
    """A referral is a child passed on to another service: what is shared (sealed), with whose consent, by when, and what came of it.

    `asked` holds the same words under the conversation's key, so that the child reads what would be shared before answering.
    """

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    state = models.CharField(max_length=20, default=ReferralState.SUGGESTED)
    conversation = models.ForeignKey("helpline.Conversation", models.SET_NULL, null=True, blank=True, related_name="referrals")
    letter = models.ForeignKey("helpline.Letter", models.SET_NULL, null=True, blank=True, related_name="referrals")
    call = models.ForeignKey("helpline.Call", models.SET_NULL, null=True, blank=True, related_name="referrals")
    case = models.ForeignKey("helpline.HelpCase", models.SET_NULL, null=True, blank=True, related_name="referrals")
    author = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    target = models.CharField(max_length=24)
    clock = models.CharField(max_length=12, blank=True)
    words = models.BinaryField(default=bytes)
    asked = models.BinaryField(default=bytes)
    consent = models.CharField(max_length=24, blank=True)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=24, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    state_tables = {"state": REFERRAL}
    steps: Any

    def __str__(self) -> str:
        return self.ref

    @property
    def holder(self) -> str:
        """Name of the data key of the words."""
        return f"referral:{self.ref}"


class ReferralStep(Step):
    """A move of a referral."""

    subject = models.ForeignKey(Referral, models.CASCADE, related_name="steps")


class HotlineLink(models.Model):
    """A hotline link is that an address was passed to the hotline. The address is not kept; the answer comes back as a code."""

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    state = models.CharField(max_length=20, default=LinkState.CAPTURED)
    conversation = models.ForeignKey("helpline.Conversation", models.SET_NULL, null=True, blank=True, related_name="links")
    letter = models.ForeignKey("helpline.Letter", models.SET_NULL, null=True, blank=True, related_name="links")
    author = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    suspected = models.CharField(max_length=32)
    sent = models.CharField(max_length=24, blank=True)
    outcome = models.CharField(max_length=24, blank=True)
    at = models.DateTimeField()

    state_tables = {"state": LINK}
    steps: Any

    def __str__(self) -> str:
        return self.ref


class HotlineLinkStep(Step):
    """A move of a hotline link."""

    subject = models.ForeignKey(HotlineLink, models.CASCADE, related_name="steps")


class SelfImage(models.Model):
    """A one-time pass with which a child brings own pictures' addresses or hashes to the hotline directly. The pass itself is not kept."""

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    state = models.CharField(max_length=20, default=SelfImageState.TOKEN_ISSUED)
    conversation = models.ForeignKey("helpline.Conversation", models.SET_NULL, null=True, blank=True, related_name="self_images")
    sent = models.CharField(max_length=24, blank=True)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    state_tables = {"state": SELF_IMAGE}
    steps: Any

    def __str__(self) -> str:
        return self.ref


class SelfImageStep(Step):
    """A move of a self-image pass."""

    subject = models.ForeignKey(SelfImage, models.CASCADE, related_name="steps")
