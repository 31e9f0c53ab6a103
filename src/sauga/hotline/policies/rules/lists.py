"""What staff may do to a code list: labels and days of every term; new codes only where no rule of the
program names them."""

import re

from django.utils.translation import gettext_lazy as _

from sauga.kernel.kit.editors import declared

COUNTRY = re.compile(r"[A-Z]{2}")
STATES = "state."
COUNTRIES = "iccam.hotline"
CATEGORIES = "rrt.category"

# Lists of outside systems: a code without the exact value of the other side could never be sent.
OUTSIDE = ("iccam.", "ucs.", "xarf.", "ncmec.", "dsa.", "iwf.", "ec.", "inhope.")
# Lists whose codes are used by the program's own rules: a new code would mean nothing to them.
IN_RULES = frozenset(
    {
        "clock",
        "duplicate.match",
        "item.hosting_class",
        "item.verdict",
        "monitor.removal_kind",
        "monitor.verdict",
        "notice.audience",
        "notice.channel",
        "notice.dispute_decision",
        "notice.legal_basis",
        "notice.provider_response",
        "notice.purpose",
        "priority",
        "provider.contact_source",
        "report.choice",
        "report.location_kind",
        "role",
        "rrt.category_group",
        "rrt.confirmed_definition",
        "rrt.counted_beside",
        "rrt.not_actioned",
        "trace.confidence",
        "trace.source",
    }
)


class CountryUnfit(declared.CodeUnfit):
    """A country is two letters."""

    message = _("Write the two letters of the country, for example LT.")


def may_add(vocabulary: str) -> bool:
    """Whether staff may add a code: no rule of the program names the list's codes, and no outside system
    defines them."""
    if vocabulary in IN_RULES or vocabulary.startswith(STATES):
        return False
    return vocabulary == COUNTRIES or not vocabulary.startswith(OUTSIDE)


def may_retire(vocabulary: str) -> bool:
    """States are never retired: rows have them. Everything else has days of validity."""
    return not vocabulary.startswith(STATES)


def check_code(vocabulary: str, code: str) -> None:
    """Whether a new code has the form that the list's codes have. Raises CodeUnfit, CountryUnfit."""
    if vocabulary != COUNTRIES:
        declared.check_code(vocabulary, code)
    elif not COUNTRY.fullmatch(code):
        raise CountryUnfit(code)
