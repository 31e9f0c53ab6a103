"""The proof in the file of a credential (W3C Data Integrity): contexts, canonical form, signature."""
