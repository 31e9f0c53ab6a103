"""The authors of the demo's pages, and the format of its texts."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils.text import slugify

from sauga.kernel.kit.demo import Cast, Staff
from sauga.portal.actions.pages import publish_page, translate_page, write_page
from sauga.portal.models.base import PortalPage

type Words = dict[str, Any]

READERS = {"child_8": ["children"], "teen_12": ["teenagers"]}
LATIN = str.maketrans("ąčęėįšųūž", "aceeisuuz")


class Stage:
    """Writes each text as the editor and publishes it as the publisher."""

    def __init__(self, staff: Staff, at: datetime) -> None:
        self.at = at
        self.editor, self.publisher = (Cast(staff).actor(role, at) for role in ("EDITOR", "PUBLISHER"))

    def one[P: PortalPage](self, parent: PortalPage, page: P, words: Mapping[str, Any]) -> P:
        """Write and publish one page."""
        written = self.write(parent, page, words)
        publish_page(by=self.publisher, page=written, at=self.at)
        return written

    def write[P: PortalPage](self, parent: PortalPage, page: P, words: Mapping[str, Any]) -> P:
        """Write one page, as a draft."""
        for name, value in words.items():
            setattr(page, name, value)
        page.slug = page.slug or slugify(page.title.lower().translate(LATIN))[:60]
        page.review_by = self.at.date() + timedelta(days=300)
        page.audiences = page.audiences or READERS.get(page.level, ["general_public"])
        return write_page(by=self.editor, parent=parent, page=page, at=self.at)

    def both[P: PortalPage](
        self, parent: PortalPage, page: P, lt: Mapping[str, Any], en: Mapping[str, Any]
    ) -> P:
        """Write one page, translate it and publish both; returns the Lithuanian one."""
        written = self.write(parent, page, lt)
        twin = translate_page(
            by=self.editor, page=written, words={"slug": slugify(en["title"])[:60], **en}, at=self.at
        )
        publish_page(by=self.publisher, page=written, at=self.at)
        publish_page(by=self.publisher, page=twin, at=self.at)
        return written


def page(title: str, summary: str, *body: Words, **more: Any) -> Words:
    """One text."""
    return {"title": title, "summary": summary, "body": list(body), **more}


def block(kind: str, value: Any) -> dict[str, Any]:
    """A block as the body keeps it."""
    return {"type": kind, "value": value}


def head(text: str) -> dict[str, Any]:
    """A heading."""
    return block("heading", text)


def words(*paragraphs: str) -> dict[str, Any]:
    """Paragraphs."""
    return block("text", "".join(f"<p>{text}</p>" for text in paragraphs))


def ticks(*points: str) -> dict[str, Any]:
    """Points with ticks."""
    return block("points", {"kind": "ticks", "points": list(points)})


def steps(*rows: tuple[str, str]) -> dict[str, Any]:
    """What to do, in order."""
    return block("steps", {"steps": [{"title": title, "text": f"<p>{text}</p>"} for title, text in rows]})


def asked(*rows: tuple[str, str]) -> dict[str, Any]:
    """Questions and answers."""
    return block(
        "questions",
        {"questions": [{"question": question, "answer": f"<p>{answer}</p>"} for question, answer in rows]},
    )


def note(tone: str, title: str, text: str) -> dict[str, Any]:
    """A passage that stands out."""
    return block("callout", {"tone": tone, "title": title, "text": f"<p>{text}</p>"})


def help_from(title: str, *codes: str) -> dict[str, Any]:
    """Where to find help."""
    return block("help", {"title": title, "services": list(codes)})


def quote(text: str, who: str) -> dict[str, Any]:
    """A quotation."""
    return block("quote", {"text": text, "who": who})
