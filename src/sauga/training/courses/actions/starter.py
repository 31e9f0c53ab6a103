"""Loads the starter courses of `data/starter`: new ones are published as they come; one that is there
already, changed by an editor or not, is left alone. So loading again changes nothing.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from django.db import transaction

from sauga.kernel import media
from sauga.kernel.states import Actor, SystemActor
from sauga.training.courses.actions import drafts, publication
from sauga.training.courses.models import Course, CourseVersion, Film
from sauga.training.courses.queries.film_files import folder_of
from sauga.training.courses.queries.versions import problems_of
from sauga.training.courses.rules.content import StarterUnfit
from sauga.training.trail import ZONE

LOADER = SystemActor("training_starter")
FOLDER = ("training", "data", "starter")
PLAIN = {"code", "kind", "title", "minutes", "file"}
"""What of an activity's record is not its content."""


def load_starter(at: datetime) -> str:
    """Load every starter course that is not there yet, each in one transaction."""
    root = files("sauga").joinpath(*FOLDER)
    found = sorted(
        (folder for folder in root.iterdir() if folder.joinpath("course.json").is_file()),
        key=lambda folder: folder.name,
    )
    made = [folder.name for folder in found if load_course(by=LOADER, folder=folder, at=at)]
    return f"{len(made)} starter courses"


def load_course(*, by: Actor, folder: Traversable, at: datetime) -> CourseVersion | None:
    """Load and publish one starter course. None if the course is there already. Raises StarterUnfit."""
    record = _read(folder, "course.json")
    if Course.objects.filter(code=record["code"]).exists():
        return None
    bank = _read(folder, "items.json")
    with transaction.atomic():
        for film in sorted({code for one in _activities(record) if (code := one.get("film"))}):
            load_film(by=by, code=film, at=at)
        row = drafts.create_course(by=by, code=record["code"], given=_given(record), at=at)
        row.starter = checksum(folder)
        row.save(update_fields=["starter"])
        for item in bank:
            drafts.save_item(by=by, version=row, item=None, given=_item(item), at=at)
        for module in record["modules"]:
            part = drafts.save_module(
                by=by, version=row, module=None, title=module["title"], code=module["code"], at=at
            )
            for one in module["activities"]:
                drafts.save_activity(
                    by=by,
                    module=part,
                    activity=None,
                    given=_activity(folder, one),
                    upload=_file(folder, one),
                    at=at,
                )
        drafts.set_completion(by=by, version=row, tree=record["completion"], at=at)
        row.refresh_from_db()
        if unfit := problems_of(row):
            raise StarterUnfit(f"{record['code']}: {unfit}")
        publication.submit(by=by, version=row, at=at)
        return publication.publish(by=by, version=row, at=at)


def load_film(*, by: Actor, code: str, at: datetime) -> Film | None:
    """Store a film of the package with its captions and transcripts; None if there is none of that name.
    Repeatable."""
    if known := Film.objects.filter(code=code).first():
        return known
    folder = folder_of(code)
    if folder is None:
        return None
    file = media.accept(
        by=by,
        content=folder.joinpath(f"{code}.webm").read_bytes(),
        name=f"{code}.webm",
        owner="training.film",
        kinds={media.Kind.VIDEO},
        zone=ZONE,
        at=at,
    )
    captions = {language: _text(folder, f"{code}.{language}.vtt") for language in ("lt", "en")}
    written = {language: _text(folder, f"{code}.{language}.md") for language in ("lt", "en")}
    titles = {language: _title(text) or code for language, text in written.items()}
    transcript = {language: _plain(text) for language, text in written.items()}
    seconds = max((int(cue.end) for cue in media.captions.read(captions["lt"])), default=0)
    return Film.objects.create(
        code=code,
        title=titles,
        file=file,
        captions={k: v for k, v in captions.items() if v},
        transcript={k: v for k, v in transcript.items() if v},
        seconds=seconds,
    )


def checksum(folder: Traversable) -> str:
    """The checksum of all files of a starter course."""
    made = hashlib.sha256()
    for name, content in sorted(_all(folder, "")):
        made.update(name.encode() + b"\0" + content + b"\0")
    return made.hexdigest()


def _all(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _all(entry, f"{prefix}{entry.name}/")
        else:
            yield f"{prefix}{entry.name}", entry.read_bytes()


def _read(folder: Traversable, name: str) -> Any:
    return json.loads(folder.joinpath(name).read_text(encoding="utf-8"))


def _text(folder: Traversable, name: str) -> str:
    file = folder.joinpath(name)
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def _title(transcript: str) -> str:
    """The title of a film from the heading of its transcript, `# Transcript: The first talk`."""
    first = transcript.lstrip().partition("\n")[0]
    return first.partition(":")[2].strip() if first.startswith("#") else ""


def _plain(transcript: str) -> str:
    """A transcript without its heading and marks, as the player shows it."""
    body = transcript.lstrip()
    return (body.partition("\n")[2] if body.startswith("#") else body).replace("**", "").strip()


def _activities(record: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for module in record["modules"]:
        yield from module["activities"]


def _given(record: Mapping[str, Any]) -> drafts.VersionGiven:
    competences = record.get("competences") or {}
    return drafts.VersionGiven(
        title=record["title"],
        summary=record["summary"],
        hours=Decimal(str(record["hours"])),
        audience=record.get("audience", ()),
        competences=competences if isinstance(competences, Mapping) else {"codes": list(competences)},
        outcomes=record.get("outcomes", ()),
        sources=record.get("sources", ()),
        owner=record.get("owner", ""),
        review_by=date.fromisoformat(record["review_by"]) if record.get("review_by") else None,
        certificate=record.get("certificate", {}),
    )


def _item(record: Mapping[str, Any]) -> drafts.ItemGiven:
    return drafts.ItemGiven(
        code=record["id"],
        kind=record["kind"],
        tags=record.get("tags", ()),
        text=record["text"],
        options=record["options"],
        explanation=record.get("explanation", {}),
    )


def _activity(folder: Traversable, record: Mapping[str, Any]) -> drafts.ActivityGiven:
    content = {name: value for name, value in record.items() if name not in PLAIN}
    if record["kind"] == "page":
        content["text"] = {
            language: _text(folder.joinpath(language), f"{record['file']}.md") for language in ("lt", "en")
        }
    return drafts.ActivityGiven(
        code=record["code"],
        kind=record["kind"],
        title=record["title"],
        minutes=int(record["minutes"]),
        content=content,
    )


def _file(folder: Traversable, record: Mapping[str, Any]) -> media.Inspected | None:
    if record["kind"] != "file" or not record.get("file"):
        return None
    file = folder.joinpath(record["file"])
    return media.inspect(file.read_bytes(), file.name, kinds=drafts.FILES)
