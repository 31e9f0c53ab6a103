"""Bad input for every address of every site: made from the address table, each case from its number alone.

Case number n is the same in every run and every process: address, person, kind of damage and value follow
from it. What a view asks for need not be known: a query or a form that answers *every* name with the hostile
value stands in place of the real one.
"""

import random
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import quote

from access.hostile_values import BODIES, BYTES, COOKIES, HEADERS, KEPT_IN_COOKIES, METHODS, TEXTS
from access.matrix import every_row
from access.test_cms import addresses as tool_addresses
from access.test_matrix import NEVER_ASKED, NOBODY, roles
from django.http import QueryDict
from django.urls import NoReverseMatch, reverse
from django.utils import translation

SEED = 12
VISITOR = ""
BEYOND = (
    "/",
    "/nothing",
    "/static/nothing.css",
    "/static/..%2f..%2fetc/passwd",
    "/media/images",
    "/media/images/",
    "/media/images/.",
    "/media/x",
)
"""Addresses that stand in no table, or twice in it in another spelling."""

KINDS = ("argument", "query", "fields", "header", "cookie", "method", "body", "path")


@dataclass(frozen=True)
class Address:
    """One line of the table: its name, what fills it, and who is let in."""

    name: str
    args: tuple[str, ...] = ()
    fixed: str = ""
    method: str = "GET"
    people: tuple[str, ...] = ()

    def path(self, objects: Mapping[str, str], other: Mapping[int, str] | None = None) -> str:
        """The address as it is sent, percent-encoded. `other` stands in place of one argument."""
        if self.fixed:
            return self.fixed
        given = [objects.get(arg, arg) for arg in self.args]
        if not other:
            return reverse(self.name, args=given)
        for mark in (
            "zq{}qz",
            "98765{}",
            "zq{}qz/",
        ):  # a place that takes digits only is found by a number that stands nowhere else
            marks = [mark.format(place) if place in other else arg for place, arg in enumerate(given)]
            with suppress(NoReverseMatch):
                plain = reverse(self.name, args=marks)
                for place, value in other.items():
                    plain = plain.replace(marks[place], value)
                return plain
        raise AssertionError(f"{self.name} takes neither words nor digits")


@dataclass(frozen=True)
class Case:
    """One request and who sends it. `answers` takes the place of every name of the query or the form."""

    number: int
    who: str
    kind: str
    method: str
    path: str
    query: bytes = b""
    headers: tuple[tuple[bytes, bytes], ...] = ()
    body: bytes = b""
    answers: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        shown = {name: value[:60] for name, value in self.answers.items()}
        asked = f"{self.method} {self.path[:120]!r} {self.query[:80]!r} {self.headers!r:.300} {shown}"
        return f"case {self.number} ({self.kind}) as {self.who or 'visitor'}: {asked}"


@cache
def addresses() -> tuple[Address, ...]:
    """Every address there is, in both languages where it has two."""
    found = [Address("", fixed=place) for place in BEYOND]
    found += [
        Address(
            row.name,
            row.args,
            method=row.method,
            people=tuple(who for who, status in row.roles.items() if status != 404),
        )
        for row in every_row().values()
        if row.expected("") != NEVER_ASKED
    ]
    found += [
        Address("", fixed=place, people=("EDITOR", "PUBLISHER", "SAFEGUARDING_EDITOR"))
        for place in sorted(set(tool_addresses()))
    ]
    return tuple(found)


@cache
def people() -> tuple[str, ...]:
    return (VISITOR, NOBODY, *roles())


def who_asks(number: int) -> str:
    """Weighted towards the roles with most permissions: they reach more code."""
    rng = random.Random(f"{SEED} who {number}")
    address = addresses()[number % len(addresses())]
    return rng.choice(people()) if rng.random() < 0.2 else rng.choice(address.people or (VISITOR,))


