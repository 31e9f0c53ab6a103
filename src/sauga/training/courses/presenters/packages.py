"""How an imported package reads: for the editor what it is, for the page around the frame what it plays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sauga.kernel.i18n import decimal
from sauga.training.courses.models import Activity
from sauga.training.courses.queries import packages
from sauga.training.courses.rules.h5p import H5P

FORMATS = {"scorm12": "SCORM 1.2", "scorm2004": "SCORM 2004", "h5p": "H5P"}
NOTES: dict[str, Any] = {
    "sequencing": _(
        "The package has rules about the order of its parts. They are not applied: learners choose the order."
    ),
    "missing": _("Files that its description names and that are not in it: %(what)s."),
    "organisations": _(
        "The package holds %(what)s tables of contents; the one it calls the default is used."
    ),
    "unsent": _("Files of these kinds are kept in the package and are not sent to learners: %(what)s."),
    "frames": _(
        "Pages with frames: %(what)s. Where such pages call each other, the package may not work here. Go "
        "through it in the preview."
    ),
}


@dataclass(frozen=True)
class PartLine:
    """One part in the list of those of a package."""

    number: int
    title: str
    href: str
    is_here: bool
    is_done: bool = False
    note: str = ""


@dataclass(frozen=True)
class PackageView:
    """A package on a page: what the frame shows, and where its reports are saved (nowhere in a preview)."""

    src: str
    part: str
    title: str
    is_asset: bool
    format: str
    parts: Sequence[PartLine] = ()
    keep: str = ""
    download: str = ""


@dataclass(frozen=True)
class Described:
    """What a package is, for its editor."""

    format: str
    name: str
    size: str
    files: int
    parts: Sequence[tuple[str, int | None]]
    notes: Sequence[str]


def described(activity: Activity) -> Described | None:
    """What was read from the package of an activity."""
    held = activity.content.get("package")
    if not held or activity.file is None:
        return None
    return Described(
        FORMATS.get(held["format"], ""),
        held["name"],
        gettext("%(n)s MB") % {"n": decimal(max(0.1, round(activity.file.size / 1024**2, 1)))},
        held["files"],
        [(one.title or one.path, one.least) for one in packages.package_parts(activity)],
        [gettext(str(NOTES[code])) % {"what": what} for code, what in held["notes"] if code in NOTES],
    )


def package_view(
    activity: Activity,
    asked: str,
    at: datetime,
    *,
    page: str,
    enrolment: str = "",
    keep: str = "",
    done: Mapping[str, tuple[bool, str]] | None = None,
) -> PackageView | None:
    """What the page of an activity shows of its package, at the part that was asked for (from 1); None while
    the package cannot be played. `done`: by part whether it is done, and a note."""
    parts = packages.package_parts(activity)
    if not parts or activity.file is None or not activity.file.is_ready:
        return None
    known = done or {}
    place = _place(asked, [known.get(one.code, (False, ""))[0] for one in parts])
    token = packages.token_for(activity, place, at, enrolment)
    here = parts[place]
    is_h5p = activity.content["package"]["format"] == H5P
    name = f"{packages.OWN}{packages.H5P_PAGE}" if is_h5p else here.path
    src = reverse("training-package-file", args=[token, name])
    return PackageView(
        src=f"{src}?{here.query}" if here.query else src,
        part=here.code,
        title=here.title or str(activity),
        is_asset=here.is_asset and not is_h5p,
        format=FORMATS[activity.content["package"]["format"]],
        parts=[
            PartLine(n, one.title or one.path, f"{page}?part={n}", n - 1 == place, *known.get(one.code, ()))
            for n, one in enumerate(parts, 1)
        ]
        if len(parts) > 1
        else (),
        keep=keep,
        download=reverse("training-package-file", args=[token, f"{packages.OWN}package.zip"])
        if activity.content.get("is_download")
        else "",
    )


def _place(asked: str, done: Sequence[bool]) -> int:
    """The part that was asked for; otherwise the first that is not done."""
    if asked.isascii() and asked.isdigit() and len(asked) < 4 and 1 <= int(asked) <= len(done):
        return int(asked) - 1
    return next((n for n, is_done in enumerate(done) if not is_done), 0)
