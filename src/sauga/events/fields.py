"""How the fields of events are protected. A programme is published: its fields are plain and name nobody,
except speakers, who are public data with consent.
"""

from sauga.kernel.sealed import declare

declare(
    "events.Venue",
    plain={"ref", "name", "address", "municipality", "accessibility", "accessibility_note", "directions"},
)
declare("events.Room", plain={"ref", "name"})
declare("events.Series", plain={"ref", "slug", "title", "summary", "topics"})
declare(
    "events.Event",
    plain={
        "ref",
        "slug",
        "kind",
        "format",
        "municipality",
        "audiences",
        "topics",
        "languages",
        "access",
        "photo_policy",
        "title",
        "summary",
        "description",
        "needs",
        "state",
        "cancel_reason",
        "cancel_note",
    },
)
declare("events.Stream", plain={"ref", "name"})
declare("events.Track", plain={"ref", "title"})
declare("events.Session", plain={"ref", "kind", "title", "abstract", "language", "access"})
declare("events.Speaker", plain={"ref", "name", "role", "biography"})
declare(
    "events.Activity",
    plain={
        "ref",
        "state",
        "text_state",
        "organisation_name",
        "municipality",
        "kind",
        "title",
        "description",
        "language",
        "ambassador_topic",
        "text_reason",
    },
)
declare("events.HeadCount", plain={"kind", "group"})
declare("events.ActivityContact", sealed={"address"}, blind={"lookup"})
declare("events.Quota", plain={"ref", "name"})
declare("events.Ticket", plain={"ref", "name"})
declare("events.Question", plain={"ref", "kind", "text", "choices"})
declare(
    "events.Registration",
    plain={"ref", "state", "groups", "priority_reason", "language", "sending", "photo"},
    sealed={"details", "needs"},
    blind={"address_lookup", "person"},
)
declare(
    "events.Call",
    plain={"ref", "state", "title", "text", "kinds", "letters"},
)
declare("events.Criterion", plain={"ref", "name"})
declare("events.CallQuestion", plain={"ref", "phase", "kind", "text", "choices"})
declare(
    "events.Proposal",
    plain={"ref", "state", "pending", "kind", "talk_language", "language", "sending"},
    sealed={"content"},
    blind={"address_lookup"},
)
declare(
    "events.ProposalSpeaker",
    plain={"ref", "language", "recording"},
    sealed={"details"},
    blind={"address_lookup", "organisation_lookup"},
)
declare("events.Review", plain={"scores"}, sealed={"words"})
declare("events.Conflict", plain={"kind"})
