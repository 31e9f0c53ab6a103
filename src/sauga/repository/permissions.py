"""Who of the staff may do what in the repository (docs/domain/awareness.md). Roles are data; these are their
defaults. What partners do is no permission: it follows from the organisation that a member acts for
(`adaptations.actions.partners.require_editor`).
"""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    """What a role may allow."""

    SEE_RESOURCES = "repository.see_resources"
    EDIT_RESOURCE = "repository.edit_resource"
    PROPOSE_RESOURCE = "repository.propose_resource"
    REVIEW_RESOURCE = "repository.review_resource"
    CHECK_CHILD_SAFETY = "repository.check_child_safety"
    OVERRIDE_GATE = "repository.override_gate"
    PUBLISH_RESOURCE = "repository.publish_resource"
    WITHDRAW_RESOURCE = "repository.withdraw_resource"
    RETIRE_RESOURCE = "repository.retire_resource"
    EDIT_COLLECTION = "repository.edit_collection"
    SEE_PARTNERS = "repository.see_partners"
    KEEP_PARTNERS = "repository.keep_partners"
    APPROVE_ADAPTATION = "repository.approve_adaptation"
    KEEP_DEPLOYMENTS = "repository.keep_deployments"
    HANDLE_ORDERS = "repository.handle_orders"
    HARVEST = "repository.harvest"
    IMPORT_RECORDS = "repository.import_records"
    SEE_FIGURES = "repository.see_figures"
    EXPORT_FIGURES = "repository.export_figures"
    SEE_TRAIL = "repository.see_trail"
    CONTACT = "repository.contact"
    VISIT = "repository.visit"
    SWEEP = "repository.sweep"
    CHECK_GATE = "repository.check_gate"
    KEEP_WORDS = "repository.keep_words"
    SEE_GATE = "repository.see_gate"


DEFAULT_ROLES: dict[str, set[Permission]] = {
    "EDITOR": {
        Permission.SEE_RESOURCES,
        Permission.SEE_GATE,
        Permission.KEEP_WORDS,
        Permission.EDIT_RESOURCE,
        Permission.REVIEW_RESOURCE,
        Permission.RETIRE_RESOURCE,
        Permission.EDIT_COLLECTION,
        Permission.HARVEST,
        Permission.IMPORT_RECORDS,
        Permission.SEE_FIGURES,
    },
    "SAFEGUARDING_EDITOR": {
        Permission.SEE_RESOURCES,
        Permission.SEE_GATE,
        Permission.REVIEW_RESOURCE,
        Permission.CHECK_CHILD_SAFETY,
        Permission.WITHDRAW_RESOURCE,
    },
    "PUBLISHER": {
        Permission.SEE_RESOURCES,
        Permission.SEE_GATE,
        Permission.KEEP_WORDS,
        Permission.EDIT_RESOURCE,
        Permission.REVIEW_RESOURCE,
        Permission.OVERRIDE_GATE,
        Permission.PUBLISH_RESOURCE,
        Permission.RETIRE_RESOURCE,
        Permission.EDIT_COLLECTION,
        Permission.IMPORT_RECORDS,
        Permission.SEE_FIGURES,
    },
    "PARTNER_MANAGER": {
        Permission.SEE_RESOURCES,
        Permission.SEE_PARTNERS,
        Permission.KEEP_PARTNERS,
        Permission.APPROVE_ADAPTATION,
        Permission.KEEP_DEPLOYMENTS,
        Permission.HANDLE_ORDERS,
        Permission.SEE_FIGURES,
    },
    "AWARENESS_STATISTICIAN": {Permission.SEE_FIGURES, Permission.EXPORT_FIGURES},
    "AUDITOR": {Permission.SEE_TRAIL},
}
KEYLESS = {
    "EDITOR",
    "SAFEGUARDING_EDITOR",
    "PUBLISHER",
    "AWARENESS_STATISTICIAN",
    "AUDITOR",
}
"""Roles that hold no key: only who deals with partners and prints reads an address."""

TWO_PEOPLE = {
    Permission.EDIT_RESOURCE,
    Permission.REVIEW_RESOURCE,
    Permission.CHECK_CHILD_SAFETY,
    Permission.PUBLISH_RESOURCE,
    Permission.OVERRIDE_GATE,
    Permission.APPROVE_ADAPTATION,
    Permission.EXPORT_FIGURES,
    Permission.SEE_TRAIL,
}
"""Both sides of acts that two people agree on: writing, review, child-safety check and publishing; exceptions
of the gate, the owner's approval of an adaptation, exports of figures, audit. Of an adaptation the side of
the partner is a member's, who holds no permission of staff (decision 0122).
"""
EVERYWHERE = {Permission.SEE_TRAIL}
"""Permissions that hold at any organisation: verification of the audit log."""

# What jobs and outside parties may do, by the name of their SystemActor.
SYSTEM: dict[str, set[Permission]] = {
    "visitor": {Permission.VISIT},
    "copies": {Permission.CONTACT},
    "repository": {Permission.SWEEP, Permission.CHECK_GATE},
    "harvester": {Permission.HARVEST},
    "event_recordings": {Permission.WITHDRAW_RESOURCE},
}

LABELS: dict[str, dict[str, str]] = {
    "EDITOR": {"lt": "Išteklių redaktorius", "en": "Editor of resources"},
    "SAFEGUARDING_EDITOR": {"lt": "Vaikų saugumo tikrintojas", "en": "Child-safety checker"},
    "PUBLISHER": {"lt": "Vyriausiasis redaktorius", "en": "Editor-in-chief"},
    "PARTNER_MANAGER": {"lt": "Ryšių su partneriais vadovas", "en": "Partner manager"},
    "AWARENESS_STATISTICIAN": {
        "lt": "Informavimo centro statistika",
        "en": "Statistician of the Awareness Centre",
    },
}


WORDING = {
    Permission.SEE_RESOURCES: _("See all resources, drafts too"),
    Permission.EDIT_RESOURCE: _("Write and edit resources"),
    Permission.PROPOSE_RESOURCE: _("Hand material on to the repository as a draft"),
    Permission.REVIEW_RESOURCE: _("Review resources of others"),
    Permission.CHECK_CHILD_SAFETY: _("Check resources for child safety"),
    Permission.OVERRIDE_GATE: _("Grant an exception of the publish gate"),
    Permission.PUBLISH_RESOURCE: _("Publish resources"),
    Permission.WITHDRAW_RESOURCE: _("Withdraw a published resource"),
    Permission.RETIRE_RESOURCE: _("Retire a resource"),
    Permission.EDIT_COLLECTION: _("Edit collections"),
    Permission.SEE_PARTNERS: _("See partners and their adaptations"),
    Permission.KEEP_PARTNERS: _("Add partners and end partnerships"),
    Permission.APPROVE_ADAPTATION: _("Approve adaptations of partners"),
    Permission.KEEP_DEPLOYMENTS: _("Suspend and resume deployments"),
    Permission.HANDLE_ORDERS: _("Handle print orders"),
    Permission.HARVEST: _("Accept resources of other centres"),
    Permission.IMPORT_RECORDS: _("Import resources from files"),
    Permission.SEE_FIGURES: _("See the statistics of the collection"),
    Permission.EXPORT_FIGURES: _("Export the statistics of the collection"),
    Permission.SEE_TRAIL: _("Read and verify the audit log of the collection"),
    Permission.KEEP_WORDS: _("Keep the words that children search by"),
    Permission.SEE_GATE: _("See the checks of the publish gate"),
}
"""What each permission lets people do. Those without words belong to jobs and to the public."""
