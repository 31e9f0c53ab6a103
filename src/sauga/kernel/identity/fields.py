"""Data protection of staff data: names and addresses of staff are plain; these tables hold nothing about a
case."""

from sauga.kernel.sealed import declare

declare("identity.Person", plain={"password", "email", "name", "language", "pseudonym"})
declare("identity.Installation", plain={"purpose"})
declare("identity.KindZone", plain={"zone"})
declare("identity.Role", plain={"code", "labels"})
declare("identity.Grant", plain={"permission"})
declare("identity.Membership", plain={"zones"})
declare(
    "identity.Invitation",
    plain={"ref", "purpose", "email", "name", "language", "zones", "invited_by", "confirmed_by"},
)
declare(
    "identity.RoleProposal",
    plain={"ref", "state", "zones", "email", "name", "language", "proposed_by", "decided_by", "reason"},
)
declare("identity.SigninPace", blind={"key"})
