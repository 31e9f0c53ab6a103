"""The content of a letter about a notice: the filled template and the attached files.

Nothing is stored or sent.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr
from typing import Any

from django.conf import settings

from sauga.hotline.addresses.rules.addresses import read_location
from sauga.hotline.content.queries import Address
from sauga.hotline.notices.actions.templates import required_fields
from sauga.hotline.notices.models import Notice, NoticeItem, NoticeTemplate
from sauga.hotline.notices.queries.notices import latest_assessments, network_numbers
from sauga.hotline.notices.rules import disputes, template_fields, xarf
from sauga.hotline.notices.rules.deadlines import Deadlines, agreed_deadlines, deadlines_of
from sauga.hotline.notices.rules.disputes import Decision
from sauga.hotline.tracing.models import ProviderContact
from sauga.kernel import notifications, vocab
from sauga.kernel.clock import VILNIUS

AUTHORITY = {
    "lt": "Lietuvos Respublikos ryšių reguliavimo tarnyba",
    "en": "Communications Regulatory Authority of the Republic of Lithuania",
}
WITH_FILES = frozenset({"FIRST", "REMINDER", "ESCALATION"})
MOST_FILES = 100
HIDDEN = "…"


@dataclass(frozen=True, kw_only=True)
class Content:
    """What a letter is about. `addresses` is empty for a preview: nothing is opened for it. `decision` is the
    decided dispute that a letter with such a `statement` tells of."""

    notice: Notice
    contact: ProviderContact
    template: NoticeTemplate
    items: Sequence[NoticeItem]
    addresses: Sequence[tuple[NoticeItem, Address]] = ()
    statement: str = ""
    decision: Decision | None = None
    link: str
    at: datetime


def terms(notice: Notice, at: datetime) -> Deadlines:
    """The terms of a notice by its urgency (policy.notice_term); for a member of the memorandum also what it
    and the provider promised."""
    ordinary = deadlines_of(vocab.policy("policy.notice_term")["hours"], notice.priority)
    provider = notice.provider
    if not provider.is_member(at.astimezone(VILNIUS).date()):
        return ordinary
    own = Deadlines(
        timedelta(hours=provider.promised_acknowledge)
        if provider.promised_acknowledge
        else ordinary.acknowledge,
        timedelta(hours=provider.promised_remove) if provider.promised_remove else ordinary.remove,
    )
    return agreed_deadlines(
        ordinary, deadlines_of(vocab.policy("policy.memorandum")["hours"], notice.priority), own
    )


def promise(notice: Notice, language: str, at: datetime) -> str:
    """The sentence that reminds a member of what was agreed; empty for others."""
    say = vocab.policy("policy.notice_sending")["statements"][language].get("MEMORANDUM", "")
    if not say or not notice.provider.is_member(at.astimezone(VILNIUS).date()):
        return ""
    agreed = terms(notice, at)
    return str(say).format(acknowledge=_hours(agreed.acknowledge), remove=_hours(agreed.remove))


def _hours(span: timedelta) -> int:
    return round(span / timedelta(hours=1))


def link_of(token: str) -> str:
    """The address of the provider's page."""
    return f"{settings.ENV.base_url.rstrip('/')}/notice/{token}/"


def sender(language: str) -> xarf.Sender:
    """The hotline as it signs: the notifier of every notice, with the mailbox that a person reads
    (policy.notice_sending)."""
    notifier = vocab.policy("policy.notice_sending")["notifier"]
    contact = notifier.get("contact") or parseaddr(settings.ENV.mail_from)[1]
    return xarf.Sender(org=notifier[language], contact=contact, domain=settings.ENV.mail_domain)


