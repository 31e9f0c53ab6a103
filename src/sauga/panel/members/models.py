"""Tables of members of the panel, and of what keeps them safe: flags, what adults did, records for an
inquiry."""

from datetime import date, datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sauga.kernel.data import About, By, Forever, Term
from sauga.kernel.ids import new_reference
from sauga.kernel.sealed import KeyNotAvailable
from sauga.kernel.states import Step
from sauga.panel.states import EXPORT, FLAG, MEMBER, ExportState, FlagState, MemberState


def new_ref() -> str:
    """A reference that nobody can guess: 60 bits."""
    return new_reference(12)


def person(**kwargs: Any) -> Any:
    """A reference to a member of staff, who may leave."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", **kwargs
    )


class Member(models.Model):
    """A young person in the panel, under a pseudonym.

    `identity` (name, class, whom to ask) is sealed for the panel's team under the holder
    `panel-member:<ref>`. `account` is how the member signs in, what the consents belong to and who knows the
    month of birth; it goes with the identity, a term after `ended_at`. `school` is the register's number of
    the organisation that nominated the member, sealed under the account's key, so that it goes with the
    account, too. `paused_why` is a code; `told_14_at` is when the guardian was told that the member decides
    alone soon.
    """

    data = About(
        plain={"ref", "pseudonym", "state", "language", "paused_why"},
        sealed={"identity", "school"},
        on_public_pages=False,
        keep=(
            Forever(
                _("A pseudonym and a state; who it was is erased by a rule of its own."),
                what=_("Pseudonyms of panel members"),
            ),
            Term(
                30,
                after="ended_at",
                code="panel.identity",
                name="identity",
                how=By("sauga.panel.members.actions.daily.retain_identities"),
                what=_("Names and contacts of panel members"),
                since=_("the day the member left"),
            ),
        ),
    )

    ref = models.CharField(max_length=24, unique=True, default=new_ref)
    pseudonym = models.CharField(max_length=40, unique=True)
    state = models.CharField(max_length=12, default=MemberState.NOMINATED)
    language = models.CharField(max_length=5, default="lt")
    identity = models.BinaryField(default=bytes)
    account = models.OneToOneField(
        "members.Member", models.SET_NULL, null=True, blank=True, related_name="panel_member"
    )
    school = models.BinaryField(default=bytes)
    has_guardian = models.BooleanField(default=False)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    paused_why = models.CharField(max_length=24, blank=True)
    nominated_at = models.DateTimeField()
    active_since = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    told_14_at = models.DateTimeField(null=True, blank=True)

    state_tables: ClassVar[dict[str, Any]] = {"state": MEMBER}
    steps: Any

    def __str__(self) -> str:
        return self.pseudonym

    @property
    def holder(self) -> str:
        """Whose data key opens the identity."""
        return f"panel-member:{self.ref}"

    @property
    def birth_month(self) -> date:
        """The first day of the month of birth, opened with the account's key. Raises KeyNotAvailable once the
        member was erased."""
        month = self.account.birth_month if self.account is not None else None
        if month is None:
            raise KeyNotAvailable("the account is gone")
        return month

    @property
    def shown_name(self) -> Any:
        """The pseudonym; of a member who left, that it was a member."""
        return gettext("a former member") if self.state == MemberState.LEFT else self.pseudonym


class MemberStep(Step):
    """A move of a member's state."""

    subject = models.ForeignKey(Member, models.CASCADE, related_name="steps")


