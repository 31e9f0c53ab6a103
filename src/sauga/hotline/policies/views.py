"""Code lists and policies of the hotline, for those who may edit them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from sauga.hotline.permissions import Permission
from sauga.hotline.policies.rules import lists, policies
from sauga.hotline.trail import Trail
from sauga.kernel import sealed, vocab
from sauga.kernel.kit.editors import Editor, Extra
from sauga.kernel.kit.editors.shape import Fault


def faults(name: str, shipped: Mapping[str, Any], value: Mapping[str, Any]) -> list[Fault]:
    """Everything to mend in a policy, with the codes that its lists have today."""
    codes = {code: [term.code for term in vocab.every_term(code)] for code in policies.LISTS.values()}
    return policies.faults(name, shipped, value, codes)


TITLES = {
    "policy.cadence": _("When content is checked again"),
    "policy.canonical_url": _("When two addresses are the same"),
    "policy.confirm_removal": _("When content counts as removed"),
    "policy.counted_route": _("How a report is counted in the press figures"),
    "policy.dispute": _("What a provider is told about a decided dispute"),
    "policy.escalation": _("Escalation of notices"),
    "policy.exposure": _("How much an analyst views in a day"),
    "policy.handover": _("Hand-overs"),
    "policy.hold": _("Holding a notice for the police"),
    "policy.memorandum": _("The memorandum with providers"),
    "policy.notice_basis": _("Legal bases of notices"),
    "policy.notice_grouping": _("Which addresses go into one notice"),
    "policy.notice_sending": _("Sending notices"),
    "policy.notice_term": _("Deadlines of notices"),
    "policy.politeness": _("How often a host is contacted"),
    "policy.routing": _("Where an item goes after its verdict"),
    "policy.second_review": _("Second review"),
    "policy.triage_target": _("Time to triage"),
}
"""What the people of the hotline call each policy."""

EDITOR = Editor(
    name="hotline",
    data=Path(__file__).parents[1] / "data",
    permission=Permission.EDIT_POLICY,
    zone=sealed.Zone.HOTLINE,
    term_changed=Trail.TERM_CHANGED,
    policy_changed=Trail.POLICY_CHANGED,
    lists_text=_("The code lists that the hotline works with. Codes never change; names, days and terms do."),
    policies_text=_(
        "The rules the hotline follows, as data. Every version stays; a case keeps the one that decided it."
    ),
    policy_titles=TITLES,
    may_add=lists.may_add,
    may_retire=lists.may_retire,
    check_code=lists.check_code,
    extras={lists.CATEGORIES: Extra("default_priority", _("Urgency of new reports"), "priority", "P3")},
    elsewhere=("policy.alerts_",),  # the page of alerts checks whom a step may call
    fixed=policies.FIXED,
    faults=faults,
)
