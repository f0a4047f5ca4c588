"""Windows of a long text: the dense leg finds a passage by whichever of its windows is nearest to the question."""

from corpus.sentences import sentence_spans

# A vector of more characters says less and less of any one sentence among them.
WINDOW = 200


def windows(text: str, *, longest: int = WINDOW) -> list[str]:
    """Return the whole text and, where it is longer than a window, stretches of whole sentences that cover it.

    Neighbouring windows share a sentence where there is room for it. A sentence longer than a window is one.

    >>> windows("住民票は市民課です。旅券は国際課です。", longest=12)
    ['住民票は市民課です。旅券は国際課です。', '住民票は市民課です。', '旅券は国際課です。']
    """
    if len(text) <= longest:
        return [text]
    found, held = [text], list[tuple[int, int]]()
    for start, end in sentence_spans(text):
        if held and end - held[0][0] > longest:
            found.append(text[held[0][0] : held[-1][1]].strip())
            last = held[-1]
            held = [last] if len(held) > 1 and end - last[0] <= longest else []
        held.append((start, end))
    if held:
        found.append(text[held[0][0] : held[-1][1]].strip())
    return list(dict.fromkeys(found))
