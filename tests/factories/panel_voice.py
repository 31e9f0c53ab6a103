"""Members, cycles and proposals of the panel for tests: made by the same actions as real ones."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from factories import panel as members
from sauga.kernel.identity import PersonActor
from sauga.kernel.members.actors import MemberActor
from sauga.kernel.states import SystemActor
from sauga.panel.members.models import Member
from sauga.panel.voice.actions import (
    addressees,
    answers,
    contributions,
    cycles,
    deliberation,
    drafts,
    moderation,
    progress,
)
from sauga.panel.voice.actions.answers import Given, Task
from sauga.panel.voice.actions.drafts import Words
from sauga.panel.voice.actions.people import Addressed
from sauga.panel.voice.models import Addressee, Amendment, Contribution, Cycle, Proposal
from sauga.panel.voice.rules.answers import Verdict
from sauga.panel.voice.rules.moderation import Checklist
from tests.centre import Centre

AT = datetime(2026, 11, 24, 13, tzinfo=UTC)
"""A Tuesday afternoon in Vilnius."""
WORKER = SystemActor("panel")
WORDS = Words(
    "Skundo mygtukas dviem paspaudimais",
    "Mygtukas paslėptas. Daug kas nepraneša.",
    "Mygtukas turi būti prie kiekvieno įrašo.",
    "Kai pranešti lengva, blogi įrašai dingsta greičiau.",
)
REASON = (
    "Jūs teisūs. Apie tai kalbame per mažai. Dviejų pamokų šiemet įdėti negalime. Planas jau yra. "
    "Nuo rugsėjo tema bus pamokose."
)
NAMES = ("Žuvėdra", "Kopa", "Bebras", "Smiltė", "Gegutė", "Vilnelė", "Šarka", "Lydeka")


@dataclass
class Panel:
    """A running cycle, its members as actors, and two adults."""

    centre: Centre
    cycle: Cycle
    who: dict[str, MemberActor]
    at: datetime = AT

    @property
    def first(self) -> PersonActor:
        return self.centre.actor("PANEL_FACILITATOR")

    @property
    def second(self) -> PersonActor:
        return self.centre.actor("PANEL_FACILITATOR_2")

    @property
    def lead(self) -> PersonActor:
        return self.centre.actor("PANEL_SAFEGUARDING_LEAD")

    def member(self, name: str) -> Member:
        return Member.objects.get(pseudonym=name)

    def __getitem__(self, name: str) -> MemberActor:
        return self.who[name]


def panel(centre: Centre, n: int = 4, at: datetime = AT, support: int = 2) -> Panel:
    """A cycle with members; all are 15 but the first, who is 13."""
    facilitator = centre.actor("PANEL_FACILITATOR")
    cycle = cycles.start_cycle(
        by=facilitator, starts_on=date(2026, 9, 1), ends_on=date(2027, 1, 1), support=support, at=at
    )
    rows = [members.member(centre, name, 13 if name == "Žuvėdra" else 15, at) for name in NAMES[:n]]
    who = {row.pseudonym: members.account(row, at) for row in rows}
    return Panel(centre, cycle, who, at)


def submitted(panel: Panel, name: str = "Žuvėdra", words: Words = WORDS) -> Proposal:
    """A proposal that waits to be read."""
    row = drafts.start_proposal(by=panel[name], words=words, at=panel.at)
    return drafts.submit_proposal(by=panel[name], proposal=row, at=panel.at)


def published(panel: Panel, name: str = "Žuvėdra", words: Words = WORDS) -> Proposal:
    """A proposal that members read."""
    row: Any = moderation.publish(
        by=panel.first, row=submitted(panel, name, words), confirmed=Checklist.values, at=panel.at
    )
    return fresh(row)


def discussed(panel: Panel, name: str = "Žuvėdra", words: Words = WORDS) -> Proposal:
    """One whose discussion is open."""
    return opened(panel, published(panel, name, words))


def opened(panel: Panel, row: Proposal) -> Proposal:
    """A published one with an open discussion."""
    until = panel.at.date() + timedelta(days=7)
    second = panel.second.person_id
    progress.open_discussion(by=panel.first, proposal=row, second=second, until=until, at=panel.at)
    return fresh(row)


def supported(panel: Panel, row: Proposal) -> None:
    """Everybody supports the present version."""
    for by in panel.who.values():
        deliberation.support(by=by, proposal=row, version=row.version, supports=True, at=panel.at)


def chosen(panel: Panel, name: str = "Žuvėdra", words: Words = WORDS) -> Proposal:
    """One that is chosen for the vote."""
    return qualified(panel, discussed(panel, name, words))


def qualified(panel: Panel, row: Proposal) -> Proposal:
    """A discussed one, with everybody's support."""
    supported(panel, row)
    progress.qualify(by=panel.first, proposal=row, explanation="", at=panel.at)
    return fresh(row)


