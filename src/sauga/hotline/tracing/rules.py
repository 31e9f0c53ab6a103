"""What the sources together say about hosting, and how certain that is.

Disagreement is shown, never decided by majority.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Answer:
    """What one source said (vocabulary trace.source), and the date of its data."""

    source: str
    value: str = ""
    network: str = ""
    asn: int | None = None
    country: str = ""
    table: str = ""
    as_of: date | None = None
    emails: tuple[str, ...] = ()


@dataclass(frozen=True)
class Hosting:
    """The picture the sources give together."""

    country: str
    confidence: str
    network: str
    asn: int | None


# Sources in the order in which we believe them about the country of an address.
TRUST = ("PERSON", "PROVIDER_ANSWER", "RDAP_IP", "COUNTRY_TABLE", "ASN_TABLE")


def combine(answers: Sequence[Answer], *, masked: bool = False) -> Hosting:
    """One picture: AGREED when two sources name the same country, SINGLE when one does, CONFLICT when they
    differ, MASKED behind a CDN."""
    said = [answer for source in TRUST for answer in answers if answer.source == source and answer.country]
    named = next(
        (answer for source in TRUST for answer in answers if answer.source == source and answer.network), None
    )
    number = next((answer.asn for answer in answers if answer.asn), None)
    network = named.network if named else ""
    if masked:
        return Hosting("", "MASKED", network, number)
    if not said:
        return Hosting("", "NONE", network, number)
    countries = {answer.country for answer in said}
    voices = {
        (answer.source, answer.table) for answer in said
    }  # one source asked about two addresses is still one source
    confidence = "CONFLICT" if len(countries) > 1 else "AGREED" if len(voices) > 1 else "SINGLE"
    return Hosting(said[0].country, confidence, network, number)


def network_number(said: Sequence[tuple[int | None, str]], country: str) -> int | None:
    """The one network number that the sources name (number, country): those that agree with the item's
    country count before the others.

    None where they name several: a provider's machine files a notice by this number, and a wrong one sends it
    to another.
    """
    agreeing = {number for number, place in said if number and country and place == country}
    found = agreeing or {number for number, _place in said if number}
    return found.pop() if len(found) == 1 else None


def hosting_class(kind: str, hosting: Hosting, inhope_countries: Collection[str], home: str = "LT") -> str:
    """The class that routing rules use (vocabulary item.hosting_class)."""
    if kind == "ONION":
        return "ONION"
    if kind != "WEB":
        return "NON_WEB"
    if hosting.confidence == "MASKED":
        return "CDN_MASKED"
    if not hosting.country:
        return "UNRESOLVED"
    if hosting.country == home:
        return "LT"
    return "INHOPE_ABROAD" if hosting.country in inhope_countries else "OTHER_ABROAD"