def worded(content: Content) -> template_fields.Wording:
    """The letter in the template's language. Raises wording.TemplateRefused, wording.FieldMissing."""
    notice, template = content.notice, content.template
    language = template.language
    say = vocab.policy("policy.notice_sending")["statements"][language]
    signed = sender(language)
    request = say.get(f"REQUEST_{notice.provider.audience}", say["REQUEST_HOST"])
    if notice.provider.is_cdn:
        request = say["REQUEST_CDN"]
    items = [row.item for row in content.items]
    filling = template_fields.Filling(
        number=notice.ref,
        provider=notice.provider.name,
        count=len(items),
        link=content.link,
        act="; ".join(
            dict.fromkeys(
                vocab.label("lt.legal_act", item.legal_act, language) for item in items if item.legal_act
            )
        ),
        reasons=" ".join(
            dict.fromkeys(
                say["REASON"].format(verdict=vocab.label("item.verdict", item.verdict, language))
                for item in items
                if item.verdict
            )
        ),
        term=format(
            (notice.remove_by or content.at + terms(notice, content.at).remove).astimezone(VILNIUS),
            "%Y-%m-%d %H:%M",
        ),
        addresses=_where(content, say["IN_FILE"], say["ON_PAGE"]),
        request=" ".join(filter(None, [request, promise(notice, language, content.at)])),
        notifier=f"{signed.org}, {signed.contact}",
        authority=AUTHORITY[language],
        good_faith=say["GOOD_FAITH"],
        exemption=say["EXEMPTION"] if notice.is_csam else "",
        redress=say["REDRESS"],
        effect=say["EFFECT"],
        scope=say["SCOPE"],
        message=_message(content, language) or say.get(content.statement, ""),
    )
    return template_fields.fill(
        subject=template.subject,
        body=template.body,
        legal_text=template.legal_text,
        filling=filling,
        required=(
            *required_fields(notice.basis, template.purpose),
            *(("decision",) if content.statement in disputes.STATEMENTS else ()),
        ),
        csam=notice.is_csam,
    )


def _message(content: Content, language: str) -> str:
    """What a letter says about a decided dispute; empty in other letters."""
    if content.decision is None or content.statement not in disputes.STATEMENTS:
        return ""
    policy = vocab.policy("policy.dispute")
    return disputes.message(policy, language, content.decision, last_day(content.decision, policy))


def last_day(decision: Decision, policy: Mapping[str, Any]) -> str:
    """The last day on which the provider is asked to dispute once more."""
    return disputes.again_until(policy, decision.at).astimezone(VILNIUS).date().isoformat()


def _where(content: Content, in_file: str, on_page: str) -> str:
    """The exact addresses, where the contact wants them in the text; else where they are."""
    if content.contact.addresses_inline and content.template.purpose != "CLARIFICATION":
        lines = [address.url for _row, address in content.addresses] or [HIDDEN] * len(content.items)
        return "\n\n" + "\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1))
    return in_file if has_files(content) else on_page


def has_files(content: Content) -> bool:
    """Whether XARF files go along: child abuse with a class that XARF knows, in a letter that asks for
    removal."""
    if (
        not content.notice.is_csam
        or content.template.purpose not in WITH_FILES
        or len(content.items) > MOST_FILES
    ):
        return False
    judged = latest_assessments([row.item for row in content.items])
    return any(
        xarf.classification(row.item.verdict, judged[row.item_id].xarf_class)
        for row in content.items
        if row.item_id in judged
    )


def files(content: Content) -> list[notifications.Attachment]:
    """One XARF document for each address that has a class."""
    if not has_files(content):
        return []
    signed = sender("en")
    judged = latest_assessments([row.item for row in content.items])
    networks = network_numbers([row.item for row in content.items])
    found = []
    for number, (row, address) in enumerate(content.addresses, 1):
        item, verdict = row.item, judged.get(row.item_id)
        seen = item.occurrences.filter(number=row.occurrence).values_list("last_online_at", flat=True).first()
        subject = xarf.Subject(
            number=content.notice.ref,
            url=address.url,
            host=read_location(address.url).host,
            verdict=item.verdict,
            xarf_class=verdict.xarf_class if verdict else "",
            at=content.at,
            verified_at=seen,
            country=item.country,
            asn=networks.get(item.pk),
            provider=content.notice.provider.name,
        )
        document = xarf.document(subject, signed)
        if document is not None:
            found.append(
                notifications.Attachment(
                    f"xarf-{content.notice.ref}-{number}.json", xarf.written(document), "application/json"
                )
            )
    return found
