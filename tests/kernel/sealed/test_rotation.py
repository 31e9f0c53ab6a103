"""Keys in files are replaced with overlap: what the former one made still opens, and one that stopped
is gone on with.
"""

import os
import stat
from datetime import UTC, datetime, timedelta

import pytest

from sauga.kernel.sealed import (
    KeyNotAvailable,
    Recipient,
    ServiceOpener,
    TicketInvalid,
    Zone,
    files,
    keys,
    new_data_key,
    new_pass,
    new_receipt,
    new_ticket,
    new_visit,
    open_data_key,
    read_pass,
    read_ticket,
    read_visit,
    receipt_keys,
)
from sauga.kernel.sealed.models import Member, WrappedKey, ZoneKey
from sauga.kernel.sealed.rotation import machine_keys
from sauga.kernel.sealed.visitors.puzzles import new_puzzle, read_puzzle

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
DAY = timedelta(days=1)
SERVICE = Recipient.SERVICE


class Stopped(Exception):
    """The machine went down."""


def stop(*_args, **_kwargs):
    raise Stopped


def sealed_to_the_machine(number: int = 5, first: int = 0) -> dict[str, bytes]:
    holders = [f"item:{place}" for place in range(first, first + number)]
    return {
        h: new_data_key(zone=Zone.HOTLINE, holder=h, recipients=[Recipient.TEAM, SERVICE]).secret
        for h in holders
    }


def all_open(made: dict[str, bytes]) -> bool:
    opener = ServiceOpener(Zone.HOTLINE)
    return all(
        open_data_key(zone=Zone.HOTLINE, holder=holder, opener=opener).secret == secret
        for holder, secret in made.items()
    )


def versions() -> list[int]:
    return sorted(WrappedKey.objects.filter(recipient=SERVICE).values_list("version", flat=True))


class TestMachineKey:
    def test_old_and_new_open_side_by_side_and_then_all_is_new(self, centre):
        made = sealed_to_the_machine()
        assert machine_keys.rotate_service(Zone.HOTLINE) == 2
        made |= sealed_to_the_machine(2, first=5)
        assert versions() == [1] * 5 + [2] * 2 and all_open(made)
        assert machine_keys.waiting(Zone.HOTLINE) == 5
        assert machine_keys.reseal_service(Zone.HOTLINE) == machine_keys.Resealed(5, 0, 0)
        assert versions() == [2] * 7 and all_open(made)
        assert machine_keys.retire(Zone.HOTLINE) == [1] and all_open(made)
        assert not files.has_service_private("hotline", 1) and keys.inspect(Zone.HOTLINE) == []

    def test_members_still_open_everything(self, centre):
        made = sealed_to_the_machine()
        machine_keys.rotate_service(Zone.HOTLINE)
        machine_keys.reseal_service(Zone.HOTLINE)
        for holder, secret in made.items():
            assert open_data_key(zone=Zone.HOTLINE, holder=holder, opener=centre.founder).secret == secret

    def test_stopped_before_the_row_was_written_the_same_file_is_used(self, centre, monkeypatch):
        made = sealed_to_the_machine()
        with monkeypatch.context() as broken:
            broken.setattr(machine_keys.zonekeys, "store", stop)
            with pytest.raises(Stopped):
                machine_keys.rotate_service(Zone.HOTLINE)
        begun = files.service_private("hotline", 2)
        assert ZoneKey.objects.filter(kind=SERVICE).count() == 1 and all_open(made)
        assert machine_keys.rotate_service(Zone.HOTLINE) == 2 and files.service_private("hotline", 2) == begun
        machine_keys.reseal_service(Zone.HOTLINE)
        assert all_open(made)

    def test_stopped_between_two_batches_it_goes_on_where_it_was(self, centre, monkeypatch):
        monkeypatch.setattr(machine_keys, "BATCH", 3)
        made = sealed_to_the_machine(10)
        machine_keys.rotate_service(Zone.HOTLINE)
        assert machine_keys.reseal_service(Zone.HOTLINE, limit=4).left == 6
        assert versions() == [1] * 6 + [2] * 4 and all_open(made)
        with pytest.raises(KeyNotAvailable, match="6 keys"):
            machine_keys.retire(Zone.HOTLINE)
        assert machine_keys.reseal_service(Zone.HOTLINE) == machine_keys.Resealed(6, 0, 0) and all_open(made)

    def test_stopped_inside_a_batch_nothing_of_it_has_happened(self, centre, monkeypatch):
        made = sealed_to_the_machine(3)
        machine_keys.rotate_service(Zone.HOTLINE)
        with monkeypatch.context() as broken:
            broken.setattr(WrappedKey.objects, "bulk_update", stop)
            with pytest.raises(Stopped):
                machine_keys.reseal_service(Zone.HOTLINE)
        assert versions() == [1] * 3 and all_open(made)

    def test_prepared_on_one_host_and_begun_later(self, centre):
        assert machine_keys.prepare(Zone.HOTLINE) == machine_keys.prepare(Zone.HOTLINE) == "hotline-service-2"
        held = files.service_private("hotline", 2)
        sealed_to_the_machine(1)
        assert versions() == [1] and machine_keys.rotate_service(Zone.HOTLINE) == 2
        assert files.service_private("hotline", 2) == held

    def test_what_no_file_here_opens_is_told_and_left_alone(self, centre):
        made = sealed_to_the_machine(2)
        old = files.folder() / "hotline-service"
        kept = old.read_bytes()
        machine_keys.rotate_service(Zone.HOTLINE)
        old.unlink()
        files.forget()
        assert machine_keys.reseal_service(Zone.HOTLINE) == machine_keys.Resealed(0, 2, 2)
        old.write_bytes(kept)
        files.forget()
        assert machine_keys.reseal_service(Zone.HOTLINE) == machine_keys.Resealed(2, 0, 0) and all_open(made)

    def test_escrow_restores_a_house_whose_machine_key_was_rotated(self, centre):
        machine_keys.rotate_service(Zone.HOTLINE)
        keys.escrow_restore(Zone.HOTLINE, centre.escrow.shares[:2], person_id=102)
        machine_keys.retire(Zone.HOTLINE)
        keys.escrow_restore(Zone.HOTLINE, centre.escrow.shares[1:], person_id=102)
        assert Member.objects.filter(person_id=102).exists() and keys.inspect(Zone.HOTLINE) == []


