"""Who is asked for a session. Pure: the same request and the same candidates give the same order."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

NEAR, COUNTY = 0, 1


@dataclass(frozen=True)
class Request:
    """What a host asks for. `organisations` are the keys of the host's own organisation and the same body."""

    municipality: str
    county: str
    topic: str
    language: str
    audience: str = ""
    organisations: Collection[int] = ()


@dataclass(frozen=True)
class Candidate:
    """An ambassador: profile, load in the month of the request, requests not answered yet."""

    key: int
    level: int
    municipalities: Collection[str]
    counties: Collection[str]
    topics: Collection[str]
    languages: Collection[str]
    audiences: Collection[str]
    most_a_month: int
    accepted: int
    waiting: int
    takes_requests: bool = True
    was_asked: bool = False
    is_host: bool = False
    workplaces: Collection[int] = ()


FIRST_LEVEL = 1


def suits(request: Request, one: Candidate) -> bool:
    """Whether an ambassador may be asked: topic, language and audience fit, there is room in the month, the
    place is near, it is not their own request, and level 1 speaks at the own organisation only.
    """
    return (
        one.takes_requests
        and not one.was_asked
        and not one.is_host
        and one.accepted < one.most_a_month
        and (not request.topic or request.topic in one.topics)
        and request.language in one.languages
        and (not request.audience or request.audience in one.audiences)
        and (request.municipality in one.municipalities or request.county in one.counties)
        and (one.level > FIRST_LEVEL or bool(set(request.organisations) & set(one.workplaces)))
    )


def order(request: Request, one: Candidate) -> tuple[int, int, int, int]:
    """Nearest first, then those with the least to do, then those with the fewest open requests."""
    near = NEAR if request.municipality in one.municipalities else COUNTY
    return near, one.accepted, one.waiting, one.key


def chosen(request: Request, candidates: Iterable[Candidate], most: int) -> list[Candidate]:
    """Who is asked now."""
    fitting = [one for one in candidates if suits(request, one)]
    return sorted(fitting, key=lambda one: order(request, one))[:most]
