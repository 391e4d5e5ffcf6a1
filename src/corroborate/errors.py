"""Every message of the program, coded, in one place.

A Problem is a value: one file that cannot be read must not stop the rest of a batch. E codes are failures, N codes
notices (kept, but something was left out). CorroborateError carries a Problem where going on makes no sense.
"""

from dataclasses import dataclass

MESSAGES: dict[str, tuple[str, str]] = {
    # gather
    "E101": ("the file does not exist", "check the path"),
    "E102": ("the file cannot be read: {detail}", "check its permissions"),
    "E103": ("the file is empty", "leave it out, or get it again"),
    "E104": ("the file is {detail}, larger than the limit", "raise --max-bytes, or split the file"),
    "E105": ("the bytes are of no format that is read here ({detail})", "give HTML, PDF, text or JSON Lines of posts"),
    "E106": ("the PDF is encrypted", "save it without a password and add it again"),
    "E107": ("the file is damaged: {detail}", "get it again; the bytes that came are kept"),
    "E108": ("no text was found in it", "a scanned page needs text recognition first"),
    "E109": ("line {detail}", "mend the line; the other lines were read"),
    "E110": ("the member of the archive is locked with a password", "unpack it and add the files"),
    "N151": ("the language is {detail}, which is not read yet: kept, recognised, left unread", "read it by hand"),
    "N152": ("the encoding was guessed as {detail}", "check names with accents"),
    "N153": ("line {detail} holds no text", "a post of pictures alone has to be looked at by a person"),
    # read
    "E201": ("the encoder's weights are missing or damaged: {detail}", "install the package again"),
    "E202": ("the reader failed on it: {detail}", "please report this with the document's id"),
    # knowledge
    "N251": ("this file of places cannot be used: it is damaged, or of another version", "add it again, or remove it"),
    "E210": (
        "it is no file of places that is read here ({detail})",
        "give a GeoNames country file (SY.txt, SY.zip), boundaries with codes and points (COD-AB; CSV, XLSX, GeoJSON) "
        "or events with their points (UCDP GED, ACLED; CSV, XLSX)",
    ),
    "E211": ("the file of places is damaged: {detail}", "get it again and add it; what was added before is kept"),
    # link, weigh
    "E301": ("linking failed: {detail}", "the documents and claims are kept; run again"),
    "N301": (
        "two incidents that were reviewed may be one: {detail}",
        "decide `merge` or `not_same` on them: until then they stay two",
    ),
    # ledger
    "E401": ("the ledger cannot be opened: {detail}", "check the path; verify it with `corroborate verify`"),
    "E402": ("the ledger was written by a later version ({detail})", "use that version"),
    "E403": ("no such id in the ledger: {detail}", "list the ids with `corroborate incidents`"),
    "E404": ("the evidence does not match its hash: {detail}", "restore the file from a copy"),
    "E405": ("the journal's chain is broken at entry {detail}", "somebody changed the ledger outside the program"),
    "E406": ("another process is writing to the ledger", "wait for it to end"),
    "E407": ("the ledger's row is not as it was written: {detail}", "somebody changed the ledger outside the program"),
    "E408": ("the span {detail} does not hold its text", "please report this with the id"),
    "E409": ("the ledger is not complete: {detail}", "restore the ledger from a copy, or read the documents again"),
    "E410": ("it contradicts a decision that stands: {detail}", "supersede that one with --supersedes, or withdraw it"),
    "E411": ("it cannot be decided so: {detail}", "see `corroborate decide --help`"),
    "N451": ("the decision waits for review: {detail}", "see `corroborate history` and decide again, or withdraw it"),
    # check
    "E601": ("it is no list of incidents: {detail}", "give a table with a header line, as CSV"),
    "E602": ("the list has no column for {detail}", "name a column as one of these"),
    "N651": ("line {detail}: left out", "mend the line; the other lines were read"),
    # settings, command line
    "E501": ("the setting is not valid: {detail}", "see `corroborate --help`"),
    "E502": ("it cannot be written: {detail}", "check the folder and its permissions"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One coded message about one thing: `name` is the file, item or id that it is about."""

    code: str
    name: str
    detail: str = ""

    def __post_init__(self) -> None:
        if self.code not in MESSAGES:
            raise KeyError(f"{self.code} is not a code of this program")

    @property
    def is_failure(self) -> bool:
        """True where something was not read or not done; false for a notice."""
        return self.code.startswith("E")

    @property
    def hint(self) -> str:
        """What the person at the keyboard can do about it."""
        return MESSAGES[self.code][1]

    def __str__(self) -> str:
        return f"{self.code} {self.name}: {MESSAGES[self.code][0].format(detail=self.detail)}"


class CorroborateError(Exception):
    """Raised where going on makes no sense; carries the Problem that says why."""

    def __init__(self, code: str, name: str, detail: str = "") -> None:
        self.problem = Problem(code=code, name=name, detail=detail)
        super().__init__(str(self.problem))
