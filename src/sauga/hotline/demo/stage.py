"""What the people of the hotline do in the demo's stories, and the jobs that their actions ask for."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from sauga.hotline.addresses.rules.addresses import split_locations
from sauga.hotline.assessment.actions import claims, routing, verdicts
from sauga.hotline.content.models import ContentItem
from sauga.hotline.content.queries import open_address
from sauga.hotline.demo.places import answers
from sauga.hotline.jobs import Job
from sauga.hotline.monitoring.actions import monitoring, probes
from sauga.hotline.monitoring.rules.probe_classification import Classification, Evidence, ProbeResult, Reason
from sauga.hotline.notices.actions import drafts, escalation, notice_delivery
from sauga.hotline.reports.actions import closure, follow_ups, intake, thread
from sauga.hotline.reports.models import Report
from sauga.hotline.reports.rules import ChildInDanger
from sauga.hotline.tracing import actions as tracing
from sauga.kernel import sealed
from sauga.kernel.kit.demo import Cast, Story, Timeline
from sauga.kernel.notifications import OutgoingMail, acknowledge_about
from sauga.kernel.outbound import MailResult
from sauga.kernel.sealed.visitors import receipts
from sauga.kernel.states import SystemActor

ZONE = sealed.Zone.HOTLINE
SERVICE = sealed.ServiceOpener(ZONE)
PUBLIC, TRACER, ROUTER, MONITOR = (SystemActor(name) for name in ("public", "tracer", "router", "monitor"))

SEED = 2007
HALF_AN_HOUR = timedelta(minutes=30)


def _put_aside(letter: OutgoingMail) -> MailResult:
    """Letters of the past are not sent: today's providers would act on them again."""
    return MailResult(accepted=True, code=250, text="2.0.0 put aside")


@dataclass(frozen=True)
class Told:
    """A report that was received, as the stories use it. `key` opens the reporter's text."""

    report: Report
    keys: sealed.ReceiptKeys
    items: tuple[ContentItem, ...]

    @property
    def item(self) -> ContentItem:
        return self.items[0]


