"""What the budgets of a ledger hold, as far as it tells which of them a question is about."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property

from corpus.types import Stage
from qa.frames.exact.masking import Masked
from qa.ledger.book import Ledger
from qa.ledger.items import Item


class BudgetFacts:
    """What the budgets of one ledger hold: their divisions, years and stages."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def budgets(self, said: Masked) -> list[Item]:
        """Return the totals of the budgets that a question may ask about: those of its division and its years."""
        wholes = list(self._ledger.totals.values())
        wholes = [whole for whole in wholes if whole.document in said.documents] or wholes
        for division in said.divisions[:1]:
            wholes = [
                whole for whole in wholes if division in self.divisions.get(whole.document, ())
            ] or wholes
        years = [year for year in said.years if year.offset is None]
        return [
            whole
            for whole in wholes
            if all(self._ledger.year(year, whole) in self._years.get(whole.document, ()) for year in years)
        ] or wholes

    @cached_property
    def stages(self) -> frozenset[Stage]:
        """Return the stages that any figure is of."""
        return frozenset(figure.stage for item in self._ledger.items for figure in item.figures)

    @cached_property
    def _years(self) -> Mapping[str, frozenset[int]]:
        """Return the fiscal years that each document has figures of."""
        found: dict[str, set[int]] = defaultdict(set)
        for item in self._ledger.items:
            found[item.document].update(item.years())
        return {document: frozenset(years) for document, years in found.items()}

    @cached_property
    def divisions(self) -> Mapping[str, frozenset[str]]:
        """Return the divisions in charge that each document names."""
        found: dict[str, set[str]] = defaultdict(set)
        for item in self._ledger.items:
            found[item.document].update(cell.text.strip() for cell in self._ledger.departments(item, None))
        return {document: frozenset(names) for document, names in found.items()}
