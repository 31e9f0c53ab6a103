"""Quality reviews of contacts on redacted text, by shift leads."""
