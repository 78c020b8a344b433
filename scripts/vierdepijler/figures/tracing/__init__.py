"""Source documents and the figures in them, traced both ways, and drafts of rows for a new one."""
