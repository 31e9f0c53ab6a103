"""A page that was made elsewhere is sent with a bar above its text, whatever its size, in pieces."""

import tracemalloc

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from django.test import RequestFactory
from factories.answers import body

from sauga.kernel.media import pages
from sauga.kernel.media.models import FileState, MediaFile
from sauga.kernel.media.pages import BOM, HEAD_LONGEST, send_page

pytestmark = pytest.mark.unit
BAR = "<nav>Greitai išeiti</nav>"
TOP = "<!doctype html><html><head><title>ąčę</title></head><body>".encode()
LARGE = 48 * 1024 * 1024


@pytest.fixture
def stored(monkeypatch):
    """Puts a page into a storage in memory; the row is not saved."""
    storage = InMemoryStorage()
    monkeypatch.setattr(pages, "default_storage", storage)

    def put(content: bytes) -> MediaFile:
        name = storage.save("a", ContentFile(content))
        return MediaFile(file=name, size=len(content), sha256="0" * 64, name="a.html", state=FileState.READY)

    return put


def sent(file: MediaFile, **headers):
    return send_page(RequestFactory().get("/files/a", headers=headers), file, BAR)


@pytest.mark.parametrize("start", [b"", BOM])
def test_every_range_is_that_of_the_page_with_its_bar(stored, start):
    file = stored(start + TOP + "Labas, ąčę</body></html>".encode())
    whole = body(sent(file))
    assert whole == start + TOP + BAR.encode() + "Labas, ąčę</body></html>".encode()
    for first in range(len(whole)):
        for last in (first, min(first + 7, len(whole) - 1), len(whole) - 1):
            assert body(sent(file, range=f"bytes={first}-{last}")) == whole[first : last + 1]


def test_a_large_page_is_not_held_in_memory(stored):
    file = stored(TOP + b"x" * LARGE)
    tracemalloc.start()
    try:
        answer = sent(file)
        _now, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 8 * HEAD_LONGEST
    content = body(answer)
    assert content[: len(TOP) + len(BAR.encode())] == TOP + BAR.encode()
    assert len(content) == int(answer.headers["Content-Length"]) == len(TOP) + len(BAR.encode()) + LARGE


def test_a_text_that_begins_late_has_its_bar_where_a_page_begins(stored):
    doctype = b"<!doctype html>"
    content = doctype + b" " * HEAD_LONGEST + b"<body>Labas"
    assert body(sent(stored(content))) == doctype + BAR.encode() + content[len(doctype) :]


def test_what_is_not_utf8_is_sent_as_it_is(stored):
    assert body(sent(stored(TOP + b"\xe0\xff"))) == TOP + BAR.encode() + b"\xe0\xff"
