#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What clang's analyzer finds in the product, and clang-tidy in the tests: five minutes from nothing. `make lint` has it
# too.
. "$(dirname "$0")/../lint/lint.sh"

clean "the analyzer finds nothing, and nothing is found in the tests" analyzed stamps analyzed
done_testing
