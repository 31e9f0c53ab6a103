"""Tables of broadcasts."""

from typing import Any, ClassVar

from django.db import models

from sauga.kernel.ids import new_reference
from sauga.kernel.states import Step
from sauga.training.states import STREAM, StreamState


class Stream(models.Model):
    """One broadcast."""

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    title = models.CharField(max_length=160)
    state = models.CharField(max_length=8, default=StreamState.PLANNED)
    starts = models.DateTimeField()

    state_tables: ClassVar[dict[str, Any]] = {"state": STREAM}
    steps: Any

    def __str__(self) -> str:
        return self.title


class StreamStep(Step):
    """One move of a broadcast; `states.move` writes it."""

    subject = models.ForeignKey(Stream, models.CASCADE, related_name="steps")
