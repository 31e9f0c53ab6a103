"""Every write of the repository, one file a noun. Each action names its actor, runs in one transaction and leaves its line in the trail."""
