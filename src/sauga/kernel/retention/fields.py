"""How retention's own fields are kept: plain, because only codes and references enter them."""

from sauga.kernel.sealed import declare

declare(
    "retention.Hold",
    plain={"ref", "object_kind", "object_ref", "reason", "asked_by", "confirmed_by", "lifted_by"},
)
declare("retention.RetentionTerm", plain={"code", "changed_by"})
declare("retention.TermChange", plain={"ref", "code", "asked_by", "confirmed_by", "ended_by"})
