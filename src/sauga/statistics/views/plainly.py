"""The opening of the public page: the period in sentences, what children talk about as a chart, and how long
people waited. What is hidden or has not been counted is left out, never said as zero."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext, pgettext

from sauga.kernel.figures import Total, label
from sauga.kernel.figures.texts import with_unit
from sauga.kernel.ui.components import Table
from sauga.statistics.queries import Shown

OPENING = (
    "helpline.answered",
    "helpline.topics",
    "hotline.received",
    "hotline.action_excl_dup",
    "hotline.takedown_median",
)
"""The measures that the sentences are made of."""
WAITING = (
    "helpline.wait_median",
    "helpline.letters_in_time",
    "helpline.pick_up_rate",
    "helpline.answer_rate",
)
OTHER = "NO_EQUIVALENT"
"""The group of what the framework of the measure has no topic for."""
HOURS, IN_DAYS = 24, 2
"""Hours of a day, and from how many days on a time is said in days."""

type Measured = Mapping[str, Shown]


@dataclass(frozen=True)
class Bar:
    """One topic: its name, its number in words, and the length of its bar, 0 to 100."""

    name: str
    number: str
    length: int


@dataclass(frozen=True)
class Topics:
    """What was talked about, with the definition of what is counted and below which number it is hidden.

    `rest` says which contacts stand in no bar; empty when the bars are all.
    """

    bars: list[Bar]
    rest: str
    definition: str | Promise
    threshold: int


def sentences(shown: Measured) -> list[SafeString]:
    """Up to three sentences: who was talked with, what was reported, how soon it was gone."""
    return [one for one in (_talked(shown), _reported(shown), _gone(shown)) if one]


def topics(shown: Measured) -> Topics | None:
    """What children and adults talked about, the most frequent first and what no topic fits last; None where
    nothing may be shown.
    """
    measure = shown.get("helpline.topics")
    cells = _topics(measure)
    if measure is None or not cells:
        return None
    others = [one for one in measure.totals if one.dims.get("group") == OTHER and _is_known(one)]
    largest = max(_value(one) for one in (*cells, *others))
    bars = [
        Bar(_topic(measure, one), _whole(one), max(1, round(100 * _value(one) / largest)))
        for one in (*cells, *others)
    ]
    drawn = sum(int(_value(one)) for one in (*cells, *others))
    return Topics(bars, _rest(shown, drawn), measure.measure.definition, measure.measure.threshold)


def _rest(shown: Measured, drawn: int) -> str:
    """Why the topics do not add up to all contacts that were answered."""
    answered = _all(shown, "helpline.answered")
    missing = int(_value(answered)) - drawn
    if answered is None or missing <= 0:
        return ""
    return ngettext(
        "The topics add up to %(drawn)s of %(all)s contacts. The other one has no topic in its record, or a "
        "topic with too few contacts to be shown.",
        "The topics add up to %(drawn)s of %(all)s contacts. The other %(missing)s have no topic in their "
        "records, or topics with too few contacts to be shown.",
        missing,
    ) % {
        "drawn": number_format(drawn, decimal_pos=0),
        "all": _whole(answered),
        "missing": number_format(missing, decimal_pos=0),
    }


def waiting_table(shown: Measured) -> Table | None:
    """How long people waited, and how many were reached; None where nothing is known yet."""
    known = [shown[code] for code in WAITING if code in shown and _is_known(shown[code].all)]
    if not known:
        return None
    rows = [(str(one.title), with_unit(one.all, one.measure.unit)) for one in known]
    return Table(caption=_("How long people waited"), head=[_("Measure"), _("Value")], rows=rows)


def _talked(shown: Measured) -> SafeString | None:
    answered = _all(shown, "helpline.answered")
    if answered is None:
        return None
    n, measure = int(_value(answered)), shown.get("helpline.topics")
    cells = _topics(measure)
    if measure is None or not cells:
        words = ngettext(
            "We talked with children and adults <b>{n}</b> time.",
            "We talked with children and adults <b>{n}</b> times.",
            n,
        )
        return format_html(words, n=_whole(answered))
    words = ngettext(
        "We talked with children and adults <b>{n}</b> time; the most frequent topic was “{topic}”.",
        "We talked with children and adults <b>{n}</b> times; the most frequent topic was “{topic}”.",
        n,
    )
    return format_html(words, n=_whole(answered), topic=_topic(measure, cells[0]))


def _reported(shown: Measured) -> SafeString | None:
    received, acted = _all(shown, "hotline.received"), _all(shown, "hotline.action_excl_dup")
    if received is None:
        return None
    n = int(_value(received))
    if acted is None:
        words = ngettext(
            "We received <b>{n}</b> report of content.", "We received <b>{n}</b> reports of content.", n
        )
        return format_html(words, n=_whole(received))
    words = ngettext(
        "We received <b>{n}</b> report of content; <b>{acted}</b> led to action.",
        "We received <b>{n}</b> reports of content; <b>{acted}</b> led to action.",
        n,
    )
    return format_html(words, n=_whole(received), acted=_whole(acted))


def _gone(shown: Measured) -> SafeString | None:
    median = shown.get("hotline.takedown_median")
    everywhere = median.all if median else None
    if median is None or not _is_known(everywhere):
        return None
    at_home = median.at(hosting="LT")
    if not _is_known(at_home):
        return format_html(
            _("Half of the illegal pages were gone within <b>{time}</b> of our first notice."),
            time=_days(everywhere),
        )
    return format_html(
        _(
            "Half of the illegal pages were gone within <b>{time}</b> of our first notice, "
            "and of those hosted in this country within <b>{at_home}</b>."
        ),
        time=_days(everywhere),
        at_home=_days(at_home),
    )


def _topics(measure: Shown | None) -> list[Total]:
    """The cells with a topic that may be shown, the largest first."""
    cells = [
        one
        for one in (measure.totals if measure else ())
        if one.dims and one.dims["group"] != OTHER and _is_known(one)
    ]
    return sorted(cells, key=lambda one: (-_value(one), one.dims["group"]))


def _topic(measure: Shown, total: Total) -> str:
    code = total.dims["group"]
    return _("Other topics") if code == OTHER else label(measure.measure, "group", code)


def _all(shown: Measured, code: str) -> Total | None:
    found = shown[code].all if code in shown else None
    return found if _is_known(found) else None


def _is_known(total: Total | None) -> bool:
    return total is not None and not total.hidden and bool(total.value)


def _value(total: Total | None) -> float:
    return float(total.value or 0) if total else 0.0


def _whole(total: Total | None) -> str:
    return number_format(int(_value(total)), decimal_pos=0)


def _days(total: Total | None) -> str:
    """„15 valandų“, „3,6 dienos“: hours rounded up, so that “within” stays true."""
    days = _value(total)
    if days >= IN_DAYS:
        return pgettext("decimal", "%(n)s days") % {"n": number_format(days, decimal_pos=1)}
    hours = ceil(days * HOURS)
    return npgettext("within", "%(n)s hour", "%(n)s hours", hours) % {"n": hours}
