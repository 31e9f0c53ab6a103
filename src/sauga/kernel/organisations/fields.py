"""Data protection of the register: it holds facts about organisations, none about a private person."""

from sauga.kernel.sealed import declare

declare("organisations.Organisation", plain={"code", "kinds"})
declare("organisations.OrganisationKind", plain={"code", "labels"})
declare("organisations.OrganisationName", plain={"language", "name"})
declare("organisations.ServiceOperator", plain={"service"})
