"""Everything that reads a format from outside, fed with 64 KiB and 1 MiB made to be slow,
deep or large for it.

A parser answers, or refuses in its own words, in a time that grows with the input; it never ends in a
RecursionError or a fault of another module. Where a new one is written, `test_every_parser_is_in_the_table`
asks for its row.
"""

import io
import json
import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest
from bounds.finding import parsers
from bounds.timing import SMALL, check_growth, seconds

from sauga.events.checkin.actions.scans import ScanRefused
from sauga.events.checkin.views import check_in
from sauga.helpline.calls.rules import switchboard, turn_credentials
from sauga.helpline.line.rules import redaction
from sauga.hotline.addresses.rules import addresses, hashes
from sauga.hotline.monitoring.rules import page_text, signatures
from sauga.kernel.audit import heads
from sauga.kernel.credentials import verification
from sauga.kernel.credentials.exports import pictures
from sauga.kernel.i18n import find_personal, fold, normalised, phrases, search_words, sort_key
from sauga.kernel.i18n.readability import troubles
from sauga.kernel.identity.signin import mfa
from sauga.kernel.identity.signin.mfa import FactorRefused
from sauga.kernel.integration import signed_messages
from sauga.kernel.kit import unsent
from sauga.kernel.kit.editors import shape
from sauga.kernel.kit.imports.formats import open_table
from sauga.kernel.kit.imports.layout import TableRefused
from sauga.kernel.live.hub import read_payload
from sauga.kernel.media.refusals import FileRefused
from sauga.kernel.media.upload_checks import captions, containers, drawings, kinds
from sauga.kernel.members.signin import webauthn
from sauga.kernel.notifications.bounces import reports
from sauga.kernel.outbound import rdap
from sauga.kernel.outbound.http import bodies
from sauga.kernel.outbound.results import Probe
from sauga.kernel.sealed.errors import TicketInvalid
from sauga.kernel.sealed.signatures import archives, web_tokens
from sauga.kernel.sealed.visitors import tickets
from sauga.kernel.ui.public_frame.language import preferred
from sauga.portal.queries import desk, links
from sauga.portal.rules import richtext
from sauga.repository.resources.rules import notation
from sauga.repository.search.rules import distress
from sauga.repository.syndication.rules import oai_client as harvested
from sauga.repository.syndication.rules import oai_protocol, xliff
from sauga.repository.syndication.rules.import_columns import LAYOUT
from sauga.repository.syndication.standards.xml import UNSPEAKABLE
from sauga.training.courses.rules import h5p, imported, scorm
from sauga.training.learning.rules import runs
from sauga.training.learning.views import packages as package_files
from sauga.training.streaming.rules import offers
from sauga.training.tools.rules import registration as tool_addresses
from sauga.training.tools.rules import scores as tool_scores
from tests.repetition import often

pytestmark = pytest.mark.unit
type Made = Callable[[int], Any]


@dataclass(frozen=True)
class Row:
    """One way in: what reads, hostile inputs by size, what it may raise, and the places in the source
    that it stands for.
    """

    reads: Callable[[Any], Any]
    hostile: dict[str, Made]
    refuses: tuple[type[Exception], ...] = ()
    places: tuple[str, ...] = ()


