"""How each field of the helpline is protected: what a child or a counsellor wrote is encrypted; the rest is
codes, days and references.
"""

from sauga.kernel.sealed import declare

declare(
    "helpline.Conversation",
    plain={
        "ref",
        "state",
        "audience",
        "language",
        "band",
        "band_rules",
        "band_by",
        "self_urgency",
        "mood_before",
        "mood_after",
        "age_band",
        "chip",
        "ended_by",
    },
    blind={"receipt", "receipt_nonce"},
)
declare("helpline.Message", plain={"author", "event"}, sealed={"body"}, blind={"nonce"})
declare("helpline.Whisper", plain={"ref"}, sealed={"body"})
declare("helpline.Offer", plain={"answer", "reason"})
declare("helpline.Transfer", plain={"ref", "consent", "outcome"}, sealed={"card"})
declare(
    "helpline.Letter", plain={"ref", "state", "audience", "language", "band", "band_rules"}, blind={"receipt"}
)
declare("helpline.LetterPart", sealed={"body"})
declare("helpline.LetterDraft", plain={"ref", "verdict"}, sealed={"body", "remark"})
declare("helpline.Call", plain={"ref", "state", "line", "channel", "language"}, blind={"outside_key"})
declare("helpline.HeardEvent", blind={"digest"})
declare("helpline.Attempt", plain={"ref", "channel", "audience", "language", "outcome", "reason", "band"})
declare(
    "helpline.Record",
    plain={
        "ref",
        "language",
        "caller_role",
        "relationship",
        "age_band",
        "gender",
        "risk",
        "suicidality",
        "topic",
        "more_topics",
        "internet",
        "insafe",
        "more_insafe",
        "place",
        "platform",
        "harm_detail",
        "actions",
        "ended_by",
        "non_data",
    },
    sealed={"note"},
)
declare("helpline.Feedback", plain={"channel", "language", "mood_before", "mood_after", "answers"})
declare("helpline.Window", plain={"channel"})
declare("helpline.ClosedDay", plain={"channel", "label_lt", "label_en"})
declare("helpline.Pause", plain={"channel", "reason", "by", "ended_by"})
declare("helpline.Duty", plain={"channels", "languages"})
declare("helpline.DutyPass", plain={"reason", "by"})
declare("helpline.ShiftWord", plain={"ref", "seen"}, sealed={"body"})
declare("helpline.ShiftTemplate", plain={"channels"})
declare("helpline.Shift", plain={"ref", "state", "channels"})
declare("helpline.Debrief", plain={"ref", "why", "feeling"}, sealed={"words"})
declare("helpline.CalendarLink", blind={"index"})
declare("helpline.Volunteer", plain={"alias", "languages"})
declare("helpline.Training", plain={"kind"})
declare("helpline.BackgroundCheck", plain={"by"})
declare("helpline.Supervision", plain={"kind", "by"})
declare(
    "helpline.Concern", plain={"ref", "state", "ground", "target", "clock"}, sealed={"facts", "told_plan"}
)
declare("helpline.ConcernNote", plain={"ref", "kind"}, sealed={"body"})
declare("helpline.HelpCase", plain={"ref", "state", "urgency"})
declare("helpline.CaseNote", plain={"ref", "kind"}, sealed={"body"})
declare(
    "helpline.Referral",
    plain={"ref", "state", "target", "clock", "consent", "outcome"},
    sealed={"words", "asked"},
)
declare(
    "helpline.IncomingReferral", plain={"ref", "state", "sent", "age_layer", "language", "reach", "outcome"}
)
declare("helpline.HotlineLink", plain={"ref", "state", "suspected", "sent", "outcome"})
declare("helpline.SelfImage", plain={"ref", "state", "sent"})
declare("helpline.CannedAnswer", plain={"code", "language", "title", "body"})
declare(
    "helpline.ResourceCard",
    plain={
        "code",
        "name",
        "words",
        "phone",
        "address",
        "region",
        "hours",
    },
)
declare("helpline.Review", plain={"ref", "channel", "why", "scores"}, sealed={"remark"})
