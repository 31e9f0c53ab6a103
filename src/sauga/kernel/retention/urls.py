"""Addresses of retention at the desk."""

from django.urls import path

from sauga.kernel.identity import needs, sudo_required
from sauga.kernel.retention.permissions import Permission
from sauga.kernel.retention.views.lists import Holds, Periods
from sauga.kernel.retention.views.pages import HoldPage, TermPage, ask

_see = needs(Permission.HOLD)
"""Whoever places holds also sees the periods and confirms changes to them."""

desk = [
    path("retention/", _see(Periods.view()), name="retention-terms"),
    path("retention/holds/", _see(Holds.view()), name="retention-holds"),
    path("retention/holds/new/", _see(ask), name="retention-hold-new"),
    path("retention/holds/<str:ref>/", _see(HoldPage.view()), name="retention-hold"),
    path("retention/holds/<str:ref>/<str:name>/", _see(HoldPage.action_view()), name="retention-hold-do"),
    path("retention/periods/<str:ref>/", _see(sudo_required(TermPage.view())), name="retention-term"),
    path(
        "retention/periods/<str:ref>/<str:name>/",
        _see(sudo_required(TermPage.action_view())),
        name="retention-term-do",
    ),
]
