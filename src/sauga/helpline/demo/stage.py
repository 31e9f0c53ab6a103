"""People of the demo: staff with open vaults, and children who go through the same actions as everybody."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from sauga.helpline.calls.actions import calls
from sauga.helpline.chat.actions import conversation_events, conversations, presence, queue
from sauga.helpline.chat.models import Conversation
from sauga.helpline.chat.queries.conversations import key_for_receipt
from sauga.helpline.records import actions as records
from sauga.helpline.records.rules.coding import Codes, band_of_year, implies_internet, suggested_insafe
from sauga.helpline.rota.actions import duty
from sauga.helpline.volunteers.models import Volunteer
from sauga.helpline.volunteers.queries.volunteers import not_yet_volunteers
from sauga.kernel import sealed, vocab
from sauga.kernel.kit.demo import Cast
from sauga.kernel.states import SystemActor

ZONE = sealed.Zone.HELPLINE
CHILD, DEMO = SystemActor("child"), SystemActor("demo")
SEED = 116111
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)

STAFF = (
    ("SHIFT_LEAD", "Liepa", ["lt", "en"], 2, ("CHAT", "PHONE", "LETTER", "LEAD")),
    ("COUNSELLOR", "Ąžuolas", ["lt", "en"], 2, ("CHAT", "PHONE", "LETTER")),
    ("LETTER_REVIEWER", "Rasa", ["lt"], 1, ("CHAT", "PHONE", "LETTER", "REVIEW")),
)
"""Role, alias, languages, how many at once, trainings."""


@dataclass(frozen=True)
class Talk:
    """What one child brings: the words of both sides in turn, and how the contact is coded afterwards."""

    topic: str
    words: tuple[str, ...]
    age: int
    gender: str = "GENDER_UNKNOWN"
    internet: bool = False
    place: str = ""
    platform: str = ""
    risk: str = "NONE"
    mood: tuple[str, str] = ("", "")
    language: str = "lt"


@dataclass
class Stage(Cast):
    """What the people of the line do; the seed makes every run the same but for keys and references."""

    unlocks: bool = True
    random: Random = field(default_factory=lambda: Random(SEED))  # noqa: S311  a story, not a secret

    # Duty
    # --------------------------------------------------------------------------------------------------------
    def open_house(self, at: datetime) -> None:
        """The volunteers of the demo with their aliases, trainings and checks."""
        from sauga.helpline.volunteers import actions as volunteers

        _give_a_number(at)
        by, day = self.actor("VOLUNTEER_COORDINATOR", at), at.date()
        for role, alias, languages, capacity, kinds in STAFF:
            person = self.actor(role, at)
            enrolled = volunteers.enrol(
                by=by,
                person_id=person.person_id,
                alias=alias,
                languages=languages,
                capacity=capacity,
                began_date=day,
                at=at,
            )
            for kind in kinds:
                volunteers.add_training(
                    by=by, volunteer=enrolled, kind=kind, passed_date=day, valid_to=None, at=at
                )
            volunteers.add_check(
                by=by, volunteer=enrolled, seen_date=day, valid_to=day + timedelta(days=700), at=at
            )
        for colleague in not_yet_volunteers(
            at
        ):  # who else works at the line is new here: chat and phone come first
            first = colleague.name.partition(" ")[0]
            alias = colleague.name[:40] if Volunteer.objects.filter(alias=first).exists() else first
            enrolled = volunteers.enrol(
                by=by,
                person_id=colleague.pk,
                alias=alias,
                languages=["lt", "en"],
                capacity=1,
                began_date=day,
                at=at,
            )
            for kind in ("CHAT", "PHONE"):
                volunteers.add_training(
                    by=by, volunteer=enrolled, kind=kind, passed_date=day, valid_to=None, at=at
                )
            volunteers.add_check(
                by=by, volunteer=enrolled, seen_date=day, valid_to=day + timedelta(days=700), at=at
            )

    def begin_evening(self, at: datetime) -> None:
        """A lead and a counsellor come."""
        duty.go_on_duty(by=self.actor("SHIFT_LEAD", at), channels=["LETTER"], lead=True, at=at)
        duty.go_on_duty(by=self.actor("COUNSELLOR", at), channels=["CHAT", "PHONE"], at=at)

    def there(self, at: datetime) -> None:
        """Both are still there."""
        for role in ("SHIFT_LEAD", "COUNSELLOR"):
            presence.staff_seen(by=self.actor(role, at), at=at)

    def end_evening(self, at: datetime) -> None:
        """Both go home."""
        for role in ("COUNSELLOR", "SHIFT_LEAD"):
            duty.go_off_duty(by=self.actor(role, at), at=at)

    # Contacts
    # --------------------------------------------------------------------------------------------------------
    def start(self, talk: Talk, at: datetime) -> tuple[Conversation, sealed.ReceiptKeys]:
        """A child begins and writes the first message."""
        receipt = sealed.ReceiptKeys(ZONE, lookup=self.random.randbytes(32), key=self.random.randbytes(32))
        begun = conversations.start_conversation(
            by=CHILD, receipt=receipt, language=talk.language, audience="CHILD", at=at
        )
        begun = conversations.save_prechat(by=CHILD, conversation=begun, mood=talk.mood[0], at=at)
        key = key_for_receipt(begun, receipt)
        begun = conversations.enqueue(
            by=CHILD, conversation=begun, key=key, text=talk.words[0], nonce=self._nonce(), at=at
        )
        return begun, receipt

    def talk(self, talk: Talk, at: datetime) -> datetime:
        """A whole conversation, written up; returns when the record was written."""
        begun, receipt = self.start(talk, at)
        at += SECOND * self.random.randrange(20, 400)
        self.there(at)
        by = self.actor("COUNSELLOR", at)
        offer = queue.next_contact(by=by, at=at)
        assert offer is not None and offer.conversation_id == begun.pk
        begun = queue.accept_offer(by=by, offer=offer, at=at)
        key = key_for_receipt(begun, receipt)
        for number, words in enumerate(talk.words[1:], 1):
            at += MINUTE * self.random.uniform(1, 4)
            conversation_events.send_message(
                by=by if number % 2 else CHILD,
                conversation=begun,
                key=key,
                text=words,
                nonce=self._nonce(),
                at=at,
            )
        at += 2 * MINUTE
        conversations.end_conversation(by=CHILD, conversation=begun, how="END_CHILD", at=at)
        at += SECOND * self.random.randrange(25, 90)
        begun.refresh_from_db()
        records.write_record(by=by, attempt=begun.attempt, codes=self.codes(talk, at), at=at)
        return at

    def leave(self, talk: Talk, at: datetime) -> datetime:
        """A child leaves before a counsellor is there."""
        begun, _receipt = self.start(talk, at)
        at += SECOND * self.random.choice([6, 9, 40, 130])
        conversations.leave_queue(by=CHILD, conversation=begun, how="ABANDONED", at=at)
        return at

    def knock(self, at: datetime) -> None:
        """A child comes out of hours."""
        receipt = sealed.ReceiptKeys(ZONE, lookup=self.random.randbytes(32), key=self.random.randbytes(32))
        conversations.start_conversation(by=CHILD, receipt=receipt, language="lt", audience="CHILD", at=at)

    def call(self, topic: str, age: int, gender: str, at: datetime) -> datetime:
        """A call, picked up after some seconds and written up."""
        self.there(at)
        by = self.actor("COUNSELLOR", at)
        rang = SECOND * self.random.randrange(4, 40)
        call = calls.open_call(by=by, language="lt", rang_before=rang, answered=True, at=at)
        at += MINUTE * self.random.uniform(3, 20)
        call = calls.end(by=by, call=call, at=at)
        at += SECOND * self.random.randrange(20, 70)
        call.refresh_from_db()
        talk = Talk(topic, (), age, gender)
        records.write_record(by=by, attempt=call.attempt, codes=self.codes(talk, at), at=at)
        return at

    def silence(self, at: datetime) -> datetime:
        """A call in which nothing is said; it is counted and blocks no caller."""
        by = self.actor("COUNSELLOR", at)
        call = calls.open_call(by=by, language="lt", rang_before=5 * SECOND, answered=True, at=at)
        call = calls.end(by=by, call=call, at=at + 30 * SECOND)
        call.refresh_from_db()
        records.close_nondata(by=by, attempt=call.attempt, kind="ND_SILENT", at=at + 40 * SECOND)
        return at + MINUTE

    def codes(self, talk: Talk, at: datetime) -> Codes:
        """How the counsellor codes it; the Insafe category is the first that the mapping suggests."""
        online = talk.internet or implies_internet([talk.topic])
        insafe = suggested_insafe([talk.topic], at.date()) if online else []
        return Codes(
            caller_role="CHILD_SELF",
            gender=talk.gender,
            risk=talk.risk,
            topic=talk.topic,
            internet="YES" if online else "NO",
            language=talk.language,
            age_year=talk.age,
            age_band=band_of_year(talk.age),
            insafe=(insafe or ["INS_CYBERBULLYING"])[0] if online else "",
            place=talk.place or ("PLACE_UNKNOWN" if online else ""),
            platform=talk.platform if online else "",
            actions=("ACT_LISTENED",),
        )

    def _nonce(self) -> bytes:
        return self.random.randbytes(16)


def _give_a_number(at: datetime) -> None:
    """The telephone that the ladder of missing people ends at; an installation sets its own."""
    name = "policy.alerts_helpline_cover"
    steps = [dict(step) for step in vocab.policy(name)["steps"]]
    steps[-1]["phone"] = "+37060000000"
    vocab.set_policy(by=DEMO, name=name, value={**vocab.policy(name), "steps": steps}, at=at)
