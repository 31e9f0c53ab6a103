"""The synthetic internet's name server: UDP on loopback, answers from the switchboard, time to live 0."""

import asyncio
import ipaddress
import struct
from typing import Any

from sauga.world.hosts.sites import REGISTRY, TOP, Sites

REGISTRY_ADDRESS = "203.0.113.3"
_HEAD = struct.Struct("!HHHHHH")
_RECORD = struct.Struct("!HHHIH")
_A, _THE_NAME = 1, 0xC00C  # the name asked, as a pointer to the question
CODES = {"ok": 0, "servfail": 2, "nxdomain": 3}


class NameServer(asyncio.DatagramProtocol):
    """Answers A questions for `.example`, `.test` and `.invalid`; everything else does not exist."""

    def __init__(self, sites: Sites) -> None:
        self._sites = sites

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ready."""
        assert isinstance(transport, asyncio.DatagramTransport)
        self._line = transport

    def datagram_received(self, data: bytes, addr: tuple[str | Any, int]) -> None:
        """Answer one question; nonsense gets no answer."""
        try:
            answer = self._answer(data)
        except (struct.error, ValueError, IndexError):
            return
        if answer is not None:
            self._line.sendto(answer, addr)

    def _answer(self, data: bytes) -> bytes | None:
        number, flags, questions, _, _, _ = _HEAD.unpack_from(data)
        if flags & 0x8000 or questions != 1:
            raise ValueError("no question")
        labels, at = [], 12
        while length := data[at]:
            labels.append(data[at + 1 : at + 1 + length].decode("ascii").lower())
            at += 1 + length
        (kind,) = struct.unpack_from("!H", data, at + 1)
        outcome, addresses = self._look(".".join(labels), count=kind == _A)
        if outcome == "silent":
            return None
        found = addresses if kind == _A else []
        records = b"".join(
            _RECORD.pack(_THE_NAME, _A, 1, 0, 4) + ipaddress.IPv4Address(address).packed for address in found
        )
        return _HEAD.pack(number, 0x8180 | CODES[outcome], 1, len(found), 0, 0) + data[12 : at + 5] + records

    def _look(self, host: str, *, count: bool) -> tuple[str, list[str]]:
        if host == REGISTRY:
            return "ok", [REGISTRY_ADDRESS]
        if host.rpartition(".")[2] not in TOP:
            return "nxdomain", []
        return self._sites.addresses(host, count=count)
