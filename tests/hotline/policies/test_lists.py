"""Staff put right a code list or a policy, and nothing they typed, and no version before theirs, is lost."""

import time
from datetime import date, timedelta

import pytest
from django.test import Client

from sauga.hotline.policies.views import EDITOR, faults
from sauga.kernel import audit, vocab
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.identity.models import Person
from sauga.kernel.identity.signin.mfa import totp_code
from sauga.kernel.kit.editors import actions, declared, queries, shape
from sauga.kernel.kit.editors.declared import Wording
from sauga.kernel.refusals import ChangedMeanwhile, NothingChanged
from sauga.kernel.vocab.models import Policy, Term, Vocabulary
from tests.centre import Centre, centre, sign_in  # noqa: F401  a fixture
from tests.factories.hotline import AT

TODAY = AT.date()
ACT = {"vocabulary": "lt.legal_act", "code": "BK_309"}
WORDING = Wording(label_lt="Naujas pavadinimas", label_en="New name", source="Act 1", status="confirmed")


@pytest.fixture
def officer(centre: Centre):
    return centre.actor("NOTICE_OFFICER")


@pytest.fixture
def client(centre: Centre) -> Client:
    """The notice officer, who showed the second factor a moment ago."""
    return confirmed(centre, sign_in(centre, "NOTICE_OFFICER"))


def confirmed(centre: Centre, client: Client) -> Client:
    person = centre.people["NOTICE_OFFICER"]
    Person.objects.filter(pk=person.pk).update(totp_step=0)
    answer = client.post("/desk/sudo/", {"code": totp_code(centre.totp["NOTICE_OFFICER"], time.time())})
    assert answer.status_code == 302, answer.content
    return client


def current(name: str = "policy.hold") -> Policy:
    return Policy.objects.filter(name=name).order_by("-version")[0]


def whats(name: str, value: dict) -> list[tuple[str, str]]:
    return [(fault.path, fault.what) for fault in faults(name, EDITOR.shipped.policies[name], value)]


