"""The static API: `/api/v1/…json`, made from the published package, one file for each address."""
