"""Addresses of the subdomain. Names begin with `helpline-`."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from sauga.helpline.calls.views import browser_call, desk, switchboard

public_urls = [
    path(_("help/call/"), browser_call.call, name="helpline-call"),
]
desk_urls = [
    path("calls/<str:ref>/talk/", browser_call.talk, name="helpline-call-talk"),
    path("line/<str:ref>/relay/", browser_call.desk_relay, name="helpline-line-relay"),
    path("line/<str:ref>/say/", browser_call.desk_say, name="helpline-line-say"),
    path("line/<str:ref>/stream/", browser_call.desk_stream, name="helpline-line-stream"),
    path("calls/", desk.page, name="helpline-calls"),
    path("calls/open/", desk.open_call, name="helpline-call-open"),
    path("calls/<str:ref>/answer/", desk.answer, name="helpline-call-answer"),
    path("calls/<str:ref>/hold/", desk.hold, name="helpline-call-hold"),
    path("calls/<str:ref>/resume/", desk.resume, name="helpline-call-resume"),
    path("calls/<str:ref>/consult/", desk.consult, name="helpline-call-consult"),
    path("calls/<str:ref>/hand-over/", desk.hand_over, name="helpline-call-hand-over"),
    path("calls/<str:ref>/risk/", desk.risk, name="helpline-call-risk"),
    path("calls/<str:ref>/end/", desk.end, name="helpline-call-end"),
    path("calls/<str:ref>/missed/", desk.missed, name="helpline-call-missed"),
    path("calls/<str:ref>/undo/", desk.undo, name="helpline-call-undo"),
]
machine_urls = [
    path("call/ring/", browser_call.ring, name="helpline-call-ring"),
    path("call/relay/", browser_call.child_relay, name="helpline-call-child-relay"),
    path("call/say/", browser_call.child_say, name="helpline-call-child-say"),
    path("call/here/", browser_call.child_here, name="helpline-call-child-here"),
    path("call/end/", browser_call.child_end, name="helpline-call-child-end"),
    path("call/stream/", browser_call.child_stream, name="helpline-call-child-stream"),
    path("api/v1/helpline/switchboard/", switchboard.hear, name="helpline-switchboard"),
]
