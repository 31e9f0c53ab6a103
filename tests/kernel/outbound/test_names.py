"""Names: what exists, what does not, and what cannot be known."""

import asyncio

import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rrset
import pytest

from sauga.kernel.outbound import BadUrl, GuardRefused, Names, resolve
from sauga.kernel.outbound import names as module


def ask(host):
    return asyncio.run(resolve(host))


def test_name_with_an_address(world):
    assert len(ask("t.online.behave.example").addresses) == 1


def test_no_such_name_is_told_apart_from_no_answer(world):
    assert ask("t.nxdomain.behave.example").nxdomain and not ask("t.nxdomain.behave.example").error
    for code in ("dns-failure", "dns-silent"):
        found = ask(f"t.{code}.behave.example")
        assert found.error == "failure" and not found.nxdomain
    found = ask("t.dns-nodata.behave.example")
    assert not found.addresses and not found.error and not found.nxdomain


def test_names_that_mean_something_inside_only_are_refused(world):
    for host in ("localhost", "printer", "x.local"):
        with pytest.raises(GuardRefused):
            ask(host)
    with pytest.raises(BadUrl):
        ask("a..b")


def test_literal_addresses_answer_themselves(world):
    assert ask("192.0.2.1").addresses == ("192.0.2.1",) and ask("2001:db8::1").addresses == ("2001:db8::1",)


def test_answers_are_shared_and_kept_for_seconds_only(world, monkeypatch):
    async def run():
        names = Names(module.link.current())
        first = await asyncio.gather(*(names.look_up("t.rebinding.behave.example") for _ in range(5)))
        first.append(await names.look_up("t.rebinding.behave.example"))
        later = module.time.monotonic() + 60
        monkeypatch.setattr(module.time, "monotonic", lambda: later)
        return first, await names.look_up("t.rebinding.behave.example")

    first, second = asyncio.run(run())
    assert len(set(first)) == 1 and first[0].addresses != second.addresses


def wire(host="a.example", kind="A", *records, rcode=0, flags=0, other=""):
    answer = dns.message.make_response(dns.message.make_query(other or host, kind))
    answer.answer.extend(
        dns.rrset.from_text(dns.name.from_text(record[0]), *record[1:]) for record in records
    )
    answer.set_rcode(rcode)
    answer.flags |= flags
    return answer.to_wire()


def test_plain_and_odd_answers_are_read():
    good = wire("a.example", "A", ("a.example", 1, "IN", "A", "192.0.2.1"))
    assert module._read("a.example", 1, good).addresses == ("192.0.2.1",)
    six = wire("a.example", "AAAA", ("a.example", 1, "IN", "AAAA", "2001:db8::1"))
    assert module._read("a.example", 28, six).addresses == ("2001:db8::1",)
    alias = wire(
        "a.example",
        "A",
        ("a.example", 1, "IN", "CNAME", "b.example."),
        ("b.example", 1, "IN", "A", "192.0.2.2"),
    )
    assert module._read("a.example", 1, alias).addresses == ("192.0.2.2",)
    assert (
        module._read("a.example", 1, wire("a.example", "A", ("a.example", 1, "IN", "CNAME", "b.example.")))
        is None
    )
    assert module._read("a.example", 1, wire(rcode=dns.rcode.SERVFAIL)).error == "failure"
    assert module._read("a.example", 1, wire(flags=dns.flags.TC)) is None
    assert module._read("a.example", 1, good[:-10]) is None
    stranger = wire("a.example", "A", ("c.example", 1, "IN", "A", "192.0.2.9"))
    assert not (module._read("a.example", 1, stranger) or module.Resolution("")).addresses


