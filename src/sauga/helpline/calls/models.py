"""Calls: what a counsellor records beside a telephone, or what the switchboard reports.

No number, no sound.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sauga.helpline.states import CALL, CallState
from sauga.kernel.data import About, Term
from sauga.kernel.ids import new_reference
from sauga.kernel.states import Step

PERSON = settings.AUTH_USER_MODEL


class Call(models.Model):
    """A call is one ring of the line, by phone or from the browser.

    `line` names the port it came through; never who called.

    `child_seen_at`: when the page of a call from the browser last said that it is there. `rang_before`: how
    often the same caller rang within the last hour, as a number; by what that is known is in memory only.
    """

    data = About(
        plain={"ref", "state", "line", "channel", "language"},
        blind={"outside_key"},
        keep=Term(
            30, after="closed_at", code="helpline.chat", what=_("Calls"), since=_("the end of the call")
        ),
    )

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    state = models.CharField(max_length=20, default=CallState.RINGING)
    line = models.CharField(max_length=16, default="DESK")
    channel = models.CharField(max_length=16, default="PHONE")
    outside_key = models.BinaryField(max_length=32, null=True, blank=True, unique=True)
    language = models.CharField(max_length=2, default="lt")
    rang_at = models.DateTimeField()
    offered_to = models.ForeignKey(PERSON, models.SET_NULL, null=True, blank=True, related_name="+")
    offered_until = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    is_at_risk = models.BooleanField(default=False)
    child_seen_at = models.DateTimeField(null=True, blank=True)
    rang_before = models.PositiveSmallIntegerField(default=0)

    state_tables = {"state": CALL}
    steps: Any

    class Meta:
        indexes = [models.Index(fields=["state", "rang_at"]), models.Index(fields=["answered_by", "state"])]

    def __str__(self) -> str:
        return self.ref

    @property
    def about(self) -> str:
        """What an alert about this call is about."""
        return f"helpline.call.{self.ref}"


class CallStep(Step):
    """A move of a call."""

    subject = models.ForeignKey(Call, models.CASCADE, related_name="steps")


class HeardEvent(models.Model):
    """A heard event is the mark of one message of the switchboard, kept a day so that the same message
    does nothing twice.
    """

    data = About(
        blind={"digest"},
        keep=Term(
            1, after="at", what=_("Events heard from the switchboard"), since=_("the moment of the event")
        ),
    )

    digest = models.BinaryField(max_length=32, unique=True)
    at = models.DateTimeField()
