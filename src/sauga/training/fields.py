"""How the fields of training are protected."""

from sauga.kernel.sealed import declare

declare(
    "training.Stream",
    plain={"ref", "title", "state", "source", "language", "preview_token", "fault"},
    sealed={"passphrase"},
)
declare("training.StreamNote", plain={"note"})
declare("training.CaptionLine", plain={"nonce", "text"})
