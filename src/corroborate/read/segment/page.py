"""What a page's surface looks like around a report: datelines, captions, and what belongs to the page alone."""

import re

from corroborate.read.segment.posts import MONTH

_WEEKDAY = r"(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?"
DAY = (
    rf"(?:(?:{_WEEKDAY}\.?,?\s+)?(?:\d{{1,2}}(?:st|nd|rd|th)?\s+{MONTH}\.?[,،]?\s+\d{{4}}"
    rf"|{MONTH}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s*\d{{4}})"
    r"|\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{4}-\d{2}-\d{2})"
)
"""A day as a page prints it, as a regular expression."""
_LEAD = (
    r"(?:Print this page|Posted on|Published(?: on)?|Date of publication|Last [Uu]pdated?(?: at)?:?|Updated(?: on)?:?)"
)
_HOUR = r"(?:(?:at\s+)?\d{1,2}:?\d{2}(?:\s*(?:[AaPp]\.?[Mm]\.?|GMT|UTC|hrs))?)"
_BYLINE = r"(?:\s+[Bb]y\s+[A-Z][\w'’.-]+\s+[A-Z][\w'’.-]+)"
DATE_FIRST = re.compile(rf"\s*(?:{_LEAD}\s+)?{DAY}(?:\s+{_HOUR}\b)?{_BYLINE}?(?:\s+title:)?")
"""A dateline that is a date: "Posted on July 12 2016 by A B"."""

RUBRIC = r"(?:(?:News\s+)?Analysis|Opinion|Commentary|Editorial|Feature|Exclusive|Interview|Explainer|Special Report)"
_COUNTRY = r"(?:,\s*[A-Z][\w'’. ]{1,25}?)?"
PLACE_AGENCY = re.compile(
    rf"(?P<place>[A-Z][\w'’.\- ]{{1,30}}?{_COUNTRY})(?:,?\s+{MONTH}\.?\s+\d{{1,2}})?"
    r"\s*\((?P<agency>[^()\n]{2,40})\)\s*[-–—:]+\s*"
)
""""BEIRUT (Reuters) -", "MOSCOW October 1 (RIA Novosti) -", "AFRIN, Syria (North Press) –"."""
PLACE_DASH = re.compile(
    rf"(?P<place>[A-Z][A-Z'’.\-]{{2,}}(?: [A-Z'’.\-]{{2,}}){{0,3}}{_COUNTRY})(?:,?\s+{MONTH}\.?\s+\d{{1,2}})?"
    rf"\s*(?:[—–]|-{{1,2}}\s)\s*(?:\(?{RUBRIC}\)?\s*[—–:-]+\s*)?"
)
""""DAMASCUS — Analysis —", "BEIRUT -", "PORT ARDAN, March 13 -"."""
NO_PLACE = frozenset(
    {
        *("BREAKING", "URGENT", "UPDATE", "UPDATED", "EXCLUSIVE", "ANALYSIS", "OPINION", "WATCH", "VIDEO", "PHOTO"),
        *("PHOTOS", "LIVE", "JUST IN", "NEWS", "REPORT", "COMMENT", "INTERVIEW", "FEATURE", "EXPLAINER", "CORRECTION"),
        *("ALERT", "NOTE"),
    }
)
"""Words in capitals that stand before a dash as a place does, and are none."""
PLACE_COMMA = re.compile(r"(?P<place>[A-Z][\w'’]{2,20}),\s?(?P<agency>[A-Z]{3,12})\s?[-–—]\s?")
""""Hama,SANA-"."""
PLACE_HYPHEN = re.compile(r"(?P<place>[A-Z][a-z]{2,20})-\s(?=[A-Z])")
""""Beirut- Opposition": told from a compound by the space behind the hyphen."""
PLACE_BARE = re.compile(
    rf"(?P<place>[A-Z]{{3,}}(?: [A-Z]{{3,}}){{0,2}})(?:\s+(?P<rubric>{RUBRIC}))?\s+(?=[A-Z0-9][a-z0-9]*\b)"
)
""""DAMASCUS Analysis Last year", "BEIRUT At least": no punctuation is left."""

PHOTO = re.compile(
    r"\((?:[^()]{0,40}\b)?(?:[Pp]hotos?|[Ii]mage|AP|AFP|Reuters|Getty)\b[^()]{0,60}\)\s*$"
    r"|^(?:[Ff]ile |[Hh]andout )?(?:[Pp]hoto|[Ii]mage)(?:graph)?s?\b\s*(?::|by\b|credit)"
    r"|^Featured [Ii]mage\b|Getty Images\b.{0,20}$"
)
"""A line that stands under a picture."""
CAPTION_END = re.compile(r"\bFeatured [Ii]mage\b[^\n]{0,120}$")
"""The credit of the picture on top, at a text's end."""
BOILERPLATE = re.compile(
    r"(?:Follow (?:us|me)|Sign up|Subscribe\b|Read [Mm]ore|Read [Aa]lso|Related (?:News|Articles|Stories|Topics)|"
    r"Share (?:this|on)|Click here|Advertisement\b|Our Standards|All rights reserved|Last [Uu]pdate:|"
    r"Terms of (?:Use|Service)|Privacy Policy|Cookie Policy|Support our|Donate\b|Tags?:|Copyright|©|Save my name|"
    r"Tweet$|tweet$|Post$|Share$|News$|Casualties$|Date:$|View original|Download (?:our|the) app|"
    r"Watch (?:more|also|live|now)\b)"
)
"""What belongs to the page and not to the report: invitations, rights, buttons."""
FORM = re.compile(
    r"(?:Close\s+)?(?:Sign in (?:using|to|with)\b|Please sign in\b|Welcome back\b|Why are we asking\b|"
    r"By submitting your\b|Already have an account\b|We have sent (?:you )?a\b.{0,30}\be-?mail\b|"
    r"Please check your e-?mail\b|"
    r"Thank you for registering\b|We look forward to seeing you\b|Visit us and sign in\b|If you do not receive the\b|"
    r"(?:Get|Receive) e-?mail notifications\b|Your notification has been\b|There was a problem saving\b|"
    r"E-?mail notifications are\b|This material may not be\b|Please enable Java ?[Ss]cript\b|Sorry, your browser\b|"
    r"You need Flash\b|(?:Hide|Show) Transcript\b|Copy Link\b|See more videos\b|Skip Ad\b)"
)
"""The forms of a page: to sign in, to be told of news, to play a film."""
PLAYING = re.compile(r"\d{1,2}:\d\d\s+\S.*\bPause$")
CLIP = re.compile(r"\d{1,2}:\d\d\s+\S")
"""A list of films, each with its length: the first is playing ("1:21 Council votes on budget Pause"). The hours of a
live report look alike, but nothing plays in it."""
NEIGHBOURS = re.compile(
    r"(?:(?:Related|Latest|Recommended(?: Stories)?)$|Related (?:News|Articles|Stories|Topics|Posts)|"
    r"(?:Prev(?:ious)?|Next) (?:Post|Article)|"
    r"Read (?:[Mm]ore|[Aa]lso)|More (?:from|on)|Latest (?:News|Stories)|You may also|Other news|Most (?:Read|Viewed))\b"
    r".{0,30}$"
)
"""A line behind which other reports' headlines stand."""
SIGNATURE = re.compile(
    r"(?<=[.\"”’!?])\s*(?:[-–—]+\s*|\(\s*(?:Source:?\s*)?|Source:?\s+)"
    r"(?P<name>[A-Z][\w'’ ./&-]{1,60}?)\s*\)?\s*\.?\s*$"
)
"""An agency's name that signs a report at its end."""
