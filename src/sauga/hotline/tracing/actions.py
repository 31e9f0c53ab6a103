"""Tracing the host of an item: every source is asked, every answer kept, the provider recognised; a person
confirms the country."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from sauga.hotline.assessment.actions.routing import route_item
from sauga.hotline.content.models import ContentItem
from sauga.hotline.jobs import Job, defer
from sauga.hotline.permissions import Permission
from sauga.hotline.states import Handling
from sauga.hotline.tracing.models import Provider, ProviderContact, ProviderNetwork, Trace, TraceAnswer
from sauga.hotline.tracing.rules import Answer, combine, hosting_class
from sauga.hotline.trail import Trail
from sauga.kernel import audit, live, outbound, sealed, vocab
from sauga.kernel.identity import require
from sauga.kernel.states import Actor, lock, move

ZONE = sealed.Zone.HOTLINE
TABLE = "hotline.traceanswer"


def ask_sources(url: str) -> list[Answer]:
    """Ask DNS, RDAP and the offline tables about an address; slow, no database.

    What does not answer is left out.

    Raises outbound.BadUrl or outbound.GuardRefused for an address that must not be asked about.
    """
    target = outbound.parse_url(url)
    addresses = outbound.sync.resolve(target.host).addresses
    answers = [Answer("DNS", value=address) for address in addresses]
    for address in addresses[:2]:
        answers += [_table(address, facts) for facts in outbound.networks.look_up_all(address)]
        found = outbound.sync.rdap_ip(address)
        if not found.error:
            answers.append(_registry("RDAP_IP", found, address))
    domain = outbound.sync.rdap_domain(target.host)
    if not domain.error:
        answers.append(_registry("RDAP_DOMAIN", domain, ""))
    return answers


def _table(address: str, facts: outbound.NetworkFacts) -> Answer:
    source = "COUNTRY_TABLE" if facts.country else "ASN_TABLE"
    return Answer(source, address, facts.name, facts.asn, facts.country, facts.source, facts.date)


def _registry(source: str, found: outbound.RdapAnswer, address: str) -> Answer:
    network = found.holder or found.name if source == "RDAP_IP" else found.registrar
    asn = found.asns[0] if found.asns else None
    country = found.country if source == "RDAP_IP" else ""
    return Answer(
        source,
        address,
        network,
        asn,
        country,
        "",
        found.as_of.date() if found.as_of else None,
        found.abuse_emails,
    )


def record_trace(
    *, by: Actor, item: ContentItem, answers: Sequence[Answer], at: datetime, failed: str = ""
) -> ContentItem:
    """Keep what the sources said and let the item go on to assessment.

    A country that a person confirmed stays until they change it.

    `failed` is a code when nothing could be asked (no such name, refused by our guard, not on the web); the
    item goes on all the same.
    """
    require(by, Permission.TRACE)
    with transaction.atomic():
        item = lock(item)
        provider = recognise_provider(by=by, answers=answers, at=at)
        hosting = combine(answers, masked=provider is not None and provider.is_cdn)
        inhope = {term.code for term in vocab.terms("iccam.hotline")}
        klass = hosting_class(item.kind, hosting, inhope)
        trace = Trace.objects.create(
            item=item,
            at=at,
            confidence=hosting.confidence,
            hosting_class=klass,
            country=hosting.country,
            failed=failed,
        )
        _keep(trace, item, answers, hosting.country)
        item.provider, item.network = provider, hosting.network[:120]
        if item.country_confidence != "CONFIRMED":
            item.country, item.country_confidence = hosting.country, hosting.confidence
            item.hosting_class = klass
        item.save(update_fields=["provider", "network", "country", "country_confidence", "hosting_class"])
        facts = {"hosting_class": klass, "confidence": hosting.confidence, "country": hosting.country}
        audit.record(by, Trail.ITEM_TRACED, item, zone=ZONE, at=at, facts=facts)
        if item.handling == Handling.NEW:
            why = failed or "TRACED"
            move(item, to=Handling.AWAITING_ASSESSMENT, by=by, at=at, track="handling", why=why)
        _follow_move(item, by=by, at=at)
        if item.next_check_at is None and item.kind == "WEB":
            defer(Job.CHECK_ITEM, item_id=item.pk)
        _signal(item)
        return item


def _follow_move(item: ContentItem, *, by: Actor, at: datetime) -> None:
    """Content that moved to a provider not yet written to is due for a notice there;
    its clocks go on.
    """
    if item.handling != Handling.FOLLOWED or item.provider is None:
        return
    told = item.notice_items.filter(occurrence=item.occurrence)
    if not told.exists() or told.filter(notice__provider=item.provider).exists():
        return
    if item.routes.filter(occurrence=item.occurrence, route="PROVIDER_NOTICE").exists():
        move(item, to=Handling.NOTICE_DUE, by=by, at=at, track="handling", why="MOVED")
        defer(Job.PREPARE_NOTICE, item_id=item.pk)


def _keep(trace: Trace, item: ContentItem, answers: Sequence[Answer], country: str) -> None:
    if not answers:
        return
    key = sealed.open_data_key(zone=ZONE, holder=item.holder, opener=sealed.ServiceOpener(ZONE))
    rows = []
    for answer in answers:
        row = TraceAnswer(
            trace=trace,
            source=answer.source,
            network=answer.network[:120],
            asn=answer.asn,
            country=answer.country,
            table=answer.table[:60],
            as_of=answer.as_of,
            confidence="NONE"
            if not answer.country
            else "AGREED"
            if answer.country == country
            else "CONFLICT",
        )
        if answer.value:
            row.value = sealed.seal(key, table=TABLE, row=row.ref, field="value", text=answer.value)
        rows.append(row)
    TraceAnswer.objects.bulk_create(rows)


def trace_again(*, by: Actor, item: ContentItem, at: datetime) -> None:
    """Ask all sources once more, in the background."""
    require(by, Permission.CONFIRM_COUNTRY, item)
    with transaction.atomic():
        defer(Job.TRACE_ITEM, item_id=item.pk)


def confirm_country(*, by: Actor, item: ContentItem, country: str, at: datetime) -> ContentItem:
    """A person confirms the country of hosting (two letters); rules that waited for it apply now."""
    require(by, Permission.CONFIRM_COUNTRY, item)
    with transaction.atomic():
        item = lock(item)
        inhope = {term.code for term in vocab.terms("iccam.hotline")}
        picture = combine([Answer("PERSON", country=country)])
        item.country, item.country_confidence, item.country_by = country, "CONFIRMED", by.pseudonym
        item.hosting_class = hosting_class(item.kind, picture, inhope)
        item.save(update_fields=["country", "country_confidence", "country_by", "hosting_class"])
        audit.record(by, Trail.ITEM_COUNTRY_CONFIRMED, item, zone=ZONE, at=at, facts={"country": country})
        if item.handling == Handling.ASSESSED and item.verdict:
            route_item(item=item, at=at)
        _signal(item)
        return item


def _signal(item: ContentItem) -> None:
    live.signal("hotline.worklist")
    live.signal(f"hotline.item.{item.ref}")


def recognise_provider(*, by: Actor, answers: Sequence[Answer], at: datetime) -> Provider | None:
    """The provider behind a trace's answers.

    An unknown network becomes a provider whose contacts are not yet approved.
    """
    require(by, Permission.TRACE)
    numbers = [str(answer.asn) for answer in answers if answer.asn]
    names = [answer.network for answer in answers if answer.network and answer.source != "RDAP_DOMAIN"]
    known = {
        (network.kind, network.value): network.provider
        for network in ProviderNetwork.objects.select_related("provider").filter(value__in=[*numbers, *names])
    }
    for kind, values in (("NETWORK", names), ("ASN", numbers)):
        for value in values:
            if (kind, value) in known:
                return known[kind, value]
    return _note_down(answers, names, numbers)


def _note_down(answers: Sequence[Answer], names: Sequence[str], numbers: Sequence[str]) -> Provider | None:
    if not names:
        return None
    country = next((answer.country for answer in answers if answer.country), "")
    language = "lt" if country == "LT" else "en"
    provider, _ = Provider.objects.get_or_create(
        name=names[0][:120], defaults={"country": country, "language": language}
    )
    ProviderNetwork.objects.get_or_create(kind="NETWORK", value=names[0], defaults={"provider": provider})
    for number in numbers[:1]:
        ProviderNetwork.objects.get_or_create(kind="ASN", value=number, defaults={"provider": provider})
    emails = [email for answer in answers if answer.source == "RDAP_IP" for email in answer.emails]
    for position, email in enumerate(dict.fromkeys(emails), 1):
        ProviderContact.objects.get_or_create(
            provider=provider, email=email, defaults={"source": "RDAP_IP", "position": position}
        )
    return provider
