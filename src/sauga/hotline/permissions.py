"""Who may do what at the hotline (docs/domain/hotline.md). Roles are data; these are their defaults."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    """Acts that a role may hold."""

    SEE_WORKLIST = "hotline.see_worklist"
    OPEN_REPORT = "hotline.open_report"
    TRIAGE = "hotline.triage"
    ASSESS = "hotline.assess"
    REVIEW = "hotline.review"
    REVEAL_ADDRESS = "hotline.reveal_address"
    CONFIRM_COUNTRY = "hotline.confirm_country"
    WRITE_TO_REPORTER = "hotline.write_to_reporter"
    OPEN_CONTACT = "hotline.open_contact"
    SEE_NOTICES = "hotline.see_notices"
    SEND_NOTICE = "hotline.send_notice"
    EDIT_PROVIDERS = "hotline.edit_providers"
    HOLD = "hotline.hold"
    SEE_FIGURES = "hotline.see_figures"
    EXPORT_FIGURES = "hotline.export_figures"
    SEE_TRAIL = "hotline.see_trail"
    SEE_WELFARE = "hotline.see_welfare"
    EDIT_POLICY = "hotline.edit_policy"
    RECEIVE = "hotline.receive"
    TRACE = "hotline.trace"
    ROUTE = "hotline.route"
    CHECK = "hotline.check"
    ANSWER_NOTICE = "hotline.answer_notice"
    SETTLE = "hotline.settle"
    LIFT_STOP = "hotline.lift_stop"
    APPROVE_ORDER = "hotline.approve_order"
    SEE_HANDOVERS = "hotline.see_handovers"
    HAND_OVER = "hotline.hand_over"
    HAND_OVER_TO_POLICE = "hotline.hand_over_to_police"
    APPROVE_EXPORT = "hotline.approve_export"


DEFAULT_ROLES: dict[str, set[Permission]] = {
    "ANALYST": {
        Permission.SEE_WORKLIST,
        Permission.OPEN_REPORT,
        Permission.TRIAGE,
        Permission.ASSESS,
        Permission.REVEAL_ADDRESS,
        Permission.CONFIRM_COUNTRY,
        Permission.WRITE_TO_REPORTER,
        Permission.SEE_NOTICES,
        Permission.SEE_FIGURES,
        Permission.CHECK,
        Permission.SEE_HANDOVERS,
        Permission.HAND_OVER,
    },
    "SECOND_REVIEWER": {
        Permission.SEE_WORKLIST,
        Permission.OPEN_REPORT,
        Permission.REVIEW,
        Permission.REVEAL_ADDRESS,
        Permission.SEE_NOTICES,
        Permission.SEE_FIGURES,
        Permission.CHECK,
        Permission.SEE_HANDOVERS,
        Permission.APPROVE_EXPORT,
    },
    "NOTICE_OFFICER": {
        Permission.SEE_WORKLIST,
        Permission.SEE_NOTICES,
        Permission.SEND_NOTICE,
        Permission.EDIT_PROVIDERS,
        Permission.CONFIRM_COUNTRY,
        Permission.SEE_FIGURES,
        Permission.EDIT_POLICY,
        Permission.CHECK,
        Permission.SEE_HANDOVERS,
        Permission.HAND_OVER,
        Permission.APPROVE_EXPORT,
    },
    "POLICE_LIAISON": {
        Permission.SEE_WORKLIST,
        Permission.HOLD,
        Permission.REVEAL_ADDRESS,
        Permission.SEE_FIGURES,
        Permission.SEE_HANDOVERS,
        Permission.HAND_OVER_TO_POLICE,
        Permission.APPROVE_EXPORT,
    },
    "DSC_OFFICER": {Permission.SEE_NOTICES, Permission.APPROVE_ORDER},
    "CONTACT_CUSTODIAN": {Permission.OPEN_CONTACT},
    "STATISTICIAN": {Permission.SEE_FIGURES, Permission.EXPORT_FIGURES},
    "AUDITOR": {Permission.SEE_TRAIL},
    "WELFARE_LEAD": {Permission.SEE_WELFARE, Permission.LIFT_STOP},
}

TWO_PEOPLE = {
    Permission.OPEN_CONTACT,
    Permission.SEND_NOTICE,
    Permission.APPROVE_ORDER,
    Permission.HOLD,
    Permission.ASSESS,
    Permission.REVIEW,
    Permission.HAND_OVER,
    Permission.HAND_OVER_TO_POLICE,
    Permission.APPROVE_EXPORT,
    Permission.EDIT_POLICY,
    Permission.EXPORT_FIGURES,
    Permission.SEE_TRAIL,
}
"""Both sides of acts that two people agree on: contacts, notices, orders, police holds, first and second
verdict, mass exports of hand-overs; the policies that say which verdicts, notices and exports take two;
exports of figures, audit.
"""
EVERYWHERE = {Permission.SEE_TRAIL}
"""What counts at any organisation: whether the audit trail is whole, which reads no content."""

# What jobs and outside parties may do, by the name of their SystemActor.
SYSTEM: dict[str, set[Permission]] = {
    "public": {Permission.RECEIVE},
    "tracer": {Permission.TRACE},
    "router": {Permission.ROUTE, Permission.SETTLE},
    "monitor": {Permission.CHECK},
    "notices": {Permission.SEND_NOTICE},
    "provider": {Permission.ANSWER_NOTICE},
    "handover": {Permission.RECEIVE, Permission.SETTLE},
}

WORDING = {
    Permission.SEE_WORKLIST: _("See the worklist"),
    Permission.OPEN_REPORT: _("Open reports"),
    Permission.TRIAGE: _("Set the category and urgency of reports"),
    Permission.ASSESS: _("Assess items and record verdicts"),
    Permission.REVIEW: _("Review verdicts as the second person"),
    Permission.REVEAL_ADDRESS: _("See the address of an item, stating a reason"),
    Permission.CONFIRM_COUNTRY: _("Confirm the hosting country"),
    Permission.WRITE_TO_REPORTER: _("Write to reporters"),
    Permission.OPEN_CONTACT: _("Open the contact details of reporters"),
    Permission.SEE_NOTICES: _("See notices to providers"),
    Permission.SEND_NOTICE: _("Prepare and send notices to providers"),
    Permission.EDIT_PROVIDERS: _("Edit providers and their contacts"),
    Permission.HOLD: _("Set and end a police hold"),
    Permission.SEE_FIGURES: _("See the statistics of the hotline"),
    Permission.EXPORT_FIGURES: _("Export the statistics of the hotline"),
    Permission.SEE_TRAIL: _("Read and verify the audit log of the hotline"),
    Permission.SEE_WELFARE: _("See how much analysts view, without cases"),
    Permission.EDIT_POLICY: _("Edit code lists and policies"),
    Permission.CHECK: _("Mark monitored content as checked"),
    Permission.LIFT_STOP: _("Lift the daily viewing limit of an analyst"),
    Permission.APPROVE_ORDER: _("Approve orders as the second person"),
    Permission.SEE_HANDOVERS: _("See hand-overs"),
    Permission.HAND_OVER: _("Hand over to other hotlines and authorities"),
    Permission.HAND_OVER_TO_POLICE: _("Hand over to the police"),
    Permission.APPROVE_EXPORT: _("Approve an export of case data as the second person"),
}
"""What each permission lets people do. Those without words belong to jobs and to the public."""
