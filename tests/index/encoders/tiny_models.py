"""Small models of random weights, written to disk as the library's own: nothing can be fetched in a test."""

from collections.abc import Iterable
from pathlib import Path

_SPECIALS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")


def write_masked_model(folder: Path, texts: Iterable[str], *, seed: int = 0) -> Path:
    """Write a BertForMaskedLM, of which SparseEncoder makes SPLADE."""
    from transformers import BertForMaskedLM

    return _write(folder, texts, seed, BertForMaskedLM, {})


def write_scoring_model(folder: Path, texts: Iterable[str], *, labels: int = 1, seed: int = 0) -> Path:
    """Write a BertForSequenceClassification, which CrossEncoder opens."""
    from transformers import BertForSequenceClassification

    return _write(folder, texts, seed, BertForSequenceClassification, {"num_labels": labels})


def _write(folder: Path, texts: Iterable[str], seed: int, kind: type, options: dict[str, int]) -> Path:
    import torch
    from transformers import BertConfig, BertTokenizerFast

    folder.mkdir(parents=True, exist_ok=True)
    characters = sorted({character for text in texts for character in text if not character.isspace()})
    vocabulary = [*_SPECIALS, *characters, *(f"##{character}" for character in characters)]
    (folder / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    BertTokenizerFast(
        vocab={word: i for i, word in enumerate(vocabulary)}, do_lower_case=False
    ).save_pretrained(folder)
    torch.manual_seed(seed)
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=128,
        initializer_range=0.5,
        **options,
    )
    kind(config).save_pretrained(folder)
    return folder
