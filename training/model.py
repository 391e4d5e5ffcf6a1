"""The joint encoder: MiniLM with case and paragraph embeddings, and one head a task."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn

from corroborate.read.encoder.pieces import CASES
from training.passage import UNKNOWN

WIDTH, LAYERS, HEADS, INNER = 384, 6, 12, 1536
ARC, REL = 256, 192
SPANS = ("names", "things")
PAD, CLS, SEP, MASK = 0, 101, 102, 103
"""The pieces of BERT's vocabulary that are no part of a text."""
HIDE = 0.04
"""Of the pieces, while training. The corpora are gone through some ten times a stage; not compared with none."""
WEIGHTS = {
    "starts": 3.0,
    "upos": 0.5,
    "xpos": 0.5,
    "arcs": 1.0,
    "rels": 1.0,
    "names": 1.0,
    "things": 1.0,
    "attribution": 1.0,
    "speech": 0.5,
    "happened": 0.25,
}
"""The share of each head in the loss. Sentence starts are one word in fifteen, so that their mean loss is small from
the first.
"""


class Layer(nn.Module):
    """One transformer layer, as in BERT."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = dropout

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """Return the layer's output for x [batch, pieces, width] and an additive mask [batch, 1, 1, pieces]."""
        b, t, _ = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4).unbind(0)
        # Written out: on a CPU the fused attention's backward pass took up to five times as long for short windows.
        mixed = (q * (WIDTH // HEADS) ** -0.5 @ k.transpose(-1, -2) + bias.to(q.dtype)).softmax(-1) @ v
        mixed = self.out(mixed.transpose(1, 2).reshape(b, t, WIDTH))
        x = self.norm1(x + F.dropout(mixed, self.dropout, self.training))
        inner = self.down(F.gelu(self.up(x)))
        return self.norm2(x + F.dropout(inner, self.dropout, self.training))


class Joint(nn.Module):
    """The encoder with its heads. `labels` gives the label sets of `training.data.label_sets`."""

    def __init__(self, labels: Mapping[str, list[str]], vocabulary: int = 30522, dropout: float = 0.1) -> None:
        super().__init__()
        self.labels = {name: list(values) for name, values in labels.items()}
        self.word = nn.Embedding(vocabulary, WIDTH)
        self.position = nn.Embedding(512, WIDTH)
        self.case = nn.Embedding(len(CASES), WIDTH)
        self.broken = nn.Embedding(2, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.dropout = dropout
        self.starts = nn.Sequential(nn.Linear(WIDTH, 128), nn.GELU(), nn.Linear(128, 1))
        self.tags = nn.ModuleDict(
            {
                name: nn.Linear(WIDTH, len(self.labels[name]))
                for name in ("upos", "xpos", *SPANS, "attribution", "speech")
            }
        )
        self.arc_dep, self.arc_head = nn.Linear(WIDTH, ARC), nn.Linear(WIDTH, ARC)
        self.arc = nn.Parameter(torch.zeros(ARC, ARC))
        self.arc_bias = nn.Linear(ARC, 1)
        self.root = nn.Parameter(torch.zeros(1, 1, WIDTH))
        self.rel_dep, self.rel_head = nn.Linear(WIDTH, REL), nn.Linear(WIDTH, REL)
        self.rel = nn.Linear(REL, len(self.labels["rels"]))
        self.crf, self.crf_speech = CRF(self.labels["attribution"]), CRF(self.labels["speech"])
        self.crf_things = CRF(self.labels["things"])
        self.happened = nn.Sequential(nn.Linear(WIDTH, 128), nn.GELU(), nn.Linear(128, 1))
        nn.init.normal_(self.case.weight, std=0.02)
        nn.init.zeros_(self.broken.weight)
        nn.init.normal_(self.root, std=0.5)
        nn.init.normal_(self.arc, std=ARC**-0.5 * 0.5)

    def start_from(self, path: Path) -> None:
        """Take the encoder's weights from a BERT `model.safetensors`; the type embedding goes into the position's."""
        from safetensors.torch import load_file

        given = load_file(str(path))
        with torch.no_grad():
            self.word.weight.copy_(given["embeddings.word_embeddings.weight"])
            types = given["embeddings.token_type_embeddings.weight"][0]
            self.position.weight.copy_(given["embeddings.position_embeddings.weight"] + types)
            _copy(self.norm, given, "embeddings.LayerNorm")
            for k, layer in enumerate(self.layers):
                base = f"encoder.layer.{k}."
                for part in ("weight", "bias"):
                    query = [given[f"{base}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
                    getattr(layer.qkv, part).copy_(torch.cat(query))
                _copy(layer.out, given, base + "attention.output.dense")
                _copy(layer.norm1, given, base + "attention.output.LayerNorm")
                _copy(layer.up, given, base + "intermediate.dense")
                _copy(layer.down, given, base + "output.dense")
                _copy(layer.norm2, given, base + "output.LayerNorm")

    def embed(self, ids: Tensor) -> Tensor:
        """Return the word-piece embeddings; the export puts a quantised table in its place."""
        return self.word(ids)

    def encode(self, ids: Tensor, cases: Tensor, breaks: Tensor, mask: Tensor, first: Tensor, last: Tensor) -> Tensor:
        """Return one vector a word: the mean of its first and its last piece."""
        positions = torch.arange(ids.shape[1], device=ids.device)
        x = self.embed(ids) + self.position(positions)[None] + self.case(cases) + self.broken(breaks)
        x = F.dropout(self.norm(x), self.dropout, self.training)
        bias = (1.0 - mask[:, None, None, :].to(x.dtype)) * -10000.0
        for layer in self.layers:
            x = layer(x, bias)
        index = first[..., None].expand(-1, -1, WIDTH), last[..., None].expand(-1, -1, WIDTH)
        return 0.5 * (x.gather(1, index[0]) + x.gather(1, index[1]))

    def heads(self, words: Tensor, *, trees: bool = True) -> dict[str, Tensor]:
        """Return the scores of every head, by word; `arcs` [batch, word, 1 + word] with the root first.

        The relation's score is `rel(relu(rel_dep + rel_head of the head))`: the last step waits for the tree.
        """
        scores = {name: head(words) for name, head in self.tags.items()}
        scores["starts"] = self.starts(words).squeeze(-1)
        scores["happened"] = self.happened(words).squeeze(-1)
        if not trees:
            return scores
        with_root = torch.cat([self.root.expand(words.shape[0], 1, WIDTH).to(words.dtype), words], 1)
        dependent, head = F.gelu(self.arc_dep(words)), F.gelu(self.arc_head(with_root))
        scores["arcs"] = dependent @ self.arc @ head.transpose(1, 2) + self.arc_bias(head).transpose(1, 2)
        scores["rel_dep"], scores["rel_head"] = self.rel_dep(words), self.rel_head(with_root)
        return scores

    def relations(self, scores: dict[str, Tensor], heads: Tensor) -> Tensor:
        """Return relation scores for the given heads [batch, word], 0 being the root."""
        chosen = scores["rel_head"].gather(1, heads[..., None].expand(-1, -1, REL))
        return self.rel(F.dropout(F.relu(scores["rel_dep"] + chosen), self.dropout, self.training))

    def forward(self, batch: dict[str, Tensor], *, trees: bool = True) -> dict[str, Tensor]:
        """Return the scores of `heads` for a batch of `training.data.collate`."""
        words = self.encode(*(batch[name] for name in ("ids", "cases", "breaks", "mask", "first", "last")))
        return self.heads(F.dropout(words, self.dropout, self.training), trees=trees)

    def hidden(self, ids: Tensor) -> Tensor:
        """Return `ids` with a share of `HIDE` of the pieces masked, so that a word is also read from its neighbours."""
        special = (ids == PAD) | (ids == CLS) | (ids == SEP)
        return ids.masked_fill((torch.rand(ids.shape, device=ids.device) < HIDE) & ~special, MASK)

    def losses(self, batch: dict[str, Tensor], within: bool) -> dict[str, Tensor]:
        """Return the loss of every head that the batch has labels for.

        With `within`, a word's head is sought only among the words of its own sentence, as the reader does; without,
        among all of the window, so that a missed boundary does not leave the parser where it has never been.
        """
        parsed = bool((batch["heads"] != UNKNOWN).any())
        scores = self({**batch, "ids": self.hidden(batch["ids"])}, trees=parsed)
        word = batch["words"].bool()
        losses = {}
        for name in ("upos", "xpos", "names"):
            if (batch[name] != UNKNOWN).any():
                losses[name] = F.cross_entropy(scores[name].float().flatten(0, 1), batch[name].flatten())
        known = batch["starts"] != UNKNOWN
        if known.any():
            losses["starts"] = F.binary_cross_entropy_with_logits(
                scores["starts"][known].float(), batch["starts"][known].float()
            )
        if parsed:
            sentence = batch["sentence"]
            allowed = word[:, None, :].expand(-1, word.shape[1], -1)
            if within:
                allowed = allowed & (sentence[:, :, None] == sentence[:, None, :])
            allowed = F.pad(allowed, (1, 0), value=True)
            arcs = scores["arcs"].float().masked_fill(~allowed, -1e4)
            losses["arcs"] = F.cross_entropy(arcs.flatten(0, 1), batch["heads"].flatten())
            relations = self.relations(scores, batch["heads"].clamp(min=0)).float().flatten(0, 1)
            losses["rels"] = F.cross_entropy(
                relations, batch["rels"].masked_fill(batch["heads"] == UNKNOWN, UNKNOWN).flatten()
            )
        if (batch["attribution"] != UNKNOWN).any():
            losses["attribution"] = self.crf(scores["attribution"].float(), batch["attribution"], word)
        for name, crf in (("speech", self.crf_speech), ("things", self.crf_things)):
            if (batch[name] != UNKNOWN).any():
                losses[name] = crf(scores[name].float(), batch[name], word)
        rated = ~batch["happened"].isnan()
        if rated.any():
            losses["happened"] = F.smooth_l1_loss(scores["happened"][rated].float(), batch["happened"][rated])
        return losses


def _copy(module: nn.Module, given: dict[str, Tensor], name: str) -> None:
    module.weight.copy_(given[name + ".weight"])  # type: ignore[operator,union-attr]
    module.bias.copy_(given[name + ".bias"])  # type: ignore[operator,union-attr]


class CRF(nn.Module):
    """A linear chain over BIO labels; what BIO forbids is forbidden in training too."""

    def __init__(self, labels: list[str]) -> None:
        super().__init__()
        self.transitions = nn.Parameter(torch.zeros(len(labels), len(labels)))
        forbidden = [[b[0] == "I" and a[2:] != b[2:] for b in labels] for a in labels]
        self.register_buffer("forbidden", torch.tensor(forbidden) * -1e4)
        self.register_buffer("not_first", torch.tensor([label[0] == "I" for label in labels]) * -1e4)

    def scores(self) -> Tensor:
        """Return the score of each label after each."""
        return self.transitions + self.forbidden

    def forward(self, emissions: Tensor, labels: Tensor, words: Tensor) -> Tensor:
        """Return the mean negative log likelihood a word of `labels` [batch, word]."""
        table = self.scores()
        gold = labels.clamp(min=0)
        # A window may begin inside a span: the first word may then be I, and is not charged for it.
        alpha = emissions[:, 0]
        total = emissions.gather(2, gold[..., None]).squeeze(-1)
        steps = total[:, 0] + ((total[:, 1:] + table[gold[:, :-1], gold[:, 1:]]) * words[:, 1:]).sum(1)
        for k in range(1, emissions.shape[1]):
            step = torch.logsumexp(alpha[:, :, None] + table[None], 1) + emissions[:, k]
            alpha = torch.where(words[:, k, None], step, alpha)
        return (torch.logsumexp(alpha, 1) - steps).sum() / words.sum()
