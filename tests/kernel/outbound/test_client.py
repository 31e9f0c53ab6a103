"""How the client behaves towards hostile, broken and ordinary servers."""

import asyncio
import socket
import threading
import time
import tracemalloc
from dataclasses import replace

import pytest

from sauga.kernel.outbound import (
    UNLIMITED,
    Body,
    Client,
    Politeness,
    ProbeError,
    ProbePolicy,
    TooSoon,
    attach_world,
    options,
    probe,
    sync,
)
from sauga.kernel.outbound import politeness as manners
from sauga.world.hosts.answers import MARK

ITEM = "/item/1"


def site(code, host="c"):
    return f"http://{host}.{code}.behave.example{ITEM}"


def look(*urls, politeness=UNLIMITED, **given):
    async def run():
        async with Client(politeness=politeness) as client:
            return [await client.probe(url, **given) for url in urls]

    found = asyncio.run(run())
    return found[0] if len(urls) == 1 else found


def test_media_body_is_never_asked_for(world):
    found = look(site("media"))
    assert found.body is Body.MEDIA and [s.method for s in world.seen] == ["HEAD"]
    assert MARK.decode() not in repr(found)


def test_media_is_closed_after_its_headers_when_text_was_expected(world):
    found = look(site("media"), policy=ProbePolicy(known_text=True))
    assert (found.status, found.body, found.text) == (200, Body.MEDIA, "")


def test_binary_under_a_text_type_is_thrown_away(world):
    found = look(site("disguised"))
    assert found.body is Body.DISGUISED and found.text == ""


def test_known_text_costs_one_request(world):
    found = look(site("online"), policy=ProbePolicy(known_text=True))
    assert (
        found.requests == 1 and "Placeholder item" in found.text and [s.method for s in world.seen] == ["GET"]
    )


def test_headers_only_never_takes_a_body(world):
    found = look(site("online"), policy=ProbePolicy(headers_only=True))
    assert (found.status, found.text, found.requests) == (200, "", 1)


def test_long_page_is_cut_at_the_limit_and_says_so(world):
    found = look(site("endless"))
    assert found.truncated and len(found.text.encode()) == 256 * 1024
    assert look(site("static")).status == 200


@pytest.mark.parametrize("code", ["zip-bomb", "zip-bomb-single"])
def test_zip_bomb_stays_within_memory(world, code):
    look(site(code))  # the world packs its bomb now, so that only our own memory is measured
    tracemalloc.start()
    try:
        found = look(site(code))
        assert found.truncated and len(found.text) <= 256 * 1024
        assert tracemalloc.get_traced_memory()[1] < 8 * 1024 * 1024
    finally:
        tracemalloc.stop()


def test_endless_slow_body_ends_in_time_with_what_came(world):
    began = time.monotonic()
    found = look(site("drip"), policy=ProbePolicy(body_seconds=0.5, known_text=True))
    assert (
        time.monotonic() - began < 2
        and found.error is None
        and found.truncated
        and "Placeholder" in found.text
    )


def test_time_limit_covers_the_whole_probe(world):
    began = time.monotonic()
    found = look(site("timeout"), policy=ProbePolicy(seconds=0.5))
    assert found.error is ProbeError.TIMEOUT and time.monotonic() - began < 2 and 0.4 < found.elapsed < 1.5


def test_no_cookie_no_credentials_and_an_honest_name(world):
    found = look("http://user:secret@c.login-401.behave.example/item/1", site("login-401"))
    assert {(s.cookie, s.secret) for s in world.seen} == {(False, False)} and all(
        "Sauga" in s.agent for s in world.seen
    )
    assert "secret" not in found[0].final_url


def test_referrer_opens_a_page_that_asks_for_it(world):
    assert look(site("referrer-only")).status == 404
    found = look(site("referrer-only"), referrer="http://me:pw@entry.referrer-only.behave.example/#x")
    assert found.status == 200 and "pw" not in "".join(s.referrer for s in world.seen)


@pytest.mark.parametrize("referrer", ["file:///etc/passwd", "nonsense\r\nX-Evil: 1"])
def test_unfit_referrer_is_not_sent(world, referrer):
    look(site("online"), referrer=referrer)
    assert {s.referrer for s in world.seen} == {""}


def test_second_vantage_and_a_browsers_name_uncover_a_cloak(world):
    assert look(site("cloak-vantage")).status == 404
    assert look(site("cloak-vantage"), policy=ProbePolicy(vantage="second")).status == 200
    assert look(site("cloak-agent"), policy=ProbePolicy(user_agent="Mozilla/5.0")).status == 200
    with pytest.raises(KeyError):
        look(site("online"), policy=ProbePolicy(vantage="moon"))


