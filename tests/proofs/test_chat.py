"""No lost word: whole conversations over real HTTP, one line in ten cut, and the server killed and started
again in the middle.
"""

import os
import random
import signal
import threading
import time
from contextlib import closing

import pytest
from rig.installation import free_port, is_free, new_installation, wait_for
from rig.line import PEOPLE, begin_talks, sides
from rig.pages import Gone, Page, Wire

pytestmark = [pytest.mark.flow, pytest.mark.proof]
TALKS, WORDS, CUT = 4, 40, 0.1


class Server:
    """`sauga serve` on one port, which can be killed and started again."""

    def __init__(self, installation):
        self.installation, self.port = installation, free_port()
        self.begin()

    def begin(self):
        self.child = self.installation.start(
            "-m", "sauga", "serve", "--port", str(self.port), "--workers", "2"
        )
        wait_for(self.answers, 120, "the web server")

    def answers(self):
        try:
            with closing(Wire(self.port, 5)) as wire:
                wire.send("GET", "/-/ready", {})
                return wire.answer()[0] == 200
        except (OSError, Gone):
            return False

    def kill(self):
        os.killpg(self.child.pid, signal.SIGKILL)
        self.child.wait(20)
        self.installation.children.remove(self.child)
        wait_for(lambda: is_free(self.port), 20, "the end of the last worker")


def speak(page, words, draw, said):
    for word in words:
        status, answer = page.say(word)
        assert status == 200, answer
        said.append(word)
        time.sleep(draw.uniform(0, 0.25))


@pytest.mark.slow("whole conversations at the pace of people, and a server that starts twice")
def test_no_word_is_lost_doubled_or_put_out_of_order():
    draw = random.Random(11)
    with new_installation(people=PEOPLE) as installation:
        made = begin_talks(installation, TALKS)
        server = Server(installation)
        pairs = sides(installation, server.port, made)

        def chance(page):
            return draw.random() < CUT

        pages = []
        for pair in pairs:
            for name, headers, paths in (
                ("child", pair.child, pair.child_paths),
                ("desk", pair.desk, pair.desk_paths),
            ):
                pages.append(Page(f"{name} {pair.ref}", lambda: server.port, headers, paths, chance))
        # The sweep begins once everybody is there: on a slow machine it would take children for lost that
        # have not opened their page yet.
        wait_for(lambda: all(page.heard for page in pages), 120, "the pages")
        installation.start("-m", "sauga", "work")
        said = [[] for _ in pages]
        threads = []
        for number, page in enumerate(pages):
            words = [f"{page.name} žodis {count}" for count in range(WORDS)]
            threads.append(
                threading.Thread(target=speak, args=(page, words, random.Random(number), said[number]))
            )
            threads[-1].start()
        time.sleep(4)
        server.kill()
        server.begin()
        for thread in threads:
            thread.join(180)
        end = time.monotonic() + 20
        whole = 2 * WORDS + 2
        while time.monotonic() < end and any(len(page.heard) < whole for page in pages):
            time.sleep(0.1)
        for page in pages:
            page.close()
        with installation.connect() as database:
            stored = database.execute("SELECT count(*) FROM helpline_message").fetchone()[0]
            states = {
                row[0] for row in database.execute("SELECT state FROM helpline_conversation").fetchall()
            }
    assert stored == TALKS * whole and states == {"ACTIVE"}
    for child, desk in zip(pages[::2], pages[1::2], strict=True):
        mine, theirs = said[pages.index(child)], said[pages.index(desk)]
        assert len(mine) == len(theirs) == WORDS
        for page in (child, desk):
            assert [number for number, *_ in page.heard] == list(range(1, whole + 1)), page.name
            assert [text for _, author, text, *_ in page.heard if author == "CHILD"][1:] == mine
            assert [text for _, author, text, *_ in page.heard if author == "COUNSELLOR"] == theirs
    cuts = [page.cuts for page in pages]
    assert min(cuts) > 0 and sum(cuts) > TALKS * WORDS * 0.1, (
        "the lines must have been cut, or this proves nothing"
    )
    late = sorted(seconds for page in pages for seconds in page.resumed)
    assert late, "somebody must have come back"
