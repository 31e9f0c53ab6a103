"""Letters cannot carry foreign headers, and returned mail finds its way back whatever it looks like."""

import smtplib
from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from sauga.kernel import notifications
from sauga.kernel.notifications import mail
from sauga.kernel.notifications.bounces import dispatch, reports, smtp_listener
from sauga.kernel.notifications.bounces.reports import Kind, Report
from sauga.kernel.notifications.models import ReturnCount

AT = datetime(2027, 2, 9, 12, tzinfo=UTC)
TOKEN = "abcd1234efgh5678"
BACK = f"b+notice.{TOKEN}@sauga.example"


def letter(**changes):
    given = {
        "subject": "Dėl turinio šalinimo",
        "body_text": "Sveiki,\n\nžr. nuorodą.\n",
        "to": "abuse@host.example",
        "language": "lt",
        "at": AT,
    }
    return notifications.compose(**(given | changes))


def test_a_letter_reads_back_as_written(post):
    sent = letter(
        attachments=[notifications.Attachment("report.json", b'{"a": 1}', "application/json")],
        headers={"Reply-To": "hotline@sauga.example"},
        return_token=("notice", TOKEN),
    )
    assert notifications.deliver(sent).accepted
    (envelope,) = post.mails
    assert (envelope.mail_from, envelope.rcpt_tos) == (BACK, ["abuse@host.example"])
    got = message_from_bytes(envelope.content, policy=policy.default)
    assert got["Subject"] == "Dėl turinio šalinimo"
    assert got["Auto-Submitted"] == "auto-generated"
    assert got["Message-ID"].endswith("@sauga.example>")
    assert got["Reply-To"] == "hotline@sauga.example"
    assert got["Content-Language"] == "lt"
    assert got.get_body().get_content().split() == ["Sveiki,", "žr.", "nuorodą."]
    (file,) = got.iter_attachments()
    assert (file.get_filename(), file.get_content_type(), file.get_content()) == (
        "report.json",
        "application/json",
        b'{"a": 1}',
    )


def test_a_letter_without_token_comes_from_the_general_sender(post):
    assert notifications.deliver(letter()).accepted
    assert post.mails[0].mail_from == "noreply@sauga.example"


def test_a_recipient_the_door_refuses_is_not_accepted_for_good(post):
    handed = notifications.deliver(letter(to="root@localhost"))
    assert not handed.accepted and not handed.temporary
    assert post.mails == []


@pytest.mark.parametrize(
    "changes",
    [
        {"subject": "Labas\r\nBcc: all@host.example"},
        {"subject": "Labas\nX: y"},
        {"subject": "Labas\u2028X"},
        {"subject": ""},
        {"subject": "a" * 201},
        {"subject": "\ud800"},
        {"to": "abuse@host.example\r\nBcc: x@y.example"},
        {"to": "a@x.example, b@y.example"},
        {"to": "nobody"},
        {"to": ""},
        {"language": "lt\r\n"},
        {"headers": {"Bcc": "x@y.example"}},
        {"headers": {"X-A": "1\r\nX-B: 2"}},
        {"headers": {"X A": "1"}},
        {"body_text": "\ud800"},
        {"attachments": [mail.Attachment("../x", b"", "application/json")]},
        {"attachments": [mail.Attachment("x.json", b"", "application json")]},
        {"return_token": ("notice", "a b")},
        {"return_token": ("No.tice", TOKEN)},
    ],
)
def test_what_could_start_another_header_is_refused(changes):
    with pytest.raises(notifications.MailRefused):
        letter(**changes)


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_gives_one_header_or_a_refusal(subject, body):
    try:
        written = letter(subject=subject, body_text=body).as_bytes()
    except notifications.MailRefused:
        return
    got = message_from_bytes(written, policy=policy.default)
    assert set(got.keys()) >= {"From", "To", "Subject", "Date", "Message-ID"}
    assert len(got.keys()) <= 11


