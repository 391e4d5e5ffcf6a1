"""The encoder: one small trained network that finds sentences, tags, trees, names and attributions, written into a
spaCy `Doc`.

    from corroborate.read.encoder import Encoder
    doc = Encoder().parse("The ministry said that 12 people were killed. A monitor put the toll at 20.")
    [(span.text, span._.score) for span in doc.spans["source"]]

Nothing else in the package knows of the network: another spaCy pipeline that fills the same attributes can take its
place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import numpy as np
from spacy.lang.en import English
from spacy.tokens import Doc

from corroborate.read.encoder import document
from corroborate.read.encoder.decode import Words, parse
from corroborate.read.encoder.session import Network

WEIGHTS = Path(__file__).parents[1] / "weights"
"""The weights that come with the package."""
GROUP = 32
"""Texts decoded together; the steps along a chain of labels are then taken for all of them at once."""


class Encoder:
    """Reads English text.

    A `Doc` has `token.is_sent_start`, `pos_` (universal), `tag_` (Penn Treebank), `head`, `dep_` (Universal
    Dependencies, the root as spaCy's "ROOT"), `lemma_`, the entities PERSON, ORG, LOC, MISC, WEAPON, PLATFORM,
    QUANTITY, MONEY, TEMPORAL, NATIONALITY and DOCUMENT, `token._.boundary` (how probable it is that a sentence starts
    there), `token._.happened` (were the token the word of an event: how surely it took place, from -3, surely not, to
    3, surely; what the annotators of UDS factuality would say in the mean; None where the weights have no head for
    it), and in `doc.spans` the groups `source`, `cue` and `content`, whose `span._.score` is the mean over their words
    of the probability of the label under the chain, and `things` (what re3d marks, common nouns too).
    `doc.text` is the text given, always. The same text gives the same `Doc`, whatever is read beside it.
    """

    def __init__(self, weights: Path | None = None, threads: int = 1) -> None:
        """Load the weights of a folder (the package's own where none is given); raise FileNotFoundError where it is
        incomplete.
        """
        self.network = Network(weights or WEIGHTS, threads)
        english = English()
        self._tokenizer, self.vocab = english.tokenizer, english.vocab
        document.register()

    def tokens(self, text: str) -> Doc:
        """Return the words and white space of `text`, with nothing found about them yet."""
        return self._tokenizer(text)

    def parse(self, text: str, breaks: Sequence[int] = ()) -> Doc:
        """Return the `Doc` of `text`. A sentence starts at every offset of `breaks` and after every blank line."""
        tokens = self._tokenizer(text)
        return document.write(self.vocab, tokens, parse(self.network, [document.words_of(tokens, breaks)])[0])

    def parse_many(self, texts: Iterable[str]) -> Iterator[Doc]:
        """Yield the `Doc` of each text, in order; a little faster than `parse` for many short ones."""
        waiting = iter(texts)
        while group := list(islice(waiting, GROUP)):
            tokens = [self._tokenizer(text) for text in group]
            found = parse(self.network, [document.words_of(doc) for doc in tokens])
            for doc, parsed in zip(tokens, found, strict=True):
                yield document.write(self.vocab, doc, parsed)

    def parse_words(
        self,
        words: Sequence[str],
        spaces: Sequence[bool] | None = None,
        sent_starts: Sequence[bool] | None = None,
        breaks: Sequence[bool] | None = None,
    ) -> Doc:
        """Return the `Doc` of given words, for corpora that bring their own.

        `spaces` says after which words a space stands (all, where None); `sent_starts` where sentences start (found,
        where None), `breaks` where paragraphs do. Raises ValueError where their lengths differ.
        """
        tokens = Doc(self.vocab, words=list(words), spaces=None if spaces is None else list(spaces))
        for given in (sent_starts, breaks):
            if given is not None and len(given) != len(tokens):
                raise ValueError(f"{len(given)} marks for {len(tokens)} words")
        kept = [i for i, token in enumerate(tokens) if not token.is_space]
        marks = np.zeros(len(kept), dtype=np.bool_) if breaks is None else np.array(breaks, dtype=np.bool_)[kept]
        starts = None if sent_starts is None else np.array(sent_starts, dtype=np.bool_)[kept]
        for first in (marks, starts):
            if first is not None and len(first):
                first[0] = True
        text = Words([tokens[i].text for i in kept], marks, starts)
        return document.write(self.vocab, tokens, parse(self.network, [text])[0])


__all__ = ["WEIGHTS", "Encoder"]