def test_redirects_are_kept_and_counted(world):
    found = look(site("redirect-home"))
    assert found.final_url.endswith("behave.example/") and found.redirects[0].status == 302
    found = look(site("redirect-loop"))
    assert found.error is ProbeError.TOO_MANY_REDIRECTS and len(found.redirects) == 5


def test_page_that_refreshes_itself_counts_as_a_redirect_unless_told_not_to(world):
    found = look(site("refresh-home"))
    assert found.redirects[0].status == 200 and found.redirects[0].target.endswith(".example/")
    found = look(site("refresh-home"), policy=ProbePolicy(follow_refresh=False))
    assert not found.redirects and "Redirecting" in found.text


@pytest.mark.parametrize(
    "code",
    [
        "redirect-loopback",
        "redirect-metadata",
        "redirect-private",
        "redirect-mapped",
        "redirect-file",
        "redirect-port",
    ],
)
def test_redirect_into_the_house_is_refused_before_any_request(world, code):
    found = look(site(code))
    assert (
        found.error is ProbeError.GUARD
        and found.status == 302
        and found.redirects
        and len(world.seen) == found.requests == 1
    )


def test_name_that_turns_to_loopback_is_refused_at_the_next_look(world):
    async def run():
        async with Client(politeness=UNLIMITED) as client:
            first = await client.probe(site("rebinding"))
            client._names._kept.clear()  # some seconds later
            return first, await client.probe(site("rebinding"))

    first, second = asyncio.run(run())
    assert first.status == 200 and second.error is ProbeError.GUARD


def test_name_with_one_bad_address_is_refused(world):
    assert look(site("dns-mixed")).detail == "outside the synthetic internet" and not world.seen


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://169.254.169.254/",
        "http://2130706433/",
        "http://localhost/",
    ],
)
def test_literal_private_address_is_refused(world, url):
    assert look(url).error is ProbeError.GUARD and not world.seen


def test_literal_address_of_the_world_works_with_its_host_header(world):
    found = look("http://203.0.113.20/")
    assert found.status == 421 and world.seen[0].host == "203.0.113.20"


@pytest.mark.parametrize("url", ["nonsense", "http://a b/", ""])
def test_bad_url_is_an_answer_not_an_exception(world, url):
    assert look(url).error is ProbeError.BAD_URL


def test_loopback_is_out_of_reach_outside_the_world():
    attach_world(None)
    reached = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.3)

        def listen():
            try:
                server.accept()
                reached.set()
            except TimeoutError:
                pass

        thread = threading.Thread(target=listen)
        thread.start()
        for host in ("127.0.0.1", "127.1", "[::ffff:127.0.0.1]"):
            assert asyncio.run(probe(f"http://{host}/")).error is ProbeError.GUARD
        thread.join()
    assert not reached.is_set()


def test_pinned_resolver_gives_both_families_and_refuses_by_itself():
    from sauga.kernel.outbound.http.transport import NoAnswer, PinnedResolver
    from sauga.kernel.outbound.names import Names, Resolution
    from sauga.kernel.outbound.ssrf_guard import GuardRefused

    async def run(*addresses):
        names = Names()
        names._kept["a.example"] = (time.monotonic() + 60, Resolution("a.example", addresses))
        resolver = PinnedResolver(names, None, "main")
        found = await resolver.resolve("a.example", 80)
        await resolver.close()
        return [(place["family"], place["host"]) for place in found]

    both = [(socket.AF_INET, "1.1.1.1"), (socket.AF_INET6, "2606:4700::1111")]
    assert asyncio.run(run("1.1.1.1", "2606:4700::1111")) == both
    with pytest.raises(NoAnswer):
        asyncio.run(run())
    with pytest.raises(GuardRefused):
        asyncio.run(run("1.1.1.1", "10.0.0.1"))


def test_last_gate_stops_an_address_that_slipped_through():
    from sauga.kernel.outbound.http.transport import _socket_factory
    from sauga.kernel.outbound.ssrf_guard import GuardRefused

    with pytest.raises(GuardRefused):
        _socket_factory(None)((socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 80)))


def test_last_gate_of_the_world_knows_only_its_own_ports(world):
    from sauga.kernel.outbound.http.transport import _socket_factory
    from sauga.kernel.outbound.link import current
    from sauga.kernel.outbound.ssrf_guard import GuardRefused

    with pytest.raises(GuardRefused):
        _socket_factory(current())((socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 22)))


def test_one_connection_a_host_and_many_hosts_at_once(world):
    async def run():
        async with Client(politeness=UNLIMITED, concurrency=50) as client:
            began = time.monotonic()
            await asyncio.gather(
                *(
                    client.probe(site("slow-headers", "one"), policy=ProbePolicy(known_text=True))
                    for _ in range(2)
                )
            )
            same, began = time.monotonic() - began, time.monotonic()
            await asyncio.gather(
                *(
                    client.probe(site("slow-headers", f"h{i}"), policy=ProbePolicy(known_text=True))
                    for i in range(10)
                )
            )
            return same, time.monotonic() - began

    same, many = asyncio.run(run())
    assert same >= 2 and many < 1.9