def dsn(action, status="5.1.1", extra="", report_type="delivery-status"):
    return f"""From: MAILER-DAEMON@mx.example
To: {BACK}
Subject: Delivery report
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type={report_type}; boundary="x"

--x
Content-Type: text/plain

Something happened.

--x
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; abuse@host.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 no such user
{extra}
--x
Content-Type: text/rfc822-headers

Subject: secret words

--x--
""".encode()


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (dsn("failed"), Report(Kind.FAILED, "5.1.1")),
        (dsn("Delivered (to mailbox)", "2.0.0"), Report(Kind.DELIVERED, "2.0.0")),
        (dsn("relayed", "2.0.0"), Report(Kind.RELAYED, "2.0.0")),
        (dsn("expanded", "2.0.0"), Report(Kind.RELAYED, "2.0.0")),
        (dsn("delayed", "4.4.1"), Report(Kind.DELAYED, "4.4.1")),
        (
            dsn(
                "delivered",
                "2.0.0",
                "\nFinal-Recipient: rfc822; b@host.example\nAction: failed\nStatus: 5.2.2\n",
            ),
            Report(Kind.FAILED, "5.2.2"),
        ),
        (dsn("failed", "garbage"), Report(Kind.FAILED, "5.1.1")),
        (dsn("danced"), None),
    ],
)
def test_delivery_reports_are_understood(raw, expected):
    assert reports.read(raw) == expected


@pytest.mark.parametrize(
    ("raw", "sender", "expected"),
    [
        (
            (
                b"From: Mail Delivery System <x@mx.example>\nSubject: Undelivered Mail Returned to "
                b"Sender\n\n550 5.7.1 refused"
            ),
            "",
            Report(Kind.FAILED, "5.7.1"),
        ),
        (
            b"From: MAILER-DAEMON@mx.example\nSubject: failure notice\n\nremote host said: 550 no",
            "x@mx.example",
            Report(Kind.FAILED, "550"),
        ),
        (
            b"From: postmaster@mx.example\nSubject: Warning: could not be delivered yet\n\nsorry",
            "",
            Report(Kind.DELAYED, ""),
        ),
        ("Subject: Laiškas nepristatytas\n\n452 4.2.2 pilna".encode(), "<>", Report(Kind.DELAYED, "4.2.2")),
        (
            b"From: MAILER-DAEMON@mx.example\nX-Failed-Recipients: a@b.example\nSubject: x\n\n",
            "",
            Report(Kind.FAILED, ""),
        ),
        (b"From: a@b.example\nSubject: Out of office\n\nback on Monday", "", None),
        (b"From: a@b.example\nSubject: undeliverable?\nAuto-Submitted: auto-replied\n\n", "", None),
        (b"From: a@b.example\nSubject: Undeliverable\nPrecedence: auto_reply\n\n", "", None),
        (b"From: a@b.example\nSubject: Undeliverable\nX-Autoreply: yes\n\n", "", None),
        (b"From: a@b.example\nSubject: undeliverable, you say\n\nwords", "a@b.example", None),
        (b"From: a@b.example\nSubject: thanks\n\nwords", "", None),
        (
            (
                b"Content-Type: multipart/report; report-type=disposition-notification; "
                b"boundary=x\nSubject: undeliverable\n\n--x--\n"
            ),
            "",
            None,
        ),
        (b"Content-Type: message/delivery-status\n\n", "", None),
        (b"Content-Type: message/delivery-status\nContent-Transfer-Encoding: base64\n\nAAAA", "", None),
        (
            b"From: MAILER-DAEMON@x.example\nSubject: Undeliverable\nContent-Type: text/html\n\n550 5.1.1 x",
            "",
            Report(Kind.FAILED, ""),
        ),
        (
            (
                b"From: MAILER-DAEMON@x.example\nSubject: Undeliverable\nContent-Type: multipart/mixed; "
                b"boundary=x\n\n--x\n\n450 x\n--x--"
            ),
            "",
            Report(Kind.DELAYED, "450"),
        ),
        (b"", "", None),
    ],
)
def test_plain_bounces_and_other_mail(raw, sender, expected):
    assert reports.read(raw, sender) == expected