class TestTerms:
    def test_a_name_is_changed_and_the_trail_says_by_whom(self, officer):
        term = actions.edit_term(EDITOR, by=officer, **ACT, wording=WORDING, seen=None, at=AT)
        assert vocab.label("lt.legal_act", "BK_309", "lt") == "Naujas pavadinimas"
        assert term.edited_by == officer.pseudonym
        line = audit.timeline(term)[-1]
        assert line.facts == {"list": "lt.legal_act", "code": "BK_309", "act": "edited"}

    def test_an_edit_over_a_colleagues_is_refused(self, officer):
        actions.edit_term(EDITOR, by=officer, **ACT, wording=WORDING, seen=None, at=AT)
        with pytest.raises(ChangedMeanwhile):
            actions.edit_term(EDITOR, by=officer, **ACT, wording=Wording("A", "B"), seen=None, at=AT)
        actions.edit_term(
            EDITOR, by=officer, **ACT, wording=Wording("A", "B"), seen=AT, at=AT + timedelta(hours=1)
        )

    def test_the_same_again_is_no_edit(self, officer):
        actions.edit_term(EDITOR, by=officer, **ACT, wording=WORDING, seen=None, at=AT)
        with pytest.raises(NothingChanged):
            actions.edit_term(EDITOR, by=officer, **ACT, wording=WORDING, seen=AT, at=AT)

    @pytest.mark.parametrize(
        ("wording", "refused"),
        [
            (Wording("", "B"), declared.LabelMissing),
            (Wording("A", "  "), declared.LabelMissing),
            (
                Wording("A", "B", valid_from=date(2027, 1, 2), valid_to=date(2027, 1, 1)),
                declared.DaysReversed,
            ),
        ],
    )
    def test_words_that_do_not_do(self, officer, wording, refused):
        with pytest.raises(refused):
            actions.edit_term(EDITOR, by=officer, **ACT, wording=wording, seen=None, at=AT)

    def test_a_term_is_added_at_the_end_and_can_be_chosen(self, officer):
        term = actions.add_term(
            EDITOR, by=officer, vocabulary="lt.legal_act", code="XV_100", wording=WORDING, at=AT
        )
        assert vocab.choices("lt.legal_act", at=AT)[-1] == ("XV_100", vocab.label("lt.legal_act", "XV_100"))
        assert term.extra == {}
        with pytest.raises(vocab.CodeTaken):
            actions.add_term(
                EDITOR, by=officer, vocabulary="lt.legal_act", code="XV_100", wording=WORDING, at=AT
            )

    def test_a_new_category_says_how_urgent_it_is(self, officer):
        term = actions.add_term(
            EDITOR,
            by=officer,
            vocabulary="rrt.category",
            code="NEW",
            wording=WORDING,
            extra={"default_priority": "P2"},
            at=AT,
        )
        assert term.extra == {"default_priority": "P2"}

    @pytest.mark.parametrize("code", ["lower", "_X", "X__Y", "A" * 17, "X-Y", "", "Ž1"])
    def test_a_code_that_no_column_or_trail_would_take_is_refused(self, officer, code):
        with pytest.raises(declared.CodeUnfit):
            actions.add_term(EDITOR, by=officer, vocabulary="lt.legal_act", code=code, wording=WORDING, at=AT)

    def test_a_country_is_two_letters(self, officer):
        with pytest.raises(declared.CodeUnfit):
            actions.add_term(
                EDITOR, by=officer, vocabulary="iccam.hotline", code="LTU", wording=WORDING, at=AT
            )
        actions.add_term(EDITOR, by=officer, vocabulary="iccam.hotline", code="XX", wording=WORDING, at=AT)

    @pytest.mark.parametrize("vocabulary", ["item.verdict", "priority", "xarf.category", "state.report"])
    def test_lists_that_rules_or_other_systems_define_take_no_code(self, officer, vocabulary):
        with pytest.raises(vocab.VocabularyClosed):
            actions.add_term(EDITOR, by=officer, vocabulary=vocabulary, code="NEW", wording=WORDING, at=AT)

    def test_a_list_that_its_file_closes_takes_no_code(self, officer):
        Vocabulary.objects.filter(code="lt.legal_act").update(open=False)
        with pytest.raises(vocab.VocabularyClosed):
            actions.add_term(
                EDITOR, by=officer, vocabulary="lt.legal_act", code="NEW", wording=WORDING, at=AT
            )

    def test_a_retired_term_is_not_offered_and_still_reads(self, officer):
        actions.retire_term(
            EDITOR,
            by=officer,
            **ACT,
            last_date=TODAY - timedelta(days=1),
            replaced_by="BK_162",
            seen=None,
            at=AT,
        )
        assert "BK_309" not in dict(vocab.choices("lt.legal_act", at=AT))
        assert vocab.label("lt.legal_act", "BK_309", "lt") != "BK_309"
        assert Term.objects.get(code="BK_309").extra["replaced_by"] == "BK_162"

    @pytest.mark.parametrize("other", ["BK_309", "NONE_SUCH"])
    def test_a_replacement_is_another_term_of_the_list(self, officer, other):
        with pytest.raises(actions.NotOurs):
            actions.retire_term(
                EDITOR, by=officer, **ACT, last_date=TODAY, replaced_by=other, seen=None, at=AT
            )

    def test_a_term_does_not_end_before_it_began(self, officer):
        actions.edit_term(
            EDITOR, by=officer, **ACT, wording=Wording("A", "B", valid_from=TODAY), seen=None, at=AT
        )
        with pytest.raises(declared.DaysReversed):
            actions.retire_term(
                EDITOR, by=officer, **ACT, last_date=TODAY - timedelta(days=1), seen=AT, at=AT
            )

    def test_states_stay(self, officer):
        held = Term.objects.get(vocabulary__code="state.report", code="CLOSED")
        with pytest.raises(actions.StateStays):
            actions.retire_term(
                EDITOR,
                by=officer,
                vocabulary="state.report",
                code="CLOSED",
                last_date=TODAY,
                seen=None,
                at=AT,
            )
        words = Wording("Baigtas", held.label_en, valid_to=TODAY)
        with pytest.raises(actions.StateStays):
            actions.edit_term(
                EDITOR, by=officer, vocabulary="state.report", code="CLOSED", wording=words, seen=None, at=AT
            )
        words = Wording("Baigtas", held.label_en, status=held.status)
        assert actions.edit_term(
            EDITOR, by=officer, vocabulary="state.report", code="CLOSED", wording=words, seen=None, at=AT
        )

    def test_a_list_keeps_one_valid_term(self, officer):
        one, two = Term.objects.filter(vocabulary__code="notice.dispute_decision").order_by("position")
        for number, term in enumerate((one, two)):
            again = {
                "by": officer,
                "vocabulary": "notice.dispute_decision",
                "code": term.code,
                "last_date": TODAY,
                "seen": None,
                "at": AT,
            }
            if number == 0:
                actions.retire_term(EDITOR, **again)
                continue
            with pytest.raises(actions.LastTerm):
                actions.retire_term(EDITOR, **again)
        with pytest.raises(actions.LastTerm):
            later = Wording("A", "B", valid_from=TODAY + timedelta(days=9))
            actions.edit_term(
                EDITOR,
                by=officer,
                vocabulary="notice.dispute_decision",
                code=two.code,
                wording=later,
                seen=None,
                at=AT,
            )

    def test_other_services_lists_and_unknown_terms_are_not_ours(self, officer):
        for vocabulary, code in (("somebody.else", "X"), ("lt.legal_act", "NONE_SUCH")):
            with pytest.raises(actions.NotOurs):
                actions.edit_term(
                    EDITOR, by=officer, vocabulary=vocabulary, code=code, wording=WORDING, seen=None, at=AT
                )

    def test_nobody_else_may(self, centre: Centre):
        analyst = centre.actor("ANALYST")
        with pytest.raises(PermissionRefused):
            actions.edit_term(EDITOR, by=analyst, **ACT, wording=WORDING, seen=None, at=AT)
        with pytest.raises(PermissionRefused):
            actions.add_term(EDITOR, by=analyst, vocabulary="lt.legal_act", code="X", wording=WORDING, at=AT)
        with pytest.raises(PermissionRefused):
            actions.retire_term(EDITOR, by=analyst, **ACT, last_date=TODAY, seen=None, at=AT)
        with pytest.raises(PermissionRefused):
            actions.write_policy(EDITOR, by=analyst, name="policy.hold", value={}, based_on=1, at=AT)


