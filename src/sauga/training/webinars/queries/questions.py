"""Questions to speakers: for those who asked (by their references), for the desk, for the speaker."""

from collections.abc import Sequence

from django.db.models import Count, QuerySet
from django.http import Http404

from sauga.kernel.identity import PersonActor
from sauga.training.permissions import Permission
from sauga.training.states import QuestionState
from sauga.training.webinars.models import Question, Webinar

MOST = 200
MOST_OWN = 20


def states_of(refs: Sequence[str]) -> dict[str, str]:
    """Where questions stand, by their references."""
    wanted = [ref for ref in refs[:MOST_OWN] if "\0" not in ref]
    return dict(Question.objects.filter(ref__in=wanted).values_list("ref", "state"))


def counts(webinar: Webinar) -> dict[str, int]:
    """How many questions of a webinar are in each state."""
    rows = Question.objects.filter(webinar=webinar).values_list("state").annotate(n=Count("pk"))
    return {**dict.fromkeys(QuestionState, 0), **dict(rows)}


def waiting(webinar: Webinar, most: int = MOST) -> list[Question]:
    """Those not decided, the oldest first."""
    return list(_of(webinar, QuestionState.WAITING)[:most])


def decided(webinar: Webinar) -> list[Question]:
    """Those decided, the latest first."""
    rows = Question.objects.filter(webinar=webinar).exclude(state=QuestionState.WAITING)
    return list(rows.order_by("-asked_at", "-ref")[:MOST])


def passed(webinar: Webinar) -> list[Question]:
    """Those that the speaker has not answered, the oldest first."""
    return list(_of(webinar, QuestionState.PASSED)[:MOST])


def answered(webinar: Webinar) -> list[Question]:
    """Those that the speaker answered, the latest first."""
    return list(_of(webinar, QuestionState.ANSWERED).reverse()[:MOST])


def question_of(webinar: Webinar, ref: str) -> Question:
    """One question of a webinar that was passed on. Raises Http404."""
    found = Question.objects.filter(
        webinar=webinar, ref=ref, state__in=(QuestionState.PASSED, QuestionState.ANSWERED)
    ).first()
    if found is None:
        raise Http404
    return found


def question_for(by: PersonActor, ref: str) -> Question:
    """One question at the desk. Raises Http404 where there is none, and where the actor may not decide."""
    rows = Question.objects.select_related("webinar__event")
    found = rows.filter(ref=ref).first() if by.can(Permission.MODERATE_QUESTIONS) else None
    if found is None:
        raise Http404
    return found


def _of(webinar: Webinar, state: QuestionState) -> QuerySet[Question]:
    # by the rounded hour and then by chance: the order tells nothing about who asked
    return Question.objects.filter(webinar=webinar, state=state).order_by("asked_at", "ref")
