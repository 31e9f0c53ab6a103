"""How every field of the repository is kept. Resources are published works, so their fields are plain; what
names a person to reach (who receives prints, who answers for a partner) is sealed, and of links and tokens
only digests are kept.
"""

from sauga.kernel.sealed import declare

declare(
    "repository.Resource",
    plain={
        "ref",
        "slug_lt",
        "slug_en",
        "type",
        "title",
        "abstract",
        "keywords",
        "body",
        "topics",
        "audiences",
        "vulnerable_groups",
        "stages",
        "languages",
        "reading_level",
        "licence",
        "licence_note",
        "attribution",
        "creators",
        "publisher",
        "funder",
        "grant",
        "version",
        "state",
        "sensitivity",
        "help_services",
        "teaches_digcomp",
        "teaches_curriculum",
        "accessibility",
        "channels",
        "withdrawn_reason",
        "gate_overrides",
        "source",
    },
)
declare("repository.Remark", plain={"ref", "kind", "text"})
declare("repository.ResourceVersion", plain={"label", "snapshot", "note"})
declare("repository.Rendition", plain={"ref", "kind", "mime", "language", "name", "sha256"})
declare("repository.Slot", plain={"code", "kind", "default"})
declare("repository.Collection", plain={"ref", "slug_lt", "slug_en", "title", "abstract"})
declare(
    "repository.Partner",
    plain={"ref", "language"},
    sealed={"contact"},
    blind={"link"},
)
declare(
    "repository.Adaptation",
    plain={
        "ref",
        "kind",
        "language",
        "name",
        "title",
        "slot_values",
        "body",
        "order",
        "licence_outcome",
        "licence",
        "attribution",
        "owner_words",
        "pin_reason",
        "state",
    },
)
declare("repository.AdaptationRelease", plain={"content"})
declare("repository.AddedPart", plain={"ref", "language", "title", "body", "licence"})
declare(
    "repository.Deployment",
    plain={"ref", "channel", "language", "origins", "update_policy", "state"},
    blind={"token"},
)
declare("repository.DeploymentDay", plain={"kind"})
declare("repository.UseReport", plain={"kind", "municipality", "heads"}, blind={"nonce"})
declare(
    "repository.PrintOrder",
    plain={"ref", "language", "kind", "municipality", "state"},
    sealed={"contact"},
    blind={"nonce"},
)
declare("repository.CodeBitmap", plain={"code", "bits"})
declare("repository.DailyCount", plain={"kind"})
declare(
    "repository.HarvestSource",
    plain={
        "ref",
        "name",
        "address",
        "protocol",
        "metadata_prefix",
        "set_spec",
        "language",
        "licence",
        "cursor",
        "last_outcome",
        "last_counts",
    },
)
declare(
    "repository.Proposal",
    plain={"ref", "identifier", "title", "licence", "record", "digest", "decided", "reason", "state"},
)
declare("repository.ImportRun", plain={"ref", "name", "format", "state", "notes", "file", "sha256"})
declare("repository.ImportRow", plain={"outcome", "title", "content", "problems", "before"})
# Codes and places in markup; a page's text is published.
declare(
    "repository.Audit",
    plain={"subject", "kind", "language", "check_code", "tool", "outcome", "findings", "digest"},
)
# Copies of published texts, and words; what visitors search for is kept nowhere.
declare(
    "repository.SearchEntry",
    plain={
        "kind",
        "key",
        "language",
        "title",
        "summary",
        "body",
        "type",
        "topics",
        "audiences",
        "vector",
        "titles",
    },
)
declare("repository.SearchWord", plain={"word", "language"})
declare("repository.ChildWords", plain={"language", "phrase", "topic", "stems"})
