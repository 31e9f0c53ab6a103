"""Tables of partners and their adaptations, with the lineage back to the original."""

from dataclasses import replace
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from sauga.kernel.data import About, Clear, Forever, Term, With
from sauga.kernel.ids import new_reference
from sauga.kernel.states import Step
from sauga.repository.resources.models import Resource, ResourceVersion
from sauga.repository.states import ADAPTATION, AdaptationState


class Partner(models.Model):
    """A partner is an organisation of the register that adapts or uses resources: a school, a library, a
    company, another country's centre. Its name, kind and place stand in the register; here is what concerns
    resources alone.

    Its editors are members of the public who act for the organisation; they open what is theirs and nothing
    else. A link, of which only a digest is kept, names a partner without such members. The contact is
    encrypted.
    """

    data = About(
        plain={"ref", "language"},
        sealed={"contact"},
        blind={"link"},
        keep=Term(
            365,
            after="left_at",
            code="repository.partner",
            name="contact",
            where=~models.Q(contact=b""),
            how=Clear({"contact": b"", "link": None}),
            holder=("holder",),
            what=_("Contact details of partners"),
            since=_("the day the partner left"),
        ),
    )

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    registered_as = models.OneToOneField("organisations.Organisation", models.PROTECT, related_name="+")
    language = models.CharField(max_length=2, default="lt")
    contact = models.BinaryField(default=bytes)
    link = models.BinaryField(max_length=32, null=True, blank=True, unique=True)
    joined_at = models.DateTimeField()
    terms_accepted_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.ref

    @property
    def name(self) -> str:
        """Its present name, in the language of the page where it has one."""
        return self.registered_as.present_name()

    @property
    def holder(self) -> str:
        """Name of the data key of the contact."""
        return f"partner:{self.ref}"


class Adaptation(models.Model):
    """An adaptation is a partner's version of one version of a resource (or of another adaptation: `parent`).

    `title` and `body` hold the partner's texts by section reference (the resource itself, or a part of a
    toolkit) and language; a section that is missing reads as in the original. A block remembers in `from`
    which original block it was made from.

    `slot_values` holds the filled slots by code and language (`*`: every language); `order` the sections in
    the partner's order.
    """

    data = About(
        plain={
            "ref",
            "kind",
            "language",
            "name",
            "title",
            "slot_values",
            "body",
            "order",
            "licence_outcome",
            "licence",
            "attribution",
            "owner_words",
            "pin_reason",
            "state",
        },
        keep=Forever(_("Lineage of published works; licences are judged by it."), what=_("Adaptations")),
    )

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    base = models.ForeignKey(Resource, models.PROTECT, related_name="adaptations")
    base_version = models.ForeignKey(ResourceVersion, models.PROTECT, related_name="+")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    kind = models.CharField(max_length=24)
    organisation = models.ForeignKey(Partner, models.PROTECT, related_name="adaptations")
    language = models.CharField(max_length=16)
    name = models.CharField(max_length=200, blank=True)
    is_commercial = models.BooleanField(default=False)
    title = models.JSONField(default=dict, blank=True)
    slot_values = models.JSONField(default=dict, blank=True)
    body = models.JSONField(default=dict, blank=True)
    order = models.JSONField(default=list, blank=True)
    licence_outcome = models.JSONField(default=dict, blank=True)
    licence = models.CharField(max_length=32, blank=True)
    attribution = models.CharField(max_length=400, blank=True)
    keeps_our_logo = models.BooleanField(default=False)
    owner_words = models.CharField(max_length=600, blank=True)
    pin_reason = models.CharField(max_length=240, blank=True)
    pinned_until = models.DateField(null=True, blank=True)
    offered_version = models.ForeignKey(
        ResourceVersion, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=24, default=AdaptationState.PROPOSED)
    release_number = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True, blank=True)

    state_tables = {"state": ADAPTATION}
    steps: Any
    added_parts: Any
    deployments: Any
    releases: Any
    children: Any

    class Meta:
        indexes = [models.Index(fields=["base", "state"])]

    def __str__(self) -> str:
        return self.ref


class AdaptationRelease(models.Model):
    """A release is the complete content of an adaptation when it was released; it never changes, and
    deployments show one of them.
    """

    data = About(plain={"content"}, keep=With("adaptation"))

    adaptation = models.ForeignKey(Adaptation, models.CASCADE, related_name="releases")
    number = models.PositiveIntegerField()
    base_number = models.PositiveIntegerField()
    content = models.JSONField()
    released_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["adaptation", "number"], name="release_number_once")]

    def __str__(self) -> str:
        return f"{self.adaptation_id}/{self.number}"


class AdaptationStep(Step):
    """A transition of an adaptation."""

    data = replace(Step.data, on_public_pages=True)

    subject = models.ForeignKey(Adaptation, models.CASCADE, related_name="steps")


class AddedPart(models.Model):
    """A part that the partner added: one of our resources in another place, or blocks of its own."""

    data = About(plain={"ref", "language", "title", "body", "licence"}, keep=With("adaptation"))

    adaptation = models.ForeignKey(Adaptation, models.CASCADE, related_name="added_parts")
    position = models.PositiveSmallIntegerField()
    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    resource = models.ForeignKey(Resource, models.PROTECT, null=True, blank=True, related_name="+")
    language = models.CharField(max_length=16, blank=True)
    title = models.CharField(max_length=200, blank=True)
    body = models.JSONField(default=list, blank=True)
    licence = models.CharField(max_length=32, blank=True)
