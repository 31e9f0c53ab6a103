"""How the fields of certification are protected. What is published by consent is plain; names, addresses,
references and free words are encrypted.
"""

from sauga.kernel.sealed import declare

declare("certification.Programme", plain={"state", "reason", "decision", "decided_by"})
declare("certification.Criterion", plain={"code", "kind", "phase", "text_lt", "text_en", "minimums"})
declare("certification.Ambassador", plain={"ref", "state", "municipality", "language"}, sealed={"name"})
declare(
    "certification.CriterionRecord",
    plain={"ref", "code", "source", "authority", "decided_by", "withdrawn_by"},
    sealed={"reference"},
)
declare("certification.EmployerAsk", plain={"ref"}, sealed={"address"}, blind={"lookup"})
declare("certification.Certification", plain={"ref", "kind", "credential"})
declare("certification.Case", plain={"ref", "kind", "state", "outcome", "why"}, sealed={"words"})
declare("certification.Vote", plain={"choice"}, sealed={"reason"})
declare("certification.Interest", plain={"ref"})
declare(
    "certification.RegisterEntry",
    plain={"name", "municipalities", "topics", "languages", "audiences", "about", "shown"},
)
declare(
    "certification.Booking",
    plain={
        "ref",
        "state",
        "source",
        "organisation_name",
        "municipality",
        "topic",
        "audience",
        "language",
        "spoken",
        "activity",
    },
    sealed={"note", "address"},
    blind={"lookup"},
)
declare("certification.Offer", plain={"ref", "state"})
declare("certification.SessionReport", plain={"ref", "side", "rating"}, sealed={"words"})
declare("certification.SessionHeads", plain={"group"})
