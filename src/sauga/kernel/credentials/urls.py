"""Addresses of credentials. Their names begin with `credentials`."""

from django.urls import URLPattern, path
from django.utils.translation import pgettext_lazy

from sauga.kernel.credentials.views import machine as machines
from sauga.kernel.credentials.views import member as members
from sauga.kernel.credentials.views import public as publics

FILE = pgettext_lazy("address", "certificate/file/")
"""Where a file is checked: the one public address that takes a file from anybody."""

public: list[URLPattern] = [
    path(pgettext_lazy("address", "certificate/"), publics.index, name="credentials"),
    path(pgettext_lazy("address", "my/certificates/"), members.mine, name="credentials-mine"),
    path(FILE, publics.verify, name="credentials-verify"),
    path(pgettext_lazy("address", "certificate/<str:code>/"), publics.check, name="credentials-check"),
    path(
        pgettext_lazy("address", "certificate/<str:code>/credential.json"),
        publics.download,
        {"kind": "json"},
        name="credentials-json",
    ),
    path(
        pgettext_lazy("address", "certificate/<str:code>/credential.svg"),
        publics.download,
        {"kind": "svg"},
        name="credentials-svg",
    ),
    path(
        pgettext_lazy("address", "certificate/<str:code>/certificate.pdf"),
        publics.download,
        {"kind": "pdf"},
        name="credentials-pdf",
    ),
]
machine: list[URLPattern] = [
    path(".well-known/did.json", machines.did, name="credentials-did"),
    path("credentials/former/<str:host>/did.json", machines.former_did, name="credentials-former-did"),
    path("credentials/status/<int:number>/<slug:purpose>", machines.status, name="credentials-status"),
]
