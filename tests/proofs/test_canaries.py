"""No plaintext at rest and no trace of a visitor: marked words in every field, then every
place is searched.
"""

import gzip
import re
import shutil
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from proofs.around import ENVIRON, NUMBER, PEOPLE, listening
from proofs.line import live_at_the_line
from proofs.sinks import plant, search
from rig.desk import Desk
from rig.installation import ANALYST, CUSTODIAN, Installation, free_port, new_installation, wait_for
from rig.visitor import ADD, FORM, RETURN, Visitor, cut

from sauga.project.postgresql import database

pytestmark = [pytest.mark.flow, pytest.mark.proof]

# Parts of every canary; nothing else in the installation says them.
ASCII, LITHUANIAN, CONTROL = "kanarq7zw", "žąsųkanarėlė", "kontrolq8zw"
ADDRESS, SECOND = "2001:db8:ca5a:77::7e57", "198.51.100.237"
TRACES = {
    "X-Forwarded-For": f"{ADDRESS}, {SECOND}",
    "Forwarded": f"for={SECOND}",
    "X-Real-IP": SECOND,
    "User-Agent": f"Mozilla {ASCII}-agent",
    "Referer": f"https://{ASCII}-referer.example/",
    "Origin": f"https://{ASCII}-origin.example",
    "Accept-Language": f"{ASCII}, lt",
    "Cookie": f"seen={ASCII}-cookie",
    "X-Request-Id": f"{ASCII}-request",
}


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory):
    """An installation in which somebody has reported and erred, a child has talked and written, and staff
    have looked, written and decided."""
    spool = tmp_path_factory.mktemp("spool")
    temporary = tmp_path_factory.mktemp("temporary")
    with (
        _mail(spool) as port,
        new_installation(
            (ANALYST, CUSTODIAN, *PEOPLE),
            SAUGA_SMTP_URL=f"smtp://127.0.0.1:{port}",
            TMPDIR=str(temporary),
            SAUGA_LOG_LEVEL="DEBUG",
            **ENVIRON,
        ) as installation,
        listening(installation),
    ):
        words = _live(installation)
        for held in (spool, temporary):
            shutil.copytree(held, installation.folder / held.name, dirs_exist_ok=True)
        yield installation, words


class Keep:
    """A mail server that keeps all it is given."""

    def __init__(self, spool: Path) -> None:
        self.spool = spool

    async def handle_DATA(self, server, session, envelope):
        (self.spool / f"{time.time_ns()}").write_bytes(
            repr((envelope.mail_from, envelope.rcpt_tos)).encode() + envelope.content
        )
        return "250 OK"


