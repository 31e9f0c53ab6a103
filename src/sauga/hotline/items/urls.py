"""Addresses of items: the worklist, the item page, actions on several items."""

from django.urls import path

from sauga.hotline.items.views import bulk_actions, item_page, worklist
from sauga.hotline.permissions import Permission
from sauga.kernel.identity import needs

desk_urls = [
    path("", needs(Permission.SEE_WORKLIST)(worklist.Worklist.view()), name="hotline-worklist"),
    path("next/", worklist.claim_next, name="hotline-next"),
    path("many/", bulk_actions.many, name="hotline-many"),
    path("many/undo/<str:token>/", bulk_actions.undo, name="hotline-many-undo"),
    path("items/<str:ref>/", item_page.item, name="hotline-item"),
    path("items/<str:ref>/reveal/", item_page.reveal, name="hotline-item-reveal"),
    path("items/<str:ref>/assess/", item_page.assess, name="hotline-item-assess"),
    path("items/<str:ref>/take/", item_page.claim, name="hotline-item-take"),
    path("items/<str:ref>/release/", item_page.release, name="hotline-item-release"),
    path("items/<str:ref>/country/", item_page.country, name="hotline-item-country"),
    path("items/<str:ref>/trace/", item_page.trace, name="hotline-item-trace"),
    path("items/<str:ref>/hold/", item_page.hold, name="hotline-item-hold"),
    path("items/<str:ref>/hold/<int:number>/end/", item_page.end_hold, name="hotline-item-hold-end"),
    path("items/<str:ref>/reopen/", item_page.reopen, name="hotline-item-reopen"),
    path("items/<str:ref>/join/", item_page.merge, name="hotline-item-join"),
    path("items/<str:ref>/apart/<int:number>/", item_page.separate_location, name="hotline-item-apart"),
]
