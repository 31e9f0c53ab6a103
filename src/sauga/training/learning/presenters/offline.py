"""What a device can keep of a course: its pages, and by choice its films and files. Pages of people
(discussions, work handed in) are not among them."""

import json
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from sauga.kernel.i18n import languages
from sauga.training.courses.models import Activity, Film
from sauga.training.courses.presenters.play import player_of
from sauga.training.courses.queries.versions import Content, film
from sauga.training.learning.models import Enrolment

KEPT = timedelta(days=30)
"""A device shows what it keeps for so long; older pages it deletes itself."""
KINDS = ("page", "video", "file", "quiz")


def cache_name(row: Enrolment) -> str:
    """What the device's store is called. The sign-in page deletes all whose name begins with `sauga-my-`."""
    return f"sauga-my-course-{row.ref}"


def kept_codes(row: Enrolment, content: Content) -> list[str]:
    """The parts that work without a network, in order; a quiz once a try is open, as questions are drawn."""
    tries = set(row.attempts.filter(sent_at__isnull=True).values_list("activity", flat=True))
    return [
        one.code
        for one in content.activities
        if one.kind in KINDS and (one.kind != "quiz" or one.code in tries)
    ]


def setup(row: Enrolment) -> dict[str, str]:
    """What the script of the course's page needs."""
    return {
        "cache": cache_name(row),
        "list": reverse("training-offline", args=[row.ref]),
        "worker": reverse("training-worker", args=[row.ref]),
        "words": json.dumps(words()),
    }


def listing(row: Enrolment, content: Content) -> dict[str, Any]:
    """Addresses of the pages, and of films and files with title and size."""
    codes = kept_codes(row, content)
    pages = [reverse("training-kept-course", args=[row.ref])]
    pages += [reverse("training-kept", args=[row.ref, code]) for code in codes]
    heavy, seen = [], set()
    for one in content.activities:
        for found in _heavy(one):
            if found["urls"][0] not in seen:
                seen.add(found["urls"][0])
                heavy.append(found)
    return {"pages": pages, "heavy": heavy}


def _heavy(one: Activity) -> list[dict[str, Any]]:
    found = []
    if one.kind == "video" and (shown := film(one.content.get("film", ""))) is not None:
        found.append(_film(shown))
    if one.file is not None and one.kind != "package":
        urls = [reverse("training-file", args=[one.ref])]
        found.append({"title": str(one), "size": one.file.size, "urls": urls})
    return found


def _film(shown: Film) -> dict[str, Any]:
    player = player_of(shown, languages.active().code)
    urls = [player.src, *(track.src for track in player.tracks)]
    urls += [player.poster] if player.poster else []
    return {"title": player.title, "size": shown.file.size, "urls": urls}


def words() -> dict[str, str]:
    """What the scripts say."""
    return {
        "none": gettext("Nothing of this course is kept on this device."),
        "kept": gettext(
            "Kept on this device since {day}: {pages} pages, {films} films and files, {size} MB."
        ),
        "working": gettext("Being kept: {done} of {all}."),
        "failed": gettext("It could not be kept: no network, or no room on the device. Try again."),
        "removed": gettext("Removed from this device."),
        "queued": gettext("Kept on this device. It is sent as soon as there is a network."),
        "waiting": gettext("Not sent yet: {n}. This happens by itself once there is a network."),
        "sent": gettext("Sent what you did without a network."),
        "refused": gettext("The course could not take something that you did without a network:"),
        "signed_out": gettext("Sign in: then what you did without a network is sent."),
        "no_file": gettext("This file is not kept on this device."),
        "no_film": gettext("This film is not kept on this device. You can read what is said in it below."),
    }
