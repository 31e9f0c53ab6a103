"""Reading the demo's mail."""

from email.message import EmailMessage
from email.utils import format_datetime

import pytest

from sauga.world import mailbox


def test_nothing_before_the_first_mail(tmp_path):
    assert mailbox.messages(tmp_path / "none") == []


def test_letters_come_newest_first_with_their_parts(tmp_path):
    from datetime import UTC, datetime

    for day in (1, 3, 2):
        message = EmailMessage()
        message["Subject"], message["From"], message["Date"] = (
            f"Diena {day}",
            "a@a.example",
            format_datetime(datetime(2026, 10, day, tzinfo=UTC)),
        )
        message.set_content("Labas")
        message.add_attachment(b"{}", maintype="application", subtype="json", filename="xarf.json")
        mailbox.put(
            tmp_path / "m" / "mail",
            message.as_bytes(),
            recipient=f"d{day}@b.example",
            return_path="r@a.example",
        )
    found = mailbox.messages(tmp_path / "m" / "mail")
    assert [letter.subject for letter in found] == ["Diena 3", "Diena 2", "Diena 1"] and found[
        0
    ].text.strip() == "Labas"
    assert found[0].attachments[0].name == "xarf.json" and found[0].attachments[0].data == b"{}"
    assert [
        letter.recipient for letter in mailbox.messages(tmp_path / "m" / "mail", recipient="D2@b.example")
    ] == ["d2@b.example"]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe\x00",
        b"Subject: x\nContent-Type: text/plain; charset=nonsense\n\nabc",
        b"Date: yesterday\n\nx",
    ],
)
def test_odd_mail_is_still_shown(tmp_path, raw):
    mailbox.put(tmp_path / "mail", raw, recipient="a@b.example", return_path="")
    (letter,) = mailbox.messages(tmp_path / "mail")
    assert letter.recipient == "a@b.example" and letter.at.tzinfo


def test_the_mailbox_lies_in_the_data_folder(settings):
    assert mailbox.folder() == settings.ENV.data / "demo" / "mail"
