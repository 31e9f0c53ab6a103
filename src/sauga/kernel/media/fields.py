"""Data protection of this package's fields: all plain, because only what is meant to be published is uploaded
here. Case services cannot reach this package."""

from sauga.kernel.sealed import declare

declare(
    "media.MediaFile",
    plain={
        "ref",
        "kind",
        "mime",
        "name",
        "sha256",
        "file",
        "owner",
        "zone",
        "state",
        "refused_why",
        "scanner",
        "alt",
        "facts",
        "preview_problem",
    },
)
declare("media.Preview", plain={"file"})
