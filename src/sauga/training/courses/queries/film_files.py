"""The files of the package that belong to the films of courses: where they lie, and the picture of a film."""

from importlib.resources import files
from importlib.resources.abc import Traversable

from sauga.training.courses.models import Film

FOLDERS = (("training", "data", "starter", "films"), ("repository", "demo", "films"))


def folder_of(code: str) -> Traversable | None:
    """The folder of the package with a film of that name."""
    for parts in FOLDERS:
        folder = files("sauga").joinpath(*parts)
        if folder.joinpath(f"{code}.webm").is_file():
            return folder
    return None


def has_poster(row: Film) -> bool:
    """Whether there is a picture to show before the film plays."""
    folder = folder_of(row.code)
    return folder is not None and folder.joinpath(f"{row.code}.webp").is_file()


def poster(row: Film) -> bytes | None:
    """The picture that is shown before a film plays (WebP), or None."""
    folder = folder_of(row.code)
    return folder.joinpath(f"{row.code}.webp").read_bytes() if folder and has_poster(row) else None
