"""What can go wrong with an embedded service.

EmbeddedError
├── ServiceStartError    the service did not come up: its log says why
└── FolderError          the folder cannot be used: give another one, or mend it
"""


class EmbeddedError(Exception):
    """An embedded service cannot run."""


class ServiceStartError(EmbeddedError):
    """The service did not come up: its log says why."""


class FolderError(EmbeddedError):
    """The folder cannot be used: give another one, or mend it."""
