"""The fixtures live in small plugins, one per service."""

pytest_plugins = ("tests.services.postgres",)
