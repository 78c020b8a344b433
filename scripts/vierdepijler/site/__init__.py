"""The pages: their sources, the words for authors, figures and passports, and the site that is built of them."""
