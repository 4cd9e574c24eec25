"""Run on one machine, without installing a server, what `ullage` needs beside it."""
