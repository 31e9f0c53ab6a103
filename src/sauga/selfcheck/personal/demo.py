"""The demo's personal test: the version that ships, and a second one that an editor is writing."""

from datetime import datetime, timedelta

from sauga.kernel.kit.demo import Cast
from sauga.selfcheck.personal.actions import drafts
from sauga.selfcheck.personal.rules.bank import Audience

BEGUN = timedelta(days=3)
NOTE = "Klausimas apie pokalbių robotus vaikams – trumpesnis."


def play(cast: Cast, at: datetime) -> None:
    """The first version is there after `sauga init`; an editor has begun the next."""
    drafts.load_bank(at - timedelta(days=60))
    begun = at - BEGUN
    editor = cast.actor("EDITOR", begun)
    row = drafts.begin_version(by=editor, note=NOTE, at=begun)
    held = next(one for one in row.content["audiences"]["child"]["items"] if one["code"] == "chatbot")
    given = {
        "question": {"lt": "Programa su tavim kalba. Kas ji?", "en": "A program talks with you. What is it?"}
    }
    drafts.save_item(
        by=editor,
        version=row,
        audience=Audience.CHILD,
        code=held["code"],
        given=given,
        at=begun + timedelta(minutes=20),
    )
