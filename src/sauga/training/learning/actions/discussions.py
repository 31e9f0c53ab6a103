"""Discussions of small groups: learners of one group and the tutor read and write; a contribution that is
reported goes to the tutor, who may hide it. No private messages."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit, live
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.members import MemberActor
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, lock
from sauga.training.learning.actions.activities import NotByYourself, activity_of, own
from sauga.training.learning.actions.assignments import check_text
from sauga.training.learning.actions.progress import (
    CHANNEL,
    NotLearning,
    drop_draft,
    lock_learning,
    progress_of,
    settle,
    touch,
)
from sauga.training.learning.models import Cohort, Enrolment, Post
from sauga.training.learning.queries import texts
from sauga.training.learning.rules.progress import Kind
from sauga.training.permissions import Permission
from sauga.training.states import LEARNING
from sauga.training.trail import ZONE, Trail

LONGEST = 4_000
MOST_A_DAY = 40


class TooManyPosts(ActionRefused):
    """A person writes at most so much a day."""

    message = _("You have written very much today. Please go on tomorrow.")


def post(*, by: MemberActor, enrolment: Enrolment, activity: str, text: str, at: datetime) -> Post:
    """Write to one's group; with the first contribution the activity is done.

    Raises NotYours, NotLearning, NotByYourself, TextUnfit, TooManyPosts.
    """
    own(by, enrolment)
    held = check_text(text, LONGEST)
    with transaction.atomic():
        row = lock_learning(enrolment)
        if activity_of(row, activity).kind != Kind.DISCUSSION:
            raise NotByYourself
        day = at.replace(hour=0, minute=0, second=0, microsecond=0)
        if row.posts.filter(posted_at__gte=day).count() >= MOST_A_DAY:
            raise TooManyPosts
        made = Post(cohort=row.cohort, activity=activity, group=row.group, enrolment=row, posted_at=at)
        made.text = texts.seal(texts.key_of(row.holder), made, "text", held)
        made.save()
        drop_draft(row, activity)
        record = progress_of(row, activity, at)
        if record.done_at is None:
            record.done_at = at
            record.save(update_fields=["done_at"])
        touch(by, row, at, here=activity)
        settle(by, row, at)
        live.signal(CHANNEL)
        return made


def post_as_tutor(
    *, by: PersonActor, cohort: Cohort, activity: str, group: int, text: str, at: datetime
) -> Post:
    """A tutor writes to a group. Raises TextUnfit."""
    require(by, Permission.TUTOR, cohort)
    held = check_text(text, LONGEST)
    with transaction.atomic():
        made = Post(cohort=cohort, activity=activity, group=group, tutor_id=by.person_id, posted_at=at)
        made.text = texts.seal(texts.key_of(made.holder), made, "text", held)
        made.save()
        audit.record(by, Trail.POST_MODERATED, cohort, zone=ZONE, at=at, facts={"what": "written"})
        return made


def report(*, by: MemberActor, enrolment: Enrolment, post: Post, at: datetime) -> Post:
    """A member of the group tells the tutor that a contribution should be looked at. Raises NotLearning."""
    own(by, enrolment)
    if enrolment.state not in LEARNING or (enrolment.cohort_id, enrolment.group) != (
        post.cohort_id,
        post.group,
    ):
        raise NotLearning
    with transaction.atomic():
        row = lock(post)
        row.reported_at = row.reported_at or at
        row.save(update_fields=["reported_at"])
        live.signal(CHANNEL)
        return row


def set_hidden(*, by: Actor, post: Post, is_hidden: bool, at: datetime) -> Post:
    """A tutor hides a contribution from the group, or shows it again; either settles a report."""
    require(by, Permission.TUTOR, post.cohort)
    with transaction.atomic():
        row = lock(post)
        row.hidden_at, row.reported_at = (at if is_hidden else None), None
        row.save(update_fields=["hidden_at", "reported_at"])
        facts = {"what": "hidden" if is_hidden else "shown"}
        audit.record(by, Trail.POST_MODERATED, row.cohort, zone=ZONE, at=at, facts=facts)
        live.signal(CHANNEL)
        return row
