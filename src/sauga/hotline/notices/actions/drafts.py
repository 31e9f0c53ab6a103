"""Notices to providers until they are queued: drafted from due items, approved by policy or people, withdrawn
with a correction."""

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from sauga.hotline.assessment.rules.routing import Facts
from sauga.hotline.content.models import ContentItem
from sauga.hotline.jobs import Job, defer
from sauga.hotline.monitoring.actions.presence import gone_already
from sauga.hotline.notices.actions import letters
from sauga.hotline.notices.actions.templates import template_for
from sauga.hotline.notices.models import Notice, NoticeItem, NoticeMail, NoticeTemplate
from sauga.hotline.notices.queries.notices import UNSENT, active_notice, open_items
from sauga.hotline.notices.queries.providers import contact_of, usable_contacts
from sauga.hotline.notices.rules import template_fields
from sauga.hotline.notices.rules.deadlines import choose_basis
from sauga.hotline.permissions import Permission
from sauga.hotline.states import Handling, NoticeState
from sauga.hotline.tracing.models import Provider, ProviderContact
from sauga.hotline.trail import Trail
from sauga.kernel import audit, live, sealed, vocab
from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.notifications import notify
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, SystemActor, lock, move

ZONE = sealed.Zone.HOTLINE
SENDER = SystemActor("notices")
URGENT = frozenset({"P1", "P2"})
CSAM = frozenset({"BASELINE", "NATIONAL"})
ORDERS = frozenset({"DSA_ART9"})
OFFICER = "NOTICE_OFFICER"


class NotReady(ActionRefused):
    """The notice cannot be approved yet;

    `check` says what is missing: template, contact, verdict, field, approved_once.
    """

    message = _("Something is still missing: see “Before sending”.")

    def __init__(self, check: str) -> None:
        super().__init__(check)
        self.check = check


def prepare_notice(*, item_id: int, at: datetime) -> Notice | None:
    """Give a due item its notice: join an unsent one, or draft one, and let it go where policy allows.

    None when nothing is due or there is no contact to write to; officers are notified. Repeatable.
    """
    require(SENDER, Permission.SEND_NOTICE)
    with transaction.atomic():
        item = lock(ContentItem.objects.get(pk=item_id))
        if item.handling != Handling.NOTICE_DUE or gone_already(by=SENDER, item=item, at=at):
            return None
        held = active_notice(item)
        if held is not None:
            return held
        contact = contact_of(item.provider_id, at)
        if contact is None:
            _ask_officers("hotline.needs_contact", item, at)
            return None
        basis = _basis(item, at)
        language = contact.provider.language
        template = template_for(
            basis=basis,
            audience=contact.provider.audience,
            purpose="FIRST",
            language=language,
            on=at.astimezone(VILNIUS).date(),
        )
        if template is None:
            _ask_officers("hotline.needs_template", item, at)
            return None
        _one_at_a_time(contact)
        joined = _joinable(contact, basis, item)
        notice = joined or draft_notice(contact=contact, basis=basis, item=item, purpose="FIRST", at=at)
        if joined:
            NoticeItem.objects.create(notice=notice, item=item, occurrence=item.occurrence)
        elif (
            approvals_needed(basis) == 1
            and basis in vocab.policy("policy.notice_sending")["automatic_approval"]
        ):
            _go(SENDER, notice, at)
        live.signal("hotline.worklist")
        live.signal(f"hotline.item.{item.ref}")
        return notice


def trace_is_stale(*, item_id: int, at: datetime) -> bool:
    """Whether the host of a due item on the web should be looked up again before its notice
    (policy.notice_sending: trace_fresh_hours)."""
    item = ContentItem.objects.get(pk=item_id)
    fresh = at - timedelta(hours=vocab.policy("policy.notice_sending")["trace_fresh_hours"])
    return (
        item.kind == "WEB"
        and item.handling == Handling.NOTICE_DUE
        and not item.traces.filter(at__gt=fresh).exists()
    )


