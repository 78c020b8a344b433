"""What is asked of what authors wrote: the texts of pages, and charts."""
