"""The provider's page, behind a personal link: no account, no script, no cookie.

Reading it changes nothing and shows no address.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sauga.hotline.notices.actions import answers, letters
from sauga.hotline.notices.forms import ITEM_ANSWERS, OTHER_ANSWERS, AnswerForm
from sauga.hotline.notices.models import Notice, NoticeMail
from sauga.hotline.notices.queries.disputes import last_dispute
from sauga.hotline.notices.queries.notices import asked_items, mail_of_link, notice_of_number
from sauga.hotline.notices.rules import disputes
from sauga.hotline.states import NoticeState
from sauga.kernel import clock, sealed, vocab
from sauga.kernel.i18n import languages

PURPOSE = "hotline.notice"
TICKET_AGE = timedelta(hours=24)
SETTLED = {NoticeState.SATISFIED, NoticeState.CLOSED}
"""Nothing is requested any more, and the page says so. An answer is kept all the same."""


@require_http_methods(["GET", "HEAD", "POST"])
def notice_page(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows the request; only buttons have an effect. Wrong and old links get the same page."""
    at, mail = clock.now(), mail_of_link(token)
    with translation.override(_language(request, mail)):
        if mail is None:
            return _over(request, None, at)
        try:
            answers.check_link(mail, at)
        except answers.LinkOver:
            return _over(request, mail, at)
        return _post(request, mail, at) if request.method == "POST" else _page(request, mail, at)


def _language(request: HttpRequest, mail: NoticeMail | None) -> str:
    asked = request.GET.get("lang", "")
    if asked in dict(_languages()):
        return asked
    return mail.template.language if mail is not None else languages.active().code


def _languages() -> list[tuple[str, str]]:
    """The languages of letters to providers, each by its own name."""
    return languages.own_names(languages.for_letters())


def _post(request: HttpRequest, mail: NoticeMail, at: datetime) -> HttpResponse:
    try:
        ticket = sealed.read_ticket(
            request.POST.get("ticket", ""), f"{PURPOSE}:{mail.notice.ref}", at, TICKET_AGE
        )
    except sealed.TicketError:
        return _page(
            request,
            mail,
            at,
            trouble=_(
                "This page had been open for too long. Nothing was changed; please press the button again."
            ),
            status=422,
        )
    if request.POST.get("do") == "show":
        return _page(request, mail, at, show=True)
    form = AnswerForm(request.POST, by_item=request.POST.get("do") == "items")
    if not form.is_valid():
        return _page(request, mail, at, form=form, show=request.POST.get("do") == "items", status=422)
    said = form.cleaned_data
    groups: dict[str, list[int] | None] = {said["answer"]: None} if said["answer"] else {}
    for number, answer in form.by_item().items() if not said["answer"] else ():
        listed = groups.setdefault(answer, [])
        if listed is not None:
            listed.append(number)
    if not groups:
        return _page(
            request, mail, at, show=True, trouble=_("Choose an answer for at least one address."), status=422
        )
    for answer, items in groups.items():
        answers.provider_responds(
            by=answers.PROVIDER,
            mail=mail,
            answer=answer,
            items=items,
            words=said["words"],
            reason=said["reason"],
            ticket=hashlib.blake2b(ticket.nonce + answer.encode(), digest_size=16).digest(),
            at=at,
        )
    mail.notice.refresh_from_db()
    return _page(request, mail, at, show=True, done=_done(set(groups)))


def _done(given: set[str]) -> str:
    if given & answers.GONE:
        return _(
            "Thank you. We check at once and keep checking; you will not be asked again about what is gone."
        )
    if "DISPUTED" in given:
        return _("Thank you. A second reviewer reads your answer and decides; you will hear from us.")
    if "CUSTOMER_INFORMED" in given:
        return _(
            "Thank you. The request stays open and its deadline still applies until the content is "
            "gone; we keep checking."
        )
    if given == {"ACKNOWLEDGED"}:
        return _("Thank you. We have noted that the notice arrived.")
    return _("Thank you. Your answer is saved, and a person will read it.")


