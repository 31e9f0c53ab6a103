"""Every write of authoring."""
