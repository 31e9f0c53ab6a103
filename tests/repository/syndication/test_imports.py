"""An import as a whole: reported on first, stored together or not at all, recognised when it comes again,
taken back together.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from factories.resources import draft, published, with_file

from sauga.kernel import live
from sauga.kernel.audit.models import TrailLine
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.kit.imports import progress, runs
from sauga.kernel.states import MoveNotAllowed
from sauga.repository.resources.actions import bulk, resources
from sauga.repository.resources.models import Resource
from sauga.repository.resources.queries.snapshots import content_of
from sauga.repository.search.models import SearchEntry
from sauga.repository.states import ImportState
from sauga.repository.syndication import tasks
from sauga.repository.syndication.actions import imports
from sauga.repository.syndication.actions.imports import RESOURCES
from sauga.repository.syndication.models import ImportRun
from tests.centre import AT, Centre, centre  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db
HEAD = "id;type;title_lt;title_en;licence;topics;age_min;review_by;source"
LATER = AT + timedelta(hours=1)


def lines(count: int, first: int = 1, **more: str) -> str:
    """So many good records."""
    made = [
        f"A-{n};poster;Plakatas {n};Poster {n};CC-BY-4.0;media_literacy;7;2027-05-01;Kitas centras"
        for n in range(first, first + count)
    ]
    return "\n".join([HEAD, *made]) + "\n"


def taken(centre: Centre, content: str, *, name: str = "sarasas.csv", again: bool = False) -> ImportRun:
    return RESOURCES.take_file(
        by=centre.actor("EDITOR"), name=name, content=content.encode(), at=AT, again=again
    )


def reported(centre: Centre, content: str, *, again: bool = False) -> ImportRun:
    return RESOURCES.read_run(by=centre.actor("EDITOR"), run=taken(centre, content, again=again), at=AT)


def stored(centre: Centre, content: str, *, with_changed: bool = False, again: bool = False) -> ImportRun:
    run = reported(centre, content, again=again)
    run = RESOURCES.bring_in(by=centre.actor("EDITOR"), run=run, at=AT, with_changed=with_changed)
    return RESOURCES.store_run(by=centre.actor("EDITOR"), run=run, at=AT)


def counts(run: ImportRun) -> tuple[int, int, int, int]:
    return run.fresh, run.changed, run.unchanged, run.refused


def outcomes(run: ImportRun) -> list[tuple[int, str, list[str]]]:
    return [
        (row.number, row.outcome, [found[1] for found in row.problems]) for row in run.rows.order_by("number")
    ]


def test_the_report_comes_first_and_writes_nothing(centre: Centre):
    run = reported(centre, lines(3) + "A-9;postr;Klaida;;CC-BY-4.0;;;;\n")
    assert (run.state, counts(run), Resource.objects.count()) == (ImportState.REPORTED, (3, 0, 0, 1), 0)
    assert outcomes(run)[-1] == (5, "refused", ["unknown_code"])
    assert run.file.name == ""
    RESOURCES.drop_run(by=centre.actor("EDITOR"), run=run, at=AT)
    assert Resource.objects.count() == 0


def test_bringing_in_makes_drafts_as_the_form_would(centre: Centre):
    run = stored(centre, lines(3))
    assert run.state == ImportState.STORED
    rows = list(Resource.objects.order_by("pk"))
    assert [row.slug_lt for row in rows] == ["plakatas-1", "plakatas-2", "plakatas-3"]
    assert {row.state for row in rows} == {"draft"} and not SearchEntry.objects.exists()
    assert TrailLine.objects.filter(action="resource:created").count() == 3
    assert TrailLine.objects.get(action="records:imported").facts == {
        "format": "csv",
        "rows": 3,
        "refused": 0,
    }
    fields = imports.fields_of(run.rows.order_by("number").first().content)
    alone = resources.create_resource(
        by=centre.actor("EDITOR"), at=AT, how="import", **{**fields, "slug_lt": "kitas", "slug_en": "other"}
    )
    alone = Resource.objects.get(pk=alone.pk)
    for field in Resource._meta.concrete_fields:
        if field.name not in {"id", "ref", "uuid", "slug_lt", "slug_en"}:
            assert getattr(rows[0], field.name) == getattr(alone, field.name), field.name


def test_the_same_file_is_recognised_and_brings_no_doubles(centre: Centre):
    first = stored(centre, lines(3))
    with pytest.raises(runs.SameFileAgain) as same:
        taken(centre, lines(3))
    assert same.value.run == first
    assert counts(reported(centre, lines(3), again=True)) == (0, 0, 3, 0)
    more = stored(centre, lines(5))
    assert (counts(more), Resource.objects.count()) == ((2, 0, 3, 0), 5)


def test_records_are_known_by_identifier_and_without_one_by_address(centre: Centre):
    head = "type;title_lt;licence;abstract_lt"
    first = stored(centre, f"{head}\nposter;Be numerio;CC0-1.0;\n")
    assert counts(first) == (1, 0, 0, 0)
    run = reported(centre, f"{head}\nposter;Be numerio;CC0-1.0;Dabar su santrauka\n")
    assert counts(run) == (0, 1, 0, 0) and run.rows.get().before == {"differs": ["abstract_lt"]}
    run = reported(centre, "id;type;title_lt;licence\nX-1;poster;Be numerio;CC0-1.0\n")
    assert counts(run) == (1, 0, 0, 0)
    run = reported(centre, "id;slug_lt;type;title_lt;licence\nX-1;be-numerio;poster;Be numerio;CC0-1.0\n")
    assert outcomes(run) == [(2, "refused", ["taken"])]


def test_doubles_within_a_file_are_refused_with_the_first_row(centre: Centre):
    run = reported(centre, lines(2) + "A-1;poster;Visai kitas;;CC0-1.0;;;;\n")
    assert run.rows.get(outcome="refused").problems == [["id", "double", "2"]]
    head = "slug_lt;slug_en;type;title_lt;licence"
    run = reported(
        centre,
        f"{head}\nvienas;one;poster;A;CC0-1.0\nvienas;two;poster;B;CC0-1.0\n;;poster;C;CC0-1.0\n;;"
        f"poster;C;CC0-1.0\n",
    )
    assert [(row.number, row.problems) for row in run.rows.filter(outcome="refused").order_by("number")] == [
        (3, [["slug_lt", "double", "2"]]),
        (5, [["title_lt", "double", "4"]]),
    ]
    same_titles = "id;type;title_lt;licence\n1;poster;Tas pats;CC0-1.0\n2;poster;Tas pats;CC0-1.0\n"
    stored(centre, same_titles)
    assert sorted(Resource.objects.values_list("slug_lt", flat=True)) == ["tas-pats", "tas-pats-2"]


def test_changes_are_left_out_unless_asked_for_and_go_into_drafts(centre: Centre):
    live = published(centre, title={"lt": "Gyvas plakatas", "en": "Live poster"})
    row = Resource.objects.get(pk=live.pk)
    content = (
        f"id;type;title_lt;licence;attribution\n{row.uuid};{row.type};Gyvas plakatas;{row.licence};Nauja\n"
    )
    run = stored(centre, content)
    assert (counts(run), row.revisions.count()) == ((0, 1, 0, 0), 0)
    run = stored(centre, content, with_changed=True, again=True)
    revision = row.revisions.get()
    assert (revision.attribution, revision.state, Resource.objects.get(pk=row.pk).attribution) == (
        "Nauja",
        "draft",
        "",
    )
    assert run.rows.get().resource == revision
    assert counts(reported(centre, content, again=True)) == (0, 0, 1, 0)


def test_a_change_keeps_what_no_column_names(centre: Centre):
    row = draft(centre, accessibility={"features": ["taggedPDF"], "access_mode_sufficient": [["textual"]]})
    before = content_of(row)
    stored(
        centre,
        f"id;type;title_lt;licence;features\n{row.uuid};{row.type};Kitas "
        f"vardas;{row.licence};alternativeText\n",
        with_changed=True,
    )
    after = content_of(Resource.objects.get(pk=row.pk))
    assert after["title"] == {"lt": "Kitas vardas", "en": "A lesson about chats"}
    assert after["accessibility"] == {
        "features": ["alternativeText"],
        "access_mode_sufficient": [["textual"]],
    }
    assert {name for name in before if before[name] != after[name]} == {"title", "accessibility"}


def test_what_is_being_checked_or_was_taken_back_is_refused(centre: Centre):
    from sauga.repository.resources.actions import publication, review

    busy = draft(centre, title={"lt": "Tikrinamas", "en": "In review"})
    with_file(centre, busy)
    review.submit_resource(by=centre.actor("EDITOR"), resource=busy, at=AT)
    gone = published(centre, title={"lt": "Atšauktas", "en": "Withdrawn"})
    publication.withdraw_resource(
        by=centre.actor("SAFEGUARDING_EDITOR"), resource=gone, reason={"lt": "Klaida.", "en": "Wrong."}, at=AT
    )
    run = reported(centre, "type;title_lt;licence\nposter;Tikrinamas;CC0-1.0\nposter;Atšauktas;CC0-1.0\n")
    assert outcomes(run) == [(2, "refused", ["busy"]), (3, "refused", ["gone"])]


def test_a_slot_that_the_resource_does_not_have_is_refused(centre: Centre):
    run = reported(centre, 'type;title_lt;licence;body_lt\nposter;Su vieta;CC0-1.0;"[[logo]]"\n')
    assert run.rows.get().problems == [["body_lt", "slots", "logo"]]


def test_what_changed_since_the_report_is_shown_before_anything_is_written(centre: Centre):
    run = reported(centre, lines(3))
    resources.create_resource(
        by=centre.actor("EDITOR"),
        at=AT,
        uuid=run.rows.first().uuid,
        type="poster",
        title={"lt": "Kito ranka"},
        licence="CC0-1.0",
    )
    run = RESOURCES.bring_in(by=centre.actor("EDITOR"), run=run, at=AT)
    run = RESOURCES.store_run(by=centre.actor("EDITOR"), run=run, at=AT)
    assert (run.state, counts(run), Resource.objects.count()) == (ImportState.REPORTED, (2, 1, 0, 0), 1)
    run = RESOURCES.bring_in(by=centre.actor("EDITOR"), run=run, at=LATER)
    assert RESOURCES.store_run(by=centre.actor("EDITOR"), run=run, at=LATER).state == ImportState.STORED
    assert Resource.objects.count() == 3


def test_an_address_taken_in_the_last_moment_leaves_nothing_half_stored(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
):
    run = reported(centre, "slug_lt;type;title_lt;licence\nvienas;poster;A;CC0-1.0\ndu;poster;B;CC0-1.0\n")
    run = RESOURCES.bring_in(by=centre.actor("EDITOR"), run=run, at=AT)
    original = imports.create_resources

    def raced(**given: Any) -> Any:
        draft(centre, slug_lt="du")  # as another transaction would, between the look and the writing
        return original(**given)

    monkeypatch.setattr(imports, "create_resources", raced)
    run = RESOURCES.store_run(by=centre.actor("EDITOR"), run=run, at=AT)
    assert (run.state, Resource.objects.count()) == (ImportState.REPORTED, 0)


def test_an_import_is_taken_back_as_a_whole(centre: Centre):
    own = draft(centre, title={"lt": "Savas"}, attribution="Sena")
    live = published(centre, title={"lt": "Gyvas", "en": "Live"})
    content = (
        "id;type;title_lt;licence;attribution\n"
        f"{own.uuid};poster;Savas;CC0-1.0;Nauja\n{live.uuid};poster;Gyvas;CC0-1.0;Nauja\n;poster;Visai "
        f"naujas;CC0-1.0;\n"
    )
    run = stored(centre, content, with_changed=True)
    assert Resource.objects.count() == 4
    run = RESOURCES.undo_run(
        by=centre.actor("EDITOR"),
        run=RESOURCES.take_back(by=centre.actor("EDITOR"), run=run, at=LATER),
        at=LATER,
    )
    assert run.state == ImportState.UNDONE
    assert {row.pk for row in Resource.objects.all()} == {own.pk, live.pk}
    own.refresh_from_db()
    assert (own.attribution, own.type, own.licence) == ("Sena", "lesson_plan", "CC-BY-4.0")
    assert TrailLine.objects.filter(action="resource:discarded").count() == 2


@pytest.mark.parametrize("hand", ["edit", "file", "toolkit"])
def test_an_import_that_others_have_worked_on_is_not_taken_back(centre: Centre, hand: str):
    run = stored(centre, lines(2))
    row = Resource.objects.order_by("pk").first()
    if hand == "edit":
        resources.edit_resource(by=centre.actor("EDITOR"), resource=row, at=LATER, attribution="Mano")
    elif hand == "file":
        importing_file = with_file(centre, row)
        type(row).objects.filter(pk=importing_file.resource_id).update(modified_at=LATER)
    else:
        resources.set_parts(
            by=centre.actor("EDITOR"), resource=draft(centre, type="toolkit"), parts=[row], at=LATER
        )
    run = RESOURCES.take_back(by=centre.actor("EDITOR"), run=run, at=LATER)
    run = RESOURCES.undo_run(by=centre.actor("EDITOR"), run=run, at=LATER)
    assert (run.state, run.notes["touched"]) == (ImportState.STORED, [row.ref])
    assert Resource.objects.filter(source="Kitas centras").count() == 2


def test_a_file_that_cannot_be_read_ends_there(centre: Centre):
    run = reported(centre, "pavadinimas\nA\n")
    assert (run.state, run.notes["why"], run.file.name) == (ImportState.UNREADABLE, "header", "")
    with pytest.raises(MoveNotAllowed):
        RESOURCES.bring_in(by=centre.actor("EDITOR"), run=run, at=AT)


def test_a_fault_is_said_and_writes_nothing(centre: Centre, monkeypatch: pytest.MonkeyPatch):
    run = RESOURCES.bring_in(by=centre.actor("EDITOR"), run=reported(centre, lines(2)), at=AT)

    def broken(**_given: Any) -> Any:
        raise OSError("disk")

    monkeypatch.setattr(imports, "create_resources", broken)
    with pytest.raises(OSError, match="disk"):
        tasks.import_run(run.pk)
    run.refresh_from_db()
    assert (run.state, Resource.objects.count(), run.steps.order_by("-pk").first().why) == (
        ImportState.REPORTED,
        0,
        "fault",
    )


def test_jobs_do_the_step_that_waits_and_nothing_twice(centre: Centre):
    run = taken(centre, lines(2))
    for _ in range(2):
        tasks.import_run(run.pk)
        run.refresh_from_db()
        assert run.state == ImportState.REPORTED
    RESOURCES.bring_in(by=centre.actor("EDITOR"), run=run, at=AT)
    for _ in range(2):
        tasks.import_run(run.pk)
    assert Resource.objects.count() == 2
    assert tasks.import_run(0) is None
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'repository.import_run'")
        assert cursor.fetchone()[0] >= 1


def test_only_who_may_import_does(centre: Centre):
    for role in ("PARTNER_MANAGER", "SAFEGUARDING_EDITOR"):
        with pytest.raises(PermissionRefused):
            RESOURCES.take_file(by=centre.actor(role), name="a.csv", content=lines(1).encode(), at=AT)
    run = reported(centre, lines(1))
    for act in (
        RESOURCES.bring_in,
        RESOURCES.drop_run,
        RESOURCES.take_back,
        RESOURCES.read_run,
        RESOURCES.store_run,
        RESOURCES.undo_run,
    ):
        with pytest.raises(PermissionRefused):
            act(by=centre.actor("PARTNER_MANAGER"), run=run, at=AT)
    with pytest.raises(PermissionRefused):
        bulk.create_resources(by=centre.actor("PARTNER_MANAGER"), drafts=[], uuids=[], how="import", at=AT)
    with pytest.raises(PermissionRefused):
        bulk.discard_resources(by=centre.actor("PARTNER_MANAGER"), resources=[], at=AT)


def test_progress_is_kept_while_a_long_file_is_read(centre: Centre):
    run = taken(centre, lines(1100))
    seen = []
    from sauga.kernel import live

    original = live.signal
    try:
        live.signal = lambda channel, after="": seen.append(ImportRun.objects.get(pk=run.pk).done)  # type: ignore[assignment]  # listens
        RESOURCES.read_run(by=centre.actor("EDITOR"), run=run, at=AT)
    finally:
        live.signal = original
    assert seen[:2] == [500, 1000]


WORKER = """
import sys
import django
django.setup()
from django.db import connection
from sauga.repository.syndication import tasks
from sauga.repository.syndication.actions import imports
wait, original = sys.argv[2], getattr(imports, sys.argv[2])
def slow(*args, **given):
    made = original(*args, **given)
    print("half", flush=True)
    sys.stdin.read()
    return made
