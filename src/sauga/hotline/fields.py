"""How every field of the hotline's tables is protected: what people wrote and the addresses of content are
sealed; the rest is codes and references."""

from sauga.kernel.sealed import declare

declare(
    "hotline.Report",
    plain={
        "ref",
        "state",
        "channel",
        "language",
        "category",
        "priority",
        "reporter_kind",
        "child_in_danger",
        "outcome",
    },
    sealed={"note"},
    blind={"receipt"},
)
declare("hotline.Location", plain={"access_note", "match", "linked_by"}, sealed={"given", "referrer"})
declare("hotline.Message", plain={"ref"}, sealed={"body"})
declare("hotline.Contact", sealed={"value"})
declare(
    "hotline.ContentItem",
    plain={
        "ref",
        "kind",
        "access_note",
        "handling",
        "presence",
        "category",
        "priority",
        "verdict",
        "legal_act",
        "no_action_reason",
        "hosting_class",
        "country",
        "country_confidence",
        "country_by",
        "handed_by",
        "network",
    },
    sealed={"address", "referrer"},
    blind={"key", "host_index", "domain_index", "near_index"},
)
declare(
    "hotline.Assessment",
    plain={
        "ref",
        "kind",
        "verdict",
        "legal_act",
        "no_action_reason",
        "age",
        "sex",
        "site_type",
        "commerciality",
        "virtual",
        "user_generated",
        "xarf_class",
    },
    sealed={"note"},
)
declare("hotline.Route", plain={"route", "rule"})
declare("hotline.PoliceHold", plain={"reason", "by", "ended_by"})
declare("hotline.Exposure", plain={"lifted_by"})
declare("hotline.Trace", plain={"confidence", "hosting_class", "country", "failed"})
declare(
    "hotline.TraceAnswer",
    plain={"ref", "source", "network", "country", "table", "confidence"},
    sealed={"value"},
)
declare("hotline.Provider", plain={"name", "audience", "country", "language"})
declare("hotline.ProviderNetwork", plain={"kind", "value"})
declare("hotline.ProviderContact", plain={"email", "source"})
declare(
    "hotline.NoticeTemplate",
    plain={"basis", "audience", "purpose", "language", "subject", "body", "legal_text", "status"},
)
declare(
    "hotline.Notice",
    plain={"ref", "basis", "purpose", "language", "priority", "state"},
)
declare(
    "hotline.NoticeMail",
    plain={"ref", "purpose", "statement", "return_token", "code"},
    sealed={"body"},
    blind={"link"},
)
declare("hotline.NoticeItem", plain={"answer", "outcome"})
declare(
    "hotline.NoticeAnswer",
    plain={"ref", "answer", "reason", "decision"},
    sealed={"words", "decision_words"},
    blind={"ticket"},
)
declare("hotline.Check", plain={"verdict", "reason", "error", "vantage", "by"})
declare("hotline.Watch", plain={"ask", "body", "country", "network", "pace", "place", "reason", "verdict"})
declare("hotline.Occurrence", plain={"removal_kind"})
declare("hotline.Handover", plain={"referral", "told"})
declare(
    "hotline.HandoverExport",
    plain={"ref", "recipient", "made_by", "approved_by", "downloaded_by", "digest", "discarded_by"},
)
declare(
    "hotline.HandoverRecord",
    plain={"ref", "recipient", "method", "reference", "recorded_by", "undone_by", "undo_reason"},
)
declare("hotline.HandoverCorrection", plain={"by", "reason", "reference_before"})
declare("hotline.OwnPass", plain={"referral"}, blind={"index"})