def again(unit: str | bytes, *, before: str | bytes = "", after: str | bytes = "") -> Made:
    """A unit repeated to the size, with something before and after it."""
    if isinstance(unit, bytes):
        start, end = before or b"", after or b""
        return lambda size: start + unit * (size // len(unit)) + end
    return lambda size: before + unit * (size // len(unit)) + after


def nested(opens: str, closes: str, *, before: str = "", after: str = "") -> Made:
    def made(size: int) -> str:
        depth = size // (len(opens) + len(closes))
        return before + opens * depth + closes * depth + after

    return made


def as_bytes(made: Made) -> Made:
    return lambda size: made(size).encode()


def zipped(
    name: str, content: Callable[[int], bytes], method: int = zipfile.ZIP_DEFLATED, **more: bytes
) -> Made:
    """An archive with one large member beside small ones."""

    def made(size: int) -> bytes:
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w", method, compresslevel=1) as archive:
            for other, body in more.items():
                archive.writestr(other, body)
            archive.writestr(name, content(size))
        return held.getvalue()

    return made


def members(count: Callable[[int], int]) -> Made:
    """An archive of nothing but names."""

    def made(size: int) -> bytes:
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w") as archive:
            for number in range(count(size)):
                archive.writestr(f"{number}", b"")
        return held.getvalue()

    return made


SVG = '<svg xmlns="http://www.w3.org/2000/svg">'
MARKS = "\u0301\u0323"
TEXTS: dict[str, Made] = {
    "marks in turn": again(MARKS, before="a"),
    "spaces": again(" ", after="x"),
    "lines": again("\n", after="x"),
    "commas": again(",", after="x"),
    "points and letters": again("A."),
    "digits": again("6 001 23 456 "),
    "one word": again("a"),
    "capitals": again("A"),
    "brackets": again("(", before="a"),
    "closed brackets": again(")", before="a"),
    "letters and marks": again("ą̣́"),
    "addresses": again("a@a.example "),
    "schools": again("gimnazij"),
    "hyphens": again("---."),
    "a name that does not end": again("ausk", before=" A", after="1"),
    "an account": again("_a", before=" a", after="é"),
}
MARKUP: dict[str, Made] = {
    "links": again("<a "),
    "beginnings": again("<", after=">"),
    "comments": again("<!--"),
    "declarations": again("<!a"),
    "deep": nested("<b>", "</b>"),
    "never closed": again("<div>"),
    "entities": again("&"),
    "long entity": again("a", before="&"),
    "attributes": again("a=", before="<p "),
    "quotes": again("'", before="<p a="),
    "titles": again("<title>"),
    "scripts": again("<script>"),
    "spaces in a tag": again(" ", before="<p src="),
    "ends": again("</"),
}
XML: dict[str, Made] = {
    "deep": nested("<a>", "</a>"),
    "wide": again("<a/>", before="<a>", after="</a>"),
    "attributes": lambda size: "<a " + " ".join(f'a{n}=""' for n in range(size // 9)) + "/>",
    "a name": lambda size: f"<{'a' * size}/>",
    "bomb": lambda size: (
        '<!DOCTYPE a [<!ENTITY a "aaaa">' + "<!ENTITY b '&a;&a;&a;'>" * (size // 23) + "]><a>&b;</a>"
    ),
    "never closed": again("<a>"),
}
JSON: dict[str, Made] = {
    "deep": again("["),
    "deep objects": again('{"a":'),
    "digits": again("9"),
    "twins": again('"a":1,', before="{", after='"b":1}'),
    "text": again("\\u0000", before='"', after='"'),
    "numbers": again("1e999,", before="[", after="1]"),
}


def manifest_of(inner: Made) -> Made:
    """A manifest of SCORM 1.2 with this in its table of contents."""
    head = "<manifest><metadata><schemaversion>1.2</schemaversion></metadata><organizations><organization>"
    tail = '</organization></organizations><resources><resource identifier="r" href="a.html"/></resources>'
    return lambda size: f"{head}{inner(size)}{tail}</manifest>".encode()


def xliff_of(inner: Made) -> Made:
    head = f'<xliff xmlns="{xliff.NAMESPACE}" version="2.1" srcLang="lt" trgLang="en"><file id="f">'
    return lambda size: (head + inner(size) + "</file></xliff>").encode()


def oai_of(inner: Made) -> Made:
    return lambda size: (
        f"<OAI-PMH "
        f'xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>{inner(size)}</ListRecords></'
        f"OAI-PMH>"
    )


WEBM = b"\x1aE\xdf\xa3\x80\x18S\x80g\x01" + b"\xff" * 7
"""An empty head and a segment without a size."""
ROWS: dict[str, Row] = {
    "a file of a resource: markup": Row(
        lambda content: kinds.real_type(content, "a.svg"),
        {
            **{name: as_bytes(lambda size, made=made: SVG + made(size)) for name, made in MARKUP.items()},
            "spaces after a name": as_bytes(again(" ", before=f"{SVG}<p src=", after="x")),
            "events": as_bytes(again("on", before=SVG)),
            "before the root": as_bytes(again("<!-- -->", after="<")),
        },
        (FileRefused,),
    ),
    "a file of a resource: archive": Row(
        lambda content: kinds.real_type(content, "a.zip"),
        {
            "a large member": zipped("mimetype", lambda size: b"\0" * size * 100),
            "a large member of an unusual method": zipped(
                "mimetype", lambda size: b"\0" * size * 100, zipfile.ZIP_LZMA
            ),
            "many members": members(lambda size: size // 100),
            "signs of a list": again(b"PK\x01\x02", before=b"PK\x03\x04"),
        },
        (FileRefused,),
        ("sauga.kernel.zip_bounds:opened",),
    ),
    "a hand-over": Row(
        lambda content: archives.check(content, trusted=[]),
        {
            "a large member": zipped("a", lambda size: b"\0" * size * 100),
            "a large member of an unusual method": zipped(
                "a", lambda size: b"\0" * size * 100, zipfile.ZIP_LZMA
            ),
            "many members": members(lambda size: size // 100),
            "signs of a list": again(b"PK\x01\x02", before=b"PK\x03\x04"),
        },
        (archives.ArchiveRefused,),
        ("sauga.kernel.sealed.signatures.archives:_read",),
    ),
    "the manifest of a hand-over": Row(
        archives._manifest,
        {name: as_bytes(made) for name, made in JSON.items()},
        (archives.ArchiveRefused,),
        ("sauga.kernel.sealed.signatures.archives:_manifest",),
    ),
    "signed heads kept elsewhere": Row(
        lambda text: heads.read_heads([text], ()),
        {**JSON, **TEXTS},
        (),
        ("sauga.kernel.audit.heads:_object",),
    ),
    "captions": Row(
        lambda text: list(captions.faults("WEBVTT\n\n" + text)),
        {
            **TEXTS,
            "times": again("0", after=":00:00.000 --> 00:00.000"),
            "cues": again("00:00.000 --> 00:01.000\na\n\n"),
            "empty lines": again("\n \n"),
        },
    ),
    "captions brought": Row(
        captions.check,
        {
            "cues": as_bytes(again("00:00.000 --> 00:01.000\n")),
            "arrows": as_bytes(again("00:00.000 ", after="x")),
        },
        (FileRefused,),
    ),
    "a logo": Row(
        lambda content: drawings.rebuilt(content[: kinds.MOST_BYTES[kinds.Kind.LOGO]]),
        {
            "deep": as_bytes(nested("<g>", "</g>", before=SVG, after="</svg>")),
            "wide": as_bytes(again("<g/>", before=SVG, after="</svg>")),
            "a style within a style": as_bytes(again("style:", before=f'{SVG[:-1]} style="', after='"/>')),
            "a style of letters": as_bytes(again("a", before=f'{SVG[:-1]} style="', after='"/>')),
            "links": as_bytes(again("<a ", before=SVG)),
        },
        (FileRefused,),
        ("sauga.kernel.xml_trees:read",),
    ),
    "a film": Row(
        lambda content: containers.check(content, "video/mp4"),
        {
            "empty boxes": again(b"\0\0\0\x08free"),
            "zeros": again(b"\0"),
        },
        (FileRefused,),
    ),
    "a film of another kind": Row(
        lambda content: containers.check(WEBM + content, "video/webm"),
        {
            "empty elements": again(b"\xec\x80"),
            "clusters without a size": again(b"\x1fC\xb6u\xff"),
            "zeros": again(b"\0"),
        },
        (FileRefused,),
    ),
    "a recording": Row(
        lambda content: containers.check(content, "audio/mpeg"),
        {
            "tags": again(b"ID3\4\0\0\0\0\0\0"),
            "padding": again(b"\0", before=b"ID3\4\0\0\0\0\0\0"),
            "frames": again(b"\xff\xfb\x10\x00"),
        },
        (FileRefused,),
    ),
    "a translation": Row(
        xliff.read,
        {
            **{name: as_bytes(made) for name, made in XML.items()},
            "units in units": xliff_of(nested("<unit>", "</unit>")),
            "codes in codes": xliff_of(
                nested("<pc>", "</pc>", before="<unit><segment><source>", after="</source></segment></unit>")
            ),
            "notes": xliff_of(again("<notes/>", before="<unit>", after="</unit>")),
        },
        (xliff.XliffRefused,),
    ),
    "another library's answer": Row(
        harvested.read,
        {
            **XML,
            "records": oai_of(again("<record><header><identifier>a</identifier></header></record>")),
            "deep records": oai_of(nested("<record>", "</record>")),
        },
        (harvested.AnswerRefused,),
    ),
    "questions of harvesters": Row(
        oai_protocol._place,
        {"letters": again("A"), "json": again("W1tb"), "equals": again("=")},
        (oai_protocol.OaiRefused,),
        ("sauga.repository.syndication.rules.oai_protocol:_place",),
    ),
    "a table: CSV": Row(
        lambda content: list(open_table(LAYOUT, content, "csv").rows),
        {
            **{
                name: as_bytes(lambda size, made=made: "title_lt;type;licence\n" + made(size))
                for name, made in TEXTS.items()
            },
            "quotes": as_bytes(again('"', before="type;title_lt\n")),
            "columns": as_bytes(again("titel;")),
            "rows": as_bytes(again("a;\n", before="title_lt;type\n")),
            "formulae": as_bytes(again("-1 ", before="title_lt;type;licence\n", after="x;;\n")),
        },
        (TableRefused,),
        ("sauga.kernel.kit.imports.tables:_lines",),
    ),
    "a table: JSON": Row(
        lambda content: list(open_table(LAYOUT, content, "json").rows),
        {name: as_bytes(made) for name, made in JSON.items()},
        (TableRefused,),
        ("sauga.kernel.kit.imports.documents:_parsed",),
    ),
    "a table: workbook": Row(
        lambda content: list(open_table(LAYOUT, content, "xlsx").rows),
        {
            "a large part": zipped("xl/workbook.xml", lambda size: b"<a>" + b" " * size * 50),
            "an unusual method": zipped(
                "xl/workbook.xml", lambda size: b"<a>" + b" " * size * 50, zipfile.ZIP_BZIP2
            ),
            "a type far down": zipped("xl/workbook.xml", lambda size: b" " * size + b"<!DOCTYPE a><a/>"),
            "deep": zipped("xl/workbook.xml", as_bytes(nested("<a>", "</a>"))),
            "comments": zipped("xl/workbook.xml", as_bytes(again("<!-- -->"))),
            "many members": members(lambda size: size // 100),
        },
        (TableRefused,),
        ("sauga.kernel.kit.imports.sheets:_sheets",),
    ),
    "what a device at an entrance sends": Row(
        lambda content: check_in._json(SimpleNamespace(body=content)),
        {name: as_bytes(made) for name, made in JSON.items()},
        (ScanRefused,),
        ("sauga.events.checkin.views.check_in:_json",),
    ),
    "a body in plain text": Row(
        notation.read,
        {
            **TEXTS,
            "headings": again("# a\n"),
            "slots": again("[[logo]]\n"),
            "questions": again("? a\n- b\n"),
            "items": again("- a\n"),
        },
    ),
    "a page that is checked": Row(
        lambda text: signatures.signatures().said(page_text.read_page(text)),
        {**MARKUP, **TEXTS, "passwords": again("type=", before="<input ", after=">")},
    ),
    "a page's own words about itself": Row(
        lambda text: (bodies.refresh_target(text), bodies.decode(text.encode(), text[:200])),
        {
            **MARKUP,
            "metas": again("<meta "),
            "refresh": again(" ", before='<meta http-equiv=refresh content="1;', after='">'),
        },
    ),
    "a registry's answer": Row(
        lambda text: rdap.read_answer("a.example", Probe(url="https://a.example/", status=200, text=text)),
        {
            **JSON,
            "entities": again('{"entities":[', after=""),
            "cards": again(
                '["email",{},"text","a@a.example"],',
                before='{"entities":[{"vcardArray":["vcard",[',
                after="[]]]}]}",
            ),
            "contacts": again('{"roles":["abuse"]},', before='{"entities":[', after="{}]}"),
            "remarks": again('{"description":["abuse"]},', before='{"remarks":[', after="{}]}"),
            "lists in lists": nested("[", "]", before='{"remarks":[{"description":"abuse","a":', after="}]}"),
        },
        (),
        ("sauga.kernel.outbound.rdap:read_answer",),
    ),
    "a returned mail": Row(
        lambda raw: reports.read(raw, "<>"),
        {
            "lines": as_bytes(again("a\n", before="Subject: undeliverable\n\n")),
            "headers": as_bytes(again("a: b\n")),
            "parts in parts": lambda size: b"".join(
                b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(size // 60)
            ),
            "a few parts and many lines": lambda size: (
                b"".join(
                    b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(19)
                )
                + b"-\n" * (size // 2)
            ),
            "semicolons": as_bytes(again(";", before='Content-Type: text/plain; a="', after="\n\n")),
            "folded semicolons": as_bytes(
                again(";\n ", before='Content-Type: text/plain; a="', after="\n\n")
            ),
            "letters in letters": as_bytes(again("Content-Type: message/rfc822\n\n")),
            "reports": as_bytes(
                again("Action: failed\n\n", before="Content-Type: message/delivery-status\n\n")
            ),
            "a subject": as_bytes(again(" ", before="Subject: a", after="b\n\n")),
            "encoded words": as_bytes(again("=?utf-8?q?a?= ", before="Subject: ", after="\n\n")),
        },
        (),
        ("sauga.kernel.notifications.bounces.reports:read",),
    ),
    "another installation's message": Row(
        lambda raw: signed_messages._read(raw, {"payload", "signature"}),
        {name: as_bytes(made) for name, made in JSON.items()},
        (signed_messages.MessageRefused,),
        ("sauga.kernel.integration.signed_messages:_read",),
    ),
    "the switchboard": Row(
        switchboard.read,
        {name: as_bytes(made) for name, made in JSON.items()},
        (switchboard.NotUnderstood,),
        ("sauga.helpline.calls.rules.switchboard:_parse",),
    ),
    "a call's description": Row(
        turn_credentials.stripped,
        {
            "lines": again("a=mid:0\n", before="v=0\nm=audio 9 RTP 0\n"),
            "words": again("a", before="v=0\na=fmtp:1 "),
        },
        (turn_credentials.NotADescription,),
    ),
    "text of other forms": Row(
        lambda text: (unsent.read(text, "", ""), unsent.opening(text)),
        {
            **JSON,
            "forms": again(
                '{"path":"/","fields":{},"hidden":{},"open":true},',
                before='{"page":"/desk/","forms":[',
                after='{"path":"/","fields":{},"hidden":{},"open":true}]}',
            ),
        },
        (),
        ("sauga.kernel.kit.unsent:opening", "sauga.kernel.kit.unsent:read"),
    ),
    "a policy": Row(shape.read, JSON, (shape.PolicyUnfit,), ("sauga.kernel.kit.editors.shape:read",)),
    "fingerprints": Row(
        hashes.split_hashes, {**TEXTS, "digits": again("a" * 32 + "\n")}, (hashes.HashRefused,)
    ),
    "addresses in a report": Row(
        addresses.split_locations,
        {
            **TEXTS,
            "addresses glued": again("http://a.example/,"),
            "one address": again("a.example "),
            "many spellings": lambda size: " ".join(f"a.example#{n}" for n in range(size // 14)),
            "harmless points": again("[ . ]", before="a"),
            "labels": again("a.", after="example"),
            "escapes": again("%41", before="https://a.example/"),
            "dot segments": again("../", before="https://a.example/"),
            "foreign letters": again("ą", before="https://", after=".example"),
            "foreign words": again("https://ąžuolas.example/ ", after=""),
            "long foreign words": again("https://" + "ąž" * 2000 + ".example/ "),
            "numbers": again("1", before="https://"),
            "full stops": again(".", before="https://a.example/"),
        },
        (addresses.AddressRefused,),
    ),
    "one address": Row(
        lambda text: addresses.read_location(text[: addresses.LONGEST]),
        {**TEXTS, "foreign": again("ą", after=".lt")},
    ),
    "a ticket": Row(
        tickets.parse,
        {"letters": again("A"), "signs": again("-_"), "marks": again(MARKS)},
        (TicketInvalid,),
        ("sauga.kernel.sealed.visitors.tickets:parse",),
    ),
    "a passkey's answer": Row(
        mfa._parsed, JSON, (FactorRefused,), ("sauga.kernel.identity.signin.mfa:_parsed",)
    ),
    "a member's passkey's answer": Row(
        webauthn._parsed, JSON, (webauthn.PasskeyRefused,), ("sauga.kernel.members.signin.webauthn:_parsed",)
    ),
    "a signal": Row(read_payload, JSON, (), ("sauga.kernel.live.hub:read_payload",)),
    "languages of a browser": Row(
        preferred, {"commas": again(","), "languages": again("lt;q=0.1,"), "hyphens": again("x-")}
    ),
    "personal details": Row(find_personal, TEXTS),
    "what tells who somebody is": Row(redaction.found, TEXTS),
    "what somebody searches for": Row(
        distress.judge, {**TEXTS, "drawn out": again("aab"), "letter by letter": again("a ")}
    ),
    "what a child wrote": Row(
        phrases.read, {**TEXTS, "drawn out": again("aab"), "letter by letter": again("a ")}
    ),
    "folding": Row(lambda text: (fold(text), search_words(text), normalised(text, "NFKD")), TEXTS),
    "sorting": Row(sort_key, TEXTS),
    "reading levels": Row(
        lambda text: troubles(text, "lt", "easy_1"),
        {**TEXTS, "full stops": again(". "), "percentages": again("1")},
    ),
    "rich text": Row(
        lambda text: richtext.pieces(text[: 64 * 1024]),
        MARKUP,
        (RecursionError,),
        ("sauga.portal.rules.richtext:_read",),
    ),
    "links of rich text": Row(
        lambda text: links._rich(text, links.Links()),
        {
            **MARKUP,
            "pages": again('<a linktype="page" id="²">a</a>'),
            "long numbers": again("9", before='<a linktype="page" id="', after='">a</a>'),
        },
        (),
        ("sauga.portal.queries.links:_Anchors",),
    ),
    "words of rich text": Row(
        lambda text: list(desk.said_in(text)), MARKUP, (), ("sauga.portal.queries.desk:_Words",)
    ),
    "a certificate to be checked": Row(
        verification.check_file,
        {
            **{name: as_bytes(made) for name, made in JSON.items()},
            **{f"picture: {name}": as_bytes(made) for name, made in XML.items()},
            "a picture": as_bytes(
                again(
                    "[",
                    before=f'<svg xmlns:o="{pictures.NAMESPACE}"><o:credential>',
                    after="</o:credential></svg>",
                )
            ),
        },
        places=("sauga.kernel.credentials.verification:_read",),
    ),
    "a package's list of files": Row(
        imported.read,
        {
            "a large description": zipped("imsmanifest.xml", lambda size: b"<a>" + b" " * size * 50),
            "deep": zipped("imsmanifest.xml", as_bytes(nested("<a>", "</a>"))),
            "deep JSON": zipped("h5p.json", as_bytes(again("["))),
            "an unusual method": zipped("h5p.json", lambda size: b" " * size * 50, zipfile.ZIP_BZIP2),
            "many members": members(lambda size: size // 100),
        },
    ),
    "a manifest of SCORM": Row(
        lambda text: scorm.read(text, {"a.html"}),
        {
            **{name: as_bytes(made) for name, made in XML.items()},
            "items": manifest_of(again('<item identifier="a" identifierref="r"/>')),
            "items in items": manifest_of(nested("<item>", "</item>")),
            "steps upwards": manifest_of(again("../", before='<item parameters="', after='"/>')),
        },
    ),
    "a description of H5P": Row(
        lambda text: h5p.read(text.encode(), {"content/content.json"}),
        {
            **JSON,
            "libraries": again(
                '{"machineName":"A"},', before='{"preloadedDependencies":[', after='{"machineName":"A"}]}'
            ),
        },
        (),
        ("sauga.training.courses.rules.h5p:record",),
    ),
    "a package's report": Row(
        lambda text: runs.read("scorm2004", text),
        {
            **JSON,
            "goals": again('{"id":"a"},', before='{"run":"session1","goals":[', after='{"id":"a"}]}'),
            "digits of a score": again("9", before='{"run":"session1","raw":"', after='"}'),
        },
        (runs.ReportUnfit,),
        ("sauga.training.learning.rules.runs:read",),
    ),
    "a page of a package": Row(
        lambda text: package_files.with_scripts(text.encode(), "/x/", ("given.js",)),
        {**MARKUP, "heads": again("<head "), "roots": again("<html ")},
    ),
    "a score of a tool": Row(
        tool_scores.read_score,
        {name: as_bytes(made) for name, made in JSON.items()},
        (tool_scores.ScoreUnfit,),
        ("sauga.training.tools.rules.scores:read_score",),
    ),
    "keys of a tool": Row(
        web_tokens.read_keys,
        {
            **JSON,
            "keys": again('{"kty":"RSA","n":"AQAB","e":"AQAB"},', before='{"keys":[', after="{}]}"),
            "a number": again("A", before='{"kty":"RSA","e":"AQAB","n":"', after='"}'),
            "a block": again("A" * 64 + "\n", before="-----BEGIN PUBLIC KEY-----\n"),
        },
        (web_tokens.KeysUnreadable,),
        ("sauga.kernel.sealed.signatures.web_tokens:read_keys",),
    ),
    "a signed request of a tool": Row(
        lambda text: (web_tokens.key_name(text), web_tokens.unverified_issuer(text)),
        {"points": again("."), "a head": again("A", after=".A.A"), "deep": again("W1tb", after=".e30.A")},
    ),
    "parameters and addresses of a tool": Row(
        lambda text: (tool_addresses.is_address(text), tool_addresses.parameters(text)),
        TEXTS,
        (tool_addresses.LineUnfit,),
    ),
    "an offer over WHIP": Row(
        lambda text: offers.read(text.encode()),
        {
            **TEXTS,
            "lines": again("a=x\r\n", before="v=0\r\n"),
            "media": again("m=audio 9 UDP/TLS/RTP/SAVPF 1\r\n", before="v=0\r\n"),
            "payloads": again(" 1", before="v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF"),
            "bundled": again(" 1", before="v=0\r\na=group:BUNDLE"),
        },
        (offers.OfferRefused,),
    ),
    "words for XML": Row(lambda text: UNSPEAKABLE.sub("", text), TEXTS),
}

OWN: dict[str, str] = {
    f"sauga.{place}": why
    for why, places in {
        "a file of ours": (
            "events.followup.rules.starters:_read",
            "selfcheck.personal.actions.drafts:_shipped",
            "training.courses.actions.starter:_read",
            "training.streaming.rules.playlists:read_index",
            "events.planning.actions.templates:load_templates",
            "helpline.line.actions.hours:load_hours",
            "helpline.line.actions.texts:load_texts",
            "helpline.line.rules.redaction:_data",
            "helpline.line.rules.triage:_answers",
            "helpline.line.rules.triage:_book",
            "helpline.line.rules.triage:_rules",
            "hotline.notices.actions.templates:load_templates",
            "kernel.kit.editors.declared:shipped",
            "hotline.monitoring.rules.signatures:signatures",
            "kernel.identity.roles:_install_kinds",
            "portal.queries.drawings:alternative_texts",
            "project.core_texts:_of_lines",
            "project.core_texts:of_data",
            "kernel.i18n.languages:_read",
            "kernel.ui.icons:drawings",
            "kernel.credentials.integrity.contexts:_document",
            "kernel.vocab.data_files:_read",
            "portal.actions.partners:lines",
            "kernel.organisations.standard_kinds:install_kinds",
            "kernel.organisations.places:_counties",
            "kernel.organisations.places:_municipalities",
            "repository.search.rules.distress:_box",
            "repository.search.rules.distress:_read",
            "repository.search.rules.distress:_rules",
            "repository.search.rules.distress:_weights",
            "repository.search.rules.semantic_fields:_read",
            "repository.service:_load_words",
        ),
        "written by ourselves, encrypted or signed": (
            "events.planning.queries.imported:content_of",
            "events.proposals.queries.content:_open",
            "events.registration.queries.details:_details",
            "kernel.credentials.integrity.contexts:_document",
            "kernel.credentials.protection:_content",
            "kernel.credentials.protection:document_of",
            "helpline.chat.queries.desk:_offered_transfers",
            "kernel.audit.verification:_rows",
            "kernel.integration.receiver:open_payload",
            "kernel.kit.kept_forms:load",
            "kernel.integration.transport:carry",
            "kernel.members.protection:child_of",
            "kernel.media.sandbox.__main__:main",
            "kernel.sealed.people.vault:from_session",
            "panel.members.queries.protection:identity_of",
            "training.learning.queries.runs:held",
        ),
        "rows of our own tables, as the database writes them": ("kernel.statements:_rows",),
        "a signal of ours, with a description that was read before": (
            "helpline.calls.views.browser_call:events",
            "helpline.calls.views.browser_call:notify",
        ),
        "the operator's own file or setting": (
            "kernel.outbound.link:_read",
            "kernel.outbound.mail:_smarthost",
            "kernel.outbound.networks:_rows",
            "kernel.outbound.rdap:_read_services",
            "kernel.outbound.vantages:sources",
            "kernel.integration.peers:_read",
            "project.postgresql.database:django_config",
        ),
        "a backup, unsealed with the operator's key": (
            "project.postgresql.archive:_key_files",
            "project.postgresql.archive:_put_key_files",
            "project.postgresql.archive:read",
        ),
        "an archive that we write": (
            "kernel.sealed.signatures.archives:pack",
            "repository.deployments.packages.archive:packed",
            "repository.catalogue.bundles:_make",
        ),
        "an archive that was looked through before it was stored": (
            "training.courses.queries.packages:__init__",
        ),
        "our own pages, whose words are escaped": (
            "kernel.kit.prefilled_forms:_Reader",
            "portal.views.cms:_is_json",
            "repository.resources.rules.markup:parsed",
        ),
        "the answer of a decoding process, at most 128 KiB": ("kernel.media.upload_checks.decoder:_answer",),
        "what the processes of a broadcast say to each other, at most 256 KiB": (
            "training.streaming.tasks.session:main",
            "training.streaming.tasks.whip:_answer_in",
            "training.streaming.tasks.whip:_publish",
            "training.streaming.tasks.whip:_serve",
            "training.streaming.views.whip:_asked",
        ),
        "typed by a course editor, at most 8,000 characters, then checked": ("training.courses.forms:clean",),
        "an address to which we lead ourselves, at most 2,000 characters": (
            "project.requests.unsent:_lead_on",
        ),
        "a page that was sealed here, under a key of the form": ("kernel.kit.sent_forms:_again",),
        "cut to 4,000 characters before": ("kernel.live.streams:_positions",),
    }.items()
    for place in places
}
"""Parsers that read nothing from outside, each with its reason."""


@pytest.mark.prove
@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_time_grows_with_the_input(row):
    """All inputs at 16 KiB; at 256 KiB those that took longest.

    `make prove` gives every one of them at 64 KiB and at 1 MiB.
    """

    def call(made, size):
        given = made(size)

        def read():
            with suppress(*row.refuses):
                row.reads(given)

        return read

    slowest = sorted(row.hostile.values(), key=lambda made: seconds(call(made, SMALL)), reverse=True)
    for made in slowest[: often(2, len(slowest))]:
        check_growth(lambda size, made=made: call(made, size))


def test_every_parser_is_in_the_table():
    known = {place for row in ROWS.values() for place in row.places} | set(OWN)
    found = set(parsers())
    assert sorted(found - known) == []
    assert sorted(known - found) == []


def test_json_within_limits_is_still_read():
    assert shape.read(json.dumps({"a": {"b": [1, 2]}})) == {"a": {"b": [1, 2]}}
