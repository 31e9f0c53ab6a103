"""Addresses of the member site, under /lt/mano/ and /en/my/, and of its list at the desk. Names begin with
`members-`."""

from django.urls import URLPattern, path
from django.utils.translation import pgettext_lazy

from sauga.kernel.identity import needs
from sauga.kernel.members.rules import Permission
from sauga.kernel.members.views import account, consents, data, organisations, signin
from sauga.kernel.members.views import desk as desk_views

public: list[URLPattern] = [
    path(pgettext_lazy("address", "my/"), account.home, name="members-home"),
    path(pgettext_lazy("address", "my/sign-in/"), signin.sign_in, name="members-signin"),
    path(pgettext_lazy("address", "my/sign-in/sent/"), signin.sent, name="members-sent"),
    path(pgettext_lazy("address", "my/sign-in/passkey/"), signin.passkey, name="members-passkey"),
    path(pgettext_lazy("address", "my/link/<str:token>/"), signin.link, name="members-link"),
    path(pgettext_lazy("address", "my/sign-out/"), signin.sign_out, name="members-signout"),
    path(pgettext_lazy("address", "my/account/"), account.account, name="members-account"),
    path(pgettext_lazy("address", "my/account/passkey/"), account.passkey_new, name="members-passkey-new"),
    path(
        pgettext_lazy("address", "my/account/passkey/<str:ref>/remove/"),
        account.passkey_remove,
        name="members-passkey-remove",
    ),
    path(
        pgettext_lazy("address", "my/account/session/<str:ref>/end/"),
        account.session_end,
        name="members-session-end",
    ),
    path(pgettext_lazy("address", "my/consents/"), consents.consents, name="members-consents"),
    path(pgettext_lazy("address", "my/guardian/<str:token>/"), consents.guardian, name="members-guardian"),
    path(pgettext_lazy("address", "my/data/"), data.data, name="members-data"),
    path(
        pgettext_lazy("address", "my/data/file.json"),
        data.download,
        {"kind": "json"},
        name="members-data-json",
    ),
    path(
        pgettext_lazy("address", "my/data/file.pdf"),
        data.download,
        {"kind": "pdf"},
        name="members-data-pdf",
    ),
    path(pgettext_lazy("address", "my/data/delete/"), data.delete, name="members-delete"),
    path(
        pgettext_lazy("address", "my/organisations/"),
        organisations.organisations,
        name="members-organisations",
    ),
    path(pgettext_lazy("address", "my/organisations/ask/"), organisations.ask, name="members-ask"),
    path(
        pgettext_lazy("address", "my/organisations/suggest/"), organisations.suggest, name="members-suggest"
    ),
    path(
        pgettext_lazy("address", "my/organisations/<str:ref>/decide/"),
        organisations.decide,
        name="members-decide",
    ),
]
desk: list[URLPattern] = [
    path("members/", needs(Permission.DECIDE_REQUEST)(desk_views.Requests.view()), name="members-requests"),
    path(
        "members/<str:ref>/",
        needs(Permission.DECIDE_REQUEST)(desk_views.RequestPage.view()),
        name="members-request",
    ),
    path(
        "members/<str:ref>/<str:name>/",
        needs(Permission.DECIDE_REQUEST)(desk_views.RequestPage.action_view()),
        name="members-request-do",
    ),
]
