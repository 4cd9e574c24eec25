"""Why an offer is not taken."""


class Refusal(Exception):
    """This device does not take the update; the message says why, to its operator."""
