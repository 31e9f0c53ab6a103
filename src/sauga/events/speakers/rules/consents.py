"""The texts that speakers agree to, by kind and version. A change of a text adds a version; older ones
stay, because speakers agreed to them.
"""

from collections.abc import Mapping
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from sauga.kernel.refusals import Text


class ConsentKind(StrEnum):
    """What a speaker agrees to."""

    PUBLICATION = "publication"
    RECORDING = "recording"
    SLIDES = "slides"


TEXTS: Mapping[ConsentKind, Mapping[int, Text]] = {
    ConsentKind.PUBLICATION: {
        1: _(
            "I agree that my name, my role and the text about me are shown on the page of this event, in its "
            "programme and its files for programs, up to ten years after my consent. I may withdraw my "
            "consent at any time by writing to the organiser; the entry then disappears at once."
        ),
        2: _(
            "I agree that my name, my role, the text about me and my portrait are shown on the pages of this "
            "event, in its programme and its files for programs, up to ten years after my consent. I may "
            "withdraw my consent at any time on my page; all of it then disappears at once."
        ),
    },
    ConsentKind.RECORDING: {
        1: _(
            "I agree that this session is recorded with picture and sound, and that the recording is "
            "published with the event. I may withdraw my consent at any time on my page: the session is then "
            "not recorded, and an existing recording is taken off the public pages at once."
        ),
        2: _(
            "I agree that this session is recorded with picture and sound, and that the recording is "
            "published with the event and among the centre’s resources, with captions and a transcript, "
            "under a Creative Commons licence that names me. I may withdraw my consent at any time on my "
            "page: the session is then not recorded, and an existing recording is taken off all public pages "
            "at once. What others have downloaded before stays under its licence."
        ),
    },
    ConsentKind.SLIDES: {
        1: _(
            "I made these slides or may publish them. I agree that everybody can download them under the "
            "licence that I chose. I may withdraw my consent at any time on my page: they are then no longer "
            "offered. What others have downloaded before stays under its licence."
        ),
    },
}
SLIDES_VERSION = 1
REPOSITORY_VERSION = 2
"""The first version of the text about recordings that names the centre's resources and their licence:
whoever agreed to an older one has not agreed to that."""


def text_of(kind: ConsentKind, version: int | None = None) -> Text:
    """A text in the version that the speaker agreed to, by default the latest."""
    texts = TEXTS[kind]
    return texts.get(version or 0) or texts[max(texts)]
