"""The command line: one file per command, imported only when that command is asked for.

In come the words of a command line; out come calls of `build/`, lines on the screen and an exit code. Open `convert.py`
first, the command that is used nine times of ten; `asking.py` has the options that several commands share. Everything
that is printed goes through `screen.py`, for what a story or a file's name holds must not command the terminal.
`progress.py` is the bar, `sections.py` the help; from `fork_server.py` the shelf has its runs forked.

It knows click and rich, which nothing below does. It makes no decision about a story or a book: what is asked for is
checked by `build/settings.py`, what is told was put into values by `reports/`.
"""

from __future__ import annotations

import errno
import os
import sys
from io import TextIOWrapper

import click

from converter import __version__
from converter.cli.screen import say, visible
from converter.cli.sections import SectionedGroup

EPILOG = """\b
Examples
  chapbook story.txt                        one story, to output/story.epub and output/story.pdf
  chapbook story.html -t epub               a saved web page, the EPUB alone
  chapbook stories/ -o books/ --style modern
  chapbook plan stories/                    which files are which books, nothing converted
  chapbook inspect story.txt                what was understood, nothing written
  chapbook proof story.txt                  every change, and all that looks wrong

\b
A path alone means `convert`: every option of `chapbook convert --help` works.
Exit codes: 0 all done, 1 some story could not be converted, 2 wrong usage,
130 interrupted.
"""

COMMANDS = {
    "convert": "Convert stories to EPUB and PDF.",
    "watch": "Watch folders: what is dropped in, or changes, becomes a book.",
    "plan": "Show what is in a folder, and write it down to be edited.",
    "inspect": "Show what was understood of a story; write nothing.",
    "proof": "Report every change made to a story, and what looks wrong in it.",
    "reconcile": "Make one book of several copies of a story.",
    "check": "Check a finished EPUB or PDF, also one made by others.",
    "cover": "Draw a cover alone.",
    "serve": "Show the books in the browser, and to e-readers.",
    "send": "Send a book to an e-reader, by mail or by cable.",
    "library": "List the books of an output folder.",
    "styles": "List the styles books can have.",
    "sites": "List the sites whose pages are known.",
}


@click.group(
    cls=SectionedGroup,
    commands_listed=COMMANDS,
    epilog=EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 96},
)
@click.version_option(__version__, "--version", prog_name="chapbook", message="%(prog)s %(version)s")
def chapbook() -> None:
    """Make beautiful books of raw stories: plain text, saved web pages and Markdown to EPUB and PDF.

    Chapters, scene breaks, italics, notes, verse and letters are recognised; quotes and dashes are set properly; every
    word of the story is proved to be in the book.
    """


def main() -> None:
    """Runs the command line and leaves the process: one clear line for whatever went wrong, never a traceback."""
    import gc
    import signal

    gc.disable()  # a command lives for a second and makes hardly a cycle; `batch.do` turns it on again between stories
    for number in filter(None, (signal.SIGTERM, getattr(signal, "SIGHUP", None))):
        signal.signal(number, lambda number, _: sys.exit(128 + number))  # so that nothing half-written stays
    for stream in (sys.stdout, sys.stderr):  # a log in an encoding that has not all signs: the books are what counts
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    from converter.document.errors import ConverterError, NoSuchInput

    try:
        code = chapbook.main(prog_name="chapbook", standalone_mode=False)
    except click.exceptions.Abort:
        code = _end("interrupted", 130)
    except KeyboardInterrupt:
        code = _end("interrupted", 130)
    except click.UsageError as error:
        click.UsageError(visible(error.format_message()), error.ctx).show()
        code = 2
    except click.ClickException as error:
        click.ClickException(visible(error.format_message())).show()
        code = error.exit_code
    except ConverterError as error:
        code = _end(str(error), 2 if isinstance(error, NoSuchInput) else 1)
    except BrokenPipeError:
        sys.stderr.close()
        code = 0
    except OSError as error:
        code = _unwritten(error)
    except Exception as error:
        from converter.build.batch import fault

        code = _end(fault(error), 1)
    gc.freeze()  # Python looks for cycles once more when it ends, in all that a novel left behind
    sys.exit(code if isinstance(code, int) else 0)


def _unwritten(error: OSError) -> int:
    """What is said where what the program says can't be written; any other error of the system is a fault of ours."""
    from converter.build.batch import fault

    if error.filename is not None or error.errno != errno.ENOSPC:
        return _end(fault(error), 1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # Python writes what is left once more when it ends
    return _end(f"what is printed can't be written ({error.strerror}); send it elsewhere", 1)


def _end(line: str, code: int) -> int:
    say(f"chapbook: {' '.join(line.split())}", err=True)
    return code
