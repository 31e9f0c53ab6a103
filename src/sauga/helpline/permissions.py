"""Who may do what at the helpline. Roles are data; these are the defaults.

A permission says what a role may do at all; a rule beside it (registered in `apps.py`) says on which
conversation, letter or case.
"""

from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    """Acts that a role may hold."""

    BE_ON_DUTY = "helpline.be_on_duty"
    TALK = "helpline.talk"
    WRITE_UP = "helpline.write_up"
    ANSWER_LETTER = "helpline.answer_letter"
    REVIEW_LETTER = "helpline.review_letter"
    TAKE_CALL = "helpline.take_call"
    LEAD_SHIFT = "helpline.lead_shift"
    LISTEN_IN = "helpline.listen_in"
    WHISPER = "helpline.whisper"
    TAKE_OVER = "helpline.take_over"
    PAUSE_CHANNELS = "helpline.open_door"
    RAISE_CONCERN = "helpline.raise_concern"
    PROPOSE_BREAK = "helpline.propose_break"
    APPROVE_BREAK = "helpline.approve_break"
    KEEP_CASE = "helpline.keep_case"
    REFER = "helpline.refer"
    TAKE_INCOMING = "helpline.take_incoming"
    SEE_ROTA = "helpline.see_rota"
    CLAIM_SHIFT = "helpline.claim_shift"
    EDIT_ROTA = "helpline.edit_rota"
    EDIT_VOLUNTEERS = "helpline.edit_volunteers"
    SAMPLE_QUALITY = "helpline.sample_quality"
    SEE_FIGURES = "helpline.see_figures"
    EXPORT_FIGURES = "helpline.export_figures"
    EDIT_TEXTS = "helpline.edit_texts"
    EDIT_POLICY = "helpline.edit_policy"
    SEE_TRAIL = "helpline.see_trail"
    VISIT = "helpline.visit"
    RING = "helpline.ring"
    SWEEP = "helpline.sweep"
    FOLLOW_REFERRAL = "helpline.follow_referral"
    RECEIVE_INCOMING = "helpline.receive_incoming"


_COUNSELLING = {
    Permission.BE_ON_DUTY,
    Permission.TALK,
    Permission.WRITE_UP,
    Permission.ANSWER_LETTER,
    Permission.TAKE_CALL,
    Permission.RAISE_CONCERN,
    Permission.REFER,
    Permission.TAKE_INCOMING,
    Permission.SEE_ROTA,
    Permission.CLAIM_SHIFT,
}
DEFAULT_ROLES: dict[str, set[Permission]] = {
    "COUNSELLOR": {*_COUNSELLING},
    "SHIFT_LEAD": {
        *_COUNSELLING,
        Permission.REVIEW_LETTER,
        Permission.LEAD_SHIFT,
        Permission.LISTEN_IN,
        Permission.WHISPER,
        Permission.TAKE_OVER,
        Permission.PAUSE_CHANNELS,
        Permission.PROPOSE_BREAK,
        Permission.KEEP_CASE,
        Permission.SAMPLE_QUALITY,
        Permission.SEE_FIGURES,
    },
    "LETTER_REVIEWER": {Permission.REVIEW_LETTER},
    "SAFEGUARDING_LEAD": {
        Permission.RAISE_CONCERN,
        Permission.APPROVE_BREAK,
        Permission.KEEP_CASE,
        Permission.REFER,
        Permission.TAKE_INCOMING,
    },
    "VOLUNTEER_COORDINATOR": {Permission.SEE_ROTA, Permission.EDIT_ROTA, Permission.EDIT_VOLUNTEERS},
    "HELPLINE_STATISTICIAN": {Permission.SEE_FIGURES, Permission.EXPORT_FIGURES},
    "SERVICE_ADMINISTRATOR": {Permission.EDIT_TEXTS, Permission.EDIT_POLICY, Permission.SEE_ROTA},
    "AUDITOR": {Permission.SEE_TRAIL},
}
KEYLESS = {"VOLUNTEER_COORDINATOR", "HELPLINE_STATISTICIAN", "SERVICE_ADMINISTRATOR", "AUDITOR"}
"""Roles that read no content and hold no key."""

