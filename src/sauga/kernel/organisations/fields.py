"""Data protection of the register: it holds facts about organisations, none about a private person. Mailboxes
are those of offices."""

from sauga.kernel.sealed import declare

declare(
    "organisations.Organisation", plain={"code", "kinds", "country", "municipality", "website", "order_key"}
)
declare("organisations.OrganisationKind", plain={"code", "labels"})
declare(
    "organisations.OrganisationName",
    plain={"language", "name", "short", "since", "until", "during", "folded"},
)
declare("organisations.NameWord", plain={"word"})
declare("organisations.Identifier", plain={"scheme", "value", "source"})
declare(
    "organisations.OrganisationRole",
    plain={"role", "since", "until", "during", "certain", "source"},
)
declare("organisations.OrganisationLogo", plain={"permission", "since", "until", "during", "certain"})
declare("organisations.ContactAddress", plain={"purpose", "email"})
declare("organisations.Succession", plain={"since", "source"})
declare("organisations.SameAs")
declare("organisations.ServiceOperator", plain={"service"})
