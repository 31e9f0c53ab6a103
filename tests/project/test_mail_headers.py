"""Every kind of mail that Sauga sends says when it was written, what it is called, in which language, and
that a program wrote it.
"""

import ast
import mailbox
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from factories.people import SETUP, make_organisation

import sauga
from sauga.hotline.notices.actions import templates
from sauga.kernel import audit, clock
from sauga.kernel import notifications as notices
from sauga.kernel.identity import tasks
from sauga.kernel.identity.actions import invitations
from sauga.kernel.identity.models import Person, Role
from sauga.kernel.members import tasks as member_tasks
from sauga.kernel.members.actions import signin as member_signin
from sauga.kernel.members.models import SigninLink
from sauga.kernel.notifications import message_templates
from sauga.kernel.notifications.actions import mail_waiting
from sauga.kernel.notifications.head_mail import send_heads
from sauga.kernel.states import SystemActor
from sauga.portal.actions import reviews
from sauga.portal.actions.pages import write_page
from sauga.portal.actions.site_setup import set_up_site
from sauga.portal.models.articles import PlainPage
from sauga.portal.models.feedback import Feedback
from sauga.portal.models.landing_pages import HomePage
from sauga.world.internet import World
from tests.centre import Centre, centre, sign_in  # noqa: F401  a fixture
from tests.hotline.notices.test_notices import SILENT, due, run_jobs

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
READER = "reader@person.example"
COMPOSERS = {
    "kernel/identity/letters/mail.py": ("invitation", "reset"),
    "kernel/members/actions/mail.py": ("member_link",),
    "kernel/notifications/actions.py": ("notifications",),
    "kernel/notifications/head_mail.py": ("heads",),
    "hotline/notices/actions/notice_delivery.py": ("notice",),
    "certification/applications/mail_text.py": (),  # tests/certification/test_pages.py reads its mails
    "certification/sessions/mail_text.py": (),  # tests/certification/test_pages.py reads its mails
    "events/activities/documents.py": (),  # tests/events/activities/test_registrations.py reads its mails
    "events/followup/letters.py": (),  # tests/events/followup/test_mailings.py reads its mails
    "events/photos/mail_text.py": (),  # tests/events/photos/test_withdrawals.py reads its mails
    "events/proposals/letters.py": (),  # tests/events/proposals/test_review.py reads its mails
    "events/speakers/mail_text.py": (),  # tests/events/speakers/test_speakers.py reads its mails
    "events/registration/mail_text.py": (),  # tests/events/registration/test_pages.py reads its mails
    "panel/voice/mail_text.py": (),  # tests/panel/voice/test_voice_actions.py reads its mails
    "newsletter/mail_text.py": (),  # tests/newsletter/test_delivery.py reads its mails
    "training/viewing/documents.py": (),  # tests/training/viewing/test_hosts.py reads its mails
    "training/learning/documents.py": (),  # tests/training/learning/test_pages.py reads its mails
    "portal/actions/reviews.py": ("review",),
    "portal/views/feedback.py": ("feedback",),
}
"""Where mails are written, and the kinds of this test that are written there."""


def invitation(centre: Centre) -> str:
    row = invitations.invite_person(
        by=SETUP, email=READER, name="Nauja Pavyzdė", language="en", organisation=make_organisation(),
        role=Role.objects.get(code="AUDITOR"), zones=["hotline"], at=clock.now(),
    )  # fmt: skip
    tasks.send_link(row.pk)
    return "en"


def reset(centre: Centre) -> str:
    person = centre.people["EDITOR"]
    Person.objects.filter(pk=person.pk).update(email=READER)
    person.refresh_from_db()
    tasks.send_link(invitations.send_reset(by=SETUP, person=person, at=clock.now()).pk)
    return person.language


def member_link(centre: Centre) -> str:
    member_signin.ask_link(
        by=SystemActor("visitor"), address=READER, browser="b", language="en", wanted="", at=clock.now()
    )
    member_tasks.send_link(SigninLink.objects.get().pk)
    return "en"


