"""The helpline's exact figures, for staff only. The public reads the published statistics."""

from collections.abc import Sequence
from datetime import timedelta
from typing import override

from django.http import HttpRequest
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sauga.helpline.overview.figures import NO_EQUIVALENT
from sauga.helpline.overview.queries import figures as q
from sauga.helpline.overview.rules import exports
from sauga.helpline.permissions import Permission
from sauga.helpline.records.rules import networks
from sauga.kernel import vocab
from sauga.kernel.figures.pages import FigureFile, FiguresPage, Section
from sauga.kernel.figures.texts import bar_chart, duration_text, percent
from sauga.kernel.kit.lists import Empty
from sauga.kernel.ui import charts
from sauga.kernel.ui.components import Figure, Table

DEFINITIONS = (
    (
        gettext_lazy("Attempt"),
        gettext_lazy(
            "Somebody pressed start, sent a letter, or the line rang. Each ends in exactly one outcome."
        ),
    ),
    (
        gettext_lazy("Without counselling"),
        gettext_lazy(
            "Picked up, but silent, a prank or a test. Never taken out of a denominator, and nobody is "
            "blocked for it."
        ),
    ),
    (
        gettext_lazy("Abandoned"),
        gettext_lazy(
            "Left before anybody was there. Those who left within 15 seconds are counted and shown apart."
        ),
    ),
    (
        gettext_lazy("Redirected"),
        gettext_lazy(
            "Out of hours, busy, the queue had closed, or a letter was chosen instead; the letter is "
            "an attempt of its own."
        ),
    ),
    (
        gettext_lazy("Exports"),
        format_lazy(
            gettext_lazy(
                "Both networks’ tables come from the same records. Each table adds up to the same "
                "number of contacts; "
                "fewer than {threshold} are hidden, with what would give them away."
            ),
            threshold=exports.THRESHOLD,
        ),
    ),
)


class HelplineFigures(FiguresPage):
    """Attempts with their outcomes, waits, letters in time, and the tables of both networks over
    the same contacts.
    """

    template = "helpline/overview/desk/figures.html"
    title = gettext_lazy("Helpline figures")
    service = "helpline"
    permission, export_permission = Permission.SEE_FIGURES, Permission.EXPORT_FIGURES
    is_exact = True
    days_note = ""
    definitions = DEFINITIONS
    files = {"insafe": "Insafe CSV", "chi": "CHI CSV"}
    empty = Empty(
        title=gettext_lazy("Nobody tried to reach the line in this period"),
        text=gettext_lazy("Choose another period."),
    )

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.days = (self.period.start, self.period.end)
        self.lines = q.tallies(*self.days)
        self.all, self.in_hand, self.contacts = (
            self.lines[-1],
            q.in_hand(*self.days),
            q.counselled(*self.days),
        )
        self.is_empty = not self.all.attempted and not self.in_hand.open

    @override
    def intro(self) -> str:
        text = ngettext(
            "%(n)s attempt to reach the line between %(first)s and %(last)s.",
            "%(n)s attempts to reach the line between %(first)s and %(last)s.",
            self.all.attempted,
        )
        return text % {
            "n": self.all.attempted,
            "first": date_format(self.period.start),
            "last": date_format(self.period.last),
        }

    @override
    def warning(self) -> str:
        left, unwritten = self.in_hand.open, self.in_hand.unwritten
        is_open = ngettext(
            "%(n)s attempt of this period is still open", "%(n)s attempts of this period are still open", left
        )
        waits = ngettext(
            "%(n)s answered one waits for its record.",
            "%(n)s answered ones wait for their record.",
            unwritten,
        )
        then = _("Until then the figures may still change and nothing is exported.")
        return f"{is_open % {'n': left}}; {waits % {'n': unwritten}} {then}" if left or unwritten else ""

    @override
    def key_figures(self) -> list[Figure]:
        if self.is_empty:
            return []
        waited, talked, letters = q.waits(*self.days), q.talks(*self.days), q.letters(*self.days)
        told, better = q.moods(*self.days)
        return [
            Figure(
                title=_("Counselled, of all attempts"),
                value=percent(self.all.strict_rate),
                note=_("picked up %(share)s") % {"share": percent(self.all.pick_up_rate)},
                definition=_(
                    "Answered divided by answered, abandoned, redirected and without counselling. "
                    "Nothing leaves the denominator."
                ),
                code="answer-rate",
            ),
            Figure(
                title=_("Median wait"),
                value=_seconds(waited.half),
                note=_("nine of ten within %(most)s; %(n)s waits in all")
                % {"most": _seconds(waited.most), "n": number_format(waited.n)},
                definition=_(
                    "From the queue to a counsellor, everybody who was picked up in writing or by phone."
                ),
                code="wait",
            ),
            Figure(
                title=_("Letters answered within a day"),
                value=percent(letters.in_time),
                note=_("median %(half)s")
                % {"half": _seconds(letters.minutes.half and letters.minutes.half * 60)},
                definition=_("Of all letters that wanted an answer; those not answered yet count as late."),
                code="letters-in-time",
            ),
            Figure(
                title=_("Median duration"),
                value=_seconds(talked.half),
                note=_("%(better)s of %(told)s who ticked it felt better afterwards")
                % {"better": better, "told": told}
                if told
                else _("Nobody ticked how it was for them afterwards."),
                definition=_("Median length of counselling conversations and calls, from counsellor to end."),
                code="talk",
            ),
        ]

    @override
    def sections(self) -> list[Section]:
        n, online = len(self.contacts), networks.online(self.contacts)
        chi, insafe = (
            networks.counted(networks.CHI, self.contacts)[0],
            networks.counted(networks.INSAFE, online)[3],
        )
        note = ngettext(
            "%(n)s counselling contact, framework of Child Helpline International",
            "%(n)s counselling contacts, framework of Child Helpline International",
            n,
        )
        of_these = ngettext(
            "%(n)s of these contacts, Insafe categories",
            "%(n)s of these contacts, Insafe categories",
            len(online),
        )
        topics = _network_chart(chi, _("Counselling contacts by the group of their first topic"))
        categories = _network_chart(insafe, _("Contacts about the internet by their first category"))
        found = [
            _outcomes(self.lines),
            Section(_("How long people waited"), _waiting(q.waits(*self.days))),
            Section(_("What they talked about"), topics, note % {"n": n}),
            Section(_("When the internet played a part"), categories, of_these % {"n": len(online)}),
        ]
        return [] if self.is_empty else found

    @override
    def file(self, name: str) -> FigureFile:
        """One network's tables, small cells hidden, with the mark of its content."""
        made = exports.export(name, self.period.code, self.contacts)
        mark = (name, self.period.code, "mark", "sha256", made.mark, str(made.contacts))
        return FigureFile(
            what=name,
            head=exports.HEAD,
            rows=[*made.rows, mark],
            cases=made.contacts,
            name=f"{name}-{self.period.code}",
        )


