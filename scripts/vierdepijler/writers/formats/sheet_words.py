"""The words of the sheets that explain a workbook, in the language that the package has first."""

from collections.abc import Mapping

WORDS: Mapping[str, Mapping[str, str]] = {
    "nl": {
        "cover": "Voorblad",
        "contents": "Inhoud",
        "notes": "Notities",
        "dictionary": "Woordenboek",
        "about": "Uitleg",
        "about_fields": "Deze tabel zegt wat de gegevens zijn en wat elke kolom betekent.",
        "kept_as_text": "tekst: Excel zou cijfers van getallen verliezen, of kent zulke oude datums niet",
        "about_contents": "Elke rij is een blad van dit bestand. Klik op de naam om erheen te gaan.",
        "about_notes": "Dit moet je weten voor je met de gegevens werkt.",
        "about_dictionary": "Elke rij is een kolom van een van de tabellen: wat ze betekent en wat erin mag staan.",
        "back": "Naar de inhoud",
        "version": "Versie",
        "made": "Gemaakt op",
        "publisher": "Uitgever",
        "licence": "Licentie",
        "source": "Bron",
        "address": "Adres",
        "note_empty": "Een lege cel betekent dat het getal niet bekend is of niet van toepassing is.",
        "note_dates": "Datums zijn echte datums en getallen echte getallen: je kunt ermee sorteren en rekenen.",
        "note_text": (
            "Codes zijn tekst, zodat nullen vooraan blijven staan. Ook getallen met meer dan vijftien cijfers zijn"
            " tekst, en datums van voor maart 1900: Excel zou er iets van verliezen."
        ),
        "note_codes": "Wat een code betekent, staat in de tabel waar het woordenboek naar verwijst.",
        "note_header": "Boven de kolommen staan de namen uit de andere bestanden. Hun titels staan in het woordenboek.",
    },
    "en": {
        "cover": "Cover",
        "contents": "Contents",
        "notes": "Notes",
        "dictionary": "Dictionary",
        "about": "About",
        "about_fields": "This table says what the data are and what each column means.",
        "kept_as_text": "text: Excel would lose digits of numbers, or does not know dates this old",
        "about_contents": "Each row is a sheet of this file. Choose its name to go there.",
        "about_notes": "What to know before you work with the data.",
        "about_dictionary": "Each row is a column of one of the tables: what it means and what may stand in it.",
        "back": "To the contents",
        "version": "Version",
        "made": "Made on",
        "publisher": "Publisher",
        "licence": "Licence",
        "source": "Source",
        "address": "Address",
        "note_empty": "An empty cell means that the figure is not known, or does not apply.",
        "note_dates": "Dates are real dates and numbers real numbers: you can sort them and calculate with them.",
        "note_text": (
            "Codes are text, so that leading zeros stay. Numbers of more than fifteen digits are text too, and dates"
            " before March 1900: Excel would lose something of them."
        ),
        "note_codes": "What a code means stands in the table that the dictionary refers to.",
        "note_header": "The names above the columns are those of the other files. Their titles are in the dictionary.",
    },
}
NOTES = ("note_empty", "note_dates", "note_text", "note_codes", "note_header")


def words_in(language: str) -> Mapping[str, str]:
    """Give the words in a language; in English where we have none in it."""
    return WORDS.get(language, WORDS["en"])
