"""Drafts of texts in a course: kept for their writer alone until the text is sent or the writer deletes them.
A later save never covers what was written meanwhile in another window or on another device."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.kernel.members import MemberActor
from sauga.kernel.refusals import ActionRefused
from sauga.training.learning.actions.activities import NotByYourself, activity_of, own
from sauga.training.learning.actions.assignments import LONGEST, DoneAlready, TextUnfit
from sauga.training.learning.actions.progress import drop_draft, lock_learning, touch
from sauga.training.learning.models import Enrolment, PeerReview, TextDraft
from sauga.training.learning.queries import texts
from sauga.training.learning.queries.drafts import seen_of
from sauga.training.learning.rules.progress import Kind
from sauga.training.states import LEARNING


class NewerDraft(ActionRefused):
    """The draft was changed in another window since this page was opened."""

    message = _(
        "A newer draft was saved in another window or on another device. What you wrote here is not saved "
        "yet: compare the two and press “Save as draft” once more."
    )


@dataclass(frozen=True)
class Written:
    """What stands in a form that is not sent yet. `window` is the opened page, `seen` the draft that it
    showed (`queries.drafts.seen_of`)."""

    text: str
    points: Mapping[str, int] = field(default_factory=dict)
    window: str = ""
    seen: str = ""


def save(
    *,
    by: MemberActor,
    enrolment: Enrolment,
    activity: str,
    written: Written,
    at: datetime,
    review: PeerReview | None = None,
) -> TextDraft | None:
    """Keep what was written so far; None when nothing is left to keep.

    Raises NotYours, NotLearning, NotByYourself, NoSuchActivity, DoneAlready, TextUnfit, NewerDraft.
    """
    own(by, enrolment)
    text = written.text.strip()
    if len(text) > LONGEST:
        raise TextUnfit("long")
    with transaction.atomic():
        row = lock_learning(enrolment)
        _check_place(row, activity, review)
        held = row.drafts.filter(activity=activity, review=review).first()
        if held is not None and held.window != written.window and seen_of(held) != written.seen:
            raise NewerDraft
        touch(by, row, at, here=activity)
        if not (text or written.points) or _is_sent(row, activity, text, review):
            drop_draft(row, activity, review)
            return None
        made = held or TextDraft(enrolment=row, activity=activity, review=review)
        made.text = texts.seal(texts.key_of(row.holder), made, "text", text)
        made.points, made.window, made.saved_at = dict(written.points), written.window[:20], at
        made.save()
        return made


def delete(
    *,
    by: MemberActor,
    enrolment: Enrolment,
    activity: str,
    at: datetime,
    review: PeerReview | None = None,
) -> None:
    """The writer does not want the draft any more, whether the course goes on or not. Raises NotYours."""
    own(by, enrolment)
    with transaction.atomic():
        row = Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment.pk)
        drop_draft(row, activity, review)
        if row.state in LEARNING:
            touch(by, row, at)


def _check_place(row: Enrolment, activity: str, review: PeerReview | None) -> None:
    """Something can still be written here. Raises NotByYourself, NoSuchActivity, DoneAlready."""
    kind = activity_of(row, activity).kind
    if review is not None:
        if review.reviewer_id != row.pk or review.submission.activity != activity:
            raise NotByYourself
        if PeerReview.objects.filter(pk=review.pk, sent_at__isnull=False).exists():
            raise DoneAlready
    elif kind == Kind.ASSIGNMENT:
        if row.progress.filter(activity=activity, done_at__isnull=False).exists():
            raise DoneAlready
    elif kind != Kind.DISCUSSION:
        raise NotByYourself


def _is_sent(row: Enrolment, activity: str, text: str, review: PeerReview | None) -> bool:
    """This very text is what was sent last: a save that arrives after the sending makes no draft of it."""
    if review is not None:
        return False
    last = (
        row.submissions.filter(activity=activity).first()
        or row.posts.filter(activity=activity).order_by("posted_at").last()
    )
    return last is not None and texts.text_of(last, "text", row) == text