def _outcomes(lines: Sequence[q.Tally]) -> Section:
    title = _("Every attempt has one outcome")
    head = [
        _("Channel"),
        _("Attempted"),
        _("Answered"),
        _("Abandoned"),
        _("of these within 15 s"),
        _("Redirected"),
    ]
    head += [_("Without counselling"), _("Answered of all"), _("Picked up")]
    note = _("attempted = answered + abandoned + redirected + without counselling")
    return Section(title, [Table(caption=title, head=head, rows=[_line(line) for line in lines])], note)


def _line(line: q.Tally) -> list[str]:
    name = vocab.label("channel", line.channel) if line.channel else _("All")
    counts = (line.answered, line.abandoned, line.short, line.deflected, line.non_data)
    answered = format_html("{} {}", percent(line.strict_rate), charts.share_bar(line.strict_rate or 0.0))
    return [
        name,
        format_html("<b>{}</b>", line.attempted),
        *map(str, counts),
        answered,
        percent(line.pick_up_rate),
    ]


def _waiting(waited: q.Spread) -> list[charts.Chart]:
    names = [*(_("up to %(edge)s") % {"edge": _seconds(edge)} for edge in q.WAIT_EDGES), _("longer")]
    columns = list(zip(names, waited.columns, strict=True)) if waited.n else []
    drawn = charts.distribution(
        [charts.Bin(name, n) for name, n in columns],
        title=_("How long people waited for a person"),
        description=_("Median wait %(half)s, nine of ten within %(most)s")
        % {"half": _seconds(waited.half), "most": _seconds(waited.most)},
        table=Table(
            caption=_("Waiting"),
            head=[_("Waiting"), _("People")],
            rows=[[name, str(n)] for name, n in columns],
        ),
    )
    return [drawn] if columns else []


def _network_chart(table: networks.Counted, title: str) -> list[charts.Chart]:
    named = [
        (str(NO_EQUIVALENT.get(code) or networks.label(table.column, code)), n) for code, n in table.cells
    ]
    rows = [[name, number_format(n)] for name, n in named]
    return (
        [bar_chart(title, named, Table(caption=title, head=[_("Group"), _("Contacts")], rows=rows))]
        if rows
        else []
    )


def _seconds(seconds: float | None) -> str:
    return duration_text(None if seconds is None else timedelta(seconds=seconds))
