"""Addresses of the subdomain. Names begin with `helpline-`."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from sauga.helpline.calls.views import browser_call, desk, switchboard

public_urls = [
    path(_("help/call/"), browser_call.call, name="helpline-call"),
]
desk_urls = [
    path("calls/<str:ref>/talk/", browser_call.talk, name="helpline-call-talk"),
    *(path(f"line/<str:ref>/{name}/", view, name=f"helpline-line-{name}") for name, view in browser_call.SIDES.items()),
    path("calls/", desk.page, name="helpline-calls"),
    path("calls/open/", desk.open_call, name="helpline-call-open"),
    *(
        path(f"calls/<str:ref>/{act.__name__.replace('_', '-')}/", act, name=f"helpline-call-{act.__name__.replace('_', '-')}")
        for act in (desk.answer, desk.hold, desk.resume, desk.consult, desk.hand_over, desk.risk, desk.end, desk.missed, desk.undo)
    ),
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