class TestPolicies:
    def test_a_change_is_a_new_version_in_force_at_once(self, officer):
        before = current()
        made = actions.write_policy(
            EDITOR,
            by=officer,
            name="policy.hold",
            value=before.value | {"police_hold_max_hours": 48},
            based_on=before.version,
            at=AT,
        )
        assert (
            made.version == before.version + 1 and vocab.policy("policy.hold")["police_hold_max_hours"] == 48
        )
        assert Policy.objects.get(name="policy.hold", version=before.version).value == before.value
        assert audit.timeline(made)[-1].facts == {"policy": "policy.hold", "version": made.version}

    def test_a_change_for_later_waits_for_its_day(self, officer):
        before = current()
        value = before.value | {"police_hold_max_hours": 48}
        actions.write_policy(
            EDITOR,
            by=officer,
            name="policy.hold",
            value=value,
            based_on=before.version,
            valid_from=TODAY + timedelta(days=3),
            at=AT,
        )
        assert vocab.policy("policy.hold", at=AT)["police_hold_max_hours"] == 72
        assert vocab.policy("policy.hold", at=AT + timedelta(days=3))["police_hold_max_hours"] == 48
        newest, shipped = queries.policy_for(EDITOR, officer, "policy.hold", AT)
        assert not newest.is_in_force and shipped.is_in_force and not shipped.author and newest.changed == 2

    def test_two_editors_do_not_overwrite_each_other(self, officer):
        before = current()
        one, two = (before.value | {"police_hold_max_hours": hours} for hours in (48, 36))
        actions.write_policy(
            EDITOR, by=officer, name="policy.hold", value=one, based_on=before.version, at=AT
        )
        with pytest.raises(ChangedMeanwhile):
            actions.write_policy(
                EDITOR, by=officer, name="policy.hold", value=two, based_on=before.version, at=AT
            )

    def test_the_same_again_is_no_version(self, officer):
        before = current()
        with pytest.raises(NothingChanged):
            actions.write_policy(
                EDITOR, by=officer, name="policy.hold", value=before.value, based_on=before.version, at=AT
            )

    def test_unknown_and_fixed_policies_are_refused(self, officer):
        with pytest.raises(actions.NotOurs):
            actions.write_policy(EDITOR, by=officer, name="policy.of_others", value={}, based_on=1, at=AT)
        with pytest.raises(actions.PolicyFixed):
            actions.write_policy(EDITOR, by=officer, name="policy.canonical_url", value={}, based_on=1, at=AT)
        value = current().value
        Policy.objects.filter(name="policy.hold").delete()
        with pytest.raises(actions.NotOurs):
            actions.write_policy(EDITOR, by=officer, name="policy.hold", value=value, based_on=1, at=AT)

    @pytest.mark.parametrize("name", sorted(EDITOR.shipped.policies))
    def test_every_policy_fits_as_shipped(self, centre: Centre, name):
        assert whats(name, dict(EDITOR.shipped.policies[name])) == []

    @pytest.mark.parametrize(
        ("name", "change", "fault"),
        [
            ("policy.hold", {"police_hold_max_hours": "72"}, ("police_hold_max_hours", "kind")),
            ("policy.hold", {"police_hold_max_hours": True}, ("police_hold_max_hours", "kind")),
            ("policy.hold", {"police_hold_max_hours": 0}, ("police_hold_max_hours", "too_low")),
            ("policy.hold", {"police_hold_max_hours": 10**9}, ("police_hold_max_hours", "too_high")),
            ("policy.hold", {"police_hold_max_hours": 1.5}, ("police_hold_max_hours", "whole")),
            ("policy.cadence", {"watch_days": [3, 1]}, ("first_checks_minutes, then, watch_days", "own")),
            ("policy.hold", {"friday": True}, ("friday", "unknown")),
            ("policy.hold", {"calendar_holds": ["FRIDAY"]}, ("calendar_holds", "own")),
            ("policy.hold", {"calendar_holds": {}}, ("calendar_holds", "kind")),
            ("policy.hold", {"status": "done"}, ("status", "code")),
            ("policy.hold", {"note": "{who}"}, ("note", "place")),
            ("policy.hold", {"note": "{"}, ("note", "place")),
            ("policy.politeness", {"jitter_percent": 101}, ("jitter_percent", "too_high")),
            ("policy.politeness", {"max_text_bytes": 262_145}, ("max_text_bytes", "too_high")),
            ("policy.counted_route", {"order": ["POLICE", "SOMEWHERE"]}, ("order", "code")),
            ("policy.routing", {"rules": []}, ("rules", "empty")),
            ("policy.cadence", {"then": [{"every_minutes": 60}]}, ("then[1].until_hours", "missing")),
            ("policy.notice_sending", {"automatic_approval": ["TELEPATHY"]}, ("automatic_approval", "code")),
        ],
    )
    def test_what_the_program_could_not_read_is_refused_with_its_place(
        self, centre: Centre, name, change, fault
    ):
        assert whats(name, {**EDITOR.shipped.policies[name], **change}) == [fault]

    def test_a_missing_key_and_a_wrong_one_are_told_together(self, centre: Centre):
        value = dict(EDITOR.shipped.policies["policy.hold"])
        value["polise_hold_max_hours"] = value.pop("police_hold_max_hours")
        assert whats("policy.hold", value) == [
            ("police_hold_max_hours", "missing"),
            ("polise_hold_max_hours", "unknown"),
        ]

    def test_a_rule_may_name_any_known_condition_and_days(self, centre: Centre):
        shipped = EDITOR.shipped.policies["policy.routing"]
        rule = {
            **shipped["rules"][1],
            "id": "new",
            "when": {"country_not": ["LT"]},
            "valid_from": "2027-01-01",
            "valid_to": None,
        }
        assert whats("policy.routing", {**shipped, "rules": [*shipped["rules"], rule]}) == []

    @pytest.mark.parametrize(
        ("change", "fault"),
        [
            ({"when": {"colour": ["RED"]}}, ("rules[1].when.colour", "unknown")),
            ({"when": {"verdict_not": ["NICE"]}}, ("rules[1].when.verdict_not", "code")),
            ({"when": {"verdict": "BASELINE"}}, ("rules[1].when.verdict", "kind")),
            ({"routes": ["NOWHERE"]}, ("rules[1].routes", "code")),
            ({"valid_from": "soon"}, ("rules[1].valid_from", "day")),
            ({"valid_to": 7}, ("rules[1].valid_to", "day")),
            ({"id": "prohibited_lt"}, ("rules", "same_id")),
        ],
    )
    def test_a_rule_that_could_never_work_is_refused(self, centre: Centre, change, fault):
        shipped = EDITOR.shipped.policies["policy.routing"]
        assert whats(
            "policy.routing", {**shipped, "rules": [{**shipped["rules"][0], **change}, *shipped["rules"][1:]]}
        ) == [fault]

    @pytest.mark.parametrize("country", ["any", "LT", "abroad", "Mars"])
    def test_a_ladder_stands_in_a_known_place(self, centre: Centre, country):
        shipped = EDITOR.shipped.policies["policy.escalation"]
        ladders = [{**shipped["ladders"][0], "country": country}]
        wrong = [("ladders[1].country", "code")] if country == "Mars" else []
        assert whats("policy.escalation", {**shipped, "ladders": ladders}) == wrong

    def test_a_ladder_climbs_known_steps_only(self, centre: Centre):
        shipped = EDITOR.shipped.policies["policy.escalation"]
        ladder = {**shipped["ladders"][0], "rungs": [{"after_hours": 0, "do": "SHOUT"}]}
        assert whats("policy.escalation", {**shipped, "ladders": [ladder]}) == [
            ("ladders[1].rungs[1].do", "code")
        ]

    @pytest.mark.parametrize(
        ("text", "fault"),
        [
            ("{", ("1:2", "no_json")),
            ("[1]", ("", "kind")),
            ('{"a": 1, "b": 2, "a": 3}', ("a", "twice")),
            ('{"a": NaN}', ("NaN", "kind")),
            ("[" * 100_000, ("", "too_deep")),
            ('{"a": ' + "9" * 5000 + "}", ("", "too_high")),
            ('"' + "a" * 200_001 + '"', ("", "too_long")),
        ],
    )
    def test_text_that_is_no_policy(self, text, fault):
        with pytest.raises(shape.PolicyUnfit) as unfit:
            shape.read(text)
        assert [(one.path, one.what) for one in unfit.value.faults] == [fault]

    def test_infinity_written_as_a_number_is_too_high(self, centre: Centre):
        value = {**EDITOR.shipped.policies["policy.hold"], **shape.read('{"police_hold_max_hours": 1e999}')}
        assert whats("policy.hold", value) == [("police_hold_max_hours", "too_high")]

    def test_changes_show_what_went_and_what_came(self):
        old = {str(number): number for number in range(30)}
        lines = shape.changes(old, old | {"15": "new"})
        assert ("-", '  "15": 15,') in lines and ("+", '  "15": "new",') in lines and lines[0] == ("…", "")
        assert len(lines) < 10 and shape.changes(old, old) == []


