"""How long selfcheck keeps what. Assessments of schools go five years after their label expired; files of
evidence go with the verdict, by the action that concludes the review."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from sauga.kernel.retention import keep_forever, keep_with, rule, term
from sauga.selfcheck.trail import ZONE

keep_forever(
    "selfcheck.BankVersion", _("Published words of the centre, about nobody."), what=_("Versions of the test")
)
keep_forever(
    "selfcheck.Questionnaire", _("Published questions, about nobody."), what=_("Questionnaires for schools")
)
keep_forever(
    "selfcheck.Published", _("Published sums of at least ten schools."), what=_("Results of all schools")
)
rule(
    "selfcheck.Assessment",
    keep=term("selfcheck.assessment", timedelta(days=1826)),
    after="ended_at",
    zone=ZONE,
    what=_("Self-assessments of schools"),
    since=_("the end of the label"),
    page="selfcheck-assessment",
)
for part in ("Round", "TeamMember"):
    keep_with(f"selfcheck.{part}", "selfcheck.Assessment")
for part in ("Answer", "Evidence", "Review", "PlanTask", "Label", "Rescore"):
    keep_with(f"selfcheck.{part}", "selfcheck.Round")
keep_with("selfcheck.Verdict", "selfcheck.Review")
keep_forever(
    "selfcheck.Assessor",
    _("Who may review schools; it goes with the member's account."),
    what=_("Assessors of schools"),
)
