"""Why an offer is not taken."""


class Refusal(Exception):
    """An update that is not for this device; the operator reads the message."""
