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
declare("events.SpeakerContact", plain={"language"}, sealed={"address"})
declare("events.Portrait", plain={"file", "alt"})
declare("events.Slides", plain={"ref", "file", "language", "licence", "alt"})
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
declare("events.Asset", plain={"ref", "kind", "file", "alt", "state"})
declare("events.PhotoConsent", plain={"ref", "photo", "language"}, sealed={"address"})
declare("events.Shown", plain={"badge"})
declare("events.WithdrawalTask", plain={"outcome"})
