"""The personal test: one versioned item bank, three audiences; answers never leave the device."""