class TestTickets:
    def made(self) -> tuple[str, str, str, str]:
        receipt = new_receipt(b"0" * 11, "lt")
        kept = receipt_keys(receipt, Zone.HOTLINE)
        puzzle = new_puzzle("ticket", "form", bits=3, wait=5, at=AT)
        return new_ticket("form", AT), new_pass(kept, AT), new_visit(receipt, kept, AT), puzzle.text

    def read(self, ticket: str, pass_: str, visit: str, puzzle: str) -> tuple:
        one = read_ticket(ticket, "form", AT, DAY)
        seen, visited = read_pass(pass_, AT, DAY), read_visit(visit, AT, DAY)
        receipts = (seen.lookup, seen.key, visited.keys.lookup, visited.receipt.code)
        return one.nonce, one.receipt_entropy, receipts, read_puzzle(puzzle, "ticket", "form", AT, DAY)

    def test_what_was_given_out_before_means_the_same_afterwards(self):
        given = self.made()
        before = self.read(*given)
        assert files.rotate(files.TICKETS)
        assert self.read(*given) == before
        assert self.read(*self.made())
        files.finish(files.TICKETS)
        for read in (
            lambda: read_ticket(given[0], "form", AT, DAY),
            lambda: read_pass(given[1], AT, DAY),
            lambda: read_visit(given[2], AT, DAY),
            lambda: read_puzzle(given[3], "ticket", "form", AT, DAY),
        ):
            with pytest.raises(TicketInvalid):
                read()

    def test_a_process_that_runs_on_takes_up_the_new_key_by_itself(self):
        files.subkey(files.TICKETS, "sauga.ticket")
        path = files.folder() / files.TICKETS
        before = files.subkey(files.TICKETS, "sauga.ticket")
        (files.folder() / "elsewhere").write_text("ab" * 32)
        os.replace(files.folder() / "elsewhere", path)  # as another process does it
        assert files.subkey(files.TICKETS, "sauga.ticket") != before

    @pytest.mark.parametrize(
        "after", [0, 1], ids=["before the former was kept", "before the new one was placed"]
    )
    def test_stopped_in_between_it_is_done_again(self, monkeypatch, after):
        given = self.made()
        before, place, calls = self.read(*given), files.place, []

        def fragile(path, content):
            if len(calls) == after:
                raise Stopped
            calls.append(path)
            place(path, content)

        with monkeypatch.context() as broken:
            broken.setattr(files, "place", fragile)
            with pytest.raises(Stopped):
                files.rotate(files.TICKETS)
        assert self.read(*given) == before and files.is_unfinished(files.TICKETS) is bool(after)
        assert files.rotate(files.TICKETS) and not files.is_unfinished(files.TICKETS)
        assert self.read(*given) == before
        assert not files.rotate(files.TICKETS)  # a third key would shut out the first

    def test_files_stay_their_owners(self):
        files.subkey(files.TICKETS, "use")
        files.rotate(files.TICKETS)
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in files.folder().iterdir()}
        assert modes == {"tickets": 0o600, "tickets-former": 0o600}
