"""How the fields of panel are protected. Who a member is, is sealed in the zone `panel`; pseudonyms, codes
and what members write for the panel are plain."""

from sauga.kernel.sealed import declare

# members
declare(
    "panel.Member",
    plain={"ref", "pseudonym", "state", "language", "paused_why", "confirmed_by"},
    sealed={"identity"},
)
declare(
    "panel.Flag",
    plain={"ref", "state", "kind", "where", "outcome", "referral"},
    sealed={"words", "answer"},
)
declare("panel.AdultAct", plain={"adult_name", "what", "where"})
declare("panel.Export", plain={"ref", "state", "reason"})

# voice

# voting
declare(
    "panel.Ballot",
    plain={
        "ref",
        "state",
        "kind",
        "question",
        "text",
        "options",
        "proposal_ref",
        "tie_order",
        "digest",
        "public_key",
        "result",
    },
)
declare("panel.Voter", plain={"slot"}, sealed={"sealed_vote"})
