"""The public register of ambassadors: what each has consented to show, by municipality."""