@dataclass
class Stage(Cast):
    """What the people of the hotline do; the seed makes every run the same but for keys and references."""

    unlocks: bool = True
    random: Random = field(default_factory=lambda: Random(SEED))  # noqa: S311  a story, not a secret

    def __post_init__(self) -> None:
        self.timeline = Timeline(
            {
                Job.TRACE_ITEM: lambda args, at: self._trace(args["item_id"], at),
                Job.SETTLE_REPORTS: lambda args, at: closure.settle_report(
                    by=ROUTER, report=Report.objects.get(pk=args["report_id"]), at=at
                ),
                Job.PREPARE_NOTICE: lambda args, at: drafts.prepare_notice(item_id=args["item_id"], at=at),
                Job.SEND_NOTICE: lambda args, at: notice_delivery.send_mail(
                    mail_id=args["mail_id"], at=at, deliver=_put_aside
                ),
                Job.SETTLE_NOTICE: lambda args, at: escalation.settle_item(item_id=args["item_id"], at=at),
            }
        )
        self.begin = self.timeline.begin

    def play(self, until: datetime) -> None:
        """Let all stories happen up to `until`."""
        self.begin(self._next_looks(until))
        self.timeline.run(until)

    def _next_looks(self, until: datetime) -> Story:
        """What is still monitored gets its next check from the running monitor, spread over half an hour."""
        yield until
        for item in ContentItem.objects.filter(next_check_at__lte=until + HALF_AN_HOUR).order_by("pk"):
            monitoring.check_soon(item=item, at=until + HALF_AN_HOUR * self.random.random())

    def _trace(self, item_id: int, at: datetime) -> None:
        item = ContentItem.objects.get(pk=item_id)
        found = answers(open_address(item, SERVICE).url) if item.kind == "WEB" else []
        failed = "" if found else "NOT_ON_THE_WEB" if item.kind != "WEB" else "NO_ANSWER"
        tracing.record_trace(by=TRACER, item=item, answers=found, at=at, failed=failed)

    def item_of(self, address: str) -> ContentItem:
        """The item of an address."""
        return ContentItem.objects.get(key=intake.indexes(split_locations(address)[0]).key)

    def second(self) -> timedelta:
        """A second, give or take."""
        return timedelta(seconds=self.random.uniform(0.6, 1.4))

    # Acts
    # --------------------------------------------------------------------------------------------------------
    def report(
        self, text: str, category: str, at: datetime, *, language: str = "lt", spam_score: int = 0
    ) -> Told:
        """A person reports; `text` is what they paste."""
        secret = self.random.randbytes(receipts.SECRET_BYTES)
        keys = sealed.receipt_keys(sealed.new_receipt(secret, language), ZONE)
        places = split_locations(text)
        report = intake.receive_report(
            by=PUBLIC,
            locations=places,
            category=category,
            receipt=keys,
            language=language,
            at=at,
            spam_score=spam_score,
        )
        return Told(
            report,
            keys,
            tuple(place.item for place in report.locations.select_related("item").order_by("position")),
        )

    def report_key(self, told: Told) -> sealed.DataKey:
        """The report's key, opened with its receipt as the reporter does."""
        return sealed.open_data_key(
            zone=ZONE, holder=told.report.holder, opener=sealed.ReceiptOpener(told.keys)
        )

    def note(self, told: Told, text: str, at: datetime) -> None:
        """The reporter adds text."""
        follow_ups.add_note(by=PUBLIC, report=told.report, key=self.report_key(told), text=text, at=at)

    def danger(self, told: Told, at: datetime) -> None:
        """The reporter says that a child is in danger now; an analyst confirms the alert within a minute."""
        follow_ups.add_danger(by=PUBLIC, report=told.report, child_in_danger=ChildInDanger.YES, at=at)
        about = f"hotline.report.{told.report.ref}"
        acknowledge_about(by=self.actor("ANALYST", at), about=about, at=at + timedelta(seconds=50))

    def contact(self, told: Told, value: str, at: datetime) -> None:
        """The reporter leaves a way to be answered."""
        follow_ups.add_contact(by=PUBLIC, report=told.report, value=value, at=at)

    def ask(self, told: Told, text: str, at: datetime, *, wait_days: int = 0) -> None:
        """The analyst writes to the reporter."""
        by = self.actor("ANALYST", at)
        assert by.vault is not None
        key = sealed.open_data_key(zone=ZONE, holder=told.report.holder, opener=by.vault)
        thread.analyst_writes(by=by, report=told.report, key=key, text=text, at=at, wait_days=wait_days)

    def answer(self, told: Told, text: str, at: datetime) -> None:
        """The reporter writes back."""
        thread.reporter_writes(by=PUBLIC, report=told.report, key=self.report_key(told), text=text, at=at)

    def take(self, item: ContentItem, at: datetime, role: str = "ANALYST") -> ContentItem:
        """A person claims an item."""
        return claims.claim_item(by=self.actor(role, at), item=item, at=at)

    def assess(
        self,
        item: ContentItem,
        verdict: verdicts.Verdict,
        at: datetime,
        *,
        role: str = "ANALYST",
        note: str = "",
    ) -> ContentItem:
        """An analyst reveals the address and saves the verdict; for content in Lithuania the country is
        confirmed first."""
        item.refresh_from_db()
        by = self.actor(role, at)
        claims.reveal_address(by=by, item=item, reason="ASSESS", at=at)
        if item.country == "LT" and item.country_confidence != "CONFIRMED":
            item = tracing.confirm_country(by=by, item=item, country="LT", at=at)
        return verdicts.assess_item(by=by, item=item, verdict=verdict, note=note, at=at)

    def hold(self, item: ContentItem, reason: str, hours: int, at: datetime) -> None:
        """The police liaison places a hold."""
        routing.hold_item(by=self.actor("POLICE_LIAISON", at), item=item, reason=reason, hours=hours, at=at)

    def check(
        self, item: ContentItem, seen: ProbeResult, reason: Reason, at: datetime, *, status: int | None = 200
    ) -> ContentItem:
        """The monitor checks; a check that finds the content gone is made by two profiles, as the rules want
        it."""
        profiles = (
            (probes.MAIN,)
            if seen in {ProbeResult.ONLINE, ProbeResult.UNREACHABLE, ProbeResult.CHALLENGED}
            else (probes.MAIN, probes.BROWSER)
        )
        results = tuple(
            probes.ProfileResult(
                profile=profile,
                with_referrer=False,
                classification=Classification(seen, reason),
                evidence=Evidence(status=status),
            )
            for profile in profiles
        )
        item.refresh_from_db()
        return monitoring.record_check(
            by=MONITOR, item=item, check_result=probes.CheckResult(item_id=item.pk, results=results), at=at
        )
