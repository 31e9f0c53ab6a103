"""Sizes, slow senders and lanes: a bad sender meets a clear page and costs nobody else anything."""

import asyncio

import pytest
from django.test import Client

from sauga.kernel.rate_limits import QUEUED, lane_of
from sauga.project.requests.limits import REFUSAL, Bounds, Limits

QUICK = Bounds(body=1000, drain=5000, linger=0.1, pause=0.2, whole=0.5)


async def echo(scope, receive, send):
    message = await receive()
    await send({"type": "http.response.start", "status": scope.get(REFUSAL, 200), "headers": []})
    await send({"type": "http.response.body", "body": message["body"]})


async def ask(app, parts, *, headers=(), method="POST", path="/lt/pranesti/"):
    """Send the parts (a number is a pause in seconds) and return the messages of the answer."""
    sent, waiting = [], list(parts)

    async def receive():
        while waiting and isinstance(waiting[0], float):
            await asyncio.sleep(waiting.pop(0))
        if not waiting:
            await asyncio.sleep(30)
            return {"type": "http.disconnect"}
        part = waiting.pop(0)
        if part is None:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": part, "more_body": bool(waiting)}

    async def send(message):
        sent.append(message)

    headers = [(name.encode(), value.encode()) for name, value in headers]
    await app({"type": "http", "method": method, "path": path, "headers": headers}, receive, send)
    return sent


def run(parts, *, headers=(("transfer-encoding", "chunked"),), app=echo, bounds=QUICK, **request):
    return asyncio.run(ask(Limits(app, bounds), parts, headers=headers, **request))


def status(sent):
    return sent[0]["status"]


@pytest.mark.unit
class TestBody:
    def test_whole_body_arrives_in_one_piece(self):
        sent = run([b"one", b"two"])
        assert status(sent) == 200
        assert sent[1]["body"] == b"onetwo"

    def test_request_without_body_is_not_read(self):
        assert status(run([], headers=(), method="GET")) == 200

    def test_body_over_the_limit_is_refused_after_it_was_read(self):
        sent = run([b"x" * 600, b"x" * 600, b"x"])
        assert status(sent) == 413
        assert sent[1]["body"] == b""
        assert (b"connection", b"close") in sent[0]["headers"]

    def test_announced_size_beyond_reading_is_refused_at_once(self):
        assert status(run([10.0, b"x"], headers=(("content-length", "100000"),))) == 413

    def test_asking_first_is_answered_at_once(self):
        assert (
            status(run([10.0, b"x"], headers=(("content-length", "2000"), ("expect", "100-continue")))) == 413
        )

    def test_body_that_never_ends_is_refused(self):
        assert status(run([b"x" * 900] * 1000)) == 413

    def test_sender_that_pauses_too_long_is_let_go(self):
        assert status(run([b"x", 1.0, b"x"])) == 408

    def test_sender_that_drips_for_too_long_is_let_go(self):
        assert status(run([b"x", 0.1] * 20)) == 408

    def test_visitor_who_leaves_in_the_middle_gets_no_answer(self):
        assert run([b"x", None]) == []


@pytest.mark.unit
def test_slow_senders_do_not_delay_an_honest_one():
    async def scene():
        app = Limits(echo, Bounds(body=1000, drain=5000, pause=5, whole=5))
        chunked = [("transfer-encoding", "chunked")]
        slow = [asyncio.create_task(ask(app, [b"x", 1.0, b"x"], headers=chunked)) for _ in range(64)]
        await asyncio.sleep(0.05)
        start = asyncio.get_running_loop().time()
        honest = await ask(app, [b"report"], headers=chunked)
        waited = asyncio.get_running_loop().time() - start
        assert [status(sent) for sent in await asyncio.gather(*slow)] == [200] * 64
        return waited, status(honest)

    waited, code = asyncio.run(scene())
    assert code == 200
    assert waited < 0.5


