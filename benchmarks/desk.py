"""Processor time of one page of the desk and of one page of each public kind, beside a bare Django view that
returns the same bytes in the same run.

    python benchmarks/desk.py [--times 150] [--turns 3] [--only public]

Both are served by uvicorn with one process: ours is `sauga serve` with production settings, the peer one
Django view without middleware, session or database (`rig/plain.py`). What is counted is the processor time of
the web process, and apart from it that of the database, whatever else the machine does meanwhile. Public
pages are asked for with a cookie, so that each is rendered anew. Wanted: an empty page of the desk at most
8 ms, a list of 50 rows at most 20 ms, an uncached public page at most 8 ms.
"""

import argparse
import json
import os
from dataclasses import dataclass, field

from rig.bulk_data import grow, make_real
from rig.demo_data import GATE, PEOPLE, seed_demo
from rig.desk import Desk
from rig.figures import Aims, cpu_seconds, machine
from rig.installation import ANALYST, CUSTODIAN, Installation, free_port, new_installation, wait_for
from rig.visitor import Answer, Lost, Visitor
from worklist import LINK

EDITOR, READER, FOUNDER = "editor@awareness.example", "reviewer@helpline.example", "safety@helpline.example"
COORDINATOR = "coordinator@centre.example"
ROWS = 50
MOST = {"empty page": 8.0, "list of 50 rows": 20.0, "public page": 8.0}
EMPTY = {
    "own account": (ANALYST, "/desk/me/"),
    "hotline, worklist": (ANALYST, "/desk/hotline/?view=assess"),
    "helpline, letters": (READER, "/desk/helpline/letters/"),
    "repository, own drafts": (EDITOR, "/desk/repository/?view=mine"),
    "portal, reviews": (EDITOR, "/desk/portal/reviews/"),
    "statistics": (COORDINATOR, "/desk/statistics/"),
}
LISTS = {name: EMPTY[name] for name in ("hotline, worklist", "helpline, letters", "repository, own drafts")}
PUBLIC = {
    "home": "/lt/",
    "home, Ukrainian": "/uk/",
    "home, Russian": "/ru/",
    "home, Polish": "/pl/",
    "topic": "/lt/patycios/",
    "list of topics": "/lt/temos/",
    "audience": "/lt/mokytojams-ir-mokyklai/",
    "guide": "/lt/programeles-ir-zaidimai/tiktok-vadovas-vaikams-paaugliams-ir-tevams/",
    "explanation": "/lt/kas-yra/kas-yra-vpn/",
    "story": "/lt/istorijos/man-dave-valanda/",
    "letter builder": "/lt/kai-sunku/kaip-pasakyti-suaugusiajam/",
    "easy to read": "/lt/kas-yra-patycios-lengvai/",
    "news": "/lt/naujienos/",
    "news item": "/lt/naujienos/nauja-atmintine-ka-daryti-kai-uzgrobta-paskyra/",
    "Safer Internet Day": "/lt/saugesnio-interneto-diena/",
    "partners": "/lt/partneriai/",
    "resources": "/lt/istekliai/",
    "resource": "/lt/istekliai/patycios-pamoka/",
    "toolkit": "/lt/istekliai/patyciu-rinkinys/",
    "quiz": "/lt/istekliai/sid-2027-viktorina/",
    "self-check": "/lt/istekliai/saugos-testas/",
    "collection": "/lt/istekliai/rinkiniai/saugesnio-interneto-diena-2027/",
    "search": "/lt/paieska/",
    "search results": "/lt/paieska/?q=slaptazodis",
    "something happened": "/lt/kas-nutiko/",
    "what to report": "/lt/ka-pranesti/",
    "help": "/lt/pagalba/",
    "report": "/lt/pranesti/",
    "newsletter": "/lt/naujienlaiskis/",
    "statistics": "/lt/statistika/",
    "accessibility": "/lt/prieinamumas/",
    "privacy": "/lt/privatumas/",
}
STEPS = {"something happened, a step": ("/lt/kas-nutiko/", {"what": "picture"})}
"""Public pages that answer a form."""
FILL = """
import sys
from sauga.project import cli
cli.prepare()
from django.db import transaction
from sauga.helpline.letters.actions.letters import receive_letter
from sauga.kernel import clock, sealed
from sauga.kernel.identity import person_actor
from sauga.kernel.identity.models import Person
from sauga.kernel.states import SystemActor
from sauga.repository.resources.actions.bulk import create_resources
at, rows = clock.now(), int(sys.argv[2])
for number in range(rows):
    keys = sealed.receipt_keys(sealed.new_receipt(None, "lt"), sealed.Zone.HELPLINE)
    text = f"Labas. Noriu paklausti, kaip susirasti draugų naujoje mokykloje. {number}"
    receive_letter(by=SystemActor("child"), receipt=keys, language="lt", audience="CHILD", text=text, at=at)
drafts = [{"type": "lesson_plan", "title": {"lt": f"Pamoka {number}", "en": f"Lesson {number}"}}
  for number in range(rows)]
with transaction.atomic():
    by = person_actor(Person.objects.get(email=sys.argv[1]), at)
    create_resources(by=by, drafts=drafts, uuids=[None] * rows, how="desk", at=at)
"""


@dataclass
class Page:
    """One page: how it is asked for, and the milliseconds of processor time that each turn found for one
    request."""

    kind: str
    name: str
    path: str
    browser: Desk | Visitor
    answer: Answer
    fields: dict[str, str] = field(default_factory=dict)
    ours: list[float] = field(default_factory=list)
    database: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)

    def ask(self) -> int:
        """Ask for it once more; the status of the answer."""
        return _asked(self.browser, self.path, self.fields).status