class TestPages:
    def test_lists_are_found_by_name_without_marks(self, client: Client):
        page = client.get("/desk/hotline/lists/", {"find": "teises"}).content.decode()
        assert "lt.legal_act" in page and "report.spam_reason" not in page
        assert (
            "report.spam_reason"
            in client.get("/desk/hotline/lists/").content.decode()
            + client.get("/desk/hotline/lists/?after=50").content.decode()
            + client.get("/desk/hotline/lists/?after=100").content.decode()
        )

    @pytest.mark.parametrize("only", ["", "confirm", "edited", "nonsense"])
    def test_filters_never_break_a_page(self, client: Client, only):
        for address in ("lists/", "lists/lt.legal_act/", "policies/"):
            assert (
                client.get(
                    f"/desk/hotline/{address}", {"only": only, "after": "²", "find": "\x00"}
                ).status_code
                == 200
            )

    @pytest.mark.parametrize("only", ["valid", "retired", "confirm", "edited"])
    def test_terms_are_filtered(self, client: Client, officer, only):
        actions.retire_term(EDITOR, by=officer, **ACT, last_date=TODAY - timedelta(days=30), seen=None, at=AT)
        later = Wording("Vėliau", "Later", valid_from=date(2099, 1, 1))
        actions.add_term(EDITOR, by=officer, vocabulary="lt.legal_act", code="LATER", wording=later, at=AT)
        page = client.get("/desk/hotline/lists/lt.legal_act/", {"only": only}).content.decode()
        assert ("BK_309/" in page) == (only != "valid") and ("LATER/" in page) == (only == "edited")

    def test_edited_lists_and_policies_are_found(self, client: Client, officer):
        actions.edit_term(EDITOR, by=officer, **ACT, wording=WORDING, seen=None, at=AT)
        before = current()
        actions.write_policy(
            EDITOR,
            by=officer,
            name="policy.hold",
            value=before.value | {"note": "x"},
            based_on=before.version,
            at=AT,
        )
        assert (
            "lt.legal_act" in (page := client.get("/desk/hotline/lists/?only=edited").content.decode())
            and "item.verdict" not in page
        )
        assert "policy.hold" in (page := client.get("/desk/hotline/policies/?only=edited").content.decode())
        assert "policy.cadence" not in page
        assert "policy.cadence" in client.get("/desk/hotline/policies/?only=confirm").content.decode()

    def test_a_term_is_edited_and_its_days_kept(self, client: Client):
        address = "/desk/hotline/lists/lt.legal_act/BK_309/"
        assert client.get(address).status_code == 200
        sent = {
            "label_lt": "Pavadinimas",
            "label_en": "Name",
            "valid_to": "2030-12-31",
            "source": "Aktas",
            "confirmed": "on",
            "worded": "on",
        }
        assert client.post(address, sent).status_code == 302
        term = Term.objects.get(code="BK_309")
        assert (term.label_lt, term.valid_to, term.status, term.lt_status) == (
            "Pavadinimas",
            date(2030, 12, 31),
            "confirmed",
            term.lt_status,
        )
        assert term.lt_status != "draft"
        stale = client.post(address, sent | {"label_lt": "Kitas"})
        assert stale.status_code == 422 and "Kitas" in stale.content.decode()
        assert term.edited_at.isoformat().replace("+", "&#x2B;") in stale.content.decode().replace(
            "+", "&#x2B;"
        )
        assert (
            client.post(address, sent | {"label_lt": "Kitas", "seen": term.edited_at.isoformat()}).status_code
            == 302
        )
        for wrong in ("not a day", "2026-13-45T00:00:00"):
            assert client.post(address, sent | {"seen": wrong}).status_code == 422

    def test_a_state_keeps_its_days(self, client: Client):
        address = "/desk/hotline/lists/state.report/CLOSED/"
        page = client.get(address).content.decode()
        assert "valid_to" not in page and "retire" not in page
        assert client.post(address, {"label_lt": "Baigtas", "label_en": "Closed"}).status_code == 302
        held = Term.objects.get(vocabulary__code="state.report", code="CLOSED")
        assert held.label_lt == "Baigtas" and held.status == "provisional"

    def test_a_term_is_added_where_the_list_takes_one(self, client: Client):
        address = "/desk/hotline/lists/rrt.category/add/"
        assert "P3" in client.get(address).content.decode()
        sent = {"code": "NEW_KIND", "label_lt": "Nauja", "label_en": "New", "default_priority": "P4"}
        assert client.post(address, sent).status_code == 302
        again = client.post(address, sent)
        assert again.status_code == 422 and "Nauja" in again.content.decode()
        assert client.get("/desk/hotline/lists/item.verdict/add/").status_code == 404

    def test_a_term_is_retired_with_its_heir(self, client: Client):
        address = "/desk/hotline/lists/lt.legal_act/BK_309/retire/"
        assert client.post(address, {"retire-last_date": ""}).status_code == 422
        sent = {"retire-last_date": "2020-01-01", "retire-replaced_by": "BK_162"}
        assert client.post(address, sent).status_code == 302
        stale = client.post(address, sent)
        assert stale.status_code == 422
        assert Term.objects.get(code="BK_309").valid_to == date(2020, 1, 1)
        only = "/desk/hotline/lists/lt.legal_act/BK_162/retire/"
        Term.objects.filter(vocabulary__code="lt.legal_act").exclude(code="BK_162").update(
            valid_to=date(2026, 1, 1)
        )
        vocab.forget()
        assert client.post(only, {"retire-last_date": "2020-01-01"}).status_code == 422

    def test_a_policy_is_edited_and_brought_back(self, client: Client, centre: Centre):
        address = "/desk/hotline/policies/policy.hold/"
        first = current()
        text = shape.write(first.value | {"police_hold_max_hours": 48})
        assert client.get(f"{address}edit/").status_code == 200
        assert client.post(f"{address}edit/", {"text": text, "base": first.version}).status_code == 302
        page = client.get(address).content.decode()
        assert (
            "&quot;police_hold_max_hours&quot;: 48" in page and centre.people["NOTICE_OFFICER"].name in page
        )
        assert client.get(address, {"version": first.version}).status_code == 200
        old = client.get(f"{address}edit/", {"version": first.version}).content.decode()
        assert "police_hold_max_hours&quot;: 72" in old
        back = {"text": shape.write(first.value), "base": first.version + 1}
        assert client.post(f"{address}edit/?version={first.version}", back).status_code == 302
        assert current().value == first.value and current().version == first.version + 2

    @pytest.mark.parametrize(
        "text",
        [
            "{",
            "[]",
            '{"status": "provisional"}',
            '{"a": NaN}',
            "\x00",
            '{"a": ' + "9" * 5000 + "}",
            "[" * 50_000,
        ],
    )
    def test_a_policy_that_does_not_fit_is_kept_on_the_page(self, client: Client, text):
        before = current()
        answer = client.post(
            "/desk/hotline/policies/policy.hold/edit/", {"text": text, "base": before.version}
        )
        assert answer.status_code == 422
        assert current().pk == before.pk

    def test_a_stale_policy_is_kept_on_the_page_and_can_be_saved_then(self, client: Client, officer):
        first = current()
        actions.write_policy(
            EDITOR,
            by=officer,
            name="policy.hold",
            value=first.value | {"note": "x"},
            based_on=first.version,
            at=AT,
        )
        sent = {"text": shape.write(first.value | {"note": "y"}), "base": first.version}
        answer = client.post("/desk/hotline/policies/policy.hold/edit/", sent)
        assert (
            answer.status_code == 422
            and f'name="base" value="{first.version + 1}"' in answer.content.decode()
        )
        same = {"text": shape.write(first.value | {"note": "x"}), "base": first.version + 1}
        assert client.post("/desk/hotline/policies/policy.hold/edit/", same).status_code == 422
        assert "policy.hold" not in client.get("/desk/hotline/policies/?find=cadence").content.decode()

    def test_fixed_and_foreign_policies_have_no_edit_page(self, client: Client):
        assert client.get("/desk/hotline/policies/policy.canonical_url/").status_code == 200
        assert client.get("/desk/hotline/policies/policy.canonical_url/edit/").status_code == 404
        for address in ("policies/policy.other/", "lists/other.list/", "lists/lt.legal_act/NONE/"):
            assert client.get(f"/desk/hotline/{address}").status_code == 404

    def test_without_the_second_factor_nothing_is_written_and_nothing_lost(self, centre: Centre):
        client = sign_in(centre, "NOTICE_OFFICER")
        later = client.session
        later.pop("identity.sudo", None)
        later.save()
        assert (
            client.get("/desk/hotline/policies/policy.hold/edit/")
            .headers["Location"]
            .startswith("/desk/sudo/")
        )
        first = current()
        text = shape.write(first.value | {"note": "Ilgai rašyta pastaba"})
        late = client.post("/desk/hotline/policies/policy.hold/edit/", {"text": text, "base": first.version})
        assert (
            late.status_code == 422
            and "Ilgai rašyta pastaba" in late.content.decode()
            and "/desk/sudo/" in late.content.decode()
        )
        for address, sent in (
            ("BK_309/", {"label_lt": "A", "label_en": "B"}),
            ("BK_309/retire/", {"retire-last_date": "2020-01-01"}),
            ("add/", {"code": "NEW", "label_lt": "A", "label_en": "B"}),
        ):
            assert client.post(f"/desk/hotline/lists/lt.legal_act/{address}", sent).status_code == 422
        assert current().pk == first.pk and not Term.objects.filter(edited_at__isnull=False).exists()

    def test_pages_cost_the_same_however_long_the_list(self, client: Client, django_assert_max_num_queries):
        client.get("/desk/hotline/lists/lt.legal_act/")
        with django_assert_max_num_queries(15):
            client.get("/desk/hotline/lists/lt.legal_act/")
        with django_assert_max_num_queries(15):
            client.get("/desk/hotline/lists/dsa.keyword/")
