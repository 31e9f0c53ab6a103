"""Notices at the desk: the list, one notice with its letter, what an officer and a second reviewer do, and the templates."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from sauga.hotline.actions import answers, letters, notices, sending, templates
from sauga.hotline.forms import notices as forms
from sauga.hotline.models import Notice
from sauga.hotline.queries import notices as queries
from sauga.hotline.queries import providers as provider_queries
from sauga.hotline.queries.addresses import open_addresses
from sauga.hotline.queries.item import mask
from sauga.hotline.rules import wording
from sauga.hotline.rules.permissions import Permission
from sauga.hotline.states import NoticeState
from sauga.hotline.views import notice_words, words
from sauga.kernel import clock, vocab
from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity import PersonActor, actor, needs, sudo_required
from sauga.kernel.kit.actions import post_action
from sauga.kernel.refusals import refusal_in
from sauga.kernel.ui import parts, toasts
from sauga.kernel.ui.numbers import whole

VIEW_NAMES: dict[str, str | Promise] = {
    "contact": _("Needs a contact"),
    "approve": _("To approve"),
    "open": _("Under way"),
    "overdue": _("Overdue"),
    "disputed": _("Disputed"),
    "ended": _("Ended"),
}
COLUMNS = [
    parts.Column(label=_("Urgency")),
    parts.Column(label=_("Notice")),
    parts.Column(label=_("Provider")),
    parts.Column(label=_("Items")),
    parts.Column(label=_("State")),
    parts.Column(label=_("Time left")),
]
LETTER_LANGUAGES = (("lt", "Lietuvių"), ("en", "English"))


def _offset(request: HttpRequest) -> int:
    return whole(request.GET.get("after"), 1_000_000)


def pager(request: HttpRequest, offset: int, total: int, note: str) -> parts.Pager:
    """Links to the neighbouring pages; filters stay."""
    query = {name: value for name, value in request.GET.items() if name != "after"}
    return parts.Pager(
        previous=urlencode({**query, "after": max(offset - queries.PAGE, 0)}) if offset else "",
        next=urlencode({**query, "after": offset + queries.PAGE}) if offset + queries.PAGE < total else "",
        note=note,
    )


@require_safe
@needs(Permission.SEE_NOTICES)
def notice_list(request: HttpRequest) -> HttpResponse:
    """Notices of one view. Filters, the view and the place stand in the address."""
    at, by = clock.now(), actor(request)
    form = forms.NoticeFilterForm(request.GET)
    form.is_valid()
    said, offset = form.cleaned_data, _offset(request)
    view = said.get("view") or "open"
    provider = said.get("provider")
    filters = queries.NoticeFilters(
        view=view, basis=said.get("basis", ""), provider=provider.pk if provider else None, find=said.get("find", ""), offset=offset
    )
    counts = queries.counts(at)
    context: dict[str, Any] = {
        "form": form,
        "view": view,
        "tabs": [
            {"name": name, "href": f"?view={code}", "count": counts.get(code), "current": code == view, "key": number}
            for number, (code, name) in enumerate(VIEW_NAMES.items(), 1)
        ],
        "columns": COLUMNS,
        "at": at,
        "narrowed": bool(filters.basis or filters.provider or filters.find),
        "may_edit": by.can(Permission.EDIT_PROVIDERS),
    }
    if view == "contact":
        waiting, total = queries.waiting_items(offset)
        context["waiting"] = [(item, words.urgency(item.priority)) for item in waiting]
        note = ngettext("%(n)d item", "%(n)d items", total) % {"n": total}
    else:
        rows, total = queries.notices(filters, at)
        context["lines"] = [(notice_words.line(row, at), words.urgency(row.priority)) for row in rows]
        note = ngettext("%(n)d notice", "%(n)d notices", total) % {"n": total}
    context["pager"] = pager(request, offset, total, note)
    return render(request, "hotline/desk/notices.html", context)


@require_safe
@needs(Permission.SEE_NOTICES)
def notice(request: HttpRequest, ref: str) -> HttpResponse:
    """One notice: its items masked, the letter as it goes, what was answered, what can be done."""
    at, by = clock.now(), actor(request)
    found = queries.notice_for(by, ref)
    page = queries.notice_page(found, by.vault)
    addresses = open_addresses([row.item for row in page.items], by.vault) if by.vault is not None else {}
    language = request.GET.get("letter", found.language)
    unsent = found.state in queries.UNSENT
    context: dict[str, Any] = {
        "page": page,
        "notice": found,
        "state": notice_words.state(found),
        "left": notice_words.left(found, at),
        "way": notice_words.way(found),
        "basis": vocab.label("notice.legal_basis", found.basis),
        "rows": [
            {
                "row": row,
                "masked": mask(addresses[row.item.ref].url) if row.item.ref in addresses else None,
                "presence": words.presence(row.item),
                "hosting": words.hosting(row.item),
            }
            for row in page.items
        ],
        "letter": _preview(found, page, language, at),
        "letter_languages": [(code, name, code == language) for code, name in LETTER_LANGUAGES],
        "moments": notice_words.moments(page.steps),
        "checks": [(notice_words.CHECKS[check], met) for check, met in notices.readiness(found, at).items()] if unsent else [],
        "approvals": notices.approvals_needed(found.basis),
        "ladder": notice_words.rungs(sending.ladder_of(found), found.rung) if found.purpose == "FIRST" else [],
        "history": provider_queries.history(found.provider, at),
        "can": _abilities(by, found),
        "withdraw_form": forms.WithdrawForm(),
        "locked": by.vault is None,
    }
    return render(request, "hotline/desk/notice.html", context)


def _preview(found: Notice, page: queries.NoticePage, language: str, at: Any) -> dict[str, Any]:
    """The first letter in a language, with the link and the addresses hidden."""
    day = at.astimezone(VILNIUS).date()
    template = found.template
    if language != template.language:
        template = (
            templates.template_for(basis=found.basis, audience=found.provider.audience, purpose=found.purpose, language=language, on=day)
            or template
        )
    content = letters.Content(
        notice=found, contact=found.contact, template=template, items=page.items, link=letters.link_of(letters.HIDDEN), at=at
    )
    try:
        letter = letters.worded(content)
    except (wording.FieldMissing, wording.TemplateRefused) as missing:
        return {"template": template, "missing": missing.missing if isinstance(missing, wording.FieldMissing) else missing.place}
    return {"template": template, "subject": letter.subject, "text": letter.text, "files": letters.has_files(content)}


def _abilities(by: PersonActor, found: Notice) -> dict[str, bool]:
    table = found.state_tables["state"]
    may_send = by.can(Permission.SEND_NOTICE)
    may_approve = by.can(Permission.APPROVE_ORDER) if found.basis in notices.ORDERS else may_send
    return {
        "approve": may_approve and found.state == NoticeState.DRAFTED and found.approved_by_id != by.person_id,
        "approved_once": found.state == NoticeState.DRAFTED and found.approved_by_id == by.person_id,
        "withdraw": may_send and table.allows(found.state, NoticeState.WITHDRAWN),
        "renew": may_send and found.sent_at is not None and found.state not in {NoticeState.WITHDRAWN, NoticeState.CLOSED},
        "decide": by.can(Permission.REVIEW) and found.state == NoticeState.DISPUTED,
        "providers": by.can(Permission.SEE_NOTICES),
    }


@needs(Permission.SEE_NOTICES)
@post_action("hotline-notice")
def approve(request: HttpRequest, ref: str) -> str:
    """Approve; the last approval queues the letter."""
    by = actor(request)
    done = notices.approve_notice(by=by, notice=queries.notice_for(by, ref), at=clock.now())
    if done.state == NoticeState.DRAFTED:
        return gettext("Approved. A second person must approve it too.")
    return gettext("Approved. It goes out within a minute, at any hour.")


@needs(Permission.SEND_NOTICE)
@post_action("hotline-notice")
def withdraw(request: HttpRequest, ref: str) -> str:
    """Take the notice back."""
    form, by = forms.WithdrawForm(request.POST), actor(request)
    if not form.is_valid():
        return gettext("Choose a reason.")
    notices.withdraw_notice(by=by, notice=queries.notice_for(by, ref), reason=form.cleaned_data["reason"], at=clock.now())
    return gettext("Withdrawn. Whoever was written to gets a correction.")


@needs(Permission.SEND_NOTICE)
@post_action("hotline-notice")
def renew(request: HttpRequest, ref: str) -> str:
    """Send a new link to the contact on record."""
    by = actor(request)
    if answers.renew_link(by=by, notice=queries.notice_for(by, ref), at=clock.now()):
        return gettext("A new link is on its way to the contact.")
    return gettext("A new link went out a few minutes ago; another one must wait.")


@needs(Permission.REVIEW)
@post_action("hotline-notice")
def decide(request: HttpRequest, ref: str) -> str:
    """Decide a dispute."""
    by, decision = actor(request), request.POST.get("decision", "")
    if decision not in {"UPHELD", "REJECTED"}:
        return gettext("Choose a decision.")
    answers.decide_dispute(by=by, notice=queries.notice_for(by, ref), upheld=decision == "UPHELD", at=clock.now())
    if decision == "UPHELD":
        return gettext("The notice is withdrawn with a correction, and the items are judged anew.")
    return gettext("The request stands; the provider is told.")


@require_safe
@needs(Permission.SEE_NOTICES)
def template_list(request: HttpRequest) -> HttpResponse:
    """Every template in its newest version."""
    context = {"templates": queries.template_list(), "may_edit": actor(request).can(Permission.EDIT_POLICY)}
    return render(request, "hotline/desk/notice_templates.html", context)


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
        "places": sorted(wording.PLACES),
        "required": templates.required_fields(held.basis, held.purpose),
    }
    return render(request, "hotline/desk/notice_template.html", context, status=422 if form.errors else 200)


desk_urls = [
    path("notices/", notice_list, name="hotline-notices"),
    path("notices/templates/", template_list, name="hotline-notice-templates"),
    path("notices/templates/<int:pk>/", template, name="hotline-notice-template"),
    path("notices/<str:ref>/", notice, name="hotline-notice"),
    path("notices/<str:ref>/approve/", approve, name="hotline-notice-approve"),
    path("notices/<str:ref>/withdraw/", withdraw, name="hotline-notice-withdraw"),
    path("notices/<str:ref>/renew/", renew, name="hotline-notice-renew"),
    path("notices/<str:ref>/decide/", decide, name="hotline-notice-decide"),
]