def case(number: int, objects: Mapping[str, str]) -> Case:
    """The case of a number."""
    rng = random.Random(f"{SEED} {number}")
    address = addresses()[number % len(addresses())]
    kind = KINDS[(number + number // len(addresses())) % len(KINDS)]
    if kind == "argument" and not address.args:
        kind = "fields" if address.method == "POST" else "query"
    with translation.override(rng.choice(("lt", "en"))):
        return MAKERS[kind](number, rng, address, objects)


def _plain(
    number: int, kind: str, rng: random.Random, address: Address, objects: Mapping[str, str], **more: Any
) -> Case:
    given = {"method": address.method, "path": address.path(objects), **more}
    return Case(number, who_asks(number), kind, **given)


def _argument(number: int, rng: random.Random, address: Address, objects: Mapping[str, str]) -> Case:
    value = (
        quote(rng.choice(TEXTS), safe="")
        if rng.random() < 0.8
        else "".join(f"%{byte:02x}" for byte in rng.choice(BYTES))
    )
    path = address.path(objects, {rng.randrange(len(address.args)): value})
    return _plain(number, "argument", rng, address, objects, path=path)


def _query(number: int, rng: random.Random, address: Address, objects: Mapping[str, str]) -> Case:
    value = rng.choice(TEXTS)
    if (
        re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", value) or rng.random() < 0.15
    ):  # as bytes: the front answers, or Django's own reading
        raw = (
            quote(value, safe="").encode()
            if rng.random() < 0.5
            else b"".join(b"%%%02x" % byte for byte in rng.choice(BYTES))
        )
        return _plain(
            number,
            "query",
            rng,
            address,
            objects,
            query=rng.choice((b"q=", b"page=", b"a=b&", b"")) + raw,
            method="GET",
        )
    return _plain(number, "query", rng, address, objects, method="GET", query=b"a=b", answers={"GET": value})


def _fields(number: int, rng: random.Random, address: Address, objects: Mapping[str, str]) -> Case:
    form = (b"content-type", b"application/x-www-form-urlencoded")
    return _plain(
        number,
        "fields",
        rng,
        address,
        objects,
        method="POST",
        headers=(form,),
        answers={"POST": rng.choice(TEXTS)},
    )


def _header(number: int, rng: random.Random, address: Address, objects: Mapping[str, str]) -> Case:
    name = rng.choice(tuple(HEADERS))
    value = rng.choice((*HEADERS[name], *(rng.choice(TEXTS) for _ in range(2))))
    raw = value if isinstance(value, bytes) else value.encode()
    twice = ((name.encode(), b"evil.example"),) if rng.random() < 0.1 else ()
    query = rng.choice((b"", b"q=a&page=2"))
    return _plain(
        number, "header", rng, address, objects, headers=((name.encode(), raw), *twice), query=query
    )


def _cookie(number: int, rng: random.Random, address: Address, objects: Mapping[str, str]) -> Case:
    value = rng.choice((*COOKIES, rng.choice(TEXTS).encode()))
    return _plain(
        number,
        "cookie",
        rng,
        address,
        objects,
        headers=((b"cookie", rng.choice(KEPT_IN_COOKIES).encode() + b"=" + value),),
    )


def _method(number: int, rng: random.Random, address: Address, objects: Mapping[str, str]) -> Case:
    return _plain(number, "method", rng, address, objects, method=rng.choice(METHODS))


def _body(number: int, rng: random.Random, address: Address, objects: Mapping[str, str]) -> Case:
    kind, body = rng.choice(BODIES)
    method = rng.choice(("POST", "POST", "POST", "PUT", "GET"))
    return _plain(
        number,
        "body",
        rng,
        address,
        objects,
        method=method,
        headers=((b"content-type", kind.encode()),),
        body=body,
    )


def _path(number: int, rng: random.Random, address: Address, objects: Mapping[str, str]) -> Case:
    path, value = address.path(objects), quote(rng.choice(TEXTS), safe="")
    damaged = rng.choice(
        (
            path + value,
            path.rstrip("/"),
            path + "/",
            "/" + path,
            path + "%2e%2e/",
            path.upper(),
            f"{value}{path}",
            path + "a" * 3000,
        )
    )
    return _plain(
        number, "path", rng, address, objects, path=damaged if damaged.startswith("/") else "/" + damaged
    )


MAKERS = {
    "argument": _argument,
    "query": _query,
    "fields": _fields,
    "header": _header,
    "cookie": _cookie,
    "method": _method,
    "body": _body,
    "path": _path,
}


class EveryName(QueryDict):
    """A query or a form in which every name has the same value, so that whatever a view reads is hostile."""

    def __init__(self, value: str) -> None:
        super().__init__("", mutable=True)
        self.value = value

    def __deepcopy__(self, memo: Any) -> "EveryName":
        return EveryName(self.value)

    __copy__ = copy = lambda self: EveryName(self.value)

    def __getitem__(self, key: str) -> str:
        return "" if key == "csrfmiddlewaretoken" else self.value

    def get(self, key: str, default: Any = None) -> Any:
        return self[key]

    def getlist(self, key: str, default: Any = None) -> list[str]:
        return [self[key]]

    def __contains__(self, key: object) -> bool:
        return True

    def __iter__(self) -> Iterator[str]:
        return iter(("q", "a"))

    def items(self) -> Any:
        return iter([("q", self.value), ("a", self.value)])

    def __bool__(self) -> bool:
        return True

    def __len__(self) -> int:
        return 2
