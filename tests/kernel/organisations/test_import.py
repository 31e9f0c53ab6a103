"""Import of organisations: reported on first, stored as a whole or not at all, taken back as a whole. Codes
whose zero a spreadsheet ate are refused by name."""

import io

import pytest
from factories.people import SETUP, hire

from sauga.kernel import clock, organisations
from sauga.kernel.identity.actors import person_actor
from sauga.kernel.kit import workbooks
from sauga.kernel.kit.imports.layout import TableRefused
from sauga.kernel.organisation_pages import tasks
from sauga.kernel.organisation_pages.imports import ORGANISATIONS
from sauga.kernel.organisation_pages.models import ImportRow, ImportRun
from sauga.kernel.organisations import schemes
from sauga.kernel.organisations.actions import codes, names
from sauga.kernel.organisations.models import Identifier, Organisation
from sauga.kernel.permissions import PermissionRefused

pytestmark = pytest.mark.django_db
AT = clock.now()
HEAD = "code;name_lt;kind;municipality;email\n"
GOOD = [f"{n:08}{schemes.check_digit(f'{n:08}')}" for n in range(30112200, 30112230)]
ZERO = next(f"{n:08}{schemes.check_digit(f'{n:08}')}" for n in range(1234500, 1234599))


@pytest.fixture
def manager():
    return person_actor(hire("Vaiva Registrė", "COORDINATOR").person, clock.now())


def read(manager, content, name="mokyklos.csv", again=False):
    content = content.encode() if isinstance(content, str) else content
    run = ORGANISATIONS.take_file(by=manager, name=name, content=content, at=clock.now(), again=again)
    tasks.import_run(run.pk)
    run.refresh_from_db()
    return run


def store(manager, run, **more):
    ORGANISATIONS.bring_in(by=manager, run=run, at=clock.now(), **more)
    tasks.import_run(run.pk)
    run.refresh_from_db()
    return run


def undo(manager, run):
    ORGANISATIONS.take_back(by=manager, run=run, at=clock.now())
    tasks.import_run(run.pk)
    run.refresh_from_db()
    return run


def problems(run):
    return {
        (column, code)
        for row in run.rows.all()
        for column, code, _said in (tuple(one) for one in row.problems)
    }


def test_a_file_is_reported_on_and_then_stored_as_a_whole(manager):
    rows = "".join(
        f"{code};Mokykla {n};SCHOOL;LT-57;m{n}@mokykla.example\n" for n, code in enumerate(GOOD[:5])
    )
    before = Organisation.objects.count()
    run = read(manager, HEAD + rows)
    assert (run.state, run.fresh, run.refused) == ("reported", 5, 0)
    assert Organisation.objects.count() == before, "a report writes nothing"
    assert store(manager, run).state == "stored"
    made = Organisation.objects.filter(identifiers__value__in=GOOD)
    assert {(row.municipality, tuple(row.kinds)) for row in made} == {("LT-57", ("SCHOOL",))}
    assert [hit.name for hit in organisations.search("mokykla 3", at=clock.now())] == ["Mokykla 3"]
    again = read(manager, HEAD + rows, again=True)
    assert (again.fresh, again.changed, again.unchanged) == (0, 0, 5)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (("\ufeff" + HEAD + f"{GOOD[0]};Ąžuolo mokykla;SCHOOL;Vilniaus m. sav.;\n").encode(), "a.csv"),
        ((HEAD + f"{GOOD[0]};Ąžuolo mokykla;school;LT-57;\n").encode("windows-1257"), "a.csv"),
        (
            (
                "Įmonės kodas,Pavadinimas,Rūšis,Savivaldybė\n" + f"{GOOD[0]},Ąžuolo mokykla,SCHOOL,LT-57\n"
            ).encode(),
            "a.csv",
        ),
        (
            (HEAD + f"{GOOD[0]};Ąžuolo mokykla;SCHOOL;Vilniaus miesto savivaldybė;\n").encode("utf-16"),
            "a.csv",
        ),
    ],
)
def test_what_spreadsheets_write_is_read(manager, content, name):
    run = store(manager, read(manager, content, name))
    assert (run.state, run.fresh) == ("stored", 1)
    row = Organisation.objects.get(identifiers__value=GOOD[0])
    assert (row.name_at(clock.now(), "lt"), row.municipality) == ("Ąžuolo mokykla", "LT-57")


