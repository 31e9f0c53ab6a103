"""What a recording needs before it is handed on, and what its transcript is made of. Pure."""

from collections.abc import Iterable, Sequence

from sauga.events.speakers.rules.consents import REPOSITORY_VERSION

LICENCES = (
    "CC-BY-4.0",
    "CC-BY-SA-4.0",
    "CC-BY-NC-4.0",
    "CC-BY-NC-SA-4.0",
    "CC-BY-ND-4.0",
    "CC-BY-NC-ND-4.0",
)
"""Those that name the speakers, as they agreed."""
REVIEW_AFTER_DAYS = 3 * 365
"""When editors look at a published recording again."""
PAUSE = 2.0
"""Seconds without speech after which a new paragraph begins."""
LONGEST_PARAGRAPH = 600

type Said = tuple[float, float, str]


def agrees(*, is_recorded: bool, version: int | None, is_named: bool) -> bool:
    """Whether a speaker agrees that a recording goes to the repository under their name: to the recording, in
    a version of the text that says so, and to being named."""
    return is_recorded and is_named and (version or 0) >= REPOSITORY_VERSION


def paragraphs(cues: Sequence[Said]) -> list[str]:
    """Captions as a text to read: one line after another, a new paragraph after a pause or when one becomes
    long. What is said twice, because a caption went on, is written once."""
    found: list[str] = []
    ended, last = None, ""
    for begins, ends, text in sorted(cues):
        line = " ".join(text.split())
        if not line or line == last:
            ended = ends
            continue
        is_new = ended is None or begins - ended >= PAUSE or len(found[-1]) >= LONGEST_PARAGRAPH
        if is_new:
            found.append(line)
        else:
            found[-1] = f"{found[-1]} {line}"
        ended, last = ends, line
    return found


def spoken_first(languages: Iterable[str], spoken: str) -> list[str]:
    """Languages with the spoken one first."""
    return sorted(set(languages), key=lambda code: (code != spoken, code))
