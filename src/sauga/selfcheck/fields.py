"""How the fields of selfcheck are protected: published words, about nobody; those of the school label are
about schools, and ask for words without names."""

from sauga.kernel.sealed import declare

declare("selfcheck.BankVersion", plain={"ref", "state", "content", "note"})
declare("selfcheck.Questionnaire", plain={"content", "digest"})
declare("selfcheck.Assessment", plain={"ref", "state"})
declare("selfcheck.Round", plain={"level", "points", "weights", "missing"})
declare("selfcheck.TeamMember", plain={"area"})
declare("selfcheck.Answer", plain={"aspect", "comment"})
declare("selfcheck.Evidence", plain={"ref", "aspect", "kind", "sha256", "returned"})
declare("selfcheck.Assessor", plain={"ref", "state"})
declare("selfcheck.Review", plain={"ref"})
declare("selfcheck.Verdict", plain={"aspect", "reason"})
declare("selfcheck.PlanTask", plain={"ref", "aspect", "title", "owner", "progress"})
declare("selfcheck.Label", plain={"ref", "level"})
declare("selfcheck.Rescore", plain={"level", "points", "moved"})
declare("selfcheck.Published", plain={"municipality", "rounds", "points", "weights"})
