"""Pages that stand ready: a change is seen at once in every process, nothing personal gets in, every reader
has a ticket of their own.
"""

import asyncio
import gzip
import http.client
import re
import socket
import threading
import time
from contextlib import contextmanager

import pytest
import uvicorn
from django.apps import apps
from django.db import connection, transaction
from django.utils.safestring import SafeString
from factories.adaptations import deployed
from factories.resources import published

from sauga.hotline.reports.models import Report
from sauga.kernel import clock, live, rate_limits
from sauga.kernel.page_cache import (
    PageCache,
    middleware,
    placeholder,
    responses,
    watched_tables,
)
from sauga.project.requests.sites import SiteHandler
from sauga.repository.catalogue.actions import daily_counts
from sauga.repository.catalogue.models import DailyCount, UseReport
from sauga.repository.deployments.models import Deployment
from sauga.repository.resources.models import Resource
from tests.centre import AT, centre  # noqa: F401  a fixture

ADDRESS = "/lt/istekliai/pamoka-apie-pokalbius/"
LIST = "/lt/istekliai/"
TICKET = re.compile(r'name="ticket" value="([^"]+)"')


class Process:
    """What a worker of `sauga serve` is, in a thread: its own event loop, ears and shelf.

    `asked` is what went the long way.
    """

    def __init__(self):
        self.asked, self.now = [], 1_800_000_000.0
        handler = SiteHandler()

        async def long_way(scope, receive, send):
            self.asked.append(scope["path"])
            await handler(scope, receive, send)

        self.pages = PageCache(long_way, now=lambda: self.now)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        config = uvicorn.Config(
            self.pages, port=self.port, log_level="error", lifespan="off", timeout_graceful_shutdown=2
        )
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.run, daemon=True)

    def run(self):
        async def serving():
            self.loop = asyncio.get_running_loop()
            await self.server.serve()
            self.pages.end()

        asyncio.run(serving())

    def get(self, path=LIST, method="GET", body=None, **headers):
        line = http.client.HTTPConnection("127.0.0.1", self.port)
        form = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        line.request(method, path, body, headers={"User-Agent": "Mozilla/5.0", **form, **headers})
        answer = line.getresponse()
        page = answer.read().decode()
        line.close()
        return answer, page

    def packed(self, path, **headers):
        """As a browser asks: the answer and the bytes as they came."""
        line = http.client.HTTPConnection("127.0.0.1", self.port)
        line.request(
            "GET",
            path,
            headers={"User-Agent": "Mozilla/5.0", "Accept-Encoding": "gzip, deflate, br", **headers},
        )
        answer = line.getresponse()
        body = answer.read()
        line.close()
        return answer, body

    def hears(self):
        self.get("/lt/nera/")
        end = time.monotonic() + 5
        while time.monotonic() < end:
            if asyncio.run_coroutine_threadsafe(self._hears(), self.loop).result(5):
                return
            time.sleep(0.01)
        raise AssertionError("it does not listen")

    async def _hears(self):
        return live.is_listening()

    def ready(self, path=LIST):
        """The page, once it stands ready."""
        self.hears()
        end = time.monotonic() + 10
        while (
            True
        ):  # news of a change that came before may still be on its way; it empties the shelf once more
            self.get(path)
            before = len(self.asked)
            answer, page = self.get(path)
            if len(self.asked) == before:
                return answer, page
            assert time.monotonic() < end, "it is made anew each time"


@contextmanager
def processes(number=1):
    running = [Process() for _ in range(number)]
    for one in running:
        one.thread.start()
    try:
        for one in running:
            while not one.server.started:
                time.sleep(0.01)
        yield running
    finally:
        for one in running:
            one.server.should_exit = True
        for one in running:
            one.thread.join(10)