@pytest.mark.unit
def test_full_lane_makes_wait_and_drops_nobody_and_other_lanes_stay_open():
    async def scene():
        free = asyncio.Event()
        busiest = running = 0

        async def slow(scope, receive, send):
            nonlocal busiest, running
            if scope["path"].startswith("/desk"):
                return await echo(scope, receive, send)
            running += 1
            busiest = max(busiest, running)
            await free.wait()
            running -= 1
            await echo(scope, receive, send)

        app = Limits(slow, Bounds(lanes={"report": 3, "desk": 1, "read": 1, "return": 1, "health": 1}))
        many = [asyncio.create_task(ask(app, [b"x"], headers=[("content-length", "1")])) for _ in range(50)]
        await asyncio.sleep(0.05)
        desk = await asyncio.wait_for(ask(app, [b""], path="/desk/", method="GET"), 1)
        free.set()
        return busiest, status(desk), [status(sent) for sent in await asyncio.gather(*many)]

    busiest, desk, all_of_them = asyncio.run(scene())
    assert busiest == 3
    assert desk == 200
    assert all_of_them == [200] * 50


@pytest.mark.unit
def test_a_long_stream_gives_its_place_back_when_the_answer_begins():
    async def scene():
        end = asyncio.Event()

        async def stream(scope, receive, send):
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await end.wait()
            await send({"type": "http.response.body", "body": b""})

        app = Limits(stream, Bounds(lanes={"desk": 1}))
        streams = [asyncio.create_task(ask(app, [], path="/desk/live/", method="GET")) for _ in range(5)]
        await asyncio.sleep(0.05)
        end.set()
        return await asyncio.wait_for(asyncio.gather(*streams), 1)

    assert len(asyncio.run(scene())) == 5


@pytest.mark.unit
@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("GET", "/-/ready", "health"),
        ("POST", "/desk/signin/", "signin"),
        ("POST", "/desk/signin/second/", "signin"),
        ("POST", "/desk/reset/token/", "signin"),
        ("GET", "/desk/signin/", "desk"),
        ("POST", "/desk/people/", "desk"),
        ("POST", "/lt/pranesti/grizti/", "return"),
        ("POST", "/en/report/return/", "return"),
        ("POST", "/lt/pranesti/", "report"),
        ("POST", "/oai/", "read"),
        ("POST", "/chat/abc/", "talk"),
        ("GET", "/desk/helpline/chat/live/", "talk"),
        ("POST", "/desk/helpline/letters/return/", "desk"),
        ("PUT", "/lt/", "report"),
        ("GET", "/lt/", "read"),
    ],
)
def test_lane(method, path, expected):
    assert lane_of(method, path) == expected


@pytest.mark.unit
def test_what_waited_instead_of_working_has_a_narrow_lane_of_its_own():
    assert lane_of("POST", "/lt/pranesti/", b"patient") == "patient" and Bounds().lanes["patient"] == 1
    assert lane_of("GET", "/lt/pranesti/", b"patient") == "read"
    assert (
        lane_of("POST", "/desk/signin/", b"patient") == "signin-patient"
        and Bounds().lanes["signin-patient"] == 1
    )
    assert lane_of("POST", "/desk/people/", b"patient") == "desk"
    assert lane_of("POST", "/lt/pranesti/", b"patient=1") == "report"


@pytest.mark.unit
def test_there_is_a_thread_for_every_place_in_a_lane():
    from sauga.project.requests.sites import THREADS

    assert sum(Bounds().lanes.values()) == THREADS


@pytest.mark.unit
def test_anything_but_http_is_handed_through():
    seen = []

    async def app(scope, receive, send):
        seen.append(scope["type"])

    asyncio.run(Limits(app)({"type": "lifespan"}, None, None))
    assert seen == ["lifespan"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/lt/pranesti/", "/en/report/", "/desk/"])
@pytest.mark.parametrize(("refusal", "words"), [(413, 413), (408, 408)])
def test_refused_request_meets_a_page_in_its_language_with_the_doors_headers(path, refusal, words):
    from django.test.client import AsyncRequestFactory

    from sauga.project.requests.sites import SiteHandler

    handler = SiteHandler()
    request = AsyncRequestFactory().post(path)
    request.scope[REFUSAL] = refusal
    response = handler.get_response(request)
    assert response.status_code == words
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert response.headers["Content-Type"].startswith("text/html")
    assert not response.cookies


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "words"), [("/lt/pranesti/", "truko per ilgai"), ("/en/report/", "took too long")]
)
def test_sender_who_stops_in_the_middle_reads_why(path, words):
    """The whole way: the limits lose patience, Django draws the page."""
    from sauga.project.requests.sites import SiteHandler

    app = Limits(SiteHandler(), Bounds(pause=0.05, whole=0.2))
    headers = [
        ("host", "testserver"),
        ("content-length", "50"),
        ("content-type", "application/x-www-form-urlencoded"),
    ]
    sent = asyncio.run(ask(app, [b"where=", 1.0, b"x"], method="POST", path=path, headers=headers))
    assert status(sent) == 408
    page = b"".join(part.get("body", b"") for part in sent).decode()
    assert words in page and "116\xa0111" in page and (b"connection", b"close") in sent[0]["headers"]


