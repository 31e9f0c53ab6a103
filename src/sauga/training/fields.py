"""How the fields of training are protected."""

from sauga.kernel.sealed import declare

declare("training.Stream", plain={"ref", "title", "state"})

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
declare("training.Film", plain={"code", "title", "captions", "transcript"})
declare("training.Cohort", plain={"ref", "name", "language"})
declare("training.StaffLink", plain={"token"})
declare(
    "training.Enrolment",
    plain={"ref", "state", "tree", "role", "municipality", "language", "here", "certificate"},
)
declare("training.Progress", plain={"activity", "data"})
declare("training.Attempt", plain={"ref", "activity", "items", "answers", "shares"})
declare("training.Submission", plain={"ref", "activity", "points"}, sealed={"text", "feedback"})
declare("training.PeerReview", plain={"ref", "points"}, sealed={"comment"})
declare("training.Post", plain={"ref", "activity"}, sealed={"text"})
declare("training.Appeal", plain={"ref", "activity"}, sealed={"text", "reason"})
declare("training.Allowance", plain={"activity", "kind"}, sealed={"reason"})
declare("training.GroupMessage", plain={"ref", "audience"}, sealed={"text"})
