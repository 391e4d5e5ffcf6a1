"""Train the joint encoder: `python -m training.train --data DIR --start model.safetensors --out training/runs/NAME`.

The learning rate falls to zero over `--steps` steps or over `--minutes` minutes. Steps give the same run again on the
same machine; minutes end in time on any machine, and the log says how many steps that were.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import shutil
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import torch

from corroborate.read.encoder.pieces import Pieces
from training import data, monitor, silver, warm
from training.model import WEIGHTS, Joint

BATCH = 2048
"""Pieces a step: eight of the longest windows."""
RATE_ENCODER, RATE_HEADS = 1.5e-4, 1e-3
WARM_UP = 0.04
KEEP = 0.997
"""Of the running mean at each step: about the last 300 steps."""
SAVE_EVERY = 480.0
"""Seconds between checkpoints: what a kill may cost."""


def main() -> None:
    """Read the arguments and train."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--data", type=Path, required=True, help="the folder that holds ud_ewt, ud_gum, polnear and re3d"
    )
    parser.add_argument("--start", type=Path, help="model.safetensors of MiniLM-L6, its tokenizer.json beside it")
    parser.add_argument(
        "--from-weights", type=Path, help="a folder of shipped weights to go on from, in place of --start"
    )
    parser.add_argument("--rate", type=float, default=1.0, help="the peak rates as a share of those of a first run")
    parser.add_argument("--out", type=Path, required=True, help="the folder of the run")
    parser.add_argument("--minutes", type=float, default=55.0, help="length of the run")
    parser.add_argument("--steps", type=int, help="length of the run in steps, in place of minutes")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--device", default="cpu", help="cpu or cuda")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--resume", action="store_true", help="go on from the run's last checkpoint")
    train(parser.parse_args())


def train(options: argparse.Namespace) -> None:
    """Train as `options` say; leave `checkpoint.pt`, `labels.json`, `tokenizer.json` and `log.jsonl` in
    `options.out`.
    """
    torch.set_num_threads(options.threads)
    seed_everything(options.seed)
    options.out.mkdir(parents=True, exist_ok=True)
    tokenizer = options.out / "tokenizer.json"
    if not tokenizer.exists():
        shutil.copy((options.from_weights or options.start.parent) / "tokenizer.json", tokenizer)
    pieces = Pieces(tokenizer)
    corpora = data.load(options.data)
    labels = data.label_sets(corpora)
    if options.from_weights:
        labels |= warm.labels_of(options.from_weights)
        corpora["parsed"] = list(silver.parsed(corpora["polnear"], options.from_weights))
    (options.out / "labels.json").write_text(json.dumps(labels, indent=1), encoding="utf-8")
    sources = data.sources(corpora, pieces, labels, options.seed)
    sample = monitor.sample(options.data, pieces, labels)

    model = Joint(labels)
    if options.from_weights:
        model.load_state_dict(warm.state_of(options.from_weights), strict=False)
    else:
        model.start_from(options.start)
    # The word embeddings stay: a rare word that training never shows keeps its place beside its like, and a step
    # costs half as much.
    model.word.weight.requires_grad_(False)
    model.to(options.device)
    optimizer = _optimizer(model)
    average = Average(model)
    state: dict[str, Any] = {"step": 0, "seconds": 0.0}
    checkpoint = options.out / "checkpoint.pt"
    if options.resume and checkpoint.exists():
        kept = torch.load(checkpoint, map_location=options.device, weights_only=True)
        model.load_state_dict(kept["model"])
        optimizer.load_state_dict(kept["optimizer"])
        average.load(kept["average"])
        state = kept["state"]
        seed_everything(options.seed + state["step"])
    stream = data.batches(sources, BATCH, options.seed + state["step"], pieces)
    _run(options, model, optimizer, average, stream, state, sample)


