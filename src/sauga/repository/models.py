"""The tables of every subdomain, for Django.

Other packages do not import from here: each model from its own module.
"""

from sauga.repository.adaptations.models import (
    Adaptation,
    AdaptationRelease,
    AdaptationStep,
    AddedPart,
    Partner,
)
from sauga.repository.catalogue.models import (
    CodeBitmap,
    Collection,
    CollectionEntry,
    DailyCount,
    PrintOrder,
    PrintOrderStep,
    UseReport,
)
from sauga.repository.deployments.models import Deployment, DeploymentDay, DeploymentStep
from sauga.repository.resources.models import (
    Audit,
    FileOpening,
    Part,
    Remark,
    Rendition,
    Resource,
    ResourceStep,
    ResourceVersion,
    Slot,
)
from sauga.repository.search.models import ChildWords, SearchEntry, SearchWord
from sauga.repository.syndication.models import (
    HarvestSource,
    ImportRow,
    ImportRun,
    ImportStep,
    Proposal,
    ProposalStep,
)

__all__ = [
    "Adaptation",
    "AdaptationRelease",
    "AdaptationStep",
    "AddedPart",
    "Audit",
    "ChildWords",
    "CodeBitmap",
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
