"""Our side of the protocol of clamd: what it answers, also badly, slowly or not at all."""

import os
import socket
import tempfile
import threading
from io import BytesIO

import pytest

from sauga.kernel.media import FileRefused, scan_now, scanner
from sauga.kernel.media.scanner import Answer, Clamd, NoScanner, ScannerUnavailable, UndecidedScanner
from sauga.kernel.outbound import BadServiceAddress, ServiceAddress
from sauga.project.settings.env import SettingsError, read
from tests.kernel.media.clamd_server import EICAR, VERSION, clamd

pytestmark = pytest.mark.unit


def client(server, **more) -> Clamd:
    return Clamd(ServiceAddress.read(server.address), **more)


def test_a_clean_file_arrives_whole_and_is_clean():
    content = os.urandom(scanner.CHUNK * 2 + 7)
    with clamd() as server:
        scan = client(server).scan(BytesIO(content))
    assert (scan.answer, scan.scanner) == (Answer.CLEAN, VERSION.decode())
    assert server.streams == [content] and server.commands == [b"zVERSION", b"zINSTREAM"]


def test_what_it_finds_is_named():
    with clamd() as server:
        scan = client(server).scan(BytesIO(b"x" + EICAR))
    assert (scan.answer, scan.signature) == (Answer.FOUND, "Eicar-Test-Signature")


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"\0",
        b"stream: OK",
        b"stream: OK OK\0",
        b"OK\0",
        b"stream: FOUND\0",
        b"INSTREAM size limit exceeded. ERROR\0",
        b"x" * 9000,
        b"stream: OK\0trailing\0",
        bytes(range(1, 256)) + b"\0",
    ],
)
def test_an_answer_that_means_nothing_is_no_answer(said):
    with clamd(answer=lambda _content: said) as server, pytest.raises(ScannerUnavailable, match="refused"):
        client(server, seconds=2).scan(BytesIO(b"a"))


def test_a_name_of_a_virus_cannot_carry_control_signs():
    with clamd(answer=lambda _content: b"stream: a\r\nb\x1b[31m FOUND\0") as server:
        scan = client(server).scan(BytesIO(b"a"))
    assert scan.answer is Answer.FOUND and scan.signature == "a??b??31m"


def test_it_may_stop_listening_before_the_end():
    with clamd(most=1000) as server, pytest.raises(ScannerUnavailable, match=r"refused|no_connection"):
        client(server, seconds=5).scan(BytesIO(bytes(20_000_000)))


def test_nobody_is_there():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    for address in (f"tcp://127.0.0.1:{port}", "unix:/nowhere/clamd.ctl"):
        with pytest.raises(ScannerUnavailable, match="no_connection"):
            Clamd(ServiceAddress.read(address)).scan(BytesIO(b"a"))


def test_it_never_answers():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        asked = Clamd(ServiceAddress.read(f"tcp://127.0.0.1:{silent.getsockname()[1]}"), 0.2, 0.2)
        with pytest.raises(ScannerUnavailable, match="slow"):
            asked.scan(BytesIO(b"a"))


def test_it_answers_one_byte_at_a_time_for_ever():
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def drip() -> None:
            link, _peer = listening.accept()
            with link:
                try:
                    while True:
                        link.sendall(b"x")
                except OSError:
                    return

        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        asked = Clamd(ServiceAddress.read(f"tcp://127.0.0.1:{listening.getsockname()[1]}"), 1, 0.3)
        with pytest.raises(ScannerUnavailable, match=r"slow|refused"):
            asked.ping()
        thread.join(5)


def test_it_listens_at_a_unix_socket_too():
    with tempfile.TemporaryDirectory(dir="/tmp") as folder, socket.socket(socket.AF_UNIX) as listening:
        path = f"{folder}/clamd.ctl"  # the name of a socket has little room
        listening.bind(path)
        listening.listen()

        def answer() -> None:
            link, _peer = listening.accept()
            with link:
                link.recv(100)
                link.sendall(b"PONG\0")

        thread = threading.Thread(target=answer)
        thread.start()
        Clamd(ServiceAddress.read(f"unix:{path}")).ping()
        thread.join(5)


@pytest.mark.parametrize(
    "text", ["", "clamd", "tcp://", "tcp://host", "unix:relative", "http://a:1", "tcp://a:b"]
)
def test_an_address_that_is_none_is_refused(text):
    with pytest.raises(BadServiceAddress):
        ServiceAddress.read(text)


def test_the_setting_decides(settings):
    settings.SCANNER = "none"
    assert isinstance(scanner.current(), NoScanner)
    assert scan_now(b"a").answer is Answer.NOT_ASKED
    settings.SCANNER = ""
    assert isinstance(scanner.current(), UndecidedScanner)
    with pytest.raises(FileRefused, match="unscanned"):
        scan_now(b"a")
    with clamd() as server:
        settings.SCANNER = server.address
        assert scan_now(b"a").answer is Answer.CLEAN
        with pytest.raises(FileRefused, match="virus"):
            scan_now(EICAR)


def test_a_setting_that_nobody_understands_stops_the_program():
    assert read({"SAUGA_SCANNER": "none"}).scanner == "none"
    for text in ("no", "clamd", "tcp://host", "tcp://user@host:1"):
        with pytest.raises(SettingsError, match="SAUGA_SCANNER"):
            read({"SAUGA_SCANNER": text})
