import pytest

from hardware.enclosure.assembly import assemble
from hardware.enclosure.checks.everything import check_everything
from hardware.enclosure.dimensions import BOXES, load_dimensions


@pytest.fixture(scope="session", params=BOXES)
def dimensions(request):
    return load_dimensions(box=request.param)


@pytest.fixture(scope="session")
def assembly(dimensions):
    return assemble(dimensions)


@pytest.fixture(scope="session")
def report(assembly):
    return check_everything(assembly)
