"""Every judged item goes where the domain's table says, at once; the sources' disagreement is shown and
never voted away.
"""

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sauga.hotline.addresses.rules.addresses import split_locations
from sauga.hotline.assessment.rules.routing import Facts, matching_routes
from sauga.hotline.policies.views import EDITOR
from sauga.hotline.reports import rules as urgency
from sauga.hotline.tracing.rules import TRUST, Answer, Hosting, combine, hosting_class

pytestmark = pytest.mark.unit
DAY = date(2026, 11, 24)
AT = datetime(2026, 11, 27, 17, 1, tzinfo=UTC)  # a Friday evening, when earlier tools held everything back
CSAM, PROHIBITED = ("BASELINE", "NATIONAL"), ("BASELINE", "NATIONAL", "PROHIBITED")
ABROAD = ("INHOPE_ABROAD", "OTHER_ABROAD")
EVERYWHERE = ("LT", *ABROAD, "CDN_MASKED", "ONION", "NON_WEB", "UNRESOLVED")


def routes(
    verdict: str,
    hosting: str,
    priority: str = "P3",
    *,
    category: str = "CSAM",
    country: str = "",
    on: date = DAY,
) -> set[str]:
    rules = EDITOR.shipped.policies["policy.routing"]["rules"]
    return {
        match.route
        for match in matching_routes(rules, Facts(verdict, hosting, priority, category, country), on)
    }


class TestRowsOfTheTable:
    """domain/hotline.md §3, row by row."""

    @pytest.mark.parametrize(
        ("verdict", "hosting"), list(product((*PROHIBITED, "RESTRICTED", "INCIDENT"), EVERYWHERE))
    )
    def test_a_child_at_risk_now_means_the_police_beside_everything_else(self, verdict, hosting):
        assert routes(verdict, hosting, "P1") == routes(verdict, hosting) | {"POLICE"}

    @pytest.mark.parametrize("verdict", PROHIBITED)
    def test_prohibited_and_hosted_here(self, verdict):
        assert routes(verdict, "LT") == {"POLICE", "PROVIDER_NOTICE"}

    @pytest.mark.parametrize("verdict", CSAM)
    def test_abroad_where_a_hotline_is(self, verdict):
        assert routes(verdict, "INHOPE_ABROAD") == {"INHOPE"}

    @pytest.mark.parametrize("verdict", CSAM)
    def test_abroad_where_none_is(self, verdict):
        assert routes(verdict, "OTHER_ABROAD") == {"POLICE", "PROVIDER_NOTICE"}

    @pytest.mark.parametrize(("verdict", "hosting"), list(product(CSAM, ("ONION", "NON_WEB", "UNRESOLVED"))))
    def test_onion_and_untraceable(self, verdict, hosting):
        assert routes(verdict, hosting) == {"POLICE"}

    @pytest.mark.parametrize("verdict", PROHIBITED)
    def test_behind_a_mask_the_mask_is_asked(self, verdict):
        assert routes(verdict, "CDN_MASKED") == {"PROVIDER_NOTICE"}

    @pytest.mark.parametrize("hosting", ABROAD)
    def test_other_prohibited_abroad(self, hosting):
        assert routes("PROHIBITED", hosting) == {"PROVIDER_NOTICE"}

    @pytest.mark.parametrize("hosting", ("ONION", "NON_WEB", "UNRESOLVED"))
    def test_other_prohibited_without_a_provider(self, hosting):
        assert routes("PROHIBITED", hosting) == {"POLICE"}

    @pytest.mark.parametrize("hosting", EVERYWHERE)
    def test_harmful_to_minors_goes_to_the_inspector(self, hosting):
        assert routes("RESTRICTED", hosting) == {"ZEIT"}

    @pytest.mark.parametrize("hosting", EVERYWHERE)
    def test_fraud_and_incidents_go_to_the_cyber_centre(self, hosting):
        assert routes("INCIDENT", hosting) == {"NKSC"}

    @pytest.mark.parametrize(
        ("verdict", "hosting", "priority"),
        list(product(("NOT_ILLEGAL", "NOT_ASSESSABLE"), EVERYWHERE, urgency.RANKS)),
    )
    def test_what_is_not_illegal_goes_nowhere(self, verdict, hosting, priority):
        assert routes(verdict, hosting, priority) == set()

    def test_no_verdict_that_needs_a_route_is_left_without_one(self):
        for verdict, hosting, priority in product(
            (*PROHIBITED, "RESTRICTED", "INCIDENT"), EVERYWHERE, urgency.RANKS
        ):
            assert routes(verdict, hosting, priority), (verdict, hosting, priority)


