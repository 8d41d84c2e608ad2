"""What is wrong with a file, in the reader's language: the words that rules and the child that cleans files speak."""

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

SAID = frozenset(
    (
        _("The document can't be opened. Save or print it as PDF again."),
        _("The file is cut off or damaged. Save it again."),
        _("The picture is cut off or damaged. Save it again as JPEG."),
        _("It is locked with a password. Save it without one."),
        _("It can't be opened. Save it again, or in another form."),
        _("It holds files that would land outside of its folder. Pack it again."),
        _("It holds macros. Save it without them: as .docx, .xlsx, .pptx or as an OpenDocument file."),
        _("It is locked with a password. Hand it in without one."),
        _("It is no PNG picture. Save it again as PNG."),
        _("It is no WebP picture. Save it again as WebP or PNG."),
        _("It is no document of an office program. Save it again."),
        _("It is no notebook that can be opened. Save it again as .ipynb."),
        _("It is no text. Save it as UTF-8 text."),
        _("It takes too long to open. Save it again in a simpler form."),
        _("Its characters can't be read. Save it as UTF-8 text."),
        _("Parts of it can't be read. Save it again."),
        _("The picture has too many points. Make it smaller than 10,000 by 10,000."),
        _("The picture is cut off or damaged. Save it again as GIF or PNG."),
        _("The picture is cut off or damaged. Save it again as PNG."),
        _("The picture is cut off. Save it again as WebP or PNG."),
        _("There is no picture in it. Save it again as WebP or PNG."),
        _("Unpacked it would be too large. Hand in the files themselves, or fewer of them."),
    )
)


def in_words(said: str) -> str:
    """The words in the reader's language; those that name a file stay as they are."""
    return gettext(said) if said in SAID else said
