"""Template tags of the kernel's languages."""
