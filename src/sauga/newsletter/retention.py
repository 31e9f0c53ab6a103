"""How long the newsletter keeps what. Sign-ups go with their keys; a subscription is kept until it ends, and
then deleted at once by the action that ends it."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from sauga.kernel.retention import keep_forever, keep_with, rule, term
from sauga.newsletter.models import SignUp
from sauga.newsletter.trail import ZONE


def _holder(row: SignUp) -> str:
    return row.holder


rule(
    "newsletter.SignUp",
    keep=timedelta(days=1),
    after="expires_at",
    holder=_holder,
    zone=ZONE,
    what=_("Unconfirmed sign-ups for the newsletter"),
    since=_("the day the link expired"),
)
keep_forever(
    "newsletter.Subscription",
    _("Until the person unsubscribes or the address bounces; the row and its key are then deleted at once."),
    what=_("Subscriptions to the newsletter"),
)
rule(
    "newsletter.Delivery",
    keep=term("newsletter.delivery", timedelta(days=60)),
    after="made_at",
    zone=ZONE,
    what=_("Deliveries of the newsletter"),
    since=_("the day the issue was sent"),
)
keep_forever("newsletter.Issue", _("Published words, about nobody."), what=_("Issues of the newsletter"))
keep_with("newsletter.IssueItem", "newsletter.Issue")
keep_forever(
    "newsletter.DayCount",
    _("Numbers by day and language, about nobody."),
    what=_("Daily counts of the newsletter"),
)
