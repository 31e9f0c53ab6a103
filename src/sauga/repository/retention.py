"""How long the repository keeps what. Published works and their lineage stay; contacts of people go when
their purpose ends.
"""

from datetime import timedelta

from django.db.models import Q

from sauga.kernel.retention import Clear, keep_forever, keep_with, rule, term
from sauga.repository.states import ProposalState

ZONE = "awareness"
CONTACT = term("repository.print_contact", timedelta(days=30))
PARTNER = term("repository.partner", timedelta(days=365))
RUN = term("repository.import_run", timedelta(days=365))

rule(
    "repository.PrintOrder",
    name="contact",
    keep=CONTACT,
    after="settled_at",
    where=Q(contact_gone=False),
    how=Clear({"contact": b"", "contact_gone": True}),
    holder=lambda row: row.holder,
    zone=ZONE,
)
rule(
    "repository.Partner",
    name="contact",
    keep=PARTNER,
    after="left_at",
    where=~Q(contact=b""),
    how=Clear({"contact": b"", "link": None}),
    holder=lambda row: row.holder,
    zone=ZONE,
)
rule("repository.ImportRun", keep=RUN, after="ended_at", zone=ZONE)
rule(
    "repository.Proposal",
    keep=RUN,
    after="decided_at",
    where=Q(state__in=(ProposalState.REFUSED, ProposalState.GONE)),
    zone=ZONE,
)

keep_forever(
    "repository.Resource", "Published works and drafts, about nobody; a draft is discarded by its editors."
)
keep_forever("repository.ResourceVersion", "What was published stays provable: adapted copies rest on it.")
keep_forever("repository.Collection", "Choices of published works, about nobody.")
keep_forever("repository.Adaptation", "Lineage of published works; licences are judged by it.")
keep_forever(
    "repository.Deployment",
    "Where a work is used, by organisation and channel; withdrawal must reach every copy.",
)
keep_forever("repository.UseReport", "Heads by group and day, without names: years stay comparable.")
keep_forever("repository.HarvestSource", "Addresses of other centres' open interfaces.")
for part in ("Remark", "Part", "Rendition", "FileOpening", "Slot", "DailyCount"):
    keep_with(f"repository.{part}", "repository.Resource")
keep_with("repository.CollectionEntry", "repository.Collection")
for part in ("AdaptationRelease", "AddedPart"):
    keep_with(f"repository.{part}", "repository.Adaptation")
keep_with("repository.DeploymentDay", "repository.Deployment")
keep_with("repository.ImportRow", "repository.ImportRun")
AUDIT = term("repository.audit", timedelta(days=730))
rule("repository.Audit", keep=AUDIT, after="at", zone=ZONE)
keep_forever("repository.SearchEntry", "Copies of published texts; they go when the texts are taken down.")
keep_forever("repository.SearchWord", "Words that occur in published texts, about nobody.")
keep_forever("repository.CodeBitmap", "Which published works have which codes; it follows the works.")
keep_forever("repository.ChildWords", "Words kept by staff, about nobody.")
