"""The pages of the newsletter."""
