"""Random histories of proposals: whoever does what in whatever order, the rules hold after every step, and
every move is one of the table's."""

from collections.abc import Callable
from datetime import timedelta
from random import Random

from repetition import often, repeated

from sauga.kernel.clock import local_day
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.refusals import ActionRefused
from sauga.panel.voice.actions import (
    addressees,
    answers,
    daily,
    deliberation,
    drafts,
    follow_ups,
    moderation,
    progress,
)
from sauga.panel.voice.actions.drafts import Words
from sauga.panel.voice.actions.people import Addressed
from sauga.panel.voice.models import Amendment, Proposal
from sauga.panel.voice.queries import ledger
from sauga.panel.voice.rules.answers import Verdict
from sauga.panel.voice.rules.moderation import Checklist, DeclineReason, Reason
from sauga.panel.voice.rules.states import ANSWERED, ASKED, PROPOSAL, ProposalState
from tests.centre import Centre, centre  # noqa: F401  a fixture
from tests.factories import panel_voice as make
from tests.factories.panel_voice import WORDS, WORKER, given


class History:
    """Members, adults, strangers and an addressee do something to one of a few proposals."""

    def __init__(self, centre: Centre, dice: Random) -> None:
        self.dice, self.panel = dice, make.panel(centre, n=4)
        self.at = self.panel.at
        self.body = make.addressee(self.panel)
        self.frozen: dict[int, int] = {}

    def row(self) -> Proposal:
        rows = list(Proposal.objects.order_by("pk"))
        return self.dice.choice(rows) if rows else self.start()

    def member(self):
        return self.dice.choice(list(self.panel.who.values()))

    def adult(self):
        return self.dice.choice(
            [self.panel.first] * 5 + [self.panel.lead, self.panel.centre.actor("EDITOR"), self.member()]
        )

    def start(self) -> Proposal:
        if Proposal.objects.count() >= 4:
            return self.row()
        return drafts.start_proposal(by=self.member(), words=WORDS, at=self.at)

    def edit(self) -> None:
        words = Words(f"Tema {self.dice.randrange(9)}", WORDS.problem, WORDS.wish, WORDS.why)
        drafts.save_draft(by=self.member(), proposal=self.row(), words=words, at=self.at)

    def submit(self) -> None:
        drafts.submit_proposal(by=self.member(), proposal=self.row(), at=self.at)

    def withdraw(self) -> None:
        if self.dice.random() < 0.1:
            drafts.withdraw_proposal(by=self.member(), proposal=self.row(), at=self.at)

    def read(self) -> None:
        row = self.row()
        if self.dice.random() < 0.8:
            moderation.publish(by=self.adult(), row=row, confirmed=Checklist.values, at=self.at)
        else:
            moderation.return_to_author(by=self.adult(), row=row, reason=Reason.UNCLEAR, at=self.at)

    def discuss(self) -> None:
        progress.open_discussion(
            by=self.adult(),
            proposal=self.row(),
            second=self.panel.second.person_id,
            until=local_day(self.at) + timedelta(days=5),
            at=self.at,
        )

    def support(self) -> None:
        row = self.row()
        version = row.version - (self.dice.random() < 0.2)
        deliberation.support(
            by=self.member(), proposal=row, version=version, supports=self.dice.random() < 0.9, at=self.at
        )

    def amend(self) -> None:
        row, by = self.row(), self.member()
        made = deliberation.suggest_amendment(
            by=by, proposal=row, part="why", text=f"Nes {self.dice.random()}.", why="Taip.", at=self.at
        )
        moderation.publish(by=self.panel.first, row=made, confirmed=Checklist.values, at=self.at)

    def decide(self) -> None:
        row = Amendment.objects.order_by("?").first()
        if row is not None and self.dice.random() < 0.7:
            deliberation.accept_amendment(by=self.member(), amendment=row, at=self.at)
        elif row is not None:
            deliberation.decline_amendment(
                by=self.member(), amendment=row, reason=DeclineReason.GOAL, at=self.at
            )

    def qualify(self) -> None:
        why = "Susitikime visi pritarė." if self.dice.random() < 0.3 else ""
        progress.qualify(by=self.adult(), proposal=self.row(), explanation=why, at=self.at)

    def vote(self) -> None:
        row = self.row()
        progress.open_vote(by=self.panel.first, proposal=row, eligible=4, at=self.at)
        self.frozen[row.pk] = Proposal.objects.get(pk=row.pk).version

    def count(self) -> None:
        by = self.dice.choice([WORKER, WORKER, self.panel.first])
        progress.close_vote(
            by=by, proposal=self.row(), voted=3, is_carried=self.dice.random() < 0.8, at=self.at
        )

    def send(self) -> None:
        due = local_day(self.at) + timedelta(days=self.dice.choice((1, 14, 30, 120)))
        addressees.send_proposal(
            by=self.adult(), proposal=self.row(), addressee=self.body, due_on=due, at=self.at
        )

    def answer(self) -> None:
        row = self.row()
        link = row.link - (self.dice.random() < 0.2)
        reason = make.REASON if self.dice.random() < 0.7 else "Ne."
        verdict = self.dice.choice(list(Verdict))
        held = getattr(row, "answer", None)
        said = given(verdict, reason, decides="Mokyklos", revision=held.revision if held else 0)
        answers.send_answer(by=Addressed(row.ref, link), proposal=row, given=said, at=self.at)

    def publish_answer(self) -> None:
        row = self.row()
        if hasattr(row, "answer"):
            answers.publish_answer(by=self.adult(), proposal=row, at=self.at)

    def follow(self) -> None:
        row = self.row()
        act = self.dice.choice(("start", "result", "back", "explain"))
        if act == "start":
            follow_ups.start_work(by=self.adult(), proposal=row, at=self.at)
        elif act == "result":
            done = self.dice.random() < 0.5
            follow_ups.report_result(
                by=self.adult(), proposal=row, is_done=done, text="Taip yra.", at=self.at
            )
        elif act == "back":
            text = self.dice.choice(("Papasakojome susitikime.", ""))
            follow_ups.report_back(by=self.adult(), proposal=row, text=text, at=self.at)
        else:
            progress.explain(by=self.adult(), proposal=row, text="Kitą kartą.", at=self.at)

    def hide(self) -> None:
        row = self.row()
        if row.state == ProposalState.HIDDEN:
            moderation.show_again(by=self.adult(), row=row, at=self.at)
        elif self.dice.random() < 0.1:
            moderation.hide(by=self.adult(), row=row, at=self.at)

    def wait(self) -> None:
        self.at += timedelta(days=self.dice.choice((1, 1, 2)))
        if self.at.month == 12 and self.at.day > 20:
            self.at = self.panel.at
            return
        daily.advance_all(by=WORKER, at=self.at)

    def acts(self) -> list[Callable[[], object]]:
        early = [self.start, self.edit, self.submit, self.submit, self.read, self.discuss]
        middle = [self.support, self.support, self.amend, self.decide, self.qualify, self.vote, self.count]
        late = [self.send, self.send, self.answer, self.publish_answer, self.follow, self.follow, self.wait]
        return [*early * 2, *middle, *late, self.withdraw, self.hide]

    def check(self) -> None:
        """What holds after every step."""
        for row in Proposal.objects.prefetch_related("steps"):
            before = str(PROPOSAL.initial)
            states = []
            for step in row.steps.order_by("pk"):
                assert step.before == before and PROPOSAL.allows(step.before, step.after)
                before = step.after
                states.append(step.after)
            assert row.state == before
            last_sent = max((n for n, state in enumerate(states) if state == ProposalState.SENT), default=-1)
            since = states[last_sent:] if last_sent >= 0 else []
            if since and ProposalState.REPORTED_BACK in since and ProposalState.HIDDEN not in since:
                assert set(since) & set(ANSWERED), "closed without an answer"
                assert row.answer.reason and row.answer.published_at is not None
                assert row.follow_ups.filter(kind=ProposalState.REPORTED_BACK).exclude(text="").exists()
            if (
                row.state in (ProposalState.VOTE_OPEN, ProposalState.VOTE_CLOSED, *ASKED)
                and row.pk in self.frozen
            ):
                assert row.version == self.frozen[row.pk] or ProposalState.HIDDEN in states
            if row.state == ProposalState.DISCUSSION:
                assert row.adults.count() == 2 and row.discuss_until is not None
            assert row.versions.count() == row.version
        for one in ledger.entries(self.at):
            assert bool(one.reason) == one.facts.answer_public


@repeated(shards=20)
def test_random_histories_keep_the_rules(centre: Centre, shard: int):
    dice = Random(shard)
    history = History(centre, dice)
    done = 0
    for n in range(often(250, 500)):
        act = dice.choice(history.acts())
        try:
            act()
            done += 1
        except (ActionRefused, PermissionRefused):
            pass
        if n % often(5, 1) == 0:
            history.check()
    history.check()
    assert done > 30
    assert Proposal.objects.filter(number__isnull=False).exists()
