from pathlib import Path

from corroborate.knowledge.lexicon import lexicon
from corroborate.publish.codebook import codebook

PAGE = Path(__file__).parents[2] / "docs" / "codebook.md"


def test_the_page_is_written_from_the_rules() -> None:
    assert PAGE.read_text(encoding="utf-8") == codebook(), "run `corroborate codebook > docs/codebook.md`"


def test_every_code_and_value_is_in_it() -> None:
    page = codebook()
    for flags in lexicon("flags").values():
        assert all(f"| `{code}` | " in page for code in flags)
    for scheme in lexicon("grades")["schemes"].values():
        assert all(f"| {word} | " in page for word in scheme["words"])
    assert all(f"| `{rule}` | " in page for rule in lexicon("ranges")["rules"])


def test_every_condition_is_on_a_fact_that_is_explained() -> None:
    grades = lexicon("grades")
    rules = [rule for scheme in grades["schemes"].values() for rule in scheme["rules"]]
    for rule in [*rules, *grades["strike_status"]["rules"]]:
        assert {fact for fact, _, _ in rule["all"]} | set(rule.get("because", ())) <= set(grades["facts"])
