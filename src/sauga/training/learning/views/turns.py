"""A request to the page of an activity, as the views of the course player pass it on."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from sauga.kernel import members
from sauga.kernel.members import MemberActor
from sauga.training.courses.models import Activity
from sauga.training.courses.queries.versions import Content
from sauga.training.learning.models import Enrolment, Progress
from sauga.training.learning.queries import progress as progress_queries


@dataclass
class Turn:
    """A request to the page of an activity: who, where, and the forms that came back."""

    request: HttpRequest
    by: MemberActor
    row: Enrolment
    part: Activity
    content: Content
    at: datetime
    forms: dict[str, Any] = field(default_factory=dict)
    newer: bool = False
    """A draft was refused because another window saved a newer one."""

    @cached_property
    def progress(self) -> dict[str, Progress]:
        """What was done in the course so far, by part; read when it is first asked for."""
        return progress_queries.progress_of(self.row)

    @property
    def record(self) -> Progress | None:
        """What was done here so far."""
        return self.progress.get(self.part.code)

    def here(self, said: str) -> HttpResponse:
        """The page again, with a sentence."""
        return members.to("training-activity", said, self.row.ref, self.part.code)

    def at_anchor(self, anchor: str) -> HttpResponse:
        """The page again, at one of its sections."""
        href = reverse("training-activity", args=[self.row.ref, self.part.code])
        return HttpResponseRedirect(f"{href}#{anchor}")
