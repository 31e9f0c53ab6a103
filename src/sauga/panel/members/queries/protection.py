"""Who a member is, which school nominated the member, and what a member wrote on the page “Something is
wrong”: sealed for the panel's team, the school for the machine; nothing else of the panel touches a key."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from sauga.kernel import sealed
from sauga.kernel.members import protection as accounts
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.sealed import PreparedKey, Recipient, Vault, Zone
from sauga.panel.members.models import Flag, Member

ZONE = Zone.PANEL


@dataclass(frozen=True)
class Identity:
    """Who a member is: name, class, and what is good to know when meeting the member."""

    name: str
    school_class: str = ""
    note: str = ""


def seal_identity(member: Member, identity: Identity) -> PreparedKey:
    """Fill the member's identity; the key is to be stored with the row."""
    prepared = sealed.prepare_data_key(zone=ZONE, holder=member.holder, recipients=[Recipient.TEAM])
    text = json.dumps(asdict(identity), ensure_ascii=False)
    member.identity = sealed.seal(prepared.key, table="member", row=member.ref, field="identity", text=text)
    return prepared


def identity_of(member: Member, vault: Vault) -> Identity:
    """Who a member is. Raises KeyNotAvailable, also once it was erased."""
    key = sealed.open_data_key(zone=ZONE, holder=member.holder, opener=vault)
    text = sealed.unseal(
        key, table="member", row=member.ref, field="identity", envelope=bytes(member.identity)
    )
    return Identity(**json.loads(text))


def seal_school(member: Member, school: Organisation) -> None:
    """Fill who nominated a member, under the key of the member's account."""
    if member.account is not None:
        member.school = accounts.seal(accounts.open_key(member.account), member, "school", str(school.pk))


def school_of(member: Member) -> Organisation | None:
    """Who nominated a member; None once the account is gone."""
    return schools_of([member]).get(member.pk)


def schools_of(members: Iterable[Member]) -> dict[int, Organisation]:
    """Who nominated several members, by the member's primary key. Their months of birth are open afterwards,
    too: one query for all keys."""
    rows = [row for row in members if row.account is not None]
    keys = accounts.keys_of(row.account for row in rows if row.account is not None)
    found: dict[int, int] = {}
    for row in rows:
        key = keys.get(row.account.holder) if row.account is not None else None
        if row.account is None or key is None:
            continue
        row.account.birth_month = row.account.month_by(key)
        if said := accounts.unseal(key, row, "school", row.school):
            found[row.pk] = int(said)
    schools = Organisation.objects.in_bulk(set(found.values())) if found else {}
    return {pk: schools[school] for pk, school in found.items() if school in schools}


def seal_words(flag: Flag, words: str) -> PreparedKey | None:
    """Fill the words of a flag; None where there are none."""
    if not words:
        return None
    prepared = sealed.prepare_data_key(zone=ZONE, holder=flag.holder, recipients=[Recipient.TEAM])
    flag.words = sealed.seal(prepared.key, table="flag", row=flag.ref, field="words", text=words)
    return prepared


def words_of(flag: Flag, vault: Vault) -> str:
    """What the member wrote. Raises KeyNotAvailable."""
    if not bytes(flag.words):
        return ""
    key = sealed.open_data_key(zone=ZONE, holder=flag.holder, opener=vault)
    return sealed.unseal(key, table="flag", row=flag.ref, field="words", envelope=bytes(flag.words))


def seal_answer(flag: Flag, text: str) -> None:
    """Fill the answer to the member, under the key of the member's account."""
    account = flag.member.account
    if account is not None:
        flag.answer = accounts.seal(accounts.open_key(account), flag, "answer", text)


def answer_of(flag: Flag) -> str:
    """The answer to the member; empty before there is one, and once the account is gone."""
    account = flag.member.account
    if account is None or not bytes(flag.answer):
        return ""
    return accounts.unseal(accounts.open_key(account), flag, "answer", flag.answer)
