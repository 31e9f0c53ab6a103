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
    plain={
        "ref",
        "state",
        "groups",
        "attended_groups",
        "priority_reason",
        "language",
        "sending",
        "entry_token",
        "entry_code",
        "photo",
    },
    sealed={"details", "needs"},
    blind={"address_lookup", "person"},
)
declare("events.TeamMember", plain={"role"})
declare("events.TaskTemplate", plain={"ref", "kind", "title", "role"})
declare("events.Task", plain={"ref", "title", "note"})
declare("events.BudgetLine", plain={"ref", "category", "text", "payer", "receipt", "note"})
declare("events.EventReport", plain={"state"})
declare("events.EventCount", plain={"what", "group"})
declare("events.ImportedFile", plain={"ref", "kind", "name"}, sealed={"rows"})

declare("events.Entrance", plain={"ref", "name"})
declare("events.CheckList", plain={"ref"})
declare("events.Device", plain={"code"})
declare(
    "events.CheckIn",
    plain={
        "nonce",
        "device",
        "kind",
        "method",
        "undoes",
        "groups",
        "by",
        "outcome",
        "why",
        "resolution",
        "resolved_by",
    },
)
declare("events.Asset", plain={"ref", "kind", "file", "alt", "state"})
declare("events.PhotoConsent", plain={"ref", "photo", "language"}, sealed={"address"})
declare("events.Shown", plain={"badge"})
declare("events.WithdrawalTask", plain={"outcome"})
declare("events.RecordingCaptions", plain={"language", "file"})
declare("events.RecordingHandOver", plain={"resource_ref", "became"})
declare(
    "events.Call",
    plain={"ref", "state", "title", "text", "kinds", "durations", "letters"},
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
declare(
    "events.Mailing",
    plain={"ref", "kind", "groups", "tickets", "subject", "body", "state"},
)
declare("events.MailingLetter", plain={"token"})
declare("events.Survey", plain={"ref", "state", "breakdown"})
declare("events.SurveyQuestion", plain={"ref", "kind", "text", "choices"})
declare("events.SurveyAnswer", plain={"ticket", "language", "values"})
declare("events.SurveyMark", blind={"mark"})
declare("events.Certificate", plain={"ref", "code", "state", "reason"})
