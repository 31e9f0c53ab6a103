"""Where the codes of the hotline's breakdowns have their labels."""

from django.utils.translation import gettext_lazy as _

from sauga.hotline.figures.measures.statutory_reports import NOT_SAID
from sauga.hotline.figures.queries.counts import NO_ANSWER, NOT_YET
from sauga.kernel.figures import Labels

OUTSIDE = {NOT_SAID: _("not recorded"), NO_ANSWER: _("No answer"), NOT_YET: _("Decided, not yet carried out")}
"""What no vocabulary names."""
VOCABULARIES = {
    "route": "rrt.route",
    "reason": "rrt.not_actioned",
    "category": "rrt.category",
    "bucket": "inhope.removal_bucket",
    "novelty": "inhope.dimension",
    "volume": "ec.volume",
    "kind": "ec.csam_kind",
    "topic": "ec.other_kind",
    "site": "ec.site_type",
    "location": "ec.hosting",
    "action": "ec.action",
    "age": "iccam.age",
    "sex": "iccam.sex",
    "sort": "iccam.site_type",
    "answer": "notice.provider_response",
    "decision": "notice.dispute_decision",
    "withdrawal": "notice.withdrawal_reason",
}
BREAKDOWNS: dict[str, tuple[Labels, ...]] = {
    **{name: (OUTSIDE, vocabulary) for name, vocabulary in VOCABULARIES.items()},
    "membership": ({"MEMBER": _("Members of the memorandum"), "OTHER": _("Other providers")},),
    "hosting": (
        {"LT": _("Hosted in Lithuania"), "ABROAD": _("Hosted abroad"), "UNKNOWN": _("Tor or unknown host")},
    ),
}
