"""The documents point at things that exist, and the shipped files say what the code does."""

import ast
import re
import tomllib

import pytest
from architecture.tree import ROOT

from sauga.kernel.services import usual_operators
from sauga.project.postgresql.database import QUIET

pytestmark = pytest.mark.unit

PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "films" / "README.md"])
FILES = ROOT / "docs" / "operate" / "files"
NAMED = re.compile(r"^\| .+ \| `([\w/]+\.py)` \| `(\w+)` \|$", re.MULTILINE)
"""A line of a table that names a file and what it defines."""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page):
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert not [link for link in links if "://" not in link and not (page.parent / link).exists()]


def test_every_decision_record_has_a_status_a_date_and_an_entry_in_the_index():
    records = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    index = (ROOT / "docs" / "decisions" / "README.md").read_text(encoding="utf-8")
    for record in records:
        number, head = record.name[:4], record.read_text(encoding="utf-8").splitlines()[:3]
        assert head[0].startswith(f"# {number} "), record.name
        assert re.fullmatch(r"Status: .+\. Date: \d{4}-\d\d-\d\d\.", head[2]), record.name
        assert f"| [{number}]({record.name}) | {head[0].removeprefix(f'# {number} ')} |" in index, record.name
    numbers = re.findall(r"^\| \[(\d{4})\]", index, re.MULTILINE)
    assert len(numbers) == len(set(numbers)) and numbers == sorted(numbers)


def test_a_decision_record_has_at_most_forty_lines():
    """A record says why; figures stand in docs/develop/measurements.md."""
    records = [path for path in (ROOT / "docs" / "decisions").glob("*.md") if path.name != "README.md"]
    assert len(records) > 100
    assert not [path.name for path in records if len(path.read_text(encoding="utf-8").splitlines()) > 40]


def test_anchors_lead_somewhere():
    missing = []
    for page in PAGES:
        for name, anchor in re.findall(r"\]\(([^)#\s]+\.md)#([^)]+)\)", page.read_text(encoding="utf-8")):
            if "://" in name:
                continue
            target = (page.parent / name).read_text(encoding="utf-8")
            heads = {
                re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-")
                for head in re.findall(r"^#+ (.*)$", target, re.MULTILINE)
            }
            if anchor not in heads | set(re.findall(r'id="([\w-]+)"', target)):
                missing.append(f"{page.name}: {name}#{anchor}")
    assert not missing


@pytest.mark.parametrize("folder", ["develop", "domain", "operate", "use"])
def test_the_index_of_a_folder_links_all_its_pages(folder):
    index = (ROOT / "docs" / folder / "README.md").read_text(encoding="utf-8")
    pages = sorted(page.name for page in (ROOT / "docs" / folder).glob("*.md") if page.name != "README.md")
    assert not [name for name in pages if f"]({name})" not in index]


def test_the_changelog_has_the_standard_sections():
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    order = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"]
    for version in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        found = re.findall(r"^### (.*)$", version, re.MULTILINE)
        assert found == [name for name in order if name in found]


def test_documents_cite_only_documents_of_the_repository():
    known = {page.relative_to(ROOT).as_posix() for page in PAGES}
    missing = []
    for page in PAGES:
        text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
        for name in re.findall(r"`([\w/.-]+\.md)`|domain: \w+, §", text):
            if not name or not any(name == one or one.endswith(f"docs/{name}") for one in known):
                missing.append(f"{page.name}: {name}")
    assert not missing


def test_shipped_database_settings_are_those_of_the_embedded_server():
    lines = [
        line
        for line in (FILES / "postgresql.conf").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    assert {
        name.strip(): value.strip() for name, _, value in (line.partition("=") for line in lines)
    } == QUIET


@pytest.mark.django_db
def test_embedded_server_keeps_statements_out_of_its_log():
    from django.conf import settings
    from django.db import connection

    if settings.ENV.database_url:
        pytest.skip("runs on a server of the operator's own")
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(QUIET)])
        assert dict(cursor.fetchall()) == QUIET


def test_shipped_front_keeps_no_log_of_visitors_and_passes_on_no_trace():
    front = (FILES / "Caddyfile").read_text(encoding="utf-8")
    site = front[front.index("sauga.example {") :]
    assert "log" not in re.findall(r"^\s*(\w+)", site, re.MULTILINE)
    assert {"header_up -X-Forwarded-For", "header_up -User-Agent", "header_up -Referer"} <= {
        line.strip() for line in site.splitlines()
    }


def test_shipped_environment_can_be_read():
    from sauga.project.settings.env import read

    lines = [
        line
        for line in (FILES / "sauga.env").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    assert read(dict(line.split("=", 1) for line in lines)).inbound_port == 2525


def test_commands_in_the_documents_exist():
    from sauga.project.cli import COMMANDS, FORMER_COMMANDS

    named = {
        match
        for page in PAGES
        for match in re.findall(
            r"(?:^(?:\s{4})?|`)(?:sudo -E -u sauga )?sauga ([a-z]+)\b",
            page.read_text(encoding="utf-8"),
            re.MULTILINE,
        )
    }
    assert named <= {*COMMANDS, *FORMER_COMMANDS, "migrate", "shell"}


def test_licence_is_the_one_that_the_package_names():
    licence = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["license"]
    assert licence == "EUPL-1.2"
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")


def test_whatever_uses_the_embedded_database_starts_after_its_unit_and_stops_with_it():
    own = (FILES / "sauga-database.service").read_text(encoding="utf-8")
    others = {path.name for path in FILES.glob("sauga-*.service")} - {"sauga-database.service"}
    [required] = re.findall(r"^RequiredBy=(.*)$", own, re.MULTILINE)
    assert set(required.split()) == others
    for name in others:
        [after] = re.findall(r"^After=(.*)$", (FILES / name).read_text(encoding="utf-8"), re.MULTILINE)
        assert "sauga-database.service" in after.split(), name


def test_upgrading_says_how_each_service_that_came_later_gets_its_operator():
    first = {"portal", "repository", "helpline", "hotline", "statistics"}
    text = (ROOT / "docs" / "operate" / "upgrading.md").read_text(encoding="utf-8")
    later = set(usual_operators()) - first
    assert len(later) >= 6
    assert not {name for name in later if f"`sauga organisation operates CODE {name}`" not in text}
    assert "`sauga keys create panel --person EMAIL`" in text


def test_where_answers_at_least_eighty_questions():
    text = (ROOT / "docs" / "develop" / "where.md").read_text(encoding="utf-8")
    assert text.count("? | `") == len(NAMED.findall(text)) >= 80


@pytest.mark.parametrize("page", ["where", "two-ways"])
def test_the_files_that_a_page_names_define_what_it_names(page):
    text = (ROOT / "docs" / "develop" / f"{page}.md").read_text(encoding="utf-8")
    answers = NAMED.findall(text)
    assert len(answers) == text.count(".py` | `")
    wrong = []
    for name, wanted in answers:
        path = ROOT / "src" / "sauga" / name
        if not path.exists() or wanted not in defined_names(path):
            wrong.append((name, wanted))
    assert not wrong


def defined_names(path):
    """What a module defines at its top: functions, classes and constants."""
    names = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                names.add(node.name)
            case ast.Assign(targets=targets):
                names |= {
                    one.id for target in targets for one in ast.walk(target) if isinstance(one, ast.Name)
                }
            case ast.AnnAssign(target=ast.Name(id=name)):
                names.add(name)
    return names
