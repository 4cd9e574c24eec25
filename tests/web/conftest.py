"""The application in this process, on a real database."""

import pytest
from fastapi.testclient import TestClient

from backend.planning.jobs import prepare_queue
from backend.web.app import create_app


@pytest.fixture
def client(database, city_settings):
    prepare_queue(database)
    with TestClient(create_app(city_settings), base_url="http://localhost") as client:
        yield client