class Average:
    """The running mean of the weights, which ends at a better place than the last step's."""

    def __init__(self, model: Joint) -> None:
        self._of = [p for p in model.parameters() if p.requires_grad]
        self._names = [name for name, p in model.named_parameters() if p.requires_grad]
        self._mean = [p.detach().clone() for p in self._of]

    @torch.no_grad()
    def update(self, step: int) -> None:
        """Take in the weights after `step` steps."""
        keep = min(KEEP, (1 + step) / (10 + step))
        torch._foreach_lerp_(self._mean, [p.detach() for p in self._of], 1 - keep)

    def state(self) -> dict[str, torch.Tensor]:
        """Return the mean of every weight that is trained, by name."""
        return dict(zip(self._names, self._mean, strict=True))

    @torch.no_grad()
    def load(self, given: dict[str, torch.Tensor]) -> None:
        """Go on from `state`."""
        for name, mean in zip(self._names, self._mean, strict=True):
            mean.copy_(given[name])


def seed_everything(seed: int) -> None:
    """Seed every generator in use."""
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)


def _optimizer(model: Joint) -> torch.optim.Optimizer:
    encoder = ("position.", "norm.", "layers.")
    groups: dict[tuple[bool, bool], list[torch.nn.Parameter]] = defaultdict(list)
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            groups[name.startswith(encoder), parameter.ndim > 1].append(parameter)
    return torch.optim.AdamW(
        [
            {
                "params": parameters,
                "base": RATE_ENCODER if pretrained else RATE_HEADS,
                "weight_decay": 0.01 if matrix else 0.0,
            }
            for (pretrained, matrix), parameters in groups.items()
        ],
        betas=(0.9, 0.98),
        fused=True,
    )


def rate(progress: float) -> float:
    """Return the share of the peak rate at `progress` from 0 to 1: a short rise, then a cosine fall to zero."""
    if progress < WARM_UP:
        return progress / WARM_UP
    return 0.5 * (1 + math.cos(math.pi * min(1.0, (progress - WARM_UP) / (1 - WARM_UP))))


def _run(
    options: argparse.Namespace,
    model: Joint,
    optimizer: torch.optim.Optimizer,
    average: Average,
    stream: Any,
    state: dict[str, Any],
    sample: dict[str, list[Any]],
) -> None:
    log = (options.out / "log.jsonl").open("a", encoding="utf-8")
    sums: dict[str, list[float]] = defaultdict(list)
    started, before, saved, words = time.monotonic(), state["seconds"], time.monotonic(), 0
    while True:
        state["seconds"] = before + time.monotonic() - started
        progress = state["step"] / options.steps if options.steps else state["seconds"] / (60 * options.minutes)
        if progress >= 1:
            break
        for group in optimizer.param_groups:
            group["lr"] = group["base"] * options.rate * rate(progress)
        model.train()
        batch = {name: values.to(options.device) for name, values in next(stream).items()}
        words += int(batch["words"].sum())
        with torch.autocast(options.device, dtype=torch.bfloat16):
            losses = model.losses(batch, within=random.random() < 0.5)
        loss = sum(WEIGHTS[name] * value for name, value in losses.items())
        optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[union-attr]
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        state["step"] += 1
        average.update(state["step"])
        for name, value in losses.items():
            sums[name].append(float(value.detach()))
        if state["step"] % 50 == 0:
            means = {name: round(sum(values) / len(values), 4) for name, values in sorted(sums.items())}
            speed = round(words / (time.monotonic() - started))
            print(json.dumps({**state, "words_per_second": speed, **means}), file=log, flush=True)
            sums.clear()
        if time.monotonic() - saved > SAVE_EVERY:
            _save(options.out, model, optimizer, average, state)
            print(json.dumps({**state, "dev": monitor.scores(model, sample, options.device)}), file=log, flush=True)
            saved = time.monotonic()
    _save(options.out, model, optimizer, average, {**state, "done": True})
    print(json.dumps({**state, "dev": monitor.scores(model, sample, options.device)}), file=log, flush=True)


def _save(out: Path, model: Joint, optimizer: torch.optim.Optimizer, average: Average, state: dict[str, Any]) -> None:
    """Write the checkpoint beside the last one and then in its place, so that a kill leaves one that is whole."""
    partial = out / "checkpoint.partial"
    kept = {"model": model.state_dict(), "average": average.state(), "optimizer": optimizer.state_dict()}
    torch.save({**kept, "state": state}, partial)
    partial.replace(out / "checkpoint.pt")


if __name__ == "__main__":
    main()
