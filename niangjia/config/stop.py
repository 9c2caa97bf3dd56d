"""How a command ends that cannot go on."""


class Stop(Exception):
    """The command ends here; the sentence says what to do."""