def _ask_officers(template: str, item: ContentItem, at: datetime) -> None:
    notify(
        to=OFFICER,
        template=template,
        context={"ref": item.ref},
        link="/desk/hotline/notices/?view=contact",
        at=at,
        urgent=item.priority in URGENT,
    )
    live.signal("hotline.worklist")


def _basis(item: ContentItem, at: datetime) -> str:
    facts = Facts(item.verdict, item.hosting_class, item.priority, item.category, item.country)
    return (
        choose_basis(
            vocab.policy("policy.notice_basis", at=at)["rules"], facts, at.astimezone(VILNIUS).date()
        )
        or "NTD"
    )


def approvals_needed(basis: str) -> int:
    """How many people must approve (vocabulary notice.legal_basis)."""
    return int(vocab.term("notice.legal_basis", basis).extra.get("approvals", 2))


def _one_at_a_time(contact: ProviderContact) -> None:
    """Addresses that fall due at the same moment find each other: until the transaction ends no other
    drafts or joins a notice to this contact."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"hotline.notice.{contact.pk}"])


def _joinable(contact: ProviderContact, basis: str, item: ContentItem) -> Notice | None:
    """An unsent notice of the same contact, basis and language that no letter was written for yet.

    P1 and P2 join only a notice of their own urgency, so that they never wait for a slower one.
    """
    rows = Notice.objects.select_for_update(of=("self",)).filter(
        contact=contact,
        basis=basis,
        language=contact.provider.language,
        purpose="FIRST",
        is_csam=item.verdict in CSAM,
        state__in=UNSENT,
    )
    is_urgent = item.priority in URGENT
    rows = rows.filter(priority=item.priority) if is_urgent else rows.exclude(priority__in=URGENT)
    found = rows.exclude(mails__attempts__gt=0).order_by("pk").first()
    # A letter may have been written while this transaction waited for the notice's row.
    return None if found is not None and found.mails.filter(attempts__gt=0).exists() else found


def draft_notice(
    *,
    contact: ProviderContact,
    basis: str,
    item: ContentItem,
    purpose: str,
    at: datetime,
    previous: Notice | None = None,
) -> Notice:
    """A new notice with its first item and its own key, inside the caller's transaction.

    Raises NotReady without a template.
    """
    language = contact.provider.language
    template = template_for(
        basis=basis,
        audience=contact.provider.audience,
        purpose=purpose,
        language=language,
        on=at.astimezone(VILNIUS).date(),
    )
    if template is None:
        raise NotReady("template")
    notice = Notice.objects.create(
        provider=contact.provider,
        contact=contact,
        template=template,
        previous=previous or item_history(item),
        basis=basis,
        purpose=purpose,
        language=template.language,
        priority=item.priority,
        is_csam=item.verdict in CSAM,
        drafted_at=at,
    )
    sealed.new_data_key(
        zone=ZONE, holder=notice.holder, recipients=(sealed.Recipient.TEAM, sealed.Recipient.SERVICE)
    )
    NoticeItem.objects.create(notice=notice, item=item, occurrence=item.occurrence)
    audit.record(SENDER, Trail.NOTICE_DRAFTED, notice, zone=ZONE, at=at, facts={"basis": basis, "items": 1})
    return notice


def item_history(item: ContentItem) -> Notice | None:
    """The last notice about the same item, which a new one follows."""
    return Notice.objects.filter(items__item=item).order_by("-pk").first()


def readiness(notice: Notice, at: datetime) -> dict[str, bool]:
    """What must hold before a notice goes out, by check: template, contact, verdict, field."""
    day = at.astimezone(VILNIUS).date()
    rows = list(notice.items.select_related("item"))
    content = letters.Content(
        notice=notice,
        contact=notice.contact,
        template=notice.template,
        items=rows,
        link=letters.link_of(letters.HIDDEN),
        at=at,
    )
    try:
        letters.worded(content)
        filled = True
    except (template_fields.FieldMissing, template_fields.TemplateRefused):
        filled = False
    valid = notice.template.valid_from <= day and (
        notice.template.valid_to is None or day <= notice.template.valid_to
    )
    return {
        "template": valid,
        "contact": usable_contacts(at).filter(pk=notice.contact_id).exists(),
        "verdict": any(
            row.item.verdict and row.item.handling in {Handling.NOTICE_DUE, Handling.FOLLOWED} for row in rows
        ),
        "field": filled,
    }


def approve_notice(*, by: PersonActor, notice: Notice, at: datetime) -> Notice:
    """An officer approves; where the basis asks for two people, the second one must be another.

    Then it is queued and goes out in a minute, at any hour. Raises NotReady; MoveNotAllowed unless it is a
    draft.
    """
    require(by, Permission.APPROVE_ORDER if notice.basis in ORDERS else Permission.SEND_NOTICE, notice)
    with transaction.atomic():
        notice = lock(notice)
        for check, met in readiness(notice, at).items():
            if not met and notice.state == NoticeState.DRAFTED:
                raise NotReady(check)
        if notice.approved_by_id == by.person_id and notice.state == NoticeState.DRAFTED:
            raise NotReady("approved_once")
        if (
            notice.state == NoticeState.DRAFTED
            and notice.approved_by_id is None
            and approvals_needed(notice.basis) > 1
        ):
            notice.approved_by_id = by.person_id
            notice.save(update_fields=["approved_by"])
            audit.record(by, Trail.NOTICE_APPROVED, notice, zone=ZONE, at=at)
        else:
            who = "second_approved_by" if notice.approved_by_id else "approved_by"
            setattr(notice, f"{who}_id", by.person_id)
            notice.save(update_fields=[who])
            _go(by, notice, at)
        live.signal("hotline.worklist")
        return notice


def _go(by: Actor, notice: Notice, at: datetime) -> None:
    move(notice, to=NoticeState.APPROVED, by=by, at=at)
    audit.record(by, Trail.NOTICE_APPROVED, notice, zone=ZONE, at=at)
    move(notice, to=NoticeState.QUEUED, by=SENDER, at=at)
    queue_mail(notice, purpose=notice.purpose, at=at)


def letter_template(notice: Notice, *, purpose: str, to: ProviderContact, at: datetime) -> NoticeTemplate:
    """The template of a letter about a notice. Raises NotReady without one."""
    if notice.template.purpose == purpose:
        return notice.template
    found = template_for(
        basis=notice.basis,
        audience=to.provider.audience,
        purpose=purpose,
        language=notice.language,
        on=at.astimezone(VILNIUS).date(),
    )
    if found is None:
        raise NotReady("template")
    return found


def queue_mail(
    notice: Notice,
    *,
    purpose: str,
    at: datetime,
    item: ContentItem | None = None,
    statement: str = "",
    contact: ProviderContact | None = None,
) -> NoticeMail:
    """Record that a letter goes out, and queue it in the caller's transaction.

    Raises NotReady without a template.
    """
    to = contact or notice.contact
    template = letter_template(notice, purpose=purpose, to=to, at=at)
    mail = NoticeMail.objects.create(
        notice=notice,
        contact=to,
        template=template,
        purpose=purpose,
        item=item,
        statement=statement,
        created_at=at,
    )
    defer(Job.SEND_NOTICE, mail_id=mail.pk)
    return mail


def next_provider_notice(
    *, notice: Notice, provider: Provider | None, basis: str, at: datetime, by: Actor = SENDER
) -> Notice | None:
    """The next rung as a linked notice about what is still there; None when there is no contact to write to.

    For a locked notice.
    """
    contact = contact_of(provider.pk if provider else None, at)
    rows = list(open_items(notice))
    if contact is None or not rows:
        return None
    made = draft_notice(
        contact=contact, basis=basis, item=rows[0].item, purpose="ESCALATION", at=at, previous=notice
    )
    NoticeItem.objects.bulk_create(
        NoticeItem(notice=made, item=row.item, occurrence=row.occurrence) for row in rows[1:]
    )
    if approvals_needed(basis) == 1:
        _go(by, made, at)
    return made
