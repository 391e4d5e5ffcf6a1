"""Text that has lost its punctuation, in the way that the founding example lost it.

In `nation's` the apostrophe became a space ("nation s"), so did the full stops of `U.S.` ("U S") and every hyphen;
quotation marks, commas and full stops are gone altogether. Whole words stay as they were, and so does the case.
"""

from __future__ import annotations


def strip_text(text: str) -> str:
    """Return `text` with every run of characters that are neither letters, digits nor spaces turned into one space."""
    return " ".join("".join(c if c.isalnum() else " " for c in text).split())


def strip_words(words: list[str]) -> list[tuple[int, str]]:
    """Return what stripping leaves of tokenised text, as pairs of the index of a word and what is left of it.

    A word without a letter or a digit disappears. What is left inside a word is set apart by single spaces ("U S"),
    so that the number of words stays that of the gold tokens. "n't" is the one exception to word by word: its n goes
    to the word before it, as in the text itself ("don t").
    """
    left: list[tuple[int, str]] = []
    for index, word in enumerate(words):
        if word.lower() in ("n't", "n’t") and left and left[-1][0] == index - 1:
            left[-1] = (index - 1, left[-1][1] + word[0])
            left.append((index, word[-1]))
            continue
        rest = strip_text(word)
        if rest:
            left.append((index, rest))
    return left
