"""Whether content can still be reached: checks, what each means, when the next is due, removals and
reappearances."""
