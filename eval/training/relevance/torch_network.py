"""The network of `network.py` in torch, for training; a test holds the two equal."""

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import torch

    Tensors = dict[str, torch.Tensor]

_NONE = -1e9


class Seen(NamedTuple):
    """Words as the network sees them."""

    likeness: "torch.Tensor"
    input: "torch.Tensor"


def see(
    w: "Tensors",
    vectors: "torch.Tensor",
    ranks: "torch.Tensor",
    common: "torch.Tensor",
    tags: "torch.Tensor",
    *,
    dropped: float = 0.0,
) -> Seen:
    """Return words as inputs; in training a share of the inputs is `dropped`."""
    import torch

    projected = vectors @ w["project"]
    lengths = projected.norm(dim=1, keepdim=True)
    joined = torch.cat([projected, w["common"][common], w["tags"][tags]], dim=1)
    noisy = torch.nn.functional.dropout(joined, dropped) if dropped else joined
    return Seen(projected / lengths.clamp(min=1e-6), torch.cat([noisy, ranks[:, None]], dim=1))


def context(w: "Tensors", seen: Seen, side: str) -> "torch.Tensor":
    """Return each word in its surroundings."""
    import torch

    padded = torch.nn.functional.pad(seen.input, (0, 0, 1, 1))
    return torch.relu(
        padded[:-2] @ w[f"{side}.before"]
        + padded[1:-1] @ w[f"{side}.at"]
        + padded[2:] @ w[f"{side}.after"]
        + w[f"{side}.bias"]
    )


def scores(
    w: "Tensors",
    asked: Seen,
    told: Seen,
    told_context: "torch.Tensor",
    match: "torch.Tensor",
    words: "torch.Tensor",
    own: "torch.Tensor",
) -> "tuple[torch.Tensor, torch.Tensor]":
    """Return a score for each stretch, and the logit that it answers at all."""
    import torch

    question = context(w, asked, "question")
    like = torch.maximum(asked.likeness @ told.likeness.T, match)
    attention = (question @ w["ask"]) @ (told_context @ w["tell"]).T / question.shape[1] ** 0.5
    attention = attention + w["sharp"] * like
    gates = torch.cat([question, asked.input], dim=1)
    weight = torch.softmax((gates @ w["gate"] + w["gate.bias"])[:, 0], 0)
    kind = torch.softmax((gates @ w["kind"] + w["kind.bias"])[:, 0], 0)

    beside = torch.softmax(attention.T, 1) @ question
    met = torch.stack([like.amax(0), match.amax(0), told.input[:, -1]], dim=1)
    from_text = torch.relu(
        torch.cat([told_context, told_context * beside, met], dim=1) @ w["back"] + w["back.bias"]
    )
    wanted = torch.tanh((kind @ question) @ w["wanted"] + w["wanted.bias"])
    of_kind = torch.tanh(torch.cat([told_context, met], dim=1) @ w["given"] + w["given.bias"]) * wanted

    there, mine = words >= 0, own > 0
    at = words.clamp(min=0)
    near, same = like.T[at], match.T[at]
    looks = attention.T[at].masked_fill(~there[:, :, None], _NONE)
    aligned = torch.einsum("pmn,pmd->pnd", torch.softmax(looks, 1), told_context[at])
    met_all, met_own = _most(near, there), _most(near, mine)
    same_all, same_own = _most(same, there), _most(same, mine)
    ranks = asked.input[:, -1].expand_as(met_own)
    kernel = torch.exp(-((met_own - 0.5) ** 2) / 0.02)
    each = question.expand_as(aligned)
    signs = torch.stack([met_all, met_own, same_all, same_own, ranks, kernel], dim=2)
    compared = torch.relu(
        torch.cat([each, aligned, each * aligned, signs], dim=2) @ w["compare"] + w["compare.bias"]
    )
    covered = torch.stack([met_own @ weight, met_all @ weight, same_own @ weight, same_all @ weight], dim=1)
    backward = from_text[at] * mine[:, :, None]
    size = mine.sum(1, keepdim=True).float()
    kinds = of_kind[at].masked_fill(~mine[:, :, None], -9).amax(1)
    best = of_kind.sum(1)[at].masked_fill(~mine, -100).amax(1, keepdim=True) / 4
    features = torch.cat(
        [
            torch.einsum("n,pnh->ph", weight, compared),
            compared.amax(1),
            backward.amax(1),
            backward.sum(1) / size.clamp(min=1),
            kinds,
            covered,
            best,
            torch.log1p(size),
        ],
        dim=1,
    )
    out = torch.relu(features @ w["hidden"] + w["hidden.bias"]) @ w["out"] + w["out.bias"]
    return out[:, 0], out[:, 1]


def _most(likeness: "torch.Tensor", mask: "torch.Tensor") -> "torch.Tensor":
    return likeness.masked_fill(~mask[:, :, None], 0).amax(1)
