"""The month's articles as a reading script for the loudspeaker: what is written becomes what is said, a breath a line."""
