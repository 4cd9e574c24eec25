import pytest

from hardware.enclosure.assembly import assemble
from hardware.enclosure.checks.everything import check_everything
from hardware.enclosure.dimensions import load_dimensions


@pytest.fixture(scope="session")
def dimensions():
    return load_dimensions()


@pytest.fixture(scope="session")
def assembly(dimensions):
    return assemble(dimensions)


@pytest.fixture(scope="session")
def report(assembly):
    return check_everything(assembly)
