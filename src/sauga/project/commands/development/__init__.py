"""Commands for those who develop Sauga."""
