"""A library of another country's centre on the synthetic internet: twelve records behind OAI-PMH 2.0, with
resumption and deletions.

Its own small provider, written after the standard and knowing nothing of the installation: what the
installation harvests in demo and tests. `misbehave` lets it answer as broken or hostile ones do.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

from sauga.world.hosts.answers import Answer, Ask

HOST = "library.neighbour.example"
PATH = "/oai"
XML = "text/xml; charset=utf-8"
PAGE = 5
BEGAN = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
FORM = "%Y-%m-%dT%H:%M:%SZ"
BY, BY_SA, OLD = (
    f"https://creativecommons.org/licenses/{kind}/" for kind in ("by/4.0", "by-sa/4.0", "by/3.0")
)
WORDS = (
    (
        "Think before you share",
        "A lesson about pictures of others and asking first.",
        "lesson plan",
        "data privacy",
        BY,
    ),
    (
        "Who wrote this?",
        "Pupils look for the source of a message.",
        "lesson plan",
        "fake news and disinformation",
        BY,
    ),
    (
        "Screens at dinner",
        "A leaflet for families who want to agree on quiet hours.",
        "leaflet",
        "parental mediation",
        BY_SA,
    ),
    (
        "Password pantomime",
        "A game about good passwords, without a computer.",
        "game",
        "technical settings",
        BY,
    ),
    (
        "Kind words online",
        "Posters for the corridor, to be printed in A3.",
        "poster",
        "digital citizenship",
        BY,
    ),
    (
        "What does a filter do?",
        "Slides on edited pictures for grades 5–8.",
        "presentation",
        "media literacy and education",
        OLD,
    ),
    ("Loot boxes explained", "A short film with captions.", "video", "loot boxes", "All rights reserved"),
    ("My first phone", "A family agreement to fill in together.", "worksheet", "parental mediation", ""),
    ("Chat with care", "Questions about strangers in games.", "quiz", "gaming", BY),
    ("Helping a friend", "What to say when somebody is treated badly.", "guide", "cyberbullying", BY_SA),
    ("Grandparents online", "A course of four evenings.", "course", "e-crime and online fraud", BY),
    ("Adverts everywhere", "Spot the paid post.", "activity", "advertising and commercialism", BY),
)
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">'.encode() for n in range(9))
    + b"]><OAI-PMH>&j;</OAI-PMH>"
)
OUTSIDE = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><OAI-PMH>&x;</OAI-PMH>'
)
WAYS: Mapping[str, Answer] = {
    "bomb": Answer(200, BOMB, XML),
    "outside": Answer(200, OUTSIDE, XML),
    "huge": Answer(200, content_type=XML, stream="endless"),
    "broken": Answer(200, b"<OAI-PMH><ListRecords>", XML),
    "page": Answer(200, b"<html><body>Welcome</body></html>", "text/html"),
    "busy": Answer(503, b"later", "text/plain", {"Retry-After": "600"}),
    "away": Answer(302, headers={"Location": "http://127.0.0.1/oai"}),
}


@dataclass(frozen=True)
class Entry:
    """One record of the library."""

    number: int
    title: str
    text: str
    kind: str
    subject: str
    rights: str
    changed: datetime
    is_gone: bool = False

    @property
    def identifier(self) -> str:
        return f"oai:{HOST}:{self.number}"


@dataclass
class Library:
    """The library's shelves. `now` is its own clock, a second later with every change."""

    entries: dict[int, Entry] = field(default_factory=dict)
    now: datetime = BEGAN
    way: str = ""
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """The shelves as they were at first."""
        self.now, self.way = BEGAN, ""
        self.asked.clear()
        self.entries = {
            number: Entry(number, *words, BEGAN + timedelta(minutes=number))
            for number, words in enumerate(WORDS, 1)
        }
        self.now = BEGAN + timedelta(days=1)

    def misbehave(self, way: str) -> None:
        """Answer so from now on (a key of WAYS, “loop”, or empty for well)."""
        self.way = way

    def change(self, number: int, **words: str) -> None:
        """Write a record anew."""
        self._put(replace(self.entries[number], **words))  # type: ignore[arg-type]  # words only

    def remove(self, number: int) -> None:
        """Take a record from the shelves; its header stays, marked as deleted."""
        self._put(replace(self.entries[number], is_gone=True))

    def put_back(self, number: int) -> None:
        """On the shelves again."""
        self._put(replace(self.entries[number], is_gone=False))

    def _put(self, entry: Entry) -> None:
        self.now += timedelta(hours=1)
        self.entries[entry.number] = replace(entry, changed=self.now)
        self.now += timedelta(hours=1)

    def answer(self, ask: Ask) -> Answer:
        """What one question gets."""
        self.asked.append(ask.path)
        parts = urlsplit(ask.path)
        if parts.path != PATH:
            return Answer(404, b"no such page", "text/plain")
        if self.way in WAYS:
            return WAYS[self.way]
        given = {name: values[0] for name, values in parse_qs(parts.query).items()}
        verbs = {
            "Identify": self._identify,
            "ListMetadataFormats": self._formats,
            "ListRecords": self._records,
        }
        verb = given.get("verb", "")
        inner = verbs[verb](given) if verb in verbs else '<error code="badVerb">no such question</error>'
        head = f"<responseDate>{self.now.strftime(FORM)}</responseDate><request>http://{HOST}{PATH}</request>"
        body = (
            f'<?xml version="1.0" encoding="UTF-8"?><OAI-PMH '
            f'xmlns="http://www.openarchives.org/OAI/2.0/">{head}{inner}</OAI-PMH>'
        )
        return Answer(200, body.encode(), XML)

    def _identify(self, given: dict[str, str]) -> str:
        said = {
            "repositoryName": "Neighbour Safer Internet Library",
            "baseURL": f"http://{HOST}{PATH}",
            "protocolVersion": "2.0",
            "adminEmail": f"library@{HOST}",
            "earliestDatestamp": BEGAN.strftime(FORM),
            "deletedRecord": "persistent",
            "granularity": "YYYY-MM-DDThh:mm:ssZ",
        }
        return (
            f"<Identify>{''.join(f'<{name}>{escape(text)}</{name}>' for name, text in said.items())}</"
            f"Identify>"
        )

    def _formats(self, given: dict[str, str]) -> str:
        known = ("oai_dc", "oai_lom")
        return (
            "<ListMetadataFormats>"
            + "".join(
                f"<metadataFormat><metadataPrefix>{name}</metadataPrefix><schema>http://{HOST}/"
                f"{name}.xsd</schema>"
                f"<metadataNamespace>http://{HOST}/{name}</metadataNamespace></metadataFormat>"
                for name in known
            )
            + "</ListMetadataFormats>"
        )

    def _records(self, given: dict[str, str]) -> str:
        token = given.get("resumptionToken", "")
        prefix, start, place = (
            token.split("!")
            if token.count("!") == 2
            else (given.get("metadataPrefix", ""), given.get("from", ""), "0")
        )
        if prefix not in {"oai_dc", "oai_lom"} or not place.isdigit():
            return (
                f'<error code="{"badResumptionToken" if token else "cannotDisseminateFormat"}">not so</error>'
            )
        found = sorted(
            (one for one in self.entries.values() if one.changed.strftime(FORM) >= start),
            key=lambda one: one.changed,
        )
        if not found:
            return '<error code="noRecordsMatch">nothing since then</error>'
        first = int(place)
        some, more = found[first : first + PAGE], first + PAGE < len(found)
        onward = f"{prefix}!{start}!{first if self.way == 'loop' else first + PAGE}" if more else ""
        tail = (
            f'<resumptionToken completeListSize="{len(found)}" cursor="{first}">{onward}</resumptionToken>'
            if more or first
            else ""
        )
        return f"<ListRecords>{''.join(_record(one, prefix) for one in some)}{tail}</ListRecords>"


