"""Applications and certifications: evidence by criterion, the board of two, renewal, suspension, appeals."""