def _page(
    request: HttpRequest,
    mail: NoticeMail,
    at: datetime,
    *,
    show: bool = False,
    form: AnswerForm | None = None,
    trouble: str = "",
    done: str = "",
    status: int = 200,
) -> HttpResponse:
    notice = mail.notice
    rows = asked_items(notice)
    language = languages.active().code
    say = vocab.policy("policy.notice_sending")["statements"][language]
    signed = letters.sender(language)
    acts = dict.fromkeys(
        vocab.label("lt.legal_act", row.item.legal_act) for row in rows if row.item.legal_act
    )
    reasons = dict.fromkeys(
        say["REASON"].format(verdict=vocab.label("item.verdict", row.item.verdict))
        for row in rows
        if row.item.verdict
    )
    context: dict[str, Any] = {
        "notice": notice,
        "dispute": _dispute(notice, language),
        "asks_receipt": notice.state in answers.UNANSWERED,
        "is_settled": notice.state in SETTLED,
        "count": len(rows),
        "addresses": answers.show_addresses(by=answers.PROVIDER, mail=mail, at=at) if show else [],
        "shown_at": at if show else None,
        "ticket": sealed.new_ticket(f"{PURPOSE}:{notice.ref}", at),
        "form": form or AnswerForm(),
        "item_answers": [(code, vocab.label("notice.provider_response", code)) for code in ITEM_ANSWERS],
        "other_answers": [(code, vocab.label("notice.provider_response", code)) for code in OTHER_ANSWERS],
        "state": vocab.label("state.notice", notice.state),
        "basis": vocab.label("notice.legal_basis", notice.basis),
        "acts": list(acts),
        "reasons": list(reasons),
        "say": {
            **_statements(notice, say),
            "promise": letters.promise(notice, language, notice.sent_at or at),
        },
        "notifier": signed,
        "trouble": trouble,
        "done": done,
        "other": next((code, name) for code, name in _languages() if code != language),
    }
    return _answer("hotline/notices/provider_page/notice.html", context, request, status)


def _statements(notice: Notice, say: Mapping[str, str]) -> dict[str, str]:
    """The sentences of the policy that this notice makes to its provider."""
    audience = say.get(f"REQUEST_{notice.provider.audience}", say["REQUEST_HOST"])
    return {
        "request": say["REQUEST_CDN"] if notice.provider.is_cdn else audience,
        "good_faith": say["GOOD_FAITH"],
        "exemption": say["EXEMPTION"] if notice.is_csam else "",
        "redress": say["REDRESS"] if notice.basis in {"MANDATORY_INSTRUCTION", "DSA_ART9"} else "",
    }


def _dispute(notice: Notice, language: str) -> dict[str, Any] | None:
    """The last dispute of a notice, as its provider reads it: waiting, or decided with the reason and the
    ways that are left. None without one."""
    found = last_dispute(notice, answers.SERVICE)
    if found is None:
        return None
    if found.decision is None:
        return {"since": found.since, "is_decided": False}
    policy = vocab.policy("policy.dispute")
    until = letters.last_day(found.decision, policy)
    return {
        "since": found.since,
        "is_decided": True,
        "at": found.decision.at,
        "upheld": found.decision.code == disputes.UPHELD,
        "outcome": disputes.outcome(policy, language, found.decision.code),
        "reason": found.decision.reason,
        "ways": disputes.ways_on(policy, language, found.decision, until),
    }


def _over(request: HttpRequest, mail: NoticeMail | None, at: datetime) -> HttpResponse:
    """The link no longer works.

    A new one can be requested; it goes to the contact on record in any case, and nothing is shown here.
    """
    asked = request.method == "POST"
    if asked:
        notice = mail.notice if mail is not None else notice_of_number(request.POST.get("number", "")[:40])
        if notice is not None:
            answers.renew_link(by=answers.PROVIDER, notice=notice, at=at)
    language = languages.active().code
    # The holder of a link that has not expired learns that the dispute ended the notice, and why.
    is_in_time = mail is not None and mail.link_expires_at is not None and mail.link_expires_at > at
    decided = _dispute(mail.notice, language) if mail is not None and is_in_time else None
    decided = decided if decided and decided.get("upheld") else None
    context = {
        "asked": asked,
        "known": mail is not None,
        "decided": decided,
        "ref": mail.notice.ref if mail is not None and decided else "",
        "notifier": letters.sender(language),
        "other": next((code, name) for code, name in _languages() if code != language),
    }
    return _answer(
        "hotline/notices/provider_page/closed.html", context, request, 200 if asked or decided else 404
    )


def _answer(template: str, context: dict[str, Any], request: HttpRequest, status: int) -> HttpResponse:
    response = HttpResponse(render_to_string(template, context, request=request), status=status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
