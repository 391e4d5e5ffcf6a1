"""The network as it is trained beside the network as it is shipped; left out where the training packages are not
installed.
"""

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")

from corroborate.read.encoder import WEIGHTS, Encoder  # noqa: E402
from training import data, warm  # noqa: E402
from training.model import Joint  # noqa: E402
from training.passage import UNKNOWN, Passage  # noqa: E402
from training.train import Average  # noqa: E402

TEXT = "The ministry said on Friday that 12 people had been killed near Raqqa . Nobody claimed the attack ."
WORDS = TEXT.split()
LABELS = {
    "upos": ["X"],
    "xpos": ["X"],
    "rels": ["root"],
    "names": ["O"],
    "things": ["O", "B-ORG", "I-ORG"],
    "attribution": ["O", "B-cue", "I-cue"],
    "speech": ["O", "B-cue", "I-cue"],
}


def passage() -> Passage:
    return Passage(list(WORDS), [True] * len(WORDS), [True] + [False] * (len(WORDS) - 1), [1] + [0] * (len(WORDS) - 1))


def batch(labels: dict[str, list[str]], given: Passage) -> dict[str, object]:
    encoded = data.encode(given, Encoder().network.pieces, labels)
    return data.collate([data.Window(encoded, 0, len(encoded), False, False)], Encoder().network.pieces)


def test_shipped_weights_are_a_model_again() -> None:
    labels = {"speech": ["O"], **warm.labels_of(WEIGHTS)}
    model = Joint(labels)
    missing = model.load_state_dict(warm.state_of(WEIGHTS), strict=False)
    assert not missing.unexpected_keys
    # What only helps to train is not shipped, and what BIO forbids is no weight.
    known = ("speech", "forbidden", "not_first")
    assert all(any(part in name for part in known) for name in missing.missing_keys)
    network = Encoder().network
    pieces, offsets, cases = network.pieces.words(WORDS)
    shipped = network.run(pieces, offsets, cases, np.array([True] + [False] * (len(WORDS) - 1)))
    with torch.no_grad():
        ours = model.eval()(batch(labels, passage()))
    for name in ("upos", "xpos", "names", "attribution", "arcs"):
        agree = ours[name][0].argmax(-1).numpy() == shipped[name].argmax(-1)
        assert agree.mean() > 0.9, name
    assert ((ours["starts"][0].numpy() > 0) == (shipped["starts"] > 0)).all()
    np.testing.assert_allclose(ours["happened"][0].numpy(), shipped["happened"], atol=0.5)


def test_only_heads_with_labels_have_a_loss() -> None:
    model = Joint(LABELS)
    given = passage()
    given.attribution = ["B-cue", "I-cue", *["O"] * (len(WORDS) - 2)]
    given.happened = [None] * 2 + [2.0] + [None] * (len(WORDS) - 3)
    losses = model.losses(batch(LABELS, given), within=False)
    assert set(losses) == {"starts", "attribution", "happened"}
    given.things = ["B-ORG", "I-ORG", *["O"] * (len(WORDS) - 2)]
    assert "things" in model.losses(batch(LABELS, given), within=False)


def test_a_chain_charges_more_for_worse_labels() -> None:
    model = Joint(LABELS)
    emissions = torch.zeros(1, 3, 3)
    emissions[0, :, :] = torch.tensor([[0.0, 4.0, 0.0], [0.0, 0.0, 4.0], [4.0, 0.0, 0.0]])
    words = torch.ones(1, 3, dtype=torch.bool)
    best = model.crf(emissions, torch.tensor([[1, 2, 0]]), words)
    other = model.crf(emissions, torch.tensor([[1, 1, 0]]), words)
    forbidden = model.crf(emissions, torch.tensor([[0, 2, 0]]), words)
    assert 0 < best < other < forbidden
    assert forbidden > 1000


def test_the_running_mean_follows_the_weights(tmp_path: Path) -> None:
    model = Joint(LABELS)
    model.word.weight.requires_grad_(False)
    mean = Average(model)
    before = {name: values.clone() for name, values in mean.state().items()}
    assert "word.weight" not in before
    with torch.no_grad():
        model.norm.weight += 1.0
    mean.update(0)
    after = mean.state()["norm.weight"]
    assert torch.allclose(after, before["norm.weight"] + 0.9)
    again = Average(Joint(LABELS))
    again.load({**again.state(), "norm.weight": after})
    assert torch.equal(again.state()["norm.weight"], after)


def test_heads_outside_the_window_are_not_learnt() -> None:
    given = passage()
    given.heads = [1] * len(WORDS)
    given.rels = ["root"] * len(WORDS)
    encoded = data.encode(given, Encoder().network.pieces, LABELS)
    found = data.collate([data.Window(encoded, 3, 6, False, False)], Encoder().network.pieces)
    assert found["heads"].tolist() == [[UNKNOWN] * 3]
    assert found["happened"].isnan().all()
