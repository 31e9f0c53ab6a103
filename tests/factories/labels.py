"""Schools, their teams, assessments and assessors for tests, made by the same actions as real ones."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

from pypdf import PdfWriter

from sauga.kernel.members.actors import MemberActor
from sauga.kernel.organisations import create_organisation
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.states import SystemActor
from sauga.selfcheck import effects
from sauga.selfcheck.school.actions import assessments as assessment_actions
from sauga.selfcheck.school.actions import evidence as evidences
from sauga.selfcheck.school.actions import reviews as review_actions
from sauga.selfcheck.school.actions.assessments import Given
from sauga.selfcheck.school.actions.questionnaires import load_questionnaires
from sauga.selfcheck.school.models import Assessment, Review
from sauga.selfcheck.school.queries import assessments, reviews
from sauga.selfcheck.school.rules.codes import Pledge
from tests.centre import Centre
from tests.factories.members import acts_for, joined

AT = datetime(2026, 11, 28, 10, tzinfo=UTC)
FIRST_VERSION = datetime(2025, 3, 3, 10, tzinfo=UTC)
SETUP = SystemActor("setup")
COMMENT = "Rugsėjį aptarėme tvarką su visais mokytojais. Per rudenį buvo du atvejai."
PLEDGES = tuple(Pledge)


def school(name: str = "Girių mokykla (pavyzdys)", municipality: str = "LT-18") -> Organisation:
    """A school of the register."""
    return create_organisation(
        by=SETUP,
        names={"lt": name},
        kinds=["SCHOOL"],
        municipality=municipality,
        at=AT.replace(year=2020),
    )


def teacher(of: Organisation, address: str = "rima@mokykla.example", at: datetime = AT) -> MemberActor:
    """A member who acts for the school."""
    who, _secret = joined(address, name="Rima Kalnė", at=at)
    acts_for(who, of, at)
    return who


def begun(at: datetime = AT, of: Organisation | None = None) -> tuple[MemberActor, Assessment]:
    """An assessment that a teacher has begun."""
    load_questionnaires(at)
    where = of or school()
    who = teacher(where, at=at)
    return who, assessment_actions.start_assessment(by=who, school=where, at=at)


def levels(row: Assessment, level: int, more: Mapping[str, int] | None = None) -> dict[str, int]:
    """The same level for every aspect, with exceptions."""
    form = assessments.form_of(assessments.present_round(row))
    return {code: (more or {}).get(code, level) for code in form.aspects}


def answered(
    who: MemberActor,
    row: Assessment,
    level: int,
    more: Mapping[str, int] | None = None,
    *,
    comment: str = "",
    at: datetime = AT,
) -> Assessment:
    """Every aspect answered, area by area."""
    form = assessments.form_of(assessments.present_round(row))
    chosen = levels(row, level, more)
    for area in form.areas:
        given = {one.code: Given(chosen[one.code], comment, 0) for one in area.aspects}
        assessment_actions.save_area(by=who, assessment=row, area=area.code, given=given, at=at)
    return fresh(row)


def submitted(level: int = 3, at: datetime = AT, **more: Any) -> tuple[MemberActor, Assessment]:
    """A whole assessment, scored; labelled where its level needs no review."""
    of = more.pop("of", None)
    wants_review = more.pop("wants_review", False)
    who, row = begun(at, of)
    row = answered(who, row, level, at=at, **more)
    assessment_actions.submit(by=who, assessment=row, wants_review=wants_review, at=at)
    return who, fresh(row)


def pdf(author: str = "") -> bytes:
    """A small PDF of one page, with or without an author."""
    writer, out = PdfWriter(), BytesIO()
    writer.add_blank_page(200, 200)
    if author:
        writer.add_metadata({"/Author": author})
    writer.write(out)
    return out.getvalue()


def with_evidence(who: MemberActor, row: Assessment, at: datetime = AT) -> Assessment:
    """A file for each aspect that is still to be shown, and sent for review."""
    held = assessments.present_round(row)
    for code in reviews.to_show(held):
        evidences.add_evidence(
            by=who, assessment=row, aspect=code, content=pdf(), name="tvarka.pdf", pledges=PLEDGES, at=at
        )
    evidences.send_for_review(by=who, assessment=row, at=at)
    return fresh(row)


def gold_sent(at: datetime = AT) -> tuple[MemberActor, Assessment]:
    """A school whose answers reach gold, with its evidence sent."""
    who, row = submitted(4, at=at, more={"bullying": 5}, comment=COMMENT)
    return who, with_evidence(who, row, at)


def assessor(
    centre: Centre,
    works_at: Organisation | None = None,
    address: str = "asta@kita.example",
    at: datetime = AT,
) -> MemberActor:
    """A member who was granted the role; selfcheck's own tests know no ambassadors, so everybody is one."""
    who, _secret = joined(address, name="Asta Miškė", at=at)
    where = works_at or school("Kita mokykla (pavyzdys)", "LT-21")
    row = review_actions.ask_to_assess(by=who, workplaces=[where], at=at)
    asked = effects.ambassador_level._asked
    effects.ambassador_level.connect(lambda _member, _at: 2)
    try:
        review_actions.grant_role(by=centre.actor("LABEL_COORDINATOR"), assessor=row, at=at)
    finally:
        effects.ambassador_level._asked = asked
    return who


def judged(by: MemberActor, review: Review, refused: tuple[str, ...] = (), at: datetime = AT) -> None:
    """A verdict for every aspect that has none, or was refused before."""
    for code in reviews.to_show(review.round):
        review_actions.give_verdict(
            by=by,
            review=review,
            aspect=code,
            is_accepted=code not in refused,
            reason="Aprašyta aiškiai.",
            at=at,
        )


def fresh(row: Assessment) -> Assessment:
    """The row as it stands now."""
    return Assessment.objects.select_related("school").get(pk=row.pk)


def month(n: int, at: datetime = AT) -> datetime:
    """About so many months later, a day past."""
    return at + timedelta(days=round(n * 30.44) + 1)