class TestRules:
    RULE = {"id": "a", "order": 10, "when": {}, "routes": ["POLICE"]}
    FACTS = Facts("BASELINE", "LT", "P2", "CSAM", "LT")

    def matched(self, *rules, on=DAY):
        return [(match.route, match.rule) for match in matching_routes(rules, self.FACTS, on)]

    def test_a_route_is_given_once_by_the_first_rule_in_order(self):
        later = self.RULE | {"id": "b", "order": 20, "routes": ["POLICE", "ZEIT"]}
        assert self.matched(later, self.RULE) == [("POLICE", "a"), ("ZEIT", "b")]

    @pytest.mark.parametrize(
        ("first", "last", "valid"),
        [
            (None, None, True),
            ("2026-11-24", None, True),
            ("2026-11-25", None, False),
            (None, "2026-11-24", True),
            (None, "2026-11-23", False),
            ("2026-11-24", "2026-11-24", True),
        ],
    )
    def test_both_days_of_a_rule_are_inclusive(self, first, last, valid):
        assert bool(self.matched(self.RULE | {"valid_from": first, "valid_to": last})) is valid

    @pytest.mark.parametrize(
        ("when", "holds"),
        [
            ({}, True),
            ({"country": ["LT", "LV"]}, True),
            ({"country": ["LV"]}, False),
            ({"country_not": ["LT"]}, False),
            ({"country_not": ["LV"]}, True),
            ({"category": ["CSAM"], "priority": ["P1"]}, False),
            (
                {
                    "category": ["CSAM"],
                    "priority": ["P2"],
                    "hosting_class": ["LT"],
                    "verdict_not": ["DOUBTFUL"],
                },
                True,
            ),
            ({"category": []}, False),
            ({"category_not": []}, True),
        ],
    )
    def test_every_condition_has_to_hold(self, when, holds):
        assert bool(self.matched(self.RULE | {"when": when})) is holds

    def test_an_unknown_condition_is_an_error_and_never_passed_over(self):
        with pytest.raises(AttributeError):
            self.matched(self.RULE | {"when": {"colour": ["RED"]}})


class TestUrgency:
    @pytest.mark.parametrize("rank", urgency.RANKS)
    def test_a_child_in_danger_now_is_first_whatever_else(self, rank):
        assert urgency.priority(rank, child_in_danger=True, spam_score=100) == "P1"

    @pytest.mark.parametrize(
        ("rank", "score", "given"),
        [
            ("P3", 49, "P3"),
            ("P3", 50, "P4"),
            ("P4", 100, "P5"),
            ("P5", 100, "P5"),
            ("P1", 100, "P1"),
            ("P2", 100, "P2"),
        ],
    )
    def test_what_looks_like_noise_waits_one_step_longer_and_the_gravest_never(self, rank, score, given):
        assert urgency.priority(rank, child_in_danger=False, spam_score=score) == given

    @given(st.sampled_from(urgency.RANKS), st.sampled_from(urgency.RANKS))
    def test_the_more_urgent_of_two(self, one, other):
        found = urgency.more_urgent(one, other)
        assert found == urgency.more_urgent(other, one) == min(one, other)

    @pytest.mark.parametrize(
        ("rank", "minutes"), [("P1", 15), ("P2", 240), ("P3", 1440), ("P4", 2880), ("P5", 4320)]
    )
    def test_targets_run_through_nights_and_weekends(self, rank, minutes):
        assert urgency.due_at(rank, AT, EDITOR.shipped.policies["policy.triage_target"]) == AT + timedelta(
            minutes=minutes
        )

    @pytest.mark.parametrize(
        ("block", "score"),
        [
            ("http://pavyzdys.example/", 0),
            ("ab", 40),
            ("ab\nhttp://pavyzdys.example/", 0),
            ("@vardas", 0),
            ("\n".join(f"http://a{n}.example/" for n in range(30)), 0),
            ("\n".join(f"http://a{n}.example/" for n in range(31)), 20),
            ("\n".join(f"{n}" for n in range(31)), 60),
        ],
    )
    def test_noise_is_counted_and_never_refused(self, block, score):
        assert urgency.spam_score(split_locations(block)) == score


