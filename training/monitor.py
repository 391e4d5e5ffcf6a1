"""A quick look at a run while it trains, on a little of the development sets. The figures that count are the
benchmarks' on the export.
"""

from __future__ import annotations

import itertools
from pathlib import Path

import torch
from torch import Tensor

from corroborate.read.encoder.chain import allowed, best
from corroborate.read.encoder.pieces import Pieces
from training import polnear, styles, treebank
from training.data import Window, collate, encode
from training.model import Joint
from training.passage import UNKNOWN, Passage

WORDS = 5000
"""Words of each development set: about a second and a half a look, and within a point of the whole."""


def sample(data: Path, pieces: Pieces, labels: dict[str, list[str]]) -> dict[str, list[dict[str, Tensor]]]:
    """Return a few batches of every development set, as printed and stripped."""
    found = {}
    sets = {
        "ewt": treebank.read(data / "ud_ewt" / "en_ewt-ud-dev.conllu.gz"),
        "gum": treebank.read(data / "ud_gum" / "en_gum-ud-dev.conllu.gz"),
        "polnear": (versions[0] for versions in polnear.read(data / "polnear" / "dev.tar.gz")),
    }
    for name, passages in sets.items():
        total, chosen = 0, []
        for passage in itertools.takewhile(lambda _: total < WORDS, passages):  # noqa: B023
            total += len(passage)
            chosen.append(passage)
        found[name] = _batches(chosen, pieces, labels)
        found[name + "_stripped"] = _batches([styles.stripped(p, split=False) for p in chosen], pieces, labels)
    return found


def _batches(passages: list[Passage], pieces: Pieces, labels: dict[str, list[str]]) -> list[dict[str, Tensor]]:
    windows = []
    for passage in passages:
        document = encode(passage, pieces, labels)
        low = 0
        while low < len(document):
            high = max(low + 1, int((document.offsets <= document.offsets[low] + 254).sum()) - 1)
            windows.append(Window(document, low, high, lowered=False, unbroken=True))
            low = high
    windows.sort(key=lambda w: w.length)
    return [collate(windows[k : k + 8], pieces) for k in range(0, len(windows), 8)]


@torch.no_grad()
def scores(model: Joint, sets: dict[str, list[dict[str, Tensor]]], device: str) -> dict[str, float]:
    """Return greedy LAS within gold sentences, boundary F and the share of right attribution labels, in percent."""
    model.eval()
    result = {}
    table = allowed(model.labels["attribution"], model.crf.transitions.detach().float().cpu().numpy())
    for name, batches in sets.items():
        right = total = hits = found = gold = attributed = labelled = 0
        for given in batches:
            batch = {key: values.to(device) for key, values in given.items()}
            with torch.autocast(device, dtype=torch.bfloat16):
                out = model(batch)
                inside = (batch["sentence"][:, :, None] == batch["sentence"][:, None, :]) & batch["words"][
                    :, None
                ].bool()
                inside = torch.nn.functional.pad(inside, (1, 0), value=True)
                heads = out["arcs"].float().masked_fill(~inside, -1e4).argmax(-1)
                rels = model.relations(out, heads).argmax(-1)
            known = batch["heads"] != UNKNOWN
            right += int(((heads == batch["heads"]) & (rels == batch["rels"]) & known).sum())
            total += int(known.sum())
            sure = batch["starts"] != UNKNOWN
            guess = (out["starts"] > 0) & sure
            hits += int((guess & (batch["starts"] == 1)).sum())
            found += int(guess.sum())
            gold += int((batch["starts"] == 1).sum())
            known = batch["attribution"] != UNKNOWN
            chosen = best(out["attribution"].float().cpu().numpy(), batch["words"].sum(1).cpu().numpy(), table)
            attributed += int(((torch.from_numpy(chosen).to(device) == batch["attribution"]) & known).sum())
            labelled += int(known.sum())
        if total:
            result[name + "_las"] = round(100 * right / total, 2)
        if labelled:
            result[name + "_labels"] = round(100 * attributed / labelled, 2)
        result[name + "_boundary_f1"] = round(200 * hits / max(1, found + gold), 2)
    return result
