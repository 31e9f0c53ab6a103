"""Addresses of the subdomain. Names begin with `helpline-`."""

from django.urls import path

from sauga.helpline.permissions import Permission
from sauga.helpline.safeguarding.views import cases, concerns, panel_referrals, referrals
from sauga.kernel.identity import needs

desk_urls = [
    path("cases/", needs(Permission.KEEP_CASE)(cases.Cases.view()), name="helpline-cases"),
    path("cases/new/", cases.new, name="helpline-case-new"),
    path("cases/<str:ref>/", cases.case, name="helpline-case"),
    path("cases/<str:ref>/read/", cases.read, name="helpline-case-read"),
    path("cases/<str:ref>/do/<str:name>/", cases.act, name="helpline-case-act"),
    path("concerns/", needs(Permission.RAISE_CONCERN)(concerns.Concerns.view()), name="helpline-concerns"),
    path("concerns/new/<str:kind>/<str:ref>/", concerns.raise_it, name="helpline-concern-raise"),
    path("concerns/<str:ref>/", concerns.concern, name="helpline-concern"),
    path("concerns/<str:ref>/propose/", concerns.propose, name="helpline-concern-propose"),
    path("concerns/<str:ref>/decide/", concerns.decide, name="helpline-concern-decide"),
    path("concerns/<str:ref>/letter/", concerns.letter, name="helpline-concern-letter"),
    path("concerns/<str:ref>/do/<str:name>/", concerns.act, name="helpline-concern-act"),
    path(
        "incoming/",
        needs(Permission.TAKE_INCOMING)(panel_referrals.Incoming.view()),
        name="helpline-incoming",
    ),
    path(
        "incoming/<str:ref>/",
        needs(Permission.TAKE_INCOMING)(panel_referrals.IncomingPage.view()),
        name="helpline-incoming-one",
    ),
    path("incoming/<str:ref>/words/", panel_referrals.words, name="helpline-incoming-words"),
    path(
        "incoming/<str:ref>/do/<str:name>/",
        needs(Permission.TAKE_INCOMING)(panel_referrals.IncomingPage.action_view()),
        name="helpline-incoming-do",
    ),
    path("referrals/", needs(Permission.REFER)(referrals.Referrals.view()), name="helpline-referrals"),
    path("referrals/new/", referrals.new, name="helpline-referral-new"),
    path("referrals/addresses/new/", referrals.address, name="helpline-link-new"),
    path("referrals/addresses/<str:ref>/", referrals.link, name="helpline-link"),
    path("referrals/addresses/<str:ref>/told/", referrals.link_told, name="helpline-link-told"),
    path("referrals/own-picture/", referrals.own_picture, name="helpline-own-picture"),
    path("referrals/<str:ref>/", referrals.referral, name="helpline-referral"),
    path("referrals/<str:ref>/send/", referrals.send, name="helpline-referral-send"),
    path("referrals/<str:ref>/do/<str:name>/", referrals.act, name="helpline-referral-act"),
]
