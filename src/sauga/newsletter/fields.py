"""How the fields of the newsletter are protected: addresses are encrypted or found by a blind index; what is
plain names nobody."""

from sauga.kernel.sealed import declare

declare("newsletter.SignUp", plain={"ref", "language", "lists"}, sealed={"address"}, blind={"lookup"})
declare("newsletter.Subscription", plain={"ref", "language", "lists"}, sealed={"address"}, blind={"lookup"})
declare("newsletter.Issue", plain={"ref", "language", "lists", "title", "intro", "state"})
declare("newsletter.IssueItem", plain={"title", "summary", "path"})
declare("newsletter.Delivery", plain={"token"})
declare("newsletter.DayCount", plain={"language", "kind"})