TWO_PEOPLE = {
    Permission.PROPOSE_BREAK,
    Permission.APPROVE_BREAK,
    Permission.KEEP_CASE,
    Permission.TALK,
    Permission.TAKE_CALL,
    Permission.ANSWER_LETTER,
    Permission.REVIEW_LETTER,
    Permission.SAMPLE_QUALITY,
    Permission.LEAD_SHIFT,
    Permission.CLAIM_SHIFT,
    Permission.EDIT_VOLUNTEERS,
    Permission.EXPORT_FIGURES,
    Permission.SEE_TRAIL,
}
"""Both sides of acts that two people agree on: telling somebody outside, closing a case, a letter and its
review, a contact and its quality review, a debrief, beginning a shift although something is missing; exports
of figures, audit.
"""
EVERYWHERE = {Permission.SEE_TRAIL}
"""What counts at any organisation: whether the audit trail is whole, which reads no content."""

# What jobs and outside parties may do, by the name of their SystemActor.
SYSTEM: dict[str, set[Permission]] = {
    "child": {Permission.VISIT},
    "switchboard": {Permission.RING},
    "queue": {Permission.SWEEP},
    "referrer": {Permission.FOLLOW_REFERRAL, Permission.RECEIVE_INCOMING},
}

LABELS: dict[str, dict[str, str]] = {
    "COUNSELLOR": {"lt": "Savanoris konsultantas", "en": "Counsellor"},
    "SHIFT_LEAD": {"lt": "Pamainos vadovas", "en": "Shift lead"},
    "LETTER_REVIEWER": {"lt": "Laiškų skaitovas", "en": "Letter reviewer"},
    "SAFEGUARDING_LEAD": {"lt": "Atsakingas už vaikų saugumą", "en": "Safeguarding lead"},
    "VOLUNTEER_COORDINATOR": {"lt": "Savanorių koordinatorius", "en": "Coordinator of volunteers"},
    "HELPLINE_STATISTICIAN": {"lt": "Pagalbos linijos statistika", "en": "Statistician of the helpline"},
    "SERVICE_ADMINISTRATOR": {"lt": "Tarnybos administratorius", "en": "Service administrator"},
}


def sees_all(actor: Any) -> bool:
    """The safeguarding lead and the shift leads see every concern and referral."""
    return bool(actor.can(Permission.APPROVE_BREAK) or actor.can(Permission.PROPOSE_BREAK))


WORDING = {
    Permission.BE_ON_DUTY: _("Go on duty and answer on the channels of their shift"),
    Permission.TALK: _("Chat with children"),
    Permission.WRITE_UP: _("Write the record of their own contact"),
    Permission.ANSWER_LETTER: _("Answer letters"),
    Permission.REVIEW_LETTER: _("Review answers to letters before they go out"),
    Permission.TAKE_CALL: _("Take calls"),
    Permission.LEAD_SHIFT: _("Lead a shift"),
    Permission.LISTEN_IN: _("Follow a chat of a counsellor"),
    Permission.WHISPER: _("Write advice to a counsellor during a chat"),
    Permission.TAKE_OVER: _("Take over a chat"),
    Permission.PAUSE_CHANNELS: _("Pause and reopen a channel"),
    Permission.RAISE_CONCERN: _("Raise a safeguarding concern"),
    Permission.PROPOSE_BREAK: _("Propose a disclosure"),
    Permission.APPROVE_BREAK: _("Approve a disclosure as the second person"),
    Permission.KEEP_CASE: _("Open and keep cases"),
    Permission.REFER: _("Refer a child to another service"),
    Permission.TAKE_INCOMING: _("Help young people whom another service of the centre told us about"),
    Permission.SEE_ROTA: _("See the rota"),
    Permission.CLAIM_SHIFT: _("Take, swap and cancel their own shifts"),
    Permission.EDIT_ROTA: _("Plan and publish the rota"),
    Permission.EDIT_VOLUNTEERS: _("Keep the records of volunteers"),
    Permission.SAMPLE_QUALITY: _("Review contacts for quality"),
    Permission.SEE_FIGURES: _("See the statistics of the helpline"),
    Permission.EXPORT_FIGURES: _("Export the statistics of the helpline"),
    Permission.EDIT_TEXTS: _("Edit canned responses and resource cards"),
    Permission.EDIT_POLICY: _("Edit the settings of the helpline"),
    Permission.SEE_TRAIL: _("Read and verify the audit log of the helpline"),
}
"""What each permission lets people do. Those without words belong to jobs and to the public."""
