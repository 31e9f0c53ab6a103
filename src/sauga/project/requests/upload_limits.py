"""Limits on the number of form fields, and on who may upload files: editors at their own pages, and those who
have a personal link for it; a visitor only a certificate to be checked.

Django has one limit for all addresses; it is set to what the editors' tool needs, and everybody else is held
to less here.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache

from django.conf import settings
from django.core.exceptions import TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import Promise
from django.utils.translation import override

from sauga.kernel.credentials.urls import FILE as CERTIFICATE_FILE
from sauga.kernel.services import installed

MOST_FIELDS = 400
ORGANISATIONS = ("/desk/organisations/import/", "/desk/organisations/logos/")
A_PART = re.compile(rb"content-disposition:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*", re.IGNORECASE)
A_FILE = re.compile(rb";\s*+filename\s*+\*?\s*+=", re.IGNORECASE)
"""Looked for in the header of a part alone, which is read once: a header in a header in a header is still
one."""


@cache
def upload_addresses() -> tuple[str, ...]:
    """Beginnings of addresses where a signed-in editor brings pictures, films, files and translations, or a
    member a logo, as the services declare them; and where organisations are imported and get logos."""
    declared = [config.declaration for config in installed()]
    desk = (address for one in declared for address in one.uploads)
    members = (address for one in declared for name in one.member_uploads for address in _translated(name))
    return (*ORGANISATIONS, *desk, *members)


def _translated(name: str | Promise) -> Iterator[str]:
    """An address of the member site in each language."""
    for code, _name in settings.LANGUAGES:
        with override(code):
            yield f"/{code}/{name}"


@cache
def small_file_addresses() -> frozenset[str]:
    """Addresses where any visitor may bring one small file, which is read and not stored: a certificate to be
    checked."""
    return frozenset(_translated(CERTIFICATE_FILE))


def takes_files(path: str) -> bool:
    """Whether this address takes files and long forms: an editor's or member's page, or a personal link that
    was made here."""
    return path.startswith(upload_addresses()) or any(
        path.startswith(address) and is_made_here(path.removeprefix(address))
        for address, is_made_here in link_addresses()
    )


@cache
def link_addresses() -> tuple[tuple[str, Callable[[str], bool]], ...]:
    """Beginnings of the addresses of personal links by which files may be brought, with what knows a link."""
    return tuple(
        (address, is_made_here)
        for config in installed()
        for name, is_made_here in config.declaration.link_uploads
        for address in _translated(name)
    )


class UploadLimitsMiddleware:
    """Limits every form except the editors' to a few fields and no file. Raises TooManyFieldsSent,
    TooManyFilesSent: a plain 400."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method == "POST" and not takes_files(request.path_info):
            self._hold(request)
        return self.get_response(request)

    def _hold(self, request: HttpRequest) -> None:
        kind = request.content_type or ""
        if kind == "multipart/form-data":
            files_left = 1 if request.path_info in small_file_addresses() else 0
            for count, part in enumerate(A_PART.finditer(request.body), 1):
                files_left -= A_FILE.search(part.group()) is not None
                if files_left < 0:
                    raise TooManyFilesSent("no files are taken here, or no more than one")
                if count > MOST_FIELDS:
                    raise TooManyFieldsSent("too many parts")
        elif kind == "application/x-www-form-urlencoded" and request.body.count(b"&") >= MOST_FIELDS:
            raise TooManyFieldsSent("too many fields")
