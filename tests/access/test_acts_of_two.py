"""Both sides of every act of two people are declared, so that no administrator alone can fill either of them
(decision 0089).

An act of two people shows in the source: an action refuses somebody because of what they did before. Every
such refusal stands in this table, with both sides, or among those that are something else.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from sauga.certification.permissions import Permission as B
from sauga.helpline.permissions import Permission as H
from sauga.hotline.permissions import Permission as R
from sauga.kernel.identity import effect
from sauga.kernel.identity.rules import Permission as I
from sauga.kernel.permissions import REGISTRY
from sauga.kernel.retention.permissions import Permission as T
from sauga.newsletter.permissions import Permission as N
from sauga.panel.permissions import Permission as Y
from sauga.portal.permissions import Permission as P
from sauga.repository.permissions import Permission as A
from sauga.training.permissions import Permission as C

pytestmark = [pytest.mark.access, pytest.mark.unit]
SRC = Path(__file__).parents[2] / "src" / "sauga"
ACTS = {
    "verdict, second look and dispute": ("OwnItem", {R.ASSESS}, {R.REVIEW}),
    "notice that two approve": (
        "NotReady",
        {R.SEND_NOTICE, R.APPROVE_ORDER},
        {R.SEND_NOTICE, R.APPROVE_ORDER},
    ),
    "mass export of hand-overs": ("OwnExport", {R.HAND_OVER, R.HAND_OVER_TO_POLICE}, {R.APPROVE_EXPORT}),
    "answer to a letter": ("OwnAnswer", {H.ANSWER_LETTER}, {H.REVIEW_LETTER}),
    "breaking confidentiality": ("OwnProposal", {H.PROPOSE_BREAK}, {H.APPROVE_BREAK}),
    "closing a case": ("OwnClosing", {H.KEEP_CASE}, {H.KEEP_CASE}),
    "quality review of a contact": ("OwnContact", {H.TALK, H.TAKE_CALL, H.ANSWER_LETTER}, {H.SAMPLE_QUALITY}),
    "critical finding settled": ("SecondPersonNeeded", {H.SAMPLE_QUALITY}, {H.LEAD_SHIFT}),
    "debrief": ("OwnDebrief", {H.CLAIM_SHIFT}, {H.LEAD_SHIFT, H.EDIT_VOLUNTEERS}),
    "beginning although something is missing": ("OwnWaiver", {H.CLAIM_SHIFT}, {H.LEAD_SHIFT}),
    "sending an issue of the newsletter": ("OwnIssue", {N.WRITE}, {N.SEND}),
    "review of a resource": ("OwnWork", {A.EDIT_RESOURCE}, {A.REVIEW_RESOURCE, A.CHECK_CHILD_SAFETY}),
    "legal hold": ("HoldRefused", {T.HOLD}, {T.HOLD}),
    "retention period": ("TermRefused", {T.EDIT_TERMS}, {T.EDIT_TERMS, T.HOLD}),
    "granting a role": ("SecondPersonNeeded", {I.INVITE, I.CHANGE_MEMBERSHIP}, {I.CONFIRM_ROLE}),
    "records of the panel for an inquiry": ("OwnRequest", {Y.ASK_EXPORT}, {Y.APPROVE_EXPORT}),
    "what an adult of the panel did": ("OwnAct", {Y.MANAGE_MEMBERS, Y.ANSWER_FLAGS}, {Y.SEE_ADULT_ACTS}),
    "opening a ballot of the panel": ("CannotOpen", {Y.RUN_BALLOTS}, {Y.RUN_BALLOTS}),
    "cancelling a ballot of the panel": ("CannotCancel", {Y.RUN_BALLOTS}, {Y.RUN_BALLOTS}),
    "publishing a course": ("OwnReview", {C.EDIT_COURSES}, {C.PUBLISH_COURSES}),
    "certifying an ambassador": ("", {B.DECIDE_CRITERIA, B.BOARD}, {B.BOARD}),
    "publishing a resource": ("", {A.EDIT_RESOURCE, A.REVIEW_RESOURCE}, {A.PUBLISH_RESOURCE}),
    "publishing a page": ("", {P.WRITE_PAGES, P.TRANSLATE_PAGES}, {P.PUBLISH_PAGES}),
    "how many people a verdict, a notice or an export takes": ("", {R.EDIT_POLICY}, {R.EDIT_POLICY}),
    "adaptation that its owner approves": ("", set(), {A.APPROVE_ADAPTATION}),
}
"""Act → the exception that refuses the same person (where one does), and the permissions of either side."""
NO_ACTS = {
    "NobodyThere": "a call is passed to somebody else than oneself",
    "YoursAlready": "nobody swaps a shift with themselves",
    "ConversationMovedOn": "a lead listens to others, not to themselves",
    "TransferOver": "a conversation is passed on to somebody else",
}


def refusals() -> Iterator[str]:
    """The exceptions by which an action refuses the person who took an earlier step: by name, and by
    what it compares.
    """
    for path in sorted(SRC.rglob("*.py")):
        where = path.relative_to(SRC).with_suffix("").parts
        if "actions" not in where and where[:2] != ("kernel", "retention"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and re.match(r"Own[A-Z]|SecondPerson", node.name):
                yield node.name
            elif isinstance(node, ast.If) and isinstance(node.body[-1], ast.Raise):
                if _same_person(node.test):
                    yield _raised(node.body[-1])
            elif isinstance(node, ast.FunctionDef):
                yield from _by_a_rule(node)


def _raised(node: ast.Raise) -> str:
    """The name of the exception."""
    raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
    return ast.unparse(raised).rpartition(".")[2] if raised else ""


def _by_a_rule(action: ast.FunctionDef) -> Iterator[str]:
    """What an action raises with the reason of a pure rule that was given the person: `why =
    decisions.why_not_…(…, by.person_id, …)`, `raise Refused(why)`.
    """
    asked = [
        node
        for node in ast.walk(action)
        if isinstance(node, ast.Assign)
        and re.match(r"decisions\..*\bby\.(person_id|pseudonym)\b", ast.unparse(node.value), re.DOTALL)
    ]
    reasons = {ast.unparse(target) for node in asked for target in node.targets}
    for node in ast.walk(action):
        if (
            isinstance(node, ast.Raise)
            and isinstance(node.exc, ast.Call)
            and reasons & {ast.unparse(one) for one in node.exc.args}
        ):
            yield _raised(node)


def _same_person(test: ast.expr) -> bool:
    """Whether a condition is true for one person: `x == by.person_id`, `by.pseudonym in …`,
    `filter(by_id=by.person_id)`.
    """
    compared = [
        node
        for node in ast.walk(test)
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Eq | ast.In)
    ]
    filtered = [node for node in ast.walk(test) if isinstance(node, ast.keyword) and node.arg == "by_id"]
    return any(
        re.search(r"\bby\.(person_id|pseudonym)\b", ast.unparse(node)) for node in (*compared, *filtered)
    )


def test_every_refusal_of_the_same_person_is_an_act_with_two_sides_or_something_else():
    found = set(refusals())
    assert {"OwnItem", "OwnClosing", "HoldRefused", "NotReady"} <= found, (
        "the source is not read as it should be"
    )
    assert found - NO_ACTS.keys() == {refusal for refusal, _first, _second in ACTS.values()} - {""}


@pytest.mark.parametrize("act", ACTS)
def test_a_role_that_holds_either_side_of_the_act_is_granted_by_two(act):
    _refusal, first, second = ACTS[act]
    alone = sorted(code for code in map(str, first | second) if not effect.needs_two({code}))
    assert not alone, f"one administrator grants these of “{act}”: {alone}"


def test_what_one_person_grants_is_no_part_of_any_act():
    """The other side of the coin: the roles that are left, so that a new one is noticed."""
    roles: dict[str, set[str]] = {}
    for one in REGISTRY.permissions.values():
        for role in one.roles:
            roles.setdefault(role, set()).add(one.code)
    assert {role for role, held in roles.items() if not effect.needs_two(held)} == {
        "DOOR_STAFF",
        "ORGANISER",
        "PHOTOGRAPHER",
        "PROGRAMME_COMMITTEE",
        "SERVICE_ADMINISTRATOR",
        "TUTOR",
        "WEBINAR_HOST",
        "WELFARE_LEAD",
    }
