"""Tables of deployments: where a resource or an adaptation is used, by which channel, and how often, without
any trace of people.
"""

from dataclasses import replace
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from sauga.kernel.data import About, Forever, With
from sauga.kernel.ids import new_reference
from sauga.kernel.states import Step
from sauga.repository.adaptations.models import Adaptation, Partner
from sauga.repository.resources.models import Resource
from sauga.repository.states import DEPLOYMENT, DeploymentState


class Deployment(models.Model):
    """A deployment is one place of use with its own token, of which only a digest is kept; `origins` may
    embed the widget.

    With the policy `pinned` it shows the release `pinned_version` of its adaptation, with `automatic` the
    latest.
    """

    data = About(
        plain={"ref", "channel", "language", "origins", "update_policy", "state"},
        hidden={"last_seen"},  # an embedded copy asks each minute whether it may go on
        blind={"token"},
        keep=Forever(
            _("Where a work is used, by organisation and channel; withdrawal must reach every copy."),
            what=_("Where resources are used"),
        ),
    )

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    adaptation = models.ForeignKey(
        Adaptation, models.PROTECT, null=True, blank=True, related_name="deployments"
    )
    resource = models.ForeignKey(Resource, models.PROTECT, null=True, blank=True, related_name="deployments")
    organisation = models.ForeignKey(Partner, models.PROTECT, related_name="deployments")
    channel = models.CharField(max_length=24)
    language = models.CharField(max_length=16, blank=True)
    token = models.BinaryField(max_length=32, null=True, blank=True, unique=True)
    token_number = models.PositiveIntegerField(default=0)
    origins = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    update_policy = models.CharField(max_length=12, default="automatic")
    pinned_version = models.PositiveIntegerField(null=True, blank=True)
    state = models.CharField(max_length=16, default=DeploymentState.REQUESTED)
    requested_at = models.DateTimeField()
    terms_accepted_at = models.DateTimeField(null=True, blank=True)
    last_seen = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    state_tables = {"state": DEPLOYMENT}
    steps: Any
    days: Any

    class Meta:
        indexes = [models.Index(fields=["state", "last_seen"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(adaptation__isnull=True, resource__isnull=False)
                | models.Q(adaptation__isnull=False, resource__isnull=True),
                name="deployment_of_one_thing",
            )
        ]

    def __str__(self) -> str:
        return self.ref


class DeploymentStep(Step):
    """A transition of a deployment."""

    data = replace(Step.data, on_public_pages=True)

    subject = models.ForeignKey(Deployment, models.CASCADE, related_name="steps")


class DeploymentDay(models.Model):
    """How often a deployment was shown, or checked its status, on one day: totals only."""

    data = About(plain={"kind"}, on_public_pages=False, keep=With("deployment"))

    deployment = models.ForeignKey(Deployment, models.CASCADE, related_name="days")
    day = models.DateField()
    kind = models.CharField(max_length=16)
    n = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["deployment", "day", "kind"], name="deployment_day_once")
        ]
