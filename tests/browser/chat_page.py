"""The chat page as a person uses it, for browser tests."""

from playwright.sync_api import Locator, Page, expect


class ChatPage:
    """Writes, presses and reads on the page; every read waits until it holds."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        page.goto(url)
        expect(page.locator("#switch .avatar")).to_be_visible()

    @property
    def replies(self) -> Locator:
        """Return the bubbles of the bot, oldest first."""
        return self.page.locator(".row.in:not(#busy)")

    @property
    def own(self) -> Locator:
        """Return the bubbles of the person, oldest first."""
        return self.page.locator(".row.out")

    def begin(self) -> None:
        """Press the big button of an empty chat."""
        self.page.locator("#begin").click()
        expect(self.page.locator("#write")).to_be_visible()

    def say(self, text: str) -> None:
        """Write a message and send it."""
        self.page.locator("#field").fill(text)
        self.page.locator("#send").click()
        expect(self.own.last).to_contain_text(text)

    def ask(self, text: str) -> str:
        """Write a message and return the text of the bot's next one."""
        count = self.replies.count()
        self.say(text)
        expect(self.replies).to_have_count(count + 1)
        return self.replies.last.locator(".text").inner_text()

    def press(self, button: str) -> None:
        """Press the newest inline button with a text."""
        self.page.locator(".key", has_text=button).last.click()

    def switch_to(self, name: str) -> None:
        """Take another person's phone."""
        self.page.locator("#switch").click()
        self.page.locator("#sheet .person", has_text=name).click()
        expect(self.page.locator("#switch")).to_contain_text(name)

    def menu_of(self, bubble: Locator, entry: str) -> None:
        """Open a message's menu and choose from it."""
        bubble.locator(".bubble").click(button="right")
        self.page.locator("#sheet .act", has_text=entry).click()
