"""How long selfcheck keeps what. Assessments of schools go five years after their label expired; files of
evidence go with the verdict, by the action that concludes the review."""

from datetime import timedelta

from sauga.kernel.retention import keep_forever, keep_with, rule, term
from sauga.selfcheck.trail import ZONE

keep_forever("selfcheck.BankVersion", "Published words of the centre, about nobody.")
keep_forever("selfcheck.Questionnaire", "Published questions, about nobody.")
keep_forever("selfcheck.Published", "Published sums of at least ten schools.")
rule(
    "selfcheck.Assessment",
    keep=term("selfcheck.assessment", timedelta(days=1826)),
    after="ended_at",
    zone=ZONE,
)
for part in ("Round", "TeamMember"):
    keep_with(f"selfcheck.{part}", "selfcheck.Assessment")
for part in ("Answer", "Evidence", "Review", "PlanTask", "Label", "Rescore"):
    keep_with(f"selfcheck.{part}", "selfcheck.Round")
keep_with("selfcheck.Verdict", "selfcheck.Review")
keep_forever("selfcheck.Assessor", "Who may review schools; it goes with the member's account.")