def carried(panel: Panel, name: str = "Žuvėdra", words: Words = WORDS) -> Proposal:
    """One that the vote has carried."""
    return accepted(panel, chosen(panel, name, words))


def accepted(panel: Panel, row: Proposal) -> Proposal:
    """A chosen one, after the vote."""
    progress.open_vote(by=panel.first, proposal=row, eligible=len(panel.who), at=panel.at)
    progress.close_vote(by=WORKER, proposal=row, voted=len(panel.who), is_carried=True, at=panel.at)
    return fresh(row)


def addressee(panel: Panel, name: str = "Pavyzdžio ministerija") -> Addressee:
    """A body that can be asked."""
    found = Addressee.objects.filter(name=name).first()
    return found or addressees.add_addressee(
        by=panel.first, name=name, address="atsakymai@ministerija.example", language="lt", at=panel.at
    )


def sent(panel: Panel, name: str = "Žuvėdra", words: Words = WORDS, days: int = 30) -> Proposal:
    """One that waits for an answer."""
    return asked(panel, carried(panel, name, words), days)


def again(panel: Panel, row: Proposal) -> Proposal:
    """A published one, sent after all steps."""
    return asked(panel, accepted(panel, qualified(panel, opened(panel, row))), 30)


def asked(panel: Panel, row: Proposal, days: int) -> Proposal:
    """A carried one, sent."""
    due = panel.at.date() + timedelta(days=days)
    addressees.send_proposal(
        by=panel.first, proposal=row, addressee=addressee(panel), due_on=due, at=panel.at
    )
    return fresh(row)


def by_link(row: Proposal) -> Addressed:
    """Whoever holds the present link."""
    return Addressed(row.ref, row.link)


def given(verdict: str = Verdict.PARTLY, reason: str = REASON, **more: Any) -> Given:
    """A whole answer."""
    tasks = more.pop("tasks", (Task("Tema informatikos programoje", date(2027, 9, 1)),))
    return Given(
        verdict=verdict, reason=reason, who=more.pop("who", "Vardenė Pavardenė, vedėja"), tasks=tasks, **more
    )


def answered(panel: Panel, name: str = "Žuvėdra", verdict: str = Verdict.PARTLY) -> Proposal:
    """One whose answer has come and is public."""
    row = sent(panel, name)
    decides = "Mokyklos" if verdict == Verdict.OTHER else ""
    answers.send_answer(by=by_link(row), proposal=row, given=given(verdict, decides=decides), at=panel.at)
    answers.publish_answer(by=panel.first, proposal=fresh(row), at=panel.at)
    return fresh(row)


def amendment(panel: Panel, row: Proposal, name: str = "Smiltė", text: str = "") -> Amendment:
    """An amendment that its authors may decide."""
    made = deliberation.suggest_amendment(
        by=panel[name],
        proposal=row,
        part="wish",
        text=text or "Mygtukas turi būti prie kiekvieno įrašo ir veikti balsu.",
        why="Ne visi gerai mato.",
        at=panel.at,
    )
    moderation.publish(by=panel.first, row=made, confirmed=Checklist.values, at=panel.at)
    return Amendment.objects.get(pk=made.pk)


def written(panel: Panel, name: str = "Kopa", kind: str = "TOPIC", **more: Any) -> Contribution:
    """A text that is published."""
    made = contributions.write(
        by=panel[name],
        kind=kind,
        text=more.pop("text", "Kaip atpažinti melagingą skelbimą?"),
        at=panel.at,
        **more,
    )
    contributions.send(by=panel[name], contribution=made, at=panel.at)
    moderation.publish(by=panel.first, row=made, confirmed=Checklist.values, at=panel.at)
    return Contribution.objects.get(pk=made.pk)


def fresh(row: Proposal) -> Proposal:
    """The row as it is now."""
    return Proposal.objects.select_related("addressee", "cycle").get(pk=row.pk)
