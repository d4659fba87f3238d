"""What holds for every test. Fixtures for one kind of test live in that folder's conftest.py."""

import logging
from collections.abc import Iterator

import hypothesis
import pytest

# No deadline: a shared machine is slow at times, and that is no finding. The blob lets anybody
# replay a failure that CI found.
hypothesis.settings.register_profile("lotse", deadline=None, print_blob=True)
hypothesis.settings.load_profile("lotse")


class _Errors(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(autouse=True)
def no_unexpected_errors(request: pytest.FixtureRequest) -> Iterator[None]:
    """A log record at ERROR fails the test, unless it is marked `logs_errors`."""
    errors = _Errors()
    root = logging.getLogger()
    root.addHandler(errors)
    yield
    root.removeHandler(errors)
    if errors.records and request.node.get_closest_marker("logs_errors") is None:
        lines = [f"{each.levelname} {each.name}: {each.getMessage()}" for each in errors.records]
        pytest.fail("unexpected in the log:\n" + "\n".join(lines), pytrace=False)
