"""Self-assessments: the personal test “Are you safe on the internet?”, and the label that schools earn by
looking at their own work.

Controlled by the Awareness Centre. Answers to the personal test are never stored and never leave the device
of the person who answers; without JavaScript they are answered once and forgotten.
"""
