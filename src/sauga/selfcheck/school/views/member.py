"""The school label in My Sauga: a team answers, reads the report, keeps the plan, shows the label."""

from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sauga.kernel import clock, members
from sauga.kernel.clock import local_day
from sauga.kernel.members import MemberActor
from sauga.kernel.refusals import ActionRefused, refusal_in
from sauga.selfcheck.school import presenters
from sauga.selfcheck.school.actions import assessments, labels, listings
from sauga.selfcheck.school.drawings import radar
from sauga.selfcheck.school.forms import AreaForm
from sauga.selfcheck.school.models import Assessment, Round
from sauga.selfcheck.school.queries import assessments as queries
from sauga.selfcheck.school.queries import country, questionnaires, reviews
from sauga.selfcheck.school.rules.codes import Level
from sauga.selfcheck.school.rules.comparison import COUNTRY
from sauga.selfcheck.school.rules.questionnaire import Questionnaire
from sauga.selfcheck.school.rules.reviews import reviewed_aspects, without_review
from sauga.selfcheck.school.rules.score_changes import carry
from sauga.selfcheck.school.rules.scores import TENTHS
from sauga.selfcheck.states import ANSWERING, AssessmentState

UNFIT = 422
SENTENCES = {
    "label-started": _("Begun. Colleagues who act for the school find it here, too."),
    "label-saved": _("Saved. You can go on later, or a colleague can."),
    "label-scored": _("Done. Here is what it came to, and a plan."),
    "label-taken": _("The label is yours. You can show it on your website."),
    "label-listed": _("Your school is in the public list."),
    "label-unlisted": _("Your school is not in the public list any more."),
    "label-again": _("Begun. What you chose last time is marked."),
    "task-saved": _("The plan is saved."),
    "task-removed": _("Removed from the plan."),
    "label-sent": _("Sent. An ambassador from another school takes it up."),
    "label-not-now": _("This is not possible now. Somebody of your team may have acted a moment ago."),
    "file-added": _("Added. Only the reviewer sees it."),
    "file-returned": _("Returned and not kept: see why below."),
    "file-removed": _("Removed."),
    "comment-saved": _("Saved."),
}


def adult(request: HttpRequest) -> MemberActor:
    """The member. Raises Http404 for a young one."""
    by = members.member(request)
    if by.birth_month is not None:
        raise Http404
    return by


def own(request: HttpRequest, ref: str) -> tuple[MemberActor, Assessment]:
    """The member and an assessment of their school. Raises Http404."""
    by = adult(request)
    return by, queries.assessment_for(by, ref)


@require_http_methods(["GET", "HEAD", "POST"])
def home(request: HttpRequest) -> HttpResponseBase:
    """The schools that the member acts for, and where each stands; beginning."""
    by, at = adult(request), clock.now()
    refused = ""
    schools = queries.schools_of(by)
    if request.method == "POST":
        school = next((one for one in schools if one.code == request.POST.get("school")), None)
        if school is None:
            raise Http404
        try:
            begun = assessments.start_assessment(by=by, school=school, at=at)
        except ActionRefused as reason:
            refused = reason.text
        else:
            return members.to("selfcheck-label", "label-started", begun.ref)
    lines = [
        {
            "school": one,
            "name": one.name_at(at),
            "row": (row := queries.latest_of(one.pk)),
            "state": presenters.STATES[AssessmentState(row.state)] if row is not None else None,
            "is_open": row is not None and row.state != AssessmentState.EXPIRED,
        }
        for one in schools
    ]
    context = {"lines": lines, "refused": refused, "form": questionnaires.present(local_day(at))}
    return members.page(
        request,
        "selfcheck/school/member/home.html",
        context,
        sentences=SENTENCES,
        status=UNFIT if refused else 200,
    )


@require_safe
def overview(request: HttpRequest, ref: str) -> HttpResponseBase:
    """One assessment: what is answered while it is, afterwards the report."""
    _by, row = own(request, ref)
    return _answering(request, row) if row.state in ANSWERING else _report(request, row)


