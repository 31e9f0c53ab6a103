"""Placeholder files of the demo: small, valid, neutral, each with different content, so that checksums
differ. Nothing is downloaded.
"""

import io
import zipfile
from collections.abc import Callable
from html import escape

from sauga.repository.demo.film import film

PLAIN = str.maketrans("ąčęėįšųūžĄČĘĖĮŠŲŪŽ„“–", 'aceeisuuzACEEISUUZ""-')
SILENT_FRAMES = 80
"""Of a recording, 26 ms each."""
STAMP = (2026, 1, 5, 8, 0, 0)
NOTE = {"lt": "Tai demonstracinis failas.", "en": "This is a demonstration file."}


def placeholder(mime: str, title: str, abstract: str, language: str) -> bytes:
    """A file of this type that contains the title. Raises KeyError for a type without a placeholder."""
    return MAKERS[mime](title, abstract, language)


def _pdf(title: str, abstract: str, language: str) -> bytes:
    """One page in a standard font, tagged, with its language and title."""
    lines = [title, "", *_wrapped(abstract, 80), "", NOTE.get(language, NOTE["en"])]
    shown = "".join(f"({_escaped(line)}) Tj T* " for line in lines)
    stream = f"/P << /MCID 0 >> BDC BT /F1 14 Tf 20 TL 56 760 Td {shown}ET EMC".encode("latin-1", "replace")
    parts = [
        (
            f"<< /Type /Catalog /Pages 2 0 R /Lang ({language}) /MarkInfo << /Marked true >> "
            f"/StructTreeRoot 7 0 R >>"
        ).encode(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /StructParents 0 /Contents 4 0 R "
            b"/Resources << /Font << /F1 5 0 R >> >> >>"
        ),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< /Title ({_escaped(title)}) >>".encode("latin-1", "replace"),
        b"<< /Type /StructTreeRoot /K 8 0 R /ParentTree << /Nums [0 [8 0 R]] >> >>",
        b"<< /Type /StructElem /S /P /P 7 0 R /Pg 3 0 R /K 0 >>",
    ]
    held, places = bytearray(b"%PDF-1.7\n"), []
    for number, part in enumerate(parts, 1):
        places.append(len(held))
        held += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    start = len(held)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    held += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(parts) + 1, table)
    held += b"trailer\n<< /Size %d /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(parts) + 1,
        start,
    )
    return bytes(held)


def _html(title: str, abstract: str, language: str) -> bytes:
    note = NOTE.get(language, NOTE["en"])
    body = f"<h1>{escape(title)}</h1><p>{escape(abstract)}</p><p>{note}</p>"
    head = f'<meta charset="utf-8"><title>{escape(title)}</title>'
    return f'<!doctype html><html lang="{language}"><head>{head}</head><body>{body}</body></html>'.encode()


def _vtt(title: str, abstract: str, language: str) -> bytes:
    cues = [
        f"00:00:{n * 4:02}.000 --> 00:00:{n * 4 + 3:02}.500\n{line}\n"
        for n, line in enumerate([title, *_wrapped(abstract, 60)][:8])
    ]
    return ("WEBVTT\n\n" + "\n".join(cues)).encode()


def _svg(title: str, abstract: str, language: str) -> bytes:
    drawing = (
        '<rect width="400" height="560" fill="#faf6ef"/><path d="M40 420q80-40 160 0t160 0" '
        'stroke="#0f5f56" fill="none"/>'
    )
    text = f'<text x="40" y="90" font-size="22">{escape(title[:32])}</text>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 '
        f'560"><title>{escape(title)}</title>{drawing}{text}</svg>'
    ).encode()


def _mp4(title: str, abstract: str, language: str) -> bytes:
    """A still picture for some seconds."""
    return film(f"{title} [{language}]".encode())


def _mp3(title: str, abstract: str, language: str) -> bytes:
    frame = b"\x03" + f"{title} [{language}]".encode()
    tag = b"TIT2" + len(frame).to_bytes(4, "big") + b"\x00\x00" + frame
    size = bytes((len(tag) >> shift) & 0x7F for shift in (21, 14, 7, 0))
    silence = b"\xff\xfb\x90\x00" + bytes(413)
    return b"ID3\x03\x00\x00" + size + tag + silence * SILENT_FRAMES


def _zip(title: str, abstract: str, language: str) -> bytes:
    return _packed({"index.html": _html(title, abstract, language)})


def _odt(title: str, abstract: str, language: str) -> bytes:
    names = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    )
    body = f"<text:h>{escape(title)}</text:h><text:p>{escape(abstract)}</text:p>"
    content = (
        f"<office:document-content "
        f"{names}><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.text"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" '
        'manifest:media-type="text/xml"/></manifest:manifest>'
    )
    return _packed(
        {
            "mimetype": kind.encode(),
            "content.xml": content.encode(),
            "META-INF/manifest.xml": manifest.encode(),
        }
    )


def _pptx(title: str, abstract: str, language: str) -> bytes:
    types = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    return _packed({"[Content_Types].xml": types, "ppt/notes.txt": f"{title} [{language}]".encode()})


def _h5p(title: str, abstract: str, language: str) -> bytes:
    import json

    about = {
        "title": title,
        "language": language,
        "mainLibrary": "H5P.QuestionSet",
        "embedTypes": ["div"],
        "preloadedDependencies": [],
    }
    return _packed(
        {
            "h5p.json": json.dumps(about).encode(),
            "content/content.json": json.dumps({"intro": abstract}).encode(),
        }
    )


def _packed(members: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, STAMP), content)
    return held.getvalue()


def _wrapped(text: str, width: int) -> list[str]:
    import textwrap

    return textwrap.wrap(text, width)


def _escaped(text: str) -> str:
    return text.translate(PLAIN).replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


MAKERS: dict[str, Callable[[str, str, str], bytes]] = {
    "application/pdf": _pdf,
    "text/html": _html,
    "text/vtt": _vtt,
    "image/svg+xml": _svg,
    "video/mp4": _mp4,
    "audio/mpeg": _mp3,
    "application/zip": _zip,
    "application/vnd.oasis.opendocument.text": _odt,
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": _pptx,
    "application/x-h5p": _h5p,
}
