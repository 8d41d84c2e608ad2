"""What people send to the import page."""

from collections.abc import Mapping

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from stoa.accounts.models import Organisation, Person
from stoa.accounts.queries import organisations_of


class ImportForm(forms.Form):
    """A course to bring in."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Who gives the course"), empty_label=None
    )
    file = forms.FileField(
        label=_("The course"),
        required=False,
        help_text=_("An Open edX export, as a .tar.gz file."),
    )

    def __init__(
        self,
        typed: Mapping[str, object] | None,
        files: MultiValueDict[str, "UploadedFile[bytes]"] | None,
        *,
        person: Person,
    ) -> None:
        super().__init__(typed, files)
        choice = self.fields["organisation"]
        if isinstance(choice, forms.ModelChoiceField):
            choice.queryset = organisations_of(person)
        if person.is_superuser:
            # A path reaches any file of the machine, so only those who run the site may name one.
            self.fields["path"] = forms.CharField(label=_("Or a path on this server"), required=False, max_length=1000)

    def clean(self) -> dict[str, object]:
        """Ask for one of the two."""
        given = super().clean() or {}
        if not given.get("file") and not given.get("path"):
            raise forms.ValidationError(_("Choose a file to send."))
        return given
