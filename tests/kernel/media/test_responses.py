"""Files in parts: a broken download goes on, a film plays from any place, and nobody gets parts of two
versions together.
"""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, default_storage
from django.test import RequestFactory
from factories.answers import body

from sauga.kernel.media.responses import CHUNK, is_start, send_file, send_stored

pytestmark = pytest.mark.unit
CONTENT = bytes(range(256)) * 4
SIZE = len(CONTENT)
TAG = '"abc"'
AT = datetime(2026, 11, 24, 9, 30, 15, tzinfo=UTC)
DAY = "Tue, 24 Nov 2026 09:30:15 GMT"


def asked(method="GET", content=CONTENT, tag=TAG, modified=AT, **headers):
    """The answer, and the source, which is closed with it."""
    source = BytesIO(content)
    request = getattr(RequestFactory(), method.lower())("/files/a", headers=headers)
    answer = send_file(
        request, source, size=len(content), mime="video/mp4", name="filmas.mp4", tag=tag, modified=modified
    )
    return answer, source


def close(answer) -> None:
    """What the handler does at the end of a request, without what it does for the database."""
    for one in answer._resource_closers:
        one()


def test_without_a_range_the_whole_file_is_sent():
    answer, source = asked()
    assert (answer.status_code, body(answer)) == (200, CONTENT)
    assert answer.headers["Accept-Ranges"] == "bytes" and answer.headers["Content-Length"] == str(SIZE)
    assert (answer.headers["ETag"], answer.headers["Last-Modified"]) == (TAG, DAY)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="filmas.mp4"'
    close(answer)
    assert source.closed


@pytest.mark.parametrize(
    ("asked_for", "first", "last"),
    [
        ("bytes=0-", 0, SIZE - 1),
        ("bytes=0-0", 0, 0),
        ("bytes=100-199", 100, 199),
        ("bytes=1000-", 1000, SIZE - 1),
        ("bytes=1000-99999999999", 1000, SIZE - 1),
        ("bytes=-24", SIZE - 24, SIZE - 1),
        ("bytes=-99999999", 0, SIZE - 1),
        (f"bytes={SIZE - 1}-{SIZE - 1}", SIZE - 1, SIZE - 1),
        ("Bytes=5-6", 5, 6),
    ],
)
def test_one_range_is_sent(asked_for: str, first: int, last: int):
    answer, _source = asked(range=asked_for)
    assert answer.status_code == 206
    assert answer.headers["Content-Range"] == f"bytes {first}-{last}/{SIZE}"
    assert answer.headers["Content-Length"] == str(last - first + 1)
    assert answer.headers["ETag"] == TAG
    assert body(answer) == CONTENT[first : last + 1]
    close(answer)


@pytest.mark.parametrize("asked_for", [f"bytes={SIZE}-", "bytes=999999-1000000", "bytes=-0"])
def test_a_part_that_is_not_there_is_refused_with_the_size(asked_for: str):
    answer, source = asked(range=asked_for)
    assert (answer.status_code, answer.headers["Content-Range"], answer.content) == (
        416,
        f"bytes */{SIZE}",
        b"",
    )
    assert source.closed


@pytest.mark.parametrize(
    "asked_for",
    [
        "",
        "bytes=",
        "bytes=-",
        "bytes=5-2",
        "bytes=0-1,5-6",
        "items=0-1",
        "bytes=a-b",
        "bytes=1",
        f"bytes={'9' * 40}-",
        "bytes=0-1" * 9000,
        "bytes=١-٢",
    ],
)
def test_what_is_no_single_range_is_answered_with_the_whole_file(asked_for: str):
    answer, source = asked(range=asked_for.encode().decode("latin1"))
    assert (answer.status_code, answer.headers["Content-Length"]) == (200, str(SIZE))
    close(answer)
    assert source.closed


@pytest.mark.parametrize(
    ("condition", "status"),
    [
        (TAG, 206),
        (DAY, 206),
        ('"older"', 200),
        (f"W/{TAG}", 200),
        ("Tue, 24 Nov 2026 09:30:14 GMT", 200),
        ("nonsense", 200),
    ],
)
def test_a_part_of_another_version_is_not_sent(condition: str, status: int):
    answer, _source = asked(**{"range": "bytes=10-", "if-range": condition})
    assert answer.status_code == status
    assert body(answer) == (CONTENT[10:] if status == 206 else CONTENT)
    close(answer)


@pytest.mark.parametrize(
    "condition",
    [
        {"if-none-match": TAG},
        {"if-none-match": "*"},
        {"if-none-match": f'"x", W/{TAG}'},
        {"if-modified-since": DAY},
    ],
)
def test_who_has_this_version_is_not_sent_it_again(condition: dict[str, str]):
    answer, source = asked(**condition, range="bytes=0-5")
    assert (answer.status_code, answer.headers["ETag"]) == (304, TAG)
    assert source.closed


def test_head_says_what_get_would_and_reads_nothing():
    answer, source = asked("HEAD", range="bytes=0-5")
    assert (answer.status_code, answer.headers["Content-Length"], answer.headers["Accept-Ranges"]) == (
        200,
        str(SIZE),
        "bytes",
    )
    assert source.closed


def test_an_empty_file_has_no_parts():
    answer, _source = asked(content=b"")
    assert (answer.status_code, answer.headers["Content-Length"], body(answer)) == (200, "0", b"")
    close(answer)
    assert [asked(content=b"", range=value)[0].status_code for value in ("bytes=0-", "bytes=-5")] == [
        416,
        416,
    ]


def test_a_file_of_several_pieces_fetched_in_parts_is_whole_again():
    content = bytes(3) * CHUNK + b"end"
    parts, at = [], 0
    while at < len(content):
        answer, _source = asked(content=content, range=f"bytes={at}-{at + CHUNK + 7}")
        parts.append(body(answer))
        close(answer)
        at += len(parts[-1])
    assert b"".join(parts) == content


def test_a_download_begins_once_however_many_parts_it_has():
    begins = {
        value: is_start(asked(range=value)[0])
        for value in ("", "bytes=0-", "bytes=0-99", "bytes=100-", "bytes=-5", "bytes=9999-")
    }
    assert begins == {
        "": True,
        "bytes=0-": True,
        "bytes=0-99": True,
        "bytes=100-": False,
        "bytes=-5": False,
        "bytes=9999-": False,
    }
    assert not is_start(asked("HEAD")[0]) and not is_start(asked(**{"if-none-match": TAG})[0])


def test_any_storage_will_do(settings):
    """A store that has no paths, as an object store has none."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    }
    name = default_storage.save("films/filmas.mp4", ContentFile(CONTENT))
    assert isinstance(default_storage._wrapped, InMemoryStorage)
    request = RequestFactory().get("/media/films/filmas.mp4", headers={"range": "bytes=10-19"})
    answer = send_stored(request, name, mime="video/mp4", shown_as="filmas.mp4")
    assert (answer.status_code, body(answer)) == (206, CONTENT[10:20])
    assert answer.headers["Content-Disposition"] == 'inline; filename="filmas.mp4"'
    again = RequestFactory().get("/", headers={"range": "bytes=20-", "if-range": answer.headers["ETag"]})
    assert body(send_stored(again, name, mime="video/mp4", shown_as="filmas.mp4")) == CONTENT[20:]
