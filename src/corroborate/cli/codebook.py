"""`corroborate codebook`: what the suggested grades, the rules of ranges and the flags mean."""

import typer


def codebook() -> None:
    """Print the codebook (Markdown) of the rules that this version applies.

    Examples:

      corroborate codebook > codebook.md
    """
    from corroborate.publish.codebook import codebook as written

    typer.echo(written(), nl=False)
