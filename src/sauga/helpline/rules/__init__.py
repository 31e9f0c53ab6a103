"""What holds, as plain functions: permissions, triage, the order of the queue, opening hours, terms. No database."""
