"""Addresses of the catalogue. Names begin with `repository-`."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from sauga.kernel.identity import needs
from sauga.repository.catalogue.views import (
    catalogue,
    collections,
    downloads,
    feeds,
    preview,
    print_orders,
    quizzes,
    use,
)
from sauga.repository.permissions import Permission

public: list[URLPattern] = [
    path(_("resources/"), catalogue.resources, name="repository-resources"),
    path(_("resources.xml"), feeds.feed, name="repository-feed"),
    path(_("resources/collections/<slug:slug>/"), catalogue.collection, name="repository-collection"),
    path(_("resources/<slug:slug>/"), catalogue.resource, name="repository-resource"),
    path(_("resources/<slug:slug>/all.zip"), downloads.archive, name="repository-archive"),
    path(_("resources/<slug:slug>/answers/"), quizzes.answers, name="repository-answers"),
    path(_("resources/<slug:slug>/used/"), use.used, name="repository-used"),
    path(_("resources/<slug:slug>/used/thanks/"), use.thanks, name="repository-used-thanks"),
    path(_("resources/<slug:slug>/order/"), use.order, name="repository-order"),
    path(_("resources/<slug:slug>/order/thanks/"), use.ordered, name="repository-ordered"),
]
desk: list[URLPattern] = [
    path(
        "collections/",
        needs(Permission.EDIT_COLLECTION)(collections.Collections.view()),
        name="repository-desk-collections",
    ),
    path("collections/new/", collections.new_collection, name="repository-desk-collection-new"),
    path("collections/<str:ref>/", collections.collection, name="repository-desk-collection"),
    path(
        "collections/<str:ref>/delete/",
        collections.delete_collection,
        name="repository-desk-collection-delete",
    ),
    path(
        "orders/", needs(Permission.HANDLE_ORDERS)(print_orders.Orders.view()), name="repository-desk-orders"
    ),
    path("orders/<str:ref>/", print_orders.order, name="repository-desk-order"),
    path("orders/<str:order>/<slug:what>/", print_orders.settle, name="repository-desk-order-settle"),
    path("resources/<str:ref>/preview/<slug:language>/", preview.preview, name="repository-review-preview"),
]
machine: list[URLPattern] = [
    path("files/<str:ref>/<str:name>", downloads.file, name="repository-file"),
    path("previews/<str:ref>/<int:page>-<int:width>.webp", downloads.preview, name="repository-preview"),
]
