"""Write the unmodified MiniLM-L6 in 8 bits, the yardstick of `benchmarks.speed`: `python -m training.minilm
model.safetensors minilm.onnx`.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import torch
from torch import Tensor, nn

from training.export import OPSET, quantise
from training.model import Joint


class Bare(nn.Module):
    """The transformer without case, paragraphs or heads: word pieces in, one vector a piece out."""

    def __init__(self, start: Path) -> None:
        super().__init__()
        labels = {name: ["O"] for name in ("upos", "xpos", "rels", "names", "things", "attribution", "speech")}
        self.joint = Joint(labels)
        self.joint.start_from(start)

    def forward(self, ids: Tensor) -> Tensor:
        """Return the last layer."""
        joint = self.joint
        x = joint.norm(joint.word(ids) + joint.position(torch.arange(ids.shape[1], device=ids.device))[None])
        bias = (ids == 0)[:, None, None, :].to(x.dtype) * -10000.0
        for layer in joint.layers:
            x = layer(x, bias)
        return x


def main() -> None:
    """Read the arguments and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("start", type=Path)
    parser.add_argument("to", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        torch.onnx.export(
            Bare(options.start).eval(),
            (torch.ones(2, 9, dtype=torch.int64),),
            str(full),
            input_names=["ids"],
            output_names=["vectors"],
            dynamic_axes={"ids": {0: "batch", 1: "pieces"}, "vectors": {0: "batch", 1: "pieces"}},
            opset_version=OPSET,
            dynamo=False,
        )
        quantise(full, options.to)


if __name__ == "__main__":
    main()