def test_hosts_that_point_at_each_other_do_not_wait_in_a_circle(world):
    for here in "ab":
        world.sites.put(f"{here}.silent-hosting.example", "redirect-loop")
    urls = [f"http://{h}.silent-hosting.example/x" for h in "ab"] * 10

    async def run():
        async with Client(politeness=UNLIMITED, concurrency=2) as client:
            return await asyncio.gather(*(client.probe(url) for url in urls))

    assert {p.error for p in asyncio.run(run())} == {ProbeError.TOO_MANY_REDIRECTS}


def test_bucket_empty_means_too_soon(world):
    slow = Politeness(per_host_a_minute=6, burst=2, jitter=0)
    with pytest.raises(TooSoon) as refused:
        look(*[site("online")] * 5, politeness=slow, wait=0, policy=ProbePolicy(known_text=True))
    assert 0 < refused.value.seconds <= 10 and len(world.seen) == 2


def test_provider_bucket_is_shared_by_its_hosts(world):
    slow = Politeness(per_host_a_minute=600, per_provider_a_minute=6, burst=2, jitter=0)
    with pytest.raises(TooSoon):
        look(
            *[site("online", f"h{i}") for i in range(5)],
            politeness=slow,
            wait=0,
            provider="p",
            policy=ProbePolicy(known_text=True),
        )


def test_retry_after_is_honoured(world):
    with pytest.raises(TooSoon) as refused:
        look(site("rate-limited"), site("rate-limited"), politeness=Politeness(jitter=0), wait=1)
    assert 115 < refused.value.seconds <= 120


def test_turn_is_waited_for_when_it_is_near(world):
    quick = Politeness(per_host_a_minute=600, burst=1, jitter=0)
    began = time.monotonic()
    look(*[site("online")] * 3, politeness=quick, policy=ProbePolicy(known_text=True))
    assert 0.15 < time.monotonic() - began < 2


def test_only_so_many_hosts_are_remembered(world, monkeypatch):
    monkeypatch.setattr(manners, "KEEP_HOSTS", 2)

    async def run():
        async with Client(politeness=UNLIMITED) as client:
            for i in range(4):
                await client.probe(site("online", f"h{i}"))
            return client

    client = asyncio.run(run())
    assert (
        len(client._manners._buckets) == 2
        and not client._manners._places
        and client.vantages == ("main", "second")
    )


def test_waiting_at_a_door_can_be_called_off(world):
    async def run():
        async with Client(politeness=UNLIMITED) as client:
            first = asyncio.create_task(
                client.probe(site("slow-headers"), policy=ProbePolicy(known_text=True))
            )
            await asyncio.sleep(0.1)
            second = asyncio.create_task(client.probe(site("slow-headers")))
            await asyncio.sleep(0.1)
            second.cancel()
            await asyncio.gather(second, return_exceptions=True)
            return await first, client._manners._places

    found, places = asyncio.run(run())
    assert found.status == 200 and not places


def test_options_differ_from_the_default_only_where_said():
    assert options(seconds=1).seconds == 1 and options(seconds=1).max_bytes == ProbePolicy().max_bytes


def test_vantages_of_this_house_are_read_from_its_file(settings, tmp_path):
    settings.ENV = replace(settings.ENV, data=tmp_path)
    (tmp_path / "network").mkdir()
    assert Client().vantages == ("main",)
    (tmp_path / "network/vantages.json").write_text('{"second": "127.0.0.2"}')
    assert Client().vantages == ("main", "second")
    for nonsense in ("[1]", "{"):
        (tmp_path / "network/vantages.json").write_text(nonsense)
        assert Client().vantages == ("main",)


def test_hang_up_and_wish_to_wait(world):
    assert look(site("reset")).error is ProbeError.RESET
    assert look(site("maintenance")).retry_after == "60" and look(site("online")).retry_after == ""


def test_line_from_a_second_address_is_used(world):
    from sauga.kernel.outbound.http.transport import open_session, settle
    from sauga.kernel.outbound.link import current
    from sauga.kernel.outbound.names import Names

    async def run():
        session, _ = open_session(Names(current()), current(), "main", "127.0.0.1")
        async with session.get(site("online")) as answer:
            status = answer.status
        await settle(session)
        return status

    assert asyncio.run(run()) == 200


def test_blocking_call_works_in_a_thread_and_refuses_inside_a_loop(world):
    assert sync.probe(site("online")).status == 200
    assert sync.resolve("t.online.behave.example").addresses

    async def inside():
        sync.probe(site("online"))

    with pytest.raises(RuntimeError, match="Await"):
        asyncio.run(inside())
