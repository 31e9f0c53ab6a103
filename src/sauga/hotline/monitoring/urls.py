"""Addresses of monitoring: the list of monitored items."""

from django.urls import path

from sauga.hotline.monitoring import views
from sauga.hotline.permissions import Permission
from sauga.kernel.identity import needs

desk_urls = [
    path("watched/", needs(Permission.SEE_WORKLIST)(views.WatchedItems.view()), name="hotline-watched"),
    path("watched/<str:ref>/removed/", views.mark_removed, name="hotline-mark-removed"),
    path("watched/<str:ref>/online/", views.mark_online, name="hotline-mark-online"),
    path("watched/<str:ref>/reappeared/", views.mark_reappeared, name="hotline-mark-reappeared"),
    path("watched/<str:ref>/check/", views.check_now, name="hotline-check-now"),
]