def _answering(request: HttpRequest, row: Assessment, refused: str = "") -> HttpResponseBase:
    held, at = queries.present_round(row), clock.now()
    form, levels = queries.form_of(held), queries.levels_of(held)
    areas = presenters.area_lines(row, form, levels)
    left = len(form.aspects) - len(levels)
    label = queries.label_of(row.school_id)
    context = {
        "row": row,
        "school": row.school.name_at(at),
        "round": held.number,
        "areas": areas,
        "done": len(levels),
        "total": len(form.aspects),
        "left": left,
        "minutes": left * presenters.MINUTES_AN_ASPECT,
        "next": next((one for one in areas if one.done < one.of), None),
        "team": queries.team_of(row),
        "label": presenters.label_line(label, local_day(at)) if label else None,
        "version": form.version,
        "refused": refused,
    }
    return members.page(
        request,
        "selfcheck/school/member/answering.html",
        context,
        sentences=SENTENCES,
        status=UNFIT if refused else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def area(request: HttpRequest, ref: str, code: str) -> HttpResponseBase:
    """The page of an area: ten aspects."""
    by, row = own(request, ref)
    held = queries.present_round(row)
    form = queries.form_of(held)
    one = next((given for given in form.areas if given.code.lower() == code), None)
    if one is None or row.state not in ANSWERING:
        raise Http404
    stored = queries.answers_of(held)
    sent = AreaForm(request.POST if request.method == "POST" else None, area=one, stored=stored)
    left: tuple[str, ...] = ()
    if sent.is_bound and sent.is_valid():
        with refusal_in(sent):
            saved = assessments.save_area(
                by=by, assessment=row, area=one.code, given=sent.given(), at=clock.now()
            )
            if not saved.left:
                return _onward(request, row, form, one.code)
            left, stored = saved.left, queries.answers_of(held)
            sent.look_again(stored)
    context = {
        "row": row,
        "school": row.school.name_at(clock.now()),
        "area": one,
        "form": sent,
        "number": [given.code for given in form.areas].index(one.code) + 1,
        "areas": presenters.area_lines(row, form, queries.levels_of(held)),
        "aspects": _aspects(form, one.code, sent, before_of(held), left=left, stored=stored),
        "left": [form.aspects[code].name for code in left],
    }
    return members.page(
        request,
        "selfcheck/school/member/area.html",
        context,
        sentences=SENTENCES,
        status=UNFIT if sent.errors or left else 200,
    )


def _onward(request: HttpRequest, row: Assessment, form: Questionnaire, code: str) -> HttpResponseBase:
    codes = [one.code for one in form.areas]
    after = codes.index(code) + 1
    if "later" in request.POST or after == len(codes):
        return members.to("selfcheck-label", "label-saved", row.ref)
    return members.to("selfcheck-label-area", "label-saved", row.ref, codes[after].lower())


def before_of(held: Any) -> dict[str, int]:
    """What the school chose last time, as worth under the present version."""
    earlier = queries.earlier_round(held)
    if earlier is None:
        return {}
    since, to = earlier.questionnaire.version, held.questionnaire.version
    return dict(carry(queries.levels_of(earlier), since, questionnaires.every(), to).answers)


def _aspects(
    form: Questionnaire,
    area_code: str,
    sent: AreaForm,
    before: dict[str, int],
    *,
    left: tuple[str, ...],
    stored: Any,
) -> list[dict[str, Any]]:
    wanted = set(reviewed_aspects(form))
    lines = []
    for one in (given for given in form.aspects.values() if given.area == area_code):
        level, comment = sent[f"level-{one.code}"], sent[f"comment-{one.code}"]
        chosen = str(level.value() or "")
        lines.append(
            {
                "aspect": one,
                "statements": [
                    {"n": n, "text": text, "is_chosen": chosen == str(n), "was": before.get(one.code) == n}
                    for n, text in enumerate(one.statements, 1)
                ],
                "level": level,
                "comment": comment,
                "seen": sent[f"seen-{one.code}"],
                "is_reviewed": one.code in wanted,
                "is_open": bool(comment.value()) or bool(comment.errors),
                "theirs": stored[one.code] if one.code in left and one.code in stored else None,
            }
        )
    return lines


@require_POST
def submit(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Have the answers scored."""
    by, row = own(request, ref)
    try:
        assessments.submit(by=by, assessment=row, wants_review="review" in request.POST, at=clock.now())
    except ActionRefused as refused:
        if row.state in ANSWERING:
            return _answering(request, row, refused.text)
        return members.to("selfcheck-label", "label-not-now", ref)
    return members.to("selfcheck-label", "label-scored", ref)


@require_POST
def take(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Take the label that needs no review."""
    by, row = own(request, ref)
    try:
        labels.take_label(by=by, assessment=row, at=clock.now())
    except ActionRefused:
        return members.to("selfcheck-label", "label-not-now", ref)
    return members.to("selfcheck-label", "label-taken", ref)


@require_POST
def list_school(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Into the public list of labelled schools, or out of it."""
    by, row = own(request, ref)
    label, at = queries.label_of(row.school_id), clock.now()
    if label is None:
        raise Http404
    if "off" in request.POST:
        listings.unlist_label(by=by, label=label, at=at)
        return members.to("selfcheck-label", "label-unlisted", ref)
    listings.list_label(by=by, label=label, at=at)
    return members.to("selfcheck-label", "label-listed", ref)


@require_POST
def again(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Begin the next round."""
    by, row = own(request, ref)
    try:
        assessments.begin_next_round(by=by, assessment=row, at=clock.now())
    except ActionRefused:
        return members.to("selfcheck-label", "label-not-now", ref)
    return members.to("selfcheck-label", "label-again", ref)


def _report(request: HttpRequest, row: Assessment) -> HttpResponseBase:
    held, at = queries.present_round(row), clock.now()
    today = local_day(at)
    form, levels = queries.form_of(held), queries.levels_of(held)
    moved = queries.moved_since(held, levels)
    before = before_of(held)
    label = queries.label_of(row.school_id)
    decided = reviews.verdicts_of(held)
    next_level, lacking = presenters.to_next(held)
    context = {
        "row": row,
        "state": row.state,
        "school": row.school.name_at(at),
        "held": held,
        "form": form,
        "level": presenters.level_name(held.level),
        "label": presenters.label_line(label, today) if label else None,
        "is_listed": label is not None and label.listed_at is not None,
        "next_level": next_level,
        "lacking": lacking,
        "radars": [_radar(one, levels, before, moved) for one in form.areas],
        "has_before": bool(before),
        "moved": presenters.moved_lines(form, moved),
        "counts": {
            "up": sum(one.change > 0 for one in moved),
            "down": sum(one.change < 0 for one in moved),
            "same": len(levels) - sum(one.change != 0 for one in moved),
        },
        **_rescored(held, form),
        "table": [
            (area, [(one, levels.get(one.code), before.get(one.code)) for one in area.aspects])
            for area in form.areas
        ],
        "tasks": presenters.task_lines(form, held, today),
        "verdicts": [(form.aspects[code], one) for code, one in decided.items() if code in form.aspects],
        "may_take": row.state == AssessmentState.SCORED,
        "takes": presenters.level_name(without_review(held.level)),
        "is_gold": held.level == Level.GOLD,
        "may_give": row.state in (AssessmentState.SCORED, AssessmentState.EVIDENCE_RETURNED),
        "may_renew": row.state == AssessmentState.REDO_OPEN,
        **_beside(row, form),
        "embed": reverse("selfcheck-label-page", args=[label.ref]) if label else "",
        "badge": reverse("selfcheck-label-picture", args=[label.ref]) if label else "",
        "base": request.build_absolute_uri("/")[:-1],
    }
    return members.page(request, "selfcheck/school/member/report.html", context, sentences=SENTENCES)


def _rescored(held: Round, form: Questionnaire) -> dict[str, Any]:
    """What the latest newer version of the form made of the same answers, if there is one."""
    latest = held.rescores.order_by("-version").first()
    if latest is None:
        return {"rescored": None, "rescored_level": "", "rescored_moved": []}
    moved = [(form.aspects[code].name, *pair) for code, pair in latest.moved.items() if code in form.aspects]
    return {
        "rescored": latest,
        "rescored_level": presenters.level_name(latest.level),
        "rescored_moved": moved,
    }


def _beside(row: Assessment, form: Questionnaire) -> dict[str, Any]:
    """The published means beside the school: of its municipality, else of the country."""
    means = country.published()
    near = means.get(row.school.municipality) or means.get(COUNTRY)
    if near is None:
        return {"near": None}
    shown = [area for area in form.areas if area.code in near.tenths]
    return {
        "near": near,
        "near_is_country": near.municipality == COUNTRY,
        "near_means": [(area.name, presenters.mean(near.tenths[area.code])) for area in shown],
    }


def _radar(area_of: Any, levels: dict[str, int], before: dict[str, int], moved: list[Any]) -> dict[str, Any]:
    order = [one.code for one in area_of.aspects]
    label = gettext("%(area)s: levels from 1 to 5, ten aspects. All numbers are in the table below.") % {
        "area": area_of.name
    }
    was = {code: before[code] for code in order if code in before}
    drawn = radar(label, order, levels, was, frozenset(one.aspect for one in moved))
    tenths = TENTHS * sum(levels.get(code, 0) for code in order) // len(order)
    earlier = TENTHS * sum(was.values()) // len(was) if was else None
    return {
        "name": area_of.name,
        "svg": drawn,
        "mean": presenters.mean(tenths),
        "before": presenters.mean(earlier) if earlier is not None else "",
    }


__all__ = ["SENTENCES", "adult", "own"]
