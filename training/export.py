"""Export a run as the weights that the package ships: `python -m training.export training/runs/NAME [--to FOLDER]`.

Matrix products are quantised to 8 bits per output channel, with the activations quantised as they come; the
word-piece table to 8 bits per row.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

from training.model import Joint

WEIGHTS = Path(__file__).parents[1] / "src" / "corroborate" / "read" / "weights"
OUTPUTS = ("starts", "upos", "xpos", "names", "things", "attribution", "happened", "arcs", "rel_dep", "rel_head")
OPSET = 17


class Shipped(nn.Module):
    """The model as a graph of plain tensors, with the word-piece table in 8 bits (a scale for each row)."""

    def __init__(self, model: Joint, *, small_table: bool) -> None:
        super().__init__()
        self.model = model
        table = model.word.weight.detach()
        self.small_table = small_table
        if small_table:
            scale = table.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
            self.register_buffer("table", (table / scale).round().to(torch.int8))
            self.register_buffer("scale", scale)
            model.embed = lambda ids: self.table[ids].to(torch.float32) * self.scale[ids]  # type: ignore[method-assign]

    def forward(self, ids: Tensor, cases: Tensor, breaks: Tensor, first: Tensor, last: Tensor) -> tuple[Tensor, ...]:
        """Return the scores named in `OUTPUTS`."""
        # Windows are run one by one: nothing is padded, and the runtime drops a mask of one constant.
        mask = torch.ones(1, 1)
        scores = self.model.heads(self.model.encode(ids, cases, breaks, mask, first, last))
        return tuple(scores[name] for name in OUTPUTS)


def to_onnx(model: Joint, path: Path, *, small_table: bool = True) -> None:
    """Write `model` to `path` in full precision, its word-piece table apart."""
    example = torch.ones(2, 9, dtype=torch.int64)
    words = torch.ones(2, 5, dtype=torch.int64)
    axes = {name: {0: "batch", 1: "pieces"} for name in ("ids", "cases", "breaks")}
    axes |= {name: {0: "batch", 1: "words"} for name in ("first", "last", *OUTPUTS)}
    axes["arcs"] = {0: "batch", 1: "words", 2: "heads"}
    axes["rel_head"] = {0: "batch", 1: "heads"}
    torch.onnx.export(
        Shipped(model.eval(), small_table=small_table).eval(),
        (example, torch.zeros_like(example), torch.zeros_like(example), words, words),
        str(path),
        input_names=["ids", "cases", "breaks", "first", "last"],
        output_names=list(OUTPUTS),
        dynamic_axes=axes,
        opset_version=OPSET,
        dynamo=False,
    )


def quantise(source: Path, target: Path, *, keep: tuple[str, ...] = ()) -> None:
    """Quantise the matrix products of `source` to 8 bits; those whose node name contains one of `keep` stay as they
    are.
    """
    with tempfile.TemporaryDirectory() as folder:
        prepared = Path(folder) / "prepared.onnx"
        quant_pre_process(str(source), str(prepared), skip_symbolic_shape=True)
        nodes = [node.name for node in onnx.load(prepared).graph.node if any(part in node.name for part in keep)]
        quantize_dynamic(
            str(prepared),
            str(target),
            op_types_to_quantize=["MatMul"],
            per_channel=True,
            weight_type=QuantType.QInt8,
            nodes_to_exclude=nodes,
            extra_options={"MatMulConstBOnly": True},
        )


def export(run: Path, target: Path, *, keep: tuple[str, ...] = (), last: bool = False) -> None:
    """Write encoder.onnx, tokenizer.json, labels.json and decoder.npz of `run` into `target`: the running mean of its
    weights, or with `last` those of its last step.

    Raises FileNotFoundError where the run has no checkpoint yet.
    """
    kept = torch.load(run / "checkpoint.pt", map_location="cpu", weights_only=True)
    labels = json.loads((run / "labels.json").read_text(encoding="utf-8"))
    model = Joint(labels)
    state = kept["model"] if last else {**kept["model"], **kept["average"]}
    model.load_state_dict(state)
    model.eval()
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        made = Path(folder)
        to_onnx(model, made / "full.onnx")
        quantise(made / "full.onnx", made / "encoder.onnx", keep=keep)
        shutil.copy(run / "tokenizer.json", made / "tokenizer.json")
        # The step that waits for the tree (relations) and the chain over the attribution labels are done outside the
        # graph.
        np.savez(
            made / "decoder.npz",
            relation_weight=model.rel.weight.detach().numpy().astype(np.float32),
            relation_bias=model.rel.bias.detach().numpy().astype(np.float32),
            transitions=model.crf.transitions.detach().numpy().astype(np.float32),
            transitions_things=model.crf_things.transitions.detach().numpy().astype(np.float32),
        )
        # Heads that only helped to train are not in the graph.
        about = {"labels": {k: v for k, v in labels.items() if k != "speech"}, "trained": kept["state"]}
        (made / "labels.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
        for name in ("encoder.onnx", "tokenizer.json", "decoder.npz", "labels.json"):
            (made / name).replace(target / name)


def main() -> None:
    """Read the arguments and export."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=Path)
    parser.add_argument("--to", type=Path, default=WEIGHTS, help="where to write (default: the package's weights)")
    parser.add_argument("--keep", nargs="*", default=[], help="parts of node names that stay in full precision")
    parser.add_argument("--last", action="store_true", help="the weights of the last step, not their running mean")
    options = parser.parse_args()
    export(options.run, options.to, keep=tuple(options.keep), last=options.last)


if __name__ == "__main__":
    main()
