"""The files of imported packages, read where they are: in the stored archive. An address of them is signed
for one activity, one part and one learner, and ends within a day: within the frame there are no cookies.
"""

import zipfile
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

from django.conf import settings
from django.core import signing

from sauga.kernel import media
from sauga.training.courses.models import Activity
from sauga.training.courses.rules.imported import parts_of, type_of
from sauga.training.courses.rules.scorm import Part

SALT = "training.package"
HALF_A_DAY = 12 * 3600
OWN = "~sauga/"
"""Below this name lie our own files; a package has none of that name that would be sent."""
H5P_PAGE = "h5p.html"
MOST_PLAYER = 4 * 1024 * 1024


@dataclass(frozen=True)
class Grant:
    """What an address opens: a part of an activity, for a learner (`enrolment`) or as a preview."""

    activity: str
    enrolment: str
    place: int


def token_for(activity: Activity, place: int, at: datetime, enrolment: str = "") -> str:
    """The signed beginning of the addresses of a part. It stays the same for half a day, so that a browser
    can keep the files, and ends after twelve to twenty-four hours."""
    until = (int(at.timestamp()) // HALF_A_DAY + 2) * HALF_A_DAY
    return signing.Signer(salt=SALT).sign_object([activity.ref, enrolment, place, until])


def grant_of(token: str, at: datetime) -> Grant | None:
    """What a signed beginning opens; None for one that was not made here, or has ended."""
    try:
        activity, enrolment, place, until = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Grant(activity, enrolment, place) if at.timestamp() < until else None


def activity_with_package(ref: str) -> Activity | None:
    """An activity whose package can be played: it was scanned, or need not be."""
    rows = Activity.objects.select_related("file", "version").filter(kind="package", ref=ref)
    row = rows.first()
    return row if row is not None and row.file is not None and row.file.is_ready else None


def package_parts(activity: Activity) -> list[Part]:
    """The parts of an activity's package."""
    return parts_of(activity.content.get("package") or {})


def player_file(name: str) -> tuple[bytes, str] | None:
    """A file of the H5P player that the operator installed, with its type."""
    folder, mime = settings.H5P_PLAYER, type_of(name)
    if folder is None or not mime or ".." in name.split("/") or name.startswith("/"):
        return None
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file() or path.stat().st_size > MOST_PLAYER:
        return None
    return path.read_bytes(), mime


class Member:
    """One file of a package, open for reading; closing it closes the archive as well."""

    def __init__(self, source: IO[bytes], name: str) -> None:
        self.source = source
        self.archive = zipfile.ZipFile(source)
        self.info = self.archive.getinfo(name)
        self.inside: Any = self.archive.open(self.info)
        self.read, self.seek = self.inside.read, self.inside.seek

    def close(self) -> None:
        """Close everything that is open."""
        self.inside.close()
        self.archive.close()
        self.source.close()


def member(activity: Activity, name: str) -> Member | None:
    """A file of a package that may be sent; None where there is none of that name."""
    if not type_of(name):
        return None
    source = media.opened(activity.file)
    try:
        return Member(source, name)
    except (KeyError, zipfile.BadZipFile):
        source.close()
        return None
