"""How the fields of training are protected."""

from sauga.kernel.sealed import declare

declare(
    "training.Stream",
    plain={"ref", "title", "state", "source", "language", "preview_token", "fault"},
    sealed={"passphrase"},
)
declare("training.StreamNote", plain={"note"})
declare("training.CaptionLine", plain={"nonce", "text"})
declare("training.Stream", plain={"ref", "title", "state"})
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
