"""Data protection of the key tables: public halves and encrypted private ones are declared plain, because no
data key encrypts them."""

from sauga.kernel.sealed.registry import declare

declare("sealed.ZoneKey", plain={"zone", "kind", "public", "verify", "escrowed", "mark"})
declare("sealed.Member", plain={"person_public", "wrapped", "signature"})
declare("sealed.PersonKey", plain={"public"})
declare("sealed.KeyWrap", plain={"kind", "credential", "salt", "envelope"})
declare("sealed.WrappedKey", plain={"zone", "holder", "recipient", "envelope"})

# Code lists are in a lower layer and cannot call this registry themselves: reference data, no words of
# anyone.
declare("vocab.Vocabulary", plain={"code", "title_lt", "title_en", "source", "status", "extra"})
declare(
    "vocab.Term",
    plain={"code", "label_lt", "label_en", "source", "status", "lt_status", "parent", "extra", "edited_by"},
)
declare("vocab.Policy", plain={"name", "value", "status", "made_by"})
declare("vocab.Edition", plain={"mark"})
