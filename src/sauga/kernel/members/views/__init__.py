"""Pages of the member site, the guardian's page, and the list at the desk."""
