"""What tells where sentences start, put together: `python -m training.boundaries WEIGHTS --data CORPORA`.

Three numbers are fitted by logistic regression on the development parts of EWT and GUM, as printed and stripped: the
weight of the boundary's own score, that of the likeliest arc over the gap, and a constant. They are not learnt on the
training parts, on which the network is surer than on any text it has not seen. The folder's decoder.npz takes them up.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from corroborate.read.encoder import boundaries
from corroborate.read.encoder.decode import Words, scored
from corroborate.read.encoder.session import Network
from training import styles, treebank
from training.passage import Passage

TREEBANKS = ("ud_ewt/en_ewt-ud-dev.conllu.gz", "ud_gum/en_gum-ud-dev.conllu.gz")


def seen(network: Network, passage: Passage) -> tuple[np.ndarray, np.ndarray]:
    """Return the features of every word of a passage but the first, which nobody can miss, and whether one starts."""
    text = Words(passage.words, np.arange(len(passage)) == 0)
    scores = scored(network, text)
    found = boundaries.features(scores.joined("starts"), scores.joined("crossed"))
    return found[1:].astype(np.float64), np.array(passage.starts)[1:] == 1


def fit(features: np.ndarray, starts: np.ndarray, steps: int = 30) -> np.ndarray:
    """Return the weights of the features and the constant that make `starts` likeliest (Newton's method)."""
    given = np.concatenate([features, np.ones((len(features), 1))], axis=1)
    weights = np.zeros(given.shape[1])
    for _ in range(steps):
        chance = 1 / (1 + np.exp(-given @ weights))
        slope = given.T @ (starts - chance)
        weights += np.linalg.solve((given * (chance * (1 - chance))[:, None]).T @ given, slope)
    return weights.astype(np.float32)


def main() -> None:
    """Read the arguments, fit, and write the weights into the folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=Path, help="a folder of exported weights")
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds ud_ewt and ud_gum")
    options = parser.parse_args()
    network = Network(options.weights)
    passages = [passage for name in TREEBANKS for passage in treebank.read(options.data / name)]
    passages += [styles.stripped(passage, split=False) for passage in passages]
    parts = [seen(network, passage) for passage in passages if len(passage) > 1]
    weights = fit(np.concatenate([x for x, _ in parts]), np.concatenate([y for _, y in parts]))
    path = options.weights / "decoder.npz"
    with np.load(path) as given:
        kept = dict(given)
    np.savez(path, **{**kept, "boundary": weights})
    print("score, likeliest arc over it, constant:", *(f"{value:.3f}" for value in weights))


if __name__ == "__main__":
    main()
