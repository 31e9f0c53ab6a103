"""The content item that reports are about, its steps, and each time it was online."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.postgres.aggregates import BoolAnd
from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Coalesce, Right
from django.utils.translation import gettext_lazy as _

from sauga.hotline.states import HANDLING, PRESENCE, TO_ASSESS, Handling, Presence
from sauga.kernel.data import About, Clear, Forever, Term
from sauga.kernel.ids import new_reference
from sauga.kernel.states import Step

SECOND_HALF = Right("ref", 4)
"""The second half of a reference number; people search by it as often as by the first."""
PUT_ASIDE = ("SPAM", "CONSULTED", "OUT_OF_REMIT", "INSUFFICIENT")
IN_REVIEW = (Handling.SECOND_REVIEW, Handling.ARBITRATION)
NOTICE_DUE = (Handling.ROUTED, Handling.POLICE_HOLD, Handling.NOTICE_DUE)
ACTED_ON = (*NOTICE_DUE, Handling.FOLLOWED)
LIVE = (*TO_ASSESS, Handling.ROUTED, Handling.POLICE_HOLD, Handling.NOTICE_DUE, Handling.FOLLOWED)


def _in(states: Sequence[Handling]) -> Q:
    return Q(handling__in=[str(state) for state in states])


def stands_in(states: Sequence[Handling]) -> Func:
    """The same as a condition with the codes written into the statement: the index of a view is only seen to
    fit when they are known.

    (A statement prepared once for all values is planned without them.)
    """
    listed = ", ".join(f"'{Handling(state)}'" for state in states)
    return Func(F("handling"), template=f"%(expressions)s IN ({listed})", output_field=models.BooleanField())


def came_back() -> Func:
    """Content that reappeared after a removal, written out for the same reason."""
    return Func(F("occurrence"), template="%(expressions)s > 1", output_field=models.BooleanField())


def still_at_home() -> Func:
    """Hosted in Lithuania and not known to be gone, written out for the same reason."""
    template, between = "(%(expressions)s <> 'REMOVED')", " = 'LT' AND "
    return Func(
        F("country"), F("presence"), template=template, arg_joiner=between, output_field=models.BooleanField()
    )


class ItemSet(models.QuerySet["ContentItem"]):
    """Filters that read like the questions people ask."""

    def live(self) -> "ItemSet":
        """Not yet watched, archived or left without action."""
        return self.filter(stands_in(LIVE))

    def still_asked(self) -> "ItemSet":
        """Without those that only reports name which were put aside: spam, advice, out of remit, not enough
        to go on."""
        aside = models.Q(report__state="SPAM") | models.Q(report__outcome__in=PUT_ASIDE)
        reports = (
            apps.get_model("hotline", "Location")
            .objects.filter(item=models.OuterRef("pk"))
            .order_by()
            .values("item")
        )
        # An aggregate for each row read: two EXISTS with OR between them would read every report there is.
        return self.exclude(
            Coalesce(models.Subquery(reports.annotate(all=BoolAnd(aside)).values("all")), models.Value(False))
        )

    def due_for_check(self, at: datetime) -> "ItemSet":
        """Whose next look has come, longest waiting first."""
        return self.filter(next_check_at__lte=at).order_by("next_check_at")


class ContentItem(models.Model):
    """A content item is one place on the internet, however many reports name it.

    Its address is sealed to team and service key.
    """

    data = About(
        plain={
            "ref",
            "kind",
            "access_note",
            "handling",
            "presence",
            "category",
            "priority",
            "verdict",
            "legal_act",
            "no_action_reason",
            "hosting_class",
            "country",
            "country_confidence",
            "country_by",
            "handed_by",
            "network",
        },
        sealed={"address", "referrer"},
        blind={"key", "host_index", "domain_index", "near_index"},
        keep=Term(
            730,
            after="received_hour",
            code="hotline.address",
            name="address",
            where=models.Q(handling__in=[str(Handling.ARCHIVED), str(Handling.NO_ACTION)])
            & ~models.Q(address=b""),
            how=Clear({"address": b"", "referrer": b""}),
            holder=("holder",),
            what=_("Addresses of content"),
            since=_("the hour the content was reported"),
            page="hotline-item",
        ),
    )

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    key = models.BinaryField(max_length=32)
    key_version = models.PositiveSmallIntegerField(default=1)
    host_index = models.BinaryField(max_length=32, default=bytes)
    domain_index = models.BinaryField(max_length=32, default=bytes)
    near_index = models.BinaryField(max_length=32, default=bytes)
    kind = models.CharField(max_length=16)
    address = models.BinaryField()
    referrer = models.BinaryField(default=bytes)
    access_note = models.CharField(max_length=16, default="UNKNOWN")

    handling = models.CharField(max_length=20, default=Handling.NEW)
    presence = models.CharField(max_length=20, default=Presence.UNKNOWN)
    category = models.CharField(max_length=32)
    priority = models.CharField(max_length=2)
    received_hour = models.DateTimeField()
    due_at = models.DateTimeField()
    report_count = models.PositiveIntegerField(default=1)
    occurrence = models.PositiveSmallIntegerField(default=1)

    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    taken_until = models.DateTimeField(null=True, blank=True)
    handed_by = models.CharField(max_length=40, blank=True)
    verdict = models.CharField(max_length=16, blank=True)
    legal_act = models.CharField(max_length=24, blank=True)
    no_action_reason = models.CharField(max_length=24, blank=True)

    hosting_class = models.CharField(max_length=16, default="UNRESOLVED")
    country = models.CharField(max_length=2, blank=True)
    country_confidence = models.CharField(max_length=12, default="NONE")
    country_by = models.CharField(max_length=40, blank=True)
    network = models.CharField(max_length=120, blank=True)
    provider = models.ForeignKey(
        "hotline.Provider", models.SET_NULL, null=True, blank=True, related_name="items"
    )

    next_check_at = models.DateTimeField(null=True, blank=True)
    text_hash = models.BigIntegerField(null=True, blank=True)

    objects = ItemSet.as_manager()
    state_tables = {"handling": HANDLING, "presence": PRESENCE}
    steps: Any

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "key_version"], name="item_key_once")]
        indexes = [
            # A view of several states keeps its own order: put together from the states' own indexes it would
            # be sorted on every read.
            models.Index(
                fields=["priority", "due_at", "id"], condition=_in(TO_ASSESS), name="item_to_assess"
            ),
            models.Index(
                fields=["category", "priority", "due_at", "id"],
                condition=_in(TO_ASSESS),
                name="item_to_assess_category",
            ),
            models.Index(
                fields=["hosting_class", "priority", "due_at", "id"],
                condition=_in(TO_ASSESS),
                name="item_to_assess_hosting",
            ),
            models.Index(
                fields=["priority", "due_at", "id"], condition=_in(IN_REVIEW), name="item_in_review"
            ),
            models.Index(
                fields=["priority", "due_at", "id"], condition=_in(NOTICE_DUE), name="item_notice_due"
            ),
            models.Index(
                fields=["priority", "due_at", "id"],
                condition=_in(ACTED_ON) & Q(occurrence__gt=1),
                name="item_came_back",
            ),
            models.Index(
                fields=["priority", "due_at", "id"],
                condition=_in(ACTED_ON) & Q(country="LT") & ~Q(presence="REMOVED"),
                name="item_still_at_home",
            ),
            models.Index(fields=["handling", "priority", "due_at", "id"], name="item_by_handling"),
            models.Index(fields=["priority", "due_at", "id"], name="item_by_urgency"),
            models.Index(fields=["category", "priority", "due_at", "id"], name="item_by_category"),
            models.Index(fields=["hosting_class", "priority", "due_at", "id"], name="item_by_hosting"),
            models.Index(
                fields=["next_check_at"], condition=Q(next_check_at__isnull=False), name="item_next_check"
            ),
            models.Index(fields=["host_index"], name="item_host"),
            models.Index(fields=["domain_index"], name="item_domain"),
            models.Index(fields=["near_index"], name="item_near"),
            models.Index(fields=["taken_by"], condition=Q(taken_by__isnull=False), name="item_taken"),
            models.Index(OpClass(SECOND_HALF, name="text_pattern_ops"), name="item_second_half"),
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def holder(self) -> str:
        """Name of the data key that seals this item's address."""
        return f"item:{self.ref}"


class ItemStep(Step):
    """A move of a content item, on its handling or its presence track."""

    subject = models.ForeignKey(ContentItem, models.CASCADE, related_name="steps")

    class Meta:
        indexes = [models.Index(fields=["subject", "at"])]


class Occurrence(models.Model):
    """An occurrence is one time an item was up, from the report that found it to its confirmed removal.

    A removal is the interval (last seen online, first seen gone]; an open late end means still online.
    """

    data = About(
        plain={"removal_kind"},
        keep=Forever(
            _("Instants without an address: takedown times of past years stay countable."),
            what=_("Times when content was online"),
        ),
    )

    item = models.ForeignKey(ContentItem, models.CASCADE, related_name="occurrences")
    number = models.PositiveSmallIntegerField(default=1)
    reported_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    notice_sent_at = models.DateTimeField(null=True, blank=True)
    notice_delivered_at = models.DateTimeField(null=True, blank=True)
    first_check_at = models.DateTimeField(null=True, blank=True)
    last_online_at = models.DateTimeField(null=True, blank=True)
    first_gone_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    removal_kind = models.CharField(max_length=24, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="occurrence_number_once")]
        indexes = [models.Index(fields=["reported_at"]), models.Index(fields=["removed_at"])]
