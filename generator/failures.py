"""What can fail around the data: a broken environment, never a contributor's mistake. `terminal` tells it in French."""


class Failure(Exception):  # noqa: N818 (a state, told in French by the command line)
    """The environment does not allow what was asked; the message is what a program printed, or what is concerned."""


class NoRepository(Failure):
    """No folder from here upwards holds mkdocs.yml, and cops/ or schema/ beside it."""


class NotPlain(Failure):
    """What stands in the place of a file of the repository is a link, a pipe, a device; the message names it."""


class UnreadableRules(Failure):
    """A schema is no JSON of a sensible size; the message names its file."""


class EngineFailed(Failure):
    """The engine stopped for a reason that is not in the pages; the message is what it printed."""


class NoEngine(Failure):
    """The environment asks for an engine that we do not know; the message names those that we do."""


class NoTheme(Failure):
    """The package whose style sheets we use in part is not installed."""


class TemplateFailed(Failure):
    """A template of ours cannot be filled; the message says which and why, in the words of the engine of templates."""


class IndexFailed(Failure):
    """The search index could not be made; the message is what its program printed."""


class SamePath(Failure):
    """Two producers made one path; the message names it."""


class ChildFailed(Failure):
    """A process that did a part of the work died without an answer: no memory, or killed from outside."""


class NotASite(Failure):
    """The folder to replace holds something else than a site of ours; the message names it."""


class AmidSources(Failure):
    """The folder for the site stands among the sources; the message names it."""


class Unwritable(Failure):
    """The folder of a site, or the one that holds it, may not be written by this user; the message names it."""


class InTheWay(Failure):
    """What we did not write stands where the site needs the place; the message names it."""


class Incomplete(Failure):
    """A new site does not hold what was written in it; the message names its folder."""


class NoAnswer(Failure):
    """A program did not end in time; the message names it."""


class WrongMoment(Failure):
    """SOURCE_DATE_EPOCH, of which the message is the value, is not a number of seconds that has a date."""


class UnreadableJournal(Failure):
    """The file of what changed, which the message names, is not what `cop journal` writes."""


class GitFailed(Failure):
    """Git does not know the revision, or there is no git repository here; the message is its own."""


class NoNetwork(Failure):
    """No name of a site can be found from here."""


class UnreadableTable(Failure):
    """A spreadsheet to import cannot be read; the message says why and what to do, in French."""
