"""The archive that runs from a USB stick: opened by double click, without network, in every language, with
its credits.
"""

from typing import Any

from sauga.kernel import media
from sauga.repository.adaptations.editions import Content, assets, drawn, languages, logo_bytes, logo_name

MOST_FILES = 60 * 1024 * 1024


def page_names(content: Content) -> list[tuple[str, str, str]]:
    """Code, name and file of each language; the first is the one that opens."""
    return [
        (code, name, "index.html" if place == 0 else f"{code}.html")
        for place, (code, name) in enumerate(languages(content))
    ]


def files(content: Content, *, status: str, renditions: Any = ()) -> dict[str, bytes]:
    """The files of the archive. `status` is the address where a copy checks whether it may still be used."""
    pages = page_names(content)
    logo = logo_name(content)
    enclosed = _enclosed(renditions)
    made = assets()
    for code, _name, file in pages:
        made[file] = drawn(
            "repository/deployments/offline.html",
            content,
            code,
            pages=[page for page in pages if page[0] != code],
            logo=logo,
            status=status,
            scorm=False,
            enclosed=[(name, len(body)) for name, body in enclosed.items()],
        ).encode()
    if logo:
        made[logo] = logo_bytes(content)
    made["LICENCE.txt"] = "\n".join(
        line for code, _name, _file in pages for line in [*content["credits"][code], ""]
    ).encode()
    return made | enclosed


def _enclosed(renditions: Any) -> dict[str, bytes]:
    """The original's files, up to a size limit."""
    found: dict[str, bytes] = {}
    total = 0
    for row in renditions:
        if total + row.size > MOST_FILES or row.media is None or not row.media.is_ready:
            continue
        if content := media.read(row.media):
            found[f"files/{row.language}-{row.name}"] = content
        total += row.size
    return found
