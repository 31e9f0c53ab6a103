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


RESOURCE = StateTable(
    ResourceState.DRAFT,
    {
        ResourceState.DRAFT: {ResourceState.IN_REVIEW},
        ResourceState.IN_REVIEW: {
            ResourceState.CHANGES_REQUESTED,
            ResourceState.CHILD_SAFETY_CHECK,
            ResourceState.GATE_CHECK,
        },
        ResourceState.CHANGES_REQUESTED: {ResourceState.IN_REVIEW},
        ResourceState.CHILD_SAFETY_CHECK: {ResourceState.CHANGES_REQUESTED, ResourceState.GATE_CHECK},
        ResourceState.GATE_CHECK: {ResourceState.CHANGES_REQUESTED, ResourceState.APPROVED},
        ResourceState.APPROVED: {ResourceState.SCHEDULED, ResourceState.PUBLISHED},
        ResourceState.SCHEDULED: {ResourceState.PUBLISHED},
        ResourceState.PUBLISHED: {ResourceState.REVIEW_DUE, ResourceState.WITHDRAWN, ResourceState.RETIRED},
        ResourceState.REVIEW_DUE: {ResourceState.PUBLISHED, ResourceState.WITHDRAWN, ResourceState.RETIRED},
        ResourceState.WITHDRAWN: {ResourceState.DRAFT, ResourceState.RETIRED},
        ResourceState.RETIRED: {ResourceState.ARCHIVED},
        ResourceState.ARCHIVED: set(),
    },
)
LIVE = (ResourceState.PUBLISHED, ResourceState.REVIEW_DUE)
"""Offered to everyone; a review date that has passed does not take a resource offline."""
GONE = (ResourceState.WITHDRAWN, ResourceState.RETIRED)
"""No longer offered; the page says why, and what to use instead."""
EDITABLE = (ResourceState.DRAFT, ResourceState.CHANGES_REQUESTED)
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


ADAPTATION = StateTable(
    AdaptationState.PROPOSED,
    {
        AdaptationState.PROPOSED: {AdaptationState.LICENCE_REFUSED, AdaptationState.EDITING},
        AdaptationState.LICENCE_REFUSED: set(),
        AdaptationState.EDITING: {AdaptationState.PARTNER_REVIEW},
        AdaptationState.PARTNER_REVIEW: {
            AdaptationState.EDITING,
            AdaptationState.OWNER_APPROVAL,
            AdaptationState.RELEASED,
        },
        AdaptationState.OWNER_APPROVAL: {AdaptationState.RELEASED},
        AdaptationState.RELEASED: {
            AdaptationState.MERGE_OFFERED,
            AdaptationState.SUSPENDED,
            AdaptationState.RETIRED,
        },
        AdaptationState.MERGE_OFFERED: {AdaptationState.RELEASED, AdaptationState.PINNED},
        AdaptationState.PINNED: {AdaptationState.MERGE_OFFERED, AdaptationState.RETIRED},
        AdaptationState.SUSPENDED: {AdaptationState.RELEASED, AdaptationState.RETIRED},
        AdaptationState.RETIRED: set(),
    },
)
DEPLOYABLE = (AdaptationState.RELEASED, AdaptationState.MERGE_OFFERED, AdaptationState.PINNED)
"""Adaptations that have a usable release."""


class DeploymentState(StrEnum):
    """Life cycle of one deployment of a resource or an adaptation."""

    REQUESTED = "requested"
    ACTIVE = "active"
    STALE = "stale"
    SUSPENDED = "suspended"
    ENDED = "ended"


DEPLOYMENT = StateTable(
    DeploymentState.REQUESTED,
    {
        DeploymentState.REQUESTED: {DeploymentState.ACTIVE, DeploymentState.ENDED},
        DeploymentState.ACTIVE: {DeploymentState.STALE, DeploymentState.SUSPENDED, DeploymentState.ENDED},
        DeploymentState.STALE: {DeploymentState.ACTIVE, DeploymentState.SUSPENDED, DeploymentState.ENDED},
        DeploymentState.SUSPENDED: {DeploymentState.ACTIVE, DeploymentState.ENDED},
        DeploymentState.ENDED: set(),
    },
)
RUNNING = (DeploymentState.ACTIVE, DeploymentState.STALE)
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
