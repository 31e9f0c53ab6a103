"""The lists of concerns, cases and referrals: tabs with counts, one table, pages. Everything stands in the address."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext

from sauga.helpline.views.safety_words import Left, Word
from sauga.kernel.ui import parts
from sauga.kernel.ui.numbers import whole

PAGE = 50


@dataclass(frozen=True)
class Line:
    """One row: its number, what it is, who it belongs to, where it stands, how long is left."""

    ref: str
    href: str
    what: str
    who: str
    state: Word
    left: Left | None


def list_page(
    request: HttpRequest,
    *,
    views: Mapping[str, Any],
    counts: Mapping[str, int],
    lines: Callable[[str, int], tuple[list[Line], int]],
    title: str,
    who: str,
    intro: str,
    empty: tuple[str, str],
    **more: Any,
) -> HttpResponse:
    """Draw the view that the address names, or the first."""
    view = request.GET.get("view", "")
    view = view if view in views else next(iter(views))
    offset = whole(request.GET.get("after"), 1_000_000)
    rows, total = lines(view, offset)
    context = {
        "tabs": [
            {"name": name, "href": f"?view={code}", "count": counts.get(code), "current": code == view, "key": number}
            for number, (code, name) in enumerate(views.items(), 1)
        ],
        "rows": rows,
        "pager": parts.Pager(
            previous=urlencode({"view": view, "after": max(offset - PAGE, 0)}) if offset else "",
            next=urlencode({"view": view, "after": offset + PAGE}) if offset + PAGE < total else "",
            note=ngettext("%(n)d row", "%(n)d rows", total) % {"n": total},
        ),
        "title": title,
        "who": who,
        "intro": intro,
        "empty": {"title": empty[0], "text": empty[1]},
    }
    return render(request, "helpline/desk/safety_list.html", {**context, **more})
