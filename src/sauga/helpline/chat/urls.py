"""Addresses of the subdomain. Names begin with `helpline-`."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from sauga.helpline.chat.views import child, conversation, desk, stream

public_urls = [
    path(_("help/chat/"), child.chat, name="helpline-chat"),
]
desk_urls = [
    path("chat/<str:ref>/", conversation.talk, name="helpline-talk"),
    path("chat/<str:ref>/write/", conversation.say, name="helpline-talk-say"),
    path("chat/<str:ref>/note/", conversation.whisper, name="helpline-talk-note"),
    path("chat/<str:ref>/lead/", conversation.lead, name="helpline-talk-lead"),
    path("chat/<str:ref>/risk/", conversation.risk, name="helpline-talk-risk"),
    path("chat/<str:ref>/risk/<str:band>/", conversation.risk_undo, name="helpline-talk-risk-undo"),
    path("chat/<str:ref>/hand-over/", conversation.hand_over, name="helpline-talk-hand-over"),
    path("chat/<str:ref>/keep/", conversation.keep, name="helpline-talk-keep"),
    path("chat/<str:ref>/end/", conversation.end, name="helpline-talk-end"),
    path("chat/<str:ref>/open/", conversation.open_closed, name="helpline-talk-open"),
    path("", desk.desk, name="helpline-desk"),
    path("duty/<str:what>/", desk.duty, name="helpline-duty"),
    path("shift/words/<str:ref>/seen/", desk.dismiss_announcement, name="helpline-shift-word-seen"),
    path("present/", desk.present, name="helpline-present"),
    path("next/", desk.next_contact, name="helpline-next"),
    path("offer/accept/", desk.accept, name="helpline-offer-accept"),
    path("offer/refuse/", desk.refuse, name="helpline-offer-refuse"),
    path("passed/<str:ref>/take/", desk.accept_transfer, name="helpline-passed-take"),
    path("chat/<str:ref>/stream/", stream.desk_stream, name="helpline-desk-stream"),
    path("chat/<str:ref>/say/", stream.desk_say, name="helpline-desk-say"),
    path("chat/<str:ref>/after/", stream.desk_after, name="helpline-desk-after"),
    path("chat/<str:ref>/read/", stream.desk_read, name="helpline-desk-read"),
    path("chat/<str:ref>/typing/", stream.desk_typing, name="helpline-desk-typing"),
]
machine_urls = [
    path("chat/stream/", stream.chat_stream, name="helpline-chat-stream"),
    path("chat/say/", stream.chat_say, name="helpline-chat-say"),
    path("chat/after/", stream.chat_after, name="helpline-chat-after"),
    path("chat/read/", stream.chat_read, name="helpline-chat-read"),
    path("chat/typing/", stream.chat_typing, name="helpline-chat-typing"),
]
