"""The demo's slides and portraits: drawn for it, by the product's own actions. Two sessions of last year's
conference have slides, one of them withdrawn again by its speaker.
"""

import tempfile
from datetime import datetime
from importlib.resources import files as packaged
from pathlib import Path

from sauga.events.programme.models import Event, SessionSpeaker, said
from sauga.events.speakers.actions import links, slides
from sauga.kernel.identity import PersonActor
from sauga.kernel.states import SystemActor
from sauga.kernel.ui.formats import pdf

PORTRAIT = {
    "lt": "Piešinys: moteris trumpais plaukais, už jos langas",
    "en": "Drawing: a woman with short hair in front of a window",
}
MOST = 3


def seed(by: PersonActor, event: Event, at: datetime) -> None:
    """Slides of the first talks, a portrait, a personal link."""
    held = SessionSpeaker.objects.filter(session__event=event).select_related("session", "speaker")
    talks = [one for one in held.order_by("session__starts", "pk") if one.agrees_to_recording][:MOST]
    for one in talks:
        row = slides.add_slides(
            by=by,
            speaking=one,
            name=f"{said(one.session.title, 'lt')}.pdf",
            content=_slides(one, at),
            language="lt",
            licence="CC-BY-4.0",
            alt={},
            agrees=True,
            at=at,
        )
    if talks:
        slides.set_slides_consent(by=SystemActor("speaker"), slides=row, agrees=False, at=at)
        speaker = event.speakers.order_by("pk")[0]
        slides.put_portrait(
            by=by, speaker=speaker, name="portretas.png", content=drawing("portrait"), alt=PORTRAIT, at=at
        )
        links.send_link(by=by, speaker=speaker, address="pranesejas@mokykla.example", language="lt", at=at)


def drawing(name: str) -> bytes:
    """A drawing of the demo as a picture."""
    import typst  # a process that draws nothing does without it

    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"{name}.typ"
        source.write_bytes(packaged(__package__).joinpath(f"{name}.typ").read_bytes())
        drawn: bytes = typst.compile(str(source), root=folder, format="png", ppi=96)
        return drawn


def _slides(one: SessionSpeaker, at: datetime) -> bytes:
    content = {
        "lang": "lt",
        "title": str(said(one.session.title, "lt")),
        "speaker": one.speaker.name,
        "points": [
            "Kas nutinka iš tikrųjų, pasakyta vaikų žodžiais",
            "Ką padaryti pirmą valandą ir ko nedaryti",
            "Kur kreiptis: 116 111, visą parą, nemokamai",
        ],
    }
    return pdf.pdf(packaged(__package__).joinpath("slides.typ"), content, at=at)
