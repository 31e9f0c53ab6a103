"""The demo's part: two cycles, meetings with minutes, three proposals answered, one whose answer is late, and
others on their way. Played by the same actions as at work."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sauga.kernel.clock import local_day
from sauga.kernel.identity import PersonActor
from sauga.kernel.kit.demo import Cast, Timeline
from sauga.kernel.members import MemberActor
from sauga.kernel.members.actors import member_actor
from sauga.kernel.states import SystemActor
from sauga.panel.members.models import Member
from sauga.panel.members.queries.members import active_members
from sauga.panel.voice.actions import (
    addressees,
    answers,
    contributions,
    cycles,
    daily,
    deliberation,
    drafts,
    follow_ups,
    moderation,
    progress,
)
from sauga.panel.voice.actions.answers import Given, Task
from sauga.panel.voice.actions.cycles import MeetingGiven
from sauga.panel.voice.actions.drafts import Words
from sauga.panel.voice.actions.people import Addressed
from sauga.panel.voice.models import Addressee, Cycle, Proposal
from sauga.panel.voice.rules.answers import Verdict
from sauga.panel.voice.rules.hours import is_resting
from sauga.panel.voice.rules.moderation import Checklist, DeclineReason, Reason

WORKER = SystemActor("panel")
LEAST = 6
DAY = timedelta(days=1)
PRIVACY = Words(
    "Privatumo pamoka penktokams",
    "Penktokai gauna pirmą telefoną. Niekas neparodo, ką mato kiti.",
    "Vienos pamokos apie nustatymus per metus 5 klasėje.",
    "Kas žino, ką keisti, tas jaučiasi saugiau.",
)
NUMBER = Words(
    "Pagalbos numeris kiekviename el. dienyne",
    "Kai sunku, numerio ieškome ilgai.",
    "Numeris 116 111 turi būti kiekviename dienyno puslapyje.",
    "Tada pagalba yra ten, kur esame kasdien.",
)
LOCKERS = Words(
    "Telefonų spintelės visose mokyklose",
    "Per pamokas telefonai trukdo. Per pertraukas visi žiūri į ekranus.",
    "Kiekviena klasė turi gauti spinteles telefonams.",
    "Be telefono lengviau susikaupti.",
)
SETTINGS = Words(
    "Aiškūs nustatymai prieš pirmą prisijungimą",
    "Nauja paskyra iš karto vieša. Nustatymai paslėpti giliai.",
    "Prieš pirmą prisijungimą programėlė turi paklausti, kas tave matys.",
    "Daug kas nustatymų taip ir nepakeičia.",
)
BUTTON = Words(
    "Skundo mygtukas dviem paspaudimais",
    "Matai blogą įrašą ir nori pranešti. Mygtukas paslėptas. Reikia 5–7 paspaudimų.",
    "Mygtukas turi būti prie kiekvieno įrašo. Atsakymas – per 48 valandas, paprasta kalba.",
    "Kai pranešti lengva, blogi įrašai dingsta greičiau.",
)
PRICES = Words(
    "Aiškios žaidimų kainos",
    "Žaidime mokame žetonais. Neaišku, kiek tai eurų.",
    "Prie kiekvieno pirkinio turi būti kaina eurais.",
    "Tada žinai, ar užteks kišenpinigių.",
)
QUIET = Words(
    "Tylos valandos klasės grupėje",
    "Žinutės ateina ir vėlai vakare.",
    "Klasės grupėje po 21 valandos galima tik skaityti.",
    "Miegas svarbesnis už žinutes.",
)
LESSON = Words(
    "Pamoka apie dirbtinį intelektą šeštokams",
    "Daug kas klausia pokalbių roboto patarimo. Niekas nemoko, kada juo tikėti.",
    "Dviejų pamokų per metus 6 klasėje.",
    "Reikia mokėti patikrinti, ką sako robotas.",
)
MINISTRY, PLATFORM, DIARY = "Pavyzdžio ministerija", "Platforma „Pavyzdys Social“", "El. dienynas „Pavyzdys“"


@dataclass
class Stage:
    """Who acts in the demo, and until when."""

    cast: Cast
    at: datetime
    people: list[MemberActor]
    members: list[Member]

    def day(self, ago: int, hour: int = 13) -> datetime:
        """An afternoon some days ago; negative: ahead."""
        return (self.at - ago * DAY).replace(hour=hour, minute=0, second=0, microsecond=0)

    def lately(self) -> datetime:
        """Half an hour ago, or in the evening before where it was night: what was sent then is not late."""
        youngest, at = max(one.birth_month for one in self.members), self.at - timedelta(minutes=30)
        while is_resting(youngest, at):
            at -= timedelta(minutes=30)
        return at

    def facilitator(self, at: datetime) -> PersonActor:
        return self.cast.actor("PANEL_FACILITATOR", at)

    def adults(self) -> tuple[int, int]:
        lead = self.cast.actor("PANEL_SAFEGUARDING_LEAD", self.at)
        return self.facilitator(self.at).person_id, lead.person_id


def play(cast: Cast, at: datetime) -> None:
    """What happened up to `at`."""
    members = [one for one in active_members().order_by("active_since", "pk") if one.account is not None]
    if len(members) < LEAST:
        return
    people = [member_actor(one.account, at) for one in members if one.account is not None]
    timeline = Timeline({})
    timeline.begin(_story(Stage(cast, at, people, members)))
    timeline.run(at)


def _story(stage: Stage) -> Iterator[datetime]:
    yield stage.day(300)
    first, second = _cycles(stage)
    _addressees(stage)
    _meetings(stage, first, second)
    for tell in (_done, _declined, _running, _late, _asked, _texts, _discussed, _waiting):
        tell(stage)
    daily.advance_all(by=WORKER, at=stage.at)


def _cycles(stage: Stage) -> tuple[Cycle, Cycle]:
    today, begun = local_day(stage.at), stage.day(300)
    by = stage.facilitator(begun)
    halves = (
        (today - 300 * DAY, today - 80 * DAY, begun, "Lengviau pranešti"),
        (today - 80 * DAY, today + 60 * DAY, stage.day(85), "Aiški reklama"),
    )
    made = [
        cycles.start_cycle(by=by, starts_on=starts, ends_on=ends, support=4, at=at, title=title)
        for starts, ends, at, title in halves
    ]
    return made[0], made[1]


def _addressees(stage: Stage) -> None:
    at = stage.day(290)
    for name, address in (
        (MINISTRY, "jaunimui@ministerija.example"),
        (PLATFORM, "youth@social.example"),
        (DIARY, "klausimai@dienynas.example"),
    ):
        addressees.add_addressee(by=stage.facilitator(at), name=name, address=address, language="lt", at=at)


def _meetings(stage: Stage, first: Cycle, second: Cycle) -> None:
    adults = stage.adults()
    for cycle, ago in ((first, 200), (second, 40), (second, -3)):
        planned, starts = stage.day(max(ago, 0) + 12), stage.day(ago, hour=14)
        by = stage.facilitator(planned)
        given = MeetingGiven(
            starts=starts,
            ends=starts + timedelta(hours=1),
            place="Internetu",
            agenda="Kalbėsime apie pasiūlymus.\nPasirinksime klausimus ekspertei.",
            adults=adults,
        )
        row = cycles.plan_meeting(by=by, cycle=cycle, given=given, at=planned)
        for n, who in enumerate(stage.people[:9]):
            cycles.reply_to_meeting(by=who, meeting=row, comes=n % 4 != 3, at=planned)
        if ago > 0:
            after = starts + timedelta(hours=2)
            cycles.hold_meeting(by=by, meeting=row, present=adults, at=after)
            text = "Kalbėjome apie pasiūlymus. Visi galėjo pasakyti savo mintį. Kitą kartą balsuosime."
            cycles.publish_minutes(by=by, meeting=row, minutes=text, at=after)


def _published(stage: Stage, words: Words, author: int, ago: int, co: int | None = None) -> Proposal:
    at = stage.day(ago)
    by = stage.people[author]
    row = drafts.start_proposal(by=by, words=words, at=at)
    if co is not None:
        drafts.invite_author(by=by, proposal=row, member=stage.members[co], at=at)
        drafts.answer_invitation(by=stage.people[co], proposal=row, joins=True, at=at)
    row = drafts.submit_proposal(by=by, proposal=row, at=at)
    moderation.publish(by=stage.facilitator(at), row=row, confirmed=Checklist.values, at=at)
    return row


def _discussion(stage: Stage, row: Proposal, ago: int, days: int) -> Proposal:
    at = stage.day(ago)
    return progress.open_discussion(
        by=stage.facilitator(at),
        proposal=row,
        second=stage.adults()[1],
        until=local_day(at) + days * DAY,
        at=at,
    )


def _supported(stage: Stage, row: Proposal, n: int, at: datetime) -> None:
    for who in stage.people[:n]:
        deliberation.support(by=who, proposal=row, version=row.version, supports=True, at=at)


def _sent(
    stage: Stage, words: Words, author: int, to: str, ago: int, *, term: int = 30, co: int | None = None
) -> Proposal:
    row = _discussion(stage, _published(stage, words, author, ago + 20, co), ago + 18, 7)
    at = stage.day(ago)
    by = stage.facilitator(at)
    _supported(stage, row, 8, stage.day(ago + 15))
    progress.qualify(by=by, proposal=row, explanation="", at=stage.day(ago + 10))
    progress.open_vote(by=by, proposal=row, eligible=len(stage.members), at=stage.day(ago + 8))
    voters = max(len(stage.people) - 2, 1)
    progress.close_vote(by=WORKER, proposal=row, voted=voters, is_carried=True, at=stage.day(ago + 2))
    whom = Addressee.objects.get(name=to)
    due = local_day(at) + term * DAY
    return addressees.send_proposal(by=by, proposal=row, addressee=whom, due_on=due, at=at)


def _answered(stage: Stage, row: Proposal, ago: int, given: Given) -> None:
    answers.send_answer(by=Addressed(row.ref, row.link), proposal=row, given=given, at=stage.day(ago))
    by = stage.facilitator(stage.day(ago))
    answers.publish_answer(by=by, proposal=row, at=stage.day(ago - 1))


def _given(verdict: str, reason: str, *tasks: Task) -> Given:
    return Given(verdict=verdict, reason=reason, who="Vardenė Pavardenė, skyriaus vedėja", tasks=tasks)


def _done(stage: Stage) -> None:
    row = _sent(stage, PRIVACY, 0, MINISTRY, 260, co=1)
    reason = "Jūs teisūs. Tokios pamokos trūko. Ją paruošėme kartu su mokytojais. Ji bus nuo rugsėjo."
    task = Task("Pamokos planas mokykloms", local_day(stage.day(90)))
    _answered(stage, row, 235, _given(Verdict.ACCEPTED, reason, task))
    by, at = stage.facilitator(stage.day(200)), stage.day(70)
    follow_ups.start_work(by=by, proposal=row, at=stage.day(200))
    said = "Pamokos planas jau yra. Jį išbandė 14 klasių."
    follow_ups.report_result(by=by, proposal=row, is_done=True, text=said, at=at)
    told = "Susitikime parodėme pamoką. Taryba pasiūlė du pakeitimus."
    follow_ups.report_back(by=by, proposal=row, text=told, at=stage.day(20))


def _running(stage: Stage) -> None:
    row = _sent(stage, NUMBER, 2, DIARY, 150, co=3)
    reason = (
        "Mokinio puslapyje numerį parodysime. Tėvų puslapyje vietos per mažai. Ten numerio kol kas nebus. "
        "Kitais metais grįšime prie to."
    )
    task = Task("Numeris mokinio puslapyje", local_day(stage.day(-60)))
    _answered(stage, row, 125, _given(Verdict.PARTLY, reason, task))
    at = stage.day(110)
    follow_ups.start_work(by=stage.facilitator(at), proposal=row, at=at)


def _declined(stage: Stage) -> None:
    row = _sent(stage, LOCKERS, 4, MINISTRY, 180)
    reason = (
        "Pinigų visoms mokykloms nėra. Poreikiai labai skiriasi. Mokykla gali apsispręsti pati. "
        "Patarimai jau paruošti."
    )
    _answered(stage, row, 160, _given(Verdict.DECLINED, reason))
    at = stage.day(25)
    follow_ups.report_back(
        by=stage.facilitator(at),
        proposal=row,
        text="Papasakojome, kodėl ne. Patarimus mokykloms perskaitėme kartu.",
        at=at,
    )


def _late(stage: Stage) -> None:
    row = _sent(stage, SETTINGS, 1, PLATFORM, 36)
    asked = "Kurie nustatymai svarbiausi?"
    answers.ask_panel(by=Addressed(row.ref, row.link), proposal=row, text=asked, at=stage.day(30))
    for ago in (20, 9, 6, 5):
        daily.advance_all(by=WORKER, at=stage.day(ago))


def _asked(stage: Stage) -> None:
    _sent(stage, LESSON, 5, MINISTRY, 16)


def _discussed(stage: Stage) -> None:
    row = _discussion(stage, _published(stage, BUTTON, 0, 14, 2), 12, 20)
    at = stage.day(10)
    _supported(stage, row, 5, at)
    for author, part, text, why, declined in (
        (
            3,
            "wish",
            "Mygtukas turi būti prie kiekvieno įrašo ir veikti balsu. Atsakymas – per 48 valandas.",
            "Ne visi gerai mato.",
            False,
        ),
        (4, "why", "Kai pranešti lengva, visiems ramiau.", "Taip trumpiau.", True),
    ):
        made = deliberation.suggest_amendment(
            by=stage.people[author], proposal=row, part=part, text=text, why=why, at=at
        )
        moderation.publish(by=stage.facilitator(at), row=made, confirmed=Checklist.values, at=at)
        if declined:
            deliberation.decline_amendment(
                by=stage.people[0], amendment=made, reason=DeclineReason.GOAL, at=stage.day(8)
            )
        else:
            deliberation.accept_amendment(by=stage.people[2], amendment=made, at=stage.day(8))
    for author, said in (
        (5, "O jei kas nors praneša tyčia, kad pakenktų?"),
        (0, "Tada žmogus turi patikrinti."),
    ):
        note = contributions.write(by=stage.people[author], kind="COMMENT", text=said, proposal=row, at=at)
        contributions.send(by=stage.people[author], contribution=note, at=at)
        moderation.publish(by=stage.facilitator(at), row=note, confirmed=Checklist.values, at=at)


def _waiting(stage: Stage) -> None:
    at = stage.lately()
    sent = drafts.start_proposal(by=stage.people[3], words=PRICES, at=at)
    drafts.submit_proposal(by=stage.people[3], proposal=sent, at=at)
    back = drafts.start_proposal(by=stage.people[0], words=QUIET, at=at)
    drafts.submit_proposal(by=stage.people[0], proposal=back, at=at)
    moderation.return_to_author(by=stage.facilitator(at), row=back, reason=Reason.UNCLEAR, at=at)
    text = contributions.write(by=stage.people[1], kind="TOPIC", text="Kaip ilsėtis nuo telefono?", at=at)
    contributions.send(by=stage.people[1], contribution=text, at=at)


def _texts(stage: Stage) -> None:
    at = stage.day(18)
    by = stage.facilitator(at)
    contributions.add_topic(
        by=by, asker="Pavyzdžio biblioteka", text="Kokių vakarų internete norėtumėte bibliotekoje?", at=at
    )
    written = (
        (2, "LEARNED", "Sužinojau, kad programėlę galima apriboti pagal laiką."),
        (4, "QUESTION", "Kaip atpažinti, ar vaizdo įrašas tikras?"),
        (5, "QUESTION", "Ar galima ištrinti tai, ką parašiau seniai?"),
    )
    rows = []
    for author, kind, said in written:
        row = contributions.write(by=stage.people[author], kind=kind, text=said, at=at)
        contributions.send(by=stage.people[author], contribution=row, at=at)
        moderation.publish(by=by, row=row, confirmed=Checklist.values, at=at)
        rows.append(row)
    contributions.promise_reply(
        by=by, contribution=rows[2], due=local_day(stage.at) + 5 * DAY, at=stage.day(2)
    )
    contributions.reply_to_question(
        by=by,
        contribution=rows[1],
        reply="Pažiūrėk, kas jį paskelbė. Paieškok to paties kitur. Jei niekur nėra, netikėk iš karto.",
        who="Medijų raštingumo ekspertė",
        at=stage.day(12),
    )
