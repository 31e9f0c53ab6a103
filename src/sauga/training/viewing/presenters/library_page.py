"""The page of a library: the phases of the evening, the checklist, what to do after a test, the next step."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from sauga.kernel.clock import VILNIUS
from sauga.kernel.i18n import duration
from sauga.training.states import SiteState
from sauga.training.viewing.documents import TIME
from sauga.training.viewing.models import SiteTest, ViewingSite
from sauga.training.viewing.queries import links
from sauga.training.viewing.rules import Advice, Findings
from sauga.training.webinars.rules import Phase


@dataclass(frozen=True)
class Step:
    """One phase of the evening."""

    label: str
    note: str
    is_done: bool
    is_now: bool


def phases(site: ViewingSite, test: SiteTest | None, at: datetime) -> list[Step]:
    """Test, waiting, live, count: which is done and which is now."""
    times = site.webinar.times
    starts, ends = times.starts.astimezone(VILNIUS), times.over_at.astimezone(VILNIUS)
    phase = times.phase(at)
    tested = site.state not in (SiteState.INVITED, SiteState.ENROLLED)
    counted = site.state in (SiteState.COUNTED, SiteState.CLOSED)
    minutes = int((times.over_at - times.starts).total_seconds() // 60)
    now = (
        0 if not tested and phase in (Phase.AHEAD, Phase.DOORS)
        else {Phase.AHEAD: 1, Phase.DOORS: 1, Phase.LIVE: 2, Phase.OVER: 3}[phase]
    )  # fmt: skip
    passed = date_format(localtime(test.at), "MONTH_DAY_FORMAT") if test and test.passed else ""
    labels = (
        (pgettext("evening", "Test"), passed or gettext("10 minutes")),
        (pgettext("evening", "Waiting"), gettext("until %(hour)s") % {"hour": starts.strftime(TIME)}),
        (pgettext("evening", "Live"), duration(timedelta(minutes=minutes))),
        (pgettext("evening", "Count"), gettext("from %(hour)s") % {"hour": ends.strftime(TIME)}),
    )
    return [
        Step(
            label,
            note,
            is_done=(counted if place == 3 else tested if place == 0 else place < now),
            is_now=place == now and not (counted and place == 3),
        )
        for place, (label, note) in enumerate(labels)
    ]


@dataclass(frozen=True)
class Check:
    """One line of “prepared”: what it is, whether it is done, and what to press where it is not."""

    text: str
    is_done: bool
    href: str = ""
    action: str = ""
    post: str = ""


def checklist(site: ViewingSite, test: SiteTest | None) -> list[Check]:
    """What is prepared for the evening and what is not."""
    test_href = links.own_path(site, "site-test")
    found = [
        _connection(test, test_href),
        Check(gettext("The filter lets the picture through"), bool(test and test.picture), test_href, _do()),
        Check(gettext("The sound is heard in the room"), bool(test and test.sound), test_href, _do()),
    ]
    if site.webinar.fallback:
        text = gettext("The recording is on the computer")
        found.append(Check(text, site.fallback_at is not None, "", pgettext("prepared", "Done"), "fallback"))
    text = gettext("Paper questions are printed")
    found.append(Check(text, site.slips_at is not None, "", pgettext("prepared", "Done"), "slips"))
    return found


def _do() -> str:
    return pgettext("equipment", "Test")


def _connection(test: SiteTest | None, href: str) -> Check:
    if test is None:
        return Check(gettext("Connection not tested"), False, href, _do())
    found = Findings(test.picture, test.sound, test.smooth, test.kbit, test.fallback)
    if test.kbit is None:
        text = gettext("Connection: the film ran") if test.smooth else gettext("Connection: the film stopped")
    else:
        speed = f"{test.kbit / 1000:.1f}".replace(".", pgettext("decimal mark", "."))
        text = gettext("Connection: %(speed)s Mbit/s") % {"speed": speed}
    return Check(text, found.is_fast, href, _do())


ADVICE: dict[str, tuple[Any, Any]] = {
    Advice.PICTURE: (
        _("The picture does not move"),
        _(
            "Often the filter of the school or library holds films back. Ask your IT support to let through "
            "this address: %(host)s (https, port 443, MP4 films). Then test again. Another browser or "
            "another computer may help too."
        ),
    ),
    Advice.SOUND: (
        _("There is no sound"),
        _(
            "Check that the computer is not muted, that the cable to the screen or the loudspeakers is "
            "plugged in, and that the right output is chosen in the sound settings. Then test again."
        ),
    ),
    Advice.SLOW: (
        _("The connection is too slow"),
        _(
            "Use a network cable instead of Wi-Fi, close other programs, and ask colleagues not to download "
            "anything during the webinar. If it stays slow, show the recording from your computer."
        ),
    ),
    Advice.SMALL: (
        _("The connection is enough for the smaller picture"),
        _("On a large screen it is less sharp. With a network cable instead of Wi-Fi it is often better."),
    ),
    Advice.FALLBACK: (
        _("You can hold the evening anyway"),
        _(
            "Download the recording on the page of your library the day before and try it in the room. Then "
            "answer in this test that it plays: with the recording your library is ready too, and questions "
            "go to the speaker from your telephone."
        ),
    ),
}


def advice_of(test: SiteTest, host: str) -> list[tuple[str, str]]:
    """What to do after a test, as headings and sentences."""
    found = Findings(test.picture, test.sound, test.smooth, test.kbit, test.fallback)
    return [
        (str(ADVICE[code][0]), str(ADVICE[code][1]) % {"host": host})
        for code in found.advice()
        if not (code == Advice.FALLBACK and test.fallback)
    ]


def next_step(site: ViewingSite, at: datetime) -> str:
    """The code of the one thing that a library should do now; the page shows it first."""
    if site.webinar.is_off:
        return "cancelled"
    is_over = site.webinar.phase(at) == Phase.OVER
    is_ahead = site.webinar.phase(at) == Phase.AHEAD
    return {
        SiteState.INVITED: "closed" if is_over else "enrol",
        SiteState.ENROLLED: "test",
        SiteState.TECH_TESTED: "ready",
        SiteState.READY: "wait" if is_ahead else "show",
        SiteState.LIVE: "count" if is_over else "showing",
        SiteState.OVERDUE: "count",
        SiteState.COUNTED: "thanks",
        SiteState.NO_SHOW: "no_show",
        SiteState.CLOSED: "closed",
    }[SiteState(site.state)]
