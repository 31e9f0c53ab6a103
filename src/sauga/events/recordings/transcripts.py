"""The transcript of a recording, made from its captions: a page that stands alone, in the language of the
captions."""

from django.template.loader import render_to_string

from sauga.events.recordings.rules import paragraphs
from sauga.kernel.media import captions


def transcript(content: bytes, title: str, names: list[str], language: str) -> bytes:
    """The captions `content` as a page; `language` is that of the captions."""
    cues = captions.read(content.decode("utf-8-sig"))
    context = {
        "title": title,
        "names": names,
        "language": language,
        "paragraphs": paragraphs([(cue.start, cue.end, cue.text) for cue in cues]),
    }
    return render_to_string("events/recordings/transcript.html", context).encode()
