"""All files of a resource in one archive: made once, given again and again, and never more on the
disk than agreed.
"""

import os
from dataclasses import replace

import pytest
from django.conf import settings
from django.core.signals import request_finished
from django.db import close_old_connections
from django.test import Client

from sauga.repository.catalogue import bundles
from tests.centre import centre  # noqa: F401  a fixture
from tests.factories.resources import published

pytestmark = [pytest.mark.flow, pytest.mark.django_db]
ADDRESS = "/lt/istekliai/pamoka-apie-pokalbius/visi.zip"


@pytest.fixture
def folder(monkeypatch, tmp_path):
    """Where archives are kept, for this test alone."""
    monkeypatch.setattr(settings, "ENV", replace(settings.ENV, data=tmp_path))
    return tmp_path / "archives"


@pytest.fixture
def made(monkeypatch):
    """How often an archive was put together."""
    calls, make = [], bundles._make

    def counted(*args):
        calls.append(args[0].name)
        make(*args)

    monkeypatch.setattr(bundles, "_make", counted)
    return calls


def let_go(answer):
    """The visitor leaves before the file has come; the test's connection, which is in a
    transaction, stays open.
    """
    request_finished.disconnect(close_old_connections)
    answer.close()
    request_finished.connect(close_old_connections)


def test_many_visitors_have_it_made_once(centre, folder, made):
    published(centre)
    answers = [Client().get(ADDRESS) for _visitor in range(5)]
    assert [answer.status_code for answer in answers] == [200] * 5
    assert len({answer.headers["Content-Length"] for answer in answers}) == 1
    assert len(made) == 1 and len(list(folder.iterdir())) == 1
    for answer in answers:
        let_go(answer)
    again = Client().get(ADDRESS, headers={"if-none-match": answers[0].headers["ETag"]})
    assert (again.status_code, len(made)) == (304, 1)


def test_other_words_are_another_archive(centre, folder, made):
    row = published(centre)
    let_go(Client().get(ADDRESS))
    row.title = {**row.title, "lt": "Kita pamoka"}
    row.save(update_fields=["title"])
    let_go(Client().get(ADDRESS))
    assert len(set(made)) == 2


def test_longest_unasked_archive_makes_room(folder, monkeypatch):
    monkeypatch.setattr(bundles, "MOST_KEPT", 1000)
    for number in range(6):
        bundles.opened(f"{number}" * 300, []).close()
        for path in folder.iterdir():
            os.utime(path, (path.stat().st_mtime - 60,) * 2)
    kept = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime)
    assert sum(path.stat().st_size for path in kept) <= 1000
    assert (folder / f"{bundles.digest('5' * 300, [])}.zip").exists()
    assert not (folder / f"{bundles.digest('0' * 300, [])}.zip").exists()


def test_archive_that_cannot_be_made_leaves_nothing(folder):
    class Row:
        sha256 = "a"

        media = None

    with pytest.raises(FileNotFoundError):
        bundles.opened("a", [("a.pdf", Row)])
    assert list(folder.iterdir()) == []
