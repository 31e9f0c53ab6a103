"""Opening hours in words: today, tomorrow, a weekday; open, full, paused, closed, and when it opens next."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sauga.helpline.line.rules.hours import Availability, Piece
from sauga.helpline.rota.queries.opening import Day, Opening
from sauga.kernel import vocab
from sauga.kernel.clock import VILNIUS
from sauga.kernel.i18n import long_date

WEEK = 7


@dataclass(frozen=True)
class Words:
    """One channel's state in words: a badge, and short sentences under it."""

    tone: str
    badge: str
    lines: list[str] = field(default_factory=list)
    is_open: bool = False


def clock_time(at: datetime) -> str:
    """„18:00“, in Vilnius."""
    return f"{at.astimezone(VILNIUS):%H:%M}"


def end_time(at: datetime) -> str:
    """The same for an end: midnight is 24:00."""
    time = clock_time(at)
    return "24:00" if time == "00:00" else time


def span(begins: datetime, ends: datetime) -> str:
    """„18:00–23:00“, never broken over two lines."""
    return f"{clock_time(begins)}\u2060–\u2060{end_time(ends)}"


def stretch(piece: Piece) -> str:
    """„18:00–23:00“; a whole day in words and, while nobody has confirmed it, without any: the badge beside
    it says what is so.
    """
    is_whole_day = clock_time(piece.begins) == clock_time(piece.ends) == "00:00"
    if not is_whole_day:
        return span(piece.begins, piece.ends)
    return pgettext("hours", "day and night") if piece.is_certain else ""


def weekday(day: date) -> str:
    """„Antradienis“ to head a row."""
    return date_format(day, "l").capitalize()


def moment(at: datetime, now: datetime) -> str:
    """„šiandien 18:00“, „rytoj 18:00“, „trečiadienį 18:00“, later with the date: what stands after a verb."""
    day, today = at.astimezone(VILNIUS).date(), now.astimezone(VILNIUS).date()
    if day == today:
        words = _("today")
    elif day == today + timedelta(days=1):
        words = _("tomorrow")
    elif day < today + timedelta(days=WEEK):
        words = _on_weekday(day)
    else:
        words = pgettext("when", "on %(date)s") % {"date": long_date(day)}
    return pgettext("when", "%(day)s at %(time)s") % {"day": words, "time": clock_time(at)}


def _on_weekday(day: date) -> str:
    """A day of the coming week, in the case that other languages than English need here."""
    return [
        pgettext("when", "on Monday"),
        pgettext("when", "on Tuesday"),
        pgettext("when", "on Wednesday"),
        pgettext("when", "on Thursday"),
        pgettext("when", "on Friday"),
        pgettext("when", "on Saturday"),
        pgettext("when", "on Sunday"),
    ][day.weekday()]


def reason(code: str, *, for_adults: bool = False) -> str:
    """Why nobody is taken in; where the words for a child would not suit an adult, those for adults."""
    if for_adults and (said := vocab.term("door_reason", code).says("adult")):
        return said
    return vocab.label("door_reason", code)


def next_opening(found: Opening, now: datetime) -> str:
    """When it opens next, in a sentence that does not promise more than is certain; empty when
    nothing is known.
    """
    if found.next_at is None:
        return ""
    said = (
        _("We open %(when)s.")
        if found.next_is_certain
        else _("We may open %(when)s. Look here again before then.")
    )
    return said % {"when": moment(found.next_at, now)}


def wait_words(low: int | None, high: int | None) -> str:
    """„Dažniausiai laukiama 10–20 minučių.“; empty when nobody can say honestly."""
    if low is None or high is None:
        return ""
    if low == high:
        return _("The wait is usually about %(n)d min.") % {"n": low}
    return _("The wait is usually %(low)d–%(high)d min.") % {"low": low, "high": high}


def chat(found: Opening, now: datetime, wait: tuple[int | None, int | None] = (None, None)) -> Words:
    """The conversation in writing."""
    if found.is_open:
        lines = []
        if found.until and found.last_start and found.last_start != found.until:
            said = _("Today until %(until)s. We start new conversations until %(last)s.")
            lines.append(said % {"until": end_time(found.until), "last": clock_time(found.last_start)})
        elif found.until:
            lines.append(_("Today until %(until)s.") % {"until": end_time(found.until)})
        return Words("good", _("Open now"), [*lines, *filter(None, [wait_words(*wait)])], is_open=True)
    return _shut(found, now)


def phone(found: Opening, now: datetime) -> Words:
    """The telephone. A full line may free itself any minute, so one may try."""
    busy = _("If the line is busy, call again in a few minutes.")
    if found.is_open:
        until = [_("Today until %(until)s.") % {"until": end_time(found.until)}] if found.until else []
        return Words("good", _("Open now"), [*until, busy], is_open=True)
    shut = _shut(found, now)
    return Words(shut.tone, shut.badge, [*shut.lines, busy]) if found.state == Availability.FULL else shut


def letter(found: Opening) -> Words:
    """Letters have no hours, unless somebody paused them."""
    if found.is_open:
        return Words("info", _("Write at any time"), [_("We most often answer within a day.")], is_open=True)
    return Words("wait", _("Paused"), [vocab.label("door_reason", found.reason)])


def _shut(found: Opening, now: datetime) -> Words:
    badge = {Availability.FULL: _("Full now"), Availability.PAUSED: _("Paused")}.get(
        found.state, _("Closed now")
    )
    reason = vocab.label("door_reason", found.reason) if found.reason else ""
    return Words("wait", badge, [line for line in (reason, next_opening(found, now)) if line])


@dataclass(frozen=True)
class Hours:
    """One stretch of hours: when (empty for a whole day that is not certain), and whether somebody has said
    that they will be there.
    """

    when: str
    is_certain: bool


@dataclass(frozen=True)
class Row:
    """One day of the table of hours: a cell a channel."""

    day: str
    is_today: bool
    cells: list[list[Hours]]


def table(days: Iterable[Day], channels: tuple[str, ...], now: datetime) -> list[Row]:
    """The coming days as rows, channels as columns."""
    today = now.astimezone(VILNIUS).date()
    found = list(days)
    rows = []
    for day in dict.fromkeys(one.date for one in found):
        by_channel = {one.channel: one for one in found if one.date == day}
        cells = [
            [Hours(stretch(piece), piece.is_certain) for piece in by_channel[name].pieces]
            for name in channels
        ]
        name = pgettext("hours", "%(day)s, today") % {"day": weekday(day)} if day == today else weekday(day)
        rows.append(Row(name, day == today, cells))
    return rows
