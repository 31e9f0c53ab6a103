"""Opening hours in words: today, tomorrow, a weekday; open, full, paused, closed, and when it opens next."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sauga.helpline.line.rules.hours import Availability, Piece
from sauga.helpline.rota.queries.opening_hours import Day, Opening
from sauga.kernel import vocab
from sauga.kernel.clock import VILNIUS
from sauga.kernel.i18n import long_date

WEEK = 7
SAID_WHY = frozenset({"HOLIDAY", "LAST_START", "QUEUE_LONG"})
"""Reasons that help a visitor to decide; the others are those of the desk."""


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


def span(begins: datetime, ends: datetime, *, is_short: bool = False) -> str:
    """„18:00–23:00“, never broken over two lines; short without the minutes of whole hours, „18–23“."""
    times = [clock_time(begins), end_time(ends)]
    if is_short:
        times = [time.removesuffix(":00").removeprefix("0") or "0" for time in times]
    return "\u2060–\u2060".join(times)


def weekday(day: date) -> str:
    """„Antradienis“ to head a row."""
    return date_format(day, "l").capitalize()


def moment(at: datetime, now: datetime, *, since: bool = False) -> str:
    """„šiandien 18:00“, „rytoj 18:00“, „trečiadienį 18:00“, later with the date: what stands after a verb.
    `since`: „rytoj nuo 18:00“.
    """
    day, today = at.astimezone(VILNIUS).date(), now.astimezone(VILNIUS).date()
    if day == today:
        words = _("today")
    elif day == today + timedelta(days=1):
        words = _("tomorrow")
    elif day < today + timedelta(days=WEEK):
        words = _on_weekday(day)
    else:
        words = pgettext("when", "on %(date)s") % {"date": long_date(day)}
    said = pgettext("when", "%(day)s from %(time)s") if since else pgettext("when", "%(day)s at %(time)s")
    return said % {"day": words, "time": clock_time(at)}


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
    """Why no new contact is taken; where the words for a child would not suit an adult, those for adults."""
    if for_adults and (said := vocab.term("door_reason", code).says("adult")):
        return said
    return vocab.label("door_reason", code)


def again(found: Iterable[Opening], now: datetime) -> str:
    """When people talk again in one of these ways, in a sentence that does not promise more than is certain:
    the first certain opening, else the first published one; empty when nothing is known.
    """
    coming = [(not one.next_is_certain, one.next_at) for one in found if one.next_at is not None]
    if not coming:
        return ""
    is_likely, begins = min(coming)
    said = _("We expect to talk again %(when)s.") if is_likely else _("We talk again %(when)s.")
    return said % {"when": moment(begins, now, since=True)}


def wait_words(low: int | None, high: int | None) -> str:
    """„Dažniausiai laukiama 10–20 minučių.“; empty when it cannot be said honestly."""
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
    """Letters have no hours, unless they are paused."""
    if found.is_open:
        return Words("info", _("Write at any time"), [_("We most often answer within a day.")], is_open=True)
    return Words("wait", _("Closed now"), [vocab.label("door_reason", found.reason)])


def _shut(found: Opening, now: datetime) -> Words:
    """What is closed is never said as a shortage or a fault: only what helps to decide what to do."""
    badge = _("Full now") if found.state == Availability.FULL else _("Closed now")
    why = vocab.label("door_reason", found.reason) if found.reason in SAID_WHY else ""
    return Words("wait", badge, [line for line in (why, again([found], now)) if line])


@dataclass(frozen=True)
class Row:
    """One day of the list of hours: a text a channel, as „11–23“; empty where it is closed."""

    day: str
    is_today: bool
    hours: list[str]


def table(days: Iterable[Day], channels: tuple[str, ...], now: datetime) -> list[Row]:
    """The coming days as rows, channels as columns: the published hours, one line a day."""
    today = now.astimezone(VILNIUS).date()
    found = list(days)
    rows = []
    for day in dict.fromkeys(one.date for one in found):
        by_channel = {one.channel: one for one in found if one.date == day}
        name = pgettext("hours", "%(day)s, today") % {"day": weekday(day)} if day == today else weekday(day)
        rows.append(Row(name, day == today, [hours_of(by_channel[one], is_short=True) for one in channels]))
    return rows


def hours_of(day: Day, *, is_short: bool = False) -> str:
    """„18:00–23:00“, short „18–23“; several stretches behind a comma, a whole day in words; empty for none.

    Of a whole day only the part that is certain is said: one cannot plan with the rest.
    """
    pieces = list(day.pieces)
    if _is_whole_day(_joined(pieces)):
        pieces = [piece for piece in pieces if piece.is_certain]
        if not pieces:
            return pgettext("hours", "when somebody is on duty")
    stretches = _joined(pieces)
    if _is_whole_day(stretches):
        return pgettext("hours", "day and night")
    return ", ".join(span(begins, ends, is_short=is_short) for begins, ends in stretches)


def _joined(pieces: Iterable[Piece]) -> list[tuple[datetime, datetime]]:
    """Stretches without the cuts where only their certainty changes."""
    found: list[tuple[datetime, datetime]] = []
    for piece in pieces:
        if found and found[-1][1] == piece.begins:
            found[-1] = (found[-1][0], piece.ends)
        else:
            found.append((piece.begins, piece.ends))
    return found


def _is_whole_day(stretches: list[tuple[datetime, datetime]]) -> bool:
    return any(clock_time(begins) == clock_time(ends) == "00:00" for begins, ends in stretches)


def usual(days: Iterable[Day]) -> str:
    """The hours of one channel in a few words: of every day where all are the same, else of today."""
    said = [hours_of(day) for day in days]
    if not said or not said[0]:
        return ""
    if len(set(said)) == 1 and len(said) == WEEK:
        return pgettext("hours", "every day %(hours)s") % {"hours": said[0]}
    return pgettext("hours", "today %(hours)s") % {"hours": said[0]}


def of_today(phone: Day, chat: Day) -> str:
    """The hours of today in one sentence."""
    by_phone, by_chat = hours_of(phone), hours_of(chat)
    if by_phone and by_chat:
        said = _("Today by phone %(phone)s, by chat %(chat)s.")
    elif by_phone:
        said = _("Today by phone %(phone)s. There is no chat today, but you can write a letter.")
    elif by_chat:
        said = _("Today by chat %(chat)s. The telephone is silent today, but you can write a letter.")
    else:
        said = _("Today you can write a letter.")
    return said % {"phone": by_phone, "chat": by_chat}
