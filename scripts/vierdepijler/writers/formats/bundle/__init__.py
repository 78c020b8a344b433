"""What goes into the archive as it is: the program that checks it, and the texts that explain it."""
