import re
from pathlib import Path

import corroborate.read
from corroborate.knowledge.lexicon import lexicon

SOURCES = [path.read_text(encoding="utf-8") for path in Path(corroborate.read.__path__[0]).rglob("*.py")]


def test_every_flag_in_the_code_is_explained_and_every_explained_flag_is_given() -> None:
    explained = {code for group in lexicon("flags").values() for code in group}
    literals = {
        code
        for text in SOURCES
        for code in re.findall(
            r'"([a-z]+(?:_[a-z]+)+|echo|rhetorical|conditional|intended|question|heading|caption)"', text
        )
    }
    assert explained <= literals
    given = {
        code
        for text in SOURCES
        for code in re.findall(r'flags(?:=\(|\.append\(|, | \+= \()\*?[a-z_.]*,? ?"([a-z_]+)"', text)
    }
    assert len(given) >= 10
    assert given <= explained, given - explained
