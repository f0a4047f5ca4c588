"""What completes a follow-up, over the documents and the ledger of one bundle."""

from collections.abc import Callable, Collection, Mapping

from corpus.types import Document
from index.tokenizer import SudachiTokenizer
from qa.following import Following
from qa.following_holdings import Holdings
from qa.following_known import Known
from qa.following_phrases import Naming


def open_following(
    tokenizer: SudachiTokenizer,
    *,
    documents: Mapping[str, Document],
    years: Collection[int],
    naming: Naming,
    answered: Callable[[str], str | None],
) -> Following:
    """Return it; `years` are the documents' and `answered` gives the short answer to an earlier question."""
    holdings = Holdings(lambda: (document.text for document in documents.values()))
    return Following(
        tokenizer,
        naming=naming,
        known=Known(attested=holdings.hold, answered=answered, others=holdings.others),
        newest=max(years) if len(set(years)) == 1 else None,
    )
