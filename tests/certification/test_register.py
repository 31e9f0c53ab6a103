"""The public register: consented fields only, filters, the map, suspension at once, without JavaScript."""

import random
import re
from datetime import timedelta

import pytest
from django.test import Client

from sauga.certification.applications.actions import suspensions
from sauga.certification.register.actions import profiles
from sauga.certification.register.actions.profiles import ListingRefused, Profile
from sauga.certification.register.models import RegisterEntry
from sauga.certification.register.queries import entries
from sauga.certification.register.rules.shown import Field, Held, Wanted, fits, initials, public
from sauga.kernel import clock
from sauga.kernel.identity import PermissionRefused
from tests.centre import Centre, centre  # noqa: F401  a fixture
from tests.factories import certification as make
from tests.factories.members import joined
from tests.repetition import often

NOW = clock.now()
SECRETS = {
    Field.NAME: ("Girdenienė",),
    Field.PLACES: ("Kėdainių", "Jonavos"),
    Field.TOPICS: ("patyčios kibernetinėje",),
    Field.LANGUAGES: ("anglų",),
    Field.AUDIENCES: ("paaugliai",),
    Field.ABOUT: ("Pasakoju iš savo patirties",),
}
"""Words that stand in the register only if the field is consented to."""
PROFILE = {"languages": ["lt", "en"]}


def listed(centre: Centre, shown: list[str]):
    return make.listed(centre, at=NOW, profile={**PROFILE, "shown": shown})


def test_only_consented_fields_are_shown_anywhere(centre: Centre):
    who, row = listed(centre, list(Field.values))
    for shown in (
        [],
        [Field.NAME],
        [Field.PLACES, Field.ABOUT],
        [Field.TOPICS, Field.LANGUAGES],
        list(Field),
    ):
        profile = Profile(**{**make.PROFILE, **PROFILE, "shown": list(shown)})
        profiles.save_profile(by=who, ambassador=row, profile=profile, at=NOW)
        own = Client().get(f"/lt/ambasadoriai/zmogus/{row.ref}/").text
        page = Client().get("/lt/ambasadoriai/?page").text
        found = page[page.index('class="amb-list"') :].split("</ul>\n      ")[0] if "amb-list" in page else ""
        for field, words in SECRETS.items():
            for word in words:
                assert (word in own) == (field in shown), (field, word)
                if field != Field.ABOUT:
                    assert (word in found) == (field in shown), (field, word)
        assert "A. G." in own or Field.NAME in shown


def test_a_profile_in_another_language_than_the_page_is_marked_as_such(centre: Centre):
    who, row = listed(centre, [Field.ABOUT])
    words = "Kalbu paprastai ir iš savo patirties klasėje, su vaikais ir su tėvais."
    profile = Profile(**{**make.PROFILE, **PROFILE, "about": words, "shown": [Field.ABOUT]})
    profiles.save_profile(by=who, ambassador=row, profile=profile, at=NOW)
    english, own = (
        " ".join(Client().get(f"{path}{row.ref}/").text.split())
        for path in ("/en/ambassadors/person/", "/lt/ambasadoriai/zmogus/")
    )
    assert re.search(rf"<p class=\"lead\" lang=\"lt\">\s*{words}", english) and "in Lithuanian." in english
    assert words in own and "Parašė ambasadorius" not in own


def test_no_random_profile_leaks_a_field():
    dice = random.Random(7)
    for _one in range(often(300, 10_000)):
        shown = [one for one in Field.values if dice.random() < 0.5]
        held = Held(
            "r",
            "Vardenė Pavardenė",
            shown,
            ["LT-01"],
            ["gaming"],
            ["lt"],
            ["seniors"],
            "Labas",
            2,
            NOW.date(),
        )
        said = public(held)
        for field, value, empty in (
            (Field.PLACES, said.municipalities, ()),
            (Field.TOPICS, said.topics, ()),
            (Field.LANGUAGES, said.languages, ()),
            (Field.AUDIENCES, said.audiences, ()),
            (Field.ABOUT, said.about, ""),
        ):
            assert (value != empty) == (field in shown)
        assert ("Pavardenė" in said.name) == (Field.NAME in shown)
        assert fits(said, Wanted(topics=("gaming",))) == (Field.TOPICS in shown), (
            "no filter finds what is unshown"
        )
    assert initials("Jonas-Petras Vardenis") == "J. P."


