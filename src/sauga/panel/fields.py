"""How the fields of panel are protected. Who a member is, is sealed in the zone `panel`; month of birth and
school under the key of the member's account, which the machine opens; pseudonyms, codes and what members
write for the panel are plain."""

from sauga.kernel.sealed import declare

# members
declare(
    "panel.Member",
    plain={"ref", "pseudonym", "state", "language", "paused_why"},
    sealed={"identity", "school"},
)
declare(
    "panel.Flag",
    plain={"ref", "state", "kind", "where", "outcome", "referral", "referral_state", "referral_outcome"},
    sealed={"words", "answer"},
)
declare("panel.AdultAct", plain={"adult_name", "what", "where"})
declare("panel.Export", plain={"ref", "state", "reason"})

# voice
declare("panel.Cycle", plain={"title", "theme"})
declare("panel.Meeting", plain={"ref", "state", "place", "agenda", "minutes"})
declare("panel.MeetingAdult")
declare("panel.MeetingReply")
declare("panel.Addressee", plain={"ref", "name", "language"}, sealed={"address"})
declare(
    "panel.Proposal", plain={"ref", "state", "language", "returned", "flag", "hidden_from", "explanation"}
)
declare("panel.ProposalVersion", plain={"title", "problem", "wish", "why"})
declare("panel.Author")
declare("panel.Support")
declare("panel.Amendment", plain={"ref", "state", "part", "text", "why", "returned", "declined", "flag"})
declare("panel.AmendmentAccept")
declare(
    "panel.Contribution",
    plain={
        "ref",
        "state",
        "kind",
        "asker",
        "text",
        "picture",
        "alt",
        "returned",
        "flag",
        "reply",
        "replied_by",
    },
)
declare("panel.Answer", plain={"verdict", "reason", "decides", "who", "tasks", "note"})
declare("panel.FollowUp", plain={"kind", "text"})
declare("panel.Question", plain={"text", "reply"})
declare("panel.News", plain={"what", "ballot"})

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
        "key_mark",
        "result",
    },
)
declare("panel.Voter", plain={"slot"}, sealed={"sealed_vote"})
