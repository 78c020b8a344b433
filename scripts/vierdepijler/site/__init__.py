"""The site: every page, file and answer of it, made from the published package; one folder that is deployed as it is.

`building.build_site` reads the sources, renders the pages, lets MkDocs make HTML, and adds what stands beside them.

What a page is made of:
    sources            the page sources, by language and identifier, and the words of the interface
    templates          a source filled with what the package holds; a number that is in no cell is refused
    vocabulary         the words an author can use, and the terms of the glossary
    page_values        a row, a value of the descriptor, a text that is read as no markup
    figures            a value as HTML, bound to its cell, with the ways to its passport and its source
    links              where links lead, and what leads to a figure
    libraries          the libraries for the browser
    quotes             sentences to take over
    charts             drawings, for a page and as files
    chart_kinds        where each mark and text of a drawing stands
    chart_lines        the same of lines through three times or more
    maps               the same of a map: cells, borders and colours, of points
    chart_view         a chart with its note and the tables beneath it

What it shows of the package:
    table_view         the columns, the rows and the parts of a table, and what its explorer must know
    passports          all that is known of a figure
    figure_status      how every figure stands
    shown_releases     a release, and what stands at an address that is gone
    shown_corrections  a correction
    sharing            what stands beside a chart or a table for who writes about it, and its frame for another site

What becomes of it:
    pages              the renderer of one language
    page_model         a page, what it is before it is made, and its key figures
    site_context       the whole, and what the theme needs to know of each page
    html_pages         the HTML of each page, by Markdown and the theme; the original beside a translation
    building           the whole site in its folder
    search             what can be found besides pages
    sheet_parts        one A4 of a page, and what it takes from that
    typesetting        PDF and images, by Typst
    hosting_rules      how a web server must answer; what stands beside pages is filled in in `beside_pages/`
    api                the data as static JSON
    previews           every page tried in the check, so that no build fails; one at a time, for who works on it
    serving            the server that shows them
    screenshots        pictures of every page
"""