class Liar(asyncio.DatagramProtocol):
    """Sends a wrong number, a wrong name and noise before the true answers."""

    def connection_made(self, transport):
        self.line = transport

    def datagram_received(self, data, addr):
        question = dns.message.from_wire(data)
        self.line.sendto(b"noise", addr)
        self.line.sendto(data, addr)
        wrong = dns.message.make_response(dns.message.make_query("evil.example", "A"))
        wrong.id = question.id
        self.line.sendto(wrong.to_wire(), addr)
        true = dns.message.make_response(question)
        if question.question[0].rdtype == 1:
            true.answer.append(dns.rrset.from_text(question.question[0].name, 0, "IN", "A", "192.0.2.7"))
        self.line.sendto(true.to_wire(), addr)


def test_answers_that_do_not_fit_the_question_are_passed_over():
    async def run():
        line, _ = await asyncio.get_running_loop().create_datagram_endpoint(Liar, local_addr=("127.0.0.1", 0))
        names = Names()
        names._servers = [line.get_extra_info("sockname")]
        try:
            return await names.look_up("a.example")
        finally:
            line.close()

    assert asyncio.run(run()).addresses == ("192.0.2.7",)


class HalfDeaf(Liar):
    """Answers for IPv4 and never for IPv6."""

    def datagram_received(self, data, addr):
        if dns.message.from_wire(data).question[0].rdtype == 1:
            super().datagram_received(data, addr)


def look_at(server, host="a.example"):
    async def run():
        line, _ = await asyncio.get_running_loop().create_datagram_endpoint(
            server, local_addr=("127.0.0.1", 0)
        )
        names = Names()
        names._servers = [line.get_extra_info("sockname")]
        try:
            return await names.look_up(host)
        finally:
            line.close()

    return asyncio.run(run())


def test_server_that_is_silent_about_ipv6_costs_little_and_nothing_is_lost():
    began = module.time.monotonic()
    assert look_at(HalfDeaf).addresses == ("192.0.2.7",) and module.time.monotonic() - began < 1.5


def test_server_that_is_not_there_is_a_failure():
    async def run():
        names = Names()
        names._servers = [("127.0.0.1", 9), ("::1", 9)]
        return await names.look_up("a.example")

    assert asyncio.run(run()).error == "failure"


class Truncating(asyncio.DatagramProtocol):
    """Says that the answer is too long, always."""

    def connection_made(self, transport):
        self.line = transport

    def datagram_received(self, data, addr):
        answer = dns.message.make_response(dns.message.from_wire(data))
        answer.flags |= dns.flags.TC
        self.line.sendto(answer.to_wire(), addr)


def test_truncated_answer_is_asked_again_by_the_thorough_reader(world):
    async def run():
        line, _ = await asyncio.get_running_loop().create_datagram_endpoint(
            Truncating, local_addr=("127.0.0.1", 0)
        )
        names = Names(module.link.current())
        names._servers = [line.get_extra_info("sockname")]
        try:
            return await names.look_up("t.online.behave.example")
        finally:
            line.close()

    assert asyncio.run(run()).addresses


def test_only_so_many_answers_are_kept(world, monkeypatch):
    monkeypatch.setattr(module, "KEEP_NAMES", 2)

    async def run():
        names = Names(module.link.current())
        for i in range(4):
            await names.look_up(f"h{i}.online.behave.example")
        return names

    assert len(asyncio.run(run())._kept) == 2


def test_name_too_odd_for_the_thorough_reader(world):
    async def run():
        return await Names(module.link.current())._query("a" * 70 + ".example", "A")

    assert asyncio.run(run()).error == "failure"


def test_alias_that_cannot_be_read_is_left_to_the_thorough_reader():
    assert module._read_alias("a.example", b"\x00" * 5) is None


def test_named_servers_are_used(settings):
    from dataclasses import replace

    settings.ENV = replace(settings.ENV, nameservers=("192.0.2.53",))
    assert Names()._servers == [("192.0.2.53", 53)]


def test_odd_answer_falls_back_to_the_thorough_reader(world):
    async def run(host):
        return await Names(module.link.current())._thorough(host)

    assert asyncio.run(run("t.online.behave.example")).addresses
    assert asyncio.run(run("t.nxdomain.behave.example")).nxdomain
    assert asyncio.run(run("t.dns-failure.behave.example")).error == "failure"
