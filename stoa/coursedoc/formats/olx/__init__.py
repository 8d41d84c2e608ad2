"""Reading Open edX courses and libraries (OLX), as they really occur."""
