"""Where a demo keeps its data."""

import os
from pathlib import Path

import pytest

from backend.demo.home import BESIDE, ELSEWHERE, choose_home
from tests.services.postgres import server_folder

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root is turned away")


@pytest.fixture
def open_folder():
    with server_folder() as folder:
        yield folder


def test_data_lies_in_the_folder_where_the_demo_was_started(open_folder):
    assert choose_home(open_folder) == open_folder / BESIDE


@needs_root
def test_data_lies_elsewhere_when_the_databases_user_cannot_come_in(open_folder):
    closed = open_folder / "closed"
    closed.mkdir(mode=0o700)
    other = open_folder / "other"
    other.mkdir(mode=0o700)

    assert choose_home(closed).parent == ELSEWHERE
    assert choose_home(closed) != choose_home(other)
    assert choose_home(Path(str(closed))) == choose_home(closed)
