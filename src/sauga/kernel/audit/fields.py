"""Data protection of the audit log's fields: all plain, because they hold only codes,
references and hashes.
"""

from sauga.kernel.sealed import declare

declare("audit.TrailLine", plain={"zone", "actor", "action", "kind", "ref", "facts", "digest"})
declare("audit.TrailLink", plain={"zone", "hash"})
declare("audit.TrailHead", plain={"zone", "hash"})
declare("audit.SignedHead", plain={"zone", "hash", "public", "signature", "witness"})
declare("audit.HeadDelivery", plain={"destination"})
declare("audit.WitnessedHead", plain={"installation", "zone", "hash", "public", "signature"})
declare("audit.Anchor", plain={"zone", "hash", "public", "signature"})
