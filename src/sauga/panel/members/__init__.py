"""Members of the panel: nomination, consents, the members' space; and safeguarding."""
