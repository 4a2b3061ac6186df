"""A headless Chromium that looks like a phone; without one the tests are skipped at home and fail in CI."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

PHONE = {"width": 390, "height": 844}
MISSING = "Chromium is not installed (apt-get install chromium fonts-noto-cjk)"


def chromium() -> str | None:
    """Return the path of the system's Chromium, None when there is none."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def pytest_runtest_setup() -> None:
    # here and not in the fixture: pytest then reports all of these tests in one line
    if chromium() is None and os.environ.get("CI"):
        pytest.fail(MISSING, pytrace=False)
    if chromium() is None:
        pytest.skip(MISSING)


# of the module, not of the session: Playwright keeps an event loop that asynchronous tests would trip over
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Give an empty page of a phone; errors on its console fail the test."""
    context = browser.new_context(viewport=PHONE, locale="zh-CN", device_scale_factor=2, accept_downloads=True)  # type: ignore[arg-type]
    opened = context.new_page()
    opened.set_default_timeout(10_000)
    errors: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error":
            errors.append(message.text)

    opened.on("console", note)
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    context.close()
    assert errors == []