def test_a_workbook_is_read_and_a_number_without_its_zero_is_refused(manager):
    book = workbooks.library().Workbook()
    for line in (
        ["code", "name_lt", "kind"],
        [GOOD[0], "Tekstas", "SCHOOL"],
        [int(GOOD[1]), "Skaičius", "SCHOOL"],
        [int(ZERO), "Nulis dingo", "SCHOOL"],
        ["=1+1", "Formulė", "SCHOOL"],
    ):
        book.active.append(line)
    out = io.BytesIO()
    book.save(out)
    run = read(manager, out.getvalue(), "mokyklos.xlsx")
    assert (run.fresh, run.refused) == (2, 2)
    assert problems(run) == {("code", "lost_zero"), ("code", "formula")}
    [said] = [one[2] for row in run.rows.filter(title="Nulis dingo") for one in row.problems]
    assert said == f"{int(ZERO)} → {ZERO}?"
    store(manager, run)
    assert set(Identifier.objects.values_list("value", flat=True)) >= {GOOD[0], GOOD[1]}
    assert not Identifier.objects.filter(value__contains=str(int(ZERO))).exists(), (
        "nothing is put back silently"
    )


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (f"{GOOD[0][:8]}{(int(GOOD[0][8]) + 1) % 10};A;SCHOOL;;", ("code", "code_check_digit")),
        ("12;A;SCHOOL;;", ("code", "code_shape")),
        (f"{GOOD[0]};A;CIRCUS;;", ("kind", "unknown_kind")),
        (f"{GOOD[0]};A;COORDINATOR;;", ("kind", "privileged")),
        (f"{GOOD[0]};A;;;", ("kind", "needed")),
        (f"{GOOD[0]};;SCHOOL;;", ("name_lt", "needed")),
        (f"{GOOD[0]};A;SCHOOL;Marso r. sav.;", ("municipality", "municipality")),
        (f"{GOOD[0]};A;SCHOOL;;kreivas", ("email", "email")),
        (f"{GOOD[0]};=cmd|' /C calc'!A0;SCHOOL;;", ("name_lt", "formula")),
        (f"{GOOD[0]};<b>A</b>;SCHOOL;;", ("name_lt", "markup")),
    ],
)
def test_what_is_wrong_is_named_with_its_column(manager, line, problem):
    run = read(manager, HEAD + line + "\n")
    assert run.refused == 1 and problem in problems(run)


def test_the_same_organisation_twice_is_refused_with_the_number_of_the_first(manager):
    run = read(
        manager,
        HEAD
        + f"{GOOD[0]};Mokykla;SCHOOL;LT-57;\n{GOOD[0]};Kita;SCHOOL;;\n"
        + ";Be kodo;SCHOOL;LT-57;\n;Be kodo;SCHOOL;LT-57;\n",
    )
    assert (run.fresh, run.refused) == (2, 2)
    assert {tuple(one) for row in run.rows.all() for one in row.problems} == {
        ("code", "double", "2"),
        ("name_lt", "double", "4"),
    }


