"""How long the newsletter keeps what. Sign-ups go with their keys; a subscription is kept until it ends, and
then deleted at once by the action that ends it."""

from datetime import timedelta

from sauga.kernel.retention import keep_forever, keep_with, rule, term
from sauga.newsletter.models import SignUp
from sauga.newsletter.trail import ZONE


def _holder(row: SignUp) -> str:
    return row.holder


rule("newsletter.SignUp", keep=timedelta(days=1), after="expires_at", holder=_holder, zone=ZONE)
keep_forever(
    "newsletter.Subscription",
    "Until the person unsubscribes or the address bounces; the row and its key are then deleted at once.",
)
rule(
    "newsletter.Delivery",
    keep=term("newsletter.delivery", timedelta(days=60)),
    after="made_at",
    zone=ZONE,
)
keep_forever("newsletter.Issue", "Published words, about nobody.")
keep_with("newsletter.IssueItem", "newsletter.Issue")
keep_forever("newsletter.DayCount", "Numbers by day and language, about nobody.")
