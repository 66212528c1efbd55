"""A page opened in a browser, and how tests look at it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Page


@dataclass
class Visit:
    """A page opened, with what it said on its console and every address it asked for."""

    page: Page
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def words(self, selector: str) -> list[str]:
        return [" ".join(text.split()) for text in self.page.locator(selector).all_inner_texts()]

    def shown(self) -> list[str]:
        """The findings on display, by id."""
        return list(self.page.eval_on_selector_all(".finding", "all => all.filter(f => f.checkVisibility()).map(f => f.id)"))


Visitor = Callable[..., Visit]
