"""Schools and organisations in My Sauga: nominate a young person, confirm the guardian, see where it stands.
Never what a member says or does in the panel."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from sauga.kernel import clock, members
from sauga.kernel.members import MemberActor
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.refusals import refusal_in
from sauga.panel.members.actions import nominations as nomination_actions
from sauga.panel.members.forms import OwnNominationForm
from sauga.panel.members.presenters.labels import STATES
from sauga.panel.members.queries import members as queries
from sauga.panel.states import MemberState

UNFIT = 422
SENTENCES = {
    "nominated": _("Thank you. A facilitator of the panel looks at it first, then the family is asked."),
    "confirmed": _("Confirmed."),
}
SHOWN = (MemberState.NOMINATED, MemberState.CONSENTING, MemberState.INDUCTED)
"""Afterwards a school sees only that the young person takes part."""


def is_of_organisation(by: MemberActor) -> bool:
    """Whether a member acts for some organisation."""
    return by.birth_month is None and bool(members.organisations_of(by.member_id))


def _organisations(request: HttpRequest) -> tuple[MemberActor, list[Organisation]]:
    by = members.member(request)
    if by.birth_month is not None:
        raise Http404
    return by, list(members.organisations_of(by.member_id).values())


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def nominations(request: HttpRequest) -> HttpResponseBase:
    """Whom the organisations of this member nominated, and the form to nominate a young person."""
    by, organisations = _organisations(request)
    posted = request.POST if request.method == "POST" else None
    at = clock.now()
    form = OwnNominationForm(posted, organisations=organisations, at=at)
    if form.is_bound and form.is_valid():
        with refusal_in(form):
            given = form.cleaned_data
            nomination_actions.nominate(
                by=by,
                organisation=given["organisation"],
                identity=form.identity(),
                birth_month=given["birth_month"],
                guardian_address=given["guardian_address"],
                language=given["language"],
                is_confirmed=given["is_confirmed"],
                at=at,
            )
            return members.to("panel-nominations", "nominated")
    rows = queries.of_organisations({one.pk for one in organisations})
    names = {one.pk: one.present_name() for one in organisations}
    lines = [
        {
            "row": row,
            "organisation": names[school.pk],
            "state": STATES[MemberState(row.state)],
            "to_confirm": row.has_guardian and row.confirmed_at is None,
        }
        for row, school in rows
    ]
    context = {"lines": lines, "form": form, "organisations": organisations}
    return members.page(
        request,
        "panel/members/school/nominations.html",
        context,
        sentences=SENTENCES,
        status=UNFIT if form.errors else 200,
    )


@require_POST
def confirm(request: HttpRequest, ref: str) -> HttpResponseBase:
    """The school confirms that the address it gave is the guardian's."""
    by, organisations = _organisations(request)
    rows = queries.of_organisations({one.pk for one in organisations})
    row = next((row for row, _school in rows if row.ref == ref), None)
    if row is None:
        raise Http404
    nomination_actions.confirm_guardian(by=by, member=row, at=clock.now())
    return members.to("panel-nominations", "confirmed")