def said(source: str, country: str = "", network: str = "", asn: int | None = None) -> Answer:
    return Answer(source, country=country, network=network, asn=asn)


class TestHosting:
    @pytest.mark.parametrize(
        ("answers", "country", "confidence"),
        [
            ([], "", "NONE"),
            ([said("DNS"), said("RDAP_DOMAIN", "LT")], "", "NONE"),
            ([said("COUNTRY_TABLE", "LT")], "LT", "SINGLE"),
            ([said("COUNTRY_TABLE", "LT"), said("RDAP_IP", "LT")], "LT", "AGREED"),
            ([said("RDAP_IP", "LT"), said("RDAP_IP", "LT")], "LT", "SINGLE"),
            (
                [
                    Answer("COUNTRY_TABLE", country="LT", table="A"),
                    Answer("COUNTRY_TABLE", country="LT", table="B"),
                ],
                "LT",
                "AGREED",
            ),
            ([said("COUNTRY_TABLE", "LV"), said("RDAP_IP", "LT")], "LT", "CONFLICT"),
            ([said("COUNTRY_TABLE", "LV"), said("COUNTRY_TABLE", "LT")], "LV", "CONFLICT"),
            (
                [said("ASN_TABLE", "LV"), said("PERSON", "EE"), said("PROVIDER_ANSWER", "LT")],
                "EE",
                "CONFLICT",
            ),
        ],
    )
    def test_disagreement_is_shown(self, answers, country, confidence):
        hosting = combine(answers)
        assert (hosting.country, hosting.confidence) == (country, confidence)

    def test_a_mask_hides_the_country_and_keeps_the_network(self):
        answers = [said("RDAP_IP", "LT", "TALPYKLA"), said("ASN_TABLE", "LT", "KITA", 64500)]
        assert combine(answers, masked=True) == Hosting("", "MASKED", "TALPYKLA", 64500)
        assert combine(answers) == Hosting("LT", "AGREED", "TALPYKLA", 64500)

    @given(
        st.lists(
            st.builds(said, st.sampled_from((*TRUST, "DNS")), st.sampled_from(("", "LT", "LV", "EE"))),
            max_size=6,
        ),
        st.randoms(),
    )
    def test_the_order_of_answers_from_different_sources_does_not_matter(self, answers, random):
        unique = list({answer.source: answer for answer in answers}.values())
        shuffled = random.sample(unique, len(unique))
        assert combine(unique) == combine(shuffled)

    @pytest.mark.parametrize(
        ("kind", "country", "confidence", "expected"),
        [
            ("ONION", "LT", "AGREED", "ONION"),
            ("ACCOUNT", "LT", "AGREED", "NON_WEB"),
            ("OTHER", "", "NONE", "NON_WEB"),
            ("WEB", "", "MASKED", "CDN_MASKED"),
            ("WEB", "", "NONE", "UNRESOLVED"),
            ("WEB", "LT", "SINGLE", "LT"),
            ("WEB", "DE", "AGREED", "INHOPE_ABROAD"),
            ("WEB", "ZZ", "CONFLICT", "OTHER_ABROAD"),
        ],
    )
    def test_the_class_that_rules_look_at(self, kind, country, confidence, expected):
        assert hosting_class(kind, Hosting(country, confidence, "", None), {"DE", "LV"}) == expected
