"""Questions composed once: the same rows as from the query set, whatever is asked and however often."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db.models import Count, QuerySet

from sauga.kernel import statements
from sauga.kernel.credentials.models import IssuerKey
from sauga.kernel.identity.models import Person
from sauga.kernel.notifications.models import Notification
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.vocab.models import Term, Vocabulary

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
composed: list[tuple[Any, ...]] = []


@pytest.fixture(autouse=True)
def people():
    composed.clear()
    made = [
        Person.objects.create(email=f"{name}@partner.example", name=name) for name in ("Ona", "Jonas", "Rasa")
    ]
    for number, person in enumerate(made):
        for hour in range(number):
            Notification.objects.create(
                person=person, template="a", params={"n": hour}, created_at=AT + timedelta(hours=hour)
            )
    return made


@statements.prepared
def news_of(*, person_id: int, since: datetime, template: str, newest_first: bool) -> Any:
    composed.append((person_id, since, template, newest_first))
    rows = Notification.objects.filter(person_id=person_id, created_at__gte=since, template=template)
    return rows.order_by("-created_at" if newest_first else "created_at").values_list("params", "created_at")


@statements.prepared
def named(*, part: str) -> Any:
    return Person.objects.filter(name__icontains=part).values_list("pk")


@statements.counted(2)
def counts(*, person_id: int, templates: tuple[str, ...]) -> Mapping[str, QuerySet[Any]]:
    named = {
        name: Notification.objects.filter(person_id=person_id, template=name).order_by("created_at")
        for name in templates
    }
    return {"everybody": Person.objects.all(), **named}


def test_rows_are_those_of_the_query_set_with_the_values_given(people):
    def asked(number, since=AT, template="a", newest_first=False):
        return news_of(person_id=people[number].pk, since=since, template=template, newest_first=newest_first)

    assert [len(asked(number)) for number in range(3)] == [0, 1, 2]
    assert asked(2) == [({"n": 0}, AT), ({"n": 1}, AT + timedelta(hours=1))]
    assert asked(2, since=AT + timedelta(minutes=1)) == [({"n": 1}, AT + timedelta(hours=1))]
    assert asked(2, template="b") == []
    assert [params["n"] for params, _at in asked(2, newest_first=True)] == [1, 0]


def test_a_query_is_composed_once_for_each_shape_and_asked_in_one_statement(
    people, django_assert_num_queries
):
    statement = statements.prepared(news_of.__wrapped__)
    for newest_first in (True, False):
        statement(person_id=people[0].pk, since=AT, template="a", newest_first=newest_first)
    before = len(composed)
    with django_assert_num_queries(4):
        for number in (0, 1, 2, 2):
            statement(person_id=people[number].pk, since=AT, template="a", newest_first=number > 1)
    assert before == 4 and len(composed) == before  # each shape twice, with different marks
    assert {shape[-1] for shape in composed} == {True, False}


def test_a_value_that_a_lookup_changes_is_refused_and_not_asked_for_a_mark():
    with pytest.raises(statements.ValueChanged, match="named"):
        named(part="Ona")


@pytest.mark.parametrize("part", ["year", "month", "day"])
def test_a_value_of_which_only_a_part_is_asked_for_is_refused(part):
    def compose(*, at: datetime) -> Any:
        return Notification.objects.filter(**{f"created_at__{part}": getattr(at, part)}).values_list("pk")

    with pytest.raises(statements.ValueChanged):
        statements.prepared(compose)(at=AT)


def test_whole_rows_come_as_the_query_set_gives_them(people, django_assert_num_queries):
    @statements.fetched
    def told_since(*, person_id: int, since: datetime) -> QuerySet[Notification]:
        return Notification.objects.filter(person_id=person_id, created_at__gte=since).order_by("-created_at")

    with django_assert_num_queries(1):
        found = told_since(person_id=people[2].pk, since=AT)
    assert [(row.params, row.created_at, row._state.adding) for row in found] == [
        ({"n": 1}, AT + timedelta(hours=1), False),
        ({"n": 0}, AT, False),
    ]
    assert found == list(Notification.objects.filter(person=people[2]).order_by("-created_at"))


def test_rows_may_be_fetched_with_some_of_their_fields(people, django_assert_num_queries):
    @statements.fetched
    def named(*, person_id: int) -> QuerySet[Person]:
        return Person.objects.filter(pk=person_id).only("name")

    with django_assert_num_queries(1):
        [person] = named(person_id=people[1].pk)
        assert person == people[1] and person.name == "Jonas"
    assert "email" in person.get_deferred_fields() and person.email == people[1].email


def test_rows_come_with_the_related_ones_that_are_selected(people, django_assert_num_queries):
    @statements.fetched
    def news(*, keys: list[int]) -> QuerySet[Notification]:
        rows = Notification.objects.filter(person__any_of=keys).select_related("person")
        return rows.order_by("-created_at", "pk").only("created_at", "person__name")

    with django_assert_num_queries(1):
        found = [(row.created_at, row.person.name) for row in news(keys=[row.pk for row in people])]
    assert found == [(AT + timedelta(hours=1), "Rasa"), (AT, "Jonas"), (AT, "Rasa")]
    assert news(keys=[people[0].pk]) == [] == news(keys=[])


def test_bytes_are_a_value_like_any_other(people, django_assert_num_queries):
    @statements.fetched
    def issued(*, public: bytes) -> QuerySet[IssuerKey]:
        composed.append((public,))
        return IssuerKey.objects.filter(public=public)

    rows = [
        IssuerKey.objects.create(name=name, public=name.encode() * 8, since=AT, ended_at=AT)
        for name in ("one", "two")
    ]
    with django_assert_num_queries(3):
        assert [issued(public=bytes(row.public)) for row in rows] == [[row] for row in rows]
        assert issued(public=b"") == []
    assert len(composed) == 2  # with two marks


def test_a_list_is_one_value_however_long_it_is(people, django_assert_num_queries):
    @statements.prepared
    def named(*, keys: list[int], names: list[str]) -> Any:
        composed.append((keys, names))
        return Person.objects.filter(pk__any_of=keys, name__any_of=names).order_by("pk").values_list("name")

    keys = [row.pk for row in people]
    with django_assert_num_queries(4):
        for names in (["Ona"], ["Ona", "Rasa"], ["Rasa", "Ona", "Jonas"], []):
            found = {name for (name,) in named(keys=keys, names=names)}
            assert found == set(names)
    assert len(composed) == 2  # with different marks


def test_a_number_is_bound_where_only_positive_ones_are_kept(people):
    @statements.prepared
    def in_epoch(*, epoch: int) -> Any:
        return Person.objects.filter(session_epoch=epoch).values_list("pk")

    Person.objects.filter(pk=people[0].pk).update(session_epoch=7)
    assert in_epoch(epoch=7) == [(people[0].pk,)] and in_epoch(epoch=8) == []


def test_rows_with_something_beside_them_are_refused():
    @statements.fetched
    def some() -> QuerySet[Notification]:
        return Notification.objects.annotate(n=Count("pk"))

    with pytest.raises(ValueError, match="by itself"):
        some()


def test_statements_of_many_shapes_do_not_pile_up(monkeypatch):
    monkeypatch.setattr(statements, "MOST_SHAPES", 3)

    @statements.prepared
    def in_parts(*, names: tuple[str, ...]) -> Any:
        composed.append(names)
        return Person.objects.filter(name__in=names).order_by("name").values_list("name")

    asked = [("Ona",), ("Jonas",), ("Rasa",), ("Ona", "Rasa"), ("Ona",)]
    assert [[name for (name,) in in_parts(names=names)] for names in asked] == [
        sorted(names) for names in asked
    ]
    assert composed == asked, "the fourth takes the place of the three before it"


def test_several_counts_are_one_statement_and_none_goes_beyond_its_bound(people, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert counts(person_id=people[2].pk, templates=("a", "b")) == {"everybody": 2, "a": 2, "b": 0}
    assert counts(person_id=people[1].pk, templates=("a", "b")) == {"everybody": 2, "a": 1, "b": 0}
    assert counts(person_id=people[1].pk, templates=("b",)) == {"everybody": 2, "b": 0}


def test_filters_that_nothing_can_fit_ask_nothing(people, django_assert_num_queries):
    @statements.prepared
    def among(*, names: tuple[str, ...]) -> Any:
        return Person.objects.filter(name__in=names).values_list("name")

    @statements.counted()
    def both(*, names: tuple[str, ...]) -> Mapping[str, QuerySet[Any]]:
        return {"all": Person.objects.all(), "some": Person.objects.filter(name__in=names)}

    with django_assert_num_queries(0):
        assert among(names=()) == []
    assert both(names=()) == {"all": Person.objects.count(), "some": 0}


@statements.united
def together(*, person_id: int, name: str, day: date) -> dict[str, QuerySet[Any, Any]]:
    terms = Term.objects.filter(valid_to__gt=day).order_by("-code")
    return {
        "people": Person.objects.filter(name=name).values_list("pk", "name", "is_active"),
        "told": Notification.objects.filter(person_id=person_id).values_list("template", "person"),
        "nobody": Person.objects.filter(pk__in=[]).values_list("pk"),
        "terms": terms.values_list("code", "valid_from", "valid_to"),
        "kinds": Organisation.objects.order_by("-pk").values_list("code", "kinds")[:2],
    }


def test_the_rows_of_several_query_sets_come_in_one_statement(people, django_assert_num_queries):
    day = date(2026, 11, 24)
    held = Vocabulary.objects.create(code="of-the-test", title_lt="a", title_en="a")
    for code, until in (("a", None), ('b "quoted"', day), ("č", date(2027, 1, 31)), ("d", date(2028, 2, 29))):
        Term.objects.create(vocabulary=held, code=code, valid_to=until, valid_from=day if until else None)
    for code, kinds in (("A", []), ("B", ["SCHOOL", "LIBRARY"])):
        Organisation.objects.create(code=code, kinds=kinds, valid_from=AT, changed_at=AT)
    for number, name in ((2, "Ona"), (0, "Jonas"), (1, "nobody")):
        given = {"person_id": people[number].pk, "name": name, "day": day}
        with django_assert_num_queries(1):
            found = together(**given)
        assert found == {key: list(rows) for key, rows in together.__wrapped__(**given).items()}
    assert ("č", day, date(2027, 1, 31)) in found["terms"] and found["nobody"] == []
    assert found["kinds"] == [("B", ["SCHOOL", "LIBRARY"]), ("A", [])]


@pytest.mark.parametrize("column", ["created_at", "params"])
def test_a_column_that_json_would_change_is_refused(column):
    @statements.united
    def some() -> dict[str, QuerySet[Any, Any]]:
        return {"some": Notification.objects.values_list(column)}

    with pytest.raises(TypeError, match="Notification"):
        some()
