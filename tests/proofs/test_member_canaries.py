"""A member's name, address and words are readable nowhere in what an installation keeps; and a few sign-ins
through the real worker without a lost mail.
"""

import subprocess

import pytest
from aiosmtpd.controller import Controller
from proofs.sinks import search
from rig.installation import free_port, new_installation
from rig.member import SIGN_IN, Mailbox, MemberVisitor

from sauga.project.postgresql import database

pytestmark = [pytest.mark.flow, pytest.mark.proof]
ASCII, LITHUANIAN = "narkanarq5zw", "žuvėdrėlėkanarė"
MAIL = f"{ASCII}@nariai.example"


@pytest.fixture(scope="module")
def mailbox():
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    box.port = controller.port
    yield box
    controller.stop()


@pytest.fixture(scope="module")
def installation(mailbox):
    with new_installation(SAUGA_SMTP_URL=f"smtp://127.0.0.1:{mailbox.port}", SAUGA_LOG_LEVEL="DEBUG") as made:
        yield made


def dumped(installation) -> bytes:
    with installation.connect() as connection:
        connection.execute("CHECKPOINT")
    done = subprocess.run([database.program("pg_dump"), installation.url], capture_output=True, check=True)
    (installation.folder / "dump.sql").write_bytes(done.stdout)
    return done.stdout


@pytest.mark.slow("an installation of its own is lived in")
def test_no_name_no_address_and_no_words_of_a_member_are_readable_anywhere(installation, mailbox):
    port = installation.serve(1, "--behind", "127.0.0.1")
    installation.start("-m", "sauga", "work")
    visitor = MemberVisitor(port, headers={"User-Agent": f"Mozilla {ASCII} Firefox Linux"})
    with visitor:
        visitor.post(SIGN_IN, email=f"ne-{ASCII}", next=f"/lt/mano/{ASCII}/")
        visitor.get(f"/lt/mano/nuoroda/{ASCII}/")
        visitor.ask(MAIL)
        visitor.enter(mailbox.link(MAIL))
        name = f"{ASCII} {LITHUANIAN}"
        assert visitor.submit("/lt/mano/paskyra/", name=name, language="lt").status == 302
        assert LITHUANIAN.encode() in visitor.get("/lt/mano/").page
        asked = visitor.submit(
            "/lt/mano/organizacijos/nauja/",
            organisation=f"{LITHUANIAN} mokykla",
            purpose=f"{ASCII} {LITHUANIAN}",
        )
        assert asked.status == 302
        assert MAIL.encode() in visitor.get("/lt/mano/duomenys/failas.json").page
        assert visitor.get("/lt/mano/duomenys/failas.pdf").page.startswith(b"%PDF")
        secret = next(value for key, value in visitor.cookies.items() if key.endswith("-member"))
    dump = dumped(installation)
    for table in (b"member", b"membersession", b"representation", b"signinlink"):
        assert b"COPY public.members_" + table in dump
    assert b"\tASKED\t" in dump
    assert search(installation.folder, [ASCII, LITHUANIAN, secret]) == []


def test_sign_ins_one_after_the_other_lose_no_mail(installation, mailbox):
    port = installation.serve(1)
    for number in range(10):
        with MemberVisitor(port) as visitor:
            visitor.ask(f"narys{number}@nariai.example")
            path = mailbox.link(f"narys{number}@nariai.example")
            assert path
            visitor.enter(path)
            assert visitor.get("/lt/mano/").status == 200
