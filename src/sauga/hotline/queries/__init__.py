"""Every read of the hotline: whole questions answered, and loaders that hide what a stranger may not see."""
