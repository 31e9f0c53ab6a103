"""Encryption, all of it: zones, key pairs, envelopes, receipts and tickets
(docs/develop/sealed.md)."""

from typing import TYPE_CHECKING

from sauga.kernel.lazy_exports import lazy_getattr

if TYPE_CHECKING:
    from sauga.kernel.sealed import ballots, keys
    from sauga.kernel.sealed.backups import open_backup, seal_backup
    from sauga.kernel.sealed.blindindex import blind
    from sauga.kernel.sealed.content import seal, unseal
    from sauga.kernel.sealed.datakeys import (
        DataKey,
        PreparedKey,
        destroy_keys,
        new_data_key,
        open_data_key,
        open_data_keys,
        prepare_data_key,
        share_data_key,
        store_keys,
    )
    from sauga.kernel.sealed.errors import (
        AlreadyEnrolled,
        ContextInvalid,
        EnvelopeDamaged,
        EnvelopeError,
        EnvelopeUnknown,
        KeyNotAvailable,
        LastMember,
        NotAMember,
        ParametersRefused,
        ReceiptUnreadable,
        RecoveryCodeUnreadable,
        RogueMembership,
        RogueZoneKey,
        SealedError,
        SharesRefused,
        TextNotSealable,
        TicketError,
        TicketExpired,
        TicketInvalid,
        UnlockRefused,
        UnreadableWhy,
        VaultClosed,
        VaultLocked,
        WeakPublicKey,
        ZoneExists,
        ZoneMissing,
    )
    from sauga.kernel.sealed.openers import Opener, ReceiptOpener, ServiceOpener
    from sauga.kernel.sealed.people.key_pairs import (
        add_passkey,
        change_password,
        enrol_person,
        is_enrolled,
        new_recovery_code,
        recover,
        reenrol_person,
        remove_passkey,
        set_password,
        unlock_with_passkey,
        unlock_with_password,
    )
    from sauga.kernel.sealed.people.recovery_codes import RecoveryCode
    from sauga.kernel.sealed.people.teams import (
        add_member,
        create_machine_zone,
        create_zone,
        fingerprint,
        members,
        remove_member,
        rotate,
        zone_exists,
    )
    from sauga.kernel.sealed.people.vault import Vault
    from sauga.kernel.sealed.rotation.team_keys import Progress, reseal, waiting
    from sauga.kernel.sealed.signatures import archives, web_tokens
    from sauga.kernel.sealed.signatures.ed25519 import installation_signer
    from sauga.kernel.sealed.visitors.receipts import Receipt, ReceiptKeys, new_receipt, receipt_keys
    from sauga.kernel.sealed.visitors.tickets import (
        Ticket,
        Visit,
        new_pass,
        new_ticket,
        new_visit,
        read_pass,
        read_ticket,
        read_visit,
    )
    from sauga.kernel.sealed.visitors.typed_receipts import parse_receipt
    from sauga.kernel.sealed.zones import HELD_BY_STAFF, Recipient, Zone

_NAMES = {
    "backups": "open_backup seal_backup",
    "blindindex": "blind",
    "content": "seal unseal",
    "datakeys": (
        "DataKey PreparedKey destroy_keys new_data_key open_data_key open_data_keys prepare_data_key "
        "share_data_key store_keys"
    ),
    "errors": "AlreadyEnrolled ContextInvalid EnvelopeDamaged EnvelopeError EnvelopeUnknown KeyNotAvailable "
    "LastMember NotAMember"
    " ParametersRefused ReceiptUnreadable RecoveryCodeUnreadable RogueMembership RogueZoneKey "
    "SealedError SharesRefused TextNotSealable"
    " TicketError TicketExpired TicketInvalid UnlockRefused UnreadableWhy VaultClosed VaultLocked "
    "WeakPublicKey ZoneExists ZoneMissing",
    "openers": "Opener ReceiptOpener ServiceOpener",
    "people.key_pairs": "add_passkey change_password enrol_person is_enrolled "
    "new_recovery_code recover reenrol_person "
    "remove_passkey set_password"
    " unlock_with_passkey unlock_with_password",
    "visitors.typed_receipts": "parse_receipt",
    "visitors.receipts": "Receipt ReceiptKeys new_receipt receipt_keys",
    "people.recovery_codes": "RecoveryCode",
    "rotation.team_keys": "Progress reseal waiting",
    "signatures.ed25519": "installation_signer",
    "people.teams": (
        "add_member create_machine_zone create_zone fingerprint members remove_member rotate zone_exists"
    ),
    "visitors.tickets": "Ticket Visit new_pass new_ticket new_visit read_pass read_ticket read_visit",
    "people.vault": "Vault",
    "zones": "HELD_BY_STAFF Recipient Zone",
}
__all__ = [
    "HELD_BY_STAFF",
    "AlreadyEnrolled",
    "ContextInvalid",
    "DataKey",
    "EnvelopeDamaged",
    "EnvelopeError",
    "EnvelopeUnknown",
    "KeyNotAvailable",
    "LastMember",
    "NotAMember",
    "Opener",
    "ParametersRefused",
    "PreparedKey",
    "Progress",
    "Receipt",
    "ReceiptKeys",
    "ReceiptOpener",
    "ReceiptUnreadable",
    "Recipient",
    "RecoveryCode",
    "RecoveryCodeUnreadable",
    "RogueMembership",
    "RogueZoneKey",
    "SealedError",
    "ServiceOpener",
    "SharesRefused",
    "TextNotSealable",
    "Ticket",
    "TicketError",
    "TicketExpired",
    "TicketInvalid",
    "UnlockRefused",
    "UnreadableWhy",
    "Vault",
    "VaultClosed",
    "VaultLocked",
    "Visit",
    "WeakPublicKey",
    "Zone",
    "ZoneExists",
    "ZoneMissing",
    "add_member",
    "add_passkey",
    "archives",
    "ballots",
    "blind",
    "change_password",
    "create_machine_zone",
    "create_zone",
    "destroy_keys",
    "enrol_person",
    "fingerprint",
    "installation_signer",
    "is_enrolled",
    "keys",
    "members",
    "new_data_key",
    "new_pass",
    "new_receipt",
    "new_recovery_code",
    "new_ticket",
    "new_visit",
    "open_backup",
    "open_data_key",
    "open_data_keys",
    "parse_receipt",
    "prepare_data_key",
    "read_pass",
    "read_ticket",
    "read_visit",
    "receipt_keys",
    "recover",
    "reenrol_person",
    "remove_member",
    "remove_passkey",
    "reseal",
    "rotate",
    "seal",
    "seal_backup",
    "set_password",
    "share_data_key",
    "store_keys",
    "unlock_with_passkey",
    "unlock_with_password",
    "unseal",
    "waiting",
    "web_tokens",
    "zone_exists",
]
_WHERE = {name: module for module, names in _NAMES.items() for name in names.split()} | {
    "archives": "signatures.archives",
    "ballots": "ballots",
    "keys": "keys",
    "web_tokens": "signatures.web_tokens",
}
__getattr__ = lazy_getattr(__name__, _WHERE)
