"""The desk's pages of the register of organisations: list, one organisation, who held which role, import,
suggestions for forms (docs/develop/organisations.md)."""