class Flag(models.Model):
    """Something may be wrong with a member: the member pressed the button, or words of risk were found in
    what the member wrote.

    `words` (what the member wrote on the button's page) are sealed for the panel's team under the flag's own
    key; `answer` is sealed under the key of the member's account, so that the member's page can show it.
    `about_adult`: an adult of the panel is meant, and only the safeguarding lead sees it; `adult` is whom the
    member named, who never does. From `stood_in_at` on the coordinator sees it, too, because no lead could.
    `where` says from which page, as a code and reference. `wants_helpline` is what the member said about our
    telling the helpline; `referral` is what it was passed on as, with how far it has got there.
    """

    data = About(
        plain={"ref", "state", "kind", "where", "outcome", "referral", "referral_state", "referral_outcome"},
        sealed={"words", "answer"},
        on_public_pages=False,
        keep=Term(
            3 * 365,
            after="answered_at",
            holder=("holder",),
            what=_("Safety reports of panel members"),
            since=_("the day of the answer"),
            page="panel-flag",
        ),
    )

    ref = models.CharField(max_length=24, unique=True, default=new_ref)
    member = models.ForeignKey(Member, models.CASCADE, related_name="flags")
    state = models.CharField(max_length=12, default=FlagState.OPEN)
    kind = models.CharField(max_length=16)
    about_adult = models.BooleanField(default=False)
    where = models.CharField(max_length=60, blank=True)
    words = models.BinaryField(default=bytes)
    answer = models.BinaryField(default=bytes)
    outcome = models.CharField(max_length=24, blank=True)
    wants_helpline = models.BooleanField(null=True, blank=True)
    referral = models.CharField(max_length=40, blank=True)
    referral_state = models.CharField(max_length=12, blank=True)
    referral_outcome = models.CharField(max_length=24, blank=True)
    adult = person()
    stood_in_at = models.DateTimeField(null=True, blank=True)
    raised_at = models.DateTimeField()
    due_at = models.DateTimeField()
    taken_by = person()
    taken_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    state_tables: ClassVar[dict[str, Any]] = {"state": FLAG}
    steps: Any

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "due_at"], name="panel_flag_due")
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def holder(self) -> str:
        """Whose data key opens the words."""
        return f"panel-flag:{self.ref}"

    def is_late(self, at: datetime) -> bool:
        """Whether it was not taken in time."""
        return self.state == FlagState.OPEN and at > self.due_at


class FlagStep(Step):
    """A move of a flag's state."""

    subject = models.ForeignKey(Flag, models.CASCADE, related_name="steps")


class AdultAct(models.Model):
    """Something that an adult of the panel did and that concerns one member, or all of them. It waits until a
    second adult has seen it.

    `adult_name` is the pseudonym of the audit log, which stays when the account goes. `is_confidential`: it
    concerns a flag about an adult, or an inquiry, so facilitators do not see it; `hidden_from` is the adult
    whom the flag names.
    """

    data = About(
        plain={"adult_name", "what", "where"},
        on_public_pages=False,
        keep=Term(
            5 * 365,
            after="at",
            code="panel.adult_act",
            what=_("What adults did in the panel"),
            since=_("the day of the act"),
        ),
    )

    adult = person()
    adult_name = models.CharField(max_length=40)
    member = models.ForeignKey(Member, models.CASCADE, null=True, blank=True, related_name="adult_acts")
    what = models.CharField(max_length=40)
    where = models.CharField(max_length=60, blank=True)
    is_confidential = models.BooleanField(default=False)
    hidden_from = person()
    at = models.DateTimeField()
    seen_by = person()
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["at"], name="panel_adult_act_at")]

    def __str__(self) -> str:
        return self.what


class Export(models.Model):
    """The records about one member for an inquiry: asked for by one person, approved by another, taken
    once."""

    data = About(
        plain={"ref", "state", "reason"},
        on_public_pages=False,
        keep=Term(
            5 * 365,
            after="asked_at",
            what=_("Records of the panel for an inquiry"),
            since=_("the day they were asked for"),
            page="panel-export",
        ),
    )

    ref = models.CharField(max_length=24, unique=True, default=new_ref)
    member = models.ForeignKey(Member, models.CASCADE, related_name="exports")
    state = models.CharField(max_length=12, default=ExportState.ASKED)
    reason = models.CharField(max_length=24)
    asked_by = person()
    decided_by = person()
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)

    state_tables: ClassVar[dict[str, Any]] = {"state": EXPORT}
    steps: Any

    def __str__(self) -> str:
        return self.ref


class ExportStep(Step):
    """A move of an export's state."""

    subject = models.ForeignKey(Export, models.CASCADE, related_name="steps")
