"""The tables of the repository, a file a subject."""

from sauga.repository.models.adaptation import Adaptation, AdaptationRelease, AdaptationStep, AddedPart, Partner
from sauga.repository.models.auditing import Audit
from sauga.repository.models.collection import Collection, CollectionEntry
from sauga.repository.models.deployment import Deployment, DeploymentDay, DeploymentStep
from sauga.repository.models.exchange import HarvestSource, ImportRow, ImportRun, ImportStep, Proposal, ProposalStep
from sauga.repository.models.resource import Part, Remark, Rendition, Resource, ResourceStep, ResourceVersion, Slot
from sauga.repository.models.reviewing import FileOpening
from sauga.repository.models.searching import ChildWords, SearchEntry, SearchWord
from sauga.repository.models.use import DailyCount, PrintOrder, PrintOrderStep, UseReport

__all__ = [
    "Adaptation",
    "AdaptationRelease",
    "AdaptationStep",
    "AddedPart",
    "Audit",
    "ChildWords",
    "Collection",
    "CollectionEntry",
    "DailyCount",
    "Deployment",
    "DeploymentDay",
    "DeploymentStep",
    "FileOpening",
    "HarvestSource",
    "ImportRow",
    "ImportRun",
    "ImportStep",
    "Part",
    "Partner",
    "PrintOrder",
    "PrintOrderStep",
    "Proposal",
    "ProposalStep",
    "Remark",
    "Rendition",
    "Resource",
    "ResourceStep",
    "ResourceVersion",
    "SearchEntry",
    "SearchWord",
    "Slot",
    "UseReport",
]
