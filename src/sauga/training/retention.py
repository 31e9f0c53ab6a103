"""How long training keeps what."""

from datetime import timedelta

from sauga.kernel.retention import keep_forever, keep_with, rule, term
from sauga.training.trail import ZONE

keep_forever("training.Stream", "When what was broadcast, about nobody.")

keep_forever("training.Webinar", "What was broadcast, and the papers for hosts; about nobody.")
rule(
    "training.Question",
    keep=term("training.question", timedelta(days=183)),
    after="asked_at",
    zone=ZONE,
)
rule(
    "training.Presence",
    keep=term("training.presence", timedelta(days=183)),
    after="left_at",
    zone=ZONE,
)
keep_forever(
    "training.ViewingSite", "Which library showed which webinar, as its head counts say; about no person."
)
keep_with("training.SiteCount", "training.ViewingSite")
rule("training.SiteTest", keep=term("training.site_test", timedelta(days=731)), after="at", zone=ZONE)
rule("training.SiteMessage", keep=term("training.site_message", timedelta(days=183)), after="at", zone=ZONE)
rule(
    "training.SiteHost",
    keep=term("training.site_host", timedelta(days=92)),
    after="ends_at",
    holder=lambda row: row.site.holder,
    zone=ZONE,
)
