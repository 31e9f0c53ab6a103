"""Addresses for the tests of lists: the application, and lists of the terms of one vocabulary."""

from django import forms
from django.db.models import F
from django.urls import path

from sauga.kernel.i18n.collation import lithuanian_order
from sauga.kernel.kit.lists import (
    BulkAction,
    Column,
    Day,
    Empty,
    Line,
    Link,
    ListPage,
    Quiet,
    Ref,
    Tool,
    View,
)
from sauga.kernel.vocab.models import Term
from sauga.project.urls.both import handler400, handler403, handler404, handler500
from sauga.project.urls.both import urlpatterns as application

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

LIST = "test.list"


class Filter(forms.Form):
    find = forms.CharField(required=False, max_length=40)
    status = forms.ChoiceField(
        required=False, choices=[("", "all"), ("confirmed", "confirmed"), ("provisional", "provisional")]
    )


class Terms(ListPage):
    """The terms of the test's vocabulary."""

    title = "Terms"
    live = "probe.list"
    form_class = Filter
    everything = "all"
    export = "terms"
    bulk_url = "identity-home"
    size = 5
    nothing = Empty(title="No terms yet", text="Add the first.", href="#new", action="Add")
    views = (View("valid", "Valid"), View("retired", "Retired"), View("all", "Everything", is_sortable=False))
    columns = (
        Column("label", "Label", sort=(lithuanian_order(F("label_lt")),), is_heading=True),
        Column("until", "Valid until", "num", ("valid_to",)),
        Column("status", "Status", is_state=True),
    )

    def rows(self):
        rows = Term.objects.filter(vocabulary__code=LIST)
        if self.view_code != "all":
            rows = rows.filter(valid_to__isnull=self.view_code == "valid")
        if self.filters["status"]:
            rows = rows.filter(status=self.filters["status"])
        return rows.filter(label_lt__icontains=self.filters["find"]).order_by("position", "pk")

    def lines(self, rows):
        return [
            Line(
                row.code,
                ((Link(row.label_lt, "#"), Ref(row.code), Quiet(row.source)), Day(row.valid_to), row.status),
            )
            for row in rows
        ]

    def counts(self):
        return {"valid": Term.objects.filter(vocabulary__code=LIST, valid_to=None).count(), "retired": 0}

    def tools(self):
        return [Tool(label="New", href="#new", key="n"), Tool(label="Next", href="#next", is_post=True)]

    def actions(self):
        return (
            [BulkAction(do="retire", label="Retire", key="r", least=2)] if self.view_code == "valid" else ()
        )


class Long(Terms):
    """The same, turned page by page from the last row that was shown."""

    form_class = None
    views = ()
    export = ""
    keyset = ("position", "pk")

    def rows(self):
        return Term.objects.filter(vocabulary__code=LIST).order_by("position", "pk")

    def counts(self):
        return {}

    def actions(self):
        return ()


urlpatterns = [path("desk/probe/", Terms.view()), path("desk/long/", Long.view()), *application]