@pytest.mark.django_db
def test_ordinary_requests_are_not_touched():
    assert Client().get("/-/live").status_code == 200


FILES = Bounds(body=1000, files=5000, drain=5000, pause=0.2, whole=0.5, whole_files=2.0, senders=1)


def brought(size, *, path="/desk/cms/images/add/", cookie=True, kind="multipart/form-data; boundary=x"):
    """How a form of this size is met."""
    headers = [
        ("content-length", str(size)),
        ("content-type", kind),
        *([("cookie", "sauga=x")] if cookie else []),
    ]
    return status(run([b"x" * size], headers=headers, bounds=FILES, path=path))


@pytest.mark.unit
def test_an_editors_files_may_be_larger_than_anything_else():
    assert brought(4000) == 200
    assert brought(5001) == 413


@pytest.mark.unit
@pytest.mark.parametrize(
    "other",
    [
        {"path": "/lt/pranesti/"},
        {"path": "/desk/hotline/"},
        {"cookie": False},
        {"kind": "application/x-www-form-urlencoded"},
    ],
)
def test_nobody_else_may_send_as_much(other):
    assert brought(4000, **other) == 413


@pytest.mark.unit
def test_large_files_wait_for_each_other_and_small_forms_do_not():
    async def three():
        app = Limits(echo, FILES)
        large = [
            ("content-length", "4000"),
            ("content-type", "multipart/form-data; boundary=x"),
            ("cookie", "a=b"),
        ]
        small = [
            ("content-length", "10"),
            ("content-type", "multipart/form-data; boundary=x"),
            ("cookie", "a=b"),
        ]
        order = []

        async def one(name, parts, headers):
            await ask(app, parts, headers=headers, path="/desk/cms/x/")
            order.append(name)

        halves = [b"x" * 2000, 0.15, b"x" * 2000]
        await asyncio.gather(
            one("first", halves, large), one("second", [b"x" * 4000], large), one("small", [b"x" * 10], small)
        )
        return order

    assert asyncio.run(three()) == ["small", "first", "second"]


@pytest.mark.parametrize(
    ("path", "met"), [("/desk/signin/", 413), ("/lt/pranesti/", 413), ("/desk/cms/images/add/", 302)]
)
def test_only_editors_addresses_take_files(path, met, db):
    from django.core.files.uploadedfile import SimpleUploadedFile

    sent = {"a": SimpleUploadedFile("a.png", b"png")}
    assert Client(raise_request_exception=False).post(path, sent).status_code == met


@pytest.mark.parametrize("kind", ["multipart/form-data", "application/x-www-form-urlencoded"])
def test_many_fields_are_refused_everywhere_else(kind, db):
    many = {f"f{number}": "1" for number in range(500)}
    client = Client(raise_request_exception=False)
    if kind.startswith("multipart"):
        answer = client.post("/desk/signin/", many)
    else:
        answer = client.post("/desk/signin/", "&".join(f"{name}=1" for name in many), content_type=kind)
    assert answer.status_code == 413


@pytest.mark.unit
def test_who_queues_is_measured_for_the_protection_under_pressure():
    async def scene():
        free, queued = asyncio.Event(), []

        async def slow(scope, receive, send):
            queued.append(scope[QUEUED])
            await free.wait()
            await echo(scope, receive, send)

        app = Limits(slow, Bounds(lanes={"report": 1}))
        both = [asyncio.create_task(ask(app, [b"x"], headers=[("content-length", "1")])) for _ in range(2)]
        await asyncio.sleep(0.2)
        free.set()
        await asyncio.gather(*both)
        return queued

    first, second = asyncio.run(scene())
    assert first < 0.1 <= second
