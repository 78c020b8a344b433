"""Checking, publishing and explaining open data about the participation and networking trajectory."""
