"""How the fields of training are protected."""

from sauga.kernel.sealed import declare

declare(
    "training.Stream",
    plain={"ref", "title", "state", "source", "language", "preview_token", "fault"},
    sealed={"passphrase"},
)
declare("training.StreamNote", plain={"note"})
declare("training.CaptionLine", plain={"nonce", "text"})
declare(
    "training.Webinar",
    plain={
        "ref",
        "source",
        "room_system",
        "room_address",
        "recording",
        "fallback",
        "script",
        "slips",
        "phone",
    },
)
declare("training.Question", plain={"ref", "text", "state"})
declare("training.Presence", plain={"device"})
declare("training.ViewingSite", plain={"ref", "municipality", "state", "language", "sent", "picture", "note"})
declare("training.SiteHost", sealed={"name", "phone", "address"})
declare("training.SiteCount", plain={"group"})
declare("training.SiteMessage", plain={"text"})

declare("training.Course", plain={"ref", "code"})
declare(
    "training.CourseVersion",
    plain={
        "ref",
        "state",
        "title",
        "summary",
        "audience",
        "competences",
        "outcomes",
        "sources",
        "owner",
        "completion",
        "certificate",
        "starter",
    },
)
declare("training.Module", plain={"ref", "code", "title"})
declare("training.Activity", plain={"ref", "code", "kind", "title", "content"})
declare("training.Item", plain={"ref", "code", "kind", "tags", "text", "options", "explanation"})
declare("training.RemovedPart", plain={"ref", "kind", "title", "content"})
declare("training.Film", plain={"code", "title", "captions", "transcript"})
declare("training.Cohort", plain={"ref", "name", "language"})
declare("training.StaffLink", plain={"token"})
declare("training.StaffInvitation", plain={"ref", "language"}, blind={"lookup"}, sealed={"address"})
declare(
    "training.Enrolment",
    plain={"ref", "state", "tree", "role", "municipality", "language", "here", "certificate"},
)
declare("training.Progress", plain={"activity", "data"})
declare("training.Attempt", plain={"ref", "activity", "items", "answers", "shares"})
declare("training.PackageRun", plain={"ref", "activity", "part", "run"}, sealed={"kept"})
declare("training.Submission", plain={"ref", "activity", "points"}, sealed={"text", "feedback"})
declare("training.PeerReview", plain={"ref", "points"}, sealed={"comment"})
declare("training.TextDraft", plain={"ref", "activity", "points", "window"}, sealed={"text"})
declare("training.Post", plain={"ref", "activity"}, sealed={"text"})
declare("training.Appeal", plain={"ref", "activity"}, sealed={"text", "reason"})
declare("training.Allowance", plain={"activity", "kind"}, sealed={"reason"})
declare("training.GroupMessage", plain={"ref", "audience"}, sealed={"text"})

declare("training.PlatformKey", plain={"name", "public"})
declare(
    "training.Tool",
    plain={
        "ref",
        "state",
        "name",
        "maker",
        "privacy_url",
        "contact",
        "client_id",
        "deployment_id",
        "login_url",
        "target_url",
        "redirect_urls",
        "keys_url",
        "keys",
        "off_text",
    },
)
declare("training.ToolEvent", plain={"what", "refused", "activity"})
declare("training.ToolToken", plain={"jti", "scopes"}, blind={"digest"})
declare("training.ToolSubject", plain={"code"})
declare("training.ToolLaunch", plain={"ref", "activity", "language"}, blind={"digest"})
