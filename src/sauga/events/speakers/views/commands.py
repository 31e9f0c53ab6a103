"""What is posted about a speaker, from the own page and from the desk: one table of acts, so that both write
the same way. The actions decide who may.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import forms
from django.http import Http404, HttpRequest

from sauga.events.programme.actions import speakers as entries
from sauga.events.programme.models import Speaker
from sauga.events.speakers.actions import absences, links
from sauga.events.speakers.actions import slides as files
from sauga.events.speakers.forms import AbsenceForm, LinkForm, PortraitForm, SlidesForm, entry_form
from sauga.events.speakers.queries import speakers as queries
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor
from sauga.kernel.ui.parameters.numbers import whole


@dataclass(frozen=True)
class Posted:
    """What comes back where something was not done: forms by name, or why it was refused."""

    bound: Mapping[str, forms.Form] = field(default_factory=dict)
    refused: str = ""


@dataclass(frozen=True)
class Asked:
    """One act: who asks, about whom, with what."""

    by: Actor
    speaker: Speaker
    request: HttpRequest
    form: Any
    at: datetime

    def named(self, name: str) -> str:
        """A value of the post."""
        return str(self.request.POST.get(name, ""))[:40]

    @property
    def facts(self) -> dict[str, Any]:
        """What every action is called with."""
        return {"by": self.by, "at": self.at}


def perform(by: Actor, speaker: Speaker, request: HttpRequest, at: datetime) -> Posted | None:
    """Do what was posted; None where it was done. Raises Http404, PermissionRefused."""
    do = request.POST.get("do", "")
    act = ACTS.get(do)
    if act is None:
        raise Http404
    name, form = _form(do, speaker, request)
    if form is not None and not form.is_valid():
        return Posted({name: form})
    try:
        act(Asked(by, speaker, request, form, at))
    except ActionRefused as refused:
        if form is None:
            return Posted(refused=refused.text)
        refused.add_to(form)
        return Posted({name: form})
    return None


def _form(do: str, speaker: Speaker, request: HttpRequest) -> tuple[str, Any]:
    data, files_sent = request.POST, request.FILES
    match do:
        case "entry":
            return do, entry_form(speaker, data)
        case "portrait":
            return do, PortraitForm(data, files_sent, auto_id="portrait-%s")
        case "absence":
            return do, AbsenceForm(data, auto_id="absence-%s")
        case "link":
            return do, LinkForm(data, auto_id="link-%s")
        case "slides":
            name = f"slides-{str(data.get('session', ''))[:40]}"
            return name, SlidesForm(data, files_sent, auto_id=f"{name}-%s")
    return do, None


def _entry(asked: Asked) -> None:
    entries.save_speaker(
        event=asked.speaker.event,
        speaker=asked.speaker,
        name=asked.form.cleaned_data["name"],
        role=asked.form.texts("role"),
        biography=asked.form.texts("biography"),
        **asked.facts,
    )


def _slides(asked: Asked) -> None:
    given = asked.form.cleaned_data
    files.add_slides(
        speaking=queries.speaking_of(asked.speaker, asked.named("session")),
        name=given["file"].name,
        content=given["file"].read(),
        language=given["language"],
        licence=given["licence"],
        alt=asked.form.alt(),
        agrees=given["agrees"],
        **asked.facts,
    )


def _portrait(asked: Asked) -> None:
    file = asked.form.cleaned_data["file"]
    files.put_portrait(
        speaker=asked.speaker, name=file.name, content=file.read(), alt=asked.form.alt(), **asked.facts
    )


def _absence(asked: Asked) -> None:
    form = asked.form
    absences.add_absence(
        speaker=asked.speaker, starts=form.moment("starts"), ends=form.moment("ends"), **asked.facts
    )


def _recording(asked: Asked, *, agrees: bool) -> None:
    speaking = queries.speaking_of(asked.speaker, asked.named("session"))
    entries.set_recording(speaking=speaking, agrees=agrees, **asked.facts)


def _slides_consent(asked: Asked, *, agrees: bool) -> None:
    row = queries.slides_of(asked.speaker, asked.named("slides"))
    files.set_slides_consent(slides=row, agrees=agrees, **asked.facts)


ACTS: dict[str, Callable[[Asked], object]] = {
    "entry": _entry,
    "publish": lambda asked: entries.record_consent(speaker=asked.speaker, **asked.facts),
    "unpublish": lambda asked: entries.withdraw_consent(speaker=asked.speaker, **asked.facts),
    "record": lambda asked: _recording(asked, agrees=True),
    "unrecord": lambda asked: _recording(asked, agrees=False),
    "slides": _slides,
    "show-slides": lambda asked: _slides_consent(asked, agrees=True),
    "hide-slides": lambda asked: _slides_consent(asked, agrees=False),
    "remove-slides": lambda asked: files.remove_slides(
        slides=queries.slides_of(asked.speaker, asked.named("slides")), **asked.facts
    ),
    "portrait": _portrait,
    "remove-portrait": lambda asked: files.remove_portrait(speaker=asked.speaker, **asked.facts),
    "absence": _absence,
    "remove-absence": lambda asked: absences.remove_absence(
        speaker=asked.speaker, number=whole(asked.named("absence"), 2**31 - 1), **asked.facts
    ),
    "link": lambda asked: links.send_link(
        speaker=asked.speaker,
        address=asked.form.cleaned_data["address"],
        language=asked.form.cleaned_data["language"],
        **asked.facts,
    ),
}
