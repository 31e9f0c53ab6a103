"""Members at the desk: the list, one member, nomination, the card that is shown once, who a member is."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, override

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from sauga.kernel import clock
from sauga.kernel.identity import PersonActor, actor, needs
from sauga.kernel.kit import Action, ActionSet, DetailPage, form_view
from sauga.kernel.kit.actions import respond
from sauga.kernel.kit.lists import Cell, Column, Day, Empty, Line, Link, ListPage, Tool, View
from sauga.kernel.members.queries import consent_lines
from sauga.kernel.refusals import Text
from sauga.panel.members.actions import exports, membership, nominations
from sauga.panel.members.forms import DeskNominationForm, ExportForm, FindForm, PauseForm
from sauga.panel.members.models import Member
from sauga.panel.members.presenters.labels import STATES, act_label
from sauga.panel.members.queries import adults, members
from sauga.panel.members.queries.protection import school_of, schools_of
from sauga.panel.members.rules.ages import CONSENT_AGE, FULL_AGE, age_layer, first_day_at
from sauga.panel.members.rules.labels import PAUSED_WHY
from sauga.panel.members.rules.purposes import ASK_AGAIN, FACILITATOR, OWN_WISH, SAFETY, TAKE_PART
from sauga.panel.permissions import Permission
from sauga.panel.states import ENDED, MemberState
from sauga.panel.trail import MEMBERS_CHANNEL, ZONE

SHOWN_ACTS = 12


class Members(ListPage):
    """Members by their pseudonyms."""

    title = _("Youth panel members")
    live, form_class = MEMBERS_CHANNEL, FindForm
    views = (
        View(members.JOINING, pgettext_lazy("panel members", "Joining")),
        View(members.NOMINATED, pgettext_lazy("panel members", "Nominated")),
        View(members.WELCOME, pgettext_lazy("panel members", "To welcome")),
        View(members.ACTIVE, pgettext_lazy("panel members", "Taking part")),
        View(members.PAUSED, pgettext_lazy("panel members", "Paused")),
        View(members.AGAIN, pgettext_lazy("panel members", "Turning 14")),
        View(members.GONE, pgettext_lazy("panel members", "Gone")),
    )
    columns = (
        Column("name", _("Pseudonym"), sort=("pseudonym",), is_heading=True),
        Column("state", _("State"), sort=("state",), is_state=True),
        Column("age", _("Age group")),
        Column("place", _("Nominated by")),
        Column("since", pgettext_lazy("panel members", "Since"), sort=("nominated_at",)),
        Column("note", pgettext_lazy("panel members", "Waiting for")),
    )
    nothing = Empty(
        title=_("Nobody here"),
        text=_("Schools nominate young people in My Sauga; you can also do it here for them."),
    )

    @override
    def rows(self) -> QuerySet[Member]:
        return members.members(self.view_code, self.at, self.filters.get("words", ""))

    @override
    def lines(self, rows: list[Member]) -> Iterator[Line]:
        schools = schools_of(rows)
        for row in rows:
            yield Line(
                row.ref,
                (
                    Link(row.shown_name, reverse("panel-member", args=[row.ref])),
                    STATES[MemberState(row.state)],
                    _age(row, self.at),
                    schools[row.pk].name_at(self.at) if row.pk in schools else "",
                    Day(row.active_since or row.nominated_at),
                    ", ".join(str(one) for one in missing(row, self.at)),
                ),
            )

    @override
    def counts(self) -> Mapping[str, int]:
        return members.counts(self.at)

    @override
    def tools(self) -> list[Tool]:
        if not self.by.can(Permission.MANAGE_MEMBERS):
            return []
        return [Tool(label=_("Nominate"), href=reverse("panel-member-new"), key="n", icon="plus")]


def _age(row: Member, at: datetime) -> str:
    return age_layer(row, at).replace("-", "–") if row.account is not None else ""


RETURNS: dict[str, Text] = {
    ASK_AGAIN: _("the answer at 14"),
    OWN_WISH: _("the member’s wish to come back"),
    FACILITATOR: _("the facilitator’s decision"),
    SAFETY: _("the facilitator’s decision"),
}
"""Who ends a pause, by its reason."""


def missing(row: Member, at: datetime) -> list[Text]:
    """What a member waits for."""
    if row.state == MemberState.NOMINATED:
        return [_("a facilitator who looks at it")]
    if row.state == MemberState.PAUSED:
        return [RETURNS.get(row.paused_why, "")]
    if row.state == MemberState.DECLINED:
        return [_("the guardian, who said no and may change their mind")]
    if members.is_asked_again(row, at):
        return [_("the answer at 14")]
    if row.state != MemberState.CONSENTING or row.account is None:
        return []
    found: list[Text] = []
    line = next((one for one in consent_lines(row.account, at) if one.purpose.code == TAKE_PART), None)
    if line is not None and line.needs_guardian and line.guardian is None:
        found.append(_("the guardian"))
    if line is not None and line.own is None:
        found.append(_("the young person"))
    if row.has_guardian and row.confirmed_at is None:
        found.append(_("the school’s confirmation"))
    return found


def _ask(by: PersonActor, row: Member, given: dict[str, Any], at: datetime) -> object:
    return exports.ask_export(by=by, member=row, reason=given["reason"], at=at)


OPEN_STATES = frozenset(MemberState) - set(ENDED)
MEMBER_ACTIONS = ActionSet(
    find=members.member_for,
    actions={
        "ask": Action(
            permissions=(Permission.MANAGE_MEMBERS,),
            states=frozenset({MemberState.NOMINATED}),
            label=_("Accept and ask for consent"),
            text=_("The guardian gets a personal link. Then give the young person a sign-in card."),
            message=_("Asked."),
            effect=lambda by, row, given, at: nominations.ask_consent(by=by, member=row, at=at),
            is_next=True,
            key="a",
        ),
        "welcome": Action(
            permissions=(Permission.MANAGE_MEMBERS,),
            states=frozenset({MemberState.INDUCTED}),
            label=_("Welcome into the panel"),
            text=_("The rules were talked about, and the member knows both facilitators."),
            message=_("Welcomed. The member takes part now."),
            effect=lambda by, row, given, at: membership.welcome(by=by, member=row, at=at),
            is_next=True,
            key="w",
        ),
        "confirm": Action(
            permissions=(Permission.MANAGE_MEMBERS,),
            states=frozenset({MemberState.NOMINATED, MemberState.CONSENTING}),
            label=_("The school confirmed the guardian to me"),
            message=_("Noted."),
            effect=lambda by, row, given, at: nominations.confirm_guardian(by=by, member=row, at=at),
            suits=lambda row: row.has_guardian and row.confirmed_at is None,
            tone="second",
        ),
        "guardian": Action(
            permissions=(Permission.MANAGE_MEMBERS,),
            states=frozenset(
                {
                    MemberState.CONSENTING,
                    MemberState.DECLINED,
                    MemberState.INDUCTED,
                    MemberState.ACTIVE,
                    MemberState.PAUSED,
                }
            ),
            label=_("Send the guardian a new link"),
            message=_("Sent."),
            effect=lambda by, row, given, at: nominations.ask_guardian_again(by=by, member=row, at=at),
            suits=lambda row: row.has_guardian,
            tone="second",
        ),
        "pause": Action(
            permissions=(Permission.MANAGE_MEMBERS,),
            states=frozenset({MemberState.ACTIVE}),
            label=pgettext_lazy("panel member", "Pause"),
            title=_("Pause the member"),
            text=_("The member can sign in and read, but takes no part until somebody ends the pause."),
            message=_("Paused."),
            effect=lambda by, row, given, at: membership.pause(by=by, member=row, why=given["why"], at=at),
            form=PauseForm,
            tone="second",
        ),
        "resume": Action(
            permissions=(Permission.MANAGE_MEMBERS,),
            states=frozenset({MemberState.PAUSED}),
            label=pgettext_lazy("panel member", "End the pause"),
            message=_("The member takes part again."),
            effect=lambda by, row, given, at: membership.resume(by=by, member=row, at=at),
            is_next=True,
        ),
        "export": Action(
            permissions=(Permission.ASK_EXPORT,),
            states=frozenset(MemberState),
            label=_("Ask for the records for an inquiry"),
            title=_("Ask for the records for an inquiry"),
            text=_("Somebody else approves. Then you take the records once."),
            message=_("Asked. Somebody else approves."),
            effect=_ask,
            form=ExportForm,
            tone="second",
        ),
        "end": Action(
            permissions=(Permission.MANAGE_MEMBERS,),
            states=OPEN_STATES,
            label=pgettext_lazy("panel member", "End the membership"),
            title=pgettext_lazy("panel member", "End the membership"),
            text=_("The card and every session end at once. Who it was is erased after 30 days."),
            message=_("Ended."),
            effect=lambda by, row, given, at: membership.end(by=by, member=row, at=at),
            tone="danger",
        ),
    },
)


class MemberPage(DetailPage):
    """One member: where the consents stand, what adults did; who it is, is opened on a page of its own."""

    template = "panel/members/desk/member.html"
    list_title, list_url = Members.title, "panel-members"
    url, action_url = "panel-member", "panel-member-do"
    live, states = MEMBERS_CHANNEL, STATES
    zone, audit_permission = ZONE, Permission.SEE_ADULT_ACTS
    actions = MEMBER_ACTIONS

    @override
    def heading(self) -> Text:
        return str(self.row.shown_name)

    @override
    def facts(self) -> Iterator[tuple[Text, Cell]]:
        row: Member = self.row
        school = school_of(row)
        yield _("Age group"), _age(row, self.at)
        yield _("Nominated by"), school.name_at(self.at) if school is not None else ""
        yield _("Nominated"), Day(row.nominated_at)
        if row.has_guardian:
            yield (
                _("Guardian confirmed by the school"),
                Day(row.confirmed_at) if row.confirmed_at else _("not yet"),
            )
        if row.paused_why and row.state == MemberState.PAUSED:
            yield _("Paused because"), PAUSED_WHY.get(row.paused_why, "")
        if row.state in OPEN_STATES:
            yield _("Decides alone from"), Day(first_day_at(row.birth_month, CONSENT_AGE))
            yield _("Grows out of the panel on"), Day(first_day_at(row.birth_month, FULL_AGE))
        if row.told_14_at is not None:
            yield _("Guardian told about turning 14"), Day(row.told_14_at)
        if waits := ", ".join(str(one) for one in missing(row, self.at)):
            yield _("Waits for"), waits
        if row.erased_at is not None:
            yield _("Erased"), Day(row.erased_at)

    @override
    def context(self) -> dict[str, Any]:
        row: Member = self.row
        lines = consent_lines(row.account, self.at) if row.account is not None else []
        acts = adults.acts(self.by, adults.ALL, member=row.ref)[:SHOWN_ACTS]
        return {
            "lines": lines,
            "acts": [(act, act_label(act)) for act in acts],
            "can_card": self.by.can(Permission.MANAGE_MEMBERS) and row.state in nominations.CARD_STATES,
            "can_open": self.by.can(Permission.OPEN_IDENTITY)
            and row.erased_at is None
            and bool(bytes(row.identity)),
            "is_locked": self.by.vault is None,
            "can_print_letter": _is_near_14(row, self.at),
        }


def _is_near_14(row: Member, at: datetime) -> bool:
    return row.state in OPEN_STATES and members.members(members.AGAIN, at).filter(pk=row.pk).exists()


@needs(Permission.SEE_MEMBERS)
@require_safe
def letter(request: HttpRequest, ref: str) -> HttpResponse:
    """The letter to a guardian about turning 14, to print: for guardians without email. It names no one."""
    row, at = members.member_for(actor(request), ref), clock.now()
    if not _is_near_14(row, at):
        raise Http404
    context = {"row": row, "day": first_day_at(row.birth_month, CONSENT_AGE), "today": clock.local_day(at)}
    return render(request, "panel/members/desk/letter.html", context)


def _nominate(by: PersonActor, given: dict[str, Any], at: datetime) -> Member:
    return nominations.nominate(
        by=by,
        organisation=given["organisation"],
        identity=given["identity"],
        birth_month=given["birth_month"],
        guardian_address=given["guardian_address"],
        language=given["language"],
        is_confirmed=given["is_confirmed"],
        at=at,
    )


class _DeskForm(DeskNominationForm):
    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if "name" in given:
            given["identity"] = self.identity()
        return given


new = form_view(
    _DeskForm,
    _nominate,
    title=_("Nominate a young person"),
    submit=_("Nominate"),
    message=_("Nominated. Look at it, then ask for consent."),
    url="panel-member",
    list_url="panel-members",
    list_title=Members.title,
    text=_("Who it is, is sealed: only the adults of the panel can open it, and each opening is recorded."),
)


@needs(Permission.MANAGE_MEMBERS)
@require_POST
def card(request: HttpRequest, ref: str) -> HttpResponse:
    """A new sign-in card, shown once, ready to be printed."""
    by = actor(request)
    row = members.member_for(by, ref)

    def act() -> HttpResponse:
        code = nominations.give_card(by=by, member=row, at=clock.now())
        return render(request, "panel/members/desk/card.html", {"row": row, "code": code})

    return respond(request, act, reverse("panel-member", args=[ref]))


@needs(Permission.OPEN_IDENTITY)
@require_POST
def identity(request: HttpRequest, ref: str) -> HttpResponse:
    """Who a member is, once; every opening is recorded."""
    by = actor(request)
    row = members.member_for(by, ref)

    def act() -> HttpResponse:
        found = membership.open_identity(by=by, member=row, at=clock.now())
        return render(request, "panel/members/desk/identity.html", {"row": row, "found": found})

    return respond(request, act, reverse("panel-member", args=[ref]))
