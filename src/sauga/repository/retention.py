"""How long the repository keeps what. Published works and their lineage stay; contacts of people go when
their purpose ends.
"""

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

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
    what=_("Contact details of print orders"),
    since=_("the day the order was settled"),
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
    what=_("Contact details of partners"),
    since=_("the day the partner left"),
)
rule(
    "repository.ImportRun",
    keep=RUN,
    after="ended_at",
    zone=ZONE,
    what=_("Imports of resources"),
    since=_("the end of the import"),
)
rule(
    "repository.Proposal",
    keep=RUN,
    after="decided_at",
    where=Q(state__in=(ProposalState.REFUSED, ProposalState.GONE)),
    zone=ZONE,
    what=_("Refused and withdrawn proposals of resources"),
    since=_("the day of the decision"),
)

keep_forever(
    "repository.Resource",
    _("Published works and drafts, about nobody; a draft is discarded by its editors."),
    what=_("Resources"),
)
keep_forever(
    "repository.ResourceVersion",
    _("What was published stays provable: adapted copies rest on it."),
    what=_("Versions of resources"),
)
keep_forever("repository.Collection", _("Choices of published works, about nobody."), what=_("Collections"))
keep_forever(
    "repository.Adaptation",
    _("Lineage of published works; licences are judged by it."),
    what=_("Adaptations"),
)
keep_forever(
    "repository.Deployment",
    _("Where a work is used, by organisation and channel; withdrawal must reach every copy."),
    what=_("Where resources are used"),
)
keep_forever(
    "repository.UseReport",
    _("Heads by group and day, without names: years stay comparable."),
    what=_("Reports of use"),
)
keep_forever(
    "repository.HarvestSource",
    _("Addresses of other centres' open interfaces."),
    what=_("Interfaces of other centres"),
)
for part in ("Remark", "Part", "Rendition", "FileOpening", "Slot", "DailyCount"):
    keep_with(f"repository.{part}", "repository.Resource")
keep_with("repository.CollectionEntry", "repository.Collection")
for part in ("AdaptationRelease", "AddedPart"):
    keep_with(f"repository.{part}", "repository.Adaptation")
keep_with("repository.DeploymentDay", "repository.Deployment")
keep_with("repository.ImportRow", "repository.ImportRun")
AUDIT = term("repository.audit", timedelta(days=730))
rule(
    "repository.Audit",
    keep=AUDIT,
    after="at",
    zone=ZONE,
    what=_("Accessibility checks of resources"),
    since=_("the day of the check"),
)
keep_forever(
    "repository.SearchEntry",
    _("Copies of published texts; they go when the texts are taken down."),
    what=_("Search index"),
)
keep_forever(
    "repository.SearchWord",
    _("Words that occur in published texts, about nobody."),
    what=_("Words of the search index"),
)
keep_forever(
    "repository.CodeBitmap",
    _("Which published works have which codes; it follows the works."),
    what=_("Codes of the search index"),
)
keep_forever(
    "repository.ChildWords", _("Words kept by staff, about nobody."), what=_("Words that children use")
)
