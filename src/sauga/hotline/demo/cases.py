"""What is reported in the demo, as data: neutral addresses on synthetic hosts, categories, verdicts, and what
became of each."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from random import Random

from sauga.hotline.assessment.actions.verdicts import Verdict
from sauga.hotline.demo.places import DELIVERY, PROMPT, SILENT, SLOW, Host

REACH = timedelta(days=100)  # how far back the stories begin
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


class Ending(StrEnum):
    """What becomes of the content of a case.

    The value is the behaviour of the synthetic internet that matches it.
    """

    STILL_UP = "online"
    GONE = "gone"
    SAYS_REMOVED = "soft-en"
    TO_HOME = "redirect-home"
    NO_ANSWER = "maintenance"
    BEHIND_LOGIN = "login-wall"
    CHALLENGE = "captcha"


REMOVED = (Ending.GONE, Ending.SAYS_REMOVED, Ending.TO_HOME)


@dataclass(frozen=True, kw_only=True)
class Case:
    """One handled report. `waits` until an analyst begins;

    `stays` is how long the content stays up after that (if it is removed at all); `says` is the provider's
    answer if it is not the usual one.
    """

    address: str
    host: Host
    category: str
    ago: timedelta
    waits: timedelta
    stays: timedelta
    ending: Ending
    language: str = "lt"
    note: str = ""
    says: str = ""

    @property
    def verdict(self) -> Verdict:
        """The verdict that fits the category."""
        return verdict_for(self.category, self.language)


BASIS = {
    "CSAM": ("BASELINE", "BK_309"),
    "PORNOGRAPHY": ("PROHIBITED", "IX_1067"),
    "HATE": ("PROHIBITED", "I_1418_19"),
    "WAR_PROPAGANDA": ("PROHIBITED", "I_1418_19"),
    "DRUGS": ("PROHIBITED", "I_1418_19"),
    "CYBERBULLYING_VISUAL": ("PROHIBITED", "SVIETIMO"),
    "PERSONAL_DATA": ("PROHIBITED", "X_614"),
    "MINORS_VIOLENCE": ("RESTRICTED", "IX_1067"),
    "MINORS_FEAR_SELF_HARM": ("RESTRICTED", "IX_1067"),
    "FRAUD_CYBER": ("INCIDENT", "X_614"),
}


def verdict_for(category: str, language: str = "lt") -> Verdict:
    """A whole verdict for a category of the demo."""
    code, act = BASIS[category]
    site = "FORUM" if language == "lt" else "WEBSITE"
    if code != "BASELINE":
        return Verdict(verdict=code, legal_act=act, site_type=site)
    return Verdict(
        verdict=code,
        legal_act=act,
        age="PRE_PUBESCENT",
        sex="NOT_DETERMINED",
        site_type="IMAGE_HOST",
        commerciality="NON_COMMERCIAL",
        virtual="NO",
        user_generated="NO",
        xarf_class="BASELINE",
    )


NOTES = (
    "Radau spustelėjęs reklamą po straipsniu.",
    "Nuoroda ateina el. paštu kaip naujienlaiškis.",
    "Tą patį mačiau ir prieš savaitę, tada puslapis buvo kitoks.",
    "Mokiniai siunčia vieni kitiems šią nuorodą.",
    "I reached it from a search result.",
    "",
    "",
    "",
)
NAMES = {
    PROMPT: ("forumas", "nuotraukos", "failai", "skelbimai", "galerija"),
    SLOW: ("board", "files", "pictures", "talk"),
    SILENT: ("mirror", "archive", "paste"),
    DELIVERY: ("cdn-media", "cdn-front"),
}
PATHS = ("tema", "irasas", "albumas", "view", "p", "thread")
# How often each host is reported, the median hours that content stays there after the analyst begins, and the
# share that goes at all.
HABITS = {PROMPT: (9, 6.0, 0.96), SLOW: (7, 50.0, 0.85), SILENT: (2, 200.0, 0.5), DELIVERY: (2, 30.0, 0.8)}
CATEGORIES = {
    PROMPT: ("CSAM", "HATE", "CYBERBULLYING_VISUAL", "PORNOGRAPHY", "CSAM", "DRUGS", "PERSONAL_DATA"),
    SLOW: ("HATE", "PORNOGRAPHY", "CSAM", "WAR_PROPAGANDA", "DRUGS"),
    SILENT: ("HATE", "PORNOGRAPHY", "CSAM", "FRAUD_CYBER", "MINORS_VIOLENCE"),
    DELIVERY: ("CSAM", "HATE"),
}
WAITS = {
    "CSAM": (0.1, 2.5),
    "FRAUD_CYBER": (3.0, 30.0),
    "PERSONAL_DATA": (3.0, 30.0),
    "MINORS_VIOLENCE": (3.0, 30.0),
}


def handled(random: Random, many: int) -> list[Case]:
    """So many cases that went their whole way, spread over the last weeks, more of them lately; the same for
    the same seed."""
    hosts = [host for host, (often, _, _) in HABITS.items() for _ in range(often)]
    return [_case(random, random.choice(hosts), number) for number in range(many)]


def _case(random: Random, host: Host, number: int) -> Case:
    _, median, share = HABITS[host]
    category = random.choice(CATEGORIES[host])
    ago = timedelta(days=2) + (REACH - timedelta(days=2)) * random.random() ** 1.2
    low, high = WAITS.get(category, (0.5, 14.0))
    stays = HOUR * median * random.lognormvariate(0, 1.3)
    goes = random.random() < share
    ways = (
        (Ending.SAYS_REMOVED, Ending.TO_HOME, Ending.GONE)
        if host is SLOW
        else (Ending.GONE, Ending.GONE, Ending.TO_HOME)
    )
    stuck = (Ending.STILL_UP, Ending.STILL_UP, Ending.NO_ANSWER, Ending.BEHIND_LOGIN, Ending.CHALLENGE)
    return Case(
        address=f"http://{random.choice(NAMES[host])}.{host.domain}/"
        f"{random.choice(PATHS)}/{1000 + number * 7}",
        host=host,
        category=category,
        ago=ago,
        waits=HOUR * random.uniform(low, high),
        stays=stays,
        ending=random.choice(ways) if goes else random.choice(stuck),
        language="en" if random.random() < 0.2 else "lt",
        note=random.choice(NOTES),
    )
