# The root in which tests/stats/r.sh asks R for the same numbers, one package a line: SUITE PACKAGE. Part of its key.
trixie r-base-core
