"""State columns of the repository and their tables of allowed transitions; `docs/services/repository.md`
draws them.

The codes are lower case, as the vocabularies of the Awareness Centre write them; their labels are in
`state.resource` and the like.
"""

from enum import StrEnum

from sauga.kernel.kit.imports.states import IMPORT as IMPORT  # noqa: PLC0414  for the state diagrams
from sauga.kernel.kit.imports.states import ImportState as ImportState  # noqa: PLC0414  a migration names it here
from sauga.kernel.states import StateTable


class ResourceState(StrEnum):
    """Life cycle of a resource, from the first draft to the archive."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    CHANGES_REQUESTED = "changes_requested"
    CHILD_SAFETY_CHECK = "child_safety_check"
    GATE_CHECK = "gate_check"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    REVIEW_DUE = "review_due"
    WITHDRAWN = "withdrawn"
    RETIRED = "retired"
    ARCHIVED = "archived"


R = ResourceState
RESOURCE = StateTable(
    R.DRAFT,
    {
        R.DRAFT: {R.IN_REVIEW},
        R.IN_REVIEW: {R.CHANGES_REQUESTED, R.CHILD_SAFETY_CHECK, R.GATE_CHECK},
        R.CHANGES_REQUESTED: {R.IN_REVIEW},
        R.CHILD_SAFETY_CHECK: {R.CHANGES_REQUESTED, R.GATE_CHECK},
        R.GATE_CHECK: {R.CHANGES_REQUESTED, R.APPROVED},
        R.APPROVED: {R.SCHEDULED, R.PUBLISHED},
        R.SCHEDULED: {R.PUBLISHED},
        R.PUBLISHED: {R.REVIEW_DUE, R.WITHDRAWN, R.RETIRED},
        R.REVIEW_DUE: {R.PUBLISHED, R.WITHDRAWN, R.RETIRED},
        R.WITHDRAWN: {R.DRAFT, R.RETIRED},
        R.RETIRED: {R.ARCHIVED},
        R.ARCHIVED: set(),
    },
)
LIVE = (R.PUBLISHED, R.REVIEW_DUE)
"""Offered to everyone; a review date that has passed does not take a resource offline."""
GONE = (R.WITHDRAWN, R.RETIRED)
"""No longer offered; the page says why, and what to use instead."""
EDITABLE = (R.DRAFT, R.CHANGES_REQUESTED)
"""May be edited in place; a live resource is edited in a revision."""


class AdaptationState(StrEnum):
    """Life cycle of an adaptation, which a partner makes from one version of a resource."""

    PROPOSED = "proposed"
    LICENCE_REFUSED = "licence_refused"
    EDITING = "editing"
    PARTNER_REVIEW = "partner_review"
    OWNER_APPROVAL = "owner_approval"
    RELEASED = "released"
    MERGE_OFFERED = "merge_offered"
    PINNED = "pinned"
    SUSPENDED = "suspended"
    RETIRED = "retired"


A = AdaptationState
ADAPTATION = StateTable(
    A.PROPOSED,
    {
        A.PROPOSED: {A.LICENCE_REFUSED, A.EDITING},
        A.LICENCE_REFUSED: set(),
        A.EDITING: {A.PARTNER_REVIEW},
        A.PARTNER_REVIEW: {A.EDITING, A.OWNER_APPROVAL, A.RELEASED},
        A.OWNER_APPROVAL: {A.RELEASED},
        A.RELEASED: {A.MERGE_OFFERED, A.SUSPENDED, A.RETIRED},
        A.MERGE_OFFERED: {A.RELEASED, A.PINNED},
        A.PINNED: {A.MERGE_OFFERED, A.RETIRED},
        A.SUSPENDED: {A.RELEASED, A.RETIRED},
        A.RETIRED: set(),
    },
)
DEPLOYABLE = (A.RELEASED, A.MERGE_OFFERED, A.PINNED)
"""Adaptations that have a usable release."""


class DeploymentState(StrEnum):
    """Life cycle of one deployment of a resource or an adaptation."""

    REQUESTED = "requested"
    ACTIVE = "active"
    STALE = "stale"
    SUSPENDED = "suspended"
    ENDED = "ended"


D = DeploymentState
DEPLOYMENT = StateTable(
    D.REQUESTED,
    {
        D.REQUESTED: {D.ACTIVE, D.ENDED},
        D.ACTIVE: {D.STALE, D.SUSPENDED, D.ENDED},
        D.STALE: {D.ACTIVE, D.SUSPENDED, D.ENDED},
        D.SUSPENDED: {D.ACTIVE, D.ENDED},
        D.ENDED: set(),
    },
)
RUNNING = (D.ACTIVE, D.STALE)
"""Deployments that may be shown; one that has not made contact for long keeps running."""


class OrderState(StrEnum):
    """Life cycle of a print order: it is packed, or refused with a reason."""

    PLACED = "placed"
    SENT = "sent"
    REFUSED = "refused"


ORDER = StateTable(
    OrderState.PLACED,
    {
        OrderState.PLACED: {OrderState.SENT, OrderState.REFUSED},
        OrderState.SENT: set(),
        OrderState.REFUSED: set(),
    },
)


class ProposalState(StrEnum):
    """Life cycle of a harvested record: accepted as a draft, or skipped."""

    NEW = "new"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    GONE = "gone"


PROPOSAL = StateTable(
    ProposalState.NEW,
    {
        ProposalState.NEW: {ProposalState.ACCEPTED, ProposalState.REFUSED, ProposalState.GONE},
        ProposalState.REFUSED: {ProposalState.NEW},
        ProposalState.ACCEPTED: {ProposalState.NEW},
        ProposalState.GONE: {ProposalState.NEW},
    },
)