def _record(one: Entry, prefix: str) -> str:
    mark = ' status="deleted"' if one.is_gone else ""
    head = (
        f"<header{mark}><identifier>{one.identifier}</identifier><datestamp>{one.changed.strftime(FORM)}</"
        f"datestamp></header>"
    )
    if one.is_gone:
        return f"<record>{head}</record>"
    return (
        f"<record>{head}<metadata>{_lom(one) if prefix == 'oai_lom' else _dublin_core(one)}</metadata></"
        f"record>"
    )


def _dublin_core(one: Entry) -> str:
    said = {
        "title": one.title,
        "description": one.text,
        "subject": one.subject,
        "creator": "Neighbour Safer Internet Centre",
        "publisher": "Neighbour Safer Internet Centre",
        "type": one.kind,
        "language": "en",
        "rights": one.rights,
        "identifier": f"https://{HOST}/items/{one.number}",
    }
    inner = "".join(f"<dc:{name}>{escape(text)}</dc:{name}>" for name, text in said.items() if text)
    space = (
        'xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    )
    return f"<oai_dc:dc {space}>{inner}</oai_dc:dc>"


def _lom(one: Entry) -> str:
    def string(text: str) -> str:
        return f'<string language="en">{escape(text)}</string>'

    card = "BEGIN:VCARD\nVERSION:3.0\nFN:Neighbour Safer Internet Centre\nEND:VCARD"
    people = "".join(
        f"<contribute><role><source>LOMv1.0</source><value>{role}</value></role><entity>{card}</"
        f"entity></contribute>"
        for role in ("author", "publisher")
    )
    rights = f"<rights><description>{string(one.rights)}</description></rights>" if one.rights else ""
    return (
        '<lom xmlns="http://ltsc.ieee.org/xsd/LOM">'
        f"<general><title>{string(one.title)}</title><language>en</"
        f"language><description>{string(one.text)}</description>"
        f"<keyword>{string(one.subject)}</keyword><keyword>{string('neighbour')}</keyword></general>"
        f"<lifeCycle>{people}</lifeCycle><technical><location>https://{HOST}/items/{one.number}</"
        f"location></technical>"
        f"<educational><learningResourceType><source>LREv3.0</source><value>{one.kind}</value></"
        f"learningResourceType>"
        "<intendedEndUserRole><source>LOMv1.0</source><value>teacher</value></intendedEndUserRole>"
        f"<typicalAgeRange>{string('10-14')}</typicalAgeRange><typicalLearningTime><duration>PT45M</"
        f"duration></typicalLearningTime>"
        f"</educational>{rights}</lom>"
    )