def test_what_is_known_is_changed_only_where_it_differs_and_can_be_taken_back(manager):
    row = organisations.create_organisation(by=SETUP, names={"lt": "Sena mokykla"}, kinds=["SCHOOL"], at=AT)
    codes.set_identifier(by=SETUP, organisation=row, scheme="LEGAL_ENTITY", value=GOOD[0], at=AT)
    file = HEAD + f"{GOOD[0]};Nauja mokykla;SCHOOL,LIBRARY;LT-15;nauja@mokykla.example\n"
    run = read(manager, file)
    assert (run.changed, run.fresh) == (1, 0)
    assert ImportRow.objects.get(run=run).before["differs"] == ["email", "kind", "municipality", "name_lt"]
    assert store(manager, run).state == "stored", "changes are stored only when somebody asked for it"
    assert Organisation.objects.get(pk=row.pk).municipality == ""
    run = store(manager, read(manager, file, again=True), with_changed=True)
    row.refresh_from_db()
    assert (row.municipality, row.kinds) == ("LT-15", ["LIBRARY", "SCHOOL"])
    assert row.name_at(clock.now(), "lt") == "Nauja mokykla"
    assert row.names.count() == 2
    assert undo(manager, run).state == "undone"
    row = Organisation.objects.get(pk=row.pk)
    assert (row.municipality, row.kinds, row.name_at(clock.now(), "lt")) == ("", ["SCHOOL"], "Sena mokykla")
    assert row.names.count() == 1 and not row.contacts.exists() and row.names.get().until == ""


def test_an_import_is_taken_back_unless_somebody_has_used_it(manager):
    run = store(manager, read(manager, HEAD + f"{GOOD[0]};A;SCHOOL;;\n{GOOD[1]};B;SCHOOL;;\n"))
    made = Organisation.objects.get(identifiers__value=GOOD[1])
    hire("Jonas Mokytojas", "ADMINISTRATOR", organisation=made.code)
    undone = undo(manager, run)
    assert undone.state == "stored" and undone.notes["touched"] == [made.code]
    made.memberships.all().delete()
    assert undo(manager, undone).state == "undone"
    assert not Identifier.objects.filter(value__in=GOOD).exists()
    run = store(manager, read(manager, HEAD + f"{GOOD[0]};A;SCHOOL;;\n", again=True))
    made = Organisation.objects.get(identifiers__value=GOOD[0])
    names.add_name(by=SETUP, organisation=made, language="en", name="A", at=clock.now())
    assert undo(manager, run).state == "stored"


def test_rows_without_a_code_are_known_again_by_name_and_place(manager):
    organisations.create_organisation(
        by=SETUP, names={"lt": "Ežero mokykla"}, municipality="LT-57", kinds=["SCHOOL"], at=AT
    )
    run = read(manager, HEAD + f"{GOOD[0]};EŽERO  mokykla;SCHOOL;LT-57;\n;Ežero mokykla;SCHOOL;LT-15;\n")
    assert [row.outcome for row in run.rows.order_by("number")] == ["changed", "new"]
    organisations.create_organisation(
        by=SETUP, names={"lt": "Ežero mokykla"}, municipality="LT-57", kinds=["SCHOOL"], at=AT
    )
    run = read(manager, HEAD + ";Ežero mokykla;SCHOOL;LT-57;\n")
    assert problems(run) == {("name_lt", "several")}


def test_codes_that_disagree_with_the_register_are_refused(manager):
    for number, code in enumerate(GOOD[:2]):
        row = organisations.create_organisation(by=SETUP, names={"lt": f"M{number}"}, kinds=["SCHOOL"], at=AT)
        codes.set_identifier(by=SETUP, organisation=row, scheme="LEGAL_ENTITY", value=code, at=AT)
        codes.set_identifier(by=SETUP, organisation=row, scheme="SCHOOL", value=f"019000{number}", at=AT)
    head = "code;school_code;name_lt;kind\n"
    run = read(manager, head + f"{GOOD[0]};0190001;M0;SCHOOL\n{GOOD[1]};0190009;M1;SCHOOL\n")
    assert problems(run) == {("code", "two"), ("school_code", "other_code")}


def test_nobody_else_imports(manager):
    by = person_actor(hire("Kitas Žmogus", "EDITOR").person, clock.now())
    with pytest.raises(PermissionRefused):
        ORGANISATIONS.take_file(by=by, name="a.csv", content=HEAD.encode(), at=AT)
    with pytest.raises(TableRefused):
        ORGANISATIONS.take_file(by=manager, name="a.xls", content=b"x", at=AT)
    assert not ImportRun.objects.exists()
