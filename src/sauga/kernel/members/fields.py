"""Data protection of member data: names and addresses are sealed under the member's key or found by a blind
index; what is plain names nobody."""

from sauga.kernel.sealed import declare

declare(
    "members.Member",
    plain={"ref", "pseudonym", "language"},
    sealed={"address", "name", "born"},
    blind={"lookup"},
)
declare(
    "members.SigninLink",
    plain={"ref", "language", "wanted"},
    sealed={"address"},
    blind={"lookup", "browser"},
)
declare("members.MemberSession", plain={"ref", "method"}, sealed={"device"}, blind={"key"})
declare("members.MemberPasskey", plain={"ref", "credential", "public"}, sealed={"name"})
declare("members.SigninCard", plain={"ref"}, blind={"digest"})
declare("members.Guardian", plain={"ref", "language", "refused"}, sealed={"address", "child"})
declare(
    "members.Consent",
    plain={"purpose", "given_by", "evidence", "withdrawn_by"},
    blind={"digest"},
)
declare(
    "members.Representation",
    plain={"ref", "state", "decided_by", "reason"},
    sealed={"asked_name", "purpose"},
)