def main() -> int:
    """Measure the empty pages, fill the lists, measure the rest; by the exit code, whether
    the aims were met.
    """
    parser = argparse.ArgumentParser()
    parser.add_argument("--times", type=int, default=150, help="requests for each page in each turn")
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--only", choices=("desk", "public"), help="only these pages")
    options = parser.parse_args()
    people = (ANALYST, CUSTODIAN, FOUNDER, READER, COORDINATOR, *PEOPLE)
    with new_installation(people, **GATE) as installation:
        os.environ.update(
            {name: value for name, value in installation.environ.items() if name.startswith("SAUGA_")}
        )
        from sauga.project import cli

        cli.prepare()
        port, accounts = installation.serve(1), installation.accounts()
        desks = {name: Desk(port, accounts[name]) for name in (ANALYST, READER, EDITOR, COORDINATOR)}
        print(f"{options.turns} × {options.times} requests for each page ({machine()})", flush=True)
        pages = []
        if options.only != "public":
            pages = [_page("empty page", name, path, desks[who]) for name, (who, path) in EMPTY.items()]
            _measure(installation, pages, options)
        for desk in desks.values():  # the server closes what is idle while the lists are filled
            desk.close()
        _fill(installation, desks[ANALYST])
        visitor = Visitor(port, headers={"User-Agent": "Mozilla/5.0", "Cookie": "a=b"})
        more = []
        if options.only != "public":
            more = [_page("list of 50 rows", name, path, desks[who]) for name, (who, path) in LISTS.items()]
        if options.only != "desk":
            more += [_page("public page", name, path, visitor) for name, path in PUBLIC.items()]
            more += [
                _page("public page", name, path, visitor, fields) for name, (path, fields) in STEPS.items()
            ]
        _measure(installation, more, options)
    return _judge([*pages, *more])


def _page(
    kind: str, name: str, path: str, browser: Desk | Visitor, fields: dict[str, str] | None = None
) -> Page:
    answer = _asked(browser, path, fields or {})
    assert answer.status == 200, (path, answer.status)
    rows = answer.page.count(b"<tr data-row")
    assert rows == (ROWS if kind == "list of 50 rows" else 0), f"{path} has {rows} rows"
    return Page(kind, name, path, browser, answer, fields or {})


def _asked(browser: Desk | Visitor, path: str, fields: dict[str, str]) -> Answer:
    return browser.post(path, **fields) if fields else browser.get(path)


def _fill(installation: Installation, analyst: Desk) -> None:
    """Everything that is listed: items at the hotline, letters, drafts, and the demo's site."""
    seed_demo(installation)  # first: the demo refuses a collection that it did not begin
    installation.python("-c", FILL, EDITOR, str(ROWS))
    with installation.connect() as connection:
        grow(connection, 1, 6000)
    make_real({ref.decode() for ref in LINK.findall(analyst.get(EMPTY["hotline, worklist"][1]).page)})


def _measure(installation: Installation, pages: list[Page], options: argparse.Namespace) -> None:
    """Ours and the peer by turns, so that both meet the same machine."""
    child, port = _peer(installation, pages)
    served, postmaster = installation.children[0].pid, installation.postmaster()
    for number, page in list(enumerate(pages)) * options.turns:
        page.browser.close()  # the server closes what was idle while other pages were measured
        asked = [page.ask() for _ in range(10)]
        before = cpu_seconds(served), cpu_seconds(postmaster)
        asked += [page.ask() for _ in range(options.times)]
        after = cpu_seconds(served), cpu_seconds(postmaster)
        assert set(asked) == {200}, (page.path, set(asked))
        for found, begin, end in zip((page.ours, page.database), before, after, strict=True):
            found.append((end - begin) * 1000 / options.times)
        began, times = cpu_seconds(child), 4 * options.times
        with Visitor(port) as bare:
            for _ in range(times):
                assert bare.get(f"/{number}").page == page.answer.page
        page.bare.append((cpu_seconds(child) - began) * 1000 / times)
    installation.stop(next(one for one in installation.children if one.pid == child))


def _peer(installation: Installation, pages: list[Page]) -> tuple[int, int]:
    """The bare view with these pages: its process and its port."""
    held = {}
    for number, page in enumerate(pages):
        lines = (line.decode("latin1").split(": ", 1) for line in page.answer.head.split(b"\r\n")[1:])
        headers = [pair for pair in lines if pair[0].lower() not in {"date", "content-length"}]
        held[f"/{number}"] = {"file": f"{number}.html", "headers": headers}
        (installation.folder / f"{number}.html").write_bytes(page.answer.page)
    (installation.folder / "pages.json").write_text(json.dumps(held), encoding="utf-8")
    port = free_port()
    child = installation.start("-m", "rig.plain", str(installation.folder), str(port))
    wait_for(lambda: _gives(port, "/0"), 30, "the bare view")
    return child.pid, port


def _gives(port: int, path: str) -> bool:
    try:
        with Visitor(port, patience=5) as visitor:
            return visitor.get(path).status == 200
    except Lost:
        return False


def _judge(pages: list[Page]) -> int:
    aims = Aims()
    for page in pages:
        ours, bare = (sum(found) / len(found) for found in (page.ours, page.bare))
        database = sum(page.database) / len(page.database)
        size = len(page.answer.page) / 1024
        beside = (
            f"{size:.0f} KiB, bare view {bare:.2f} ms, {ours / bare:.1f} times; database {database:.2f} ms"
        )
        aims.expect(f"{page.kind}, {page.name} ({beside})", ours, most=MOST[page.kind], unit=" ms")
    return aims.verdict()


if __name__ == "__main__":
    raise SystemExit(main())