@given(st.binary(max_size=2000))
def test_any_bytes_are_met_calmly(raw):
    told = reports.read(raw)
    assert told is None or told.kind in Kind


@given(st.data())
def test_mutated_reports_are_met_calmly(data):
    raw = bytearray(dsn("failed"))
    for place in data.draw(st.lists(st.integers(0, len(raw) - 1), max_size=30)):
        raw[place] = data.draw(st.integers(0, 255))
    told = reports.read(bytes(raw), data.draw(st.sampled_from(["", "a@b.example"])))
    assert told is None or (told.kind in Kind and len(told.code) <= 9)


def test_deeply_nested_mail_is_met_calmly():
    raw = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(3000))
    assert reports.read(raw) is None


@pytest.fixture
def told():
    heard = []
    dispatch.register("notice", lambda token, kind, code: heard.append((token, kind, code)))
    return heard


def test_prefixes_are_registered_once(told):
    with pytest.raises(ValueError, match="already"):
        dispatch.register("notice", print)
    with pytest.raises(ValueError, match="no prefix"):
        dispatch.register("Not-ice", print)


@pytest.mark.parametrize(
    "address",
    [
        f"b+other.{TOKEN}@sauga.example",
        f"b+notice.{TOKEN}@else.example",
        "b+notice.x@sauga.example",
        "b+notice",
        "",
    ],
)
def test_foreign_addresses_are_nobodys(told, address):
    assert dispatch.parse_address(address) is None


@pytest.mark.django_db
def test_reports_reach_the_service_once_an_address_and_leave_only_counts(told):
    assert dispatch.accept([BACK, BACK, "x@sauga.example"], dsn("failed"), "", AT) == [
        Report(Kind.FAILED, "5.1.1")
    ]
    dispatch.accept([BACK], dsn("failed"), "", AT)
    dispatch.accept([BACK], b"Subject: thanks\n\nwords", "a@b.example", AT)
    assert told == [(TOKEN, Kind.FAILED, "5.1.1")] * 2
    assert sorted(map(str, ReturnCount.objects.all())) == [
        "2027-02-09 notice failed",
        "2027-02-09 notice ignored",
    ]
    assert ReturnCount.objects.get(kind="failed").count == 2


@pytest.fixture
def listener(settings, transactional_db):
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    running = smtp_listener.serve(port)
    yield port
    running.stop()


def send_back(port, raw, sender="", to=BACK):
    with smtplib.SMTP("127.0.0.1", port, timeout=10) as smtp:
        smtp.sendmail(sender, [to], raw)


def test_the_listener_takes_only_our_addresses_and_hands_on(listener, told, caplog):
    caplog.set_level("INFO")
    assert smtp_listener.LOOPBACK == "127.0.0.1"
    send_back(listener, dsn("failed").replace(b"\n", b"\r\n"))
    assert told == [(TOKEN, Kind.FAILED, "5.1.1")]
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        send_back(listener, b"x", to="postmaster@sauga.example")
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, count FROM notices_returncount")
        assert cursor.fetchall() == [("failed", 1)]
    assert TOKEN not in caplog.text and "postmaster" not in caplog.text


def test_a_service_that_fails_keeps_the_mail_with_its_sender(listener):
    def broken(token, kind, code):
        raise ZeroDivisionError

    dispatch.register("notice", broken)
    with pytest.raises(smtplib.SMTPDataError) as refused:
        send_back(listener, dsn("failed"))
    assert refused.value.smtp_code == 451
    assert not ReturnCount.objects.exists()


def test_too_large_and_too_many_are_refused(listener, told):
    with pytest.raises(smtplib.SMTPException):
        send_back(listener, b"Subject: x\n\n" + b"a" * (smtp_listener.LARGEST + 10_000))
    with smtplib.SMTP("127.0.0.1", listener, timeout=10) as smtp:
        smtp.ehlo()
        smtp.mail("")
        codes = [smtp.rcpt(BACK)[0] for _ in range(smtp_listener.MOST_RECIPIENTS + 1)]
    assert codes[-2:] == [250, 452]
    assert told == []
