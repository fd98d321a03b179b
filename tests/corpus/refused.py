"""Scripts that cannot run anywhere, and what their refusal must say."""

from collections.abc import Mapping

# One is not Python, the other needs vectors from Azure.
REFUSED: Mapping[str, tuple[str, ...]] = {
    "cls_label_quote": ("line ", "the name of the label has a quote in it"),
    "cls_word_embeddings": ("line ", "word embeddings", "need word vectors"),
}


def unsaid(name: str, message: str) -> list[str]:
    """What the message of a refusal lacks."""
    return [words for words in REFUSED[name] if words not in message]
