"""Reads the forms of a page as a browser does, posts them, and reads from the answer what was refused."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import Resolver404, resolve
from lxml import html

NO_INPUT = {"submit", "button", "image", "reset"}
LONGEST = 200


@dataclass(frozen=True)
class PostedForm:
    """A form that posts, on the page `page` of its reader."""

    page: str
    element: Any

    @cached_property
    def address(self) -> str:
        """Where it leads."""
        return urljoin(self.page, self.element.get("action") or self.page)

    @cached_property
    def view(self) -> str:
        """The name of the address where it leads; empty outside."""
        try:
            return resolve(urlsplit(self.address).path).view_name
        except Resolver404:
            return ""

    @cached_property
    def controls(self) -> dict[str, list[Any]]:
        """Its controls that somebody sees, by name."""
        found: dict[str, list[Any]] = {}
        for one in self.element.xpath(".//input | .//select | .//textarea"):
            if one.get("name") and one.get("type") not in {*NO_INPUT, "hidden"}:
                found.setdefault(one.get("name"), []).append(one)
        return found

    @cached_property
    def untouched(self) -> dict[str, Any]:
        """What a browser sends when nobody has chosen anything and every text is empty: hidden fields, the
        first button with a name, and lists that have no empty line."""
        held = {
            one.get("name"): one.get("value", "") for one in self.element.xpath(".//input[@type='hidden']")
        }
        buttons = self.element.xpath(".//button[@name and not(@type='button')]")[:1]
        lists = {
            name: every[0].value for name, every in self.controls.items() if _has_no_empty_line(every[0])
        }
        return (
            {name: value for name, value in held.items() if name}
            | lists
            | {one.get("name"): one.get("value", "") for one in buttons}
        )

    @property
    def required(self) -> set[str]:
        """The names of the fields that say that they have to be filled."""
        return {name for name, every in self.controls.items() if any(_is_required(one) for one in every)}

    @property
    def cannot_be_marked(self) -> set[str]:
        """Boxes to tick, of which HTML cannot say that one is needed (no legend calls them optional), and
        lists in which there is nothing to choose yet."""
        return {
            name
            for name, every in self.controls.items()
            if (every[0].get("type") == "checkbox" and not any(self._says_optional(one) for one in every))
            or (every[0].tag == "select" and not every[0].xpath(".//option"))
        }

    def _says_optional(self, one: Any) -> bool:
        labels = self.element.xpath(".//label[@for=$id]", id=one.get("id") or "-")
        legends = (
            one.xpath("ancestor::fieldset[1]/legend") if one.get("type") in {"radio", "checkbox"} else []
        )
        return any("(optional)" in " ".join(label.text_content().split()) for label in (*labels, *legends))

    def refused(self, page: Any) -> set[str]:
        """The names of the fields at which an answer shows an error."""
        stems = {one.removesuffix("_error") for one in page.xpath("//*[contains(@class, 'error')]/@id")}
        return {
            name
            for name, every in self.controls.items()
            if {re.sub(r"_\d+$", "", one.get("id") or "") for one in every} & stems
            or {one.get("id") for one in every} & stems
            or any(
                page.xpath("//*[@id=$id and @aria-invalid='true']", id=one.get("id") or "-") for one in every
            )
        }

    def plausible(self, name: str) -> Any:
        """Something that somebody could type into a field or choose for it."""
        one = self.controls[name][0]
        kind = one.get("type", "text") if one.tag == "input" else one.tag
        if kind in {"radio", "checkbox"}:
            return next(
                (each.get("value", "on") for each in self.controls[name] if each.get("value", "on")), ""
            )
        if kind == "select":
            return next((value for value in one.xpath(".//option/@value") if value), "")
        return SimpleUploadedFile("a.txt", b"a") if kind == "file" else _text(kind, name, one)

    @property
    def key(self) -> tuple[Any, ...]:
        """The same for forms that ask the same."""
        return self.view, tuple(sorted(self.controls)), tuple(sorted(self.required))


def _is_required(one: Any) -> bool:
    group = one.xpath("ancestor::fieldset[@aria-required='true'][1]")
    return one.get("required") is not None or one.get("aria-required") == "true" or bool(group)


def _has_no_empty_line(one: Any) -> bool:
    """Whether this is a list of which a browser always sends a line."""
    lines = one.xpath(".//option") if one.tag == "select" and one.get("multiple") is None else []
    return bool(lines) and all(line.get("value", line.text) for line in lines)


def _text(kind: str, name: str, one: Any) -> str:
    known = {
        "date": one.get("min") or "2026-12-20",
        "datetime-local": one.get("min") or "2026-12-20T10:00",
        "month": one.get("min") or "2013-01",
        "time": "10:00",
        "number": one.get("min") or "1",
        "email": "vardas@pastas.example",
        "url": "https://pavyzdys.example/a",
        "color": "#102030",
    }
    if kind in known:
        return known[kind]
    if "email" in name or "address" in name:
        return known["email"]
    if "url" in name:
        return known["url"]
    if one.get("inputmode") == "numeric":
        return "1"
    return "Pavyzdys žodžiai čia. Antras sakinys."[: int(one.get("maxlength") or LONGEST)]


def within[T](act: Callable[[], T]) -> T:
    """What `act` gives; what it did is undone."""
    with transaction.atomic():
        given = act()
        transaction.set_rollback(True)
    return given


def forms_of(page: str, text: str) -> list[PostedForm]:
    """The forms of a page that post something typed or chosen, within our own addresses."""
    found = [PostedForm(page, one) for one in html.fromstring(text).forms if one.method == "POST"]
    return [one for one in found if one.controls and one.address.startswith("/")]
