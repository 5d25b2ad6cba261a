"""Why the refresh stops: what was found, and what to do, in a sentence. The committed data are then as they were."""


class Stop(Exception):  # noqa: N818
    """The message is the French sentence that is shown."""