def test_a_suspended_ambassador_leaves_the_register_at_once(centre: Centre):
    _who, row = listed(centre, list(Field.values))
    assert "Girdenienė" in Client().get("/lt/ambasadoriai/").text
    assert Client().get(f"/en/ambassadors/person/{row.ref}/").status_code == 200
    suspensions.suspend(
        by=centre.actor("CERTIFICATION_MANAGER", NOW), ambassador=row, why="SAFEGUARDING", at=NOW
    )
    assert "Girdenienė" not in Client().get("/lt/ambasadoriai/").text
    assert Client().get(f"/en/ambassadors/person/{row.ref}/").status_code == 404


def test_the_consent_is_withdrawn_in_one_step_and_the_name_goes(centre: Centre):
    who, row = listed(centre, list(Field.values))
    profiles.withdraw_consent(by=who, ambassador=row, at=NOW)
    entry = RegisterEntry.objects.get()
    assert (entry.name, entry.shown, entry.consented_at) == ("", [], None)
    assert entry.topics, "requests still find the ambassador"
    assert entries.listed(NOW) == []


def test_the_end_of_the_certification_ends_the_entry(centre: Centre):
    listed(centre, list(Field.values))
    assert len(entries.listed(NOW + timedelta(days=700))) == 1
    assert entries.listed(NOW + timedelta(days=732)) == []


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"is_listed": False}, "consent"),
        ({"municipalities": []}, "places"),
        ({"municipalities": ["LT-99"]}, "places"),
        ({"topics": ["unknown"]}, "topics"),
        ({"languages": []}, "languages"),
        ({"audiences": []}, "audiences"),
        ({"most_a_month": 0}, "load"),
    ],
)
def test_a_listing_without_consent_or_with_nonsense_is_refused(
    centre: Centre, more: dict[str, object], why: str
):
    who, row = make.certified(centre, at=NOW)
    with pytest.raises(ListingRefused) as refused:
        profiles.save_profile(by=who, ambassador=row, profile=Profile(**{**make.PROFILE, **more}), at=NOW)
    assert refused.value.why == why and not RegisterEntry.objects.exists()


def test_only_the_certified_list_themselves_and_nobody_under_18(centre: Centre):
    from dataclasses import replace
    from datetime import date

    who, row = make.applied(at=NOW)
    profile = Profile(**make.PROFILE)
    with pytest.raises(ListingRefused):
        profiles.save_profile(by=who, ambassador=row, profile=profile, at=NOW)
    row = make.decided(centre, make.at_board(centre, row, NOW), at=NOW)
    with pytest.raises(ListingRefused) as refused:
        young = replace(who, birth_month=date(2011, 1, 1))
        profiles.save_profile(by=young, ambassador=row, profile=profile, at=NOW)
    assert refused.value.why == "age"
    other, _secret = joined("kita@mokykla.example", "Kita Kitaitė", NOW)
    for by in (other, centre.actor("CERTIFICATION_MANAGER", NOW)):
        with pytest.raises(PermissionRefused):
            profiles.save_profile(by=by, ambassador=row, profile=profile, at=NOW)
        with pytest.raises(PermissionRefused):
            profiles.withdraw_consent(by=by, ambassador=row, at=NOW)


def test_filters_and_the_map_work_without_a_script(centre: Centre):
    listed(centre, list(Field.values))
    for query, found in (
        ("municipality=LT-18", True),
        ("municipality=LT-01", False),
        ("topic=cyberbullying&language=en&audience=teachers", True),
        ("topic=gaming", False),
        ("topic=nonsense", True),
    ):
        assert ("Girdenienė" in Client().get(f"/lt/ambasadoriai/?{query}").text) == found, query
    page = Client().get("/en/ambassadors/").text
    assert page.count('class="tile ') == 60 and "Kėdainiai District: 1 ambassador" in page
    narrowed = Client().get("/en/ambassadors/?topic=gaming&municipality=LT-18&after=20").text
    assert 'href="?topic=gaming&amp;municipality=LT-01#here"' in narrowed  # on the first page of what is left
    assert narrowed.count('#here" aria-current="true"') == 1
    assert "session" not in {cookie for cookie in Client().get("/en/ambassadors/").cookies}


def test_the_register_asks_the_database_a_fixed_number_of_times(
    centre: Centre, django_assert_max_num_queries
):
    listed(centre, list(Field.values))
    make.listed(centre, at=NOW, address="kitas@mokykla.example", employer=make.school("Antra"))
    with django_assert_max_num_queries(12):
        assert len(entries.listed(NOW)) == 2
        Client().get("/lt/ambasadoriai/?topic=cyberbullying")