def notifications(centre: Centre) -> str:
    person = centre.people["EDITOR"]
    Person.objects.filter(pk=person.pk).update(email=READER, language="en")
    person.refresh_from_db()
    message_templates.register_template("test.headers", "Work waits")
    notices.notify(to=person, template="test.headers", at=AT)
    assert mail_waiting(person_id=person.pk, at=AT + timedelta(hours=1)) is not None
    return "en"


def heads(centre: Centre, settings) -> str:
    settings.ENV = replace(settings.ENV, witness_mail=READER)
    send_heads([audit.OutsideHead("north", 1, b"1" * 32, AT, b"2" * 32, b"3" * 64)], AT)
    return "lt, en"


def notice(centre: Centre) -> str:
    templates.load_templates(AT)
    due(centre)
    run_jobs()
    return "en"


def planted() -> HomePage:
    set_up_site(by=SystemActor("site"), at=AT)
    return HomePage.objects.get(locale__language_code="lt")


def review(centre: Centre) -> str:
    page = PlainPage(
        title="Juodraštis",
        summary="Dar neskelbta.",
        review_by=AT.date() + timedelta(days=90),
        slug="juodrastis",
    )
    page.body = [{"type": "text", "value": "<p>Žodis po žodžio.</p>"}]
    page = write_page(by=centre.actor("EDITOR"), parent=planted(), page=page, at=AT)
    row = reviews.ask_review(
        by=centre.actor("EDITOR"),
        page=page,
        name="Ona",
        email=READER,
        language="lt",
        question="Ar aišku?",
        at=AT,
    )
    reviews.send_review(by=reviews.SCHEDULE, review_id=row.pk, at=AT)
    return "lt"


def feedback(centre: Centre) -> str:
    row = Feedback.objects.create(
        receipt=b"1" * 32,
        kind="mistake",
        text="Klaida.",
        page="",
        language="en",
        email=READER,
        received_at=AT,
        due_at=AT,
    )
    sign_in(centre, "EDITOR").post(f"/desk/portal/feedback/{row.ref}/", {"answer": "Thank you."})
    return "en"


KINDS = {
    made.__name__: made
    for made in (invitation, reset, member_link, notifications, heads, notice, review, feedback)
}


def to_reader(world: World) -> list[EmailMessage]:
    box = mailbox.Maildir(world.data / "demo" / "mail", create=True)
    found = [message_from_bytes(box.get_bytes(key), policy=policy.default) for key in box.keys()]  # noqa: SIM118  iterates over messages
    return [mail for mail in found if mail["Delivered-To"] in {READER, SILENT}]


@pytest.mark.parametrize("kind", KINDS)
def test_a_mail_has_its_date_its_name_and_its_language(kind: str, centre: Centre, world: World, settings):
    before = {mail["Message-ID"] for mail in to_reader(world)}
    language = heads(centre, settings) if kind == "heads" else KINDS[kind](centre)
    (mail,) = [one for one in to_reader(world) if one["Message-ID"] not in before]
    assert mail["Date"] is not None and mail["Date"].datetime.tzinfo is not None
    assert mail["Message-ID"].endswith(f"@{settings.ENV.mail_domain}>")
    assert mail["Content-Language"] == language
    assert mail["Auto-Submitted"] == "auto-generated"
    assert [
        len(mail.get_all(name)) for name in ("Date", "Message-ID", "Content-Language", "Auto-Submitted")
    ] == [1] * 4


def test_no_kind_of_mail_is_missing_above():
    """A file that writes mails stands in the table above, with a test of each kind."""
    root = Path(sauga.__file__).parent
    writers = {str(path.relative_to(root)) for path in root.rglob("*.py") if writes_mail(path)}
    assert writers - {"kernel/notifications/mail.py", "world/reports.py"} == set(COMPOSERS)
    assert {kind for kinds in COMPOSERS.values() for kind in kinds} == set(KINDS)


def writes_mail(path: Path) -> bool:
    """Whether a file makes a message, by itself or with `notices.compose`, which is known by
    its `body_text`.
    """
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name in {"EmailMessage", "MIMEText", "Letter"} and not node.args and not node.keywords:
                return True
            if name == "compose" and any(keyword.arg == "body_text" for keyword in node.keywords):
                return True
    return False
