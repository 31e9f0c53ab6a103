"""Notices at the desk: the list, one notice with its letter, what an officer and a second reviewer do, and
the templates."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, override

from django.db.models import F, QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from sauga.hotline.content import presenters as content_presenters
from sauga.hotline.content.models import ContentItem
from sauga.hotline.content.queries import mask, open_addresses
from sauga.hotline.notices import forms, presenters
from sauga.hotline.notices.actions import answers, drafts, letters, notice_delivery, templates, withdrawal
from sauga.hotline.notices.models import Notice, NoticeTemplate
from sauga.hotline.notices.queries import notices as queries
from sauga.hotline.notices.queries import providers as provider_queries
from sauga.hotline.notices.rules import template_fields
from sauga.hotline.permissions import Permission
from sauga.hotline.states import NoticeState
from sauga.kernel import clock, vocab
from sauga.kernel.clock import VILNIUS
from sauga.kernel.i18n import languages
from sauga.kernel.i18n.collation import lithuanian_order
from sauga.kernel.identity import PersonActor, actor, needs, sudo_required
from sauga.kernel.kit.actions import post_action
from sauga.kernel.kit.lists import Column, Day, Empty, Line, Link, ListPage, Quiet, Tool, View, label_order
from sauga.kernel.refusals import FormUnfit, refusal_in
from sauga.kernel.ui import toasts

NO_CONTACT = "contact"


class Notices(ListPage):
    """Notices to providers by state, and the items without a notice because no contact is known."""

    template = "hotline/notices/list.html"
    title = _("Notices to providers")
    live = "hotline.worklist"
    css = "worklist table"
    form_class = forms.NoticeFilterForm
    everything = "open"
    nothing = Empty(
        title=_("Nothing here"), text=_("Notices are drafted automatically as soon as a verdict is saved.")
    )
    views = (
        View(NO_CONTACT, _("Needs a contact"), is_sortable=False),
        View("approve", _("To approve")),
        View("open", _("Under way")),
        View("overdue", _("Overdue")),
        View("disputed", _("Disputed")),
        View("ended", _("Ended")),
    )
    columns = (
        Column("urgency", _("Urgency"), "c-urgency"),
        Column("notice", _("Notice"), "c-what", ("drafted_at",), is_heading=True),
        Column("provider", _("Provider"), "c-host", (lithuanian_order(F("provider__name")),)),
        Column("items", _("Items"), "c-joined num", ("item_count",)),
        Column(
            "state",
            pgettext_lazy("desk", "Status"),
            "c-state",
            label_order("state", "state.notice"),
            is_state=True,
        ),
        Column("left", _("Time left"), "c-clock", ("remove_by",)),
    )

    @override
    def first_view(self) -> str:
        return "open"

    @override
    def filter_form(self) -> Form | None:
        return None if self.view_code == NO_CONTACT else super().filter_form()

    @override
    def offered_columns(self) -> Sequence[Column]:
        if self.view_code != NO_CONTACT:
            return self.columns
        return (self.columns[0], Column("item", _("Item"), "c-what", is_heading=True), self.columns[2])

    @override
    def rows(self) -> QuerySet[ContentItem] | QuerySet[Notice]:
        if self.view_code == NO_CONTACT:
            return queries.without_notice().order_by("priority", "due_at", "pk")
        said = self.filters
        return queries.notices(
            view=self.view_code,
            at=self.at,
            find=said["find"],
            basis=said["basis"],
            provider=said["provider"] or None,
        )

    @override
    def lines(self, rows: list[Any]) -> list[Line]:
        return [_item(row) if self.view_code == NO_CONTACT else _line(row, self.at) for row in rows]

    @override
    def counts(self) -> Mapping[str, int]:
        return queries.counts(self.at)

    @override
    def tools(self) -> Sequence[Tool]:
        return [
            Tool(
                label=_("Templates"), href=reverse("hotline-notice-templates"), icon="file-text", tone="plain"
            )
        ]

    @override
    def empty(self) -> Empty:
        if self.view_code == NO_CONTACT:
            return Empty(
                title=_("No contact is missing"), text=_("Every item that is due has a notice under way.")
            )
        return super().empty()


def _line(row: Any, at: datetime) -> Line:
    """A notice with its `item_count`."""
    name = (
        Link(row.ref, reverse("hotline-notice", args=[row.ref])),
        Quiet(vocab.label("notice.legal_basis", row.basis)),
    )
    cells = (
        content_presenters.urgency(row.priority),
        name,
        row.provider.name,
        row.item_count,
        presenters.state(row),
        presenters.left(row, at),
    )
    return Line(row.ref, cells)


def _item(row: ContentItem) -> Line:
    name = (
        Link(row.ref, reverse("hotline-item", args=[row.ref])),
        Quiet(vocab.label("rrt.category", row.category)),
    )
    provider = (
        Link(row.provider.name, reverse("hotline-provider", args=[row.provider.pk]))
        if row.provider
        else gettext("unknown")
    )
    return Line(row.ref, (content_presenters.urgency(row.priority), name, provider))


@require_safe
@needs(Permission.SEE_NOTICES)
def notice(request: HttpRequest, ref: str) -> HttpResponse:
    """One notice: its items masked, the letter as it will be sent, the answers, the available actions."""
    at, by = clock.now(), actor(request)
    found = queries.notice_for(by, ref)
    page = queries.notice_page(found, by.vault)
    addresses = open_addresses([row.item for row in page.items], by.vault) if by.vault is not None else {}
    language = request.GET.get("letter", found.language)
    unsent = found.state in queries.UNSENT
    context: dict[str, Any] = {
        "page": page,
        "notice": found,
        "state": presenters.state(found),
        "left": presenters.left(found, at),
        "way": presenters.way(found),
        "basis": vocab.label("notice.legal_basis", found.basis),
        "rows": [
            {
                "row": row,
                "masked": mask(addresses[row.item.ref].url) if row.item.ref in addresses else None,
                "presence": content_presenters.presence(row.item),
                "hosting": content_presenters.hosting(row.item),
            }
            for row in page.items
        ],
        "letter": _preview(found, page, language, at),
        "letter_languages": [
            (code, name, code == language) for code, name in languages.own_names(languages.for_letters())
        ],
        "moments": presenters.moments(page.steps),
        "checks": [(presenters.CHECKS[check], met) for check, met in drafts.readiness(found, at).items()]
        if unsent
        else [],
        "approvals": drafts.approvals_needed(found.basis),
        "ladder": presenters.rungs(notice_delivery.ladder_of(found), found.rung)
        if found.purpose == "FIRST"
        else [],
        "history": provider_queries.history(found.provider, at),
        "can": _abilities(by, found),
        "withdraw_form": forms.WithdrawForm(),
        "locked": by.vault is None,
    }
    return render(request, "hotline/notices/notice.html", context)


def _preview(found: Notice, page: queries.NoticePage, language: str, at: Any) -> dict[str, Any]:
    """The first letter in a language, with the link and the addresses hidden."""
    day = at.astimezone(VILNIUS).date()
    template = found.template
    if language != template.language:
        template = (
            templates.template_for(
                basis=found.basis,
                audience=found.provider.audience,
                purpose=found.purpose,
                language=language,
                on=day,
            )
            or template
        )
    content = letters.Content(
        notice=found,
        contact=found.contact,
        template=template,
        items=page.items,
        link=letters.link_of(letters.HIDDEN),
        at=at,
    )
    try:
        letter = letters.worded(content)
    except (template_fields.FieldMissing, template_fields.TemplateRefused) as missing:
        return {
            "template": template,
            "missing": missing.missing
            if isinstance(missing, template_fields.FieldMissing)
            else missing.place,
        }
    return {
        "template": template,
        "subject": letter.subject,
        "text": letter.text,
        "files": letters.has_files(content),
    }


def _abilities(by: PersonActor, found: Notice) -> dict[str, bool]:
    table = found.state_tables["state"]
    may_send = by.can(Permission.SEND_NOTICE)
    may_approve = by.can(Permission.APPROVE_ORDER) if found.basis in drafts.ORDERS else may_send
    return {
        "approve": may_approve
        and found.state == NoticeState.DRAFTED
        and found.approved_by_id != by.person_id,
        "approved_once": found.state == NoticeState.DRAFTED and found.approved_by_id == by.person_id,
        "withdraw": may_send and table.allows(found.state, NoticeState.WITHDRAWN),
        "renew": may_send
        and found.sent_at is not None
        and found.state not in {NoticeState.WITHDRAWN, NoticeState.CLOSED},
        "decide": by.can(Permission.REVIEW) and found.state == NoticeState.DISPUTED,
        "providers": by.can(Permission.SEE_NOTICES),
    }


@needs(Permission.SEE_NOTICES)
@post_action("hotline-notice")
def approve(request: HttpRequest, ref: str) -> str:
    """Approve; the last approval queues the letter."""
    by = actor(request)
    done = drafts.approve_notice(by=by, notice=queries.notice_for(by, ref), at=clock.now())
    if done.state == NoticeState.DRAFTED:
        return gettext("Approved. A second person must approve it too.")
    return gettext("Approved. It goes out within a minute, at any hour.")


@needs(Permission.SEND_NOTICE)
@post_action("hotline-notice")
def withdraw(request: HttpRequest, ref: str) -> str:
    """Take the notice back."""
    form, by = forms.WithdrawForm(request.POST), actor(request)
    if not form.is_valid():
        raise FormUnfit(gettext("Choose a reason."))
    withdrawal.withdraw_notice(
        by=by, notice=queries.notice_for(by, ref), reason=form.cleaned_data["reason"], at=clock.now()
    )
    return gettext("Withdrawn. Everyone who received it gets a correction.")


@needs(Permission.SEND_NOTICE)
@post_action("hotline-notice")
def renew(request: HttpRequest, ref: str) -> str:
    """Send a new link to the contact on record."""
    by = actor(request)
    if answers.renew_link(by=by, notice=queries.notice_for(by, ref), at=clock.now()):
        return gettext("A new link is on its way to the contact.")
    return gettext("A new link went out a few minutes ago; another one must wait.")


class NoticeTemplates(ListPage):
    """Every template in its newest version."""

    template = "hotline/notices/templates.html"
    title = _("Notice templates")
    intro = _("A change makes a new version; letters already sent keep theirs.")
    nothing = Empty(title=_("No templates"), text=_("“sauga init” loads them."))
    columns = (
        Column("basis", _("Legal basis"), is_heading=True),
        Column("purpose", _("Purpose")),
        Column("language", _("Language")),
        Column("version", _("Version"), "num"),
        Column("from", _("Valid from")),
    )

    @override
    def rows(self) -> list[NoticeTemplate]:
        return queries.template_list()

    @override
    def line(self, row: NoticeTemplate) -> Line:
        basis = _("Any legal basis") if row.basis == "ANY" else vocab.label("notice.legal_basis", row.basis)
        may_edit = self.by.can(Permission.EDIT_POLICY)
        heading = Link(basis, reverse("hotline-notice-template", args=[row.pk])) if may_edit else basis
        version = (row.version, Quiet(_("by staff")) if row.status == "staff" else None)
        return Line(
            str(row.pk),
            (
                heading,
                vocab.label("notice.purpose", row.purpose),
                row.language.upper(),
                version,
                Day(row.valid_from),
            ),
        )


@needs(Permission.EDIT_POLICY)
@sudo_required
def template(request: HttpRequest, pk: int) -> HttpResponse:
    """A template's versions, and the form for a new one. Letters already sent keep their version."""
    held = queries.template_by_id(pk)
    form = forms.TemplateForm(request.POST or None, instance=held if request.method != "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            made = templates.write_template(by=actor(request), held=held, **form.cleaned_data, at=clock.now())
            toasts.say(request, gettext("Saved as version %(n)d.") % {"n": made.version})
            return HttpResponseRedirect(reverse("hotline-notice-templates"))
    context = {
        "held": held,
        "form": form,
        "versions": queries.template_versions(held),
        "places": sorted(template_fields.PLACES),
        "required": templates.required_fields(held.basis, held.purpose),
    }
    return render(request, "hotline/notices/template.html", context, status=422 if form.errors else 200)
