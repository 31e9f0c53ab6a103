"""What staff may do to a code list: labels and days of every term; new codes only where no rule of the program names them."""

import re

LONGEST_CODE = 16  # the narrowest column that holds a code of an open list
CODE = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*")
COUNTRY = re.compile(r"[A-Z]{2}")
STATES = "state."
COUNTRIES = "iccam.hotline"
CATEGORIES = "rrt.category"

# Lists of outside systems: a code without the exact value of the other side could never be sent.
OUTSIDE = ("iccam.", "ucs.", "xarf.", "ncmec.", "dsa.", "iwf.", "ec.", "inhope.")
# Lists whose codes stand in the program's own rules: a new code would mean nothing to them.
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


def may_add(vocabulary: str, *, is_open: bool) -> bool:
    """Whether staff may add a code: the list is open, no rule of the program names its codes, and no outside system defines them."""
    if not is_open or vocabulary in IN_RULES or vocabulary.startswith(STATES):
        return False
    return vocabulary == COUNTRIES or not vocabulary.startswith(OUTSIDE)


def may_retire(vocabulary: str) -> bool:
    """States are never retired: rows stand in them. Everything else has days of validity."""
    return not vocabulary.startswith(STATES)


def is_fit_code(vocabulary: str, code: str) -> bool:
    """Whether a new code has the form that the list's codes have: upper-case symbols, or two letters for a country."""
    if vocabulary == COUNTRIES:
        return bool(COUNTRY.fullmatch(code))
    return len(code) <= LONGEST_CODE and bool(CODE.fullmatch(code))
