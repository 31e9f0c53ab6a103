"""What is counted: each attempt to reach the line has one outcome, and a record where a talk took place."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sauga.kernel.data import About, Clear, Forever, Term
from sauga.kernel.ids import new_reference

PERSON = settings.AUTH_USER_MODEL


class Attempt(models.Model):
    """An attempt is one time a person tried to reach the line, with exactly one outcome.

    Statistics row: day, hour and durations, no words.

    It loses its link to the conversation, letter or call when that is purged; the row itself stays and keeps
    years comparable.
    """

    data = About(
        plain={"ref", "channel", "audience", "language", "outcome", "reason", "band"},
        keep=Forever(
            _("Days, hours, codes and durations without a link to anybody: years stay comparable."),
            what=_("Attempts to reach the helpline"),
        ),
    )

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    channel = models.CharField(max_length=16)
    audience = models.CharField(max_length=8, default="CHILD")
    language = models.CharField(max_length=2)
    day = models.DateField()
    hour = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=12, blank=True)
    reason = models.CharField(max_length=24, blank=True)
    band = models.CharField(max_length=12, blank=True)
    wait_seconds = models.PositiveIntegerField(null=True, blank=True)
    talk_seconds = models.PositiveIntegerField(null=True, blank=True)
    answer_minutes = models.PositiveIntegerField(null=True, blank=True)
    conversation = models.OneToOneField(
        "helpline.Conversation", models.SET_NULL, null=True, blank=True, related_name="attempt"
    )
    letter = models.ForeignKey(
        "helpline.Letter", models.SET_NULL, null=True, blank=True, related_name="attempts"
    )
    call = models.OneToOneField(
        "helpline.Call", models.SET_NULL, null=True, blank=True, related_name="attempt"
    )

    class Meta:
        indexes = [models.Index(fields=["day", "channel", "outcome"])]


class Record(models.Model):
    """A record is how one contact is coded for both networks at once (Child Helpline International and
    Insafe). Codes only but the note.
    """

    data = About(
        plain={
            "ref",
            "language",
            "caller_role",
            "relationship",
            "age_band",
            "gender",
            "risk",
            "suicidality",
            "topic",
            "more_topics",
            "internet",
            "insafe",
            "more_insafe",
            "place",
            "platform",
            "harm_detail",
            "actions",
            "ended_by",
            "non_data",
        },
        sealed={"note"},
        keep=(
            Term(
                90,
                after="day",
                code="helpline.note",
                name="note",
                where=models.Q(note_gone=False) & ~models.Q(note=b""),
                how=Clear({"note": b"", "note_gone": True}),
                holder=("holder",),
                what=_("Notes in contact records"),
                since=_("the day of the contact"),
            ),
            Forever(
                _("Codes without a link to anybody; the note has its own rule."),
                what=_("Contact records without their notes"),
            ),
        ),
    )

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    attempt = models.OneToOneField(Attempt, models.CASCADE, related_name="record")
    author = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    language = models.CharField(max_length=3)
    caller_role = models.CharField(max_length=24, blank=True)
    relationship = models.CharField(max_length=24, blank=True)
    age_year = models.PositiveSmallIntegerField(null=True, blank=True)
    age_band = models.CharField(max_length=16, blank=True)
    gender = models.CharField(max_length=16, blank=True)
    risk = models.CharField(max_length=12, blank=True)
    suicidality = models.CharField(max_length=24, blank=True)
    topic = models.CharField(max_length=40, blank=True)
    more_topics = models.JSONField(default=list)
    internet = models.CharField(max_length=12, blank=True)
    insafe = models.CharField(max_length=40, blank=True)
    more_insafe = models.JSONField(default=list)
    place = models.CharField(max_length=32, blank=True)
    platform = models.CharField(max_length=32, blank=True)
    harm_detail = models.CharField(max_length=32, blank=True)
    actions = models.JSONField(default=list)
    ended_by = models.CharField(max_length=16, blank=True)
    non_data = models.CharField(max_length=24, blank=True)
    note = models.BinaryField(default=bytes)
    note_gone = models.BooleanField(default=False)
    day = models.DateField()
    seconds = models.PositiveIntegerField(default=0)

    @property
    def holder(self) -> str:
        """Name of the data key of the note."""
        return f"record:{self.ref}"


class Feedback(models.Model):
    """Feedback is what a person ticked after a contact: aggregate only, without any link
    to a conversation.
    """

    data = About(
        plain={"channel", "language", "mood_before", "mood_after", "answers"},
        keep=Forever(_("Ticks without a link to anybody."), what=_("Feedback of those who were helped")),
    )

    day = models.DateField()
    channel = models.CharField(max_length=16)
    language = models.CharField(max_length=2)
    mood_before = models.CharField(max_length=12, blank=True)
    mood_after = models.CharField(max_length=12, blank=True)
    answers = models.JSONField(default=dict)
