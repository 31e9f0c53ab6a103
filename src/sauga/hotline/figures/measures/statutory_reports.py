"""Statutory reports of the hotline: the Commission's quarterly figures, INHOPE's dimensions, and the further
counts of RRT's press releases."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from sauga.hotline.figures.measures.takedown import SERVICE
from sauga.hotline.figures.queries import counts as count_queries
from sauga.hotline.figures.queries import takedown as q
from sauga.kernel.figures import Measure, Period, Row, counted, counted_by

NOT_SAID = "NOT_SAID"
ABUSE = _(
    "Addresses reported in the period and judged child sexual abuse material, each occurrence once, by "
    "the valid verdict."
)


def _counted(
    code: str,
    title: Any,
    definition: Any,
    unit: str,
    *,
    by: str,
    counts: Callable[[Period], Mapping[str, int]],
) -> Measure:
    """A measure that counts by one dimension; its parts sum to the whole."""
    return Measure(code, title, definition, unit, SERVICE, counted_by(by, counts=counts), breakdown=(by,))


def _abuse(
    code: str, title: Any, by: str, part: Callable[[count_queries.Judged], str], definition: Any = ABUSE
) -> Measure:
    def counts(period: Period) -> Mapping[str, int]:
        return Counter(part(row) for row in count_queries.judged_abuse(*period.bounds))

    return _counted(code, title, definition, "ADDRESS", by=by, counts=counts)


def _actions(period: Period) -> Iterable[Row]:
    done, n = count_queries.actions_on_abuse(*period.bounds)
    for action, count in sorted(done.items()):
        yield Row({"action": action}, count, count)
    yield Row({}, n, n)


MEASURES = (
    Measure(
        "hotline.consultations",
        _("Consultations"),
        _(
            "Questions answered: hijacked accounts, privacy, help with removal. Counted beside the "
            "routes, never among them."
        ),
        "REPORT",
        SERVICE,
        counted(lambda period: q.press(*period.bounds).consultations),
    ),
    Measure(
        "hotline.duplicates",
        _("Repeats of confirmed reports"),
        _(
            "Reports all of whose addresses were known, when the first report led to a sent notice or "
            "a recorded hand-over."
        ),
        "REPORT",
        SERVICE,
        counted(lambda period: q.press(*period.bounds).duplicates),
    ),
    _counted(
        "hotline.ec_volume",
        _("European Commission: reports, new and repeated"),
        _(
            "Reports received without spam. Repeated: all of its addresses were known, whatever came "
            "of the first report."
        ),
        "REPORT",
        by="volume",
        counts=lambda period: count_queries.volume(*period.bounds),
    ),
    _counted(
        "hotline.ec_topics",
        _("European Commission: other topics"),
        _(
            "Reports about something else than child sexual abuse material, spam and questions "
            "included, by the category of the report."
        ),
        "REPORT",
        by="topic",
        counts=lambda period: count_queries.topics(*period.bounds),
    ),
    _abuse(
        "hotline.ec_kinds",
        _("European Commission: kinds of abuse material"),
        "kind",
        lambda row: row.ec_kind or NOT_SAID,
    ),
    _abuse("hotline.ec_sites", _("European Commission: kinds of site"), "site", lambda row: row.ec_site),
    _abuse(
        "hotline.ec_hosting",
        _("European Commission: place of hosting"),
        "location",
        lambda row: count_queries.LOCATION[row.location],
    ),
    Measure(
        "hotline.ec_actions",
        _("European Commission: what was done"),
        _(
            "Abuse material by what was done with it: hand-overs recorded and notices sent, never what "
            "was only decided. "
            "One address may count under several actions, so they do not sum to the whole."
        ),
        "ADDRESS",
        SERVICE,
        _actions,
        breakdown=("action",),
        additive=False,
    ),
    _abuse("hotline.inhope_age", _("INHOPE: age of the youngest"), "age", lambda row: row.age),
    _abuse("hotline.inhope_sex", _("INHOPE: sex"), "sex", lambda row: row.sex),
    _abuse("hotline.inhope_sites", _("INHOPE: kind of site"), "sort", lambda row: row.site),
    _abuse(
        "hotline.inhope_known",
        _("INHOPE: new and known"),
        "novelty",
        lambda row: "URLS_NEW" if row.number == 1 else "URLS_KNOWN",
        _(
            "Abuse material reported in the period. New: found at this address for the first time. "
            "Known: there again after a removal."
        ),
    ),
    _counted(
        "hotline.answers",
        _("Providers' answers"),
        _(
            "Addresses in notices first sent in the period, by the provider's last answer; what was "
            "not answered stays in the whole."
        ),
        "ADDRESS",
        by="answer",
        counts=lambda period: count_queries.answers(*period.bounds),
    ),
)
