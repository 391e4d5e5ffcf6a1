"""The codebook: what each suggested grade, rule of ranges and flag means, written from the rules themselves."""

from collections.abc import Iterator, Mapping
from textwrap import wrap
from typing import Any

from corroborate.knowledge.lexicon import lexicon

_COMPARISONS = {">=": "at least {0}", "==": "exactly {0}", "<=": "at most {0}"}


def codebook() -> str:
    """Return docs/codebook.md as Markdown, from knowledge/grades.toml, ranges.toml and flags.toml."""
    return "\n".join(
        [
            "# Codebook",
            "",
            *_paragraph(
                "Written from the rules that the program applies (`corroborate codebook` prints it); a test holds that",
                "this page and the rules are the same. Everything here is a suggestion with its reasons, for a person",
                "to accept or correct.",
            ),
            "",
            *_grades(),
            *_strike_status(),
            *_facts(),
            *_ranges(),
            *_reliability(),
            *_findings(),
            *_flags(),
        ]
    )


def _paragraph(*parts: str) -> list[str]:
    return wrap(" ".join(parts), 118, break_long_words=False, break_on_hyphens=False)


def _grades() -> Iterator[str]:
    rules = lexicon("grades")
    yield "## Grades"
    yield ""
    yield from _paragraph(
        "The rules of a scheme are tried from the first; the first whose conditions all hold gives the value. The",
        f"setting `grades` chooses the scheme; without it, it is `{rules['default']}`.",
    )
    for name, scheme in rules["schemes"].items():
        yield from ("", f"### {scheme['title']} (`{name}`)", "")
        if scheme.get("lettered"):
            yield from ("The value stands behind the letter of the source's reliability, A to F.", "")
        yield from ("| value | meaning | given where |", "|---|---|---|")
        for rule in scheme["rules"]:
            yield f"| {rule['value']} | {scheme['words'][rule['value']]} | {_conditions(rule)} |"


def _strike_status() -> Iterator[str]:
    status = lexicon("grades")["strike_status"]
    yield from ("", "## Strike status", "")
    types = " or ".join(status["types"])
    yield f"For incidents of the type {types} that are no totals; apart from what the strike did."
    yield from ("", "| value | meaning | given where |", "|---|---|---|")
    for rule in status["rules"]:
        yield f"| {rule['value']} | {status['words'][rule['value']]} | {_conditions(rule)} |"


def _conditions(rule: Mapping[str, Any]) -> str:
    said = [f"{_COMPARISONS[how].format(number)} `{fact}`" for fact, how, number in rule["all"]]
    return " and ".join(said) if said else "nothing above holds"


def _facts() -> Iterator[str]:
    yield from ("", "## What the rules count", "", "| fact | what is counted |", "|---|---|")
    for name, meaning in lexicon("grades")["facts"].items():
        yield f"| `{name}` | {meaning} |"


def _ranges() -> Iterator[str]:
    rules = lexicon("ranges")
    yield from ("", "## Ranges", "")
    yield from _paragraph(
        "A figure is credible unless its claim denies, negates or only supposes it; the later figure of an origin",
        "takes the place of its earlier one; a part of a total is neither added to it nor held against it;",
        "belligerents are a group of their own. The setting `ranges` chooses the rule; without it, it is",
        f"`{rules['default']}`.",
    )
    yield from ("", "| rule | what it gives | where it is from |", "|---|---|---|")
    for name, rule in rules["rules"].items():
        yield f"| `{name}` | {rule['title']}. | {rule['source']} |"


def _reliability() -> Iterator[str]:
    yield from ("", "## Reliability of a source", "")
    yield from _paragraph(
        "The letters of the Admiralty scheme, set by a person for an outlet or a source. The program sets none: until",
        "a person does, every source is F. A grade that has a letter takes the best of those set for the origins that",
        "tell of the incident; the letter does not change how what they tell is judged.",
    )
    yield from ("", "| letter | meaning |", "|---|---|")
    for letter, meaning in lexicon("grades")["reliability"].items():
        yield f"| {letter} | {meaning} |"


def _findings() -> Iterator[str]:
    yield from ("", "## Findings of an audit", "", "| kind | what is found |", "|---|---|")
    for kind, meaning in lexicon("audit")["kinds"].items():
        yield f"| `{kind}` | {meaning} |"


def _flags() -> Iterator[str]:
    yield from ("", "## Flags of claims")
    for group, flags in lexicon("flags").items():
        yield from ("", f"### {group.capitalize()}", "", "| flag | what it means |", "|---|---|")
        for code, meaning in flags.items():
            yield f"| `{code}` | {meaning} |"
    yield ""
