"""The password hash: as expensive as the key derivation that wraps the vault, so that neither is the cheaper
one to attack."""

import hashlib
from typing import Any

from django.contrib.auth.hashers import BasePasswordHasher, mask_hash
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_noop

from sauga.kernel.sealed.people import wraps
from sauga.kernel.sealed.primitives.costs import password_cost


class Argon2idHasher(BasePasswordHasher):
    """Argon2id, t = 3, m = 64 MiB, one lane (RFC 9106 §4): `sauga_argon2id$operations$bytes$salt$hash`."""

    algorithm = "sauga_argon2id"

    def encode(self, password: str, salt: str) -> str:
        """A fresh hash with today's parameters."""
        today = password_cost()
        return self._encode(password, salt, today.operations, today.memory)

    def verify(self, password: str, encoded: str) -> bool:
        """Whether the password fits.

        Raises sealed.ParametersRefused for a row whose parameters were weakened.
        """
        held = self.decode(encoded)
        return constant_time_compare(
            encoded, self._encode(password, held["salt"], held["operations"], held["memory"])
        )

    def decode(self, encoded: str) -> dict[str, Any]:
        """The parts of a stored hash."""
        algorithm, operations, memory, salt, digest = encoded.split("$", 4)
        return {
            "algorithm": algorithm,
            "operations": int(operations),
            "memory": int(memory),
            "salt": salt,
            "hash": digest,
        }

    def must_update(self, encoded: str) -> bool:
        """Hashed with other parameters than today's: renewed at the next sign-in."""
        held, today = self.decode(encoded), password_cost()
        return (held["operations"], held["memory"]) != (today.operations, today.memory)

    def harden_runtime(self, password: str, encoded: str) -> None:
        """Nothing to even out: weaker parameters than today's are refused, stronger ones cost more by
        themselves."""

    def safe_summary(self, encoded: str) -> Any:
        """For lists; shows no more than the first letters."""
        held = self.decode(encoded)
        return {gettext_noop("algorithm"): self.algorithm, gettext_noop("hash"): mask_hash(held["hash"])}

    def _encode(self, password: str, salt: str, operations: int, memory: int) -> str:
        bytes_of_salt = hashlib.blake2b(salt.encode(), digest_size=16).digest()
        digest = wraps.key_from_password(password, bytes_of_salt, operations, memory).hex()
        return f"{self.algorithm}${operations}${memory}${salt}${digest}"
