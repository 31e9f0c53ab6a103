"""How a referral's fields are kept: the payload sealed to the receiver's zone, the rest codes."""

from sauga.kernel.sealed import declare

declare(
    "referrals.Referral",
    plain={"ref", "kind", "sender", "receiver", "key", "plain", "state", "outcome", "installation"},
    sealed={"payload", "parcel"},
)
declare("referrals.HouseNonce", plain={"sender", "nonce"})