setattr(imports, wait, slow)
tasks.import_run(int(sys.argv[1]))
"""


def killed(run: ImportRun, where: str) -> None:
    """A worker of its own does the run's step and dies in the middle of it."""
    held = connection.settings_dict
    login = f"{quote(held['USER'])}:{quote(held['PASSWORD'])}@" if held["USER"] else ""
    url = (
        f"postgresql://{login}{':' + str(held['PORT']) if held['PORT'] else ''}/"
        f"{quote(held['NAME'])}?host={quote(held['HOST'], safe='')}"
    )
    environ = {
        **os.environ,
        "DATABASE_URL": url,
        "SAUGA_DATA": str(settings.ENV.data),
        "DJANGO_SETTINGS_MODULE": "sauga.project.settings.test",
    }
    command = [sys.executable, "-c", WORKER, str(run.pk), where]
    with subprocess.Popen(command, env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None and child.stdout.readline() == b"half\n"
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
    asked = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> "
        "pg_backend_pid() AND state <> 'idle'"
    )
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute(asked)
            if not cursor.fetchone()[0]:
                return
        time.sleep(0.02)


def test_progress_of_storing_is_seen_before_it_is_done(
    transactional_db: None, centre: Centre, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(runs, "TELL_EVERY", 2)
    monkeypatch.setattr(bulk, "AT_ONCE", 2)
    run = RESOURCES.bring_in(by=centre.actor("EDITOR"), run=reported(centre, lines(5)), at=AT)
    seen: list[tuple[int, int] | None] = []
    there: list[int] = []
    told: list[str] = []

    def look() -> None:
        """Another connection: it sees how far the work is, and none of what it made."""
        seen.append(progress.heard(progress.work_of(run.ref)))
        there.append(Resource.objects.count())
        connection.close()

    def listen(channel: str) -> None:
        told.append(channel)
        other = threading.Thread(target=look)
        other.start()
        other.join()

    monkeypatch.setattr(live, "signal_now", listen)
    run = RESOURCES.store_run(by=centre.actor("EDITOR"), run=run, at=AT)
    assert (seen, there) == ([(2, 5), (4, 5)], [0, 0]) and set(told) == {f"repository.import.{run.ref}"}
    assert Resource.objects.count() == 5 and progress.heard(progress.work_of(run.ref)) is None, (
        "nothing is left of it"
    )
    run = RESOURCES.take_back(by=centre.actor("EDITOR"), run=run, at=LATER)
    assert RESOURCES.undo_run(by=centre.actor("EDITOR"), run=run, at=LATER).state == ImportState.UNDONE
    assert (seen[2:], there[2:]) == ([(2, 5), (4, 5)], [5, 5])


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_leaves_nothing_half_and_the_next_one_finishes(
    transactional_db: None, centre: Centre
):
    run = RESOURCES.bring_in(by=centre.actor("EDITOR"), run=reported(centre, lines(30)), at=AT)
    killed(run, "create_resources")
    run.refresh_from_db()
    assert (run.state, Resource.objects.count()) == (ImportState.STORING, 0)
    tasks.import_run(run.pk)
    run.refresh_from_db()
    assert (run.state, Resource.objects.count()) == (ImportState.STORED, 30)


def test_a_reading_that_breaks_off_begins_anew(centre: Centre, monkeypatch: pytest.MonkeyPatch):
    run = taken(centre, lines(3))

    def gone(*_given: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(runs, "_count", gone)
        with pytest.raises(KeyboardInterrupt):
            tasks.import_run(run.pk)
    run.refresh_from_db()
    assert (run.state, run.rows.count(), default_storage.exists(run.file.name)) == (
        ImportState.READING,
        0,
        True,
    )
    tasks.import_run(run.pk)
    run.refresh_from_db()
    assert (run.state, counts(run)) == (ImportState.REPORTED, (3, 0, 0, 0))
