"""The fixtures live in small plugins, one for each service."""

pytest_plugins = (
    "tests.services.found",
    "tests.services.postgres",
    "tests.services.broker",
    "tests.services.mosquitto",
    "tests.services.devices",
    "tests.services.gateway",
    "tests.services.city",
    "tests.services.application",
    "tests.services.commands",
    "tests.services.web_files",
    "tests.services.releases",
)