def soon(true, patience=1.0):
    """Whether it becomes true within a moment."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.002)
    return False


@pytest.mark.django_db(transaction=True)
def test_a_change_is_seen_at_once_in_every_process(centre):
    row = published(centre)
    with processes(2) as both:
        for one in both:
            assert "Pamoka apie pokalbius" in one.ready(ADDRESS)[1]
            one.ready()
        with transaction.atomic():
            Resource.objects.filter(pk=row.pk).update(title={"lt": "Neįvyko", "en": "Never"})
            transaction.set_rollback(True)
        Resource.objects.filter(pk=row.pk).update(title={"lt": "Naujas vardas", "en": "New name"})
        for one in both:
            for path in (ADDRESS, LIST):
                assert soon(lambda one=one, path=path: "Naujas vardas" in one.get(path)[1])
                assert "Naujas vardas" in one.ready(path)[1]


@pytest.mark.django_db(transaction=True)
def test_a_page_made_while_something_changed_is_not_kept(centre):
    published(centre)
    with processes() as (one,):
        one.hears()
        long_way = one.pages.app

        async def interrupted(scope, receive, send):
            def late(response):
                one.pages.notify(middleware.CHANNEL, "")
                scope[middleware.STORE](response)

            await long_way({**scope, middleware.STORE: late}, receive, send)

        one.pages.app = interrupted
        assert one.get()[0].status == 200
        assert not one.pages._entries


@pytest.mark.django_db(transaction=True)
def test_what_is_somebodys_own_goes_the_long_way_and_stays_nowhere(centre):
    published(centre)
    with processes() as (one,):
        one.hears()
        for path, headers in (
            (LIST, {"Cookie": "a=b"}),
            (f"{LIST}?q=x", {}),
            (LIST, {"Authorization": "x"}),
            (LIST, {"Range": "bytes=0-1"}),
        ):
            one.get(path, **headers)
            before = len(one.asked)
            one.get(path, **headers)
            assert len(one.asked) == before + 1, (path, headers)
        assert not one.pages._entries
        for path in (
            "/lt/pagalba/",
            f"{ADDRESS}panaudota/",
            "/lt/nera/",
            "/lt/prieinamumas/atsiliepimas/",
            "/desk/signin/",
        ):
            one.get(path)
        assert not one.pages._entries, "only what a view offers is kept"
        one.ready()
        one.get(Host="kitas.example")
        assert len({key[0] for key in one.pages._entries}) == 2, "another name is another page"


@pytest.mark.django_db(transaction=True)
def test_every_reader_has_a_ticket_of_their_own_and_is_counted(centre):
    row = published(centre)
    daily_counts.forget()
    with processes() as (one,):
        tickets = [TICKET.search(one.ready(ADDRESS)[1])[1] for _ in range(2)]
        assert len(set(tickets)) == 2
        for heads, ticket in enumerate(tickets, 11):
            answer, _page = one.get(
                f"{ADDRESS}panaudota/", "POST", f"ticket={ticket}&group=grades_5_8&heads={heads}"
            )
            assert answer.status == 302
    assert sorted(UseReport.objects.values_list("total", flat=True)) == [11, 12]
    daily_counts.flush()
    assert DailyCount.objects.get(resource=row, kind="view").n == 4
    assert placeholder("ticket")[:32] not in "".join(tickets)


@pytest.mark.django_db(transaction=True)
def test_a_kept_page_is_given_compressed_to_whoever_takes_it_so(centre):
    """Under the weak form of its tag; with a ticket of each reader's own where there is one; and plain to
    whoever does not ask for it.
    """
    published(centre)
    with processes() as (one,):
        for path in (LIST, ADDRESS):
            plain, page = one.ready(path)
            before, given = len(one.asked), [one.packed(path) for _ in range(2)]
            assert len(one.asked) == before and plain.headers["Content-Encoding"] is None
            for answer, body in given:
                assert (answer.headers["Content-Encoding"], answer.headers["Content-Length"]) == (
                    "gzip",
                    str(len(body)),
                )
                assert len(body) < len(page) / 2
                assert TICKET.sub("", gzip.decompress(body).decode()) == TICKET.sub("", page)
                if "ETag" in plain.headers:
                    assert answer.headers["ETag"] == f"W/{plain.headers['ETag']}"
                    assert one.packed(path, **{"If-None-Match": answer.headers["ETag"]})[0].status == 304
        assert len({TICKET.search(gzip.decompress(body).decode())[1] for _answer, body in given}) == 2
        assert one.packed(LIST)[1] == one.packed(LIST)[1], "packed once"


@pytest.mark.django_db(transaction=True)
def test_a_page_first_made_for_a_reader_who_takes_it_compressed_is_kept_plain(centre):
    published(centre)
    with processes() as (one,):
        one.hears()
        assert soon(lambda: one.packed(LIST) and one.pages._entries)
        plain, page = one.ready(LIST)
        assert (
            plain.headers["Content-Encoding"] is None
            and plain.headers["ETag"].startswith('"')
            and "<html" in page
        )


@pytest.mark.django_db(transaction=True)
def test_the_form_of_a_report_stands_ready_with_a_ticket_for_each_and_not_while_it_is_flooded(
    centre, settings
):
    settings.PRESSURE_POSTS = 8
    rate_limits.calm_down()
    with processes() as (one,):
        tickets = [TICKET.search(one.ready("/lt/pranesti/")[1])[1] for _ in range(2)]
        assert len(set(tickets)) == 2
        for place, ticket in enumerate(tickets):
            answer, page = one.get(
                "/lt/pranesti/", "POST", f"ticket={ticket}&where=pavyzdys.example/{place}&category=HATE"
            )
            assert answer.status == 200 and "/lt/pranesti/papildyti/" in page
        for _ in range(8):
            rate_limits.gauge.gauge("hotline.report").count(clock.now())
        before = len(one.asked)
        answer, page = one.get("/lt/pranesti/")
        assert len(one.asked) == before + 1 and 'name="puzzle"' in page
        rate_limits.calm_down()
        assert 'name="puzzle"' not in one.ready("/lt/pranesti/")[1]
    assert Report.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_ready_page_is_the_page_and_need_not_be_taken_twice(centre):
    published(centre)
    with processes() as (one,):
        one.hears()
        first, page = one.get()
        ready, again = one.ready()
        assert page == again
        assert sorted(pair for pair in first.getheaders() if pair[0] != "date") == sorted(
            pair for pair in ready.getheaders() if pair[0] != "date"
        )
        same, nothing = one.get(**{"If-None-Match": ready.headers["ETag"]})
        assert (same.status, nothing, same.headers["ETag"]) == (304, "", ready.headers["ETag"])
        assert same.headers["Content-Security-Policy"]
        head, nothing = one.get(method="HEAD")
        assert (head.status, nothing, head.headers["Content-Length"]) == (
            200,
            "",
            ready.headers["Content-Length"],
        )
        one.ready("/lt/statistika/")
        one.now += 60
        for path, again in ((LIST, 0), ("/lt/statistika/", 1)):
            before = len(one.asked)
            one.get(path)
            assert len(one.asked) == before + again, "figures are made anew each minute"
        one.now += 840
        before = len(one.asked)
        one.get()
        assert len(one.asked) == before + 1, "each quarter of an hour it is made anew"


@pytest.mark.django_db(transaction=True)
def test_a_crowd_has_a_page_made_once(centre):
    published(centre)
    with processes() as (one,):
        one.hears()
        long_way, begun = one.pages.app, threading.Event()

        async def slow(scope, receive, send):
            begun.set()
            await asyncio.sleep(0.3)
            await long_way(scope, receive, send)

        one.pages.app, before, pages = slow, len(one.asked), []
        crowd = [threading.Thread(target=lambda: pages.append(one.get()[1])) for _ in range(8)]
        crowd[0].start()
        begun.wait(5)
        for each in crowd[1:]:
            each.start()
        for each in crowd:
            each.join(10)
        assert len(one.asked) == before + 1 and len(pages) == 8 and len(set(pages)) == 1
        assert not one.pages._rendering


@pytest.mark.django_db(transaction=True)
def test_who_does_not_hear_the_database_gives_nothing_that_stood_ready(centre):
    row = published(centre)
    with processes() as (one,):
        one.ready()
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = "
                "'sauga-live'"
            )
            Resource.objects.filter(pk=row.pk).update(title={"lt": "Naujas vardas", "en": "New name"})
        assert soon(lambda: "Naujas vardas" in one.get()[1])
        one.hears()
        assert "Naujas vardas" in one.ready()[1]


@pytest.mark.django_db(transaction=True)
def test_the_shelf_has_an_end(centre, monkeypatch):
    published(centre)
    monkeypatch.setattr(middleware, "MOST_PAGES", 2)
    with processes() as (one,):
        for path in (ADDRESS, LIST, "/en/resources/"):
            one.ready(path)
        assert [key[3] for key in one.pages._entries] == [LIST, "/en/resources/"]
        assert one.pages._bytes == sum(page.size for page in one.pages._entries.values())
        monkeypatch.setattr(middleware, "MOST_BYTES", 100)
        one.pages.notify_all()
        one.get()
        assert not one.pages._entries and one.pages._bytes == 0


@pytest.mark.django_db(transaction=True)
def test_a_copy_that_is_heard_of_empties_no_shelf(centre):
    row, _token = deployed(centre)
    with processes() as (one,):
        one.ready()
        changes = one.pages._changes
        Deployment.objects.filter(pk=row.pk).update(last_seen=AT)
        daily_counts.count("resource", row.adaptation.base_id, "view", at=AT)
        daily_counts.flush()
        one.ready()
        assert one.pages._changes == changes
        Deployment.objects.filter(pk=row.pk).update(state="ended")
        assert soon(lambda: one.pages._changes > changes)


@pytest.mark.django_db
def test_every_table_behind_public_pages_is_watched():
    declared = {
        "certification",
        "newsletter",
        "events",
        "portal",
        "repository",
        "selfcheck",
        "training",
        "panel",
        "media",
        "organisations",
        "vocab",
        "figures",
        "wagtailcore",
        "wagtailimages",
        "wagtaildocs",
        "taggit",
    }
    tables = {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in declared
    }
    assert watched_tables() < tables and {"repository_resource", "portal_pageday"} & watched_tables() == {
        "repository_resource"
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'sauga_pages_changed'")
        assert {name for (name,) in cursor.fetchall()} == watched_tables()


def test_a_shared_frame_is_rendered_once_and_filled_for_each_visitor(monkeypatch, rf):
    rendered = []

    def render(template, context, request):
        rendered.append(template)
        return f"<p>{context['code']}</p><b>{context['words']}</b>"

    monkeypatch.setattr(responses, "render_to_string", render)
    monkeypatch.setattr(responses, "_frames", {})

    def page(address="/", *variant, **values):
        context = lambda: {name: placeholder(name) for name in values}  # noqa: E731  as a view makes it
        return responses.render_shared(rf.post(address), "receipt.html", context, values, *variant).decode()

    assert page(code="AAAA", words="<i>upė") == "<p>AAAA</p><b>&lt;i&gt;upė</b>"
    assert page(code="BBBB", words="medis") == "<p>BBBB</p><b>medis</b>"
    assert len(rendered) == 1
    assert "AAAA" not in repr(responses._frames)
    assert page(code="B", words=SafeString("<i>upė</i>")) == "<p>B</p><b><i>upė</i></b>"  # drawn by itself
    assert len(rendered) == 1
    page("/", "other", code="C", words="c")
    page("/?x=1", code="D", words="d")
    assert len(rendered) == 3


@pytest.mark.django_db(transaction=True)
def test_a_query_that_a_service_names_is_another_page_that_stands_ready(centre):
    published(centre)
    with processes() as (one,):
        plain, teachers = one.ready()[1], one.ready(f"{LIST}?for=teachers")[1]
        assert plain != teachers
        before = len(one.asked)
        assert (one.get()[1], one.get(f"{LIST}?for=teachers")[1]) == (plain, teachers)
        assert len(one.asked) == before
        for query in ("for=nobody", "for=teachers&q=x", "for=teachers&for=children", "for=%74eachers"):
            one.get(f"{LIST}?{query}")
            one.get(f"{LIST}?{query}")
        assert len(one.asked) == before + 8