@contextmanager
def _mail(spool: Path):
    controller = Controller(Keep(spool), hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def _live(installation: Installation) -> list[str]:
    port = installation.serve(1, "--behind", "127.0.0.1")
    with Visitor(port, headers=TRACES) as visitor:
        secrets = _report(visitor)
        _err(visitor)
    secrets += live_at_the_line(installation, port, TRACES, (ASCII, LITHUANIAN))
    _fail_in_the_database(installation)
    installation.python("-m", "sauga", "work", "--once")
    _look(installation, port)
    installation.python("-m", "sauga", "work", "--once")
    installation.python("-m", "sauga", "backup", str(installation.folder / "backup"))
    _settle_down(installation)
    return [ASCII, LITHUANIAN, ADDRESS, SECOND, NUMBER, NUMBER[1:], *secrets]


def _report(visitor: Visitor) -> list[str]:
    where = (
        f"https://{ASCII}.example/{ASCII}/{LITHUANIAN}?q={ASCII}\ngrupė „{LITHUANIAN} "
        f"{ASCII}“\nhttps://user:{ASCII}@kitas.example/"
    )
    answer = visitor.post(
        f"{FORM}?from={ASCII}", ticket=visitor.ticket(), where=where, category="CHILD_EXPLOITATION"
    )
    assert answer.status == 200
    code, words = (
        cut(answer.page, b"data-code>", b"<").decode(),
        re.findall(rb"<li>(\w+)</li>", cut(answer.page, b"data-receipt>", b"</ol>")),
    )
    text = f"{LITHUANIAN}: {ASCII} " * 3
    for step, given in {
        "danger": {"danger": "yes"},
        "path": {"referrer-1": f"https://forumas.example/{ASCII}/{LITHUANIAN}", "access-1": "LOGIN"},
        "circumstances": {"seen": "yesterday", "reporter_kind": "PUBLIC"},
        "note": {"note": text, "confirmed": "1"},
        "contact": {"contact": f"{ASCII}@pastas.example"},
    }.items():
        answer = visitor.post(
            ADD, **{"pass": cut(answer.page, b'name="pass" value="', b'"').decode(), "step": step, **given}
        )
        assert answer.status == 200, (step, answer.page[-3000:])
    answer = visitor.post(RETURN, receipt=code)
    assert ASCII.encode() in answer.page
    pass_ = cut(answer.page, b'name="pass" value="', b'"').decode()
    answer = visitor.post(RETURN, **{"pass": pass_, "message": f"Žinutė {text}", "confirmed": "1"})
    assert answer.status == 200
    return [code, code.replace("-", ""), b" ".join(words).decode(), pass_]


def _err(visitor: Visitor) -> None:
    """Everything that may go wrong, with the word in it."""
    visitor.post(FORM, ticket=ASCII, where=ASCII, category=ASCII)
    visitor.post(FORM, ticket=visitor.ticket(), where=f"{ASCII}\n" * 60, category=ASCII)
    visitor.post(ADD, **{"pass": ASCII, "step": ASCII, "note": ASCII})
    visitor.post(RETURN, receipt=f"{ASCII} {LITHUANIAN}")
    for path in (
        f"/lt/{ASCII}/",
        f"/desk/hotline/items/{ASCII}/",
        f"/desk/signin/?next=/{ASCII}",
        f"/lt/?q={ASCII}",
        f"/%ff{ASCII}",
    ):
        visitor.get(path)
    visitor.post("/desk/signin/", email=f"{ASCII}@pastas.example", password=ASCII, code="123456")
    visitor.send(f"POST {FORM} HTTP/1.1\r\nHost: {ASCII}.example\r\nContent-Length: 0\r\n\r\n".encode())
    visitor.send(
        f"POST {FORM} HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Proto: https\r\nContent-Length: "
        f"2000000\r\n\r\n".encode()
        + (ASCII + " ").encode() * 200_000
    )


def _fail_in_the_database(installation: Installation) -> None:
    """A statement that PostgreSQL refuses: its log must not keep the values."""
    import psycopg

    with installation.connect() as connection:
        for value in (ASCII, LITHUANIAN):
            with pytest.raises(psycopg.Error):
                connection.execute(
                    "INSERT INTO hotline_report (ref, note) VALUES (%s, %s)", (value[:12], value.encode())
                )
            with pytest.raises(psycopg.Error):
                connection.execute(
                    "INSERT INTO helpline_message (author, body) VALUES (%s, %s)", (value, value.encode())
                )
            with pytest.raises(psycopg.Error):
                connection.execute(f"SELECT 1 / 0 /* {value} */")


def _look(installation: Installation, port: int) -> None:
    accounts = installation.accounts()
    with installation.connect() as connection:
        report = connection.execute("SELECT ref FROM hotline_report").fetchone()[0]
        item = connection.execute(
            "SELECT ref FROM hotline_contentitem WHERE kind = 'WEB' ORDER BY id"
        ).fetchone()[0]
    desk = Desk(port, accounts[ANALYST], headers={"User-Agent": TRACES["User-Agent"]})
    assert f"{ASCII}.example".encode() in desk.get("/desk/hotline/").page
    desk.get(f"/desk/hotline/?find={ASCII}.example")
    assert desk.get(f"/desk/hotline/items/{item}/").status == 200
    assert ASCII.encode() in desk.post(f"/desk/hotline/items/{item}/reveal/", reason="ASSESS").page
    assert LITHUANIAN.encode() in desk.get(f"/desk/hotline/reports/{report}/").page
    desk.post(f"/desk/hotline/items/{item}/take/")
    desk.post(f"/desk/hotline/reports/{report}/write/", message=f"{LITHUANIAN} {ASCII}?", wait_days="7")
    desk.post(
        f"/desk/hotline/items/{item}/assess/",
        verdict="PROHIBITED",
        legal_act="IX_1067",
        note=f"{LITHUANIAN} {ASCII}",
    )
    desk.close()
    custodian = Desk(port, accounts[CUSTODIAN])
    assert custodian.get("/desk/hotline/contacts/").status == 200
    custodian.close()


def _settle_down(installation: Installation) -> None:
    """Everything on disk, and a dump of the database beside it."""
    with installation.connect() as connection:
        connection.execute("CHECKPOINT")
    done = subprocess.run([database.program("pg_dump"), installation.url], capture_output=True, check=True)
    (installation.folder / "dump.sql").write_bytes(done.stdout)
    assert b"COPY public.hotline_report" in done.stdout and b"COPY public.procrastinate_jobs" in done.stdout
    assert b"COPY public.django_session" in done.stdout
    for table in (
        *(
            b"message",
            b"whisper",
            b"transfer",
            b"letterpart",
            b"letterdraft",
            b"record",
            b"feedback",
            b"call",
            b"heardevent",
        ),
        *(
            b"concern",
            b"concernnote",
            b"helpcase",
            b"casenote",
            b"referral",
            b"hotlinelink",
            b"selfimage",
            b"review",
            b"debrief",
        ),
    ):
        assert _rows(done.stdout, b"helpline_" + table), table


def _rows(dump: bytes, table: bytes) -> int:
    """How many rows of a table the dump holds."""
    return dump.partition(b"COPY public." + table + b" ")[2].partition(b"\n\\.\n")[0].count(b"\n")


@pytest.mark.slow("a whole installation is lived in first")
def test_no_canary_is_found_anywhere(lived_in):
    installation, words = lived_in
    places = {
        path.relative_to(installation.folder).parts[0]
        for path in installation.folder.rglob("*")
        if path.is_file()
    }
    assert {"data", "log", "dump.sql", "backup", "heard", "exports"} <= places
    assert b"helpline.line." in (installation.folder / "heard").read_bytes(), (
        "descriptions of a call passed by"
    )
    assert list((installation.data / "postgres" / "pg_wal").glob("0*")) and list(
        (installation.data / "postgres" / "base").rglob("*")
    )
    assert search(installation.folder, words) == []


def test_the_search_finds_what_is_there(lived_in):
    """The control: words left on purpose in a table, a job, a session, a log and a file are found
    in every dress.
    """
    installation, _ = lived_in
    planted = plant(installation.folder / "planted", CONTROL)
    with installation.log.open("ab") as log:
        log.write(f"kept {CONTROL}\n".encode())
    with installation.connect() as connection:
        connection.execute("CREATE TABLE control (said text, raw bytea)")
        connection.execute(
            "INSERT INTO control VALUES (%s, %s)", (CONTROL, gzip.compress(CONTROL.encode() * 3))
        )
    _settle_down(installation)
    found = {hit.partition(":")[0] for hit in search(installation.folder, [CONTROL])}
    assert {f"planted/{name}" for name in planted} <= found
    assert {"log", "dump.sql"} <= found
    assert any(name.startswith("data/postgres/base/") for name in found), "database files"
    assert any(name.startswith("data/postgres/pg_wal/") for name in found), "write-ahead log"


def test_log_says_that_something_failed_without_saying_what(lived_in):
    """The log is not empty merely because nothing was written: the database's own says ERROR for the
    refused statements.
    """
    installation, _ = lived_in
    wait_for((installation.data / "postgres" / "log").exists, 5, "the database's log")
    assert b"ERROR" in (installation.data / "postgres" / "log").read_bytes()
