"""Addresses of the panel's voice: the members' space /lt/jaunimas/, /en/youth/; public pages
/lt/jaunimo-taryba/, /en/youth-panel/; and, at the desk, /desk/panel/voice/."""

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _

from sauga.kernel.identity import needs
from sauga.panel.permissions import Permission
from sauga.panel.voice.views import addressees, answer, meetings, space, talk
from sauga.panel.voice.views import desk as desks
from sauga.panel.voice.views import public as pages

public: list[Any] = [
    path(_("youth/cycle/"), space.cycle, name="panel-cycle"),
    path(_("youth/proposals/"), space.proposals, name="panel-proposals"),
    path(_("youth/proposals/new/"), space.write, name="panel-proposal-new"),
    path(_("youth/proposals/<str:ref>/"), space.proposal, name="panel-proposal"),
    path(_("youth/proposals/<str:ref>/edit/"), space.write, name="panel-proposal-edit"),
    path(_("youth/proposals/<str:ref>/do/"), space.act, name="panel-proposal-act"),
    path(_("youth/proposals/<str:ref>/comment/"), space.comment, name="panel-comment"),
    path(_("youth/proposals/<str:ref>/versions/"), space.versions, name="panel-versions"),
    path(_("youth/proposals/<str:ref>/amend/<str:part>/"), space.amend, name="panel-amend"),
    path(_("youth/talk/"), talk.talk, name="panel-topics"),
    path(_("youth/talk/<str:place>/"), talk.talk, name="panel-talk"),
    path(_("youth/talk/picture/<str:ref>/"), talk.picture, name="panel-picture"),
    path(_("youth/mine/"), talk.mine, name="panel-mine"),
    path(_("youth/mine/<str:ref>/"), talk.own_text, name="panel-own-text"),
    path(_("youth/meetings/"), talk.meetings, name="panel-meetings"),
    path(_("youth/meetings/<str:ref>/reply/"), talk.reply, name="panel-meeting-reply"),
    path(_("youth/rules/"), space.rules, name="panel-rules"),
    path(_("youth-panel/"), pages.ledger, name="panel-ledger"),
    path(_("youth-panel/rules/"), pages.rules, name="panel-public-rules"),
    path(_("youth-panel/list.csv"), pages.table, name="panel-ledger-table"),
    path(_("youth-panel/news.xml"), pages.feed, name="panel-feed"),
    path(_("youth-panel/<int:year>/"), pages.year, name="panel-year"),
    path(_("youth-panel/proposal/<int:number>/"), pages.proposal, name="panel-public-proposal"),
    path(_("youth-panel/answer/<str:token>/"), answer.answer, name="panel-answer"),
]
desk: list[Any] = [
    path("voice/", needs(Permission.MODERATE)(desks.Queue.view()), name="panel-queue"),
    path("voice/texts/", needs(Permission.MODERATE)(desks.Texts.view()), name="panel-texts"),
    path("voice/texts/new/", needs(Permission.RUN_CYCLES)(desks.new_topic), name="panel-topic-new"),
    path("voice/texts/<str:ref>/", needs(Permission.MODERATE)(desks.TextPage.view()), name="panel-text"),
    path(
        "voice/texts/<str:ref>/picture.webp",
        needs(Permission.MODERATE)(desks.picture),
        name="panel-text-picture",
    ),
    path(
        "voice/texts/<str:ref>/<str:name>/",
        needs(Permission.MODERATE)(desks.TextPage.action_view()),
        name="panel-text-do",
    ),
    path(
        "voice/proposals/", needs(Permission.SEE_VOICE)(desks.Proposals.view()), name="panel-proposals-desk"
    ),
    path(
        "voice/proposals/<str:ref>/",
        needs(Permission.SEE_VOICE)(desks.ProposalPage.view()),
        name="panel-proposal-desk",
    ),
    path(
        "voice/proposals/<str:ref>/<str:name>/",
        needs(Permission.SEE_VOICE)(desks.ProposalPage.action_view()),
        name="panel-proposal-do",
    ),
    path("voice/cycles/", needs(Permission.SEE_VOICE)(meetings.Cycles.view()), name="panel-cycles"),
    path("voice/cycles/new/", needs(Permission.RUN_CYCLES)(meetings.new_cycle), name="panel-cycle-new"),
    path(
        "voice/cycles/<int:number>/",
        needs(Permission.RUN_CYCLES)(meetings.change_cycle),
        name="panel-cycle-change",
    ),
    path(
        "voice/meetings/", needs(Permission.SEE_VOICE)(meetings.Meetings.view()), name="panel-meetings-desk"
    ),
    path("voice/meetings/new/", needs(Permission.RUN_CYCLES)(meetings.new_meeting), name="panel-meeting-new"),
    path(
        "voice/meetings/calendar.ics",
        needs(Permission.SEE_VOICE)(meetings.meetings_calendar),
        name="panel-meetings-calendar",
    ),
    path(
        "voice/meetings/<str:ref>/",
        needs(Permission.SEE_VOICE)(meetings.MeetingPage.view()),
        name="panel-meeting-desk",
    ),
    path(
        "voice/meetings/<str:ref>/change/",
        needs(Permission.RUN_CYCLES)(meetings.change_meeting),
        name="panel-meeting-change",
    ),
    path(
        "voice/meetings/<str:ref>/<str:name>/",
        needs(Permission.SEE_VOICE)(meetings.MeetingPage.action_view()),
        name="panel-meeting-do",
    ),
    path(
        "voice/addressees/",
        needs(Permission.SEND_TO_ADDRESSEE)(addressees.Addressees.view()),
        name="panel-addressees",
    ),
    path(
        "voice/addressees/new/",
        needs(Permission.SEND_TO_ADDRESSEE)(addressees.new_addressee),
        name="panel-addressee-new",
    ),
    path(
        "voice/addressees/<str:ref>/",
        needs(Permission.SEND_TO_ADDRESSEE)(addressees.addressee),
        name="panel-addressee",
    ),
]
machine: list[Any] = []
